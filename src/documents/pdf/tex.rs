//! Decodes bitmap fonts of TeX. Their glyph names are numbers (`a28`) in one of TeX's encodings: OT1, the original one,
//! or T1, the Cork encoding. Which encoding it is follows from the numbers in use.

/// The glyph numbers of an encoding, with the text of each.
type TexEncoding = [(u8, &'static str)];

/// Glyphs of OT1 that differ from ASCII. Greek capitals and most accents are missing.
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
/// Glyphs of T1 that differ from Latin-1. Accents, and the letters from 128 to 191, such as `č`, are missing.
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
/// Numbers that occur in text only in OT1: ligatures, quotation marks, dashes.
const OT1_ONLY: [u8; 8] = [11, 12, 13, 14, 15, 92, 123, 124];

/// Returns the encoding of a TeX font with these glyph names; `None` if it is not a TeX font.
pub(crate) fn encoding<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'static TexEncoding> {
    let numbers: Option<Vec<u8>> = names.filter(|name| *name != ".notdef").map(number).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    Some(if numbers.iter().any(|number| OT1_ONLY.contains(number)) { &OT1 } else { &T1 })
}

/// Returns the text of a glyph by its name; `None` if the name is not `a` and a number from 0 to 255.
pub(crate) fn letters(table: &TexEncoding, name: &str) -> Option<String> {
    let number = number(name)?;
    let special = table.iter().find(|(code, _)| *code == number).map(|(_, letters)| (*letters).to_owned());
    Some(special.unwrap_or_else(|| char::from(number).to_string()))
}

fn number(name: &str) -> Option<u8> {
    name.strip_prefix('a')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_follows_from_the_numbers_in_use() {
        let read = |names: &[&str]| {
            let table = encoding(names.iter().copied()).expect("a font of TeX");
            names.iter().filter_map(|name| letters(table, name)).collect::<Vec<_>>()
        };
        assert_eq!(read(&["a28", "a65"]), ["fi", "A"]);
        assert_eq!(read(&["a12", "a92"]), ["fi", "“"]);
        assert!(encoding(["a12", "A"].into_iter()).is_none());
    }
}
