//! Where every word of all documents stands: an inverted index, built once for all questions.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};

use rayon::prelude::*;

use super::shape::{count, standing};
use super::terms::{Pattern, PatternWord};
use crate::text::words::{Stems, Word, words};
use sourcewise_quotes::{Kind, Segmented};

/// The passages of all documents and their words.
#[derive(Debug)]
pub(super) struct Index {
    /// How many documents there are.
    pub(super) documents: usize,
    /// How many passages can be answers.
    pub(super) answering: usize,
    /// Every passage but boilerplate, by document and place.
    entries: Vec<Entry>,
    lexicons: Vec<Lexicon>,
}

/// A passage in the index.
#[derive(Debug)]
pub(super) struct Entry {
    /// Number of its document.
    pub(super) document: usize,
    /// Number among its document's passages.
    pub(super) passage: usize,
    /// Number of its paragraph.
    paragraph: usize,
    /// Number of the last heading above it, in the index once all is read.
    heading: Option<u32>,
    /// Whether it can be an answer: text can, and the item of a list, if it is no longer than a sentence may be.
    pub(super) answers: bool,
    /// How well it stands by itself.
    pub(super) standing: f64,
    /// Bytes of its words in the document's text.
    pub(super) words: Vec<Range<u32>>,
}

/// The words of all documents of one language, in order.
#[derive(Debug)]
struct Lexicon {
    language: String,
    stems: Stems,
    words: BTreeMap<String, Vec<Posting>>,
    by_stem: BTreeMap<String, Vec<String>>,
}

/// One place of a word.
#[derive(Clone, Copy, Debug)]
struct Posting {
    passage: u32,
    at: u32,
    capitals: bool,
}

/// One place where a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Number of the passage in the index.
    pub(super) passage: u32,
    /// Number of its first word in the passage.
    pub(super) at: u32,
    /// How many words it takes.
    pub(super) length: u32,
    /// Whether the words are those of the term, and not others of their stems.
    pub(super) exact: bool,
}

/// The words of one document: its passages, and where in them each word stands.
struct Read {
    entries: Vec<Entry>,
    words: BTreeMap<String, Vec<Posting>>,
}

impl Index {
    /// Reads all documents.
    pub(super) fn of(documents: &[&Segmented]) -> Self {
        let read: Vec<Read> =
            documents.par_iter().enumerate().map(|(number, document)| read(number, document)).collect();
        let mut index =
            Self { documents: documents.len(), answering: 0, entries: Vec::new(), lexicons: Vec::new() };
        for (document, read) in documents.iter().zip(read) {
            let first = number(index.entries.len());
            let entries = read.entries.into_iter();
            index.entries.extend(entries.map(|e| Entry { heading: e.heading.map(|at| at + first), ..e }));
            let lexicon = index.lexicon(document.language());
            for (word, postings) in read.words {
                let moved = postings
                    .into_iter()
                    .map(|posting| Posting { passage: posting.passage + first, ..posting });
                lexicon.words.entry(word).or_default().extend(moved);
            }
        }
        for lexicon in &mut index.lexicons {
            for word in lexicon.words.keys() {
                let stem = lexicon.stems.stem(word).into_owned();
                lexicon.by_stem.entry(stem).or_default().push(word.clone());
            }
        }
        index.answering = index.entries.iter().filter(|entry| entry.answers).count();
        index
    }

    /// How many passages there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// A passage by its number.
    pub(super) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(usize::try_from(number).ok()?)
    }

    /// The passages that tell what a passage is about: before and after it in its paragraph, and the heading.
    pub(super) fn around(&self, number: u32) -> [Option<u32>; 3] {
        let Some(entry) = self.entry(number) else { return [None; 3] };
        let same = |other: &u32| {
            let other = self.entry(*other);
            other.is_some_and(|o| (o.document, o.paragraph) == (entry.document, entry.paragraph))
        };
        [number.checked_sub(1).filter(same), number.checked_add(1).filter(same), entry.heading]
    }

    fn lexicon(&mut self, language: &str) -> &mut Lexicon {
        let known = self.lexicons.iter().position(|lexicon| lexicon.language == language);
        let at = known.unwrap_or_else(|| {
            self.lexicons.push(Lexicon {
                language: language.to_owned(),
                stems: Stems::of(language),
                words: BTreeMap::new(),
                by_stem: BTreeMap::new(),
            });
            self.lexicons.len() - 1
        });
        &mut self.lexicons[at]
    }

    /// Where a term stands, in order.
    pub(super) fn places(&self, term: &str) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for lexicon in &self.lexicons {
            if let Some(pattern) = Pattern::of(term, &lexicon.language) {
                places.extend(lexicon.places(&pattern));
            }
        }
        places.sort_unstable();
        places
    }
}

