//! Passages that may be published, with their text.

use std::ops::Range;

use sourcewise_quotes::Passage;

#[derive(Clone, Debug)]
pub struct ShownPassage {
    pub passage: Passage,
    /// As in the document.
    pub text: String,
}

impl ShownPassage {
    /// Returns the text in a byte range of the document, if the range is within the passage.
    pub fn part(&self, range: &Range<usize>) -> Option<&str> {
        let start = self.passage.range.start;
        self.text.get(range.start.checked_sub(start)?..range.end.checked_sub(start)?)
    }
}
