//! A passage of a document, usually a sentence, that may be published, with its text.

use std::ops::Range;

use sourcewise_quotes::Passage;

/// A passage that may be published. `records` creates these.
#[derive(Clone, Debug)]
pub struct ShownPassage {
    pub passage: Passage,
    /// The passage's text as in the document, but with spaces for the marks `>` of a quoted message.
    pub text: String,
}

impl ShownPassage {
    /// Returns the text in a byte range of the document, if the range is within the passage.
    pub fn part(&self, range: &Range<usize>) -> Option<&str> {
        let start = self.passage.range.start;
        self.text.get(range.start.checked_sub(start)?..range.end.checked_sub(start)?)
    }
}
