//! Passages that may be published, with the document's characters.

use std::ops::Range;

use sourcewise_quotes::Passage;

/// A passage of a document that may be published.
#[derive(Clone, Debug)]
pub struct ShownPassage {
    /// Where it stands.
    pub passage: Passage,
    /// The document's characters.
    pub text: String,
}

impl ShownPassage {
    /// The words at a place of the document, if they lie within the passage.
    pub fn part(&self, place: &Range<usize>) -> Option<&str> {
        let start = self.passage.range.start;
        self.text.get(place.start.checked_sub(start)?..place.end.checked_sub(start)?)
    }
}
