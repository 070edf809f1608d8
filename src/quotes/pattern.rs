//! Parses a quote as the site's author wrote it, with elisions (`…`, `[…]`) and insertions (`[word]`).
//!
//! The notation follows The Chicago Manual of Style (17th ed., 13.50–13.62).

use memchr::memchr2;
use unicode_segmentation::UnicodeSegmentation;

use crate::cuts::cut_by;
use crate::negations::negation_in;
use crate::normalize::normal;

/// A parsed quote: words in normal form, elisions and insertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotePattern {
    /// The whole quote in normal form, with elisions and insertions as they are written (`...`, `[word]`): a document
    /// may contain these characters itself.
    pub whole: String,
    /// The parts of the quote, in order.
    pub parts: Vec<PatternPart>,
}

/// A part of a quote pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PatternPart {
    /// Words to look up, in normal form.
    Words(String),
    /// An omission: the quote leaves out words of the document here.
    Elision,
    /// The end of a paragraph of the quote. A quote with n of them may run over n + 1 paragraphs of the document. Words
    /// may be left out here.
    ParagraphBreak,
    /// Words that the site's author added. They match nothing in the document.
    Insertion {
        /// The added words, without the brackets.
        text: String,
        /// Whether a letter or digit is directly before the bracket, as in `12[,000]`.
        follows: bool,
        /// Whether a letter or digit is directly after the bracket, as in `[t]he`.
        touches: bool,
    },
}

/// Separates the paragraphs of a quote that spans several (U+2029, the paragraph separator).
pub const PARAGRAPH_BREAK: char = '\u{2029}';

impl PatternPart {
    /// Whether words of the document may be left out here.
    pub(crate) fn is_gap(&self) -> bool {
        matches!(self, Self::Elision | Self::ParagraphBreak)
    }
}

impl QuotePattern {
    /// Parses a quote, whose paragraphs are separated by [`PARAGRAPH_BREAK`]. Returns `None` if it has no letters or
    /// digits to look for.
    pub fn parse(written: &str) -> Option<Self> {
        let whole = normal(written);
        let paragraphs: Vec<Vec<PatternPart>> =
            written.split(PARAGRAPH_BREAK).map(|paragraph| parts(&normal(paragraph))).collect();
        let parts = paragraphs.join(&PatternPart::ParagraphBreak);
        let words = |part: &PatternPart| matches!(part, PatternPart::Words(text) if text.contains(char::is_alphanumeric));
        parts.iter().any(words).then_some(Self { whole, parts })
    }

    /// Counts the words (UAX 29), insertions included.
    pub fn words(&self) -> usize {
        self.whole.unicode_words().count()
    }

    /// Returns the text of the first insertion that does more than add whole words: it completes a word (`car[bon]`) or
    /// a figure (`12[,000]`), or it negates (`was [not]`). Replacing the first letter of a segment is allowed: `[t]he`.
    /// `language` is the document's language, whose negations are recognized.
    pub(crate) fn bent_insertion(&self, language: &str) -> Option<&str> {
        self.parts.iter().enumerate().find_map(|(index, part)| {
            let PatternPart::Insertion { text, follows, touches } = part else { return None };
            let is_first = index == 0 || self.parts[index - 1].is_gap();
            let changes_case = *touches && is_first && text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
            let ends_in_figure = index > 0
                && matches!(&self.parts[index - 1], PatternPart::Words(words) if words.ends_with(char::is_numeric));
            let is_bent = *follows
                || *touches && !changes_case
                || ends_in_figure && (text.starts_with(char::is_numeric) || cut_by(&format!("1 {text}"), 0..1, |_| false).is_some())
                || negation_in(text, language).is_some();
            is_bent.then_some(text.as_str())
        })
    }

    /// Returns the segments between elisions and paragraph breaks. Each must occur in the document without omissions.
    pub fn segments(&self) -> impl Iterator<Item = &[PatternPart]> {
        self.parts
            .split(PatternPart::is_gap)
            .filter(|run| run.iter().any(|part| matches!(part, PatternPart::Words(_))))
    }

    /// Returns each of the segments as a pattern of its own.
    pub fn each_segment(&self) -> impl Iterator<Item = Self> {
        let words = |part: &PatternPart| match part {
            PatternPart::Words(words) => Some(words.clone()),
            _ => None,
        };
        self.segments().map(move |segment| Self {
            whole: segment.iter().filter_map(words).collect::<Vec<_>>().join(" "),
            parts: segment.to_vec(),
        })
    }
}

/// Splits a quote in normal form at `...`, `[...]` and `[word]`.
fn parts(whole: &str) -> Vec<PatternPart> {
    let mut parts = Vec::new();
    let mut words_from = 0;
    let mut at = 0;
    while let Some(found) = memchr2(b'.', b'[', &whole.as_bytes()[at..]) {
        at += found;
        let Some((part, length)) = marker(&whole[..at], &whole[at..]) else {
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
fn marker(before: &str, rest: &str) -> Option<(PatternPart, usize)> {
    if rest.starts_with("...") {
        return Some((PatternPart::Elision, rest.len() - rest.trim_start_matches('.').len()));
    }
    let inner = &rest.strip_prefix('[')?[..rest.find(']')? - 1];
    let length = inner.len() + 2;
    match inner.trim() {
        "" => None,
        "..." => Some((PatternPart::Elision, length)),
        text => {
            let follows = before.ends_with(char::is_alphanumeric);
            let touches = rest[length..].starts_with(char::is_alphanumeric);
            Some((PatternPart::Insertion { text: text.to_owned(), follows, touches }, length))
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
