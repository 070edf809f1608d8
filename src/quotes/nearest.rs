//! Finds the passage most similar to words that a document doesn't contain, and lists the differences.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// No nearest passage is looked for if a quote has more words: the list of differences would not be useful.
const MAX_QUOTE_WORDS: usize = 400;
/// The cost of a missing, additional or different word: one word, counted in half words.
const EDIT_COST_HALF_WORDS: u32 = 2;
/// The cost of a word that differs only in case: half a word.
const CASE_COST_HALF_WORDS: u32 = 1;

/// The part of a text most similar to some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Byte range in the searched text.
    pub range: Range<usize>,
    /// The differences, in order. Each has some wanted words, and the words of the text in their place; one of the two
    /// may be empty.
    pub differences: Vec<(String, String)>,
}

/// The words of a text, numbered, so that many searches read the text only once and compare only integers.
#[derive(Debug, Default)]
pub struct WordIndex {
    words: Vec<IndexedWord>,
    /// The ranges in `words` of the lines that have words. A nearest passage never spans two lines.
    lines: Vec<Range<usize>>,
    exact: BTreeMap<String, u32>,
    /// The number of each word in lower case; `exact` numbers the words as they are written.
    folded: BTreeMap<String, u32>,
}

#[derive(Debug)]
struct IndexedWord {
    /// Byte range in the text.
    range: Range<usize>,
    ids: WordIds,
}

/// The numbers of a word, as it is written and in lower case. `None` for words that the text doesn't have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WordIds {
    exact: Option<u32>,
    folded: Option<u32>,
}

impl WordIndex {
    /// Numbers the words of a text.
    pub fn of(text: &str) -> Self {
        let mut this = Self::default();
        let mut offset = 0;
        for line in text.split('\n') {
            let first = this.words.len();
            for (at, word) in word_indices(line) {
                let start = offset + at;
                let ids = WordIds {
                    exact: Some(number(&mut this.exact, word)),
                    folded: Some(number(&mut this.folded, &word.to_lowercase())),
                };
                this.words.push(IndexedWord { range: start..start + word.len(), ids });
            }
            if first < this.words.len() {
                this.lines.push(first..this.words.len());
            }
            offset += line.len() + 1;
        }
        this
    }

    fn ids(&self, word: &str) -> WordIds {
        let folded = self.folded.get(&word.to_lowercase()).copied();
        WordIds { exact: self.exact.get(word).copied(), folded }
    }

    /// Finds the part of the indexed `text`, within one line, with the smallest edit distance in words to `wanted`.
    ///
    /// This is approximate matching with free ends (Sellers, 1980) over words. Time is proportional to the number of
    /// words of `text`; in a line that has half of the wanted words, to the line's words times the wanted words.
    /// Returns `None` if the distance exceeds half of the words of `wanted`, or if `wanted` is longer than
    /// `MAX_QUOTE_WORDS`.
    pub fn nearest(&self, text: &str, wanted: &str) -> Option<Nearest> {
        let wanted = words(wanted);
        if wanted.len() > MAX_QUOTE_WORDS {
            return None;
        }
        let ids: Vec<WordIds> = wanted.iter().map(|word| self.ids(word)).collect();
        let mut known: Vec<u32> = ids.iter().filter_map(|ids| ids.folded).collect();
        known.sort_unstable();
        let mut limit = u32::try_from(wanted.len()).ok()?.saturating_mul(EDIT_COST_HALF_WORDS) / 2;
        let mut best: Option<(Cost, Range<usize>)> = None;
        for line in &self.lines {
            let words = &self.words[line.clone()];
            if lowest_cost(words, &known, wanted.len()) > limit {
                continue;
            }
            if let Some(found) = best_window(words, &ids)
                && found.cost.0 <= limit
                && best.as_ref().is_none_or(|(cost, _)| found.cost < *cost)
            {
                limit = found.cost.0;
                best = Some((found.cost, words[found.first].range.start..words[found.last].range.end));
            }
        }
        let (_, range) = best?;
        let actual = words(&text[range.clone()]);
        Some(Nearest { differences: differences(&wanted, &actual), range })
    }
}

