//! Fonts whose codes are of several bytes (ISO 32000-1, 9.7).

use std::collections::BTreeMap;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};
use hayro_cmap::{CMap, WritingMode};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::descriptors::descriptor;
use super::encodings::decoded as decoded_text;
use super::maps::{cmap, mapped, to_unicode};
use super::programs::glyph_letters;
use super::streams::{Budget, decoded};
use crate::ReadError;

/// Bytes of a code.
const MAX_CODE_BYTES: u8 = 4;
/// The advance of a glyph of which the font says nothing, by its size.
const DEFAULT_ADVANCE: f64 = 1.0;
/// The advance of a code of one byte in the character sets of East Asia: half a square.
const HALF_ADVANCE: f64 = 0.5;

/// A font of many glyphs.
#[derive(Debug)]
pub(crate) struct Composite {
    pub(crate) vertical: bool,
    codes: Codes,
    map: Option<CMap>,
    /// What glyphs say of which the map doesn't tell, by their numbers.
    letters: BTreeMap<u32, String>,
    /// The number of a glyph by that of its character, two bytes each; empty if they are the same.
    glyphs: Vec<u8>,
    /// First and last character, and how far each moves on.
    widths: Vec<(u32, u32, f64)>,
    default_advance: f64,
}

/// How text is cut into codes, and what these are.
#[derive(Debug)]
enum Codes {
    /// Numbers of characters, by a map.
    Mapped(Box<CMap>),
    /// UTF-16.
    Units,
    /// Text in a character set of one or two bytes.
    Text(&'static Encoding),
}

impl Composite {
    pub(crate) fn read(font: &Dict, descendant: &Dict, budget: &mut Budget) -> Result<Self, ReadError> {
        let map = to_unicode(font, budget)?;
        let (codes, vertical) = codes(font, budget)?;
        let letters =
            if map.is_none() { glyph_letters(&descriptor(descendant), budget)? } else { BTreeMap::new() };
        let glyphs = descendant.get::<Stream>(b"CIDToGIDMap").filter(|_| map.is_none());
        Ok(Self {
            vertical,
            codes,
            map,
            letters,
            glyphs: glyphs.map_or(Ok(Vec::new()), |stream| decoded(&stream, budget))?,
            widths: widths(descendant, budget)?,
            default_advance: descendant.get::<f64>(b"DW").map_or(DEFAULT_ADVANCE, |width| width / 1000.0),
        })
    }

    pub(crate) fn next_code(&self, text: &[u8]) -> (u32, usize) {
        let wide = |bytes: usize| {
            let code = text.iter().take(bytes).fold(0, |code, byte| code << 8 | u32::from(*byte));
            (code, bytes.min(text.len()).max(1))
        };
        match &self.codes {
            Codes::Mapped(map) => {
                let known = (1..=MAX_CODE_BYTES).find(|bytes| {
                    let (code, length) = wide(usize::from(*bytes));
                    length == usize::from(*bytes) && map.lookup_cid_code(code, *bytes).is_some()
                });
                wide(known.map_or(2, usize::from))
            }
            Codes::Units if matches!(text, [0xd8..=0xdb, _, 0xdc..=0xdf, _, ..]) => wide(4),
            Codes::Units => wide(2),
            Codes::Text(charset) => {
                let short = text.first().is_some_and(|byte| {
                    byte.is_ascii() && *charset != EUC_JP
                        || *charset == SHIFT_JIS && (0xa1..0xe0).contains(byte)
                });
                wide(if short { 1 } else { 2 })
            }
        }
    }

    pub(crate) fn advance(&self, code: u32) -> f64 {
        if self.vertical {
            return -DEFAULT_ADVANCE;
        }
        let Codes::Mapped(_) = self.codes else {
            return if code < 256 { HALF_ADVANCE } else { self.default_advance };
        };
        let character = self.character(code);
        let place = self.widths.partition_point(|(_, last, _)| *last < character);
        let found = self.widths.get(place).filter(|(first, ..)| *first <= character);
        found.map_or(self.default_advance, |(_, _, width)| width / 1000.0)
    }

    pub(crate) fn text(&self, code: u32) -> String {
        if let Some(text) = mapped(self.map.as_ref(), code) {
            return text;
        }
        let bytes = code.to_be_bytes();
        match self.codes {
            Codes::Mapped(_) => self.letters.get(&self.glyph(code)).cloned().unwrap_or_default(),
            Codes::Units => {
                let units = [code >> 16, code & 0xffff].map(|unit| u16::try_from(unit).unwrap_or_default());
                String::from_utf16_lossy(&units).replace('\0', "")
            }
            // Codes of Japanese text without a name are those of EUC without its upper bit.
            Codes::Text(charset) => {
                let upper = if charset == EUC_JP { 0x80 } else { 0 };
                let bytes: Vec<u8> =
                    bytes.into_iter().skip_while(|byte| *byte == 0).map(|byte| byte | upper).collect();
                decoded_text(charset, &bytes)
            }
        }
    }

