//! Searches for equal sequences of words in two documents: sorts all shingles (sequences of twelve words) by hash, and
//! extends pairs of equal shingles to both sides while the words are equal.
//!
//! Shingles are as in Broder (1997), *On the resemblance and containment of documents*, but without sampling, so that
//! no match is left to chance. In each document, only the first occurrence of a shingle is compared. If many documents
//! contain a shingle, each of them is compared with the first only, because a thousand copies would make half a million
//! pairs.

use rayon::prelude::*;

use super::words::HashedWord;

/// Shorter equal sequences of words are no match. Also the length of a shingle.
pub(crate) const MIN_MATCH_WORDS: usize = 12;
/// If more documents contain the same shingle, each is compared with the first only, instead of all pairs. Also the
/// upper bound of the limit in `Search::is_significant`.
const MAX_PAIRED_DOCUMENTS: usize = 20;
/// Text that many documents share is a stock phrase, such as a disclaimer, only if it has fewer half words (see
/// `HashedWord::half_words`) than this. Longer text was copied, however many documents contain it.
/// `Search::is_significant` has the whole rule.
const MIN_COPIED_HALF_WORDS: usize = 2 * 40;
/// Text that at most this many documents contain is never a stock phrase.
const MAX_NON_STOCK_DOCUMENTS: usize = 5;

/// A sequence of words that two documents have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// Index of the first document; less than `second`.
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// Index of the sequence's first word in the first document.
    pub(crate) in_first: usize,
    /// Index of the sequence's first word in the second document.
    pub(crate) in_second: usize,
    /// Number of words in the sequence.
    pub(crate) length: usize,
}

/// The hash of a shingle, with its document and the index of its first word there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shingle {
    hash: u64,
    document: u32,
    at: u32,
}

/// In how many documents the shingle that begins at a word occurs, and whether it occurs earlier.
#[derive(Clone, Copy, Debug, Default)]
struct ShingleInfo {
    /// Number of documents that contain the shingle.
    documents: u32,
    /// Whether the shingle occurs nowhere earlier in this document.
    is_first_in_document: bool,
    /// Whether that is true, and no earlier document contains the shingle.
    is_first_document: bool,
}

/// Returns the matches between documents, sorted, without those that are too short or a stock phrase.
pub(crate) fn find_matches(documents: &[Vec<HashedWord>]) -> Vec<Match> {
    let shingles = shingles(documents);
    let shingle_infos = shingle_infos(documents, &shingles);
    let search = Search { documents, shingle_infos };
    let mut seeds = search.seeds(&shingles);
    drop(shingles);
    // Seeds are sorted by pair of documents, and then by the difference of their positions in the two documents, which
    // is the same for all seeds in one match. So if a seed is part of a match already found, that is the match found
    // last.
    seeds.sort_unstable_by_key(|seed| {
        (seed.first, seed.second, seed.in_second + documents[seed.first].len() - seed.in_first, seed.in_first)
    });
    let mut matches: Vec<Match> = Vec::new();
    for seed in seeds {
        let covered = matches.last().is_some_and(|last| {
            (last.first, last.second) == (seed.first, seed.second)
                && last.in_first + seed.in_second == seed.in_first + last.in_second
                && seed.in_first < last.in_first + last.length
        });
        if !covered {
            matches.extend(search.extend(seed));
        }
    }
    matches.retain(|found| search.is_significant(found));
    matches.sort_unstable();
    matches
}

/// Returns the shingles of all documents, sorted by hash, document and position.
fn shingles(documents: &[Vec<HashedWord>]) -> Vec<Shingle> {
    let of = |(document, words): (usize, &Vec<HashedWord>)| -> Vec<Shingle> {
        let index = u32::try_from(document).unwrap_or(u32::MAX);
        rolling_hashes(words).zip(0..).map(|(hash, at)| Shingle { hash, document: index, at }).collect()
    };
    let mut all: Vec<Shingle> = documents.par_iter().enumerate().flat_map_iter(of).collect();
    all.par_sort_unstable();
    all
}

