//! Finds recurring phrases, ranks them as terms, and selects those that may be topics.
//!
//! The rank is the C-value (Frantzi, Ananiadou and Mima 2000) over stems: the frequency of a phrase, less its frequency
//! as a part of longer phrases. In scripts without spaces, every character is treated as a word, and a sequence of
//! characters is a phrase if it has different neighbours on both sides (accessor variety: Feng, Chen, Deng and Zheng
//! 2004).

use std::collections::{BTreeMap, BTreeSet};

use super::text::{PhraseToken, TokenRun, WordClass};
use crate::as_f64;
use crate::lexicons::Lexicon;

/// Longer sequences of words are not phrases.
const MAX_PHRASE_WORDS: usize = 5;
/// In a script without spaces, longer sequences of characters are not phrases.
const MAX_PHRASE_CHARS: usize = 8;
/// A phrase with fewer uses becomes a topic only if there are fewer than `MIN_TOPICS` others.
const MIN_USES: usize = 3;
/// Further uses of a phrase in one document are not counted.
const MAX_USES_OF_DOCUMENT: usize = 5;
/// A phrase is incomplete if, in a larger share of its uses, the next word is one that follows it repeatedly: *Board of
/// River*, which *Trade* follows.
const MAX_CONTINUED_PERCENT: usize = 40;
/// A phrase begins with a verb, as in *rebuild mills*, if more than one use in this many follows a word such as *to*,
/// *they* or *must*.
const MIN_USES_PER_VERB_USE: usize = 3;
/// A word is a name if at least this share of its uses is capitalized, not counting uses where a capital says nothing,
/// as at the start of a sentence.
const MIN_CAPITAL_PERCENT: usize = 80;
/// A phrase is a fragment if a longer phrase that contains it is used at least this percentage as often.
const MIN_FRAGMENT_PERCENT: usize = 75;

/// The stem ids of a phrase, padded with 0 to a fixed length. Phrases with the same key are the same phrase.
type StemKey = [u32; MAX_PHRASE_CHARS];

/// A phrase that may be a topic.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) stems: Vec<u32>,
    /// The most frequent spelling of the phrase. Uses where a capital says nothing, as at the start of a sentence,
    /// count half.
    pub(crate) form: String,
    /// Numbers of the passages that contain the phrase.
    pub(crate) passages: BTreeSet<usize>,
    /// Indices of the documents that contain the phrase.
    pub(crate) documents: BTreeSet<usize>,
    /// Number of uses, at most `MAX_USES_OF_DOCUMENT` per document.
    uses: usize,
    /// The C-value (see the top of this file).
    pub(crate) c_value: f64,
}

impl Phrase {
    /// Whether the phrase is used often enough (`MIN_USES`) to be a topic even if there are enough other topics.
    pub(crate) fn is_frequent(&self) -> bool {
        self.uses >= MIN_USES
    }
}

/// The start of a phrase: index of a run, and of a token in the run.
type TokenPosition = (usize, usize);

/// Returns the phrases that at least `min_documents` documents use and that may be topics: frequent phrases first, and
/// within each group the highest C-value first. Phrases without a positive C-value are left out.
pub(crate) fn phrases(runs: &[TokenRun], min_documents: usize, lexicon: &Lexicon) -> Vec<Phrase> {
    let mut uses: Vec<(StemKey, TokenPosition)> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        for at in 0..run.tokens.len() {
            uses.extend(
                phrase_lengths(run, at).map(|length| (stem_key(&run.tokens[at..at + length]), (number, at))),
            );
        }
    }
    uses.sort_unstable();
    let mut found: Vec<Phrase> = Vec::new();
    for group in uses.chunk_by(|a, b| a.0 == b.0) {
        let positions: Vec<TokenPosition> = group.iter().map(|(_, position)| *position).collect();
        let length = group[0].0.iter().take_while(|stem| **stem > 0).count();
        let documents: BTreeSet<usize> = positions.iter().map(|(run, _)| runs[*run].document).collect();
        let candidate = PhraseCandidate { runs, positions: &positions, length };
        if documents.len() >= min_documents && candidate.is_topic(lexicon) {
            found.push(candidate.phrase(documents));
        }
    }
    set_c_values(&mut found);
    found.retain(|phrase| phrase.c_value > 0.0);
    found.sort_by(|a, b| {
        let by_c_value = b.c_value.total_cmp(&a.c_value).then_with(|| a.form.cmp(&b.form));
        b.is_frequent().cmp(&a.is_frequent()).then(by_c_value)
    });
    found
}

