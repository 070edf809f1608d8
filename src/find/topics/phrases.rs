//! Phrases that stand in several documents, and how much each is a term of its own.
//!
//! Phrases of *n* words are pairs of phrases of *n* - 1 words that overlap, so that none is looked at whose parts are
//! rare. A phrase's worth is the C-value of Frantzi, Ananiadou and Mima (2000), *Automatic recognition of multi-word
//! terms*: how often it is used, less how often as a part of longer ones.

use rayon::prelude::*;

use super::lists::Class;
use super::tokens::{Shape, Token};

/// A phrase has at most this many words.
const MOST: usize = 5;
/// Likewise, in characters, where a script writes no spaces.
const MOST_HAN: usize = 6;
/// So many uses in one document count; what one document repeats does not outweigh what many say.
const PER_DOCUMENT: usize = 3;

/// A phrase that several documents use.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Its stems.
    pub(super) stems: Vec<u32>,
    /// The indices of the tokens it begins at.
    pub(super) places: Vec<u32>,
    /// How many documents use it.
    pub(super) documents: usize,
    /// How often it is used: each document up to `PER_DOCUMENT`.
    uses: usize,
    /// Characters of a script without spaces.
    pub(super) han: bool,
    nested: Nested,
}

impl Phrase {
    /// Of these stems, and without places.
    #[cfg(test)]
    pub(super) fn of(stems: Vec<u32>) -> Self {
        Self { stems, places: Vec::new(), documents: 0, uses: 0, han: false, nested: Nested::default() }
    }

    /// How many words it has; of Chinese, two characters are one.
    fn words(&self) -> f64 {
        if self.han { whole(self.stems.len()) / 2.0 } else { whole(self.stems.len()) }
    }

    /// Its C-value, with one added to the length, so that single words have one too.
    pub(super) fn worth(&self) -> f64 {
        (self.words() + 1.0).log2() * self.free()
    }

    /// How often it is used by itself.
    fn free(&self) -> f64 {
        let Nested { times, phrases, .. } = self.nested;
        if phrases == 0 {
            return whole(self.uses);
        }
        (whole(self.uses) - times / whole(phrases)).max(0.0)
    }

    /// True for what is hardly ever used but as a part of one longer phrase.
    fn is_fragment(&self) -> bool {
        self.nested.most * 4 >= self.places.len() * 3
    }
}

/// A phrase as part of longer ones.
#[derive(Clone, Copy, Debug, Default)]
struct Nested {
    /// How often it is part of one.
    times: f64,
    /// Of how many.
    phrases: usize,
    /// How often the most frequent of those is used.
    most: usize,
}

