//! Composite fonts, whose codes have one to four bytes (ISO 32000-1, 9.7).

use std::collections::BTreeMap;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};
use hayro_cmap::{CMap, WritingMode};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::collections::characters;
use super::descriptors::descriptor;
use super::encodings::decoded as decoded_text;
use super::maps::{cmap, mapped, to_unicode};
use super::programs::glyph_letters;
use super::streams::{Budget, decoded};
use crate::ReadError;

const MAX_CODE_BYTES: u8 = 4;
/// Maximum number of entries in the list of a font's widths: three for each of 65,536 characters.
const MAX_WIDTH_ENTRIES: usize = 3 << 16;
/// The advance of a glyph without a stated width, in em.
const DEFAULT_ADVANCE: f64 = 1.0;

#[derive(Debug)]
pub(crate) struct Composite {
    pub(crate) vertical: bool,
    codes: Codes,
    /// The `ToUnicode` map, from codes to text.
    map: Option<CMap>,
    /// The text of each character id in the collection that the font names, used if there is no `ToUnicode` map.
    characters: BTreeMap<u32, String>,
    /// The text of each glyph by glyph id, used if neither a `ToUnicode` map nor `characters` has the text.
    letters: BTreeMap<u32, String>,
    /// The glyph id of each character id (CID), two bytes each. Beyond the end of the list, both ids are equal.
    glyph_ids: Vec<u8>,
    /// Sorted ranges of character ids (first, last), with their width in thousandths of an em.
    widths: Vec<(u32, u32, f64)>,
    /// The advance of characters without an entry in `widths`, in em.
    default_advance: f64,
}

/// How strings are split into codes, and the meaning of the codes.
#[derive(Debug)]
enum Codes {
    /// Codes that a map converts to character ids.
    Mapped(Box<CMap>),
    Utf16,
    /// Characters of an East Asian character set, of one or two bytes.
    Charset(&'static Encoding),
}

impl Composite {
    pub(crate) fn read(font: &Dict, descendant: &Dict, budget: &mut Budget) -> Result<Self, ReadError> {
        let map = to_unicode(font, budget)?;
        let (codes, vertical) = codes(font, budget)?;
        let map_is_missing = map.is_none();
        let letters =
            if map_is_missing { glyph_letters(&descriptor(descendant), budget)? } else { BTreeMap::new() };
        let glyph_ids = descendant.get::<Stream>(b"CIDToGIDMap").filter(|_| map_is_missing);
        Ok(Self {
            vertical,
            codes,
            map,
            characters: if map_is_missing { characters(descendant) } else { BTreeMap::new() },
            letters,
            glyph_ids: glyph_ids.map_or(Ok(Vec::new()), |stream| decoded(&stream, budget))?,
            widths: widths(descendant, budget)?,
            default_advance: descendant.get::<f64>(b"DW").map_or(DEFAULT_ADVANCE, |width| width / 1000.0),
        })
    }

    /// Returns the first code of a string, and its length in bytes.
    pub(crate) fn next_code(&self, text: &[u8]) -> (u32, usize) {
        let code_of = |bytes: usize| {
            let code = text.iter().take(bytes).fold(0, |code, byte| code << 8 | u32::from(*byte));
            (code, bytes.min(text.len()).max(1))
        };
        match &self.codes {
            Codes::Mapped(map) => {
                let mapped = (1..=MAX_CODE_BYTES).find(|bytes| {
                    let (code, length) = code_of(usize::from(*bytes));
                    length == usize::from(*bytes) && map.lookup_cid_code(code, *bytes).is_some()
                });
                code_of(mapped.map_or(2, usize::from))
            }
            Codes::Utf16 if matches!(text, [0xd8..=0xdb, _, 0xdc..=0xdf, _, ..]) => code_of(4),
            Codes::Utf16 => code_of(2),
            Codes::Charset(charset) => {
                let is_single_byte = text.first().is_some_and(|byte| {
                    byte.is_ascii() && *charset != EUC_JP
                        || *charset == SHIFT_JIS && (0xa1..0xe0).contains(byte)
                });
                code_of(if is_single_byte { 1 } else { 2 })
            }
        }
    }

    /// Returns the advance of a code in em; negative (downwards) in vertical text.
    pub(crate) fn advance(&self, code: u32) -> f64 {
        if self.vertical {
            return -DEFAULT_ADVANCE;
        }
        let Codes::Mapped(_) = self.codes else {
            // One-byte codes of East Asian character sets are half-width.
            return if code < 256 { DEFAULT_ADVANCE / 2.0 } else { self.default_advance };
        };
        let cid = self.cid(code);
        let index = self.widths.partition_point(|(_, last, _)| *last < cid);
        let found = self.widths.get(index).filter(|(first, ..)| *first <= cid);
        found.map_or(self.default_advance, |(_, _, width)| width / 1000.0)
    }