impl Lexicon {
    fn places(&self, pattern: &Pattern) -> Vec<Place> {
        let mut rows = pattern.0.iter().map(|word| self.word(word));
        let mut found = rows.next().unwrap_or_default();
        for row in rows {
            found.retain_mut(|place| {
                let next = (place.passage, place.at + place.length);
                let here = row.binary_search_by_key(&next, |other| (other.passage, other.at));
                place.length += 1;
                here.is_ok_and(|here| {
                    place.exact &= row[here].exact;
                    true
                })
            });
        }
        found
    }

    /// The places of one word, in order, each once.
    fn word(&self, wanted: &PatternWord) -> Vec<Place> {
        let mut places = Vec::new();
        let mut take = |postings: &[Posting], exact: bool| {
            let fits = postings.iter().filter(|posting| posting.capitals || !wanted.capitals);
            places.extend(fits.map(|p| Place { passage: p.passage, at: p.at, length: 1, exact }));
        };
        if wanted.prefix {
            let from = (Bound::Included(wanted.text.as_str()), Bound::Unbounded);
            let same =
                self.words.range::<str, _>(from).take_while(|(word, _)| word.starts_with(&wanted.text));
            same.for_each(|(_, postings)| take(postings, true));
        } else if wanted.capitals {
            self.words.get(&wanted.text).into_iter().for_each(|postings| take(postings, true));
        } else {
            let stem = self.stems.stem(&wanted.text);
            for word in self.by_stem.get(stem.as_ref()).into_iter().flatten() {
                let postings = self.words.get(word).map_or(&[][..], Vec::as_slice);
                take(postings, *word == wanted.text);
            }
        }
        places.sort_unstable();
        places
    }
}

fn read(document: usize, segmented: &Segmented) -> Read {
    let mut found = folded_words(segmented).into_iter().peekable();
    let mut read = Read { entries: Vec::new(), words: BTreeMap::new() };
    let all = count(segmented.passages().len());
    let mut heading = None;
    for (passage_number, passage) in segmented.passages().iter().enumerate() {
        let kind = segmented.kind(passage);
        let at = number(read.entries.len());
        let mut ranges = Vec::new();
        let mut bigrams = 0;
        while let Some((range, word)) = found.next_if(|(range, _)| range.start < passage.range.end) {
            if kind == Kind::Boilerplate || range.start < passage.range.start {
                continue;
            }
            let posting = Posting { passage: at, at: number(ranges.len()), capitals: word.capitals };
            match read.words.get_mut(word.text.as_ref()) {
                Some(postings) => postings.push(posting),
                None => drop(read.words.insert(word.text.into_owned(), vec![posting])),
            }
            bigrams += usize::from(word.unspaced);
            ranges.push(number(range.start)..number(range.end));
        }
        if kind == Kind::Boilerplate {
            continue;
        }
        // Two characters make a word of Chinese, more or less.
        let (length, depth) = (ranges.len() - bigrams / 2, count(passage_number) / all);
        let standing = standing(segmented.words_of(passage), length, depth, segmented.language());
        read.entries.push(Entry {
            document,
            passage: passage_number,
            paragraph: passage.paragraph,
            heading,
            answers: standing > 0.0 && matches!(kind, Kind::Text | Kind::Item),
            standing,
            words: ranges,
        });
        if kind == Kind::Heading {
            heading = Some(at);
        }
    }
    read
}

/// The words of a document's normal form, each with the bytes of the document that it stands for.
fn folded_words(segmented: &Segmented) -> Vec<(Range<usize>, Word<'_>)> {
    let folded = segmented.folded();
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in folded.text().split('\n') {
        found.extend(words(line, segmented.language()).into_iter().map(|word| {
            let range = line_start + word.range.start..line_start + word.range.end;
            (folded.source_range(range), word)
        }));
        line_start += line.len() + 1;
    }
    found
}

/// Places are kept in 32 bits, to halve the index; no document comes near.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, term: &str) -> Vec<(u32, u32, u32, bool)> {
        let document = Segmented::of(text.into(), &[], Some("en"), "en");
        let places = Index::of(&[&document]).places(term);
        places.into_iter().map(|place| (place.passage, place.at, place.length, place.exact)).collect()
    }

    #[test]
    fn a_term_stands_where_its_words_follow_one_another() {
        let text = "The mill burns. Mills burn by the old river mill.";
        assert_eq!(places(text, "mill"), [(0, 1, 1, true), (1, 0, 1, false), (1, 6, 1, true)]);
        assert_eq!(places(text, "river mills"), [(1, 5, 2, false)]);
        assert_eq!(places(text, "mill* b*"), [(0, 1, 2, true), (1, 0, 2, true)]);
        assert_eq!(places(text, "mill the"), []);
    }

    #[test]
    fn a_term_in_capitals_is_found_in_capitals_alone() {
        assert_eq!(places("They told us of the US mills.", "US"), [(0, 5, 1, true)]);
        assert_eq!(places("They told us of the US mills.", "us").len(), 2);
    }

    #[test]
    fn a_phrase_does_not_run_on_into_the_next_passage() {
        assert_eq!(places("He saw the old mill. River boats pass.", "mill river"), []);
    }
}
