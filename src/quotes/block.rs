//! Blocks: the paragraphs, headings, list items … that a format such as HTML or DOCX marks up. Plain text has none;
//! `segment/paragraphs.rs` finds its paragraphs.

use std::ops::Range;

/// A part of a document that its format marks up as a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What the format marks the block as.
    pub kind: BlockKind,
    /// Byte range in the document's text.
    pub range: Range<usize>,
}

/// The kinds of blocks that all formats have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// The title of the document or of a section. Like a list item, it may begin with its number and a tab.
    Heading,
    /// A list item, without its bullet. It begins with its number and a tab if the number is known.
    Item,
    /// A block quotation, such as `<blockquote>`.
    Quote,
    /// The caption of a picture or table.
    Caption,
    /// A table row, its cells separated by tabs.
    Table,
    /// A footnote or endnote, which the format keeps outside the running text.
    Note,
    /// Part of a comment that a reader of the page wrote.
    Comment,
}