/// Returns the possible lengths, in tokens, of phrases that begin at the token `at`. A phrase contains no generic word,
/// doesn't begin with a link, doesn't end with a link or modifier, and doesn't split words that hyphens join. It has at
/// least two tokens, or one if it begins with a compound.
fn phrase_lengths(run: &TokenRun, at: usize) -> impl Iterator<Item = usize> {
    let rest = &run.tokens[at..];
    let (min, max) = match rest[0].class {
        _ if run.is_unspaced => (2, MAX_PHRASE_CHARS),
        WordClass::Compound => (1, MAX_PHRASE_WORDS),
        WordClass::Content | WordClass::WeakNoun | WordClass::Modifier => (2, MAX_PHRASE_WORDS),
        WordClass::Link | WordClass::Generic => (1, 0),
    };
    let within = rest.iter().take(max).take_while(|token| token.class != WordClass::Generic).count();
    let is_whole = move |length: &usize| {
        let follows_hyphen = rest.get(*length).is_some_and(|next| next.hyphen);
        !matches!(rest[length - 1].class, WordClass::Link | WordClass::Modifier)
            && !rest[0].hyphen
            && !follows_hyphen
    };
    (min..=within).filter(is_whole)
}

fn stem_key(tokens: &[PhraseToken]) -> StemKey {
    let mut key = StemKey::default();
    for (slot, token) in key.iter_mut().zip(tokens) {
        *slot = token.stem;
    }
    key
}

/// A phrase with all its occurrences, which may or may not be a topic.
struct PhraseCandidate<'r> {
    runs: &'r [TokenRun],
    positions: &'r [TokenPosition],
    /// Number of tokens in the phrase.
    length: usize,
}

