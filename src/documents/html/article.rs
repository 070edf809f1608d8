//! Which of a page's blocks are its article.
//!
//! To the part of the page that holds its text (`choice`) the headline and what stands between the two are added. What a
//! site puts into an article's midst is known by what announces it (`boxes`) or by its build (`islands`).

use std::ops::Range;

use super::blocks::Draft;
use super::boxes;
use super::choice;
use super::cues;
use super::islands;
use super::tree::{Id, Step, Tree};
use crate::BlockKind;

/// The least bytes of a block that is running text.
const PROSE_BYTES: usize = 40;
/// The least bytes of one in which no sentence ends: Thai has no full stop.
const STOPLESS_BYTES: usize = 200;
/// Headline and text stand no more blocks apart than this.
const LEAD_BLOCKS: usize = 30;

/// A page's blocks with what the choice rests on.
pub(super) struct Page<'t> {
    pub(super) tree: &'t Tree,
    pub(super) drafts: Vec<Draft>,
    /// Blocks that are no part of an article.
    pub(super) out: Vec<bool>,
    /// For each node its first block and the one after its last.
    pub(super) spans: Vec<(usize, usize)>,
}

/// What a run of blocks amounts to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) prose: usize,
    pub(super) linked: usize,
    pub(super) all: usize,
    pub(super) paragraphs: usize,
    pub(super) scraps: usize,
    pub(super) headlines: usize,
}

impl<'t> Page<'t> {
    pub(super) fn new(tree: &'t Tree, drafts: Vec<Draft>) -> Self {
        let mut spans = vec![(usize::MAX, 0); tree.len()];
        for (at, draft) in drafts.iter().enumerate() {
            let span = &mut spans[draft.owner];
            *span = (span.0.min(at), at + 1);
        }
        for step in tree.walk(Tree::ROOT) {
            if let Step::Out(id) = step
                && let Some(parent) = tree.parent(id)
            {
                let (start, end) = spans[id];
                let span = &mut spans[parent];
                *span = (span.0.min(start), span.1.max(end));
            }
        }
        let out = vec![false; drafts.len()];
        Self { tree, drafts, out, spans }
    }

    /// Sums of the blocks that are not out: of none, of the first, of the first two, and so on.
    pub(super) fn sums(&self) -> Vec<Sum> {
        let mut sums = vec![Sum::default()];
        let mut sum = Sum::default();
        for (draft, out) in self.drafts.iter().zip(&self.out) {
            if !out {
                sum.all += draft.text.len();
                sum.linked += draft.linked;
                sum.headlines += usize::from(draft.level == 1);
                if is_prose(draft) {
                    sum.prose += draft.text.len();
                    sum.paragraphs += 1;
                } else if draft.kind == BlockKind::Paragraph {
                    sum.scraps += 1;
                }
            }
            sums.push(sum);
        }
        sums
    }

    /// The blocks of running text outside of a range that stand in a node itself, in none of its children.
    pub(super) fn own(&self, id: Id, except: &Range<usize>) -> Vec<usize> {
        let (start, end) = self.spans[id];
        let own = |at: &usize| {
            let draft = &self.drafts[*at];
            !except.contains(at) && draft.owner == id && !self.out[*at] && is_prose(draft)
        };
        (start..end).filter(own).collect()
    }

    /// What the blocks of a node amount to.
    pub(super) fn sum(&self, sums: &[Sum], id: Id) -> Sum {
        let (start, end) = self.spans[id];
        over(sums, start..end)
    }
}

/// What the blocks of a range amount to.
pub(super) fn over(sums: &[Sum], range: Range<usize>) -> Sum {
    sums[range.end].less(sums[range.start.min(range.end)])
}

impl Sum {
    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            prose: self.prose + other.prose,
            linked: self.linked + other.linked,
            all: self.all + other.all,
            paragraphs: self.paragraphs + other.paragraphs,
            scraps: self.scraps + other.scraps,
            headlines: self.headlines + other.headlines,
        }
    }

    fn less(self, other: Self) -> Self {
        Self {
            prose: self.prose.saturating_sub(other.prose),
            linked: self.linked.saturating_sub(other.linked),
            all: self.all.saturating_sub(other.all),
            paragraphs: self.paragraphs.saturating_sub(other.paragraphs),
            scraps: self.scraps.saturating_sub(other.scraps),
            headlines: self.headlines.saturating_sub(other.headlines),
        }
    }
}

/// Whether a block is running text rather than a label, a link or a heading.
pub(super) fn is_prose(draft: &Draft) -> bool {
    let kind = matches!(draft.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote);
    let stop = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '።');
    kind && draft.text.len() >= PROSE_BYTES
        && draft.linked * 2 < draft.text.len()
        && (draft.text.len() >= STOPLESS_BYTES || draft.text.contains(stop))
}

