//! Finds the passage most similar to words that a document doesn't contain, and lists the differences.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Longer quotes get no nearest passage: the list of differences would not be useful.
const MAX_QUOTE_WORDS: usize = 400;
/// The cost of a missing, additional or different word: one word, in half words.
const EDIT_COST_HALF_WORDS: u32 = 2;
/// The cost of a word that differs only in case: half a word.
const CASE_COST_HALF_WORDS: u32 = 1;

/// The part of a text most similar to some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Byte range in the searched text.
    pub range: Range<usize>,
    /// The differences, in order: some wanted words, and the words of the text in their position. One of the two may be
    /// empty.
    pub differences: Vec<(String, String)>,
}

/// Finds the part of `text`, within one line, with the smallest edit distance in words to `wanted`.
///
/// This is approximate matching with free ends (Sellers, 1980) over words. Time is proportional to the words of `text`
/// times the words of `wanted`, space to the words of `wanted`. Returns `None` if the distance exceeds half of the
/// words of `wanted`, or if `wanted` is longer than `MAX_QUOTE_WORDS`.
pub fn nearest(text: &str, wanted: &str) -> Option<Nearest> {
    let wanted: Vec<&str> = wanted.unicode_words().collect();
    if wanted.len() > MAX_QUOTE_WORDS {
        return None;
    }
    let word_ids = WordIds::of(&wanted);
    let limit = u32::try_from(wanted.len()).ok()?.saturating_mul(EDIT_COST_HALF_WORDS) / 2;
    let mut best: Option<(Cost, Range<usize>)> = None;
    let mut offset = 0;
    for line in text.split('\n') {
        let words: Vec<(usize, &str)> = line.unicode_word_indices().collect();
        if let Some(found) = word_ids.best_window(&words)
            && found.cost.0 <= limit
            && best.as_ref().is_none_or(|(cost, _)| found.cost < *cost)
        {
            let (first, last) = (words[found.first], words[found.last]);
            best = Some((found.cost, offset + first.0..offset + last.0 + last.1.len()));
        }
        offset += line.len() + 1;
    }
    let (_, range) = best?;
    let actual: Vec<&str> = text[range.clone()].unicode_words().collect();
    Some(Nearest { differences: differences(&wanted, &actual), range })
}

/// The cost of an alignment in half words, and the number of wanted words without a match, which breaks ties.
type Cost = (u32, u32);

/// A range of words in a line, by index of its first and last word.
struct Window {
    cost: Cost,
    first: usize,
    last: usize,
}

/// Numbers of the wanted words, so that words are compared as integers.
struct WordIds {
    /// For each wanted word, its numbers in `exact` and `folded`.
    wanted: Vec<(u32, u32)>,
    /// The number of each different word.
    exact: BTreeMap<String, u32>,
    /// The number of each different word in lower case.
    folded: BTreeMap<String, u32>,
}

impl WordIds {
    fn of(words: &[&str]) -> Self {
        let mut this = Self { wanted: Vec::new(), exact: BTreeMap::new(), folded: BTreeMap::new() };
        for word in words {
            let next = u32::try_from(this.exact.len()).unwrap_or(u32::MAX);
            let exact = *this.exact.entry((*word).to_owned()).or_insert(next);
            let next = u32::try_from(this.folded.len()).unwrap_or(u32::MAX);
            let folded = *this.folded.entry(word.to_lowercase()).or_insert(next);
            this.wanted.push((exact, folded));
        }
        this
    }

    /// Returns the range of a line with the smallest distance to the wanted words.
    fn best_window(&self, words: &[(usize, &str)]) -> Option<Window> {
        // `row[n]` is the best alignment of the first n wanted words with words of the line that end at the current
        // one: its cost, and the index of its first word in `words`.
        let none = |wanted: usize| u32::try_from(wanted).unwrap_or(u32::MAX / EDIT_COST_HALF_WORDS);
        let mut row: Vec<(Cost, usize)> = (0..=self.wanted.len())
            .map(|n| ((none(n).saturating_mul(EDIT_COST_HALF_WORDS), none(n)), 0))
            .collect();
        let mut best: Option<Window> = None;
        for (at, (_, word)) in words.iter().enumerate() {
            let exact = self.exact.get(*word).copied();
            let folded = self.folded.get(&word.to_lowercase()).copied();
            let mut diagonal = row[0];
            row[0] = ((0, 0), at + 1);
            for (column, wanted) in self.wanted.iter().enumerate() {
                let change = match () {
                    () if exact == Some(wanted.0) => (0, 0),
                    () if folded == Some(wanted.1) => (CASE_COST_HALF_WORDS, 0),
                    () => (EDIT_COST_HALF_WORDS, 1),
                };
                let add = |(cost, unmatched): Cost, (more, more_unmatched): Cost| {
                    (cost + more, unmatched + more_unmatched)
                };
                let start = if column == 0 { at } else { diagonal.1 };
                let substituted = (add(diagonal.0, change), start);
                let deleted = (add(row[column].0, (EDIT_COST_HALF_WORDS, 1)), row[column].1);
                let inserted = (add(row[column + 1].0, (EDIT_COST_HALF_WORDS, 0)), row[column + 1].1);
                diagonal = row[column + 1];
                row[column + 1] = substituted.min(deleted).min(inserted);
            }
            let (cost, first) = row[self.wanted.len()];
            // On a tie between windows with the same start, take the longer one, so that it ends with the last wanted
            // word.
            let better = |best: &Window| cost < best.cost || (cost == best.cost && first == best.first);
            if first <= at && best.as_ref().is_none_or(better) {
                best = Some(Window { cost, first, last: at });
            }
        }
        best
    }
}

/// Returns the differences between two lists of words, by their longest common subsequence.
fn differences(written: &[&str], actual: &[&str]) -> Vec<(String, String)> {
    let mut common = vec![vec![0_u32; actual.len() + 1]; written.len() + 1];
    for (i, a) in written.iter().enumerate().rev() {
        for (j, b) in actual.iter().enumerate().rev() {
            common[i][j] =
                if a == b { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut list = Vec::new();
    while i < written.len() || j < actual.len() {
        let (from_i, from_j) = (i, j);
        while i < written.len() || j < actual.len() {
            if i < written.len() && j < actual.len() && written[i] == actual[j] {
                break;
            }
            if j == actual.len() || (i < written.len() && common[i + 1][j] >= common[i][j + 1]) {
                i += 1;
            } else {
                j += 1;
            }
        }
        if (from_i, from_j) == (i, j) {
            (i, j) = (i + 1, j + 1);
        } else {
            list.push((written[from_i..i].join(" "), actual[from_j..j].join(" ")));
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "The mill burnt down in May.\nIt was rebuilt with bricks from the old river mill, they say.";

    #[test]
    fn the_nearest_passage_has_the_smallest_edit_distance() {
        let found = nearest(TEXT, "rebuilt with stones from the old mill").expect("a similar passage");
        assert_eq!(&TEXT[found.range], "rebuilt with bricks from the old river mill");
        assert_eq!(found.differences, [("stones".into(), "bricks".into()), (String::new(), "river".into())]);
    }

    #[test]
    fn a_difference_in_case_is_listed() {
        let found = nearest(TEXT, "the mill burnt down").expect("a similar passage");
        assert_eq!(found.differences, [("the".into(), "The".into())]);
    }

    #[test]
    fn words_with_little_in_common_have_no_nearest_passage() {
        assert_eq!(nearest(TEXT, "an entirely different claim about ships"), None);
        assert_eq!(nearest(TEXT, ""), None);
        assert_eq!(nearest("", "some words"), None);
    }
}
