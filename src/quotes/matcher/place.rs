//! Where the words of a quote are in a document.

use std::ops::Range;

/// The position of words in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// Byte offset in the document where the words begin.
    pub start: usize,
    /// Byte offset in the document where the words end (exclusive).
    pub end: usize,
}

impl Place {
    /// Returns the byte range of the words in the document.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}
