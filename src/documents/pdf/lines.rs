//! Groups words into text lines: first over the whole page, for `headers`, and later within each column, for `order`.

use std::collections::BTreeMap;

use super::words::{MIN_SPACE_GAP, PlacedWord};

/// Maximum difference between the baselines of two words on a line, relative to the smaller font size.
const MAX_BASELINE_OFFSET: f64 = 0.3;

/// Minimum gap between two table cells, relative to the font size.
const MIN_CELL_GAP: f64 = 1.2;

/// The words on one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextLine {
    /// Sorted from left to right.
    pub(crate) words: Vec<PlacedWord>,
    /// The baseline of most of the line's letters.
    pub(crate) base: f64,
    /// The font size of most of the line's letters.
    pub(crate) size: f64,
}

impl TextLine {
    fn of(mut words: Vec<PlacedWord>) -> Self {
        words.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut letters: BTreeMap<u64, (usize, f64, f64)> = BTreeMap::new();
        for word in words.iter().filter(|word| !word.superscript || words.len() == 1) {
            let sized = letters.entry(tenths(word.size)).or_insert((0, word.base, word.size));
            sized.0 += word.text.chars().count();
        }
        let most = letters.into_values().max_by_key(|(count, ..)| *count);
        let (base, size) = match (most, words.first()) {
            (Some((_, base, size)), _) => (base, size),
            (None, Some(word)) => (word.base, word.size),
            (None, None) => (0.0, 0.0),
        };
        Self { words, base, size }
    }

    pub(crate) fn left(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.left)
    }

    pub(crate) fn right(&self) -> f64 {
        self.words.iter().map(|word| word.right).max_by(f64::total_cmp).unwrap_or(0.0)
    }

    pub(crate) fn is_bold(&self) -> bool {
        self.words.iter().all(|word| word.bold)
    }

    /// Returns the left edges of the line's table cells, which wide gaps separate. A line without these is one cell.
    pub(crate) fn cells(&self) -> Vec<f64> {
        let gaps = self.words.windows(2).filter_map(|pair| match pair {
            [one, other] if other.left - one.right > MIN_CELL_GAP * self.size => Some(other.left),
            _ => None,
        });
        self.words.first().map(|word| word.left).into_iter().chain(gaps).collect()
    }

    /// Returns the text. A superscript at the start, such as a note marker, is followed by a space.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (index, word) in self.words.iter().enumerate() {
            let follows_marker = index == 1 && self.words.first().is_some_and(|first| first.superscript);
            if follows_marker || self.has_space_before(index) {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    fn has_space_before(&self, index: usize) -> bool {
        let Some([before, word]) = index.checked_sub(1).and_then(|first| self.words.get(first..=index))
        else {
            return false;
        };
        word.space_before || word.left - before.right > MIN_SPACE_GAP * before.size.max(word.size)
    }
}

/// The lines of one block, from top to bottom.
#[derive(Clone, Debug)]
pub(crate) struct LineGroup {
    pub(crate) lines: Vec<TextLine>,
    pub(crate) is_table: bool,
}

/// Groups words into lines, from the top of the page to the bottom.
pub(crate) fn into_lines(mut words: Vec<PlacedWord>) -> Vec<TextLine> {
    words.sort_by(|one, other| other.base.total_cmp(&one.base).then(one.left.total_cmp(&other.left)));
    let mut lines: Vec<Vec<PlacedWord>> = Vec::new();
    let mut level: Option<(f64, f64)> = None;
    for word in words {
        let same = level.is_some_and(|(base, size)| {
            (base - word.base).abs() <= MAX_BASELINE_OFFSET * size.min(word.size)
        });
        match lines.last_mut() {
            Some(line) if same => line.push(word),
            _ => {
                level = Some((word.base, word.size));
                lines.push(vec![word]);
            }
        }
    }
    lines.into_iter().map(TextLine::of).collect()
}

/// Rounds a size to tenths of a point, for use as a map key.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are positive and below a million"
)]
pub(crate) fn tenths(size: f64) -> u64 {
    (size * 10.0).round() as u64
}

/// Returns the median, or the lower of the two middle numbers; `None` if the list is empty.
pub(crate) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len().saturating_sub(1) / 2).copied()
}
