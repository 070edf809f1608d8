//! Normalises white space and removes invisible characters, in metadata and in the text of web pages, Word documents
//! and books. For PDF files, see `pdf/words.rs`.

use sourcewise_quotes::is_in_spaced_script;

/// Maximum length of a metadata value. Longer values are truncated.
const MAX_VALUE_CHARS: usize = 300;

/// Replaces something that is not text, such as a picture, between two characters, so that the characters don't become
/// one word or number.
pub(crate) const PICTURE: char = '\u{fffc}';
/// Replaces a symbol whose character is unknown.
pub(crate) const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// Collapses white space, including no-break spaces, to single spaces and removes invisible characters.
pub(crate) fn collapse_whitespace(text: &str) -> String {
    let mut collapsed = CollapsedText::default();
    collapsed.push(text);
    collapsed.take()
}

/// Collapses white space in a metadata value, removes invisible characters, and truncates it to [`MAX_VALUE_CHARS`].
/// `None` if nothing is left.
pub(crate) fn clean_value(text: &str) -> Option<String> {
    let whole = collapse_whitespace(text);
    let mut value: String = whole.chars().filter(|c| !is_zero_width(*c)).take(MAX_VALUE_CHARS).collect();
    value.truncate(value.trim_end().len());
    (!value.is_empty()).then_some(value)
}

/// Joins pieces of text, and collapses white space within and between them, as CSS does with inline elements.
#[derive(Debug, Default)]
pub(crate) struct CollapsedText {
    text: String,
    pending_space: bool,
    /// The last character that has a width.
    last: Option<char>,
    /// What followed the last letter or digit directly and was not text.
    pending_gap: Gap,
    /// Whether [`Self::push_words_unknown`] was called after the last character.
    pending_words: bool,
}

/// Something between two characters that is not text and keeps the characters apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// A picture or the like. It keeps letters and digits apart.
    Picture,
    /// The reference to a note, or a removed element such as a button. It keeps letters and digits apart in scripts
    /// that put spaces between words.
    Mark,
    /// Removed text. It keeps only digits apart: an author may correct single letters of a word, but the rest of a
    /// number is another number.
    Removal,
}

impl CollapsedText {
    pub(crate) fn push(&mut self, piece: &str) {
        for c in piece.chars().filter(|c| !is_invisible(*c)) {
            if c.is_whitespace() {
                self.pending_space = true;
            } else {
                self.flush_gap(c);
                self.flush_space();
                self.flush_words();
                self.text.push(c);
                self.last = Some(c).filter(|c| !is_zero_width(*c)).or(self.last);
            }
        }
    }

    /// Appends preformatted text: white space and line breaks are preserved.
    pub(crate) fn push_lines(&mut self, piece: &str) {
        for c in piece.chars().filter(|c| *c != '\r' && !is_invisible(*c)) {
            self.flush_gap(c);
            self.flush_space();
            // As in other text, white space is not text that the unknown words precede.
            if !c.is_whitespace() {
                self.flush_words();
            }
            self.text.push(c);
            self.last = Some(c).filter(|c| !is_zero_width(*c)).or(self.last);
        }
    }

    /// Records a picture, or the like. Between two letters or digits, it becomes [`PICTURE`].
    pub(crate) fn push_picture(&mut self) {
        self.note_gap(Gap::Picture, char::is_alphanumeric);
    }

    /// Records the reference to a note, or a removed element such as a button. Between two letters or digits, it
    /// becomes [`PICTURE`], except in scripts without spaces between words.
    pub(crate) fn push_mark(&mut self) {
        if self.pending_gap != Gap::Picture {
            self.note_gap(Gap::Mark, is_in_spaced_script);
        }
    }

    /// Records that struck-out or hidden characters are left out. Between two digits, they become [`PICTURE`].
    pub(crate) fn push_removal(&mut self) {
        if self.pending_gap == Gap::None {
            self.note_gap(Gap::Removal, char::is_numeric);
        }
    }

    /// Records that readers see words here that are not part of the text, such as words that a style sheet generates or
    /// that the record excludes. Between two pieces of text, they become [`PICTURE`].
    pub(crate) fn push_words_unknown(&mut self) {
        self.pending_words = true;
    }

    /// Records what is not text at the end of another text, which was appended to this one in another form.
    pub(crate) fn push_pending(&mut self, other: &Self) {
        if other.pending_gap != Gap::None {
            self.pending_gap = other.pending_gap;
        }
        self.pending_words |= other.pending_words;
        self.pending_space |= other.pending_space;
    }

    fn flush_words(&mut self) {
        if std::mem::take(&mut self.pending_words) && !self.text.chars().all(is_blank) {
            self.text.push(PICTURE);
            self.last = Some(PICTURE);
        }
    }

    fn note_gap(&mut self, gap: Gap, keeps_apart: fn(char) -> bool) {
        if !self.pending_space && self.last.is_some_and(keeps_apart) {
            self.pending_gap = gap;
        }
    }

