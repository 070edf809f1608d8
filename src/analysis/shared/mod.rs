//! Finds text that two documents share: wire copy, the same press release, one report copied from another.
//!
//! `matches` searches for equal sequences of words; `words` extracts and hashes the words of a document.

mod matches;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use sourcewise_quotes::SegmentedDocument;

use matches::{MIN_MATCH_WORDS, Match};
use words::{HashedWord, words_of};

/// A shared passage counts as a quotation if fewer of its words than this are outside quotation marks in one
/// document or the other. In *“…”, she said on Friday*, there are four.
const MIN_UNQUOTED_WORDS: usize = 6;

/// A sequence of words that two documents share. It need not be a passage in the sense of [`sourcewise_quotes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPassage {
    /// Index of the first document; less than `second`.
    pub first: usize,
    /// Index of the second document.
    pub second: usize,
    /// Byte range in the first document.
    pub in_first: Range<usize>,
    /// Byte range in the second document.
    pub in_second: Range<usize>,
    /// Number of words; in scripts without spaces, two characters count as a word.
    pub words: usize,
    /// Whether all but a few (`MIN_UNQUOTED_WORDS`) of the words are inside quotation marks in both documents. Then
    /// both may quote the same speaker, and neither need have copied from the other.
    pub quoted: bool,
}

/// The index of a document, and a range of bytes in it.
pub type DocumentRange = (usize, Range<usize>);

/// The text that documents share verbatim.
#[derive(Debug)]
pub struct SharedText {
    passages: Vec<SharedPassage>,
    /// The words of each document.
    documents: Vec<Vec<HashedWord>>,
    /// For every word of every document, the number of its original: the same word of the same shared passage in the
    /// first document that has it. A word in no shared passage, or only in `quoted` ones, is its own original. The
    /// words of all documents are numbered consecutively.
    origins: Vec<Vec<usize>>,
}

impl SharedText {
    /// Finds all shared passages of twelve words or more. The comparison ignores case, punctuation and typography, and
    /// a passage may span sentences and paragraphs. Headings, boilerplate, messages that a mail quotes, and stock
    /// phrases are left out. If more than twenty documents contain the same text, each is compared with the first only.
    pub fn of(documents: &[&SegmentedDocument]) -> Self {
        let documents: Vec<Vec<HashedWord>> =
            documents.par_iter().map(|document| words_of(document)).collect();
        let matches = matches::find_matches(&documents);
        let passages: Vec<SharedPassage> =
            matches.iter().map(|found| shared_passage(&documents, found)).collect();
        let origins = origins(&documents, &matches, &passages);
        Self { passages, documents, origins }
    }

    /// All shared passages, sorted by pair of documents and position.
    pub fn passages(&self) -> &[SharedPassage] {
        &self.passages
    }

    /// Groups ranges that contain the same text. Returns for each range the index of the first range in its group. Two
    /// ranges of different documents are in one group if twelve words, or half of the shorter range, are in shared
    /// passages of both (`quoted` ones don't count); or if both are in one group with a third range.
    pub fn canonical_passages(&self, passages: &[DocumentRange]) -> Vec<usize> {
        let mut by_origin: BTreeMap<usize, usize> = BTreeMap::new();
        let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (index, passage) in passages.iter().enumerate() {
            for origin in self.origins_in(passage) {
                let first = *by_origin.entry(*origin).or_insert(index);
                if passages[first].0 != passage.0 {
                    *common.entry((first, index)).or_default() += 1;
                }
            }
        }
        let mut parents: Vec<usize> = (0..passages.len()).collect();
        for ((first, second), count) in common {
            let shorter =
                self.origins_in(&passages[first]).len().min(self.origins_in(&passages[second]).len());
            if count >= MIN_MATCH_WORDS || count * 2 >= shorter {
                join(&mut parents, first, second);
            }
        }
        (0..passages.len()).map(|index| root(&parents, index)).collect()
    }

    /// Returns the originals of the words in a range.
    fn origins_in(&self, (document, range): &DocumentRange) -> &[usize] {
        let Some(words) = self.documents.get(*document) else { return &[] };
        let start = words.partition_point(|word| word.range.start < range.start);
        let end = words.partition_point(|word| word.range.end <= range.end);
        &self.origins[*document][start..end.max(start)]
    }
}

/// Returns the root of an element of a union-find structure.
fn root(parents: &[usize], mut index: usize) -> usize {
    while parents[index] != index {
        index = parents[index];
    }
    index
}

/// Merges two sets of a union-find structure; the smaller root becomes the root of both.
fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}

/// Converts a match from word indices to bytes, and decides whether it is a quotation.
fn shared_passage(documents: &[Vec<HashedWord>], found: &Match) -> SharedPassage {
    let first = &documents[found.first][found.in_first..found.in_first + found.length];
    let second = &documents[found.second][found.in_second..found.in_second + found.length];
    let outside = first.iter().zip(second).filter(|(a, b)| !(a.quoted && b.quoted)).count();
    SharedPassage {
        first: found.first,
        second: found.second,
        in_first: byte_range(first),
        in_second: byte_range(second),
        words: first.iter().map(|word| usize::from(word.half_words)).sum::<usize>() / 2,
        quoted: outside < MIN_UNQUOTED_WORDS,
    }
}

