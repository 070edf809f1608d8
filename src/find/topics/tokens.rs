//! The words of all documents in one row, each with what is to be known of it when phrases are sought.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::lists::{Class, Classes};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::words::{Stems, is_han};
use sourcewise_quotes::primary;
use sourcewise_quotes::{Kind, Passage, Segmented};

/// A word of this many letters is taken for a compound where they are written as one word.
const COMPOUND: usize = 9;

/// A passage of this many words is not written twice by chance.
const COPIED: usize = 6;

/// One word of a passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Number of its stem.
    pub(super) stem: u32,
    /// Index of its document.
    pub(super) document: u32,
    /// Number of its passage, counted through all documents.
    pub(super) passage: u32,
    /// Its bytes in the document.
    pub(super) start: u32,
    /// Where they end.
    pub(super) end: u32,
    /// What it can do in a phrase.
    pub(super) class: Class,
    /// What the word before it is, in the same sentence.
    pub(super) before: Class,
    /// How it hangs together with the word before.
    pub(super) joint: Joint,
    /// What its first letter tells.
    pub(super) case: Case,
    /// What kind of word it is by its characters.
    pub(super) shape: Shape,
}

/// What is between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Punctuation, or the beginning of a passage.
    Apart,
    /// A space, or nothing.
    Space,
    /// A hyphen.
    Hyphen,
}

/// What a word's first letter tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Nothing: it begins a sentence or a quotation.
    Begins,
    /// It has a capital, and so is part of a name in most languages.
    Name,
    /// It has none.
    Plain,
}

/// What kind of word it is by its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// An ordinary one.
    Word,
    /// A long one, of a language that writes compounds as one.
    Compound,
    /// A single character of a script without spaces.
    Han,
}

impl Token {
    /// True if a phrase may go on to it from the word before.
    pub(super) fn is_joined(&self) -> bool {
        self.joint != Joint::Apart
    }
}

/// The words of all documents, and the stems of those in titles.
pub(super) struct Texts {
    /// All words, in order.
    pub(super) tokens: Vec<Token>,
    /// For every document, in order, the stems of its title, or of its first passage if it has none.
    pub(super) titles: Vec<Vec<u32>>,
}

/// A word as it stands, before its stem is known.
struct Raw<'t> {
    passage: u32,
    start: usize,
    word: &'t str,
    joint: Joint,
    begins: bool,
}

impl Raw<'_> {
    fn has_capital(&self) -> bool {
        self.word.starts_with(char::is_uppercase)
    }
}

/// Reads all documents. A passage that stood in one before is left out: what is only copied, such as a disclaimer, is not
/// said twice.
pub(super) fn texts(documents: &[&Segmented]) -> Texts {
    let raw: Vec<(Vec<Raw>, Vec<Raw>)> = documents
        .par_iter()
        .map(|document| {
            let passages = document.passages();
            let text =
                passages.iter().filter(|passage| matches!(document.kind(passage), Kind::Text | Kind::Item));
            (of_passages(document, passages.iter().take(1)), of_passages(document, text))
        })
        .collect();
    let mut stemming = Stemming::default();
    let mut texts = Texts { tokens: Vec::new(), titles: Vec::new() };
    let mut seen = BTreeSet::new();
    let mut passages = 0;
    for ((document, (title, text)), index) in documents.iter().zip(raw).zip(0_u32..) {
        let mut words = stemming.language(document.language());
        texts.titles.push(title.iter().map(|raw| words.look_up(raw.word).0).collect());
        let tokens = tokens(&mut words, &text, index, passages);
        let fresh = tokens.chunk_by(|a, b| a.passage == b.passage).filter(|passage| {
            let stems: Vec<u32> = passage.iter().map(|token| token.stem).collect();
            stems.len() < COPIED || seen.insert(stems)
        });
        texts.tokens.extend(fresh.flatten());
        passages += narrow(document.passages().len());
    }
    texts
}

/// The words of one document; its passages are counted from a number on.
fn tokens(language: &mut Language, text: &[Raw], document: u32, passages: u32) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len());
    for (at, raw) in text.iter().enumerate() {
        let (stem, class) = language.look_up(raw.word);
        let capital = raw.has_capital();
        let leads = capital
            && !raw.begins
            && text.get(at + 1).is_some_and(|next| next.joint != Joint::Apart && next.has_capital());
        let class = match class {
            Class::Empty if leads => Class::Pale,
            // In German, what has no capital is no noun.
            Class::Content if language.nouns_have_capitals && !capital => Class::Modifier,
            class => class,
        };
        let passage = passages + raw.passage;
        let before =
            tokens.last().filter(|last| last.passage == passage).map_or(Class::Empty, |last| last.class);
        tokens.push(Token {
            stem,
            document,
            passage,
            start: narrow(raw.start),
            end: narrow(raw.start + raw.word.len()),
            class,
            before,
            joint: raw.joint,
            case: match (raw.begins, capital && !language.nouns_have_capitals) {
                (true, _) => Case::Begins,
                (false, true) => Case::Name,
                (false, false) => Case::Plain,
            },
            shape: match raw.word {
                word if word.starts_with(is_han) => Shape::Han,
                word if language.compounds && word.chars().count() >= COMPOUND => Shape::Compound,
                _ => Shape::Word,
            },
        });
    }
    tokens
}

