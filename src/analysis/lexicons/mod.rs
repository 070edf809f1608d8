//! Word lists as data: one folder per language, one file per list, one word or phrase per line, without comments. Only
//! the verbs of attribution are in a TOML file.
//!
//! The fields of [`Lexicon`] explain the lists that every language has. The fields of `English` in `english.rs` explain
//! the lists for attribution, which exist in English only; for example, how `hedged.txt` and `hedged_weakly.txt`
//! differ. The fields of `ContextWords` in `context.rs` explain the lists `context_….txt`, which exist in English and
//! German.
//!
//! To add a language, add a folder and its name in [`LEXICONS`]. Lists must be sorted, in lower case and without
//! duplicates; a test checks this.

mod context;
mod english;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sourcewise_quotes::boundaries::is_whole_words;
use sourcewise_quotes::primary;

pub(crate) use context::ContextWords;
pub(crate) use english::{Complement, VerbClass, VerbList, english};

/// The word lists of one language. Each field but `language` is the list `<language>/<field>.txt`.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    language: &'static str,
    /// Stop words, which have a grammatical function and no topical meaning: *the*, *which*, *does*.
    stop: WordSet,
    /// Stop words that may occur inside a term: *of* in *cost of living*.
    link: WordSet,
    /// Stop words that usually precede a verb: *to*, *they*, *must*.
    before_verb: WordSet,
    /// Words that are common in any report and never part of a topic, such as words of reporting, quantity and rank.
    generic: WordSet,
    /// Nouns that mean little by themselves or with a name, but may be part of a topic with another word: *change* in
    /// *climate change*.
    weak_nouns: WordSet,
    /// Last words of names that are not of people and places but of laws, plans and the like: *plan*, *act*. Only such
    /// names can be topics.
    abstract_heads: WordSet,
    /// Days, months, and periods of time.
    time: WordSet,
    /// Interrogative words for a number: *how much*.
    asks_amount: WordSet,
    /// Interrogative words for a date or period of time: *when*, *how long*.
    asks_date: WordSet,
}

pub(crate) type WordSet = BTreeSet<&'static str>;

/// The kind of answer that a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// A number, as after *how much*.
    Amount,
    /// A date or period of time, as after *when* or *how long*.
    Time,
}

/// Creates the lexicons of the given languages. Their files are embedded at compile time.
macro_rules! lexicons {
    ($($language:literal)*) => {
        vec![$(Lexicon {
            language: $language,
            stop: parse_lines(include_str!(concat!($language, "/stop.txt"))),
            link: parse_lines(include_str!(concat!($language, "/link.txt"))),
            before_verb: parse_lines(include_str!(concat!($language, "/before_verb.txt"))),
            generic: parse_lines(include_str!(concat!($language, "/generic.txt"))),
            weak_nouns: parse_lines(include_str!(concat!($language, "/weak_nouns.txt"))),
            abstract_heads: parse_lines(include_str!(concat!($language, "/abstract_heads.txt"))),
            time: parse_lines(include_str!(concat!($language, "/time.txt"))),
            asks_amount: parse_lines(include_str!(concat!($language, "/asks_amount.txt"))),
            asks_date: parse_lines(include_str!(concat!($language, "/asks_date.txt"))),
        }),*]
    };
}

/// The lexicons of the supported languages. The first is used if the language of some words can't be recognized.
static LEXICONS: LazyLock<Vec<Lexicon>> =
    LazyLock::new(|| lexicons!["en" "de" "es" "fr" "it" "ja" "nl" "pt" "zh"]);
/// The empty lexicon, which every unsupported language has.
static EMPTY: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

fn parse_lines(file: &'static str) -> WordSet {
    file.lines().collect()
}

