//! Finds clutter without a label, within and after an article, by its structure: teasers, which are headlines that link
//! to other articles, and small boxes that have many links or a button.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::BlockDraft;
use super::class_names;
use super::criteria::{first_class, is_box};
use super::page::{PageBlocks, TextStats, is_prose, range_stats};
use super::tree::Id;
use crate::BlockKind;

/// Maximum length of a link that acts as a button, such as "Read more".
const MAX_BUTTON_BYTES: usize = 39;
/// Maximum number of blocks in a clutter box.
const MAX_BOX_BLOCKS: usize = 12;
/// The article (or the page, for teasers) has at least this many times as much running text as a clutter box.
const MIN_TEXT_RATIO: usize = 6;
/// A box whose share of link text is larger has many links.
const MAX_LINK_PERCENT: usize = 25;
/// Maximum number of ancestors searched for a box.
const MAX_LEVELS: usize = 100;

/// Properties of the article's text and of the boxes that contain it, to which other boxes are compared.
struct ArticleProfile<'t> {
    /// The first class of each box.
    classes: BTreeSet<&'t str>,
    /// Statistics of all blocks of the article.
    article: TextStats,
}

/// Excludes clutter boxes in `range`, the blocks of the article below node `top`.
pub(crate) fn exclude(page: &mut PageBlocks, top: Id, range: Range<usize>) {
    let sums = page.prefix_sums();
    let text = core_text(page, top, &range);
    // Elements that contain the article's text are not clutter.
    let mut within = vec![false; page.tree.len()];
    for at in &text {
        let above = page.tree.up(page.blocks[*at].owner).take_while(|id| *id != top);
        for id in above {
            if std::mem::replace(&mut within[id], true) {
                break;
            }
        }
    }
    let profile = ArticleProfile::of(page, top, &within, range_stats(&sums, range.clone()));
    let mut clutter = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let above = page.tree.up(page.blocks[at].owner).take(MAX_LEVELS);
        let above = above.take_while(|id| *id != top && !within[*id]);
        let outer = above.filter(|id| is_box(page.tree.name(*id))).last();
        at += 1;
        if let Some(outer) = outer {
            let (start, end) = page.spans[outer];
            if is_clutter(page, outer, page.node_stats(&sums, outer), &profile) {
                clutter.push(start..end);
            }
            at = end.max(at);
        }
    }
    for span in clutter {
        page.excluded.get_mut(span).unwrap_or_default().fill(true);
    }
}

impl<'t> ArticleProfile<'t> {
    fn of(page: &PageBlocks<'t>, top: Id, within: &[bool], all: TextStats) -> Self {
        let boxes = page.tree.below(top).filter(|id| within[*id]);
        Self { classes: boxes.filter_map(|id| first_class(page.tree, id)).collect(), article: all }
    }

    /// Whether a box has the class of one of the article's boxes, or a class for article content such as a fact box.
    fn is_like_article_boxes(&self, page: &PageBlocks, id: Id) -> bool {
        first_class(page.tree, id).is_some_and(|first| self.classes.contains(first))
            || class_names::is_article_box(page.tree.attribute(id, "class").unwrap_or_default())
    }
}

/// Returns the blocks of running text in the main kinds of box. Boxes with the same tag and classes, or without classes
/// and at the same depth, are of one kind. A kind is a main kind if it has at least half as much text as the kind with
/// the most text.
fn core_text(page: &PageBlocks, top: Id, range: &Range<usize>) -> Vec<usize> {
    let kind = |at: usize| {
        let id = page.tree.up(page.blocks[at].owner).take(MAX_LEVELS).find(|id| is_box(page.tree.name(*id)));
        let id = id.unwrap_or(top);
        let class = page.tree.attribute(id, "class").unwrap_or_default();
        let depth = if class.is_empty() { page.tree.up(id).take(MAX_LEVELS).count() } else { 0 };
        (page.tree.name(id), class, depth)
    };
    let mut bytes = BTreeMap::new();
    let text: Vec<usize> =
        range.clone().filter(|at| !page.excluded[*at] && is_prose(&page.blocks[*at])).collect();
    for at in &text {
        *bytes.entry(kind(*at)).or_insert(0) += page.blocks[*at].text.len();
    }
    let most = bytes.values().max().copied().unwrap_or_default();
    text.into_iter().filter(|at| bytes.get(&kind(*at)).is_some_and(|bytes| bytes * 2 >= most)).collect()
}