fn byte_range(words: &[HashedWord]) -> Range<usize> {
    let start = words.first().map_or(0, |word| word.range.start);
    start..words.last().map_or(start, |word| word.range.end)
}

/// Computes `SharedText::origins` from all shared passages that are not `quoted`.
fn origins(documents: &[Vec<HashedWord>], matches: &[Match], passages: &[SharedPassage]) -> Vec<Vec<usize>> {
    let mut number = 0;
    let mut own = documents.iter().map(|words| {
        let start = number;
        number += words.len();
        (start..number).collect()
    });
    let mut origins: Vec<Vec<usize>> = own.by_ref().collect();
    let starts: Vec<Option<usize>> =
        origins.iter().map(|words: &Vec<usize>| words.first().copied()).collect();
    // Matches are sorted by first document, so the originals of that document are final when a match is processed.
    for (found, passage) in matches.iter().zip(passages).filter(|(_, passage)| !passage.quoted) {
        let Some(start) = starts[passage.second] else { continue };
        for step in 0..found.length {
            let at = found.in_second + step;
            let origin = origins[found.first][found.in_first + step];
            if origins[found.second][at] == start + at {
                origins[found.second][at] = origin;
            }
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "The old mill at the ford burnt down on Friday night, and the men of the ferry stood by with \
        buckets until the last beam fell into the river below.";

    fn shared(texts: &[&str]) -> (Vec<SegmentedDocument>, SharedText) {
        let documents: Vec<SegmentedDocument> =
            texts.iter().map(|text| SegmentedDocument::of((*text).into(), &[], Some("en"), "en")).collect();
        let shared = SharedText::of(&documents.iter().collect::<Vec<_>>());
        (documents, shared)
    }

    fn same_text(shared: &SharedText, one: &DocumentRange, other: &DocumentRange) -> bool {
        shared.canonical_passages(&[one.clone(), other.clone()])[1] == 0
    }

    #[test]
    fn a_shared_passage_spans_sentences_and_ends_where_a_word_differs() {
        let one = "Our own man saw it. The mill's wheel stood still “for a year”—nobody knows why. It was sold.\n\nThen it burnt.";
        let other = "He knows: the Mill’s wheel stood still \"for a year\" - nobody knows why; it was sold! Then it sank.";
        let (documents, shared) = shared(&[one, other]);
        let [run] = shared.passages() else { panic!("{:?}", shared.passages()) };
        assert!(documents[0].text()[run.in_first.clone()].starts_with("The mill's"));
        assert!(documents[0].text()[run.in_first.clone()].ends_with("Then it"));
        assert!(documents[1].text()[run.in_second.clone()].starts_with("the Mill’s"));
        assert_eq!((run.words, run.quoted), (16, false));
    }

    #[test]
    fn a_quotation_in_both_is_marked_and_groups_no_passages() {
        let said = "“We stood by with buckets until the last beam fell into the river below the ferry,”";
        let (documents, shared) = shared(&[
            &format!("{said} he told us on Friday."),
            &format!("The miller spoke. {said} he told us later."),
        ]);
        assert!(shared.passages().len() == 1 && shared.passages()[0].quoted);
        let place = |index: usize| (index, 0..documents[index].text().len());
        assert!(!same_text(&shared, &place(0), &place(1)));
    }

    #[test]
    fn passages_are_grouped_only_by_the_words_they_share() {
        let next = "Nobody has been seen at the place since then, and nobody will say what became of the miller's books.";
        let (documents, shared) = shared(&[&format!("{WIRE} {next}"), &format!("Our report. {WIRE} {next}")]);
        let place = |index: usize, part: &str| {
            let start = documents[index].text().find(part).expect("contained");
            (index, start..start + part.len())
        };
        assert!(same_text(&shared, &place(0, WIRE), &place(1, WIRE)));
        assert!(
            !same_text(&shared, &place(0, WIRE), &place(1, next)),
            "one shared passage, but different words of it"
        );
    }

    #[test]
    fn many_copies_are_one_group() {
        let texts: Vec<String> = (0..50).map(|at| format!("Report {at} of ours. {WIRE} {WIRE}")).collect();
        let (documents, shared) = shared(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(shared.passages().len() < 200, "{}", shared.passages().len());
        let places: Vec<DocumentRange> =
            documents.iter().enumerate().map(|(at, document)| (at, 0..document.text().len())).collect();
        assert!(shared.canonical_passages(&places).iter().all(|first| *first == 0));
    }

    #[test]
    fn a_stock_phrase_is_no_shared_passage() {
        let phrase = "This is no advice to buy or to sell anything, and whoever acts on it does so alone.";
        let texts: Vec<String> = ["mill", "ferry", "ford", "river", "beam", "wheel", "bucket", "miller"]
            .iter()
            .map(|thing| format!("The {thing} was seen by all. {phrase}"))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(shared(&texts).1.passages(), []);
        assert_eq!(shared(&texts[..2]).1.passages().len(), 1);
    }

    #[test]
    fn in_scripts_without_spaces_two_characters_count_as_a_word() {
        let run = |text: &str| shared(&[&format!("{text}甲。"), &format!("{text}乙。")]).1.passages().len();
        assert_eq!(run("磨坊在星期五夜里烧毁了，没有人知道原因"), 0);
        assert_eq!(run("磨坊在星期五夜里烧毁了，没有人知道原因，船夫们一直站在河边"), 1);
    }
}
