//! White space and invisible characters of text that was laid out for a page.

/// The most characters of a value that a file says of itself.
const VALUE_CHARS: usize = 300;

/// Text with white space folded to single spaces and without characters that only steer how a line is broken.
/// No-break spaces count as spaces.
pub(crate) fn folded(text: &str) -> String {
    let mut folder = Folder::default();
    folder.push(text);
    folder.take()
}

/// A value that a file says of itself, fit to be shown, or `None` if nothing is left of it.
pub(crate) fn value(text: &str) -> Option<String> {
    let whole = folded(text);
    let mut value: String = whole.chars().take(VALUE_CHARS).collect();
    value.truncate(value.trim_end().len());
    (!value.is_empty()).then_some(value)
}

/// Folds white space across the pieces that a text comes in, as CSS does across inline elements.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    text: String,
    gap: bool,
}

impl Folder {
    /// Adds a piece.
    pub(crate) fn push(&mut self, piece: &str) {
        for c in piece.chars().filter(|c| !invisible(*c)) {
            if c.is_whitespace() {
                self.gap = true;
            } else {
                self.close_gap();
                self.text.push(c);
            }
        }
    }

    /// Adds a piece with its lines kept.
    pub(crate) fn push_lines(&mut self, piece: &str) {
        self.close_gap();
        let kept = piece.chars().filter(|c| *c == '\n' || *c == '\t' || !invisible(*c));
        self.text.extend(kept.filter(|c| *c != '\r'));
    }

    /// Parts what follows from what stands.
    pub(crate) fn space(&mut self) {
        self.gap = true;
    }

    /// Adds a mark that parts what follows from what stands, if something stands.
    pub(crate) fn part(&mut self, mark: char) {
        if !self.text.is_empty() {
            self.gap = false;
            self.text.push(mark);
        }
    }

    /// What was gathered, without white space at its ends.
    pub(crate) fn take(&mut self) -> String {
        self.gap = false;
        let text = std::mem::take(&mut self.text);
        let trimmed = text.trim_matches(char::is_whitespace);
        if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
    }

    /// How many bytes were gathered.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    fn close_gap(&mut self) {
        if self.gap && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        self.gap = false;
    }
}

/// Soft hyphens, zero-width spaces, word joiners, byte order marks and control characters. Joiners stay: Persian and
/// Hindi are misspelt without them.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_folds_across_pieces_and_invisible_characters_go() {
        let mut folder = Folder::default();
        for piece in [" \n The har", "\u{ad}bour\u{200b}", "\u{a0} ", " was ", "closed", ".\n"] {
            folder.push(piece);
        }
        assert_eq!(folder.take(), "The harbour was closed.");
        assert_eq!(folded("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn values_are_capped_and_never_blank() {
        assert_eq!(value(" \u{200b}\n\u{0}"), None);
        assert_eq!(value(&"ab ".repeat(400)).map(|value| value.chars().count()), Some(299));
    }
}
