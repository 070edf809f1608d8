//! The passage that is most like words that don't stand in a document, and how it differs from them.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Beyond this many words nobody wants to see how a passage differs.
const LONGEST: usize = 400;
/// What a word left out, put in or exchanged costs, in units of half a word.
const EDIT: u32 = 2;
/// What a word costs that differs only in case, in the same units.
const CASE: u32 = 1;

/// The stretch of a text that is most like some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Where it stands, in bytes of the text that was searched.
    pub range: Range<usize>,
    /// How it differs, in order: what was written, and what stands there. One of them may be empty.
    pub differences: Vec<(String, String)>,
}

/// Finds the stretch of `text` that takes the fewest changes of words to become `wanted`, within one line.
///
/// This is approximate matching with free ends (Sellers, 1980) over words: time is words of `text` × words of
/// `wanted`, space is the latter. `None` where less than half of the words would be kept, and for
/// very many words.
pub fn nearest(text: &str, wanted: &str) -> Option<Nearest> {
    let wanted: Vec<&str> = wanted.unicode_words().collect();
    if wanted.len() > LONGEST {
        return None;
    }
    let vocabulary = Vocabulary::of(&wanted);
    let limit = u32::try_from(wanted.len()).ok()?.saturating_mul(EDIT) / 2;
    let mut best: Option<(Cost, Range<usize>)> = None;
    let mut offset = 0;
    for line in text.split('\n') {
        let words: Vec<(usize, &str)> = line.unicode_word_indices().collect();
        if let Some(found) = vocabulary.best_window(&words)
            && found.cost.0 <= limit
            && best.as_ref().is_none_or(|(cost, _)| found.cost < *cost)
        {
            let (first, last) = (words[found.first], words[found.last]);
            best = Some((found.cost, offset + first.0..offset + last.0 + last.1.len()));
        }
        offset += line.len() + 1;
    }
    let (_, range) = best?;
    let stands: Vec<&str> = text[range.clone()].unicode_words().collect();
    Some(Nearest { differences: differences(&wanted, &stands), range })
}

/// What an alignment costs, and of those that cost the same, how many of the wanted words it has lost.
type Cost = (u32, u32);

struct Window {
    cost: Cost,
    first: usize,
    last: usize,
}

/// The wanted words as numbers, so that comparing is cheap.
struct Vocabulary {
    wanted: Vec<(u32, u32)>,
    exact: BTreeMap<String, u32>,
    folded: BTreeMap<String, u32>,
}

impl Vocabulary {
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

    fn best_window(&self, words: &[(usize, &str)]) -> Option<Window> {
        // Each cell holds the cost of the best alignment that ends here, and the word it began at.
        let none = |wanted: usize| u32::try_from(wanted).unwrap_or(u32::MAX / EDIT);
        let mut row: Vec<(Cost, usize)> =
            (0..=self.wanted.len()).map(|n| ((none(n).saturating_mul(EDIT), none(n)), 0)).collect();
        let mut best: Option<Window> = None;
        for (at, (_, word)) in words.iter().enumerate() {
            let exact = self.exact.get(*word).copied();
            let folded = self.folded.get(&word.to_lowercase()).copied();
            let mut diagonal = row[0];
            row[0] = ((0, 0), at + 1);
            for (column, wanted) in self.wanted.iter().enumerate() {
                let change = match () {
                    () if exact == Some(wanted.0) => (0, 0),
                    () if folded == Some(wanted.1) => (CASE, 0),
                    () => (EDIT, 1),
                };
                let add = |(cost, lost): Cost, (more, missing): Cost| (cost + more, lost + missing);
                let start = if column == 0 { at } else { diagonal.1 };
                let exchanged = (add(diagonal.0, change), start);
                let left_out = (add(row[column].0, (EDIT, 1)), row[column].1);
                let put_in = (add(row[column + 1].0, (EDIT, 0)), row[column + 1].1);
                diagonal = row[column + 1];
                row[column + 1] = exchanged.min(left_out).min(put_in);
            }
            let (cost, first) = row[self.wanted.len()];
            // Of equally good ends the last one, so that the passage ends where the words do.
            let better = |best: &Window| cost < best.cost || (cost == best.cost && first == best.first);
            if first <= at && best.as_ref().is_none_or(better) {
                best = Some(Window { cost, first, last: at });
            }
        }
        best
    }
}

/// Where two runs of words part, by the longest common subsequence of whole words.
fn differences(wrote: &[&str], stands: &[&str]) -> Vec<(String, String)> {
    let mut common = vec![vec![0_u32; stands.len() + 1]; wrote.len() + 1];
    for (i, a) in wrote.iter().enumerate().rev() {
        for (j, b) in stands.iter().enumerate().rev() {
            common[i][j] =
                if a == b { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut list = Vec::new();
    while i < wrote.len() || j < stands.len() {
        let (from_i, from_j) = (i, j);
        while i < wrote.len() || j < stands.len() {
            if i < wrote.len() && j < stands.len() && wrote[i] == stands[j] {
                break;
            }
            if j == stands.len() || (i < wrote.len() && common[i + 1][j] >= common[i][j + 1]) {
                i += 1;
            } else {
                j += 1;
            }
        }
        if (from_i, from_j) == (i, j) {
            (i, j) = (i + 1, j + 1);
        } else {
            list.push((wrote[from_i..i].join(" "), stands[from_j..j].join(" ")));
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
    fn the_nearest_passage_is_the_one_that_takes_the_fewest_changes() {
        let found = nearest(TEXT, "rebuilt with stones from the old mill").expect("near");
        assert_eq!(&TEXT[found.range], "rebuilt with bricks from the old river mill");
        assert_eq!(found.differences, [("stones".into(), "bricks".into()), (String::new(), "river".into())]);
    }

    #[test]
    fn a_difference_in_case_is_a_difference() {
        let found = nearest(TEXT, "the mill burnt down").expect("near");
        assert_eq!(found.differences, [("the".into(), "The".into())]);
    }

    #[test]
    fn words_that_have_little_in_common_with_the_text_have_no_nearest_passage() {
        assert_eq!(nearest(TEXT, "an entirely different claim about ships"), None);
        assert_eq!(nearest(TEXT, ""), None);
        assert_eq!(nearest("", "some words"), None);
    }
}
