//! Scores passages by BM25 (Robertson and Zaragoza, 2009) over the words of a question's title and terms.
//!
//! Each word of a passage counts only for the rarest query word that it matches, so that an additional term never
//! lowers a score. Further factors were measured and brought no improvement: passage priors, coverage of the question
//! by the document, word vectors.

use std::collections::BTreeSet;
use std::ops::Range;

use super::index::{Index, IndexEntry, Occurrence};
use super::query::{QueryTerm, ResolvedQuery};
use crate::as_f64;

/// The parameter k1 of BM25: the lower, the less further occurrences of a word in a passage add to the score.
const BM25_K1: f64 = 1.2;
/// The parameter b of BM25: how much long passages are penalized, from 0 to 1.
const BM25_B: f64 = 0.75;
/// A passage that contains a complete phrase gets this share of the phrase's rarity as a bonus.
const PHRASE_BONUS: f64 = 0.25;
/// If a question asks for a number or date, the score of a passage that contains one is multiplied by this.
const ANSWER_KIND_FACTOR: f64 = 1.5;

/// A passage with its score.
#[derive(Debug)]
pub(crate) struct Scored {
    /// Number of the passage in the index.
    pub(crate) passage: u32,
    /// BM25 with the bonuses; at least 0. A rare word adds about ln(1 + N) in a collection of N passages.
    pub(crate) score: f64,
    /// The matched words, in order, as ranges of word indices in the passage.
    pub(crate) words: Vec<Range<u32>>,
}

/// A word of a passage that matches a query word.
struct WordMatch {
    passage: u32,
    at: u32,
    /// Index of the query word in `ResolvedQuery::words`, where the rarest word is first.
    wanted: usize,
}

/// Scores all candidate passages, in document order.
pub(crate) fn scores(query: &ResolvedQuery, index: &Index) -> Vec<Scored> {
    let matches = word_matches(query, index);
    let mut phrases: Vec<(Occurrence, usize)> = Vec::new();
    for (phrase, wanted) in query.phrases.iter().enumerate() {
        phrases.extend(wanted.occurrences.iter().map(|occurrence| (*occurrence, phrase)));
    }
    phrases.sort_unstable();
    let scored = matches.chunk_by(|a, b| a.passage == b.passage).filter_map(|words| {
        let passage = words.first()?.passage;
        let entry = index.entry(passage)?;
        let from = phrases.partition_point(|(occurrence, _)| occurrence.passage < passage);
        let to = phrases.partition_point(|(occurrence, _)| occurrence.passage <= passage);
        let phrases = &phrases[from..to];
        let mut score =
            bm25(words, &query.words, entry, index.mean_words()) + phrase_bonus(phrases, &query.phrases);
        if query.answer_kind.is_some_and(|kind| entry.has(kind)) {
            score *= ANSWER_KIND_FACTOR;
        }
        Some(Scored { passage, score, words: ranges(words, phrases) })
    });
    scored.collect()
}

/// Returns the words of all candidate passages that match a query word, each with the rarest query word it matches.
fn word_matches(query: &ResolvedQuery, index: &Index) -> Vec<WordMatch> {
    let mut is_candidate = vec![false; index.len()];
    for passage in &query.candidates {
        is_candidate[*passage as usize] = true;
    }
    let mut matches: Vec<WordMatch> = Vec::new();
    for (wanted, word) in query.words.iter().enumerate() {
        let occurrences =
            word.occurrences.iter().filter(|occurrence| is_candidate[occurrence.passage as usize]);
        matches.extend(occurrences.map(|occurrence| WordMatch {
            passage: occurrence.passage,
            at: occurrence.at,
            wanted,
        }));
    }
    matches.sort_unstable_by_key(|found| (found.passage, found.at, found.wanted));
    matches.dedup_by_key(|found| (found.passage, found.at));
    matches
}

/// Computes the BM25 score of one passage from its matched words.
fn bm25(words: &[WordMatch], wanted: &[QueryTerm], entry: &IndexEntry, mean_words: f64) -> f64 {
    let mut used: Vec<usize> = words.iter().map(|word| word.wanted).collect();
    used.sort_unstable();
    let norm = BM25_K1 * (1.0 - BM25_B + BM25_B * as_f64(entry.words.len()) / mean_words);
    let contributions = used.chunk_by(|a, b| a == b).map(|uses| {
        let times = as_f64(uses.len());
        wanted[uses[0]].rarity * times * (BM25_K1 + 1.0) / (times + norm)
    });
    contributions.sum()
}

/// Computes the bonus for the phrases in a passage. A phrase that occurs more than once counts once.
fn phrase_bonus(phrases: &[(Occurrence, usize)], wanted: &[QueryTerm]) -> f64 {
    let numbers: BTreeSet<usize> = phrases.iter().map(|(_, number)| *number).collect();
    PHRASE_BONUS * numbers.into_iter().map(|number| wanted[number].rarity).sum::<f64>()
}

/// Returns the ranges of matched words. The words of a phrase form one range, other words a range each. Overlapping
/// ranges are merged.
fn ranges(words: &[WordMatch], phrases: &[(Occurrence, usize)]) -> Vec<Range<u32>> {
    let phrases = phrases.iter().map(|(occurrence, _)| occurrence.at..occurrence.at + occurrence.length);
    let mut all: Vec<Range<u32>> = phrases.chain(words.iter().map(|word| word.at..word.at + 1)).collect();
    all.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<u32>> = Vec::new();
    for range in all {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
