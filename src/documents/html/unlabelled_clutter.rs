//! Clutter without a label, between an article's paragraphs and at its end, found by structure: small boxes, unlike those
//! that hold the article's text, and about the site and its readers rather than its subject.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::Draft;
use super::judge::{class, is_address, is_box, is_personal};
use super::names;
use super::page::{Page, TextStats, is_prose, over};
use super::tree::Id;
use crate::BlockKind;

/// Bytes of a link that is a button: "Read more".
const MAX_BUTTON_BYTES: usize = 40;
/// Blocks of such a box.
const MAX_BOX_BLOCKS: usize = 12;
/// Levels up to which boxes are looked for.
const MAX_LEVELS: usize = 100;

/// What is known of the boxes that hold most of the article's text.
struct Core<'t> {
    /// The first of their classes.
    classes: BTreeSet<&'t str>,
    /// How many paragraphs stand in each, in no box within.
    paragraphs: BTreeMap<Id, usize>,
    /// The levels of the headings among their text.
    levels: BTreeSet<u8>,
    /// The last block of their text.
    last: usize,
    /// Whether their author speaks of "us" or to "you".
    personal: bool,
    /// The statistics of the article.
    all: TextStats,
}

/// Marks such boxes among the blocks below a node.
pub(crate) fn mark(page: &mut Page, top: Id, range: Range<usize>) {
    let sums = page.sums();
    let text = core_text(page, top, &range);
    let mut within = vec![false; page.tree.len()];
    for at in &text {
        let above = page.tree.up(page.drafts[*at].owner).take_while(|id| *id != top);
        for id in above {
            if std::mem::replace(&mut within[id], true) {
                break;
            }
        }
    }
    let core = Core::of(page, top, &text, &within, over(&sums, range.clone()));
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let below = page.tree.up(page.drafts[at].owner).take(MAX_LEVELS);
        let below = below.take_while(|id| *id != top && !within[*id]);
        let outer = below.filter(|id| is_box(page.tree.name(*id))).last();
        at += 1;
        if let Some(outer) = outer {
            let (start, end) = page.spans[outer];
            if is_clutter(page, outer, page.sum(&sums, outer), &core) {
                found.push(start..end);
            }
            at = end.max(at);
        }
    }
    for span in found {
        page.excluded.get_mut(span).unwrap_or_default().fill(true);
    }
}

impl<'t> Core<'t> {
    fn of(page: &Page<'t>, top: Id, text: &[usize], within: &[bool], all: TextStats) -> Self {
        let mut paragraphs = BTreeMap::new();
        for at in text {
            let mut above = page.tree.up(page.drafts[*at].owner).take(MAX_LEVELS);
            let owner = above.find(|id| is_box(page.tree.name(*id))).unwrap_or(top);
            *paragraphs.entry(owner).or_insert(0_usize) += 1;
        }
        let (first, last) =
            (text.first().copied().unwrap_or_default(), text.last().copied().unwrap_or_default());
        let between = page.drafts.get(first..last).unwrap_or_default();
        let boxes = page.tree.below(top).filter(|id| within[*id]);
        Self {
            classes: boxes.filter_map(|id| class(page.tree, id)).collect(),
            paragraphs,
            levels: between.iter().map(|draft| draft.level).filter(|level| *level > 1).collect(),
            last,
            personal: is_personal(page, text),
            all,
        }
    }

    /// Whether a box is named as the article's boxes are, or for what belongs to one.
    fn is_kin(&self, page: &Page, id: Id) -> bool {
        class(page.tree, id).is_some_and(|first| self.classes.contains(first))
            || names::is_matter(page.tree.attribute(id, "class").unwrap_or_default())
    }

    /// Whether a box with a name of its own stands among paragraphs that are in no box.
    fn is_interrupted_by(&self, page: &Page, id: Id) -> bool {
        const BESIDE: usize = 500;
        let Some(parent) = page.tree.parent(id) else { return false };
        let alike = page
            .tree
            .children(parent)
            .take(BESIDE)
            .filter(|child| class(page.tree, *child) == class(page.tree, id));
        class(page.tree, id).is_some()
            && self.paragraphs.get(&parent).is_some_and(|held| *held >= 3)
            && alike.count() < 3
    }
}

/// The blocks of text in boxes of the kind that hold most of it.
fn core_text(page: &Page, top: Id, range: &Range<usize>) -> Vec<usize> {
    let kind = |at: usize| {
        let id = page.tree.up(page.drafts[at].owner).take(MAX_LEVELS).find(|id| is_box(page.tree.name(*id)));
        let id = id.unwrap_or(top);
        let class = page.tree.attribute(id, "class").unwrap_or_default();
        let depth = if class.is_empty() { page.tree.up(id).take(MAX_LEVELS).count() } else { 0 };
        (page.tree.name(id), class, depth)
    };
    let mut bytes = BTreeMap::new();
    let text: Vec<usize> =
        range.clone().filter(|at| !page.excluded[*at] && is_prose(&page.drafts[*at])).collect();
    for at in &text {
        *bytes.entry(kind(*at)).or_insert(0) += page.drafts[*at].text.len();
    }
    let most = bytes.values().max().copied().unwrap_or_default();
    text.into_iter().filter(|at| bytes.get(&kind(*at)).is_some_and(|bytes| bytes * 2 >= most)).collect()
}

