//! The search for runs: shingles of twelve words, sorted by their hash, are met again and followed to both sides.
//!
//! Shingles are Broder's (1997), *On the resemblance and containment of documents*; all of them are kept, so that no
//! run is missed. Of a shingle that stands in many documents each is held against the first alone; else a thousand
//! copies would make half a million pairs.

use rayon::prelude::*;

use super::words::Word;

/// A run is at least this many words long.
pub(crate) const LEAST: usize = 12;
/// Documents with the same shingle are held against one another pair by pair up to this many.
const MANY: usize = 20;
/// What stands in more than half of the documents, or in more than `MANY`, is a stock phrase, unless it is this long.
/// Few stock phrases are; and a text that long was copied, by however many.
const STOCK_HALVES: usize = 2 * 40;
/// In fewer documents than this, nothing is a stock phrase.
const STOCK_DOCUMENTS: usize = 5;

/// Words that run alike, by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Alike {
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) in_first: usize,
    pub(crate) in_second: usize,
    pub(crate) length: usize,
}

/// A shingle, and the place of its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shingle {
    hash: u64,
    document: u32,
    at: u32,
}

/// What is known of the shingle that begins at a word.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// How many documents have it.
    documents: u32,
    /// It stands here for the first time in this document.
    fresh: bool,
    /// No document before this has it.
    leads: bool,
}

/// All runs, in order.
pub(crate) fn runs(documents: &[Vec<Word>]) -> Vec<Alike> {
    let shingles = shingles(documents);
    let places = places(documents, &shingles);
    let search = Search { documents, places };
    let mut seeds = search.seeds(&shingles);
    drop(shingles);
    // By pair and distance: then a seed lies in the run before it, or in none.
    seeds.sort_unstable_by_key(|seed| {
        (seed.first, seed.second, seed.in_second + documents[seed.first].len() - seed.in_first, seed.in_first)
    });
    let mut runs: Vec<Alike> = Vec::new();
    for seed in seeds {
        let covered = runs.last().is_some_and(|last| {
            (last.first, last.second) == (seed.first, seed.second)
                && last.in_first + seed.in_second == seed.in_first + last.in_second
                && seed.in_first < last.in_first + last.length
        });
        if !covered {
            runs.extend(search.extended(seed));
        }
    }
    runs.retain(|run| search.counts(run));
    runs.sort_unstable();
    runs
}

/// The shingles of all documents, by hash, document and place.
fn shingles(documents: &[Vec<Word>]) -> Vec<Shingle> {
    let of = |(document, words): (usize, &Vec<Word>)| -> Vec<Shingle> {
        let index = u32::try_from(document).unwrap_or(u32::MAX);
        rolling(words).zip(0..).map(|(hash, at)| Shingle { hash, document: index, at }).collect()
    };
    let mut all: Vec<Shingle> = documents.par_iter().enumerate().flat_map_iter(of).collect();
    all.par_sort_unstable();
    all
}

/// The hash of every stretch of `LEAST` words, from that of the one before (Karp and Rabin 1987).
fn rolling(words: &[Word]) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut leaving = 1_u64;
    for _ in 0..LEAST {
        leaving = leaving.wrapping_mul(BASE);
    }
    let mut hash = 0_u64;
    let rolled = words.iter().enumerate().map(move |(at, word)| {
        let left = at.checked_sub(LEAST).map_or(0, |left| words[left].hash);
        hash = hash.wrapping_mul(BASE).wrapping_add(word.hash).wrapping_sub(left.wrapping_mul(leaving));
        hash
    });
    rolled.skip(LEAST - 1)
}

/// Of the places of one shingle, the first in each document.
fn fresh(group: &[Shingle]) -> impl Iterator<Item = &Shingle> + Clone {
    group.chunk_by(|a, b| a.document == b.document).filter_map(<[Shingle]>::first)
}

fn places(documents: &[Vec<Word>], shingles: &[Shingle]) -> Vec<Vec<Place>> {
    let mut places: Vec<Vec<Place>> =
        documents.iter().map(|words| vec![Place::default(); words.len()]).collect();
    for group in shingles.chunk_by(|a, b| a.hash == b.hash) {
        let count = u32::try_from(fresh(group).count()).unwrap_or(u32::MAX);
        for shingle in group {
            places[shingle.document as usize][shingle.at as usize].documents = count;
        }
        for (index, shingle) in fresh(group).enumerate() {
            let place = &mut places[shingle.document as usize][shingle.at as usize];
            (place.fresh, place.leads) = (true, index == 0);
        }
    }
    places
}