/// Computes the rolling hash of every `MIN_MATCH_WORDS` consecutive words (Karp and Rabin 1987).
fn rolling_hashes(words: &[HashedWord]) -> impl Iterator<Item = u64> {
    const GOLDEN_RATIO_64: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut outgoing_factor = 1_u64;
    for _ in 0..MIN_MATCH_WORDS {
        outgoing_factor = outgoing_factor.wrapping_mul(GOLDEN_RATIO_64);
    }
    let mut hash = 0_u64;
    let rolled = words.iter().enumerate().map(move |(at, word)| {
        let outgoing = at.checked_sub(MIN_MATCH_WORDS).map_or(0, |outgoing| words[outgoing].hash);
        hash = hash
            .wrapping_mul(GOLDEN_RATIO_64)
            .wrapping_add(word.hash)
            .wrapping_sub(outgoing.wrapping_mul(outgoing_factor));
        hash
    });
    rolled.skip(MIN_MATCH_WORDS - 1)
}

/// Returns the first occurrence in each document, from the sorted occurrences of one shingle.
fn first_per_document(group: &[Shingle]) -> impl Iterator<Item = &Shingle> + Clone {
    group.chunk_by(|a, b| a.document == b.document).filter_map(<[Shingle]>::first)
}

/// Returns a list for each document, with the `ShingleInfo` of each of its words. The last words of a document, where
/// no shingle begins, have the default.
fn shingle_infos(documents: &[Vec<HashedWord>], shingles: &[Shingle]) -> Vec<Vec<ShingleInfo>> {
    let mut shingle_infos: Vec<Vec<ShingleInfo>> =
        documents.iter().map(|words| vec![ShingleInfo::default(); words.len()]).collect();
    for group in shingles.chunk_by(|a, b| a.hash == b.hash) {
        let count = u32::try_from(first_per_document(group).count()).unwrap_or(u32::MAX);
        for shingle in group {
            shingle_infos[shingle.document as usize][shingle.at as usize].documents = count;
        }
        for (index, shingle) in first_per_document(group).enumerate() {
            let info = &mut shingle_infos[shingle.document as usize][shingle.at as usize];
            (info.is_first_in_document, info.is_first_document) = (true, index == 0);
        }
    }
    shingle_infos
}

struct Search<'d> {
    documents: &'d [Vec<HashedWord>],
    shingle_infos: Vec<Vec<ShingleInfo>>,
}