impl Lexicon {
    /// Returns the lexicon of a language by BCP 47 tag; an empty one if the language is not supported.
    pub(crate) fn of(language: &str) -> &'static Self {
        let primary = primary(language);
        let supported = LEXICONS.iter().find(|lexicon| lexicon.language.eq_ignore_ascii_case(primary));
        supported.unwrap_or(&EMPTY)
    }

    /// Recognizes the language of some words: returns the lexicon that has the most of them as stop words; the first
    /// one if several have equally many.
    pub(crate) fn best_match(words: &[&str]) -> &'static Self {
        let count = |lexicon: &Self| words.iter().filter(|word| lexicon.is_stop_word(word)).count();
        let mut best = &LEXICONS[0];
        for lexicon in &LEXICONS[1..] {
            if count(lexicon) > count(best) {
                best = lexicon;
            }
        }
        best
    }

    /// The BCP 47 tag of the language; empty if the language is not supported.
    pub(crate) fn language(&self) -> &'static str {
        self.language
    }

    /// Whether a word in lower case is a stop word.
    pub(crate) fn is_stop_word(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// Whether a stop word may occur inside a term: *cost of living*.
    pub(crate) fn is_link(&self, word: &str) -> bool {
        self.link.contains(word)
    }

    /// Whether a stop word usually precedes a verb: *to*, *they*, *must*.
    pub(crate) fn is_before_verb(&self, word: &str) -> bool {
        self.before_verb.contains(word)
    }

    /// Whether a word in lower case is too common in reports to be part of a topic.
    pub(crate) fn is_generic(&self, word: &str) -> bool {
        self.generic.contains(word)
    }

    /// Whether a text in a script without spaces begins or ends with a generic word or a word of time.
    pub(crate) fn has_generic_edge(&self, text: &str) -> bool {
        let mut edges = self.generic.iter().chain(&self.time);
        edges.any(|edge| text.starts_with(edge) || text.ends_with(edge))
    }

    /// Whether a noun in lower case means little by itself or with a name: *campaign*.
    pub(crate) fn is_weak_noun(&self, word: &str) -> bool {
        self.weak_nouns.contains(word)
    }

    /// Whether a name that ends in this noun is the name of a law, plan or the like, not of a person or place: *plan*,
    /// *act*.
    pub(crate) fn is_abstract_head(&self, word: &str) -> bool {
        self.abstract_heads.contains(word)
    }

    /// Whether a word in lower case is a day, a month, or a period of time.
    pub(crate) fn is_time(&self, word: &str) -> bool {
        self.time.contains(word)
    }

    /// Returns the kind of answer that a question asks for, by its interrogative words. If they ask for both kinds,
    /// returns `Time`; if for neither, `None`.
    pub(crate) fn answer_kind(&self, question: &str) -> Option<AnswerKind> {
        let question = question.to_lowercase();
        let asks = |phrases: &WordSet| {
            phrases.iter().any(|phrase| {
                // A single word with ASCII letters counts only at the start of the question: elsewhere, *when* may mean
                // *while*.
                let asks_within = phrase.contains(' ') || phrase.chars().all(|c| !c.is_ascii());
                let mut ranges = question.match_indices(phrase).map(|(at, found)| at..at + found.len());
                ranges.any(|range| (asks_within || range.start == 0) && is_whole_words(&question, range))
            })
        };
        if asks(&self.asks_date) {
            Some(AnswerKind::Time)
        } else {
            asks(&self.asks_amount).then_some(AnswerKind::Amount)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn lists_are_sorted_lower_case_and_without_duplicates() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons");
        let mut languages = BTreeSet::new();
        for language in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if !language.is_dir() {
                continue;
            }
            languages.insert(language.file_name().expect("a name").to_string_lossy().into_owned());
            for file in
                fs::read_dir(&language).expect("a folder").map(|entry| entry.expect("an entry").path())
            {
                if file.extension().is_none_or(|extension| extension != "txt") {
                    continue;
                }
                let text = fs::read_to_string(&file).expect("a text");
                let lines: Vec<&str> = text.lines().collect();
                for pair in lines.windows(2) {
                    assert!(pair[0] < pair[1], "{}: {} comes before {}", file.display(), pair[0], pair[1]);
                }
                for line in lines {
                    assert!(!line.is_empty() && line.trim() == line, "{}: `{line}`", file.display());
                    assert_eq!(line, line.to_lowercase(), "{}", file.display());
                }
            }
        }
        let known: BTreeSet<String> = LEXICONS.iter().map(|known| known.language.to_owned()).collect();
        assert_eq!(languages, known);
    }

    #[test]
    fn lists_of_a_language_are_disjoint_or_subsets() {
        for known in LEXICONS.iter() {
            let others = known.generic.iter().chain(&known.time);
            let twice: Vec<_> = others.filter(|word| known.stop.contains(**word)).collect();
            assert!(twice.is_empty(), "{}: {twice:?}", known.language);
            let both: Vec<_> = known.generic.intersection(&known.time).collect();
            assert!(both.is_empty(), "{}: {both:?}", known.language);
            let parts = [&known.link, &known.before_verb];
            assert!(parts.iter().all(|part| part.is_subset(&known.stop)), "{}", known.language);
            let weak_nouns: Vec<_> = known.weak_nouns.intersection(&known.generic).collect();
            assert!(weak_nouns.is_empty(), "{}: {weak_nouns:?}", known.language);
        }
    }

    #[test]
    fn stop_words_decide_the_language_of_a_question() {
        let best_match = |text: &str| Lexicon::best_match(&text.split(' ').collect::<Vec<_>>()).language;
        assert_eq!(best_match("what did the owner of the mill know"), "en");
        assert_eq!(best_match("was wusste der besitzer von dem feuer"), "de");
        assert_eq!(best_match("que savait le patron du moulin"), "fr");
        assert_eq!(best_match("磨坊"), "en");
    }

    #[test]
    fn regions_share_the_lists_of_their_language() {
        assert!(Lexicon::of("de-AT").is_stop_word("und") && !Lexicon::of("ru").is_stop_word("и"));
    }

    #[test]
    fn interrogative_words_decide_the_kind_of_answer() {
        let asked = |language: &str, question: &str| Lexicon::of(language).answer_kind(question);
        assert_eq!(asked("en", "How much did the mill cost?"), Some(AnswerKind::Amount));
        assert_eq!(asked("en", "And how likely is a flood?"), Some(AnswerKind::Amount));
        assert_eq!(asked("en", "How long was the mill shut?"), Some(AnswerKind::Time));
        assert_eq!(asked("en", "When did the mill burn?"), Some(AnswerKind::Time));
        assert_eq!(asked("en", "Who was there when the mill burnt?"), None);
        assert_eq!(asked("de", "Seit wann steht die Mühle?"), Some(AnswerKind::Time));
        assert_eq!(asked("zh", "磨坊值多少钱？"), Some(AnswerKind::Amount));
    }
}
