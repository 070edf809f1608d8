//! Says why a quote is refused although its words are in the document: it runs over the end of a paragraph, cuts a
//! word, figure or compound, leaves out a negation, has an insertion that changes the meaning, or its parts are in
//! different paragraphs or in another order.

use std::ops::RangeInclusive;

use memchr::memmem;

use crate::boundaries::is_whole_words;
use crate::cuts::Cut;
use crate::matcher::{cut_in, find_segments, find_words};
use crate::negations::negation_in;
use crate::pattern::{PatternPart, QuotePattern};
use crate::segment::SegmentedDocument;

/// Number of the document's words that a message shows before and after the words that cut something.
const CONTEXT_WORDS: usize = 2;

/// Why a quote is not verified, although the document contains its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The edge of the quote, or of one of its segments, cuts something. Holds what is cut, and the words of the quote
    /// with the words around them in the document.
    Cut(Cut, String),
    /// An elision leaves out this negation.
    ElidedNegation(String),
    /// The insertion with this text changes a word, completes a figure or negates.
    BentInsertion(String),
    /// The segments of the quote occur in the document, but not in order within a paragraph. Holds two of them.
    Apart(Apart),
    /// The words run from the first of these paragraphs into the last.
    AcrossParagraphs(RangeInclusive<usize>),
}

/// Two successive segments of a quote (words between elisions or insertions): the first two that don't occur in this
/// order within one paragraph of the document, or else the first two of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// The words of the two segments, in normal form.
    pub segments: [String; 2],
    /// Numbers of the paragraphs where each of them occurs first, from 1.
    pub paragraphs: [usize; 2],
}

