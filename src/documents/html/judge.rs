//! Judgements on elements and blocks that more than one rule needs.

use super::blocks::Draft;
use super::page::{Page, is_prose};
use super::strip::INLINE;
use super::tree::{Id, Tree};
use super::voice;
use crate::BlockKind;

/// Whether an element holds paragraphs, rather than makes one.
pub(crate) fn is_box(name: &str) -> bool {
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "p", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre", "figure", "figcaption", "tr", "tbody", "thead",
        "center", "html", "",
    ];
    !PIECES.contains(&name) && !INLINE.contains(&name)
}

/// The first class of an element.
pub(crate) fn class(tree: &Tree, id: Id) -> Option<&str> {
    tree.attribute(id, "class").and_then(|classes| classes.split_whitespace().next())
}

/// Whether a block is the site's own word to its readers.
pub(crate) fn is_address(draft: &Draft) -> bool {
    is_prose(draft) && draft.kind != BlockKind::Quote && voice::addresses_readers(&draft.text)
}

/// Whether more than one paragraph in eight addresses readers, and two at least: then it is the author who speaks.
pub(crate) fn is_personal(page: &Page, text: &[usize]) -> bool {
    let prose = || text.iter().filter(|at| !page.excluded[**at] && is_prose(&page.drafts[**at]));
    let speaking = prose().filter(|at| is_address(&page.drafts[**at])).count();
    speaking >= 2 && speaking * 8 > prose().count()
}
