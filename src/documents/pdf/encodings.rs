//! From the codes of one byte that a font is shown with, and the names of its glyphs, to letters.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Object};
use skrifa::raw::ps::agl;
use skrifa::raw::ps::encoding::PredefinedEncoding;

/// What the upper half of the font Symbol shows, from the code 160 on; its lower half begins at 32.
const SYMBOL: [&str; 2] = [
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u{fffd}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u{fffd}\u{fffd}↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
];

/// A table of letters by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Windows,
    Mac,
    Standard,
    Symbol,
    Dingbats,
}

impl Table {
    /// The table that a PDF calls by this name.
    fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"WinAnsiEncoding" => Some(Self::Windows),
            b"MacRomanEncoding" => Some(Self::Mac),
            b"StandardEncoding" => Some(Self::Standard),
            _ => None,
        }
    }

    /// The letters of a code; empty if there are none.
    pub(crate) fn letters(self, code: u8) -> String {
        match self {
            // What it calls a hyphen is a soft one elsewhere.
            Self::Windows if code == 0xad => "-".to_owned(),
            Self::Windows => decoded(WINDOWS_1252, &[code]),
            Self::Mac => decoded(MACINTOSH, &[code]),
            Self::Standard => named_letters(PredefinedEncoding::Standard.name(code)),
            Self::Symbol => symbol(code).map(String::from).unwrap_or_default(),
            Self::Dingbats => dingbat(code).map(String::from).unwrap_or_default(),
        }
    }
}

/// What bytes say in a character set, if they are whole.
pub(crate) fn decoded(charset: &'static Encoding, bytes: &[u8]) -> String {
    let letters = charset.decode_without_bom_handling_and_without_replacement(bytes).unwrap_or_default();
    letters.chars().filter(|letter| !letter.is_control()).collect()
}

/// The letters of a glyph's name in the Adobe Glyph List; empty if it isn't there.
pub(crate) fn named_letters(name: &str) -> String {
    if name == ".notdef" { String::new() } else { agl::name_to_chars(name).collect() }
}

fn symbol(code: u8) -> Option<char> {
    let [lower, upper] = SYMBOL;
    match code {
        32..=126 => lower.chars().nth(usize::from(code - 32)),
        160.. => upper.chars().nth(usize::from(code - 160)),
        _ => None,
    }
}

/// What Zapf Dingbats shows, as far as it is no picture: marks of lists, and most others in Unicode's own order.
fn dingbat(code: u8) -> Option<char> {
    match code {
        b'l' => Some('●'),
        b'n' => Some('■'),
        b'u' => Some('◆'),
        33..=126 => char::from_u32(0x26e0 + u32::from(code)),
        _ => None,
    }
}

/// What a font says of its codes.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    /// The table that it starts from.
    pub(crate) table: Option<Table>,
    /// Names of glyphs, by code.
    pub(crate) names: Vec<(u8, String)>,
}

impl Stated {
    /// Reads a font's encoding.
    pub(crate) fn read(font: &Dict) -> Self {
        if let Some(name) = font.get::<Name>(b"Encoding") {
            return Self { table: Table::named(&name), names: Vec::new() };
        }
        let encoding = font.get::<Dict>(b"Encoding").unwrap_or_default();
        let table = encoding.get::<Name>(b"BaseEncoding").and_then(|name| Table::named(&name));
        let mut names = Vec::new();
        let mut code = 0;
        for entry in encoding.get::<Array>(b"Differences").iter().flat_map(Array::iter::<Object>) {
            match entry {
                Object::Number(number) => code = number.as_i64(),
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        names.push((code, name.as_str().to_owned()));
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        Self { table, names }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_their_letters_where_they_belong() {
        let read = |table: Table, code: u8| table.letters(code);
        assert_eq!(read(Table::Windows, 0x93), "“");
        assert_eq!(read(Table::Windows, 0xad), "-");
        assert_eq!(read(Table::Mac, 0x8a), "ä");
        assert_eq!(read(Table::Standard, 0xae), "\u{fb01}");
        assert_eq!(read(Table::Standard, 39), "’");
        assert_eq!((read(Table::Symbol, b'a'), read(Table::Symbol, 0xb7)), ("α".to_owned(), "•".to_owned()));
        assert_eq!(read(Table::Symbol, 0xe5), "∑");
        assert_eq!(read(Table::Dingbats, b'l'), "●");
    }

    #[test]
    fn names_may_be_of_several_letters() {
        assert_eq!(["f_f_i", "uni00E9", "A.swash", ".notdef"].map(named_letters), ["ffi", "é", "A", ""]);
    }
}