    /// The number of a character.
    fn character(&self, code: u32) -> u32 {
        let Codes::Mapped(map) = &self.codes else { return code };
        (1..=MAX_CODE_BYTES).find_map(|bytes| map.lookup_cid_code(code, bytes)).unwrap_or_default()
    }

    /// The number of its glyph.
    fn glyph(&self, code: u32) -> u32 {
        let character = self.character(code);
        let place = usize::try_from(character).unwrap_or(usize::MAX).saturating_mul(2);
        match self.glyphs.get(place..place.saturating_add(2)) {
            Some(&[high, low]) => u16::from_be_bytes([high, low]).into(),
            _ => character,
        }
    }
}

/// How text is cut into codes, and whether it runs downwards.
fn codes(font: &Dict, budget: &mut Budget) -> Result<(Codes, bool), ReadError> {
    if let Some(stream) = font.get::<Stream>(b"Encoding") {
        let map = cmap(&stream, budget)?.unwrap_or_else(CMap::identity_h);
        let vertical = map.metadata().writing_mode == Some(WritingMode::Vertical);
        return Ok((Codes::Mapped(Box::new(map)), vertical));
    }
    let name = font.get::<Name>(b"Encoding").map(|name| name.as_str().to_owned()).unwrap_or_default();
    Ok((named_codes(&name), name == "V" || name.ends_with("-V")))
}

/// How text is cut into codes in an encoding of the standard (ISO 32000-1, table 118).
fn named_codes(name: &str) -> Codes {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match name {
        _ if has(&["UCS2", "UTF16"]) => Codes::Units,
        _ if has(&["RKSJ"]) => Codes::Text(SHIFT_JIS),
        _ if has(&["GBK", "GB-EUC", "GBpc"]) => Codes::Text(GBK),
        _ if has(&["B5pc", "ETen", "HKscs"]) => Codes::Text(BIG5),
        _ if has(&["KSC"]) => Codes::Text(EUC_KR),
        "H" | "V" | "EUC-H" | "EUC-V" => Codes::Text(EUC_JP),
        _ => Codes::Mapped(Box::new(CMap::identity_h())),
    }
}

/// Widths of characters, in order: the file has them as `first [w w w]` and `first last w`.
fn widths(descendant: &Dict, budget: &mut Budget) -> Result<Vec<(u32, u32, f64)>, ReadError> {
    let mut widths = Vec::new();
    let mut pending: Vec<u32> = Vec::new();
    for entry in descendant.get::<Array>(b"W").iter().flat_map(Array::iter::<Object>) {
        match (entry, pending.as_slice()) {
            (Object::Array(run), &[first]) => {
                for (character, width) in (first..).zip(run.iter::<f64>()) {
                    budget.take(size_of::<(u32, u32, f64)>())?;
                    widths.push((character, character, width));
                }
                pending.clear();
            }
            (Object::Number(width), &[first, last]) => {
                budget.take(size_of::<(u32, u32, f64)>())?;
                widths.push((first, last, width.as_f64()));
                pending.clear();
            }
            (Object::Number(number), _) => pending.extend(u32::try_from(number.as_i64())),
            _ => pending.clear(),
        }
    }
    widths.sort_by_key(|(first, ..)| *first);
    Ok(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_a_character_set_is_cut_into_its_letters() {
        let font = |name: &str| Composite {
            vertical: false,
            codes: named_codes(name),
            map: None,
            letters: BTreeMap::new(),
            glyphs: Vec::new(),
            widths: Vec::new(),
            default_advance: DEFAULT_ADVANCE,
        };
        let read = |name: &str, mut bytes: &[u8]| {
            let font = font(name);
            let mut text = String::new();
            while !bytes.is_empty() {
                let (code, length) = font.next_code(bytes);
                text += &font.text(code);
                bytes = &bytes[length..];
            }
            text
        };
        assert_eq!(read("90ms-RKSJ-H", b"a\x92\xaa\xb1"), "a潮ｱ");
        assert_eq!(read("H", b"\x44\x2c"), "潮");
        assert_eq!(read("GBK-EUC-H", b"\xb3\xb1b"), "潮b");
        assert_eq!(read("UniJIS-UCS2-H", b"\x6f\x6e\x00a"), "潮a");
    }
}
