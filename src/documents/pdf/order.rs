//! Determines the reading order of a page. A gutter is a vertical strip of white space with text on both sides over
//! several lines. The tallest gutter splits the page into four parts: above, left, right and below. Each part is split
//! in the same way; a part without a gutter is one column.
//!
//! Based on cutting pages along their white space (Nagy and Seth 1984, X-Y cut; Breuel 2002, whitespace covers).

use super::lines::{TextLine, into_lines};
use super::median::median;
use super::words::PlacedWord;

/// Minimum width of a gutter, relative to the median font size.
const MIN_GUTTER_WIDTH: f64 = 0.7;
/// Minimum width of a gutter where a line reaches into it (*overhangs*), relative to the median font size.
const MIN_NARROWED_WIDTH: f64 = 0.35;
/// Minimum number of lines beside a gutter for each line that overhangs it.
const MIN_LINES_PER_OVERHANG: usize = 5;
/// Maximum number of consecutive lines that overhang a gutter.
const MAX_CONSECUTIVE_OVERHANGS: usize = 2;
/// Minimum number of lines with text on each side of a gutter.
const MIN_COLUMN_LINES: usize = 4;
/// Minimum median length of the lines on each side of a gutter. Shorter lines on one side are, for example, the numbers
/// of a list.
const MIN_COLUMN_CHARS: usize = 15;
/// Maximum difference between the left edges of aligned lines, relative to the font size.
const MAX_LEFT_EDGE_OFFSET: f64 = 0.35;
/// Minimum share of lines to the right of a gutter that are aligned.
const MIN_ALIGNED_PERCENT: usize = 60;
/// The lines of a column with at least this many may be aligned at two left edges, as in a list of references with
/// a hanging indent.
const MIN_TALL_COLUMN_LINES: usize = 8;
/// Maximum depth to which a page is split recursively.
const MAX_DEPTH: usize = 12;
/// Maximum number of gutters tracked at once, and of gaps examined per line. Pages of text have fewer.
const MAX_OPEN_GUTTERS: usize = 64;

/// A vertical strip without words, over several lines. A line overhangs the gutter if it leaves less than
/// `MIN_GUTTER_WIDTH` free there.
#[derive(Clone, Debug)]
struct Gutter {
    left: f64,
    right: f64,
    /// The index of the first line beside the gutter.
    first: usize,
    /// The index of the last line that does not overhang the gutter.
    last: usize,
    /// The number of lines that overhang the gutter.
    overhangs: usize,
}

/// Returns the columns of a page in reading order, each with its lines from top to bottom.
pub(crate) fn columns(words: Vec<PlacedWord>) -> Vec<Vec<TextLine>> {
    let mut columns = Vec::new();
    split(words, MAX_DEPTH, &mut columns);
    columns
}

/// Splits a part of a page at its tallest gutter, and the resulting parts in the same way, to at most `depth`
/// levels. Appends the columns in reading order.
fn split(words: Vec<PlacedWord>, depth: usize, columns: &mut Vec<Vec<TextLine>>) {
    if words.is_empty() {
        return;
    }
    let lines = into_lines(words);
    let Some(gutter) = tallest_gutter(&lines).filter(|_| depth > 0) else {
        columns.push(lines);
        return;
    };
    let middle = f64::midpoint(gutter.left, gutter.right);
    let mut parts: [Vec<PlacedWord>; 4] = Default::default();
    let [above, left, right, below] = &mut parts;
    for (index, line) in lines.into_iter().enumerate() {
        for word in line.words {
            let side = if f64::midpoint(word.left, word.right) < middle { &mut *left } else { &mut *right };
            let part = match index {
                _ if index < gutter.first => &mut *above,
                _ if index > gutter.last => &mut *below,
                _ => side,
            };
            part.push(word);
        }
    }
    for words in parts {
        split(words, depth - 1, columns);
    }
}

/// Finds the gutter with the most lines beside it, or the first of several such gutters.
fn tallest_gutter(lines: &[TextLine]) -> Option<Gutter> {
    let size = median(lines.iter().map(|line| line.size).collect()).unwrap_or(0.0);
    let mut open: Vec<Gutter> = Vec::new();
    let mut best: Option<(usize, Gutter)> = None;
    for index in 0..=lines.len() {
        let gaps = lines.get(index).map(|line| gaps(line, MIN_NARROWED_WIDTH * size)).unwrap_or_default();
        let mut next: Vec<Gutter> = Vec::new();
        for gutter in &open {
            let mut continues = false;
            for (left, right) in &gaps {
                let wide = right - left >= MIN_GUTTER_WIDTH * size;
                let (left, right) = (gutter.left.max(*left), gutter.right.min(*right));
                if right - left >= MIN_NARROWED_WIDTH * size
                    && (wide || index <= gutter.last + MAX_CONSECUTIVE_OVERHANGS)
                {
                    continues = true;
                    let last = if wide { index } else { gutter.last };
                    let overhangs = gutter.overhangs + usize::from(!wide);
                    push_uncovered(&mut next, Gutter { left, right, first: gutter.first, last, overhangs });
                }
            }
            if !continues
                && let Some(measured) = measure(gutter, lines)
                && best.as_ref().is_none_or(|(most, _)| measured.0 > *most)
            {
                best = Some(measured);
            }
        }
        for (left, right) in gaps.into_iter().filter(|(left, right)| right - left >= MIN_GUTTER_WIDTH * size)
        {
            push_uncovered(&mut next, Gutter { left, right, first: index, last: index, overhangs: 0 });
        }
        next.truncate(MAX_OPEN_GUTTERS);
        open = next;
    }
    best.map(|(_, gutter)| gutter)
}

