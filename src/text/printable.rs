//! Removes characters that a page must not contain, and line breaks from texts that must fit on one line.

/// Removes characters that no page may contain: control characters except line feed and tab, the two noncharacters at
/// the end of each Unicode plane, and directional embeddings, overrides and isolates.
pub fn printable(text: &str) -> String {
    // Fast path for printable ASCII, which is allowed as it is.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return text.to_owned();
    }
    let is_directional = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_allowed = |c: &char| {
        matches!(c, '\n' | '\t')
            || !(c.is_control() || is_directional(*c) || (u32::from(*c) & 0xfffe) == 0xfffe)
    };
    text.chars().filter(is_allowed).collect()
}

/// Joins the words of a text with single spaces, on one line. White space and control characters separate words.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn forbidden_characters_are_removed() {
        assert_eq!(printable("a\u{7}b\u{7f}\u{fffe}\u{1ffff}c\n\td"), "abc\n\td");
        assert_eq!(printable("report \u{202e}txet"), "report txet");
    }
}