    pub(crate) fn text(&self, code: u32) -> String {
        if let Some(text) = mapped(self.map.as_ref(), code) {
            return text;
        }
        let bytes = code.to_be_bytes();
        match self.codes {
            Codes::Mapped(_) => {
                let character = self.characters.get(&self.cid(code));
                character.or_else(|| self.letters.get(&self.glyph_id(code))).cloned().unwrap_or_default()
            }
            Codes::Utf16 => {
                let units = [code >> 16, code & 0xffff].map(|unit| u16::try_from(unit).unwrap_or_default());
                String::from_utf16_lossy(&units).replace('\0', "")
            }
            // The encodings `H` and `V` (JIS X 0208) are EUC-JP without the high bit.
            Codes::Charset(charset) => {
                let high_bit = if charset == EUC_JP { 0x80 } else { 0 };
                let bytes: Vec<u8> =
                    bytes.into_iter().skip_while(|byte| *byte == 0).map(|byte| byte | high_bit).collect();
                decoded_text(charset, &bytes)
            }
        }
    }

    /// Returns the character id of a code; 0 if the map has none.
    fn cid(&self, code: u32) -> u32 {
        let Codes::Mapped(map) = &self.codes else { return code };
        (1..=MAX_CODE_BYTES).find_map(|bytes| map.lookup_cid_code(code, bytes)).unwrap_or_default()
    }

    fn glyph_id(&self, code: u32) -> u32 {
        let cid = self.cid(code);
        let offset = usize::try_from(cid).unwrap_or(usize::MAX).saturating_mul(2);
        match self.glyph_ids.get(offset..offset.saturating_add(2)) {
            Some(&[high, low]) => u16::from_be_bytes([high, low]).into(),
            _ => cid,
        }
    }
}

/// Reads how strings are split into codes, and whether the text is vertical.
fn codes(font: &Dict, budget: &mut Budget) -> Result<(Codes, bool), ReadError> {
    if let Some(stream) = font.get::<Stream>(b"Encoding") {
        let map = cmap(&stream, budget)?.unwrap_or_else(CMap::identity_h);
        let vertical = map.metadata().writing_mode == Some(WritingMode::Vertical);
        return Ok((Codes::Mapped(Box::new(map)), vertical));
    }
    let name = font.get::<Name>(b"Encoding").map(|name| name.as_str().to_owned()).unwrap_or_default();
    Ok((named_codes(&name), name == "V" || name.ends_with("-V")))
}

/// Returns how strings are split in a predefined encoding (ISO 32000-1, table 118). In encodings with none of
/// these names, codes have two bytes.
fn named_codes(name: &str) -> Codes {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match name {
        _ if has(&["UCS2", "UTF16"]) => Codes::Utf16,
        _ if has(&["RKSJ"]) => Codes::Charset(SHIFT_JIS),
        _ if has(&["GBK", "GB-EUC", "GBpc"]) => Codes::Charset(GBK),
        _ if has(&["B5pc", "ETen", "HKscs"]) => Codes::Charset(BIG5),
        _ if has(&["KSC"]) => Codes::Charset(EUC_KR),
        "H" | "V" | "EUC-H" | "EUC-V" => Codes::Charset(EUC_JP),
        _ => Codes::Mapped(Box::new(CMap::identity_h())),
    }
}

/// Reads the widths of characters, written as `first [w w w]` or `first last w`, and sorts them.
fn widths(descendant: &Dict, budget: &mut Budget) -> Result<Vec<(u32, u32, f64)>, ReadError> {
    let mut widths = Vec::new();
    let mut pending: Vec<u32> = Vec::new();
    let entries = descendant.get::<Array>(b"W");
    for entry in entries.iter().flat_map(Array::iter::<Object>).take(MAX_WIDTH_ENTRIES) {
        match (entry, pending.as_slice()) {
            (Object::Array(run), &[first]) => {
                for (cid, width) in (first..).zip(run.iter::<f64>().take(MAX_WIDTH_ENTRIES)) {
                    budget.take(size_of::<(u32, u32, f64)>())?;
                    widths.push((cid, cid, width));
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
    fn strings_are_split_into_characters_of_their_character_set() {
        let font = |name: &str| Composite {
            vertical: false,
            codes: named_codes(name),
            map: None,
            characters: BTreeMap::new(),
            letters: BTreeMap::new(),
            glyph_ids: Vec::new(),
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
