//! Finds clutter within and after an article by its words. Boxes with advertisements, links to other pages, calls to
//! subscribe or readers' comments are recognised by a visible label (`phrases`). Two kinds of clutter have no label
//! but are recognised by their text: appeals to readers (`reader_address`), and pull quotes.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::blocks::BlockDraft;
use super::criteria::has_same_class;
use super::page::{PageBlocks, TextStats, is_prose};
use super::phrases::{self, Label};
use super::reader_address;
use super::tree::{Id, Tree};
use crate::BlockKind;

/// Maximum number of blocks in a box that ends with a call to action.
const MAX_ACTION_BOX_BLOCKS: usize = 8;
/// Maximum number of elements beside a label that are examined.
const MAX_SIBLINGS: usize = 100;

// How much of the page's running text a box may contain, by the kind of its label. As numerator and denominator.

const MAX_ADVERT_SHARE: (usize, usize) = (1, 6);
const MAX_BOX_SHARE: (usize, usize) = (1, 4);
const MAX_COMMENTS_SHARE: (usize, usize) = (9, 10);

/// Excludes the blocks of boxes that start or end with a label.
pub(crate) fn exclude(page: &mut PageBlocks) {
    let sums = page.prefix_sums();
    let mut at = 0;
    while let Some(block) = page.blocks.get(at) {
        let before = at;
        at += 1;
        if block.level == 1 || block.kind == BlockKind::Table {
            continue;
        }
        if let Some(label) = phrases::label(&block.text) {
            let (start, end) = labelled_span(page, before, label, &sums);
            page.excluded.get_mut(start..end).unwrap_or_default().fill(true);
            at = end.max(at);
        }
    }
}

/// Returns the range of blocks of the box that the block at `at` labels, including the label. The range is empty if
/// that block is the heading of a section of the article.
fn labelled_span(page: &PageBlocks, at: usize, label: Label, sums: &[TextStats]) -> (usize, usize) {
    let block = &page.blocks[at];
    if label == Label::Box && is_section(page, at, sums) {
        return (at, at);
    }
    let total = sums.last().map_or(0, |stats| stats.prose_bytes);
    let (numerator, denominator) = match label {
        Label::Advert | Label::Action => MAX_ADVERT_SHARE,
        Label::Box => MAX_BOX_SHARE,
        Label::Comments => MAX_COMMENTS_SHARE,
    };
    let max_bytes = total * numerator / denominator;
    let fits = |id: &Id| {
        let (stats, (start, end)) = (page.node_stats(sums, *id), page.spans[*id]);
        // A call to action ends its box, which is small; any other label starts its box.
        let is_at_edge = if label == Label::Action {
            end == at + 1 && end - start <= MAX_ACTION_BOX_BLOCKS
        } else {
            start == at
        };
        is_at_edge && stats.prose_bytes <= max_bytes && stats.headlines == 0
    };
    let is_part = |id: &Id| !matches!(page.tree.name(*id), "body" | "main");
    let Some(outer) = page.tree.up(block.owner).take_while(is_part).take_while(fits).last() else {
        return (at, at + 1);
    };
    let (start, end) = page.spans[outer];
    if end > start + 1 {
        return (start, end);
    }
    let around = page.tree.parent(outer).map_or(end, |parent| page.spans[parent].1);
    let end = at + 1 + count_following(page, at + 1..around, label, block);
    (at, end_of_posts(page, outer, sums).map_or(end, |posts| posts.max(end)))
}

/// Returns the end of the site's other posts, which follow the element `heading`. A post is a box with the same
/// class as the article's box: the box that is before the heading and contains the headline. `None` if there are
/// none.
fn end_of_posts(page: &PageBlocks, heading: Id, sums: &[TextStats]) -> Option<usize> {
    let parent = page.tree.parent(heading)?;
    let beside = || page.tree.children(parent).take(MAX_SIBLINGS);
    let article =
        beside().take_while(|id| *id != heading).find(|id| page.node_stats(sums, *id).headlines > 0)?;
    let posts = beside().skip_while(|id| *id != heading).filter(|id| has_same_class(page.tree, article, *id));
    posts.last().map(|id| page.spans[id].1)
}