    /// Adds a space before the next piece, unless the text is empty or ends in white space.
    pub(crate) fn push_space(&mut self) {
        self.pending_space = true;
    }

    /// Returns the length in bytes of what [`Self::take`] removes from the start of the text.
    pub(crate) fn leading_space(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(is_blank).len()
    }

    /// Returns the text so far, trimmed, and starts an empty text.
    pub(crate) fn take(&mut self) -> String {
        (self.pending_space, self.last) = (false, None);
        (self.pending_gap, self.pending_words) = (Gap::None, false);
        let text = std::mem::take(&mut self.text);
        let trimmed = text.trim_matches(is_blank);
        if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
    }

    /// The text so far, without a pending space.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The length of the text in bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    fn flush_gap(&mut self, next: char) {
        if is_zero_width(next) {
            return; // The next visible character decides.
        }
        let keeps_apart = match std::mem::take(&mut self.pending_gap) {
            Gap::None => false,
            Gap::Picture => next.is_alphanumeric(),
            Gap::Mark => is_in_spaced_script(next),
            Gap::Removal => next.is_numeric(),
        };
        if keeps_apart && !self.pending_space {
            self.text.push(PICTURE);
        }
    }

    /// Returns a text that ends like the text so far: only a space if a space is pending, otherwise the whole text.
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

/// Whether a character is a soft hyphen or a control character.
pub(crate) fn is_invisible(c: char) -> bool {
    c == '\u{ad}' || (c.is_control() && !c.is_whitespace())
}

/// Whether a character is a zero-width space, word joiner or byte order mark. Metadata values lose all of these, texts
/// only those at their ends: within a text they may separate words, as the normal form in `sourcewise_quotes` decides.
/// (Zero-width joiners and non-joiners are never removed: Persian and Hindi would be misspelt without them.)
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character is removed at the start and end of a text.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_zero_width(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_collapsed_across_pieces_and_invisible_characters_are_removed() {
        let mut collapsed = CollapsedText::default();
        for piece in ["\u{feff} \n The har", "\u{ad}bour", "\u{a0} ", " was ", "clo\u{1}sed", ".\n\u{200b}"] {
            collapsed.push(piece);
        }
        assert_eq!(collapsed.leading_space(), "\u{feff} ".len());
        assert_eq!(collapsed.take(), "The harbour was closed.");
        assert_eq!(collapse_whitespace("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn zero_width_characters_within_a_text_are_left_to_the_normal_form() {
        let normal = |text: &str| sourcewise_quotes::normal(&collapse_whitespace(text));
        for c in ['\u{200b}', '\u{2060}', '\u{feff}'] {
            let text = format!("not{c}able to");
            assert_eq!(collapse_whitespace(&text), text);
            assert_ne!(normal(&text), "notable to");
            assert_eq!(normal(&format!("{c}The mill {c}was{c} shut.{c}")), "The mill was shut.");
        }
    }

    #[test]
    fn pictures_and_removals_keep_figures_apart_and_only_pictures_keep_words_apart() {
        let joined = |before: &str, note: fn(&mut CollapsedText), after: &str| {
            let mut text = CollapsedText::default();
            text.push(before);
            note(&mut text);
            text.push(after);
            text.take()
        };
        for note in [CollapsedText::push_picture, CollapsedText::push_mark, CollapsedText::push_removal] {
            assert_eq!(joined("1", note, "200"), "1\u{fffc}200");
            assert_eq!(joined("1\u{200b}", note, "\u{200b}200"), "1\u{200b}\u{200b}\u{fffc}200");
            assert_eq!(joined("1", note, ",200"), "1,200");
            assert_eq!(joined("1 ", note, "200"), "1 200");
        }
        assert_eq!(joined("organi", CollapsedText::push_removal, "sation"), "organisation");
        assert_eq!(joined("not", CollapsedText::push_picture, "able"), "not\u{fffc}able");
        assert_eq!(joined("not", CollapsedText::push_mark, "able"), "not\u{fffc}able");
        assert_eq!(joined("水", CollapsedText::push_picture, "停"), "水\u{fffc}停");
        assert_eq!(joined("水", CollapsedText::push_mark, "停"), "水停");
    }

    #[test]
    fn unknown_words_keep_text_apart_also_in_preformatted_text() {
        for push in [CollapsedText::push, CollapsedText::push_lines] {
            for (before, after, expected) in [
                ("not", "able", "not\u{fffc}able"),
                ("The ", "bell", "The \u{fffc}bell"),
                ("The", " bell", "The \u{fffc}bell"),
                (" ", "The bell", "The bell"),
                ("The bell", " ", "The bell"),
            ] {
                let mut text = CollapsedText::default();
                push(&mut text, before);
                text.push_words_unknown();
                push(&mut text, after);
                assert_eq!(text.take(), expected);
            }
        }
    }

    #[test]
    fn values_are_truncated_and_never_blank() {
        assert_eq!(clean_value(" \u{200b}\n\u{0}"), None);
        assert_eq!(clean_value(&"ab ".repeat(400)).map(|value| value.chars().count()), Some(299));
    }
}
