//! Joins the cells of a table's row to one block, so that a figure can be quoted with its label. If a cell is long
//! or has several paragraphs, the table is there to lay out a page: then the row's cells stay separate blocks.

use super::BlockBuilder;
use crate::{Block, BlockKind, ExtractedText, MAX_CELL_BYTES};

impl BlockBuilder<'_> {
    /// Starts a cell of the innermost open row.
    pub(super) fn start_cell(&mut self) {
        let blocks = self.extracted.blocks.len();
        if let Some(row) = self.row_cells.last_mut() {
            row.push(blocks);
        }
    }

    /// Ends the innermost open row. Joins its cells if there are several, each is at most one block, and none is longer
    /// than [`MAX_CELL_BYTES`].
    pub(super) fn end_row(&mut self) {
        let Some(mut bounds) = self.row_cells.pop() else { return };
        let Some(&first) = bounds.first() else { return };
        bounds.push(self.extracted.blocks.len());
        let is_cell = |block: &Block| block.kind == BlockKind::Table && block.range.len() <= MAX_CELL_BYTES;
        let has_one_block = bounds.windows(2).all(|cell| cell[1] - cell[0] <= 1);
        let blocks = &self.extracted.blocks[first..];
        if has_one_block && blocks.len() > 1 && blocks.iter().all(is_cell) {
            join_blocks(&mut self.extracted, first);
        }
    }
}

/// Joins all blocks from the index `first` on to one row, with tabs between them, and corrects the places of words
/// that were set aside in them.
fn join_blocks(extracted: &mut ExtractedText, first: usize) {
    let cells = extracted.blocks.split_off(first);
    let start = cells[0].range.start;
    let mut row = String::new();
    // The start of each cell in the text before the cells are joined, and afterwards.
    let mut moves = Vec::new();
    for cell in &cells {
        if !row.is_empty() {
            row.push('\t');
        }
        moves.push((cell.range.start, start + row.len()));
        row.push_str(&extracted.text[cell.range.clone()]);
    }
    extracted.text.truncate(start);
    extracted.text.push_str(&row);
    for aside in extracted.set_aside.iter_mut().rev().take_while(|aside| aside.at >= start) {
        if let Some((from, to)) = moves.iter().rev().find(|(from, _)| *from <= aside.at) {
            aside.at = (to + (aside.at - from)).min(extracted.text.len());
        }
    }
    extracted.blocks.push(Block { kind: BlockKind::Table, range: start..extracted.text.len() });
}