/// Iterates over the words of a text. A sign that is read aloud, such as `%` or `€`, counts as a word.
fn word_indices(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_sign = |c: char| {
        matches!(c, '%' | '‰' | '°' | '£' | '$' | '¥' | '¢' | '§' | '+' | '=' | '<' | '>' | '±' | '×' | '÷'
            | '\u{20a0}'..='\u{20cf}' | '\u{2200}'..='\u{22ff}')
    };
    let is_word = move |word: &str| word.contains(|c: char| c.is_alphanumeric() || is_sign(c));
    text.split_word_bound_indices().filter(move |(_, word)| is_word(word))
}

fn words(text: &str) -> Vec<&str> {
    word_indices(text).map(|(_, word)| word).collect()
}

/// Returns the number of a word, and gives the next one to a new word.
fn number(numbers: &mut BTreeMap<String, u32>, word: &str) -> u32 {
    if let Some(known) = numbers.get(word) {
        return *known;
    }
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    numbers.insert(word.to_owned(), next);
    next
}

/// Returns a lower bound for the cost of aligning a line with the wanted words: each wanted word without an equal one
/// in the line costs a word. `known` are the numbers of the wanted words in lower case, sorted.
fn lowest_cost(words: &[IndexedWord], known: &[u32], wanted: usize) -> u32 {
    let is_wanted = |word: &&IndexedWord| word.ids.folded.is_some_and(|id| known.binary_search(&id).is_ok());
    let equal = words.iter().filter(is_wanted).take(wanted).count();
    u32::try_from(wanted - equal).unwrap_or(u32::MAX).saturating_mul(EDIT_COST_HALF_WORDS)
}

/// The cost of an alignment in half words, and the number of wanted words without a match, which breaks ties.
type Cost = (u32, u32);

/// A range of words in a line, by index of its first and last word.
struct Window {
    cost: Cost,
    first: usize,
    last: usize,
}

/// Returns the range of a line with the smallest distance to the wanted words.
fn best_window(words: &[IndexedWord], wanted: &[WordIds]) -> Option<Window> {
    // `row[n]` is the best alignment of the first n wanted words with words of the line that end at the current one:
    // its cost, and the index of its first word in `words`.
    let none = |wanted: usize| u32::try_from(wanted).unwrap_or(u32::MAX / EDIT_COST_HALF_WORDS);
    let mut row: Vec<(Cost, usize)> =
        (0..=wanted.len()).map(|n| ((none(n).saturating_mul(EDIT_COST_HALF_WORDS), none(n)), 0)).collect();
    let mut best: Option<Window> = None;
    for (at, IndexedWord { ids, .. }) in words.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = ((0, 0), at + 1);
        for (column, wanted) in wanted.iter().enumerate() {
            let change = match () {
                () if ids.exact == wanted.exact => (0, 0),
                () if ids.folded == wanted.folded => (CASE_COST_HALF_WORDS, 0),
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
        let (cost, first) = row[wanted.len()];
        // On a tie between windows with the same start, take the longer one, so that it ends with the last wanted
        // word.
        let better = |best: &Window| cost < best.cost || (cost == best.cost && first == best.first);
        if first <= at && best.as_ref().is_none_or(better) {
            best = Some(Window { cost, first, last: at });
        }
    }
    best
}

/// Returns the differences between two lists of words, by their longest common subsequence. A difference has the
/// words of each list that are between two common words.
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

    fn nearest(text: &str, wanted: &str) -> Option<Nearest> {
        WordIndex::of(text).nearest(text, wanted)
    }

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
    fn signs_count_as_words() {
        for (text, wanted, difference) in [
            ("It cost £3 million in May.", "It cost $3 million", ("$", "£")),
            ("It cost £3 million in May.", "$3 million in May", ("$", "£")),
            ("It lost 20 of its sails.", "It lost 20% of its sails", ("%", "")),
        ] {
            let found = nearest(text, wanted).expect("a similar passage");
            assert_eq!(found.differences, [(difference.0.into(), difference.1.into())], "{wanted}");
        }
    }

    #[test]
    fn words_with_little_in_common_have_no_nearest_passage() {
        assert_eq!(nearest(TEXT, "an entirely different claim about ships"), None);
        assert_eq!(nearest(TEXT, ""), None);
        assert_eq!(nearest("", "some words"), None);
    }
}
