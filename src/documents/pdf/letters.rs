//! Normalizes the letters of words: decomposes ligatures, composes accents, and replaces unknown glyphs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::UNKNOWN;

/// Appends text to a word. A spacing accent at its end is combined with the letter that follows.
pub(crate) fn append(word: &mut String, text: &str) {
    let accent = word.chars().last().and_then(combining);
    match (accent, text.chars().next()) {
        (Some(accent), Some(letter)) if letter.is_alphabetic() => {
            word.pop();
            word.push(if letter == 'ı' { 'i' } else { letter });
            word.push(accent);
            word.extend(text.chars().skip(1));
        }
        _ => word.push_str(text),
    }
}

/// Returns the combining form of a spacing accent: U+0301 for `´`. ASCII accents have none here, because they are also
/// used as quotation marks and carets.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '´' => '\u{301}',
        '¨' => '\u{308}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        'ˇ' => '\u{30c}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        _ => return None,
    })
}

/// Decomposes ligatures, composes accents, and removes invisible characters. Keeps soft hyphens: at the end of a line
/// they mark a broken word. Glyphs without a character become one U+FFFD.
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
