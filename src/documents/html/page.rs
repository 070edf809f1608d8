//! The data that the choice of an article rests on: a page's blocks, which of them are excluded, and text statistics of
//! any range of them. Without judgement, so that every rule can stand on it.

use std::ops::Range;

use super::blocks::Draft;
use super::tree::{Id, Step, Tree};
use crate::BlockKind;

/// Bytes of a block of running text.
pub(crate) const MIN_PROSE_BYTES: usize = 40;
/// Bytes of such a block in which no sentence ends: Thai has no full stop.
const MIN_STOPLESS_BYTES: usize = 200;

/// A page's blocks, and which of them are excluded so far.
pub(crate) struct Page<'t> {
    pub(crate) tree: &'t Tree,
    pub(crate) drafts: Vec<Draft>,
    /// For each block whether it is known to be no part of the article.
    pub(crate) excluded: Vec<bool>,
    /// For each node the range of its blocks, as start and end; `(usize::MAX, 0)` if it has none.
    pub(crate) spans: Vec<(usize, usize)>,
}

/// Text statistics of a range of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextStats {
    /// Bytes of running text.
    pub(crate) prose: usize,
    /// Bytes that are links.
    pub(crate) linked: usize,
    /// Bytes of any block.
    pub(crate) all: usize,
    /// Blocks of running text.
    pub(crate) paragraphs: usize,
    /// Paragraphs that are none: labels, names, dates.
    pub(crate) scraps: usize,
    /// Headings of the first level.
    pub(crate) headlines: usize,
}

impl<'t> Page<'t> {
    pub(crate) fn new(tree: &'t Tree, drafts: Vec<Draft>) -> Self {
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
        let excluded = vec![false; drafts.len()];
        Self { tree, drafts, excluded, spans }
    }

    /// Prefix sums over the blocks that are not excluded: entry `n` is of the first `n` blocks.
    pub(crate) fn sums(&self) -> Vec<TextStats> {
        let mut sums = vec![TextStats::default()];
        let mut sum = TextStats::default();
        for (draft, excluded) in self.drafts.iter().zip(&self.excluded) {
            if !excluded {
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

    /// The blocks of running text directly in a node, in none of its children, and outside of a range.
    pub(crate) fn own(&self, id: Id, except: &Range<usize>) -> Vec<usize> {
        let (start, end) = self.spans[id];
        let own = |at: &usize| {
            let draft = &self.drafts[*at];
            !except.contains(at) && draft.owner == id && !self.excluded[*at] && is_prose(draft)
        };
        (start..end).filter(own).collect()
    }

    /// The statistics of a node's blocks.
    pub(crate) fn sum(&self, sums: &[TextStats], id: Id) -> TextStats {
        let (start, end) = self.spans[id];
        over(sums, start..end)
    }
}

/// The statistics of a range of blocks, from prefix sums.
pub(crate) fn over(sums: &[TextStats], range: Range<usize>) -> TextStats {
    sums[range.end].less(sums[range.start.min(range.end)])
}

impl TextStats {
    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
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
pub(crate) fn is_prose(draft: &Draft) -> bool {
    let kind = matches!(draft.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote);
    let stop = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '።');
    kind && draft.text.len() >= MIN_PROSE_BYTES
        && draft.linked * 2 < draft.text.len()
        && (draft.text.len() >= MIN_STOPLESS_BYTES || draft.text.contains(stop))
}
