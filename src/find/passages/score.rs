//! How well each passage answers a question.
//!
//! The sum of the weights of what it holds, times factors: how much of the title's subject it has, how much of all
//! that the question looks for its document has, and how well it stands by itself. Raising terms that stand close
//! together or often, and lending a passage its neighbours' terms, was tried and made nothing better.

use super::index::{Index, Place};
use super::query::Query;

/// What another word of a term's stem is worth against the term itself.
const STEM: f64 = 0.5;
/// What share of a score depends on the subject: the words of the title.
const SUBJECT: f64 = 0.5;
/// What a word of the title counts that stands not in the passage but next to it, or in the heading above.
const NEARBY: f64 = 0.4;
/// What share of a score depends on its document.
const DOCUMENT: f64 = 0.35;
/// What is left of the score of a passage that holds one thing alone of all that is looked for.
const LONE: f64 = 0.8;

/// A passage with its score.
#[derive(Debug)]
pub(super) struct Scored {
    /// Its number in the index.
    pub(super) passage: u32,
    /// How well it answers, 0 or more.
    pub(super) score: f64,
}

/// The first word of a match in its passage, and the one after its last.
pub(super) type Match = (u32, u32);

/// All that is known of one question while its passages are scored.
#[derive(Debug)]
pub(super) struct Scorer<'i> {
    query: Query,
    index: &'i Index,
    /// The passages that hold something required, in order.
    candidates: Vec<u32>,
    /// What each candidate holds, by number in the query, one candidate after the other …
    held: Vec<(usize, Place)>,
    /// … and where in `held` each begins; one more at the end.
    starts: Vec<usize>,
    /// How much of the title's subject is in each passage of the index: a bit for every word of the title.
    subjects: Vec<u32>,
    /// What of all that is required each document has, against the document that has most.
    reach: Vec<f64>,
}

impl<'i> Scorer<'i> {
    /// Gathers what the passages of an index hold of a question.
    pub(super) fn new(query: Query, index: &'i Index) -> Self {
        let candidates = query.candidates(index);
        let (held, starts) = gather(&query, &candidates, index.len());
        let mut subjects = vec![0; index.len()];
        for (bit, (_, passages)) in query.title.iter().enumerate() {
            for passage in passages {
                subjects[at(*passage)] |= 1 << bit;
            }
        }
        let reach = reach(&query, index);
        Self { query, index, candidates, held, starts, subjects, reach }
    }

    /// Every passage that may answer, in order.
    pub(super) fn scores(&self) -> Vec<Scored> {
        let mut matches = Vec::new();
        let of = |(number, passage): (usize, &u32)| {
            let entry = self.index.entry(*passage)?;
            let sum = self.sum(number, &mut matches);
            let subject = 1.0 - SUBJECT + SUBJECT * self.subject(*passage);
            let document = 1.0 - DOCUMENT + DOCUMENT * self.reach.get(entry.document)?;
            let score = sum * entry.standing * subject * document;
            Some(Scored { passage: *passage, score }).filter(|scored| scored.score > 0.0)
        };
        self.candidates.iter().enumerate().filter_map(of).collect()
    }

    /// What of a passage matched, in order.
    pub(super) fn matches(&self, passage: u32) -> Vec<Match> {
        let mut matches = Vec::new();
        if let Ok(number) = self.candidates.binary_search(&passage) {
            self.sum(number, &mut matches);
        }
        matches.sort_unstable();
        matches
    }

    /// The weights of what a candidate holds. A word counts once, for the heaviest thing that it is part of.
    fn sum(&self, number: usize, matches: &mut Vec<Match>) -> f64 {
        matches.clear();
        let (mut sum, mut things) = (0.0, 0);
        let held = &self.held[self.starts[number]..self.starts[number + 1]];
        for group in held.chunk_by(|a, b| a.0 == b.0) {
            let wanted = &self.query.wanted[group[0].0];
            let mut worth: f64 = 0.0;
            for (_, place) in group {
                let (from, to) = (place.at, place.at + place.length);
                if matches.iter().any(|(start, end)| from < *end && *start < to) {
                    continue;
                }
                matches.push((from, to));
                worth = worth.max(if place.exact || !wanted.declared { 1.0 } else { STEM });
            }
            things += usize::from(worth > 0.0);
            sum += wanted.weight * worth;
        }
        if things == 1 { sum * LONE } else { sum }
    }

    /// How much of the title's subject a passage has, by the rarity of the words, from 0 to 1.
    fn subject(&self, passage: u32) -> f64 {
        let around = self.index.around(passage).into_iter().flatten();
        let near = around.fold(0, |near, other| near | self.subjects[at(other)]);
        let here = self.subjects[at(passage)];
        let (mut has, mut all) = (0.0, 0.0);
        for (bit, (rarity, _)) in self.query.title.iter().enumerate() {
            all += rarity;
            has += match () {
                () if here >> bit & 1 == 1 => *rarity,
                () if near >> bit & 1 == 1 => rarity * NEARBY,
                () => 0.0,
            };
        }
        if all > 0.0 { has / all } else { 1.0 }
    }
}

/// What each candidate holds, and where each one's begins: sorted by counting, since places come in order.
fn gather(query: &Query, candidates: &[u32], passages: usize) -> (Vec<(usize, Place)>, Vec<usize>) {
    let mut numbers = vec![usize::MAX; passages];
    for (number, passage) in candidates.iter().enumerate() {
        numbers[at(*passage)] = number;
    }
    let held = || {
        let wanted = query.wanted.iter().enumerate();
        let places =
            wanted.flat_map(|(thing, wanted)| wanted.places.iter().map(move |place| (thing, *place)));
        places
            .map(|(thing, place)| (numbers[at(place.passage)], thing, place))
            .filter(|(n, ..)| *n != usize::MAX)
    };
    let mut ends = vec![0; candidates.len() + 1];
    for (number, ..) in held() {
        ends[number + 1] += 1;
    }
    for number in 1..ends.len() {
        ends[number] += ends[number - 1];
    }
    let starts = ends.clone();
    let blank = Place { passage: 0, at: 0, length: 0, exact: false };
    let mut sorted = vec![(0, blank); starts.last().copied().unwrap_or_default()];
    for (number, thing, place) in held() {
        sorted[ends[number]] = (thing, place);
        ends[number] += 1;
    }
    (sorted, starts)
}

/// What of all that is required each document has, by weight, against the document that has most: a report that is
/// about the matter uses more of its words than one that mentions it.
fn reach(query: &Query, index: &Index) -> Vec<f64> {
    let mut sums = vec![0.0; index.documents];
    for wanted in query.wanted.iter().filter(|wanted| wanted.required) {
        let entries = wanted.places.iter().filter_map(|place| index.entry(place.passage));
        let mut documents: Vec<usize> =
            entries.filter(|entry| entry.answers).map(|entry| entry.document).collect();
        documents.dedup();
        for document in documents {
            sums[document] += wanted.weight;
        }
    }
    let most = sums.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    sums.iter().map(|sum| sum / most).collect()
}

/// A passage's number as an index; it came from the index's own lists, so it is one.
fn at(passage: u32) -> usize {
    passage as usize
}
