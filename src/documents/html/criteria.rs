//! Conditions on elements and blocks that several files of this folder share.

use std::collections::BTreeSet;
use std::ops::Range;

use super::blocks::BlockDraft;
use super::page::{PageBlocks, is_prose};
use super::reader_address;
use super::strip::INLINE_ELEMENTS;
use super::tree::{Id, Tree};
use crate::BlockKind;

/// Whether elements of this name group paragraphs, like `div` or `td`, rather than being a paragraph, list or table
/// row.
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

/// Whether two elements have the same tag and the same first class. Two elements without a class only count if they are
/// `section`s, because any two boxes may lack a class.
pub(crate) fn has_same_class(tree: &Tree, one: Id, other: Id) -> bool {
    tree.name(one) == tree.name(other)
        && first_class(tree, one) == first_class(tree, other)
        && (first_class(tree, one).is_some() || tree.name(one) == "section")
}

/// Whether a block is running text that addresses the site's readers.
pub(crate) fn is_reader_address(block: &BlockDraft) -> bool {
    is_prose(block) && block.kind != BlockKind::Quote && reader_address::addresses_readers(&block.text)
}

/// Minimum number of paragraphs that address readers in a personal article.
const MIN_PERSONAL_PARAGRAPHS: usize = 2;
/// In a personal article, more than one paragraph in this many addresses readers.
const MAX_PARAGRAPHS_PER_ADDRESS: usize = 8;

/// Whether an article is personal: it addresses readers so often that this must be its author, not the site.
pub(crate) fn is_personal(page: &PageBlocks, text: &[usize]) -> bool {
    let prose = || text.iter().filter(|at| !page.excluded[**at] && is_prose(&page.blocks[**at]));
    let addressing = prose().filter(|at| is_reader_address(&page.blocks[**at])).count();
    addressing >= MIN_PERSONAL_PARAGRAPHS && addressing * MAX_PARAGRAPHS_PER_ADDRESS > prose().count()
}

/// Returns for each block whether it is code, or is directly in a box in which running text of the `range` is,
/// too.
pub(crate) fn beside_prose(page: &PageBlocks, range: Range<usize>) -> Vec<bool> {
    const MAX_BOX_LEVELS: usize = 100;
    let enclosing_box = |at: usize| {
        let mut above = page.tree.up(page.blocks[at].owner).take(MAX_BOX_LEVELS);
        above.find(|id| is_box(page.tree.name(*id)))
    };
    let prose = range.filter(|at| !page.excluded[*at] && is_prose(&page.blocks[*at]));
    let boxes: BTreeSet<_> = prose.filter_map(enclosing_box).collect();
    let is_code = |at: usize| page.tree.name(page.blocks[at].owner) == "pre";
    let is_beside = |at| is_code(at) || enclosing_box(at).is_some_and(|id| boxes.contains(&id));
    (0..page.blocks.len()).map(is_beside).collect()
}
