//! Finds reported speech: the quote is given as the source's own statement, but the source says that someone else said
//! it.

use std::ops::Range;

use sourcewise_quotes::SegmentedDocument;
use unicode_segmentation::UnicodeSegmentation;

use super::{Found, MAX_PHRASE_WORDS, TurnKind, has_mark, lower, phrase, words};
use crate::attribution::{Attribution, CueClass, attribution_alone, is_supported_language};
use crate::lexicons::ContextWords;

/// A cue after a quote is at most this many words away from it: *…, the mayor of Ford said*.
pub(super) const MAX_WORDS_TO_CUE: usize = 5;

/// Finds a cue of reported speech that governs the quote, whose sentence begins with the passage at `index`.
pub(super) fn reported(
    document: &SegmentedDocument,
    index: usize,
    sentence: &Range<usize>,
    quote: &Range<usize>,
    lists: &ContextWords,
) -> Option<Found> {
    let text = document.text();
    let cues = if is_supported_language(lists.language()) {
        cues_by_rule(text, &attribution_alone(document, index), lists)
    } else {
        cues_by_list(text, sentence, lists)
    };
    cues.into_iter().find(|cue| governs(text, cue, quote)).map(|cue| (TurnKind::Reported, cue))
}

/// Returns the cues of an attribution that are no denials: `clause` finds those.
fn cues_by_rule(text: &str, attribution: &Attribution, lists: &ContextWords) -> Vec<Range<usize>> {
    let is_denial = |cue: &Range<usize>| lists.denials.contains(lower(&text[cue.clone()]).as_str());
    let cues = speech_cues(text, attribution, lists);
    cues.iter().filter(|cue| !is_denial(cue)).cloned().collect()
}

/// Returns the cues of an attribution by a verb of speech, a preposition or a noun, unless its speaker is the document
/// itself.
pub(super) fn speech_cues<'a>(
    text: &str,
    attribution: &'a Attribution,
    lists: &ContextWords,
) -> &'a [Range<usize>] {
    let speaks = matches!(attribution.class, Some(CueClass::Speech | CueClass::Preposition | CueClass::Noun));
    let is_own = attribution.speaker.as_ref().is_some_and(|speaker| {
        let first = text[speaker.clone()].unicode_words().next().map(lower);
        first.is_some_and(|first| lists.own_speakers.contains(first.as_str()))
    });
    if speaks && !is_own { &attribution.cues } else { &[] }
}

/// Returns the cues in a sentence, by the list `reports`, for languages without rules of attribution.
pub(super) fn cues_by_list(text: &str, sentence: &Range<usize>, lists: &ContextWords) -> Vec<Range<usize>> {
    phrases_in(text, sentence, |phrase| lists.reports.contains(phrase))
}

/// Returns the phrases in a range of a text that are listed. `is_listed` gets them in lower case.
pub(super) fn phrases_in(
    text: &str,
    range: &Range<usize>,
    is_listed: impl Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let words = words(text, range.clone());
    let mut found = Vec::new();
    for start in 0..words.len() {
        for length in 1..=MAX_PHRASE_WORDS.min(words.len() - start) {
            let words = &words[start..start + length];
            if is_listed(phrase(words).as_str()) {
                found.push(words[0].range.start..words[length - 1].range.end);
            }
        }
    }
    found
}

/// Whether the quote is what the cue reports. Between a cue and a quote after it, the only marks may be a colon, an
/// opening quotation mark or the comma before *dass*. Between a quote and a cue after it, there must be a comma, and
/// there may be a few words.
pub(super) fn governs(text: &str, cue: &Range<usize>, quote: &Range<usize>) -> bool {
    let is_quotation_mark = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '„' | '"' | '«' | '»');
    if let Some(between) = text.get(cue.end..quote.start) {
        // After *according to the mayor*, a comma is usual.
        let is_preposition = text[cue.clone()].contains(' ') || lower(&text[cue.clone()]) == "laut";
        let between = between.trim_end_matches(is_quotation_mark);
        let comma = between.strip_suffix(',').filter(|_| is_preposition);
        let between = between.strip_suffix(':').or(comma).unwrap_or(between);
        return !has_mark(&between.replace(", dass ", " dass "));
    }
    let Some(between) = text.get(quote.end..cue.start) else { return false };
    let inner = between.trim_start_matches(|c: char| is_quotation_mark(c) || c == ',');
    let is_separated = between.trim_start().len() > inner.len();
    is_separated && between.unicode_words().count() <= MAX_WORDS_TO_CUE && !has_mark(inner)
}
