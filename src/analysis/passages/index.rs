//! An inverted index of the words of all documents, built once for all questions.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};

use rayon::prelude::*;
use sourcewise_quotes::{ParagraphKind, SegmentedDocument};

use super::terms::{Pattern, PatternWord};
use crate::as_f64;
use crate::lexicons::{AnswerKind, Lexicon};
use crate::words::{Stems, Word, words};

/// A longer passage is not taken for an answer: it is usually a list or a table whose lines were joined.
const MAX_ANSWER_WORDS: usize = 150;
/// A smaller collection is treated as if it had this many passages, because the frequency of a word in few passages
/// says little about how rare the word is.
const MIN_COLLECTION_PASSAGES: usize = 100;
/// If a collection has fewer than `MIN_COLLECTION_PASSAGES`, its average passage length is computed as if passages
/// of this length, that of an average sentence, were added until there are that many.
const TYPICAL_PASSAGE_WORDS: usize = 20;

/// The index of the passages of all documents.
#[derive(Debug)]
pub(crate) struct Index {
    /// All passages except boilerplate, sorted by document and position. A passage's number is its index here.
    entries: Vec<IndexEntry>,
    /// Number of passages that can be answers.
    answerable: usize,
    /// Average number of words of the passages that can be answers; see `MIN_COLLECTION_PASSAGES`.
    mean_words: f64,
    /// One vocabulary for each language of the documents.
    vocabularies: Vec<Vocabulary>,
}

/// A passage in the index.
#[derive(Debug)]
pub(crate) struct IndexEntry {
    /// Index of the document that contains the passage.
    pub(crate) document: usize,
    /// Index among the passages of the document.
    pub(crate) passage: usize,
    /// Whether the passage can be an answer: it is text, a list item or a reader's comment of at most
    /// `MAX_ANSWER_WORDS`.
    pub(crate) can_answer: bool,
    /// Whether the passage contains a digit.
    has_amount: bool,
    /// Whether the passage contains a year or a word of time.
    has_time: bool,
    /// Byte ranges of the passage's words in the document's text.
    pub(crate) words: Vec<Range<u32>>,
}

/// The words of all documents that are in one language.
#[derive(Debug)]
struct Vocabulary {
    language: String,
    stems: Stems,
    words: BTreeMap<String, Vec<Posting>>,
    /// The keys of `words`, grouped by their stems.
    by_stem: BTreeMap<String, Vec<String>>,
}

impl IndexEntry {
    /// Whether the passage contains what `kind` asks for: a digit, or a year or word of time.
    pub(crate) fn has(&self, kind: AnswerKind) -> bool {
        match kind {
            AnswerKind::Amount => self.has_amount,
            AnswerKind::Time => self.has_time,
        }
    }
}

/// One occurrence of a word in a document.
#[derive(Clone, Copy, Debug)]
struct Posting {
    /// Number of the passage, from 0: in a [`DocumentIndex`] within the document, in an [`Index`] among all documents.
    passage: u32,
    /// Index of the word in the passage.
    at: u32,
    /// Whether the word's first two letters, or its only letter, are capitals here: *US*, not *us*.
    capitals: bool,
}

/// One occurrence of a term or word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    /// Number of the passage in the index.
    pub(crate) passage: u32,
    /// Index of the first matching word within the passage.
    pub(crate) at: u32,
    /// Number of words that match.
    pub(crate) length: u32,
}

/// The index of one document: its passages, and the occurrences of each word. Passages are numbered from 0 in each
/// document.
struct DocumentIndex {
    entries: Vec<IndexEntry>,
    words: BTreeMap<String, Vec<Posting>>,
}

impl Index {
    pub(crate) fn of(documents: &[&SegmentedDocument]) -> Self {
        let read: Vec<DocumentIndex> = documents
            .par_iter()
            .enumerate()
            .map(|(number, document)| index_document(number, document))
            .collect();
        let mut index =
            Self { entries: Vec::new(), answerable: 0, mean_words: 1.0, vocabularies: Vec::new() };
        for (document, read) in documents.iter().zip(read) {
            let first = to_u32(index.entries.len());
            index.entries.extend(read.entries);
            let vocabulary = index.vocabulary(document.language());
            for (word, postings) in read.words {
                let moved = postings
                    .into_iter()
                    .map(|posting| Posting { passage: posting.passage + first, ..posting });
                vocabulary.words.entry(word).or_default().extend(moved);
            }
        }
        for vocabulary in &mut index.vocabularies {
            for word in vocabulary.words.keys() {
                let stem = vocabulary.stems.stem(word).into_owned();
                vocabulary.by_stem.entry(stem).or_default().push(word.clone());
            }
        }
        let answering = index.entries.iter().filter(|entry| entry.can_answer);
        let lengths: Vec<usize> = answering.map(|entry| entry.words.len()).collect();
        index.answerable = lengths.len();
        let missing = index.collection_size() - lengths.len();
        index.mean_words = as_f64(lengths.iter().sum::<usize>() + TYPICAL_PASSAGE_WORDS * missing)
            / as_f64(index.collection_size());
        index
    }

