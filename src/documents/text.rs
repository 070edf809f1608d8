//! Normalises white space and removes invisible characters, in metadata and in the text of web pages, Word documents
//! and books. For PDF files, see `pdf/words.rs`.

/// Maximum length of a metadata value. Longer values are truncated.
const MAX_VALUE_CHARS: usize = 300;

/// Replaces a picture between two characters, so that they don't read as one word or figure.
pub(crate) const PICTURE: char = '\u{fffc}';
/// Replaces a sign whose character is not known.
pub(crate) const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// Collapses white space, including no-break spaces, to single spaces and removes invisible characters.
pub(crate) fn collapse_whitespace(text: &str) -> String {
    let mut collapsed = CollapsedText::default();
    collapsed.push(text);
    collapsed.take()
}

/// Cleans and truncates a metadata value for display; `None` if nothing is left.
pub(crate) fn clean_value(text: &str) -> Option<String> {
    let whole = collapse_whitespace(text);
    let mut value: String = whole.chars().take(MAX_VALUE_CHARS).collect();
    value.truncate(value.trim_end().len());
    (!value.is_empty()).then_some(value)
}

/// Joins pieces of text, and collapses white space within and between them, as CSS does with inline elements.
#[derive(Debug, Default)]
pub(crate) struct CollapsedText {
    text: String,
    pending_space: bool,
    /// Whether a picture follows directly after the last letter or digit.
    pending_picture: bool,
}

impl CollapsedText {
    pub(crate) fn push(&mut self, piece: &str) {
        for c in piece.chars().filter(|c| !is_invisible(*c)) {
            if c.is_whitespace() {
                self.pending_space = true;
            } else {
                self.flush_picture(c);
                self.flush_space();
                self.text.push(c);
            }
        }
    }

    /// Appends preformatted text: white space and line breaks are preserved.
    pub(crate) fn push_lines(&mut self, piece: &str) {
        self.flush_space();
        let kept = piece.chars().filter(|c| *c == '\n' || *c == '\t' || !is_invisible(*c));
        self.text.extend(kept.filter(|c| *c != '\r'));
    }

    /// Notes a picture. Between two letters or digits it becomes [`PICTURE`].
    pub(crate) fn push_picture(&mut self) {
        self.pending_picture = !self.pending_space && self.text.ends_with(char::is_alphanumeric);
    }

    /// Adds a space before the next piece, unless the text is empty or ends in white space.
    pub(crate) fn push_space(&mut self) {
        self.pending_space = true;
    }

    /// Appends a separator, unless the text is empty.
    pub(crate) fn push_separator(&mut self, separator: char) {
        if !self.text.is_empty() {
            self.pending_space = false;
            self.text.push(separator);
        }
    }

    /// The length in bytes of the white space that [`Self::take`] removes from the start of the text.
    pub(crate) fn leading_space(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Returns the text so far, trimmed, and starts an empty text.
    pub(crate) fn take(&mut self) -> String {
        (self.pending_space, self.pending_picture) = (false, false);
        let text = std::mem::take(&mut self.text);
        let trimmed = text.trim_matches(char::is_whitespace);
        if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
    }

    /// The length of the text in bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    fn flush_picture(&mut self, next: char) {
        if std::mem::take(&mut self.pending_picture) && !self.pending_space && next.is_alphanumeric() {
            self.text.push(PICTURE);
        }
    }

    /// The text so far, or a space if one is to follow it.
    pub(crate) fn end(&self) -> &str {
        if self.pending_space { " " } else { &self.text }
    }

    fn flush_space(&mut self) {
        if self.pending_space && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        self.pending_space = false;
    }
}

/// Whether a character is a soft hyphen, zero-width space, word joiner, byte order mark or control character.
/// Zero-width joiners and non-joiners are preserved, because Persian and Hindi are misspelt without them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_collapsed_across_pieces_and_invisible_characters_are_removed() {
        let mut collapsed = CollapsedText::default();
        for piece in [" \n The har", "\u{ad}bour\u{200b}", "\u{a0} ", " was ", "closed", ".\n"] {
            collapsed.push(piece);
        }
        assert_eq!(collapsed.take(), "The harbour was closed.");
        assert_eq!(collapse_whitespace("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn values_are_truncated_and_never_blank() {
        assert_eq!(clean_value(" \u{200b}\n\u{0}"), None);
        assert_eq!(clean_value(&"ab ".repeat(400)).map(|value| value.chars().count()), Some(299));
    }
}