/// A count, to be reckoned with.
pub(super) fn whole(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The phrases of one length: which begins at each token (0: none), and where each stands.
struct Level {
    at: Vec<u32>,
    groups: Vec<Vec<u32>>,
}

/// All phrases that stand in `least` documents and that `accepts` takes, with their C-values.
pub(super) fn phrases(tokens: &[Token], least: usize, accepts: impl Fn(&Phrase) -> bool) -> Vec<Phrase> {
    let mut levels: Vec<Level> = Vec::new();
    for length in 1..=MOST_HAN {
        let level = level(tokens, levels.last(), length, least);
        if level.groups.is_empty() {
            break;
        }
        levels.push(level);
    }
    let mut parts: Vec<Vec<Nested>> =
        levels.iter().map(|level| vec![Nested::default(); level.groups.len()]).collect();
    let mut found = Vec::new();
    // From the longest, so that what a phrase is part of is settled before it is come to.
    for (index, level) in levels.iter().enumerate().rev() {
        for (group, places) in level.groups.iter().enumerate() {
            let mut phrase = phrase(tokens, places, index + 1);
            if !accepts(&phrase) {
                continue;
            }
            phrase.nested = parts[index][group];
            count_parts(&phrase, &levels, &mut parts);
            if !phrase.is_fragment() {
                found.push(phrase);
            }
        }
    }
    found
}

/// Adds a phrase to what is known of those that are parts of it.
fn count_parts(phrase: &Phrase, levels: &[Level], parts: &mut [Vec<Nested>]) {
    let (length, start) = (phrase.stems.len(), phrase.places.first().map_or(0, |place| *place as usize));
    for (shorter, (level, parts)) in (1..length).zip(levels.iter().zip(parts)) {
        for group in &level.at[start..=start + length - shorter] {
            let part = group.checked_sub(1).and_then(|group| parts.get_mut(group as usize));
            if let Some(part) = part {
                part.times += phrase.free();
                part.phrases += 1;
                part.most = part.most.max(phrase.places.len());
            }
        }
    }
}

/// The phrases of a length, from those that are a word shorter.
fn level(tokens: &[Token], shorter: Option<&Level>, length: usize, least: usize) -> Level {
    let key = |start: usize| -> Option<(u64, u32)> {
        let (head, tail) = (tokens.get(start)?, tokens.get(start + length - 1)?);
        let place = u32::try_from(start).ok()?;
        let Some(shorter) = shorter else {
            let is_word = matches!(head.class, Class::Content | Class::Pale | Class::Modifier | Class::Link);
            return is_word.then_some((u64::from(head.stem), place));
        };
        let (front, back) = (shorter.at[start], shorter.at[start + 1]);
        let fits = front > 0
            && back > 0
            && tail.is_joined()
            && tail.passage == head.passage
            && (length <= MOST || (head.shape == Shape::Han && tail.shape == Shape::Han));
        fits.then_some(((u64::from(front) << 32) | u64::from(back), place))
    };
    let mut keys: Vec<(u64, u32)> = (0..tokens.len()).into_par_iter().filter_map(key).collect();
    keys.par_sort_unstable();
    let mut level = Level { at: vec![0; tokens.len()], groups: Vec::new() };
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        let documents = group.chunk_by(|a, b| document(tokens, a.1) == document(tokens, b.1)).count();
        if documents < least {
            continue;
        }
        level.groups.push(group.iter().map(|(_, place)| *place).collect());
        let number = u32::try_from(level.groups.len()).unwrap_or(u32::MAX);
        for (_, place) in group {
            level.at[*place as usize] = number;
        }
    }
    level
}

fn document(tokens: &[Token], place: u32) -> u32 {
    tokens[place as usize].document
}

fn phrase(tokens: &[Token], places: &[u32], length: usize) -> Phrase {
    let first = places.first().map_or(0, |place| *place as usize);
    let by_document = places.chunk_by(|a, b| document(tokens, *a) == document(tokens, *b));
    let counts: Vec<usize> = by_document.map(<[u32]>::len).collect();
    Phrase {
        stems: tokens[first..first + length].iter().map(|token| token.stem).collect(),
        places: places.to_vec(),
        documents: counts.len(),
        uses: counts.iter().map(|count| (*count).min(PER_DOCUMENT)).sum(),
        han: tokens[first..first + length].iter().all(|token| token.shape == Shape::Han),
        nested: Nested::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::topics::tokens::texts;
    use sourcewise_quotes::Segmented;

    #[test]
    fn what_is_always_part_of_a_longer_phrase_is_a_fragment_of_it() {
        let text = "The old river mill burnt. A river mill is wet. The river is deep.";
        let other = "An old river mill. The river mill wheel. By the river.";
        let documents = [text, other].map(|text| Segmented::of(text.into(), &[], Some("en"), "en"));
        let texts = texts(&[&documents[0], &documents[1]]);
        let found = phrases(&texts.tokens, 2, |phrase| phrase.stems.len() < 3);
        let uses: Vec<_> =
            found.iter().map(|phrase| (phrase.stems.len(), phrase.places.len(), phrase.documents)).collect();
        assert_eq!(uses, [(2, 4, 2), (1, 6, 2)], "river mill, and river, but not mill");
        assert!(found[0].worth() > found[1].worth());
    }
}
