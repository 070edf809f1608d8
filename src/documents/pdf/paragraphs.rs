//! Lines of a column, grouped into what stands by itself: by the space between them, their size and weight, indents,
//! marks of lists, and last lines that end early.

use super::kinds::{LARGE, ends_sentence, is_caption, item_text, note_mark};
use super::lines::{Body, Lines};
use super::rows::Row;

/// Space between two lines from which they are parted, by the usual space.
const GAP: f64 = 1.3;
/// How much the sizes of two lines of one block may differ, by the larger.
const SIZE: f64 = 0.08;
/// From how much on a line is indented, by its size.
const INDENT: f64 = 0.6;
/// How much the edges of lines may differ that stand below one another, by their size.
pub(crate) const EDGE: f64 = 0.35;

/// Groups the lines of a column.
pub(crate) fn grouped(column: &[Row], body: Body) -> Vec<Lines> {
    let mut groups: Vec<Lines> = Vec::new();
    for (index, row) in column.iter().enumerate() {
        let tabular = is_tabular(column, index);
        let following = column.get(index + 1);
        match groups.last_mut() {
            Some(group) if tabular && group.table => group.rows.push(row.clone()),
            Some(group) if !tabular && !group.table && !begins(&group.rows, row, following, column, body) => {
                group.rows.push(row.clone());
            }
            _ => groups.push(Lines { rows: vec![row.clone()], table: tabular }),
        }
    }
    groups
}

/// Whether a line has cells below or above those of a line beside it, three of them or more.
fn is_tabular(column: &[Row], index: usize) -> bool {
    let Some(row) = column.get(index) else { return false };
    let cells = row.cells();
    let beside = [index.checked_sub(1).and_then(|above| column.get(above)), column.get(index + 1)];
    cells.len() >= 3
        && beside.into_iter().flatten().any(|other| {
            let others = other.cells();
            let same = |cell: &&f64| others.iter().any(|other| (**cell - other).abs() < EDGE * row.size);
            others.len() >= 3 && cells.iter().skip(1).filter(same).count() >= 2
        })
}

/// Whether a line begins a block of its own.
fn begins(block: &[Row], row: &Row, following: Option<&Row>, column: &[Row], body: Body) -> bool {
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return true };
    let size = last.size.max(row.size);
    let step = last.base - row.base;
    let usual = match block {
        [.., one, other] => (one.base - other.base).max(body.pitch * size * 0.9),
        _ => body.pitch * size,
    };
    if step > GAP * usual || step < 0.0 || (last.size - row.size).abs() > SIZE * size {
        return true;
    }
    if last.is_bold() != row.is_bold() {
        return block.iter().all(Row::is_bold) || row.is_bold();
    }
    if note_mark(row).is_some() && row.size < 0.95 * body.size {
        return true;
    }
    let ended = ends_sentence(&last.text());
    if item_text(row).is_some() && (ended || is_bullet(row) || last.text().ends_with([':', ';', ','])) {
        return true;
    }
    if ended && is_caption(&row.text()) {
        return true;
    }
    let hangs = item_text(first).is_some_and(|inner| (row.left() - inner).abs() < EDGE * size);
    let heading = row.size > LARGE * body.size || row.is_bold();
    if hangs || heading || is_centred(last, row) {
        return ended && is_short(block, row, column);
    }
    is_indented(block, row, following, ended) || ended && is_short(block, row, column)
}

fn is_bullet(row: &Row) -> bool {
    row.words.first().is_some_and(|word| !word.text.chars().any(char::is_alphanumeric))
}

/// Whether two lines have the same middle and other ends.
fn is_centred(one: &Row, other: &Row) -> bool {
    let middle = |row: &Row| f64::midpoint(row.left(), row.right());
    let shift = (one.left() - other.left()).abs();
    shift > INDENT * one.size && (middle(one) - middle(other)).abs() < EDGE * one.size
}

/// Whether a line's beginning parts it from those above it.
fn is_indented(block: &[Row], row: &Row, following: Option<&Row>, ended: bool) -> bool {
    let Some(last) = block.last() else { return true };
    let size = last.size.max(row.size);
    let shift = row.left() - last.left();
    let near = |one: f64, other: f64| (one - other).abs() < EDGE * size;
    if shift > INDENT * size {
        // After a first line that hangs out, all others stand in.
        let hangs = block.len() == 1 && following.is_some_and(|after| near(after.left(), row.left()));
        return ended || !hangs;
    }
    // The line after an indented one stands out; any other that does begins something.
    shift < -INDENT * size && (block.len() > 1 || ended && shift < -6.0 * size)
}

/// Whether the block's last line has room for the next one's first word: then nothing of its own goes on.
fn is_short(block: &[Row], row: &Row, column: &[Row]) -> bool {
    let (Some(last), Some(word)) = (block.last(), row.words.first()) else { return true };
    let beside = column.iter().filter(|other| (other.left() - row.left()).abs() < 3.0 * row.size);
    let edge = match block.len() {
        1 => beside.map(Row::right).max_by(f64::total_cmp),
        _ => block.iter().chain([row]).map(Row::right).max_by(f64::total_cmp),
    };
    let needed = word.right - word.left + 0.5 * row.size;
    edge.is_some_and(|edge| last.right() + needed < edge)
}