/// Adds a gutter unless an earlier one contains it.
fn push_uncovered(gutters: &mut Vec<Gutter>, new: Gutter) {
    let covers = |old: &Gutter| {
        old.left <= new.left && old.right >= new.right && old.first <= new.first && old.last >= new.last
    };
    if !gutters.iter().any(covers) {
        gutters.push(new);
    }
}

/// Returns the left and right edges of a line's gaps that are at least `min_width` wide. The gap before the first word
/// has no limit on its left, the gap after the last word none on its right.
fn gaps(line: &TextLine, min_width: f64) -> Vec<(f64, f64)> {
    let mut gaps = Vec::new();
    let mut end = f64::MIN;
    for word in &line.words {
        if word.left - end >= min_width {
            gaps.push((end, word.left));
        }
        end = end.max(word.right);
    }
    gaps.truncate(MAX_OPEN_GUTTERS);
    gaps.push((end, f64::MAX));
    gaps
}

/// Returns a gutter with the number of lines beside it. `None` unless both sides have enough running text, few lines
/// overhang the gutter, and the lines to its right are aligned.
fn measure(gutter: &Gutter, lines: &[TextLine]) -> Option<(usize, Gutter)> {
    let within = lines.get(gutter.first..=gutter.last)?;
    let mut sides: [Vec<(usize, usize)>; 2] = Default::default();
    for (index, line) in within.iter().enumerate() {
        let mut letters = [0, 0];
        for word in &line.words {
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
    // Only the lines in the vertical range in which both sides have text are counted.
    let first = left.first()?.0.max(right.first()?.0);
    let last = left.last()?.0.min(right.last()?.0);
    let beside = |side: &[(usize, usize)]| {
        let mut counts: Vec<usize> = side
            .iter()
            .filter(|(index, _)| (first..=last).contains(index))
            .map(|(_, count)| *count)
            .collect();
        counts.sort_unstable();
        counts.len() >= MIN_COLUMN_LINES
            && counts.get(counts.len() / 2).is_some_and(|letters| *letters >= MIN_COLUMN_CHARS)
    };
    let measured = (last.checked_sub(first)? + 1, gutter.clone());
    let few_overhangs = gutter.overhangs * MIN_LINES_PER_OVERHANG <= measured.0 && is_aligned(gutter, within);
    (few_overhangs && beside(left) && beside(right)).then_some(measured)
}

/// Whether most lines to the right of a gutter start at the same left edge, or, in a tall column, at one of two edges,
/// as in a list of references. Otherwise the gutter is not real: wide spaces in justified lines are above one another
/// by chance.
fn is_aligned(gutter: &Gutter, lines: &[TextLine]) -> bool {
    let first = |line: &TextLine| {
        line.words.iter().find(|word| word.left >= gutter.right).map(|word| (word.left, word.size))
    };
    let mut starts: Vec<(f64, f64)> = lines.iter().filter_map(first).collect();
    let count = starts.len();
    let mut aligned = take_most_frequent(&mut starts);
    if count >= MIN_TALL_COLUMN_LINES {
        aligned += take_most_frequent(&mut starts);
    }
    aligned * 100 >= count * MIN_ALIGNED_PERCENT
}

/// Removes the lines at the most frequent left edge from `starts`, and returns their number.
fn take_most_frequent(starts: &mut Vec<(f64, f64)>) -> usize {
    starts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut end = 0;
    let mut most = 0..0;
    for (start, (edge, size)) in starts.iter().enumerate() {
        while starts.get(end).is_some_and(|(left, _)| left - edge < MAX_LEFT_EDGE_OFFSET * size) {
            end += 1;
        }
        if end - start > most.len() {
            most = start..end;
        }
    }
    starts.drain(most).count()
}

#[cfg(test)]
mod tests {
    use super::super::words::Script;
    use super::*;

    fn word(text: &str, left: f64, right: f64, base: f64) -> PlacedWord {
        let (text, size) = (text.to_owned(), 10.0);
        PlacedWord {
            text,
            left,
            right,
            base,
            size,
            bold: false,
            script: Script::Baseline,
            struck: false,
            space_before: true,
        }
    }

    /// Two columns with different baselines, below a title and above a line that span both.
    fn page() -> Vec<PlacedWord> {
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
    fn columns_are_read_in_turn_between_lines_that_span_them() {
        let columns = columns(page());
        let starts: Vec<String> = columns
            .iter()
            .map(|lines| lines.iter().map(|line| line.text().chars().next().unwrap_or(' ')).collect())
            .collect();
        assert_eq!(starts, ["t", "lllll", "rrrrr", "a"]);
    }

    #[test]
    fn list_numbers_are_not_a_column() {
        let lines = (0..5_u8).flat_map(|line| {
            let base = 80.0 - 12.0 * f64::from(line);
            [word("1.", 0.0, 8.0, base), word("an item of some length", 20.0, 130.0, base)]
        });
        assert_eq!(columns(lines.collect()).len(), 1);
    }
}
