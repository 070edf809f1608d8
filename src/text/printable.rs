//! What can stand on a page, and in a line.

/// A text without the characters that no page may hold: control characters, code points that are no characters, and the
/// marks that turn the direction of all that follows.
pub fn printable(text: &str) -> String {
    // Nearly all text is of letters that any page may hold.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return text.to_owned();
    }
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let holds = |c: &char| {
        matches!(c, '\n' | '\t') || !(c.is_control() || turns(*c) || (u32::from(*c) & 0xfffe) == 0xfffe)
    };
    text.chars().filter(holds).collect()
}

/// Words with nothing but single spaces between them.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_no_page_may_hold_is_left_out() {
        assert_eq!(printable("a\u{7}b\u{7f}\u{fffe}\u{1ffff}c\n\td"), "abc\n\td");
        assert_eq!(printable("report \u{202e}txet"), "report txet");
    }
}
