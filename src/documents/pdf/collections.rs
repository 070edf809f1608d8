//! Adobe's character collections for Chinese, Japanese and Korean, which number the characters of a language (CIDs).
//! Fonts without a `ToUnicode` map often name one of these. Most numbers follow the order of a national character set,
//! so a few ranges are enough for nearly all characters of a text (Adobe Technical Notes 5078, 5079, 5080 and 5093).

use std::collections::BTreeMap;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK};
use hayro_syntax::object::{Dict, String as PdfString};

use super::encodings::decoded;

/// The printable ASCII characters but `~`. In all collections, they have the numbers from 1 on.
const ASCII: std::ops::RangeInclusive<char> = ' '..='}';
/// The number of the half-width space, the first of the half-width ASCII characters, in the Japanese collection.
const MIN_JAPANESE_HALF_WIDTH: u32 = 231;

/// Codes of a character set (first, last) whose characters have consecutive numbers, and the first of these numbers.
type CodeRange = (u16, u16, u32);

/// The number of the first form for vertical text, and the punctuation and small letters that have such forms, in
/// order.
type VerticalForms = (u32, &'static str);

const JAPANESE: [CodeRange; 2] = [(0xa1a1, 0xa7f1, 633), (0xb0a1, 0xf4a4, 1125)];
const JAPANESE_VERTICAL: VerticalForms = (
    7887,
    "、。￣＿ー―‐～‖｜…‥（）〔〕［］｛｝〈〉《》「」『』【】＝ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ",
);
const SIMPLIFIED_CHINESE: [CodeRange; 4] =
    [(0xa1a1, 0xa1fe, 96), (0xa3a1, 0xa3fe, 262), (0xb0a1, 0xd7f9, 940), (0xd8a1, 0xf7fe, 4695)];
const SIMPLIFIED_CHINESE_VERTICAL: VerticalForms =
    (573, "，。、：；！？（）〔〕〈〉《》「」『』〖〗【】｛｝—…＿");
const KOREAN: [CodeRange; 3] = [(0xa1a1, 0xa1fe, 101), (0xb0a1, 0xc8fe, 1086), (0xcaa1, 0xcbcf, 3436)];
const KOREAN_VERTICAL: VerticalForms =
    (8056, "、。‥–—‖～〔〕〈〉《》「」『』【】〓！（），．：；＜＝＞？［］＿｛｜｝￣");
const TRADITIONAL_CHINESE: [CodeRange; 7] = [
    (0xa140, 0xa158, 99),
    (0xa440, 0xacfd, 595),
    (0xad40, 0xafcf, 2007),
    (0xafd0, 0xbbc7, 2432),
    (0xbbc8, 0xbe51, 4309),
    (0xbe53, 0xc1aa, 4696),
    (0xc1ab, 0xc2ca, 5222),
];

/// Returns the characters, by number, of the collection that a font names; empty if it names none of the four above.
pub(crate) fn characters(descendant: &Dict) -> BTreeMap<u32, String> {
    let information = descendant.get::<Dict>(b"CIDSystemInfo").unwrap_or_default();
    let ordering = information.get::<PdfString>(b"Ordering");
    let (charset, ranges, vertical): (_, &[CodeRange], VerticalForms) = match ordering.as_deref() {
        Some(b"Japan1") => (EUC_JP, &JAPANESE, JAPANESE_VERTICAL),
        Some(b"GB1") => (GBK, &SIMPLIFIED_CHINESE, SIMPLIFIED_CHINESE_VERTICAL),
        Some(b"Korea1") => (EUC_KR, &KOREAN, KOREAN_VERTICAL),
        Some(b"CNS1") => (BIG5, &TRADITIONAL_CHINESE, (0, "")),
        _ => return BTreeMap::new(),
    };
    let ascii = |first: u32| (first..).zip(ASCII.map(String::from));
    let mut characters: BTreeMap<u32, String> = ascii(1).collect();
    if charset == EUC_JP {
        characters.extend(ascii(MIN_JAPANESE_HALF_WIDTH));
    }
    characters.extend((vertical.0..).zip(vertical.1.chars().map(String::from)));
    for (first, last, number) in ranges {
        let texts = (*first..=*last).map(|code| two_byte_character(charset, code));
        characters.extend((*number..).zip(texts.filter(|text| !text.is_empty())));
    }
    characters
}

/// Returns the character of a two-byte code; empty if there is none.
fn two_byte_character(charset: &'static Encoding, code: u16) -> String {
    let [lead, trail] = code.to_be_bytes();
    let is_trail = (0xa1..=0xfe).contains(&trail) || charset == BIG5 && (0x40..=0x7e).contains(&trail);
    if is_trail { decoded(charset, &[lead, trail]) } else { String::new() }
}
