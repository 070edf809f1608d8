//! The parts of a document that its format marks: paragraphs, headings, list items.

use std::ops::Range;

/// A part of a document, as its format marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which kind of part.
    pub kind: BlockKind,
    /// Its bytes in the document's text.
    pub range: Range<usize>,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Sentences.
    Paragraph,
    /// A title, above the document or a part of it.
    Heading,
    /// An item of a list, without its mark.
    Item,
    /// A quotation that is set apart.
    Quote,
    /// The text below a picture.
    Caption,
    /// A row of a table.
    Table,
    /// A footnote.
    Note,
}
