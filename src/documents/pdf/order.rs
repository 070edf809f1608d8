//! The order in which a page is read. Gutters are found: strips without a word in them, with text on both sides over
//! several lines. The tallest parts the page into what is above, left, right and below, and each of these is looked at
//! in the same way; where there is no gutter, lines follow one another downwards.
//!
//! After the idea of cutting a page along its white space (Nagy and Seth 1984, X-Y cut; Breuel 2002, whitespace covers).

use super::rows::{Row, median, rows};
use super::words::Word;

/// Width of a gutter, at least, by the size of the text beside it.
const WIDTH: f64 = 0.7;
/// Width that is enough in a line or two that stick out.
const NARROW: f64 = 0.35;
/// Not more than one line in so many may.
const FEW: usize = 5;
/// How many lines on end may stick out.
const STICKING: usize = 2;
/// Rows with text on each side of a gutter, at least.
const ROWS: usize = 4;
/// Letters in a row on each side of a gutter, in the middle of them: below it, it parts numbers from a list.
const LETTERS: usize = 15;
/// How much the beginnings of lines may differ that stand below one another, by the size of the font.
const ALIGNED: f64 = 0.35;
/// Parts within parts, at most.
const DEPTH: usize = 12;
/// Gutters that are looked at together, at most: pages of text have few.
const OPEN: usize = 64;

/// A strip without words over some rows.
#[derive(Clone, Debug)]
struct Gutter {
    left: f64,
    right: f64,
    first: usize,
    /// The last row in which it is wide enough.
    last: usize,
    /// Rows that stick out into it.
    sticking: usize,
}

/// Columns of a page, in the order in which they are read; each has its lines from top to foot.
pub(crate) fn columns(words: Vec<Word>) -> Vec<Vec<Row>> {
    let mut columns = Vec::new();
    part(words, DEPTH, &mut columns);
    columns
}

fn part(words: Vec<Word>, depth: usize, columns: &mut Vec<Vec<Row>>) {
    if words.is_empty() {
        return;
    }
    let rows = rows(words);
    let Some(gutter) = tallest(&rows).filter(|_| depth > 0) else {
        columns.push(rows);
        return;
    };
    let middle = f64::midpoint(gutter.left, gutter.right);
    let mut parts: [Vec<Word>; 4] = Default::default();
    let [above, left, right, below] = &mut parts;
    for (index, row) in rows.into_iter().enumerate() {
        for word in row.words {
            let side = if f64::midpoint(word.left, word.right) < middle { &mut *left } else { &mut *right };
            let place = match index {
                _ if index < gutter.first => &mut *above,
                _ if index > gutter.last => &mut *below,
                _ => side,
            };
            place.push(word);
        }
    }
    for words in parts {
        part(words, depth - 1, columns);
    }
}

/// The gutter with the most rows beside it; the leftmost of several.
fn tallest(rows: &[Row]) -> Option<Gutter> {
    let size = median(rows.iter().map(|row| row.size).collect()).unwrap_or(0.0);
    let mut open: Vec<Gutter> = Vec::new();
    let mut best: Option<(usize, Gutter)> = None;
    for index in 0..=rows.len() {
        let gaps = rows.get(index).map(|row| gaps(row, NARROW * size)).unwrap_or_default();
        let mut next: Vec<Gutter> = Vec::new();
        for gutter in &open {
            let mut goes_on = false;
            for (left, right) in &gaps {
                let wide = right - left >= WIDTH * size;
                let (left, right) = (gutter.left.max(*left), gutter.right.min(*right));
                if right - left >= NARROW * size && (wide || index <= gutter.last + STICKING) {
                    goes_on = true;
                    let last = if wide { index } else { gutter.last };
                    let sticking = gutter.sticking + usize::from(!wide);
                    keep(&mut next, Gutter { left, right, first: gutter.first, last, sticking });
                }
            }
            if !goes_on
                && let Some(found) = measured(gutter, rows)
                && best.as_ref().is_none_or(|(most, _)| found.0 > *most)
            {
                best = Some(found);
            }
        }
        for (left, right) in gaps.into_iter().filter(|(left, right)| right - left >= WIDTH * size) {
            keep(&mut next, Gutter { left, right, first: index, last: index, sticking: 0 });
        }
        next.truncate(OPEN);
        open = next;
    }
    best.map(|(_, gutter)| gutter)
}