/// Whether a box is clutter: it is small and has no data such as a table, and it has either a button, or many
/// links while its class is not one of the article's boxes.
fn is_clutter(page: &PageBlocks, id: Id, stats: TextStats, profile: &ArticleProfile) -> bool {
    let (start, end) = page.spans[id];
    let is_large = stats.prose_bytes * MIN_TEXT_RATIO > profile.article.prose_bytes
        || end.saturating_sub(start) > MAX_BOX_BLOCKS;
    if is_large || stats.headlines > 0 || stats.paragraphs == 0 {
        return false;
    }
    let blocks = page.blocks.get(start..end).unwrap_or_default();
    let has = |is: fn(&BlockDraft) -> bool| blocks.iter().any(is);
    let is_button = |block: &BlockDraft| {
        block.kind == BlockKind::Paragraph
            && block.link_bytes == block.text.len()
            && block.link_bytes <= MAX_BUTTON_BYTES
            && leads_away(page, block.owner)
    };
    let is_data =
        |block: &BlockDraft| matches!(block.kind, BlockKind::Table | BlockKind::Caption | BlockKind::Note);
    if has(is_data) {
        return false;
    }
    let is_like_article = profile.is_like_article_boxes(page, id);
    let has_many_links = stats.link_bytes * 100 > stats.total_bytes * MAX_LINK_PERCENT;
    (has_many_links && !is_like_article) || blocks.iter().any(is_button)
}

/// Excludes teasers: small boxes that start with a heading that links to another page.
pub(crate) fn exclude_teasers(page: &mut PageBlocks) {
    const MAX_TEASER_BLOCKS: usize = 8;
    const MAX_TEASER_PARAGRAPHS: usize = 3;
    /// Maximum number of blocks before the heading: a caption or a section name may precede it.
    const MAX_BLOCKS_BEFORE_HEADING: usize = 2;
    /// A heading whose share of link text is larger counts as a link.
    const MAX_HEADING_LINK_PERCENT: usize = 80;
    let sums = page.prefix_sums();
    let all = range_stats(&sums, 0..page.blocks.len());
    let mut clutter = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let is_linked = block.kind == BlockKind::Heading
            && block.link_bytes * 100 > block.text.len() * MAX_HEADING_LINK_PERCENT;
        if !is_linked || block.level == 1 || !leads_away(page, block.owner) {
            continue;
        }
        let is_small = |id: &Id| {
            let (stats, (start, end)) = (page.node_stats(&sums, *id), page.spans[*id]);
            start + MAX_BLOCKS_BEFORE_HEADING >= at
                && end - start <= MAX_TEASER_BLOCKS
                && stats.prose_bytes * MIN_TEXT_RATIO <= all.prose_bytes
                && stats.paragraphs <= MAX_TEASER_PARAGRAPHS
        };
        let boxes = page.tree.up(block.owner).take_while(is_small);
        if let Some(outer) =
            boxes.filter(|id| is_box(page.tree.name(*id)) || page.tree.name(*id) == "li").last()
        {
            clutter.push(page.spans[outer]);
        }
    }
    for (start, end) in clutter {
        page.excluded.get_mut(start..end).unwrap_or_default().fill(true);
    }
}

/// Whether a link in or around an element leads to another page rather than to an anchor. The address `#` is not
/// an anchor: it is the usual address of a button that runs a script.
fn leads_away(page: &PageBlocks, id: Id) -> bool {
    const MAX_LINK_LEVELS: usize = 3;
    const MAX_LINK_NODES: usize = 16;
    let around = page.tree.up(id).take(MAX_LINK_LEVELS).chain(page.tree.below(id).take(MAX_LINK_NODES));
    let mut links = around.filter(|id| page.tree.name(*id) == "a");
    links.any(|id| page.tree.attribute(id, "href").is_some_and(|href| href == "#" || !href.contains('#')))
}

#[cfg(test)]
mod tests {
    use crate::{Limits, html};

    fn text(page: &str) -> String {
        let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };
        html::read(page.as_bytes(), limits).expect("a page with text").text
    }

    fn page(inserted: &str) -> String {
        let line = |n: &str| {
            format!("<p>On the {n} day the ferry lay in the harbour, and the crew mended nets and sails.</p>")
        };
        let lines = ["first", "second", "third", "fourth"].map(line);
        let [one, two, three, four] = &lines;
        format!("<div class=story>{one}{two}{three}{inserted}{four}</div>")
    }

    #[test]
    fn boxes_with_many_links_are_removed_and_fact_boxes_are_not() {
        let links = "<p>Harker sells <a href=/r>ropes and paint</a> at half the price.</p>";
        assert!(!text(&page(&format!("<div class=zone9>{links}</div>"))).contains("Harker"));
        assert!(!text(&page("<div class=zone9><p>Harker sells ropes and paint at half the price.</p><p><a href=/r>Go there</a></p></div>")).contains("Harker"));
        assert!(text(&page(&format!("<div class=factbox>{links}</div>"))).contains("Harker"));
    }

    #[test]
    fn teasers_start_with_a_link_to_another_page() {
        let teaser = |href: &str| {
            page(&format!(
                "<div><h3><a href={href}>The island without a baker</a></h3><p>No one has baked there for a year.</p></div>"
            ))
        };
        assert!(!text(&teaser("/baker")).contains("baked"));
        assert!(text(&teaser("#baker")).contains("baked"));
    }
}
