//! Criteria on elements and blocks that several rules share.

use super::blocks::BlockDraft;
use super::page::{PageBlocks, is_prose};
use super::reader_address;
use super::strip::INLINE_ELEMENTS;
use super::tree::{Id, Tree};
use crate::BlockKind;

/// Whether an element contains paragraphs, rather than being a paragraph or part of one.
pub(crate) fn is_box(name: &str) -> bool {
    #[rustfmt::skip]
    const TEXT_ELEMENTS: &[&str] = &[
        "p", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre", "figure", "figcaption", "tr", "tbody", "thead",
        "center", "html", "",
    ];
    !TEXT_ELEMENTS.contains(&name) && !INLINE_ELEMENTS.contains(&name)
}

pub(crate) fn first_class(tree: &Tree, id: Id) -> Option<&str> {
    tree.attribute(id, "class").and_then(|classes| classes.split_whitespace().next())
}

/// Whether a block addresses the site's readers.
pub(crate) fn is_reader_address(block: &BlockDraft) -> bool {
    is_prose(block) && block.kind != BlockKind::Quote && reader_address::addresses_readers(&block.text)
}

/// Whether at least two paragraphs, and more than one in eight, address readers: then the author does, not the site.
pub(crate) fn is_personal(page: &PageBlocks, text: &[usize]) -> bool {
    let prose = || text.iter().filter(|at| !page.excluded[**at] && is_prose(&page.blocks[**at]));
    let addressing = prose().filter(|at| is_reader_address(&page.blocks[**at])).count();
    addressing >= 2 && addressing * 8 > prose().count()
}