    /// The number of passages in the index.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The number of passages that can be answers, but at least `MIN_COLLECTION_PASSAGES`.
    pub(crate) fn collection_size(&self) -> usize {
        self.answerable.max(MIN_COLLECTION_PASSAGES)
    }

    /// The average number of words of the passages that can be answers; see `MIN_COLLECTION_PASSAGES`.
    pub(crate) fn mean_words(&self) -> f64 {
        self.mean_words
    }

    /// Returns a passage by its number.
    pub(crate) fn entry(&self, number: u32) -> Option<&IndexEntry> {
        self.entries.get(usize::try_from(number).ok()?)
    }

    fn vocabulary(&mut self, language: &str) -> &mut Vocabulary {
        let known = self.vocabularies.iter().position(|vocabulary| vocabulary.language == language);
        let at = known.unwrap_or_else(|| {
            self.vocabularies.push(Vocabulary {
                language: language.to_owned(),
                stems: Stems::of(language),
                words: BTreeMap::new(),
                by_stem: BTreeMap::new(),
            });
            self.vocabularies.len() - 1
        });
        &mut self.vocabularies[at]
    }

    /// Returns the occurrences of a query word in all documents, sorted.
    pub(crate) fn word(&self, wanted: &PatternWord) -> Vec<Occurrence> {
        let mut occurrences: Vec<Occurrence> =
            self.vocabularies.iter().flat_map(|vocabulary| vocabulary.word(wanted)).collect();
        occurrences.sort_unstable();
        occurrences
    }

    /// Returns the occurrences of a term in all documents, sorted. The words of a term must follow each other directly.
    pub(crate) fn occurrences(&self, term: &str) -> Vec<Occurrence> {
        let mut occurrences: Vec<Occurrence> = Vec::new();
        for vocabulary in &self.vocabularies {
            if let Some(pattern) = Pattern::of(term, &vocabulary.language) {
                occurrences.extend(vocabulary.occurrences(&pattern));
            }
        }
        occurrences.sort_unstable();
        occurrences
    }
}

impl Vocabulary {
    fn occurrences(&self, pattern: &Pattern) -> Vec<Occurrence> {
        let mut rows = pattern.0.iter().map(|word| self.word(word));
        let mut found = rows.next().unwrap_or_default();
        for row in rows {
            found.retain_mut(|occurrence| {
                let next = (occurrence.passage, occurrence.at + occurrence.length);
                let follows = row.binary_search_by_key(&next, |other| (other.passage, other.at));
                occurrence.length += 1;
                follows.is_ok()
            });
        }
        found
    }

    /// Returns the occurrences of one word, sorted: of all words with the prefix; or if only capitals match, of the
    /// word as it is; otherwise of all words with the same stem.
    fn word(&self, wanted: &PatternWord) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        let mut take = |postings: &Vec<Posting>| {
            let fits = postings.iter().filter(|posting| posting.capitals || !wanted.capitals);
            occurrences.extend(fits.map(|p| Occurrence { passage: p.passage, at: p.at, length: 1 }));
        };
        if wanted.prefix {
            let from = (Bound::Included(wanted.text.as_str()), Bound::Unbounded);
            let same =
                self.words.range::<str, _>(from).take_while(|(word, _)| word.starts_with(&wanted.text));
            same.for_each(|(_, postings)| take(postings));
        } else if wanted.capitals {
            self.words.get(&wanted.text).into_iter().for_each(take);
        } else {
            let stem = self.stems.stem(&wanted.text);
            for word in self.by_stem.get(stem.as_ref()).into_iter().flatten() {
                self.words.get(word).into_iter().for_each(&mut take);
            }
        }
        occurrences.sort_unstable();
        occurrences
    }
}