struct Search<'d> {
    documents: &'d [Vec<Word>],
    places: Vec<Vec<Place>>,
}

impl Search<'_> {
    /// Where shingles of two documents are the same, save where the shingle before tells it already.
    fn seeds(&self, shingles: &[Shingle]) -> Vec<Alike> {
        let mut seeds = Vec::new();
        for group in shingles.chunk_by(|a, b| a.hash == b.hash) {
            let mut rest = fresh(group);
            let count = rest.clone().count();
            let all_pairs = count <= MANY;
            while let Some(first) = rest.next() {
                let pairs = rest.clone().map(|second| Alike {
                    first: first.document as usize,
                    second: second.document as usize,
                    in_first: first.at as usize,
                    in_second: second.at as usize,
                    length: LEAST,
                });
                seeds.extend(pairs.filter(|seed| !self.goes_on(seed) && self.is_true(seed)));
                if !all_pairs {
                    break;
                }
            }
        }
        seeds
    }

    /// True if the place before is a seed too, of the same two documents.
    fn goes_on(&self, seed: &Alike) -> bool {
        let (Some(in_first), Some(in_second)) = (seed.in_first.checked_sub(1), seed.in_second.checked_sub(1))
        else {
            return false;
        };
        let (first, second) = (&self.documents[seed.first], &self.documents[seed.second]);
        let (before, other) = (self.places[seed.first][in_first], self.places[seed.second][in_second]);
        first[in_first].hash == second[in_second].hash
            && before.fresh
            && other.fresh
            && (before.documents as usize <= MANY || before.leads)
    }

    /// False if the hashes are the same, but not the words.
    fn is_true(&self, seed: &Alike) -> bool {
        let first = &self.documents[seed.first][seed.in_first..seed.in_first + LEAST];
        let second = &self.documents[seed.second][seed.in_second..seed.in_second + LEAST];
        first.iter().zip(second).all(|(a, b)| a.hash == b.hash)
    }

    /// A seed, as far as the words are the same on both sides of it.
    fn extended(&self, seed: Alike) -> Option<Alike> {
        let (first, second) = (&self.documents[seed.first], &self.documents[seed.second]);
        let same = |(a, b): &(&Word, &Word)| a.hash == b.hash;
        let before = first[..seed.in_first].iter().rev().zip(second[..seed.in_second].iter().rev());
        let back = before.take_while(same).count();
        let from = first[seed.in_first..].iter().zip(&second[seed.in_second..]);
        let length = back + from.take_while(same).count();
        (length >= LEAST).then(|| Alike {
            in_first: seed.in_first - back,
            in_second: seed.in_second - back,
            length,
            ..seed
        })
    }

    /// False for what is too short, and for stock phrases: what is short and stands mostly in many documents.
    fn counts(&self, run: &Alike) -> bool {
        let words = &self.documents[run.first][run.in_first..run.in_first + run.length];
        let halves: usize = words.iter().map(|word| usize::from(word.halves)).sum();
        if halves < 2 * LEAST {
            return false;
        }
        let limit = (self.documents.len() / 2).clamp(STOCK_DOCUMENTS, MANY);
        let shingles = &self.places[run.first][run.in_first..=run.in_first + run.length - LEAST];
        let common = shingles.iter().filter(|place| place.documents as usize > limit).count();
        halves >= STOCK_HALVES || common * 2 <= shingles.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(texts: &[&str]) -> Vec<Vec<Word>> {
        let word = |word: &str| Word {
            hash: word.bytes().fold(7, |hash, byte| hash * 31 + u64::from(byte)),
            range: 0..0,
            quoted: false,
            halves: 2,
        };
        texts.iter().map(|text| text.split(' ').map(word).collect()).collect()
    }

    #[test]
    fn a_run_is_found_once_and_as_long_as_it_is() {
        let long = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
        let found = runs(&documents(&[&format!("1 {long} 2"), &format!("3 4 {long} 5"), "a b c d"]));
        assert_eq!(found, [Alike { first: 0, second: 1, in_first: 1, in_second: 2, length: 26 }]);
        let twelve = runs(&documents(&["a b c d e f g h i j k l", "a b c d e f g h i j k l"]));
        assert_eq!(
            (twelve.len(), runs(&documents(&["a b c d e f g h i j k", "a b c d e f g h i j k"])).len()),
            (1, 0)
        );
    }

    #[test]
    fn one_word_over_and_over_is_one_run() {
        let text = vec!["mill"; 100_000].join(" ");
        let found = runs(&documents(&[&text, &text]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].length, 100_000);
    }
}
