//! Bitmap fonts of TeX. They name their glyphs by numbers only (`a28`), and each number means what TeX's own encodings
//! say: OT1, the first, or T1, that of Cork. Which one, the numbers in use tell.

/// Numbers and what they mean.
type Table = [(u8, &'static str)];

/// Where OT1 differs from ASCII.
const OT1: [(u8, &str); 23] = [
    (11, "ff"),
    (12, "fi"),
    (13, "fl"),
    (14, "ffi"),
    (15, "ffl"),
    (16, "ı"),
    (19, "´"),
    (25, "ß"),
    (26, "æ"),
    (27, "œ"),
    (28, "ø"),
    (29, "Æ"),
    (30, "Œ"),
    (31, "Ø"),
    (34, "”"),
    (39, "’"),
    (60, "¡"),
    (62, "¿"),
    (92, "“"),
    (96, "‘"),
    (123, "–"),
    (124, "—"),
    (127, "¨"),
];
/// Where T1 differs from Latin-1.
const T1: [(u8, &str); 20] = [
    (16, "“"),
    (17, "”"),
    (18, "„"),
    (19, "«"),
    (20, "»"),
    (21, "–"),
    (22, "—"),
    (25, "ı"),
    (27, "ff"),
    (28, "fi"),
    (29, "fl"),
    (30, "ffi"),
    (31, "ffl"),
    (39, "’"),
    (96, "‘"),
    (127, "-"),
    (215, "Œ"),
    (223, "SS"),
    (247, "œ"),
    (255, "ß"),
];
/// Numbers that text uses in one of the two only: ligatures, quotation marks, dashes.
const OT1_ONLY: [u8; 8] = [11, 12, 13, 14, 15, 92, 123, 124];

/// The encoding of a font of TeX whose glyphs have these names; none if it is another font.
pub(crate) fn encoding<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'static Table> {
    let numbers: Option<Vec<u8>> = names.filter(|name| *name != ".notdef").map(number).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    Some(if numbers.iter().any(|number| OT1_ONLY.contains(number)) { &OT1 } else { &T1 })
}

/// The letters of a glyph in such an encoding.
pub(crate) fn letters(table: &Table, name: &str) -> Option<String> {
    let number = number(name)?;
    let named = table.iter().find(|(one, _)| *one == number).map(|(_, letters)| (*letters).to_owned());
    Some(named.unwrap_or_else(|| char::from(number).to_string()))
}

fn number(name: &str) -> Option<u8> {
    name.strip_prefix('a')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_in_use_tell_the_encoding() {
        let read = |names: &[&str]| {
            let table = encoding(names.iter().copied()).expect("a font of TeX");
            names.iter().filter_map(|name| letters(table, name)).collect::<Vec<_>>()
        };
        assert_eq!(read(&["a28", "a65"]), ["fi", "A"]);
        assert_eq!(read(&["a12", "a92"]), ["fi", "“"]);
        assert!(encoding(["a12", "A"].into_iter()).is_none());
    }
}