/// Returns why a quote is not verified, if the document contains its words; `None` if it doesn't. Of several reasons,
/// the first in this order: the whole quote runs over the end of a paragraph, a cut, an insertion, an elided negation,
/// segments apart.
pub fn refusal(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<Refusal> {
    if let Some(paragraphs) = paragraphs_of(&pattern.whole, document) {
        return Some(Refusal::AcrossParagraphs(paragraphs));
    }
    let text = document.normalized().text();
    let mut cut = None;
    for part in &pattern.parts {
        let PatternPart::Words(words) = part else { continue };
        if find_words(words, document, 0..text.len()).is_none() {
            cut = Some(cut_occurrence(words, document)?);
        }
    }
    if let Some((cut, around)) = cut {
        return Some(Refusal::Cut(cut, around));
    }
    if let Some(insertion) = pattern.bent_insertion(document.language()) {
        return Some(Refusal::BentInsertion(insertion.to_owned()));
    }
    let mut elided = None;
    find_segments(pattern, document, |gap| {
        elided = elided.take().or_else(|| negation_in(gap, document.language()).map(str::to_owned));
        true
    });
    elided.map(Refusal::ElidedNegation).or_else(|| apart(pattern, document).map(Refusal::Apart))
}

/// Returns the first two parts that follow each other in the quote, but not in one paragraph of the document. If there
/// is no such pair, returns the first two parts; `None` if there is only one.
fn apart(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<Apart> {
    let text = document.normalized().text();
    let segments = pattern.parts.iter().filter_map(|part| match part {
        PatternPart::Words(words) => Some((words, find_words(words, document, 0..text.len())?.start)),
        _ => None,
    });
    let segments: Vec<(&String, usize)> = segments.collect();
    let paragraph = |start: usize| document.paragraph_at(start);
    let is_apart = |[(_, first), (second, _)]: &[(&String, usize); 2]| {
        let end = document.end_of_paragraph(paragraph(*first));
        find_words(second, document, *first..end).is_none()
    };
    let mut pairs = segments.windows(2).filter_map(|pair| <[_; 2]>::try_from(pair).ok());
    let pair = pairs.clone().find(is_apart).or_else(|| pairs.next())?;
    Some(Apart {
        segments: pair.map(|(words, _)| words.clone()),
        paragraphs: pair.map(|(_, start)| paragraph(start)),
    })
}

/// Returns the paragraphs in which the first occurrence of words begins and ends, if these are not the same.
fn paragraphs_of(words: &str, document: &SegmentedDocument) -> Option<RangeInclusive<usize>> {
    let joined = document.normalized().text().replace('\n', " ");
    let mut found = memmem::find_iter(joined.as_bytes(), words.as_bytes());
    let start = found.find(|start| is_whole_words(&joined, *start..start + words.len()))?;
    let paragraph = |at| document.paragraph_at(at);
    let paragraphs = paragraph(start)..=paragraph(start + words.len() - 1);
    (paragraphs.start() < paragraphs.end()).then_some(paragraphs)
}

/// Returns what the first occurrence of words cuts, and that occurrence with `CONTEXT_WORDS` words of the document on
/// each side. The caller makes sure that every occurrence cuts something.
fn cut_occurrence(words: &str, document: &SegmentedDocument) -> Option<(Cut, String)> {
    let text = document.normalized().text();
    let start = memmem::find(text.as_bytes(), words.as_bytes())?;
    let range = start..start + words.len();
    let cut = cut_in(document, &range)?;
    let is_end = |c: char| c == '\n' || c == '\t';
    let behind = text[..start].rsplit(is_end).next().unwrap_or_default();
    let ahead = text[range.end..].split(is_end).next().unwrap_or_default();
    let words_behind = behind.trim_end();
    let first = words_behind.rmatch_indices(' ').nth(CONTEXT_WORDS - 1).map_or(0, |(space, _)| space + 1);
    let words_ahead = ahead.trim_start();
    let last =
        words_ahead.match_indices(' ').nth(CONTEXT_WORDS - 1).map_or(words_ahead.len(), |(space, _)| space);
    let around = start - (behind.len() - first)..range.end + (ahead.len() - words_ahead.len()) + last;
    Some((cut, document.text()[document.normalized().source_range(around)].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::prove;

    #[test]
    fn a_quote_may_not_change_the_meaning_of_its_document() {
        let refused = |document: &str, words: &str| {
            let document = SegmentedDocument::of(document.into(), &[], Some("en"), "en");
            let pattern = QuotePattern::parse(words).expect("words");
            assert_eq!(prove(&pattern, &document), None, "{words}");
            refusal(&pattern, &document)
        };
        let elided = |word: &str| Some(Refusal::ElidedNegation(word.to_owned()));
        assert_eq!(refused("The mill is not safe.", "The mill is … safe"), elided("not"));
        assert_eq!(refused("The mill did not ever fail.", "The mill did … fail"), elided("not"));
        let bent = |text: &str| Some(Refusal::BentInsertion(text.to_owned()));
        assert_eq!(refused("He paid the tax.", "He [never] paid the tax"), bent("never"));
        assert_eq!(refused("It is certain now.", "It is [un]certain now"), bent("un"));
        assert_eq!(refused("There were 12 people.", "There were 12[,000] people"), bent(",000"));
        assert_eq!(refused("There were 5 people.", "There were 5 [million] people"), bent("million"));
        assert_eq!(refused("He may walk home.", "He may walk[ed] home"), bent("ed"));
        let around = "were 11 200 people came.";
        assert_eq!(
            refused("There were 11 200 people came.", "200 people"),
            Some(Refusal::Cut(Cut::Figure, around.to_owned()))
        );
        assert!(matches!(
            refused("There were 11 200 people", "There were … 200 people"),
            Some(Refusal::Cut(Cut::Figure, _))
        ));
        let apart = Apart { segments: ["mill".to_owned(), "came".to_owned()], paragraphs: [1, 2] };
        assert_eq!(refused("The mill burnt.\nNobody came.", "mill … came"), Some(Refusal::Apart(apart)));
        let across = "The mill burnt.\n\nNobody came.\n\nIt rained.";
        assert_eq!(refused(across, "burnt. Nobody came"), Some(Refusal::AcrossParagraphs(1..=2)));
        assert_eq!(refused(across, "burnt. Nobody came. It"), Some(Refusal::AcrossParagraphs(1..=3)));
        assert_eq!(refused(across, "burnt. Nobody ca"), None);
        assert_eq!(refused("The mill burnt.", "a ship"), None);
    }
}
