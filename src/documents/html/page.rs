//! The data from which the article is selected: the page's blocks, which of them are excluded, and text statistics
//! of any range of blocks. `article` applies the rules to these data; `mod.rs` lists the files that contain the
//! rules.

use std::ops::Range;

use super::blocks::BlockDraft;
use super::tree::{Id, Step, Tree};
use crate::BlockKind;

/// Minimum length of a block of running text.
pub(crate) const MIN_PROSE_BYTES: usize = 40;
/// Minimum length of a block of running text that has no full stop, for example because it is in Thai.
const MIN_STOPLESS_BYTES: usize = 200;

pub(crate) struct PageBlocks<'t> {
    pub(crate) tree: &'t Tree,
    pub(crate) blocks: Vec<BlockDraft>,
    /// For each block, whether a rule has excluded it from the article.
    pub(crate) excluded: Vec<bool>,
    /// For each node, the start and end of its range of blocks; `(usize::MAX, 0)` if it has no block.
    pub(crate) spans: Vec<(usize, usize)>,
}

/// Text statistics of a range of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextStats {
    pub(crate) prose_bytes: usize,
    pub(crate) link_bytes: usize,
    pub(crate) total_bytes: usize,
    pub(crate) paragraphs: usize,
    /// Blocks of kind `Paragraph` that are not running text: labels, names, dates.
    pub(crate) short_blocks: usize,
    /// Headings of level 1 (`h1`).
    pub(crate) headlines: usize,
}

impl<'t> PageBlocks<'t> {
    pub(crate) fn new(tree: &'t Tree, blocks: Vec<BlockDraft>) -> Self {
        let mut spans = vec![(usize::MAX, 0); tree.len()];
        for (at, block) in blocks.iter().enumerate() {
            let span = &mut spans[block.owner];
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
        let excluded = vec![false; blocks.len()];
        Self { tree, blocks, excluded, spans }
    }

    /// Computes prefix sums over the blocks that are not excluded: entry `n` covers the first `n` blocks.
    pub(crate) fn prefix_sums(&self) -> Vec<TextStats> {
        let mut sums = vec![TextStats::default()];
        let mut sum = TextStats::default();
        for (block, excluded) in self.blocks.iter().zip(&self.excluded) {
            if !excluded {
                sum.total_bytes += block.text.len();
                sum.link_bytes += block.link_bytes;
                sum.headlines += usize::from(block.level == 1);
                if is_prose(block) {
                    sum.prose_bytes += block.text.len();
                    sum.paragraphs += 1;
                } else if block.kind == BlockKind::Paragraph {
                    sum.short_blocks += 1;
                }
            }
            sums.push(sum);
        }
        sums
    }

    /// Returns the indexes of the blocks of running text that are directly in a node, not in an element within it, and
    /// outside of a range.
    pub(crate) fn own_prose(&self, id: Id, except: &Range<usize>) -> Vec<usize> {
        let (start, end) = self.spans[id];
        let is_own = |at: &usize| {
            let block = &self.blocks[*at];
            !except.contains(at) && block.owner == id && !self.excluded[*at] && is_prose(block)
        };
        (start..end).filter(is_own).collect()
    }

    /// Returns the statistics of a node's blocks.
    pub(crate) fn node_stats(&self, sums: &[TextStats], id: Id) -> TextStats {
        let (start, end) = self.spans[id];
        range_stats(sums, start..end)
    }
}

/// Computes the statistics of a range of blocks from prefix sums.
pub(crate) fn range_stats(sums: &[TextStats], range: Range<usize>) -> TextStats {
    sums[range.end].minus(sums[range.start.min(range.end)])
}

impl TextStats {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            prose_bytes: self.prose_bytes + other.prose_bytes,
            link_bytes: self.link_bytes + other.link_bytes,
            total_bytes: self.total_bytes + other.total_bytes,
            paragraphs: self.paragraphs + other.paragraphs,
            short_blocks: self.short_blocks + other.short_blocks,
            headlines: self.headlines + other.headlines,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            prose_bytes: self.prose_bytes.saturating_sub(other.prose_bytes),
            link_bytes: self.link_bytes.saturating_sub(other.link_bytes),
            total_bytes: self.total_bytes.saturating_sub(other.total_bytes),
            paragraphs: self.paragraphs.saturating_sub(other.paragraphs),
            short_blocks: self.short_blocks.saturating_sub(other.short_blocks),
            headlines: self.headlines.saturating_sub(other.headlines),
        }
    }
}

/// Whether a block is running text rather than a label, a link or a heading.
pub(crate) fn is_prose(block: &BlockDraft) -> bool {
    let kind = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote);
    let is_full_stop = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '።');
    kind && block.text.len() >= MIN_PROSE_BYTES
        && block.link_bytes * 2 < block.text.len()
        && (block.text.len() >= MIN_STOPLESS_BYTES || block.text.contains(is_full_stop))
}
