//! Splits documents into runs of words, at punctuation and at the stop words that can't be inside a phrase. Also
//! classifies the words.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_quotes::normalize::normal;
use sourcewise_quotes::{SegmentedDocument, primary};

use crate::lexicons::Lexicon;
use crate::words::{Stems, is_han_or_hiragana, is_hiragana, words};

/// In a language that writes compounds as one word, a shorter word is no compound.
const MIN_COMPOUND_LETTERS: usize = 9;
/// A shorter passage is used even if it repeats an earlier passage, because short sentences may be equal by chance.
const MIN_COPIED_WORDS: usize = 6;
/// In a language without word lists (except Korean), shorter words are treated as too common to be part of a phrase.
const MIN_UNLISTED_WORD_LETTERS: usize = 4;
/// A shorter word in *-ed* is not a participle: *shed*.
const MIN_PARTICIPLE_BYTES: usize = 5;

/// A run: consecutive words with only spaces and hyphens between them, and without stop words except those that may be
/// inside a phrase (*of*).
#[derive(Debug)]
pub(crate) struct TokenRun {
    /// Index of the document that contains the run.
    pub(crate) document: usize,
    /// Number of the passage that contains the run, unique among all documents.
    pub(crate) passage: usize,
    /// Whether the run follows *to*, *they*, *must* or the like, so that its first word is probably a verb.
    pub(crate) may_start_with_verb: bool,
    pub(crate) tokens: Vec<PhraseToken>,
    /// Whether the script has no spaces. Then every token is one character.
    pub(crate) is_unspaced: bool,
}

/// A word of a [`TokenRun`].
#[derive(Debug)]
pub(crate) struct PhraseToken {
    /// Id of the word's stem, from 1.
    pub(crate) stem: u32,
    pub(crate) text: String,
    pub(crate) class: WordClass,
    /// Whether a hyphen precedes the word.
    pub(crate) hyphen: bool,
    /// Whether the word is capitalized; `None` where that says nothing, as at the start of a sentence or in German.
    pub(crate) capital: Option<bool>,
}

/// The role that a word can have in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// Any word that is in no other class.
    Content,
    /// A compound, which can be a phrase by itself: *Baukosten*.
    Compound,
    /// A noun that means little by itself or with a name: *campaign*.
    WeakNoun,
    /// A word that may begin a phrase but not end it, because it is no noun: *painted ferry*.
    Modifier,
    /// A stop word that may be inside a phrase, but not at its start or end: *of*.
    Link,
    /// A word that is no part of a phrase: one that is common in reports, too short, a number or a word of time.
    Generic,
}

/// Assigns ids to stems, from 1.
#[derive(Default)]
struct StemIds(BTreeMap<String, u32>);

impl StemIds {
    fn of(&mut self, stem: &str) -> u32 {
        let next = u32::try_from(self.0.len() + 1).unwrap_or(u32::MAX);
        *self.0.entry(stem.to_owned()).or_insert(next)
    }
}

/// Splits all documents into runs. Leaves out passages that can't answer a question, such as headings, and passages of
/// at least `MIN_COPIED_WORDS` that repeat an earlier passage of any document.
pub(crate) fn token_runs(documents: &[&SegmentedDocument]) -> Vec<TokenRun> {
    let (mut runs, mut stem_ids) = (Vec::new(), StemIds::default());
    let (mut seen, mut passage_number) = (BTreeSet::new(), 0);
    for (document, segmented) in documents.iter().enumerate() {
        let language = segmented.language();
        let reader = RunReader { language, lexicon: Lexicon::of(language), stems: Stems::of(language) };
        for passage in segmented.passages() {
            passage_number += 1;
            if !segmented.kind(passage).can_answer() {
                continue;
            }
            let text = normal(&segmented.words_of(passage));
            if text.split(' ').count() >= MIN_COPIED_WORDS && !seen.insert(text.clone()) {
                continue;
            }
            let found = reader
                .spaced_runs(&text, &mut stem_ids)
                .into_iter()
                .chain(reader.unspaced_runs(&text, &mut stem_ids));
            runs.extend(found.map(|run| TokenRun { document, passage: passage_number, ..run }));
        }
    }
    runs
}

/// Splits passages of one language into runs.
struct RunReader<'l> {
    language: &'l str,
    lexicon: &'static Lexicon,
    stems: Stems,
}

