//! Finds the part of a page that contains the article.
//!
//! Every block of running text votes for its ancestor elements, with more weight for nearer ancestors, as in Arc90's
//! Readability (2009). The range of the element with the highest score is then extended by the parts of its ancestors
//! that contain similar text rather than separate boxes.

use std::ops::Range;

use super::blocks::BlockDraft;
use super::criteria::{has_same_class, is_box, is_personal, is_reader_address};
use super::page::{PageBlocks, TextStats, is_prose, range_stats};
use super::tree::{Id, Tree};
use crate::BlockKind;

/// Maximum number of levels of the tree by which the article is extended.
const MAX_LEVELS: usize = 100;
/// A block's vote is its length in bytes, but at most this, so that one long block can't outweigh several paragraphs.
const MAX_VOTE_BYTES: usize = 600;
/// Maximum number of boxes around a block for which it votes.
const MAX_VOTE_LEVELS: usize = 12;
/// Divisors of a block's vote for the three nearest boxes around it. The divisor for a box further out is three
/// times its index, which is counted from 0.
const VOTE_DIVISORS: [usize; 3] = [1, 2, 6];
/// A box with the same class as the article's box continues the article only if its running text is more than this
/// share of the article's.
const MIN_SAME_CLASS_PERCENT: usize = 5;

/// The text selected so far.
#[derive(Clone, Copy, Debug)]
struct ChosenText {
    stats: TextStats,
    /// Whether the article's author writes of "us" or to "you", so that a box with these words may be part of the
    /// article.
    is_personal: bool,
}

/// Returns the node that contains the article and the range of its blocks; `None` if there is no running text.
pub(crate) fn choose(page: &PageBlocks, sums: &[TextStats]) -> Option<(Id, Range<usize>)> {
    best_node(page, sums).map(|best| expand(page, sums, best))
}

/// Returns the node with the highest score: votes of running text, reduced by the share of links.
fn best_node(page: &PageBlocks, sums: &[TextStats]) -> Option<Id> {
    let mut votes = vec![0_usize; page.tree.len()];
    let prose =
        page.blocks.iter().zip(&page.excluded).filter(|(block, excluded)| !**excluded && is_prose(block));
    for (block, _) in prose {
        let vote = block.text.len().min(MAX_VOTE_BYTES);
        let boxes = page.tree.up(block.owner).filter(|id| is_box(page.tree.name(*id)));
        for (level, id) in boxes.take(MAX_VOTE_LEVELS).enumerate() {
            votes[id] += vote / VOTE_DIVISORS.get(level).copied().unwrap_or(level * 3);
        }
    }
    let score = |id: Id| {
        let stats = page.node_stats(sums, id);
        let unlinked = stats.total_bytes.saturating_sub(stats.link_bytes);
        votes[id].saturating_mul(unlinked) / stats.total_bytes.max(1)
    };
    // Of several nodes with the highest score, the first wins.
    let candidates = page.tree.below(Tree::ROOT).filter(|id| votes[*id] > 0);
    candidates
        .map(|id| (score(id), id))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, id)| id)
}

/// Extends the text of the node `top` by text in its ancestors. Returns the outermost ancestor that added text, or
/// else `top`; and the range of the article's blocks.
fn expand(page: &PageBlocks, sums: &[TextStats], top: Id) -> (Id, Range<usize>) {
    let stats = |id: Id| page.node_stats(sums, id);
    let tree = page.tree;
    let (start, end) = page.spans[top];
    let is_personal = is_personal(page, &(start..end).collect::<Vec<_>>());
    let mut chosen = (top, start..end);
    let mut inner = top;
    for id in tree.up(top).skip(1).take(MAX_LEVELS) {
        let (_, current) = &chosen;
        let chosen_text = ChosenText { stats: range_stats(sums, current.clone()), is_personal };
        let range = extended_range(page, sums, (id, inner), current, chosen_text);
        if range != *current {
            chosen = (id, range);
        }
        let is_article = tree.name(id) == "article" || tree.attribute(id, "itemprop") == Some("articleBody");
        let is_whole_article = is_article && stats(id).prose_bytes * 2 > stats(Tree::ROOT).prose_bytes;
        if is_whole_article || tree.name(id) == "main" || tree.attribute(id, "role") == Some("main") {
            break;
        }
        inner = id;
    }
    chosen
}

