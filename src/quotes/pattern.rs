//! What an author claims to stand in a document, taken apart at what is left out and put in.

use memchr::memchr2;
use unicode_segmentation::UnicodeSegmentation;

use crate::normalize::normal;

/// What an author claims to stand in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// All of it, in normal form.
    pub whole: String,
    /// The same, taken apart.
    pub parts: Vec<Part>,
}

/// A part of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words in normal form.
    Words(String),
    /// Something left out.
    Elision,
    /// Something that the editor adds. It takes nothing away.
    Insertion {
        /// What is added.
        text: String,
        /// Whether words follow without a space.
        touches: bool,
    },
}

impl Claim {
    /// Reads a quote as it was written. `None` if there are no words in it.
    pub fn parse(written: &str) -> Option<Self> {
        let whole = normal(written);
        let parts = parts(&whole);
        let words = |part: &Part| matches!(part, Part::Words(text) if text.contains(char::is_alphanumeric));
        parts.iter().any(words).then_some(Self { whole, parts })
    }

    /// How many words it has, the editor's included.
    pub fn words(&self) -> usize {
        self.whole.unicode_words().count()
    }

    /// The parts between elisions: each must stand in the document without a gap.
    pub fn runs(&self) -> impl Iterator<Item = &[Part]> {
        self.parts
            .split(|part| matches!(part, Part::Elision))
            .filter(|run| run.iter().any(|part| matches!(part, Part::Words(_))))
    }
}

/// Takes a quote in normal form apart at `...`, `[...]` and `[word]`.
fn parts(whole: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words_from = 0;
    let mut at = 0;
    while let Some(found) = memchr2(b'.', b'[', &whole.as_bytes()[at..]) {
        at += found;
        let Some((part, length)) = marker(&whole[at..]) else {
            at += 1;
            continue;
        };
        push_words(&mut parts, &whole[words_from..at]);
        parts.push(part);
        at += length;
        words_from = at;
    }
    push_words(&mut parts, &whole[words_from..]);
    parts
}

fn push_words(parts: &mut Vec<Part>, words: &str) {
    if !words.trim().is_empty() {
        parts.push(Part::Words(words.trim().to_owned()));
    }
}

/// The marker that `rest` begins with, and its length in bytes. A bracket that is never closed, or has nothing in it,
/// is a bracket of the document's.
fn marker(rest: &str) -> Option<(Part, usize)> {
    if rest.starts_with("...") {
        return Some((Part::Elision, rest.len() - rest.trim_start_matches('.').len()));
    }
    let inner = &rest.strip_prefix('[')?[..rest.find(']')? - 1];
    let length = inner.len() + 2;
    match inner.trim() {
        "" => None,
        "..." => Some((Part::Elision, length)),
        text => {
            let touches = rest[length..].starts_with(char::is_alphabetic);
            Some((Part::Insertion { text: text.to_owned(), touches }, length))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_without_words_is_no_claim() {
        for empty in ["", "  ", "…", "[...]", "[word]", "—"] {
            assert_eq!(Claim::parse(empty), None, "{empty:?}");
        }
    }
}
