//! The words by which a voice is known, other than verbs of speech, and how a text is marked with them.
//!
//! English only. One lexicon serves both to find a voice and to mark the words of one that an editor gave; some words
//! mark, but are too weak to tell a voice by.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use sourcewise_quotes::normalize::is_whole_words;

use crate::Voice;
use crate::lexicons::english;

/// A lexicon of phrases, by their first words, the longest first.
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

/// Where the words stand in `text` by which `voice` is known, in order and apart from one another: marks the quotes
/// of a record, whose voice its editor gave.
pub fn find_cues(text: &str, voice: Voice) -> Vec<Range<usize>> {
    let known = match voice {
        Voice::Own => return Vec::new(),
        Voice::Attributed => &*ATTRIBUTED_CUES,
        Voice::Hedged => &*HEDGED_CUES,
        Voice::Forecast => &*FORECAST_CUES,
    };
    // Lower-casing ASCII alone keeps every byte at its place.
    let lower = text.to_ascii_lowercase();
    let words = lower.char_indices().filter(|(at, c)| c.is_alphanumeric() && !follows_letter(&lower, *at));
    merge_adjacent(text, words.filter_map(|(at, _)| phrase_at(known, &lower, at)))
}

/// Where the words stand by which a sentence of a document is known to be hedged, or else to be a forecast. `starts`
/// are where its words begin, `lower` the document in lower case.
pub(crate) fn hedge_or_forecast(
    text: &str,
    lower: &str,
    starts: &[usize],
) -> Option<(Voice, Vec<Range<usize>>)> {
    let found = |known: &PhraseLexicon| {
        let places = starts.iter().copied().filter(|at| !is_name_or_noun(text, *at));
        merge_adjacent(text, places.filter_map(|at| phrase_at(known, lower, at)))
    };
    let hedged = found(&STRONG_HEDGED_CUES);
    if !hedged.is_empty() {
        return Some((Voice::Hedged, hedged));
    }
    let forecast = found(&STRONG_FORECAST_CUES);
    (!forecast.is_empty()).then_some((Voice::Forecast, forecast))
}

/// *May* the month, *Will* the man, *free will*, *a may*: by a capital after the first word, or the word before.
fn is_name_or_noun(text: &str, at: usize) -> bool {
    let word = text[at..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
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

fn follows_letter(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// The longest phrase of a lexicon that begins at a place.
fn phrase_at(known: &PhraseLexicon, lower: &str, at: usize) -> Option<Range<usize>> {
    let rest = &lower[at..];
    let first = rest.split(|c: char| !(c.is_alphanumeric() || c == '\'')).next().unwrap_or_default();
    let bare = first.split('\'').next().unwrap_or(first);
    let group = known.get(first).or_else(|| known.get(bare))?;
    let mut matching =
        group.iter().filter(|phrase| rest.starts_with(**phrase)).map(|phrase| at..at + phrase.len());
    matching.find(|range| is_whole_words(lower, range.clone()))
}

/// Places made one where only a space is between them: they are one to the eye. Of two that overlap the first counts.
pub(crate) fn merge_adjacent(text: &str, places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in places {
        match merged.last_mut() {
            Some(last) if range.start < last.end => {}
            Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
            _ => merged.push(range),
        }
    }
    merged
}

/// A text, cut where its cue words are: each piece, and whether it is a cue.
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
    fn the_words_that_make_a_voice_are_found_whole_and_once() {
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
    fn a_text_is_cut_at_its_cues_and_nothing_is_lost() {
        let text = "The mill, he said, burnt.";
        let pieces = split_at_cues(text, &find_cues(text, Voice::Attributed));
        assert_eq!(pieces, [("The mill, he ", false), ("said", true), (", burnt.", false)]);
    }
}