/// Whether a heading with the words of a label starts a section of the article. It does if the element of the section
/// has a sibling of the same tag and class with more text, which starts with a heading of the same level that is not a
/// label.
fn is_section(page: &PageBlocks, at: usize, sums: &[TextStats]) -> bool {
    let level = page.blocks[at].level;
    let Some(own) = page.tree.up(page.blocks[at].owner).find(|id| page.spans[*id] != (at, at + 1)) else {
        return false;
    };
    let beside = page.tree.parent(own).into_iter().flat_map(|parent| page.tree.children(parent));
    level > 0
        && page.spans[own].0 == at
        && beside.take(MAX_SIBLINGS).filter(|id| has_same_class(page.tree, own, *id)).any(|id| {
            let first = page.blocks.get(page.spans[id].0);
            first.is_some_and(|first| first.level == level && phrases::label(&first.text).is_none())
                && page.node_stats(sums, id).prose_bytes > page.node_stats(sums, own).prose_bytes
        })
}

/// Counts the blocks after a label that probably belong to its box. Used if no element encloses the label and the rest
/// of the box.
fn count_following(page: &PageBlocks, range: Range<usize>, label: Label, heading: &BlockDraft) -> usize {
    let after = page.blocks.get(range).unwrap_or_default();
    let belongs = |block: &BlockDraft| match label {
        Label::Comments => true,
        Label::Advert | Label::Action => false,
        Label::Box => {
            let is_next_heading =
                block.kind == BlockKind::Heading && (heading.level == 0 || block.level <= heading.level);
            !is_next_heading
                && (block.link_bytes * 2 > block.text.len() || !is_prose(block))
                && block.kind != BlockKind::Caption
        }
    };
    after.iter().take_while(|block| belongs(block)).count()
}

/// Excludes appeals to readers in the last blocks of running text.
pub(crate) fn exclude_appeals(page: &mut PageBlocks, text: Range<usize>) {
    /// Maximum number of blocks of running text at the end that may be appeals.
    const MAX_LAST_BLOCKS: usize = 4;
    let kept: Vec<usize> = text.filter(|at| !page.excluded[*at] && is_prose(&page.blocks[*at])).collect();
    for at in kept.into_iter().rev().take(MAX_LAST_BLOCKS) {
        let block = &page.blocks[at];
        if block.kind == BlockKind::Paragraph && reader_address::is_appeal(&block.text) {
            page.excluded[at] = true;
        }
    }
}

/// Removes pull quotes: short blocks whose text also occurs within a longer block, or repeats an earlier block of
/// another box. Large articles are not searched, because the time grows with the square of their size.
pub(crate) fn remove_pull_quotes(tree: &Tree, mut blocks: Vec<BlockDraft>) -> Vec<BlockDraft> {
    const MIN_QUOTE_BYTES: usize = 30;
    const MAX_QUOTE_BYTES: usize = 399;
    const MAX_BLOCKS: usize = 2_000;
    const MAX_TEXT_BYTES: usize = 500_000;
    let whole = blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    if blocks.len() > MAX_BLOCKS || whole.len() > MAX_TEXT_BYTES {
        return blocks;
    }
    let mut same_text_counts = BTreeMap::new();
    for block in &blocks {
        *same_text_counts.entry(comparable(&block.text).to_owned()).or_insert(0_usize) += 1;
    }
    let mut first_boxes: BTreeMap<String, Option<Id>> = BTreeMap::new();
    blocks.retain(|block| {
        let text = comparable(&block.text);
        let is_cut = without_more(&block.text).len() < block.text.len();
        let may_be_pull_quote = (is_cut || matches!(block.kind, BlockKind::Quote | BlockKind::Paragraph))
            && (MIN_QUOTE_BYTES..=MAX_QUOTE_BYTES).contains(&text.len());
        let occurrences = || memmem::find_iter(whole.as_bytes(), text).count();
        !may_be_pull_quote
            || (occurrences() <= same_text_counts.get(text).copied().unwrap_or_default()
                && *first_boxes.entry(text.to_owned()).or_insert(tree.parent(block.owner))
                    == tree.parent(block.owner))
    });
    blocks
}

/// Strips the ellipsis, and what follows it, from a text that is cut short: `The mill burnt … more`.
fn without_more(text: &str) -> &str {
    /// Maximum length of the ellipsis and what follows it.
    const MAX_MORE_BYTES: usize = 16;
    text.rfind('…').filter(|at| text.len() - at <= MAX_MORE_BYTES).map_or(text, |at| &text[..at])
}

/// Strips the parts by which a pull quote may differ from its original: quotation marks, and the first letter, which
/// may be a capital.
fn comparable(text: &str) -> &str {
    let bare = without_more(text).trim_matches(|c: char| "“”\"„«»‘’'… ".contains(c));
    let mut letters = bare.chars();
    letters.next();
    letters.as_str()
}
