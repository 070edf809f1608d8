//! Groups the lines of a column into blocks: by spacing, font size and weight, indents, list markers, and last lines
//! that end early.

use super::body_style::BodyStyle;
use super::kinds::{MIN_HEADING_SIZE, ends_sentence, is_caption, item_text_left, note_marker};
use super::lines::{LineGroup, MIN_CELL_GAP, TextLine};

/// Maximum distance between two lines of a block, relative to the usual line spacing.
const MAX_LINE_STEP: f64 = 1.3;
/// The usual line spacing of a block is taken to be at least this, relative to that of the body text.
const MIN_LINE_STEP: f64 = 0.9;
/// Maximum difference between the font sizes of two lines of a block, relative to the larger size.
const MAX_SIZE_DIFFERENCE: f64 = 0.08;
/// Minimum difference between two left edges that counts as an indent, relative to the font size.
const MIN_INDENT: f64 = 0.6;
/// If the first line of a block ends a sentence, the second line begins a new block if it begins further to the
/// left by more than this. Relative to the font size.
const MAX_OUTDENT: f64 = 6.0;
/// Maximum difference between the edges of aligned lines, relative to the font size.
pub(crate) const MAX_EDGE_OFFSET: f64 = 0.35;
/// Maximum difference between the left edges of lines whose lengths are compared, relative to the font size.
const MAX_COMPARED_OFFSET: f64 = 3.0;
/// Maximum font size of a line that begins a block because of its note marker, relative to the body text.
const MAX_MARKED_NOTE_SIZE: f64 = 0.95;
/// Minimum number of cells in the row of a table.
const MIN_ROW_CELLS: usize = 3;
/// Minimum gap between the only two cells of a row, relative to the font size. Gaps in justified text are narrower.
const MIN_COLUMN_GAP: f64 = 1.5;
/// Minimum number of cells, besides the first, that are aligned with cells of an adjacent row.
const MIN_ALIGNED_CELLS: usize = 2;

/// Groups the lines of a column into blocks.
pub(crate) fn group_lines(column: &[TextLine], body: BodyStyle) -> Vec<LineGroup> {
    let mut groups: Vec<LineGroup> = Vec::new();
    for (index, line) in column.iter().enumerate() {
        let tabular = is_tabular(column, index);
        let following = column.get(index + 1);
        match groups.last_mut() {
            Some(group) if tabular && group.is_table => group.lines.push(line.clone()),
            Some(group)
                if !tabular
                    && !group.is_table
                    && !begins_block(&group.lines, line, following, column, body) =>
            {
                group.lines.push(line.clone());
            }
            _ => groups.push(LineGroup { lines: vec![line.clone()], is_table: tabular }),
        }
    }
    groups
}

/// Whether a line is a row of a table, or of columns too short for a gutter: it has several cells, aligned with those
/// of the line above or below. If there are only two cells, they must be far apart, and the first must not be the
/// marker of a list item.
fn is_tabular(column: &[TextLine], index: usize) -> bool {
    let Some(line) = column.get(index) else { return false };
    let beside = [index.checked_sub(1).and_then(|above| column.get(above)), column.get(index + 1)];
    let is_row = |gap: f64, min_cells: usize, min_aligned: usize| {
        let cells = line.cells(gap);
        cells.len() >= min_cells
            && beside.into_iter().flatten().any(|other| {
                let others = other.cells(gap);
                let same = |cell: &&f64| {
                    others.iter().any(|other| (**cell - other).abs() < MAX_EDGE_OFFSET * line.size)
                };
                others.len() >= min_cells && cells.iter().skip(1).filter(same).count() >= min_aligned
            })
    };
    let is_marked = item_text_left(line).is_some() || note_marker(line).is_some();
    is_row(MIN_CELL_GAP, MIN_ROW_CELLS, MIN_ALIGNED_CELLS) || !is_marked && is_row(MIN_COLUMN_GAP, 2, 1)
}

/// Whether a line begins a new block.
fn begins_block(
    block: &[TextLine],
    line: &TextLine,
    following: Option<&TextLine>,
    column: &[TextLine],
    body: BodyStyle,
) -> bool {
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return true };
    let size = last.size.max(line.size);
    let step = last.base - line.base;
    let usual = match block {
        [.., one, other] => (one.base - other.base).max(body.leading * size * MIN_LINE_STEP),
        _ => body.leading * size,
    };
    if step > MAX_LINE_STEP * usual
        || step < 0.0
        || (last.size - line.size).abs() > MAX_SIZE_DIFFERENCE * size
    {
        return true;
    }
    if last.is_bold() != line.is_bold() {
        return block.iter().all(TextLine::is_bold) || line.is_bold();
    }
    if note_marker(line).is_some() && line.size < MAX_MARKED_NOTE_SIZE * body.size {
        return true;
    }
    let ended = ends_sentence(&last.text());
    if item_text_left(line).is_some() && (ended || is_bullet(line) || last.text().ends_with([':', ';', ',']))
    {
        return true;
    }
    if ended && is_caption(&line.text()) {
        return true;
    }
    let hangs =
        item_text_left(first).is_some_and(|inner| (line.left() - inner).abs() < MAX_EDGE_OFFSET * size);
    let heading = line.size > MIN_HEADING_SIZE * body.size || line.is_bold();
    if hangs || heading || is_centred(last, line) {
        return ended && is_short(block, line, column);
    }
    starts_by_indent(block, line, following, ended) || ended && is_short(block, line, column)
}

fn is_bullet(line: &TextLine) -> bool {
    line.words.first().is_some_and(|word| !word.text.chars().any(char::is_alphanumeric))
}

/// Whether two lines have the same centre but different edges.
fn is_centred(one: &TextLine, other: &TextLine) -> bool {
    let middle = |line: &TextLine| f64::midpoint(line.left(), line.right());
    let shift = (one.left() - other.left()).abs();
    shift > MIN_INDENT * one.size && (middle(one) - middle(other)).abs() < MAX_EDGE_OFFSET * one.size
}

/// Whether the indent of `line` shows that it begins a block. `ended`: whether the line before ends a sentence.
fn starts_by_indent(block: &[TextLine], line: &TextLine, following: Option<&TextLine>, ended: bool) -> bool {
    let Some(last) = block.last() else { return true };
    let size = last.size.max(line.size);
    let shift = line.left() - last.left();
    let near = |one: f64, other: f64| (one - other).abs() < MAX_EDGE_OFFSET * size;
    if shift > MIN_INDENT * size {
        // With a hanging indent, the second line is indented like the third, so it begins no block.
        let hangs = block.len() == 1 && following.is_some_and(|after| near(after.left(), line.left()));
        return ended || !hangs;
    }
    // The second line of an indented paragraph is outdented. Any later outdented line begins a block.
    shift < -MIN_INDENT * size && (block.len() > 1 || ended && shift < -MAX_OUTDENT * size)
}

/// Whether the block's last line has room for the next line's first word. If it also ends a sentence, the block is
/// complete.
fn is_short(block: &[TextLine], line: &TextLine, column: &[TextLine]) -> bool {
    let (Some(last), Some(word)) = (block.last(), line.words.first()) else { return true };
    let beside =
        column.iter().filter(|other| (other.left() - line.left()).abs() < MAX_COMPARED_OFFSET * line.size);
    let edge = match block.len() {
        1 => beside.map(TextLine::right).max_by(f64::total_cmp),
        _ => block.iter().chain([line]).map(TextLine::right).max_by(f64::total_cmp),
    };
    // The width of the word and a space.
    let needed = word.right - word.left + 0.5 * line.size;
    edge.is_some_and(|edge| last.right() + needed < edge)
}