impl Search<'_> {
    /// Returns the seeds: pairs of equal shingles in two documents, each at its first occurrence there. If more than
    /// `MAX_PAIRED_DOCUMENTS` contain a shingle, only pairs with the first of them are seeds. A pair that begins one
    /// word after another pair is left out, because extending the other pair finds it anyway.
    fn seeds(&self, shingles: &[Shingle]) -> Vec<Match> {
        let mut seeds = Vec::new();
        for group in shingles.chunk_by(|a, b| a.hash == b.hash) {
            let mut rest = first_per_document(group);
            let count = rest.clone().count();
            let all_pairs = count <= MAX_PAIRED_DOCUMENTS;
            while let Some(first) = rest.next() {
                let pairs = rest.clone().map(|second| Match {
                    first: first.document as usize,
                    second: second.document as usize,
                    in_first: first.at as usize,
                    in_second: second.at as usize,
                    length: MIN_MATCH_WORDS,
                });
                seeds.extend(pairs.filter(|seed| !self.continues_seed(seed) && self.words_match(seed)));
                if !all_pairs {
                    break;
                }
            }
        }
        seeds
    }

    /// Whether the shingles that begin one word earlier are a seed of the same two documents, too.
    fn continues_seed(&self, seed: &Match) -> bool {
        let (Some(in_first), Some(in_second)) = (seed.in_first.checked_sub(1), seed.in_second.checked_sub(1))
        else {
            return false;
        };
        let (first, second) = (&self.documents[seed.first], &self.documents[seed.second]);
        let (before, other) =
            (self.shingle_infos[seed.first][in_first], self.shingle_infos[seed.second][in_second]);
        first[in_first].hash == second[in_second].hash
            && before.is_first_in_document
            && other.is_first_in_document
            && (before.documents as usize <= MAX_PAIRED_DOCUMENTS || before.is_first_document)
    }

    /// Whether the two shingles of a seed have equal words. Different shingles can have the same hash.
    fn words_match(&self, seed: &Match) -> bool {
        let first = &self.documents[seed.first][seed.in_first..seed.in_first + MIN_MATCH_WORDS];
        let second = &self.documents[seed.second][seed.in_second..seed.in_second + MIN_MATCH_WORDS];
        first.iter().zip(second).all(|(a, b)| a.hash == b.hash)
    }

    /// Extends a seed to both sides while the words are equal.
    fn extend(&self, seed: Match) -> Option<Match> {
        let (first, second) = (&self.documents[seed.first], &self.documents[seed.second]);
        let same = |(a, b): &(&HashedWord, &HashedWord)| a.hash == b.hash;
        let before = first[..seed.in_first].iter().rev().zip(second[..seed.in_second].iter().rev());
        let back = before.take_while(same).count();
        let from = first[seed.in_first..].iter().zip(&second[seed.in_second..]);
        let length = back + from.take_while(same).count();
        (length >= MIN_MATCH_WORDS).then(|| Match {
            in_first: seed.in_first - back,
            in_second: seed.in_second - back,
            length,
            ..seed
        })
    }

    /// Whether a match has at least the length of `MIN_MATCH_WORDS` full words, and is not a stock phrase. A match
    /// shorter than `MIN_COPIED_HALF_WORDS` is a stock phrase if most of its shingles each occur in more documents than
    /// a limit: half of all documents, but at least `MAX_NON_STOCK_DOCUMENTS` and at most `MAX_PAIRED_DOCUMENTS`.
    fn is_significant(&self, found: &Match) -> bool {
        let words = &self.documents[found.first][found.in_first..found.in_first + found.length];
        let half_words: usize = words.iter().map(|word| usize::from(word.half_words)).sum();
        if half_words < 2 * MIN_MATCH_WORDS {
            return false;
        }
        let limit = (self.documents.len() / 2).clamp(MAX_NON_STOCK_DOCUMENTS, MAX_PAIRED_DOCUMENTS);
        let shingles = &self.shingle_infos[found.first]
            [found.in_first..=found.in_first + found.length - MIN_MATCH_WORDS];
        let common = shingles.iter().filter(|info| info.documents as usize > limit).count();
        half_words >= MIN_COPIED_HALF_WORDS || common * 2 <= shingles.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(texts: &[&str]) -> Vec<Vec<HashedWord>> {
        let word = |word: &str| HashedWord {
            hash: word.bytes().fold(7, |hash, byte| hash * 31 + u64::from(byte)),
            range: 0..0,
            quoted: false,
            half_words: 2,
        };
        texts.iter().map(|text| text.split(' ').map(word).collect()).collect()
    }

    #[test]
    fn a_match_is_found_once_in_full_length() {
        let long = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
        let found = find_matches(&documents(&[&format!("1 {long} 2"), &format!("3 4 {long} 5"), "a b c d"]));
        assert_eq!(found, [Match { first: 0, second: 1, in_first: 1, in_second: 2, length: 26 }]);
        let twelve = find_matches(&documents(&["a b c d e f g h i j k l", "a b c d e f g h i j k l"]));
        assert_eq!(
            (
                twelve.len(),
                find_matches(&documents(&["a b c d e f g h i j k", "a b c d e f g h i j k"])).len()
            ),
            (1, 0)
        );
    }

    #[test]
    fn a_repeated_word_is_one_match() {
        let text = vec!["mill"; 100_000].join(" ");
        let found = find_matches(&documents(&[&text, &text]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].length, 100_000);
    }
}
