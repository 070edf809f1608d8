//! Finds recurring phrases, ranks them as terms, and selects those that may be topics.
//!
//! The rank is the C-value (Frantzi, Ananiadou and Mima 2000) over stems: the frequency of a phrase, less its
//! frequency as a part of longer ones. In scripts without spaces, characters are treated as words, and a word is a
//! sequence with different neighbours on both sides (accessor variety: Feng, Chen, Deng and Zheng 2004).

use std::collections::{BTreeMap, BTreeSet};

use super::text::{PhraseToken, TokenRun, WordClass};
use crate::as_f64;
use crate::lexicons::Lexicon;

/// Maximum length of a phrase.
const MAX_WORDS: usize = 5;
/// Maximum length of a phrase in a script without spaces.
const MAX_CHARS: usize = 8;
/// A phrase used less often becomes a topic only if there are few others.
const MIN_USES: usize = 3;
/// Further uses in the same document are not counted.
const MAX_USES_OF_DOCUMENT: usize = 5;

/// The stem ids of a phrase, padded with 0.
type StemKey = [u32; MAX_CHARS];

/// A phrase that may be a topic.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) stems: Vec<u32>,
    pub(crate) form: String,
    /// The passages that contain it.
    pub(crate) passages: BTreeSet<usize>,
    pub(crate) documents: BTreeSet<usize>,
    /// Number of uses, at most `MAX_USES_OF_DOCUMENT` per document.
    uses: usize,
    /// Its rank as a term (see the module docs).
    pub(crate) c_value: f64,
}

impl Phrase {
    /// Whether it is used often enough to be a topic.
    pub(crate) fn is_frequent(&self) -> bool {
        self.uses >= MIN_USES
    }
}

/// The start of a phrase: index of a run, and of a token in it.
type TokenPosition = (usize, usize);

/// Returns the phrases that at least `min_documents` documents use and that may be topics: frequent ones first, then by
/// C-value.
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

/// Returns the possible lengths of phrases that begin at a token.
fn phrase_lengths(run: &TokenRun, at: usize) -> impl Iterator<Item = usize> {
    let rest = &run.tokens[at..];
    let (min, max) = match rest[0].class {
        _ if run.is_unspaced => (2, MAX_CHARS),
        WordClass::Compound => (1, MAX_WORDS),
        WordClass::Content | WordClass::WeakNoun | WordClass::Modifier => (2, MAX_WORDS),
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

/// A phrase with all its occurrences.
struct PhraseCandidate<'r> {
    runs: &'r [TokenRun],
    positions: &'r [TokenPosition],
    length: usize,
}

impl PhraseCandidate<'_> {
    fn tokens(&self, (run, at): TokenPosition) -> &[PhraseToken] {
        &self.runs[run].tokens[at..at + self.length]
    }

    /// Whether it is a noun phrase and not just a name.
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

    /// Whether it is rarely followed by the same word. *Bureau of Economic* is incomplete.
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
        continued * 5 <= self.positions.len() * 2
    }

    /// Whether it often begins with a verb, as in *to fight inflation*.
    fn starts_with_verb(&self) -> bool {
        let verbs =
            self.positions.iter().filter(|(run, at)| *at == 0 && self.runs[*run].after_subject).count();
        verbs * 3 > self.positions.len()
    }

    /// Whether its last word is no name and one word is neither a name nor a weak noun; or it is the name of a law,
    /// plan or the like: *Clean Power Plan*.
    fn is_specific(&self, lexicon: &Lexicon) -> bool {
        let first = self.tokens(self.positions[0]);
        let mut words = first.iter().enumerate().filter(|(_, token)| token.class != WordClass::Link);
        let is_specific = words.any(|(at, token)| token.class != WordClass::WeakNoun && !self.is_name(at));
        let head = self.length - 1;
        (is_specific && !self.is_name(head)) || lexicon.is_abstract_head(&first[head].text.to_lowercase())
    }

    /// Whether its word at index `at` is nearly always capitalized where that is informative.
    fn is_name(&self, at: usize) -> bool {
        let capitals = self.positions.iter().filter_map(|position| self.tokens(*position)[at].capital);
        let capitals: Vec<bool> = capitals.collect();
        let names = capitals.iter().filter(|capital| **capital).count();
        names > 0 && names * 5 >= capitals.len() * 4
    }

    /// Whether it has different neighbours on both sides (accessor variety). Each end of a run counts as a new
    /// neighbour.
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

    fn phrase(&self, documents: BTreeSet<usize>) -> Phrase {
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_document: BTreeMap<usize, usize> = BTreeMap::new();
        for position in self.positions {
            // The first word of a sentence is capitalized, so its spelling counts less.
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

/// Sets the C-values; 0 for a phrase that is nearly always part of one longer phrase.
fn set_c_values(phrases: &mut [Phrase]) {
    let index_of: BTreeMap<&[u32], usize> =
        phrases.iter().enumerate().map(|(at, phrase)| (phrase.stems.as_slice(), at)).collect();
    // For each phrase: uses inside longer phrases, number of longer phrases, uses of the most frequent one.
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
        let is_fragment = most * 4 >= phrase.uses * 3;
        phrase.c_value = if is_fragment { 0.0 } else { (1.0 + as_f64(phrase.stems.len())).log2() * free };
    }
}