fn is_clutter(page: &Page, id: Id, held: TextStats, core: &Core) -> bool {
    let (start, end) = page.spans[id];
    let large = held.prose * 6 > core.all.prose || end.saturating_sub(start) > MAX_BOX_BLOCKS;
    if large || held.headlines > 0 || held.paragraphs == 0 {
        return false;
    }
    let drafts = page.drafts.get(start..end).unwrap_or_default();
    let has = |is: fn(&Draft) -> bool| drafts.iter().any(is);
    let button = |draft: &Draft| {
        draft.kind == BlockKind::Paragraph
            && draft.linked == draft.text.len()
            && draft.linked < MAX_BUTTON_BYTES
            && leads_away(page, draft.owner)
    };
    let data = |draft: &Draft| matches!(draft.kind, BlockKind::Table | BlockKind::Caption | BlockKind::Note);
    let heading = |draft: &Draft| draft.kind == BlockKind::Heading;
    if has(data) {
        return false;
    }
    let kin = core.is_kin(page, id);
    if (held.linked * 4 > held.all && !kin)
        || drafts.iter().any(button)
        || (!core.personal && has(is_address))
    {
        return true;
    }
    // A box with a heading as the article's others is one of its sections.
    let section = |draft: &Draft| heading(draft) && core.levels.contains(&draft.level);
    let own = drafts.iter().any(section) || has(|draft| draft.kind == BlockKind::Quote) || kin;
    !own && (start > core.last || core.is_interrupted_by(page, id))
}

/// Marks teasers: boxes that open with a heading that is a link away, and hold little else.
pub(crate) fn mark_teasers(page: &mut Page) {
    const BLOCKS: usize = 8;
    let sums = page.sums();
    let all = over(&sums, 0..page.drafts.len());
    let mut found = Vec::new();
    for (at, draft) in page.drafts.iter().enumerate() {
        let linked = draft.kind == BlockKind::Heading && draft.linked * 5 > draft.text.len() * 4;
        if !linked || draft.level == 1 || !leads_away(page, draft.owner) {
            continue;
        }
        let small = |id: &Id| {
            let (sum, (start, end)) = (page.sum(&sums, *id), page.spans[*id]);
            // A picture's words or a section's name may stand before the heading.
            start + 2 >= at && end - start <= BLOCKS && sum.prose * 6 <= all.prose && sum.paragraphs <= 3
        };
        let boxes = page.tree.up(draft.owner).take_while(small);
        if let Some(outer) =
            boxes.filter(|id| is_box(page.tree.name(*id)) || page.tree.name(*id) == "li").last()
        {
            found.push(page.spans[outer]);
        }
    }
    for (start, end) in found {
        page.excluded.get_mut(start..end).unwrap_or_default().fill(true);
    }
}

/// Whether a heading's link leads to another page, not to the heading itself.
fn leads_away(page: &Page, id: Id) -> bool {
    let around = page.tree.up(id).take(3).chain(page.tree.below(id).take(16));
    let mut links = around.filter(|id| page.tree.name(*id) == "a");
    links.any(|id| page.tree.attribute(id, "href").is_some_and(|href| href == "#" || !href.contains('#')))
}

#[cfg(test)]
mod tests {
    use crate::{Limits, html};

    fn text(page: &str) -> String {
        let limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 20, seconds: 10 };
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
    fn boxes_in_the_midst_of_paragraphs_go_and_notes_on_the_matter_stay() {
        let odd = page("<div class=zone9><p>Harker sells ropes and paint at half the price.</p></div>");
        assert!(!text(&odd).contains("Harker") && text(&odd).contains("fourth"));
        for kept in [
            "<div class=factbox><p>The ferry was built in 1961 at Lanth.</p></div>",
            "<div class=zone9><blockquote>The sea was not angry, but it was loud.</blockquote></div>",
        ] {
            let kept = page(kept);
            assert!(text(&kept).contains("1961") || text(&kept).contains("loud"), "{kept}");
        }
    }

    #[test]
    fn teasers_open_with_a_link_away() {
        let teaser = |href: &str| {
            page(&format!(
                "<div><h3><a href={href}>The island without a baker</a></h3><p>Nobody has baked there for a year.</p></div>"
            ))
        };
        assert!(!text(&teaser("/baker")).contains("baked"));
        assert!(text(&teaser("#baker")).contains("baked"));
    }
}