impl PhraseCandidate<'_> {
    fn tokens(&self, (run, at): TokenPosition) -> &[PhraseToken] {
        &self.runs[run].tokens[at..at + self.length]
    }

    /// Whether the phrase is a complete noun phrase, not only a name, and without a repeated word. In scripts without
    /// spaces: whether it has no repeated character, varied neighbours, and no generic word at its start or end.
    fn is_topic(&self, lexicon: &Lexicon) -> bool {
        let first = self.tokens(self.positions[0]);
        let stems: BTreeSet<u32> = first.iter().map(|token| token.stem).collect();
        if stems.len() < first.len() {
            return false;
        }
        if self.runs[self.positions[0].0].is_unspaced {
            let text: String = first.iter().map(|token| token.text.as_str()).collect();
            return self.has_varied_neighbours() && !lexicon.has_generic_edge(&text);
        }
        self.is_complete() && !self.starts_with_verb() && self.is_specific(lexicon)
    }

    /// Whether the phrase is complete: whether in at most `MAX_CONTINUED_PERCENT` of its uses, the next word is one
    /// that follows it repeatedly.
    fn is_complete(&self) -> bool {
        let mut following: BTreeMap<u32, usize> = BTreeMap::new();
        for (run, at) in self.positions {
            let next = self.runs[*run].tokens.get(at + self.length);
            if let Some(next) =
                next.filter(|next| matches!(next.class, WordClass::Content | WordClass::WeakNoun))
            {
                *following.entry(next.stem).or_default() += 1;
            }
        }
        let continued: usize = following.values().filter(|times| **times > 1).sum();
        continued * 100 <= self.positions.len() * MAX_CONTINUED_PERCENT
    }

    /// Whether the phrase begins with a verb; see `MIN_USES_PER_VERB_USE`.
    fn starts_with_verb(&self) -> bool {
        let verbs =
            self.positions.iter().filter(|(run, at)| *at == 0 && self.runs[*run].may_start_with_verb).count();
        verbs * MIN_USES_PER_VERB_USE > self.positions.len()
    }

    /// Whether the phrase is specific: its last word is not a name, and one of its words is neither a name nor a weak
    /// noun. The name of a law, plan or the like is specific, too: *Deep River Act*.
    fn is_specific(&self, lexicon: &Lexicon) -> bool {
        let first = self.tokens(self.positions[0]);
        let mut words = first.iter().enumerate().filter(|(_, token)| token.class != WordClass::Link);
        let is_specific = words.any(|(at, token)| token.class != WordClass::WeakNoun && !self.is_name(at));
        let head = self.length - 1;
        (is_specific && !self.is_name(head)) || lexicon.is_abstract_head(&first[head].text.to_lowercase())
    }

    /// Whether the word at index `at` of the phrase is a name; see `MIN_CAPITAL_PERCENT`.
    fn is_name(&self, at: usize) -> bool {
        let capitals = self.positions.iter().filter_map(|position| self.tokens(*position)[at].capital);
        let capitals: Vec<bool> = capitals.collect();
        let names = capitals.iter().filter(|capital| **capital).count();
        names > 0 && names * 100 >= capitals.len() * MIN_CAPITAL_PERCENT
    }

    /// Whether the phrase has several different neighbours on each side (accessor variety). The start and the end of a
    /// run count as a different neighbour each time.
    fn has_varied_neighbours(&self) -> bool {
        let variety = |neighbour: &dyn Fn(&TokenPosition) -> Option<u32>| {
            let all: Vec<Option<u32>> = self.positions.iter().map(neighbour).collect();
            let ends = all.iter().filter(|neighbour| neighbour.is_none()).count();
            ends + all.into_iter().flatten().collect::<BTreeSet<u32>>().len()
        };
        let token = |run: usize, at: usize| self.runs[run].tokens.get(at).map(|token| token.stem);
        variety(&|(run, at)| token(*run, at.checked_sub(1)?)) > 1
            && variety(&|(run, at)| token(*run, at + self.length)) > 1
    }

    /// Creates the phrase. Its C-value is set later, because that depends on the other phrases.
    fn phrase(&self, documents: BTreeSet<usize>) -> Phrase {
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_document: BTreeMap<usize, usize> = BTreeMap::new();
        for position in self.positions {
            // Where a capital says nothing, as at the start of a sentence, the spelling counts less.
            let weight = if self.tokens(*position)[0].capital.is_some() { 2 } else { 1 };
            *forms
                .entry(join_tokens(self.tokens(*position), self.runs[position.0].is_unspaced))
                .or_default() += weight;
            *by_document.entry(self.runs[position.0].document).or_default() += 1;
        }
        let form = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        Phrase {
            stems: self.tokens(self.positions[0]).iter().map(|token| token.stem).collect(),
            form: form.map(|(form, _)| form).unwrap_or_default(),
            passages: self.positions.iter().map(|(run, _)| self.runs[*run].passage).collect(),
            documents,
            uses: by_document.values().map(|uses| (*uses).min(MAX_USES_OF_DOCUMENT)).sum(),
            c_value: 0.0,
        }
    }
}

fn join_tokens(tokens: &[PhraseToken], is_unspaced: bool) -> String {
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match at {
            _ if is_unspaced || at == 0 => {}
            _ if token.hyphen => text.push('-'),
            _ => text.push(' '),
        }
        text.push_str(&token.text);
    }
    text
}

/// Sets the C-value of each phrase. It is 0 for a fragment: a phrase that is nearly always part of one longer phrase.
fn set_c_values(phrases: &mut [Phrase]) {
    let index_of: BTreeMap<&[u32], usize> =
        phrases.iter().enumerate().map(|(at, phrase)| (phrase.stems.as_slice(), at)).collect();
    // For each phrase: the uses of all longer phrases that contain it, the number of these phrases, and the uses of
    // the most frequent one.
    let mut parts = vec![(0, 0, 0); phrases.len()];
    for phrase in phrases.iter() {
        for length in 1..phrase.stems.len() {
            for part in phrase.stems.windows(length).filter_map(|stems| index_of.get(stems)) {
                let (uses, longer, most) = &mut parts[*part];
                *uses += phrase.uses;
                *longer += 1;
                *most = phrase.uses.max(*most);
            }
        }
    }
    for (phrase, (uses, longer, most)) in phrases.iter_mut().zip(parts) {
        let free = as_f64(phrase.uses) - as_f64(uses) / as_f64(longer).max(1.0);
        let is_fragment = most * 100 >= phrase.uses * MIN_FRAGMENT_PERCENT;
        phrase.c_value = if is_fragment { 0.0 } else { (1.0 + as_f64(phrase.stems.len())).log2() * free };
    }
}