/// Documents are far smaller than four gigabytes; what lay beyond would be cut wrong, and found out by `get`.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn of_passages<'d>(document: &'d Segmented, passages: impl Iterator<Item = &'d Passage>) -> Vec<Raw<'d>> {
    let elides = matches!(primary(document.language()), "fr" | "it" | "ca");
    let mut found = Vec::new();
    for (passage, number) in passages.zip(0..) {
        let text = document.words_of(passage);
        let mut end = 0;
        for (at, word) in text.unicode_word_indices() {
            // The last stop of an abbreviation belongs to it: *U.S.*
            let stop = word.contains('.') && text[at + word.len()..].starts_with('.');
            let word = &text[at..at + word.len() + usize::from(stop)];
            for (at, word) in parts(at, word, elides) {
                let between = text.get(end..at).unwrap_or_default();
                found.push(Raw {
                    passage: number,
                    start: passage.range.start + at,
                    word,
                    joint: match between {
                        "-" | "‑" => Joint::Hyphen,
                        "" | " " | "\u{a0}" if end > 0 => Joint::Space,
                        _ => Joint::Apart,
                    },
                    begins: end == 0 || between.contains(['“', '"', '„', '«', '‘', ':', '(', '—', '–']),
                });
                end = at + word.len();
            }
        }
    }
    found
}

/// A word without a possessive ending, and with an elided article apart.
fn parts(at: usize, word: &str, with_article: bool) -> impl Iterator<Item = (usize, &str)> {
    let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let cut = bare.find(['\'', '’']).filter(|cut| with_article && *cut < bare.len() - 1);
    let cut = cut.map_or(0, |cut| bare[cut..].chars().next().map_or(0, |c| cut + c.len_utf8()));
    let (article, rest) = bare.split_at(cut);
    [(at, article), (at + cut, rest)].into_iter().filter(|(_, part)| !part.is_empty())
}

/// Stems and their numbers; words that were met before are not stemmed again.
#[derive(Default)]
struct Stemming {
    stems: BTreeMap<String, u32>,
    words: BTreeMap<String, BTreeMap<String, (u32, Class)>>,
}

struct Language<'s> {
    stems: &'s mut BTreeMap<String, u32>,
    words: &'s mut BTreeMap<String, (u32, Class)>,
    stemmer: Stems,
    classes: Classes,
    /// So it is in German: there, a capital tells no name.
    nouns_have_capitals: bool,
    /// It writes compounds as one word.
    compounds: bool,
}

impl Stemming {
    fn language(&mut self, language: &str) -> Language<'_> {
        let words = self.words.entry(primary(language).to_owned()).or_default();
        Language {
            stems: &mut self.stems,
            words,
            stemmer: Stems::of(language),
            classes: Classes::of(language),
            nouns_have_capitals: primary(language) == "de",
            compounds: matches!(
                primary(language),
                "da" | "de" | "fi" | "hu" | "nb" | "nl" | "nn" | "no" | "sv"
            ),
        }
    }
}

impl Language<'_> {
    fn look_up(&mut self, word: &str) -> (u32, Class) {
        let lower = word.to_lowercase().replace('’', "'");
        if let Some(known) = self.words.get(&lower) {
            return *known;
        }
        let count = narrow(self.stems.len());
        let stem = *self.stems.entry(self.stemmer.stem(&lower).into_owned()).or_insert(count);
        let class = self.classes.class(&lower);
        self.words.insert(lower, (stem, class));
        (stem, class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: &str) -> (Vec<String>, Vec<Token>) {
        let document = Segmented::of(text.into(), &[], Some(language), language);
        let tokens = texts(&[&document]).tokens;
        let words = tokens.iter().map(|token| text[token.start as usize..token.end as usize].to_owned());
        (words.collect(), tokens)
    }

    #[test]
    fn possessives_and_elided_articles_are_no_part_of_a_word() {
        assert_eq!(
            read("The U.S. mill’s fire was seen.", "en").0,
            ["The", "U.S.", "mill", "fire", "was", "seen"]
        );
        assert_eq!(read("Il a vu l’incendie.", "fr").0, ["Il", "a", "vu", "l’", "incendie"]);
    }

    #[test]
    fn what_was_copied_is_read_once() {
        let [one, other] = [
            "The old mill at the ford burnt down. Ann saw it.",
            "The old mill at the ford burnt down. Bo saw it.",
        ]
        .map(|text| Segmented::of(text.into(), &[], Some("en"), "en"));
        assert_eq!(texts(&[&one, &other]).tokens.len(), 8 + 3 + 3);
    }

    #[test]
    fn a_word_knows_what_goes_before_it_and_whether_its_capital_tells_a_name() {
        let (words, tokens) = read("Fire took New Ferry, the well-kept mill. Smoke rose.", "en");
        let of = |word: &str| tokens[words.iter().position(|other| other == word).expect("a word")];
        assert!(of("Ferry").is_joined() && !of("the").is_joined() && !of("Smoke").is_joined());
        assert_eq!(
            (of("Ferry").case, of("Fire").case, of("Smoke").case),
            (Case::Name, Case::Begins, Case::Begins)
        );
        assert_eq!((of("New").class, of("kept").joint), (Class::Pale, Joint::Hyphen));
        assert_eq!((of("well").before, of("Smoke").before), (Class::BeforeNoun, Class::Empty));
    }
}