/// Adds a gutter unless there is one as wide that began before it.
fn keep(gutters: &mut Vec<Gutter>, new: Gutter) {
    let covers = |old: &Gutter| {
        old.left <= new.left && old.right >= new.right && old.first <= new.first && old.last >= new.last
    };
    if !gutters.iter().any(covers) {
        gutters.push(new);
    }
}

/// Where a row has no words over some width: between them, before and after them.
fn gaps(row: &Row, width: f64) -> Vec<(f64, f64)> {
    let mut gaps = Vec::new();
    let mut end = f64::MIN;
    for word in &row.words {
        if word.left - end >= width {
            gaps.push((end, word.left));
        }
        end = end.max(word.right);
    }
    gaps.truncate(OPEN);
    gaps.push((end, f64::MAX));
    gaps
}

/// How many rows it has beside it; nothing if there isn't running text on both sides, side by side.
fn measured(gutter: &Gutter, rows: &[Row]) -> Option<(usize, Gutter)> {
    let within = rows.get(gutter.first..=gutter.last)?;
    let mut sides: [Vec<(usize, usize)>; 2] = Default::default();
    for (index, row) in within.iter().enumerate() {
        let mut letters = [0, 0];
        for word in &row.words {
            let side = usize::from(word.left >= gutter.right);
            if let Some(sum) = letters.get_mut(side) {
                *sum += word.text.chars().count();
            }
        }
        for (side, count) in sides.iter_mut().zip(letters).filter(|(_, count)| *count > 0) {
            side.push((index, count));
        }
    }
    let [left, right] = &sides;
    // They must be beside one another, not one below the other.
    let first = left.first()?.0.max(right.first()?.0);
    let last = left.last()?.0.min(right.last()?.0);
    let beside = |side: &[(usize, usize)]| {
        let mut counts: Vec<usize> = side
            .iter()
            .filter(|(index, _)| (first..=last).contains(index))
            .map(|(_, count)| *count)
            .collect();
        counts.sort_unstable();
        counts.len() >= ROWS && counts.get(counts.len() / 2).is_some_and(|letters| *letters >= LETTERS)
    };
    let measured = (last.checked_sub(first)? + 1, gutter.clone());
    let few = gutter.sticking * FEW <= measured.0 && is_aligned(gutter, within);
    (few && beside(left) && beside(right)).then_some(measured)
}

/// Whether most lines to the right of a gutter begin below one another. In a chance alignment of wide spaces, as in
/// justified lines, they don't.
fn is_aligned(gutter: &Gutter, rows: &[Row]) -> bool {
    let first = |row: &Row| {
        row.words.iter().find(|word| word.left >= gutter.right).map(|word| (word.left, word.size))
    };
    let starts: Vec<(f64, f64)> = rows.iter().filter_map(first).collect();
    let edge = starts.iter().map(|(left, _)| *left).min_by(f64::total_cmp).unwrap_or(0.0);
    let aligned = starts.iter().filter(|(left, size)| left - edge < ALIGNED * size).count();
    aligned * 5 >= starts.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f64, right: f64, base: f64) -> Word {
        let (text, size) = (text.to_owned(), 10.0);
        Word { text, left, right, base, size, bold: false, raised: false, spaced: true }
    }

    /// Lines of two columns whose feet are not level, below a title and above a note over both.
    fn page() -> Vec<Word> {
        let mut words = vec![word("title over both columns", 0.0, 210.0, 100.0)];
        for line in 0..5_u8 {
            let base = 80.0 - 12.0 * f64::from(line);
            words.push(word(&format!("left side, line {line}"), 0.0, 100.0, base));
            words.push(word(&format!("right side, line {line}"), 110.0, 210.0, base - 5.0));
        }
        words.push(word("a line below both columns", 0.0, 210.0, 10.0));
        words
    }

    #[test]
    fn columns_are_read_one_after_the_other_between_what_spans_them() {
        let columns = columns(page());
        let starts: Vec<String> = columns
            .iter()
            .map(|rows| rows.iter().map(|row| row.text().chars().next().unwrap_or(' ')).collect())
            .collect();
        assert_eq!(starts, ["t", "lllll", "rrrrr", "a"]);
    }

    #[test]
    fn numbers_before_a_list_are_no_column() {
        let lines = (0..5_u8).flat_map(|line| {
            let base = 80.0 - 12.0 * f64::from(line);
            [word("1.", 0.0, 8.0, base), word("an item of some length", 20.0, 130.0, base)]
        });
        assert_eq!(columns(lines.collect()).len(), 1);
    }
}
