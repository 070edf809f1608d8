//! Reads properties from font dictionaries and descriptors: names and weight.

use hayro_syntax::object::{Dict, Name};

/// Minimum weight of a bold font (CSS Fonts 4, 2.2: semi-bold).
const MIN_BOLD_WEIGHT: f64 = 600.0;
/// The `ForceBold` bit of a font descriptor's flags (ISO 32000-1, table 123).
const FORCE_BOLD: u32 = 1 << 18;

/// Whether the value of a key in a dictionary is this name.
pub(crate) fn has_name(dictionary: &Dict, key: &[u8], name: &[u8]) -> bool {
    dictionary.get::<Name>(key).is_some_and(|found| &*found == name)
}

/// Returns the descriptor of a font; empty if it has none.
pub(crate) fn descriptor<'a>(font: &Dict<'a>) -> Dict<'a> {
    font.get::<Dict>(b"FontDescriptor").unwrap_or_default()
}

/// Returns the name of a font without its subset tag (`ABCDEF+`).
pub(crate) fn base_name(font: &Dict) -> String {
    let name = font.get::<Name>(b"BaseFont").map(|name| String::from_utf8_lossy(&name).into_owned());
    let name = name.unwrap_or_default();
    name.split_once('+').map_or(name.clone(), |(_, name)| name.to_owned())
}

/// Whether a descriptor marks its font as bold.
pub(crate) fn is_bold(descriptor: &Dict) -> bool {
    descriptor.get::<f64>(b"FontWeight").is_some_and(|weight| weight >= MIN_BOLD_WEIGHT)
        || descriptor.get::<u32>(b"Flags").is_some_and(|flags| flags & FORCE_BOLD != 0)
}

/// Whether the name of a font says that it is bold. TeX's Computer Modern fonts use `bx`, Nimbus uses `Medi`.
pub(crate) fn is_bold_name(name: &str) -> bool {
    let name = name.to_lowercase();
    ["bold", "black", "heavy", "demi", "cmbx", "sfbx", "ecbx", "medi"].iter().any(|part| name.contains(part))
        && !name.contains("medium")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_fonts_are_recognised_by_name() {
        let bold = ["SFBX1000", "Arial,Bold", "NimbusRomNo9L-Medi", "Inter-SemiBold"];
        assert!(bold.iter().all(|name| is_bold_name(name)));
        assert!(!["Inter-Medium", "CMR10", "Times-Roman"].iter().any(|name| is_bold_name(name)));
    }
}
