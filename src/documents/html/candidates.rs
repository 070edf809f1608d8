//! Which part of a page holds its article.
//!
//! Every block of running text votes for the elements around it, the nearer the more, as in Arc90's Readability (2009).
//! The winner then grows to the elements around it, as long as these add text of its kind rather than boxes of their own.

use std::ops::Range;

use super::blocks::Draft;
use super::judge::{class, is_address, is_box, is_personal};
use super::page::{Page, TextStats, is_prose, over};
use super::tree::{Id, Tree};
use crate::BlockKind;

/// Levels by which the article grows.
const MAX_LEVELS: usize = 100;

/// What is known of the text found so far.
#[derive(Clone, Copy, Debug)]
struct Core {
    sum: TextStats,
    /// Whether its author speaks of "us" or to "you", so that boxes that do are nothing strange.
    personal: bool,
}

/// The part of a page that holds the article, as blocks; none if no part of the page is running text.
pub(crate) fn choose(page: &Page, sums: &[TextStats]) -> Option<(Id, Range<usize>)> {
    best(page, sums).map(|best| grown(page, sums, best))
}

/// The node that most running text votes for.
fn best(page: &Page, sums: &[TextStats]) -> Option<Id> {
    let mut votes = vec![0_usize; page.tree.len()];
    let prose = page.drafts.iter().zip(&page.excluded).filter(|(draft, out)| !**out && is_prose(draft));
    for (draft, _) in prose {
        // Length counts, but no single block outweighs five.
        let vote = draft.text.len().min(600);
        let boxes = page.tree.up(draft.owner).filter(|id| is_box(page.tree.name(*id)));
        for (level, id) in boxes.take(12).enumerate() {
            votes[id] += vote / [1, 2, 6].get(level).copied().unwrap_or(level * 3);
        }
    }
    let score = |id: Id| {
        let sum = page.sum(sums, id);
        let unlinked = sum.all.saturating_sub(sum.linked);
        votes[id].saturating_mul(unlinked) / sum.all.max(1)
    };
    // Of equals the first wins.
    let named = page.tree.below(Tree::ROOT).filter(|id| votes[*id] > 0);
    named
        .map(|id| (score(id), id))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, id)| id)
}

/// The outermost node around the winner that adds text to it, and from where to where in it.
fn grown(page: &Page, sums: &[TextStats], top: Id) -> (Id, Range<usize>) {
    let sum = |id: Id| page.sum(sums, id);
    let tree = page.tree;
    let (start, end) = page.spans[top];
    let personal = is_personal(page, &(start..end).collect::<Vec<_>>());
    let mut chosen = (top, start..end);
    let mut inner = top;
    for id in tree.up(top).skip(1).take(MAX_LEVELS) {
        let (_, had) = &chosen;
        let core = Core { sum: over(sums, had.clone()), personal };
        let range = added(page, sums, (id, inner), had, core);
        if range != *had {
            chosen = (id, range);
        }
        let whole = tree.name(id) == "article" || tree.attribute(id, "itemprop") == Some("articleBody");
        let whole = whole && sum(id).prose * 2 > sum(Tree::ROOT).prose;
        if whole || tree.name(id) == "main" || tree.attribute(id, "role") == Some("main") {
            break;
        }
        inner = id;
    }
    chosen
}

/// The blocks that a node adds to those had: from the first to the last of its children that hold the article's text.
fn added(
    page: &Page,
    sums: &[TextStats],
    (id, inner): (Id, Id),
    had: &Range<usize>,
    core: Core,
) -> Range<usize> {
    let tree = page.tree;
    let others = || tree.children(id).filter(|child| *child != inner);
    // Paragraphs that stand in the node itself, in no box, belong together.
    let loose =
        |child: Id| !is_box(tree.name(child)) && !matches!(tree.name(child), "tr" | "tbody" | "center");
    let pieces = others()
        .filter(|child| loose(*child))
        .fold(TextStats::default(), |all, child| all.and(page.sum(sums, child)));
    let own = page.own(id, had);
    let loose_text = pieces.paragraphs + own.len() >= 2 && pieces.linked * 3 <= pieces.all;
    let mut range = had.clone();
    let mut take = |(start, end): (usize, usize)| range = range.start.min(start)..range.end.max(end);
    for child in others() {
        let held = page.sum(sums, child);
        let takes = if loose(child) {
            loose_text && held.paragraphs > 0
        } else {
            is_part(page, child, inner, held, core)
        };
        if takes {
            take(page.spans[child]);
        }
    }
    for at in own.into_iter().filter(|_| loose_text) {
        take((at, at + 1));
    }
    range
}

/// Whether a box beside the article's text is more of it: built alike, or with much text and few labels and links.
fn is_part(page: &Page, id: Id, beside: Id, held: TextStats, core: Core) -> bool {
    let (start, end) = page.spans[id];
    let drafts = page.drafts.get(start..end).unwrap_or_default();
    let count = |is: fn(&Draft) -> bool| drafts.iter().filter(|draft| is(draft)).count();
    if count(|draft| draft.kind == BlockKind::Note) * 2 >= drafts.len().max(1) {
        return true;
    }
    if held.paragraphs == 0 || held.linked * 3 >= held.all || held.scraps * 2 > held.paragraphs {
        return false;
    }
    let speaking = if core.personal { 0 } else { count(is_address) };
    // Of cells in a row only the one with most text counts.
    if is_alike(page, id, beside) && page.tree.name(id) != "td" {
        let section = page.tree.name(id) == "section";
        return held.prose * 20 > core.sum.prose && (section || speaking * 2 < held.paragraphs);
    }
    // A column of boxes has a heading for every paragraph.
    let headings = count(|draft| draft.kind == BlockKind::Heading);
    // Its paragraphs are shorter, too.
    let short = held.prose * core.sum.paragraphs * 2 < core.sum.prose * held.paragraphs;
    let cell = page.tree.name(id) == "td";
    let much = held.prose * 8 > core.sum.prose && held.paragraphs >= 3 && !short && !cell;
    let most = held.prose * 3 > core.sum.prose;
    (much || most) && headings * 2 <= held.paragraphs && speaking * 3 < held.paragraphs
}

/// Whether two elements have the same name and the same first class.
fn is_alike(page: &Page, one: Id, other: Id) -> bool {
    let tree = page.tree;
    tree.name(one) == tree.name(other)
        && class(tree, one) == class(tree, other)
        && (class(tree, one).is_some() || tree.name(one) == "section")
}

#[cfg(test)]
mod tests {
    use crate::{Limits, html};

    #[test]
    fn more_of_the_text_is_added_and_columns_of_boxes_are_not() {
        let limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 20, seconds: 10 };
        let part = "<p>The ferry lay in the harbour for nine days while its engine was being mended.</p>\
                    <p>Nobody on the islands had seen such a thing since the winter of 1963.</p>";
        let column = "<h4>Tides</h4><p>High water is at noon.</p><h4>Found</h4><p>A brown glove lies at the quay, waiting for its hand.</p>\
                      <h4>Ropes</h4><p>Harker sells ropes and paint at half the price until Sunday.</p>";
        let page = format!(
            "<div class=a>{column}</div><div class=part>{part}{part}</div><div class=part>{part}The end of it.</div>"
        );
        let text = html::read(page.as_bytes(), limits).expect("a page with text").text;
        assert!(text.contains("The end of it.") && !text.contains("glove"), "{text}");
    }
}
