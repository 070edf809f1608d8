//! How the normal form treats single characters: white space, invisible characters, dashes, quotation marks,
//! superscripts, subscripts.

use unicode_normalization::UnicodeNormalization;

/// Whether a character is raised or lowered.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Script {
    #[default]
    Baseline,
    Superscript,
    Subscript,
}

pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Strips spaces and marks `>` from the start of a line. Mail programs put such marks before an earlier message.
pub(crate) fn without_message_marks(line: &str) -> &str {
    line.trim_start_matches(['>', ' '])
}

/// Whether a character is invisible: soft hyphen, zero-width space, word joiner, byte order mark, or a mark or override
/// of the direction of writing.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether NFKC would change the meaning of a character: raised and lowered letters, fractions, Roman numerals and
/// trade marks. 2½ is not 21/2, and Ascend™ does not end in the letters *TM*.
pub(crate) fn nfkc_changes_meaning(c: char) -> bool {
    matches!(c, '¼'..='¾' | '\u{2070}'..='\u{209f}' | '\u{2150}'..='\u{218b}' | '™' | '℠')
}

/// Returns the script and plain form of a raised or lowered digit, letter or sign; `None` for other characters.
pub(crate) fn script_of(c: char) -> Option<(Script, char)> {
    let script = match c {
        '²' | '³' | '¹' | '\u{2070}'..='\u{207f}' => Script::Superscript,
        '\u{2080}'..='\u{208e}' => Script::Subscript,
        _ => return None,
    };
    // Unicode assigns no character to U+2072 and U+2073, so they have no plain form.
    let plain = c.nfkc().next().filter(|plain| *plain != c)?;
    Some((script, fold_punctuation(plain)))
}

/// Whether a character is a letter or digit of a script that puts spaces between words.
pub fn is_in_spaced_script(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Replaces typographic quotation marks, apostrophes and dashes by ASCII. (`…` is not here, because NFKC turns it into
/// three full stops.)
pub(crate) fn fold_punctuation(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' | '-' | '➖' | '˗' | '⁃' => {
            '-'
        }
        other => other,
    }
}