/// Indexes the passages of one document, except boilerplate. `document` is its index.
fn index_document(document: usize, segmented: &SegmentedDocument) -> DocumentIndex {
    let mut found = normalized_words(segmented).into_iter().peekable();
    let mut read = DocumentIndex { entries: Vec::new(), words: BTreeMap::new() };
    let lexicon = Lexicon::of(segmented.language());
    for (passage_number, passage) in segmented.passages().iter().enumerate() {
        let kind = segmented.kind(passage);
        let at = to_u32(read.entries.len());
        let mut ranges = Vec::new();
        let (mut bigrams, mut has_amount, mut has_time) = (0, false, false);
        while let Some((range, word)) = found.next_if(|(range, _)| range.start < passage.range.end) {
            if kind == ParagraphKind::Boilerplate || range.start < passage.range.start {
                continue;
            }
            has_amount |= word.text.contains(|c: char| c.is_ascii_digit());
            has_time |= is_year(&word.text) || lexicon.is_time(&word.text);
            let posting = Posting { passage: at, at: to_u32(ranges.len()), capitals: word.capitals };
            match read.words.get_mut(word.text.as_ref()) {
                Some(postings) => postings.push(posting),
                None => drop(read.words.insert(word.text.into_owned(), vec![posting])),
            }
            bigrams += usize::from(word.unspaced);
            ranges.push(to_u32(range.start)..to_u32(range.end));
        }
        if kind == ParagraphKind::Boilerplate {
            continue;
        }
        // In scripts without spaces, each bigram is counted as a word in `ranges`, but a word has about two bigrams.
        let length = ranges.len() - bigrams / 2;
        let can_answer = length <= MAX_ANSWER_WORDS && kind.can_answer();
        let entry =
            IndexEntry { document, passage: passage_number, can_answer, has_amount, has_time, words: ranges };
        read.entries.push(entry);
    }
    read
}

/// Whether a word looks like a year between 1000 and 2999: *1911*.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the numbers of the passages that contain the given occurrences. If the occurrences are sorted, no number is
/// returned twice.
pub(crate) fn passages(occurrences: &[Occurrence]) -> Vec<u32> {
    let mut list: Vec<u32> = occurrences.iter().map(|occurrence| occurrence.passage).collect();
    list.dedup();
    list
}

/// Returns the words of a document's normal form, each with its byte range in the document.
fn normalized_words(segmented: &SegmentedDocument) -> Vec<(Range<usize>, Word<'_>)> {
    let normalized = segmented.normalized();
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in normalized.text().split('\n') {
        found.extend(words(line, segmented.language()).into_iter().map(|word| {
            let range = line_start + word.range.start..line_start + word.range.end;
            (normalized.source_range(range), word)
        }));
        line_start += line.len() + 1;
    }
    found
}

/// Converts an offset or index to 32 bits, which halves the memory of the index. Realistic sets of documents fit; a
/// greater number becomes `u32::MAX`.
fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Computes the inverse document frequency of BM25 for a word or term, among the passages that can be answers. Never
/// negative.
pub(crate) fn rarity(index: &Index, occurrences: &[Occurrence]) -> f64 {
    let found = passages(occurrences)
        .into_iter()
        .filter(|passage| index.entry(*passage).is_some_and(|e| e.can_answer));
    let (found, all) = (as_f64(found.count()), as_f64(index.collection_size()));
    (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrences(text: &str, term: &str) -> Vec<(u32, u32, u32)> {
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let occurrences = Index::of(&[&document]).occurrences(term);
        occurrences
            .into_iter()
            .map(|occurrence| (occurrence.passage, occurrence.at, occurrence.length))
            .collect()
    }

    #[test]
    fn a_term_matches_adjacent_words() {
        let text = "The mill burns. Mills burn by the old river mill.";
        assert_eq!(occurrences(text, "mill"), [(0, 1, 1), (1, 0, 1), (1, 6, 1)]);
        assert_eq!(occurrences(text, "river mills"), [(1, 5, 2)]);
        assert_eq!(occurrences(text, "mill* b*"), [(0, 1, 2), (1, 0, 2)]);
        assert_eq!(occurrences(text, "mill the"), []);
    }

    #[test]
    fn a_term_in_capitals_matches_only_capitals() {
        assert_eq!(occurrences("They told us of the US mills.", "US"), [(0, 5, 1)]);
        assert_eq!(occurrences("They told us of the US mills.", "us").len(), 2);
    }

    #[test]
    fn a_phrase_does_not_cross_passages() {
        assert_eq!(occurrences("He saw the old mill. River boats pass.", "mill river"), []);
    }
}
