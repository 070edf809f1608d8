//! Normalizes the letters of words: decomposes ligatures, composes combining accents, and replaces unknown glyphs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::UNKNOWN;

/// Decomposes ligatures, composes accents, and removes invisible characters. Keeps soft hyphens: at the end of a line
/// they mark a broken word. Each run of glyphs without a character becomes one U+FFFD.
pub(crate) fn normalized(text: &str) -> String {
    let is_invisible =
        |letter: char| letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}');
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
        match letter {
            '\u{fb00}'..='\u{fb06}' => plain.extend(std::iter::once(letter).nfkc()),
            // Characters of the private use area have no meaning outside of their font.
            UNKNOWN | '\u{e000}'..='\u{f8ff}' if plain.ends_with(UNKNOWN) => {}
            '\u{e000}'..='\u{f8ff}' => plain.push(UNKNOWN),
            _ => plain.push(letter),
        }
    }
    if plain.chars().any(is_combining_mark) { plain.nfc().collect() } else { plain }
}