/// Extends the current range by the children of node `id` that contain text of the article. `inner` is the child that
/// contains the current range.
fn extended_range(
    page: &PageBlocks,
    sums: &[TextStats],
    (id, inner): (Id, Id),
    current: &Range<usize>,
    chosen_text: ChosenText,
) -> Range<usize> {
    let tree = page.tree;
    // The children that don't contain the current range.
    let others = || tree.children(id).filter(|child| *child != inner);
    // Paragraphs that are directly in the node, not in a box, belong together.
    let is_unboxed =
        |child: Id| !is_box(tree.name(child)) && !matches!(tree.name(child), "tr" | "tbody" | "center");
    let unboxed = others()
        .filter(|child| is_unboxed(*child))
        .fold(TextStats::default(), |all, child| all.plus(page.node_stats(sums, child)));
    let own = page.own_prose(id, current);
    let has_unboxed_text =
        unboxed.paragraphs + own.len() >= 2 && unboxed.link_bytes * 3 <= unboxed.total_bytes;
    let mut range = current.clone();
    let mut include = |(start, end): (usize, usize)| range = range.start.min(start)..range.end.max(end);
    for child in others() {
        let stats = page.node_stats(sums, child);
        let is_article_text = if is_unboxed(child) {
            has_unboxed_text && stats.paragraphs > 0
        } else {
            is_part(page, child, inner, stats, chosen_text)
        };
        if is_article_text {
            include(page.spans[child]);
        }
    }
    for at in own.into_iter().filter(|_| has_unboxed_text) {
        include((at, at + 1));
    }
    range
}

/// Whether a box next to the article's text continues it: at least half of its blocks are notes; or it has few
/// labels and links, doesn't address readers too often, and has the same class as the article's box or much text.
fn is_part(page: &PageBlocks, id: Id, beside: Id, stats: TextStats, chosen_text: ChosenText) -> bool {
    let (start, end) = page.spans[id];
    let blocks = page.blocks.get(start..end).unwrap_or_default();
    let count = |is: fn(&BlockDraft) -> bool| blocks.iter().filter(|block| is(block)).count();
    let is_mostly_notes = count(|block| block.kind == BlockKind::Note) * 2 >= blocks.len().max(1);
    if is_mostly_notes {
        return true;
    }
    let has_many_links = stats.link_bytes * 3 >= stats.total_bytes;
    let has_many_labels = stats.short_blocks > stats.paragraphs;
    if stats.paragraphs == 0 || has_many_links || has_many_labels {
        return false;
    }
    let addressing = if chosen_text.is_personal { 0 } else { count(is_reader_address) };
    if has_same_class(page.tree, id, beside) {
        let is_section = blocks.first().is_some_and(|block| block.kind == BlockKind::Heading);
        return stats.prose_bytes * 100 > chosen_text.stats.prose_bytes * MIN_SAME_CLASS_PERCENT
            && (is_section || addressing * 2 < stats.paragraphs);
    }
    // In a column of separate boxes, which is not part of the article, paragraphs are shorter than the article's,
    // and many have a heading.
    let headings = count(|block| block.kind == BlockKind::Heading);
    let chosen = chosen_text.stats;
    let has_short_paragraphs =
        stats.prose_bytes * chosen.paragraphs * 2 < chosen.prose_bytes * stats.paragraphs;
    let has_much_text = stats.prose_bytes * 8 > chosen.prose_bytes && !has_short_paragraphs;
    let has_very_much_text = stats.prose_bytes * 3 > chosen.prose_bytes;
    let has_few_headings = headings * 2 <= stats.paragraphs;
    (has_much_text || has_very_much_text) && has_few_headings && addressing * 3 < stats.paragraphs
}

#[cfg(test)]
mod tests {
    use crate::{Limits, html};

    #[test]
    fn similar_text_is_added_and_columns_of_boxes_are_not() {
        let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };
        let part = "<p>The ferry lay in the harbour for nine days while its engine was being mended.</p>\
                    <p>No one on the islands had seen such a thing since the winter of 1963.</p>";
        let column = "<h4>Tides</h4><p>High water is at noon.</p><h4>Found</h4><p>A brown glove lies at the quay, waiting for its hand.</p>\
                      <h4>Ropes</h4><p>Harker sells ropes and paint at half the price until Sunday.</p>";
        let page = format!(
            "<div class=a>{column}</div><div class=part>{part}{part}</div><div class=part>{part}The end of it.</div>"
        );
        let text = html::read(page.as_bytes(), limits).expect("a page with text").text;
        assert!(text.contains("The end of it.") && !text.contains("glove"), "{text}");
    }
}
