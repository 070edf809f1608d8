//! Groups words into text lines: first over the whole page, for `headers`, and later within each column, for `order`.

use std::collections::BTreeMap;

use super::right_to_left;
use super::words::{MAX_GROUP_DIGITS, MIN_SPACE_GAP, NARROW_SPACE, PlacedWord, Script};

/// Maximum difference between the baselines of two words on a line, relative to the smaller font size.
const MAX_BASELINE_OFFSET: f64 = 0.3;

/// Minimum gap between two table cells, relative to the font size.
pub(crate) const MIN_CELL_GAP: f64 = 1.2;
const SOFT_HYPHEN: char = '\u{ad}';
/// Maximum gap between two groups of digits of one number, relative to the font size. In most fonts, a space is wider.
const MAX_DIGIT_GAP: f64 = 0.24;

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
        for word in words.iter().filter(|word| word.script == Script::Baseline || words.len() == 1) {
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

    /// Returns the left edges of the line's table cells. Cells are separated by gaps wider than `min_gap`, which
    /// is relative to the font size. A line without such a gap is one cell.
    pub(crate) fn cells(&self, min_gap: f64) -> Vec<f64> {
        let gaps = self.words.windows(2).filter_map(|pair| match pair {
            [one, other] if other.left - one.right > min_gap * self.size => Some(other.left),
            _ => None,
        });
        self.words.first().map(|word| word.left).into_iter().chain(gaps).collect()
    }

    /// Returns the text, without the words that are struck out.
    pub(crate) fn text(&self) -> String {
        self.parts(false).text
    }

    /// Returns the text and the words that are struck out. A superscript at the start, such as a note marker, is
    /// followed by a space. In a row of a table, tabs separate the cells.
    pub(crate) fn parts(&self, is_row: bool) -> LineParts {
        let mut parts = LineParts::default();
        let mut space = None;
        let mut is_after_struck = false;
        for (index, word) in self.words.iter().enumerate() {
            let separator = self.separator_before(index, is_row);
            space = separator.filter(|_| space != Some('\t')).or(space);
            // Within a line, a soft hyphen is invisible.
            let ends_line = index + 1 == self.words.len() && word.text.ends_with(SOFT_HYPHEN);
            let mut shown = word.text.replace(SOFT_HYPHEN, "");
            shown.extend(ends_line.then_some(SOFT_HYPHEN));
            if word.struck {
                match parts.struck.last_mut().filter(|_| is_after_struck) {
                    Some((_, words)) => words.extend(separator.into_iter().chain(shown.chars())),
                    None => parts.struck.push((parts.text.len(), shown)),
                }
            } else {
                let space = space.take().filter(|_| !parts.text.is_empty());
                parts.text.extend(space.into_iter().chain(shown.chars()));
            }
            is_after_struck = word.struck;
        }
        parts.in_logical_order()
    }

    /// Returns the white space between a word, given by its index, and the word before; `None` if there is none.
    pub(crate) fn separator_before(&self, index: usize, is_row: bool) -> Option<char> {
        let [before, word] = index.checked_sub(1).and_then(|first| self.words.get(first..=index))? else {
            return None;
        };
        let gap = word.left - before.right;
        let size = before.size.max(word.size);
        if is_row && gap > MIN_CELL_GAP * self.size {
            Some('\t')
        } else if index == 1 && before.is_raised() {
            Some(' ')
        } else if !word.space_before && gap <= MIN_SPACE_GAP * size {
            None
        } else if gap < MAX_DIGIT_GAP * size && continues_number(&before.text, &word.text) {
            Some(NARROW_SPACE)
        } else {
            Some(' ')
        }
    }
}

/// The text of a line.
#[derive(Debug, Default)]
pub(crate) struct LineParts {
    pub(crate) text: String,
    /// The words that are struck out, with their byte offsets in the text.
    pub(crate) struck: Vec<(usize, String)>,
}

impl LineParts {
    /// Converts the text to the order in which it is read, if it has letters that run from right to left. Then the
    /// places of struck-out words are unknown, so they get the offset 0.
    fn in_logical_order(self) -> Self {
        if !right_to_left::has_letters(&self.text) {
            return self;
        }
        let struck =
            self.struck.into_iter().map(|(_, words)| (0, right_to_left::logical_order(&words).into_owned()));
        Self { text: right_to_left::logical_order(&self.text).into_owned(), struck: struck.collect() }
    }
}

/// Whether a word begins with three digits that can be the next group of the number at the end of the word before.
fn continues_number(before: &str, after: &str) -> bool {
    let is_digit = |letter: &char| letter.is_ascii_digit();
    let ending = before.chars().rev().take_while(is_digit).count();
    let beginning = after.chars().take_while(is_digit).count();
    (1..=MAX_GROUP_DIGITS).contains(&ending) && beginning == MAX_GROUP_DIGITS
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