impl RunReader<'_> {
    /// Returns the runs of words that are separated by spaces.
    fn spaced_runs(&self, text: &str, stem_ids: &mut StemIds) -> Vec<TokenRun> {
        let mut runs = Vec::new();
        let (mut run, mut end, mut may_start_with_verb) = (Vec::new(), 0, false);
        for word in words(text, self.language).into_iter().filter(|word| !word.unspaced) {
            let gap = &text[end..word.range.start];
            let first = word.range.start == 0 || gap.contains(['"', '\'', ':', '(']);
            end = word.range.end;
            let written = &text[word.range.clone()];
            let class = self.classify(&word.text, written);
            if !matches!(gap, "" | " " | "-") || class.is_none() {
                runs.extend(new_run(std::mem::take(&mut run), may_start_with_verb, false));
                may_start_with_verb = false;
            }
            let Some(class) = class else {
                may_start_with_verb = self.lexicon.is_before_verb(&word.text);
                continue;
            };
            let is_informative = !first && !self.nouns_have_capitals();
            let has_capital = written.starts_with(char::is_uppercase);
            // A word after a hyphen belongs to the name before it: *moon* in *Ki-moon*.
            let continues_name =
                gap == "-" && run.last().is_some_and(|last: &PhraseToken| last.capital == Some(true));
            run.push(PhraseToken {
                stem: stem_ids.of(&self.stems.stem(&word.text)),
                text: written.to_owned(),
                class,
                hyphen: gap == "-",
                capital: is_informative.then_some(has_capital || continues_name),
            });
        }
        runs.extend(new_run(run, may_start_with_verb, false));
        runs
    }

    /// Returns the runs of characters of scripts without spaces. Every character becomes a token.
    fn unspaced_runs(&self, text: &str, stem_ids: &mut StemIds) -> Vec<TokenRun> {
        // Japanese words are separated by Hiragana endings and particles, Chinese words by stop words.
        let is_part = |c: char| {
            let is_katakana = matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー');
            is_katakana
                || (is_han_or_hiragana(c)
                    && !is_hiragana(c)
                    && !self.lexicon.is_stop_word(c.encode_utf8(&mut [0; 4])))
        };
        let rows = text.split(|c: char| !is_part(c)).filter(|row| !row.is_empty());
        let mut token = |c: char| {
            let text = c.to_string();
            let stem = stem_ids.of(&text);
            PhraseToken { stem, text, class: WordClass::Content, hyphen: false, capital: None }
        };
        rows.filter_map(|row| new_run(row.chars().map(&mut token).collect(), false, true)).collect()
    }

    /// Returns the class of a word; `None` for a stop word, which ends the run. `word` is `written` in lower case.
    fn classify(&self, word: &str, written: &str) -> Option<WordClass> {
        let letters = word.chars().count();
        // Korean is an exception, because its nouns are short.
        let is_unlisted = self.lexicon.language().is_empty() && primary(self.language) != "ko";
        let is_short = letters < 2 || (is_unlisted && letters < MIN_UNLISTED_WORD_LETTERS);
        let compounds = ["da", "de", "fi", "hu", "nb", "nl", "nn", "no", "sv"];
        Some(match () {
            () if self.lexicon.is_link(word) => WordClass::Link,
            () if self.lexicon.is_stop_word(word) => return None,
            () if self.lexicon.is_generic(word) || self.lexicon.is_time(word) => WordClass::Generic,
            () if is_short || word.starts_with(char::is_numeric) || word.contains(".com") => {
                WordClass::Generic
            }
            () if self.is_modifier(word, written) => WordClass::Modifier,
            () if self.lexicon.is_weak_noun(word) => WordClass::WeakNoun,
            () if letters >= MIN_COMPOUND_LETTERS && compounds.contains(&primary(self.language)) => {
                WordClass::Compound
            }
            () => WordClass::Content,
        })
    }

    /// Whether the language capitalizes all nouns, not only names.
    fn nouns_have_capitals(&self) -> bool {
        primary(self.language) == "de"
    }

    /// Whether the spelling of a word reveals that the word is no noun: a small first letter in German, the ending
    /// *-ed* in English.
    fn is_modifier(&self, word: &str, written: &str) -> bool {
        let is_participle =
            word.ends_with("ed") && !word.ends_with("eed") && word.len() >= MIN_PARTICIPLE_BYTES;
        match self.lexicon.language() {
            "de" => !written.starts_with(char::is_uppercase),
            "en" => is_participle,
            _ => false,
        }
    }
}

/// Creates a run, if there are tokens. The caller sets its document and passage.
fn new_run(tokens: Vec<PhraseToken>, may_start_with_verb: bool, is_unspaced: bool) -> Option<TokenRun> {
    (!tokens.is_empty()).then_some(TokenRun {
        document: 0,
        passage: 0,
        may_start_with_verb,
        tokens,
        is_unspaced,
    })
}