/// The blocks of a page that are its article, in order; none if no part of the page is running text.
pub(super) fn article(
    tree: &Tree,
    drafts: Vec<Draft>,
    title: Option<&str>,
    author: Option<&str>,
) -> Vec<Draft> {
    let mut page = Page::new(tree, drafts);
    boxes::mark(&mut page);
    islands::mark_teasers(&mut page);
    let sums = page.sums();
    let Some((top, range)) = choice::choose(&page, &sums) else { return Vec::new() };
    islands::mark(&mut page, top, range.clone());
    let Range { mut start, end } = range;
    let headline = headline(&page, (start, end), title);
    if let Some(at) = headline.filter(|at| is_opening(&page, (start, end), *at)) {
        start = at;
    }
    let text_starts = (start..end).find(|at| is_prose(&page.drafts[*at]) && !page.out[*at]).unwrap_or(start);
    if !islands::is_personal(&page, &(start..end).collect::<Vec<_>>()) {
        boxes::mark_appeals(&mut page, start..end);
    }
    boxes::mark_author(&mut page, (headline.unwrap_or(start)..text_starts, start..end), author);
    let Page { drafts, out, .. } = page;
    let mut kept = Vec::new();
    for (at, draft) in drafts.into_iter().enumerate().take(end) {
        let lead = headline.is_some_and(|headline| (headline..text_starts).contains(&at));
        let keep = match headline {
            Some(headline) if at == headline => true,
            _ if out[at] || cues::is_site_line(&draft.text) => false,
            _ if lead => is_lead(&draft),
            _ => at >= start && is_text(&draft),
        };
        if keep {
            kept.push(draft);
        }
    }
    boxes::without_echoes(kept)
}

/// The headline: the heading that says the title, or else the nearest `h1` before the text's end.
fn headline(page: &Page, (start, end): (usize, usize), title: Option<&str>) -> Option<usize> {
    let near = start.saturating_sub(LEAD_BLOCKS)..end;
    let heading = |at: &usize| page.drafts[*at].kind == BlockKind::Heading;
    let titled = |at: &usize| title.is_some_and(|title| same_title(title, &page.drafts[*at].text));
    let first = |at: &usize| page.drafts[*at].level == 1;
    // A site's name may open the title as well, and leads to its first page.
    let name = |at: &usize| page.drafts[*at].linked == page.drafts[*at].text.len();
    let candidates = || near.clone().filter(heading).filter(titled);
    let by_title = candidates().find(|at| !name(at)).or_else(|| candidates().next());
    let before = || (near.start..start).rev().filter(heading).find(first);
    let within = || (start..end).filter(heading).find(first);
    by_title.or_else(within).or_else(before)
}

/// Whether so little text stands before a headline that it is none of the article's.
fn is_opening(page: &Page, (start, end): (usize, usize), headline: usize) -> bool {
    let sums = page.sums();
    (start..end).contains(&headline)
        && over(&sums, start..headline).prose * 10 < over(&sums, headline..end).prose
}

/// Whether a title is a heading, or a heading with the site's name before or behind. Letters and digits count.
fn same_title(title: &str, heading: &str) -> bool {
    let letters =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let heading = letters(heading);
    heading.chars().count() >= 8
        && (letters(title).starts_with(&heading) || letters(title).ends_with(&heading))
}

/// Whether a block between headline and text belongs to the article: a subtitle, a caption, no names and dates.
fn is_lead(draft: &Draft) -> bool {
    let long = draft.text.len() >= 60 && draft.text.split_whitespace().nth(7).is_some();
    let kind =
        matches!(draft.kind, BlockKind::Heading | BlockKind::Caption | BlockKind::Quote | BlockKind::Note);
    let item = draft.kind == BlockKind::Item && draft.linked == 0 && draft.text.ends_with('.');
    draft.linked * 2 < draft.text.len() && (kind || long || item || is_prose(draft))
}

/// Whether a block within the article is its text rather than links and scraps of the page's machinery.
fn is_text(draft: &Draft) -> bool {
    let text = &draft.text;
    let words = text.split_whitespace().take(4).count();
    let stops = text.ends_with(['.', '!', '?', '…', '”', '"', '»', '“', ')', ':', '。', '」', '！', '？']);
    match draft.kind {
        _ if draft.paid || (draft.card && draft.kind != BlockKind::Caption) => false,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote if draft.linked * 10 > text.len() * 8 => {
            stops && words > 3 && draft.kind != BlockKind::Item && draft.linked < text.len()
        }
        BlockKind::Paragraph => stops || words > 3 || text.len() > PROSE_BYTES,
        _ => true,
    }
}
