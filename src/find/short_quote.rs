//! Makes a short quote from a passage that a rule found. The site's author gets it as a suggestion for a record.

use std::ops::Range;

use sourcewise_quotes::{QuotePattern, SegmentedDocument, prove_words};

use super::FoundPassage;
use crate::text::one_line;

/// Makes a quote of at most `max_words` words from a passage: the whole passage if it is short enough, or else the run
/// of words in it that has the most matched words. Punctuation such as a comma is cut from both ends. `None` if the
/// passage has no words or the quote can't be proved in the document.
pub fn short_quote(document: &SegmentedDocument, found: &FoundPassage, max_words: usize) -> Option<String> {
    let whole = &found.number.of(document.passages()).range;
    let words = words_in(document.text(), whole);
    let matched = |word: &Range<usize>| found.words.iter().any(|m| m.start < word.end && word.start < m.end);
    let counts: Vec<usize> = words.iter().map(|word| count_words(&document.text()[word.clone()])).collect();
    let mut windows: Vec<Range<usize>> = (0..words.len())
        .map(|start| {
            let sums = counts[start..].iter().scan(0, |sum, count| {
                *sum += count;
                Some(*sum)
            });
            start..start + sums.take_while(|sum| *sum <= max_words).count()
        })
        .collect();
    // A window is a run of at most `max_words` words. Of windows with the same end, only the longest is kept.
    windows.dedup_by_key(|window| window.end);
    let best = windows.into_iter().max_by_key(|window| {
        let hits = words[window.clone()].iter().filter(|word| matched(word)).count();
        // Among windows with equally many matched words, prefers the start of the passage or of a clause, and then
        // the first window.
        let starts_clause = window.start == 0
            || document.text()[..words[window.start].start].trim_end().ends_with([',', ';', ':', '—', '–']);
        (hits, starts_clause, std::cmp::Reverse(window.start))
    });
    let window = words.get(best?)?;
    let (first, last) = (window.first()?, window.last()?);
    let text = one_line(&document.text()[first.start..last.end]);
    let trimmed = text.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '—' | '–' | ' '));
    prove_words(trimmed, document).map(|_| trimmed.to_owned())
}

/// Counts the words of a quote, as the command `check` does for the limit on its length. Words in square brackets
/// count, too. 0 if the text has no letter or digit outside square brackets.
pub fn count_words(text: &str) -> usize {
    QuotePattern::parse(text).map_or(0, |pattern| pattern.words())
}

/// Returns the byte ranges in `text` of the words within `range`. Words are separated by white space.
fn words_in(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let inside = &text[range.clone()];
    let start = inside.as_ptr() as usize;
    let words = inside.split_whitespace().map(|word| {
        let at = range.start + (word.as_ptr() as usize - start);
        at..at + word.len()
    });
    words.collect()
}
