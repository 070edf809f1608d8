//! The parts of a document that its format marks up: paragraphs, headings, list items.

use std::ops::Range;

/// A part of a document that its format marks up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What kind of block it is.
    pub kind: BlockKind,
    /// Byte range in the document's text.
    pub range: Range<usize>,
}

/// The kind of a [`Block`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// The title of the document or of a section.
    Heading,
    /// A list item, without its bullet or number.
    Item,
    /// A block quotation, such as `<blockquote>`.
    Quote,
    /// The caption of a picture.
    Caption,
    /// A table row, its cells separated by tabs.
    Table,
    /// A footnote, apart from the text.
    Note,
}
