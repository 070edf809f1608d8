//! Maps the one-byte codes of fonts, and the names of glyphs, to text.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Object};
use skrifa::raw::ps::agl;
use skrifa::raw::ps::encoding::PredefinedEncoding;

use crate::symbol_font::symbol;

/// Maximum number of entries in a font's list of glyph names. A list with a number and a name for each of the 256
/// codes has 512.
const MAX_DIFFERENCES: usize = 4096;

/// A predefined encoding: one character per code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BaseEncoding {
    Windows,
    Mac,
    Standard,
    Symbol,
    Dingbats,
}

impl BaseEncoding {
    fn from_name(name: &[u8]) -> Option<Self> {
        match name {
            b"WinAnsiEncoding" => Some(Self::Windows),
            b"MacRomanEncoding" => Some(Self::Mac),
            b"StandardEncoding" => Some(Self::Standard),
            _ => None,
        }
    }

    /// Returns the text of a code; empty if the code has none.
    pub(crate) fn letters(self, code: u8) -> String {
        match self {
            // This code is a hyphen in PDF, but a soft hyphen in Windows-1252.
            Self::Windows if code == 0xad => "-".to_owned(),
            Self::Windows => decoded(WINDOWS_1252, &[code]),
            Self::Mac => decoded(MACINTOSH, &[code]),
            Self::Standard => named_letters(PredefinedEncoding::Standard.name(code)),
            Self::Symbol => symbol(code).map(String::from).unwrap_or_default(),
            Self::Dingbats => dingbat(code).map(String::from).unwrap_or_default(),
        }
    }
}

/// Decodes bytes of a character set, and drops control characters; empty if the bytes are malformed.
pub(crate) fn decoded(charset: &'static Encoding, bytes: &[u8]) -> String {
    let letters = charset.decode_without_bom_handling_and_without_replacement(bytes).unwrap_or_default();
    letters.chars().filter(|letter| !letter.is_control()).collect()
}

/// Returns the text of a glyph name by the rules of the Adobe Glyph List (`f_f_i`, `uni00E9`); empty if it has none.
pub(crate) fn named_letters(name: &str) -> String {
    if name == ".notdef" { String::new() } else { agl::name_to_chars(name).collect() }
}

/// Returns the character of a Zapf Dingbats code. Most codes are in the order of Unicode; three list bullets are not.
fn dingbat(code: u8) -> Option<char> {
    match code {
        b'l' => Some('●'),
        b'n' => Some('■'),
        b'u' => Some('◆'),
        33..=126 => char::from_u32(0x26e0 + u32::from(code)),
        _ => None,
    }
}

/// The encoding that a font dictionary states.
#[derive(Debug, Default)]
pub(crate) struct FontEncoding {
    pub(crate) base: Option<BaseEncoding>,
    /// Glyph names by code, which take precedence over `base`.
    pub(crate) names: Vec<(u8, String)>,
}

impl FontEncoding {
    pub(crate) fn read(font: &Dict) -> Self {
        if let Some(name) = font.get::<Name>(b"Encoding") {
            return Self { base: BaseEncoding::from_name(&name), names: Vec::new() };
        }
        let encoding = font.get::<Dict>(b"Encoding").unwrap_or_default();
        let base = encoding.get::<Name>(b"BaseEncoding").and_then(|name| BaseEncoding::from_name(&name));
        let mut names = Vec::new();
        let mut code = 0;
        let entries = encoding.get::<Array>(b"Differences");
        for entry in entries.iter().flat_map(Array::iter::<Object>).take(MAX_DIFFERENCES) {
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
        Self { base, names }
    }
}

/// Whether a one-byte code is NUL, tab, line feed or carriage return. Fonts have no glyphs for these codes, so if one
/// has no text, no letter is missing.
pub(crate) fn is_control(code: u32) -> bool {
    matches!(code, 0 | 9 | 10 | 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_encodings_map_codes_to_characters() {
        let read = |table: BaseEncoding, code: u8| table.letters(code);
        assert_eq!(read(BaseEncoding::Windows, 0x93), "“");
        assert_eq!(read(BaseEncoding::Windows, 0xad), "-");
        assert_eq!(read(BaseEncoding::Mac, 0x8a), "ä");
        assert_eq!(read(BaseEncoding::Standard, 0xae), "\u{fb01}");
        assert_eq!(read(BaseEncoding::Standard, 39), "’");
        assert_eq!(
            (read(BaseEncoding::Symbol, b'a'), read(BaseEncoding::Symbol, 0xb7)),
            ("α".to_owned(), "•".to_owned())
        );
        assert_eq!(read(BaseEncoding::Symbol, 0xe5), "∑");
        assert_eq!(read(BaseEncoding::Dingbats, b'l'), "●");
    }

    #[test]
    fn glyph_names_may_mean_several_characters() {
        assert_eq!(["f_f_i", "uni00E9", "A.swash", ".notdef"].map(named_letters), ["ffi", "é", "A", ""]);
    }
}
