//! Converts the codes of symbol fonts such as Wingdings to Unicode characters.

use crate::symbol_font::symbol;
use crate::text::UNKNOWN;

/// A font whose codes are not those of Unicode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SymbolFont {
    /// No symbol font: the codes are those of Unicode.
    #[default]
    None,
    Symbol,
    Wingdings,
    /// Another symbol font. Its characters are unknown.
    Pictures,
}

impl SymbolFont {
    /// Returns which symbol font has this name; `None` (the variant) for all other fonts.
    pub(crate) fn named(name: &str) -> Self {
        match name.trim().to_lowercase().as_str() {
            "symbol" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings 2" | "wingdings 3" | "webdings" | "zapf dingbats" | "mt extra" | "marlett" => {
                Self::Pictures
            }
            _ => Self::None,
        }
    }

    /// Returns the character with this code in the font, or [`UNKNOWN`]. Codes of symbol fonts may have 0xF000 added to
    /// them.
    pub(crate) fn character(self, code: u32) -> char {
        let low = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
        let is_private = matches!(code, 0xe000..=0xf8ff | 0xf_0000..);
        if self == Self::None || low > 0xff {
            return char::from_u32(code).filter(|c| !is_private && !c.is_control()).unwrap_or(UNKNOWN);
        }
        let found = match (self, low) {
            (_, 0x20 | 0xa0) if low == 0x20 || self != Self::Symbol => Some(' '),
            (Self::Symbol, _) => u8::try_from(low).ok().and_then(symbol),
            (Self::Wingdings, _) => wingding(low),
            _ => None,
        };
        found.unwrap_or(UNKNOWN)
    }

    /// Replaces the characters of a text, which are codes of the font, except white space.
    pub(crate) fn decoded(self, text: &str) -> String {
        let is_white = |c: char| c.is_whitespace() || c.is_control();
        text.chars().map(|c| if is_white(c) { c } else { self.character(c.into()) }).collect()
    }
}

/// The common characters of Wingdings.
fn wingding(code: u32) -> Option<char> {
    let c = match code {
        0x22 => '✂',
        0x28 => '☎',
        0x2a => '✉',
        0x36 => '⌛',
        0x41 => '✌',
        0x43 => '👍',
        0x44 => '👎',
        0x45 => '☜',
        0x46 => '☞',
        0x47 => '☝',
        0x48 => '☟',
        0x4a => '☺',
        0x4c => '☹',
        0x6c => '●',
        0x6d => '❍',
        0x6e => '■',
        0x6f => '□',
        0x71 => '❑',
        0x72 => '❒',
        0x73 => '⬧',
        0x74 => '⧫',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x80 => '⓪',
        0x81..=0x8a => return char::from_u32('①' as u32 + code - 0x81),
        0x8b => '⓿',
        0x8c..=0x95 => return char::from_u32('❶' as u32 + code - 0x8c),
        0x9e => '·',
        0x9f => '•',
        0xa1 => '○',
        0xa7 => '▪',
        0xa8 => '◻',
        0xaa => '✦',
        0xab => '★',
        0xd8 => '➢',
        0xdf => '←',
        0xe0 => '→',
        0xe1 => '↑',
        0xe2 => '↓',
        0xe8 => '➔',
        0xef => '⇦',
        0xf0 => '⇨',
        0xf1 => '⇧',
        0xf2 => '⇩',
        0xfb => '✗',
        0xfc => '✓',
        0xfd => '☒',
        0xfe => '☑',
        _ => return None,
    };
    Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_symbol_fonts_become_characters() {
        let symbol = |code| SymbolFont::Symbol.character(code);
        assert_eq!(
            [0xf02d, 0x2d, 0xf0b1, 0xf0a3, 0xf0b3, 0xf0b4, 0xf0b8, 0xf0d7].map(symbol),
            ['−', '−', '±', '≤', '≥', '×', '÷', '⋅']
        );
        assert_eq!(
            [0xf061, 0xf06d, 0xf077, 0xf0b7, 0xf0ae, 0xf0e5, 0xf0f2, 0xf035].map(symbol),
            ['α', 'μ', 'ω', '•', '→', '∑', '∫', '5']
        );
        assert_eq!(SymbolFont::named("Wingdings").character(0xf0fc), '✓');
        assert_eq!(SymbolFont::named("Webdings").character(0xf061), UNKNOWN);
        assert_eq!(SymbolFont::named("Arial").character(0x2212), '−');
        assert_eq!(SymbolFont::named("Arial").character(0xf02d), UNKNOWN);
        assert_eq!(SymbolFont::Symbol.decoded("a \u{f02d}5"), "α −5");
    }
}
