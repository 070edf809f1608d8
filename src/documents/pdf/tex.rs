//! Bitmap fonts of TeX. They name their glyphs by numbers only (`a28`), and each number means what TeX's own encodings
//! say: OT1, the first, or T1, that of Cork. Which one, the numbers in use tell.

use std::fmt::Write;

use pdf_extract::{Dictionary, Object, Stream};

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

/// Gives such a font what its numbers mean; any other is left as it is.
pub(super) fn mend(font: &mut Dictionary) {
    if font.has(b"ToUnicode") {
        return;
    }
    let encoding = font.get(b"Encoding").and_then(Object::as_dict);
    let names = encoding.and_then(|encoding| encoding.get(b"Differences")).and_then(Object::as_array);
    let names = names.into_iter().flatten().filter_map(|object| object.as_name().ok());
    let names = names.filter(|name| *name != b".notdef");
    let codes: Option<Vec<u8>> =
        names.map(|name| std::str::from_utf8(name.strip_prefix(b"a")?).ok()?.parse().ok()).collect();
    if let Some(codes) = codes.filter(|codes| !codes.is_empty()) {
        font.set("ToUnicode", Object::Stream(Stream::new(Dictionary::new(), map(&codes).into_bytes())));
    }
}

/// From numbers to letters, as a `CMap` has it.
fn map(codes: &[u8]) -> String {
    let first = codes.iter().any(|code| OT1_ONLY.contains(code));
    let table = if first { &OT1[..] } else { &T1[..] };
    let mut map = format!("{} beginbfchar\n", codes.len());
    for code in codes {
        let named = table.iter().find(|(number, _)| number == code).map(|(_, letters)| (*letters).to_owned());
        let letters = named.unwrap_or_else(|| char::from(*code).to_string());
        let units: String = letters.encode_utf16().fold(String::new(), |mut units, unit| {
            // Writing to a string never fails.
            let _ = write!(units, "{unit:04x}");
            units
        });
        let _ = writeln!(map, "<{code:02x}> <{units}>");
    }
    map + "endbfchar\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_in_use_tell_the_encoding() {
        assert!(map(&[28, 65]).contains("<1c> <00660069>\n<41> <0041>"));
        assert!(map(&[12, 92]).contains("<0c> <00660069>\n<5c> <201c>"));
    }
}
