//! The words by which a voice is known, so that a reader sees in the quote why it counts as hedged or attributed.
//!
//! English only. Which voice an answer has is the author's word; these lists mark, they don't decide.

use std::ops::Range;

use crate::load::Voice;
use crate::text::normal::stands_alone;

/// Words that put what is said into somebody else's mouth.
#[rustfmt::skip]
const ATTRIBUTED: &[&str] = &[
    "according to", "acknowledged", "admission", "admitted", "allegedly", "analysts note", "as described",
    "as highlighted by", "cited by", "claim", "claimed", "claims", "denied", "described", "insiders", "is said to",
    "note", "noted", "notes", "observers", "on condition of anonymity", "originally published by", "per",
    "publicly acknowledged", "put the odds", "report", "reported", "reportedly", "reports", "reports indicate",
    "reports suggest", "researchers say", "said", "say", "says", "seen as", "suggest", "suggested", "suggests", "told",
];

/// Words that keep what is said at a distance.
#[rustfmt::skip]
const HEDGED: &[&str] = &[
    "alleged", "allegedly", "apparently", "appears to", "considering", "could", "implied", "is reported",
    "is said to", "likely", "may", "might", "perhaps", "possible", "possibly", "potential", "potentially",
    "raises questions", "questions remain", "reported", "reportedly", "rumored", "rumoured", "said to have",
    "seems to", "suggests", "unclear", "whether", "would",
];

/// Words that speak of what is to come.
#[rustfmt::skip]
const FORECAST: &[&str] = &[
    "are expected to", "could", "expected to", "expects", "going to", "is expected to", "is poised to", "may",
    "might", "poised to", "set to", "shall", "upcoming", "will", "would",
];

/// Where the words stand in `text` by which `voice` is known, in order and apart from one another.
pub fn cues(text: &str, voice: Voice) -> Vec<Range<usize>> {
    let known = match voice {
        Voice::Own => return Vec::new(),
        Voice::Attributed => ATTRIBUTED,
        Voice::Hedged => HEDGED,
        Voice::Forecast => FORECAST,
    };
    // Lower-casing ASCII alone keeps every byte at its place.
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = known
        .iter()
        .flat_map(|cue| lower.match_indices(cue).map(|(at, cue)| at..at + cue.len()))
        .filter(|range| stands_alone(&lower, range.clone()))
        .collect();
    // Of two that overlap the longer one counts.
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => {}
            // Cues with only a space between them are one to the eye.
            Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
            _ => apart.push(range),
        }
    }
    apart
}

/// A quote's text, cut where its cue words are.
pub fn cut_at_cues<'t>(text: &'t str, cues: &[Range<usize>]) -> Vec<(&'t str, bool)> {
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
        cues(text, voice).into_iter().map(|range| &text[range]).collect()
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
    }
}
