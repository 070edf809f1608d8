//! Parses the terms of a question, with their stars and capitals, into patterns for words.

use sourcewise_quotes::normalize::normal;

use crate::words::words;

/// A parsed term: one pattern for each of the adjacent words that match it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(pub(crate) Vec<PatternWord>);

/// Why a term is never found in any document, or not as it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UselessTerm {
    /// It has no word: `£`.
    NoWord,
    /// It has a star that is not at the end of a word: `*chip`.
    MisplacedStar,
}

/// Returns why a term of a question is never found as it is meant; `None` if it can be.
pub fn useless(term: &str) -> Option<UselessTerm> {
    if Pattern::of(term, "en").is_none() {
        return Some(UselessTerm::NoWord);
    }
    let is_misplaced = |chunk: &str| chunk.trim_end_matches('*').contains('*');
    term.split_whitespace().any(is_misplaced).then_some(UselessTerm::MisplacedStar)
}

/// A pattern for one word of a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PatternWord {
    /// The word or prefix, in lower case.
    pub(crate) text: String,
    /// Whether `text` is a prefix: written with a star, or a single character of a script without spaces.
    pub(crate) prefix: bool,
    /// Whether only words in capitals match, because all letters of the term's word are capitals: the term *US* doesn't
    /// match *us*.
    pub(crate) capitals: bool,
}

impl Pattern {
    /// Parses a term for documents of a language; returns `None` if it has no words.
    pub(crate) fn of(term: &str, language: &str) -> Option<Self> {
        let term = normal(term);
        let mut list = Vec::new();
        for chunk in term.split_whitespace() {
            let starred = chunk.ends_with('*');
            let found = words(chunk, language);
            let count = found.len();
            for (index, word) in found.into_iter().enumerate() {
                let ends = index + 1 == count;
                // The last character of a run without spaces is already in the bigram before it. Only if the run has a
                // single character is that character a pattern: a prefix, which matches the bigrams that begin with it.
                if word.last_of_run && index > 0 {
                    continue;
                }
                let letters = chunk[word.range.clone()].chars().filter(|c| c.is_alphabetic());
                let capitals = word.capitals && letters.clone().all(char::is_uppercase);
                let prefix = (starred && ends) || word.last_of_run;
                list.push(PatternWord { text: word.text.into_owned(), prefix, capitals });
            }
        }
        Some(Self(list)).filter(|pattern| !pattern.0.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(term: &str) -> Vec<(String, bool, bool)> {
        let pattern = Pattern::of(term, "en").map_or_else(Vec::new, |pattern| pattern.0);
        pattern.into_iter().map(|word| (word.text, word.prefix, word.capitals)).collect()
    }

    #[test]
    fn a_star_marks_a_prefix_and_a_hyphen_joins_a_phrase() {
        let word = |text: &str, prefix| (text.to_owned(), prefix, false);
        assert_eq!(read("smuggl*"), [word("smuggl", true)]);
        assert_eq!(read("self-relian*"), [word("self", false), word("relian", true)]);
        assert_eq!(read("rate* rise"), [word("rate", true), word("rise", false)]);
        assert_eq!(read("* — !"), []);
    }

    #[test]
    fn capitals_count_if_all_letters_are_capitals() {
        assert_eq!(read("US"), [("us".to_owned(), false, true)]);
        assert_eq!(read("U.S."), [("us".to_owned(), false, true)]);
        assert_eq!(read("GPT*"), [("gpt".to_owned(), true, true)]);
        assert_eq!(read("Nvidia"), [("nvidia".to_owned(), false, false)]);
        assert_eq!(read("2024"), [("2024".to_owned(), false, false)]);
    }

    #[test]
    fn terms_without_words_or_with_a_star_elsewhere_are_useless() {
        for term in ["£", "£*", "*", "", " — ", "!"] {
            assert_eq!(useless(term), Some(UselessTerm::NoWord), "{term}");
        }
        for term in ["*chip", "tr*n", "the *chips"] {
            assert_eq!(useless(term), Some(UselessTerm::MisplacedStar), "{term}");
        }
        for term in ["train*", "rate* rise", "US", "2024", "£200", "水", "U.S."] {
            assert_eq!(useless(term), None, "{term}");
        }
    }

    #[test]
    fn terms_without_spaces_are_bigrams() {
        let texts = |term| read(term).into_iter().map(|(text, prefix, _)| (text, prefix)).collect::<Vec<_>>();
        assert_eq!(texts("旧磨坊"), [("旧磨".to_owned(), false), ("磨坊".to_owned(), false)]);
        assert_eq!(texts("水"), [("水".to_owned(), true)]);
    }
}
