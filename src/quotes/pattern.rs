//! Parses a quote as the site's author wrote it, with elisions (`…`, `[…]`) and insertions (`[word]`).
//!
//! The notation follows The Chicago Manual of Style (17th ed., 13.50–13.62).

use memchr::memchr2;
use unicode_segmentation::UnicodeSegmentation;

use crate::normalize::normal;

/// A parsed quote: words in normal form, elisions and insertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotePattern {
    /// The whole quote in normal form, including brackets and full stops.
    pub whole: String,
    /// The parts of the quote, in order.
    pub parts: Vec<PatternPart>,
}

/// A part of a quote pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternPart {
    /// Words to look up, in normal form.
    Words(String),
    /// A gap: the quote leaves out words of the document.
    Elision,
    /// Words that the site's author added. They match nothing in the document.
    Insertion {
        /// The added words, without the brackets.
        text: String,
        /// Whether a word follows without a space, as in `[t]he`.
        touches: bool,
    },
}

impl QuotePattern {
    /// Parses a quote. Returns `None` if it has no words to look for.
    pub fn parse(written: &str) -> Option<Self> {
        let whole = normal(written);
        let parts = parts(&whole);
        let words = |part: &PatternPart| matches!(part, PatternPart::Words(text) if text.contains(char::is_alphanumeric));
        parts.iter().any(words).then_some(Self { whole, parts })
    }

    /// Counts the words (UAX 29), insertions included.
    pub fn words(&self) -> usize {
        self.whole.unicode_words().count()
    }

    /// The segments between elisions. Each must occur in the document without a gap.
    pub fn segments(&self) -> impl Iterator<Item = &[PatternPart]> {
        self.parts
            .split(|part| matches!(part, PatternPart::Elision))
            .filter(|run| run.iter().any(|part| matches!(part, PatternPart::Words(_))))
    }
}

/// Splits a quote in normal form at `...`, `[...]` and `[word]`.
fn parts(whole: &str) -> Vec<PatternPart> {
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

fn push_words(parts: &mut Vec<PatternPart>, words: &str) {
    if !words.trim().is_empty() {
        parts.push(PatternPart::Words(words.trim().to_owned()));
    }
}

/// Parses the elision or insertion at the start of `rest`. Returns it with its length in bytes; `None` for other text
/// and for a bracket that is empty or never closed, which is then a character of the quoted words.
fn marker(rest: &str) -> Option<(PatternPart, usize)> {
    if rest.starts_with("...") {
        return Some((PatternPart::Elision, rest.len() - rest.trim_start_matches('.').len()));
    }
    let inner = &rest.strip_prefix('[')?[..rest.find(']')? - 1];
    let length = inner.len() + 2;
    match inner.trim() {
        "" => None,
        "..." => Some((PatternPart::Elision, length)),
        text => {
            let touches = rest[length..].starts_with(char::is_alphabetic);
            Some((PatternPart::Insertion { text: text.to_owned(), touches }, length))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_without_words_is_rejected() {
        for empty in ["", "  ", "…", "[...]", "[word]", "—"] {
            assert_eq!(QuotePattern::parse(empty), None, "{empty:?}");
        }
    }
}
