//! Rows of a page: words that stand on one line, over all columns; and lines, which are what one column has of them.

use std::collections::BTreeMap;

use super::words::{SPACE, Word};

/// How far apart the feet of two words on one row may be, by the smaller of their sizes.
const LEVEL: f64 = 0.3;

/// A gap that parts the cells of a table, by the size of the font.
const CELL: f64 = 1.2;

/// Words on one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// They, from left to right.
    pub(crate) words: Vec<Word>,
    /// How high most of its letters stand.
    pub(crate) base: f64,
    /// The size that most of its letters have.
    pub(crate) size: f64,
}

impl Row {
    fn of(mut words: Vec<Word>) -> Self {
        words.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut letters: BTreeMap<u64, (usize, f64, f64)> = BTreeMap::new();
        for word in words.iter().filter(|word| !word.raised || words.len() == 1) {
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

    /// Where it begins.
    pub(crate) fn left(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.left)
    }

    /// Where it ends.
    pub(crate) fn right(&self) -> f64 {
        self.words.iter().map(|word| word.right).max_by(f64::total_cmp).unwrap_or(0.0)
    }

    /// All its letters are bold.
    pub(crate) fn is_bold(&self) -> bool {
        self.words.iter().all(|word| word.bold)
    }

    /// What stands apart in it, as the cells of a table do: where each begins.
    pub(crate) fn cells(&self) -> Vec<f64> {
        let gaps = self.words.windows(2).filter_map(|pair| match pair {
            [one, other] if other.left - one.right > CELL * self.size => Some(other.left),
            _ => None,
        });
        self.words.first().map(|word| word.left).into_iter().chain(gaps).collect()
    }

    /// Its text; a mark of a note at its beginning stands by itself.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (index, word) in self.words.iter().enumerate() {
            let marked = index == 1 && self.words.first().is_some_and(|first| first.raised);
            if marked || self.has_space_before(index) {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// Whether there is a space before a word.
    fn has_space_before(&self, index: usize) -> bool {
        let Some([before, word]) = index.checked_sub(1).and_then(|first| self.words.get(first..=index))
        else {
            return false;
        };
        word.spaced || word.left - before.right > SPACE * before.size.max(word.size)
    }
}

/// Rows of words, from the top of the page to its foot.
pub(crate) fn rows(mut words: Vec<Word>) -> Vec<Row> {
    words.sort_by(|one, other| other.base.total_cmp(&one.base).then(one.left.total_cmp(&other.left)));
    let mut rows: Vec<Vec<Word>> = Vec::new();
    let mut level: Option<(f64, f64)> = None;
    for word in words {
        let same = level.is_some_and(|(base, size)| (base - word.base).abs() <= LEVEL * size.min(word.size));
        match rows.last_mut() {
            Some(row) if same => row.push(word),
            _ => {
                level = Some((word.base, word.size));
                rows.push(vec![word]);
            }
        }
    }
    rows.into_iter().map(Row::of).collect()
}

/// A size, fit to be counted.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are positive and below a million"
)]
pub(crate) fn tenths(size: f64) -> u64 {
    (size * 10.0).round() as u64
}

/// The middle one of some numbers, the lower of two; nothing of none.
pub(crate) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len().saturating_sub(1) / 2).copied()
}
