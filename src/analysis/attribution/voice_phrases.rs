//! Finds the phrases that signal a voice in English text, such as *reportedly* (hedged) or *is expected to* (forecast).
//!
//! The phrase lists are used twice: to detect whether a sentence is hedged or a forecast, and to mark the cues in
//! quotes whose voice the site's author gave. The list `attributed` is only used for marking. Weak phrases, from the
//! lists `hedged_weakly` and `forecast_weakly`, are only used for marking, because they are too ambiguous for
//! detection.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use sourcewise_quotes::boundaries::is_whole_words;

use crate::Voice;
use crate::lexicons::english;

/// Phrases that begin with a longer word are not looked up. Without this limit, the time for a long text without spaces
/// would be quadratic, because each look-up would read it to its end.
const MAX_WORD_BYTES: usize = 100;

/// Phrases grouped by their first word, longest first.
type PhraseLexicon = BTreeMap<&'static str, Vec<&'static str>>;

fn phrases(lists: &[&BTreeSet<&'static str>]) -> PhraseLexicon {
    let mut phrases = PhraseLexicon::new();
    for phrase in lists.iter().flat_map(|list| list.iter().copied()) {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        phrases.entry(first).or_default().push(phrase);
    }
    for group in phrases.values_mut() {
        group.sort_by_key(|phrase| (std::cmp::Reverse(phrase.len()), *phrase));
        group.dedup();
    }
    phrases
}

static ATTRIBUTED_CUES: LazyLock<PhraseLexicon> = LazyLock::new(|| phrases(&[&english().attributed]));
static HEDGED_CUES: LazyLock<PhraseLexicon> =
    LazyLock::new(|| phrases(&[&english().hedged, &english().hedged_weakly]));
static FORECAST_CUES: LazyLock<PhraseLexicon> =
    LazyLock::new(|| phrases(&[&english().forecast, &english().forecast_weakly]));
static STRONG_HEDGED_CUES: LazyLock<PhraseLexicon> = LazyLock::new(|| phrases(&[&english().hedged]));
static STRONG_FORECAST_CUES: LazyLock<PhraseLexicon> = LazyLock::new(|| phrases(&[&english().forecast]));

/// Finds the cues of a given voice in `text`: sorted, disjoint byte ranges. For quotes in records, whose voice the
/// site's author gave. `Own` has no cues.
pub fn find_cues(text: &str, voice: Voice) -> Vec<Range<usize>> {
    let lexicon = match voice {
        Voice::Own => return Vec::new(),
        Voice::Attributed => &*ATTRIBUTED_CUES,
        Voice::Hedged => &*HEDGED_CUES,
        Voice::Forecast => &*FORECAST_CUES,
    };
    // Only ASCII is converted to lower case, so byte offsets don't change.
    let lower = text.to_ascii_lowercase();
    let words = lower.char_indices().filter(|(at, c)| c.is_alphanumeric() && !follows_letter(&lower, *at));
    merge_adjacent(text, words.filter_map(|(at, _)| phrase_at(lexicon, &lower, at)))
}

/// Detects whether a sentence is hedged or, if not, a forecast, and returns its cues. `text` is the document, `lower`
/// the same with ASCII letters in lower case, and `starts` are the offsets of the words at which a cue may begin.
pub(crate) fn hedge_or_forecast(
    text: &str,
    lower: &str,
    starts: &[usize],
) -> Option<(Voice, Vec<Range<usize>>)> {
    let found = |lexicon: &PhraseLexicon| {
        let starts = starts.iter().copied().filter(|at| !is_name_or_noun(text, *at));
        merge_adjacent(text, starts.filter_map(|at| phrase_at(lexicon, lower, at)))
    };
    let hedged = found(&STRONG_HEDGED_CUES);
    if !hedged.is_empty() {
        return Some((Voice::Hedged, hedged));
    }
    let forecast = found(&STRONG_FORECAST_CUES);
    (!forecast.is_empty()).then_some((Voice::Forecast, forecast))
}

/// Whether *may*, *will* or *might* at `at` is a name or noun: *May* the month, *Will* the man, *free will*. Its
/// capital and the words around it decide.
fn is_name_or_noun(text: &str, at: usize) -> bool {
    let word = beginning(&text[at..]).split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if !matches!(word, "May" | "Will" | "MAY" | "WILL" | "will" | "might") {
        return false;
    }
    let rest = text[at + word.len()..].trim_start();
    if word.starts_with(char::is_uppercase) {
        return !["he ", "she ", "it ", "they ", "we ", "the ", "this "]
            .iter()
            .any(|subject| rest.starts_with(subject));
    }
    let before = text[..at].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ["a", "the", "free", "good", "ill", "political", "his", "her", "its", "their", "of", "at", "with"]
        .contains(&before)
}

/// Whether the character at `at` follows a letter or digit, so that no word begins there.
fn follows_letter(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Returns the start of a text, long enough to contain its first word if that has at most `MAX_WORD_BYTES`.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_WORD_BYTES)]
}

/// Returns the longest phrase of a lexicon that begins at `at` and ends at the end of a word; `None` if there is none.
fn phrase_at(lexicon: &PhraseLexicon, lower: &str, at: usize) -> Option<Range<usize>> {
    let rest = &lower[at..];
    let first =
        beginning(rest).split(|c: char| !(c.is_alphanumeric() || c == '\'')).next().unwrap_or_default();
    let bare = first.split('\'').next().unwrap_or(first);
    let group = lexicon.get(first).or_else(|| lexicon.get(bare))?;
    let mut matching =
        group.iter().filter(|phrase| rest.starts_with(**phrase)).map(|phrase| at..at + phrase.len());
    matching.find(|range| is_whole_words(lower, range.clone()))
}

/// Merges sorted ranges that are separated only by white space. If two ranges overlap, the second is dropped.
pub(crate) fn merge_adjacent(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => {}
            Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
            _ => merged.push(range),
        }
    }
    merged
}

/// Splits a text into its cues and the text between them. Returns each piece, with whether it is a cue.
pub fn split_at_cues<'t>(text: &'t str, cues: &[Range<usize>]) -> Vec<(&'t str, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for cue in cues {
        if cue.start > at {
            pieces.push((&text[at..cue.start], false));
        }
        pieces.push((&text[cue.clone()], true));
        at = cue.end;
    }
    if at < text.len() {
        pieces.push((&text[at..], false));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, voice: Voice) -> Vec<&str> {
        find_cues(text, voice).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn cues_are_found_as_whole_words_once() {
        assert_eq!(
            marked("The mill is said to have burnt, reportedly", Voice::Hedged),
            ["is said to", "reportedly"]
        );
        assert_eq!(marked("According to two neighbours", Voice::Attributed), ["According to"]);
        assert_eq!(
            marked("According to observers cited by it", Voice::Attributed),
            ["According to observers cited by"]
        );
        assert_eq!(marked("is expected to open", Voice::Forecast), ["is expected to"]);
        assert_eq!(marked("reporters in Maying", Voice::Hedged), Vec::<&str>::new());
        assert_eq!(marked("it will", Voice::Own), Vec::<&str>::new());
        assert_eq!(marked("who started the fire, she said", Voice::Attributed), ["said"]);
    }

    #[test]
    fn a_text_is_split_at_its_cues_without_loss() {
        let text = "The mill, he said, burnt.";
        let pieces = split_at_cues(text, &find_cues(text, Voice::Attributed));
        assert_eq!(pieces, [("The mill, he ", false), ("said", true), (", burnt.", false)]);
    }
}
