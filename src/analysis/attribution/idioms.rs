//! Finds cues that consist of fixed words: *according to*, *per*, *in the words of*, *by one estimate*, *on condition
//! of anonymity*, *put it*, *put at*, *made clear*.

use std::ops::Range;

use super::cue::AttributionCue;
use super::noun_phrase::phrase_after;
use super::subject::subject;
use super::tokens::{Token, TokenKind};
use super::verb_group::group;
use super::verbs::CueClass;

/// Only this many tokens after *by* are searched for the noun: *by one estimate*.
const MAX_ESTIMATE_PHRASE_WORDS: usize = 4;
/// Only this many tokens after *put* are searched for a number: *put the damage at 9,000*.
const MAX_PUT_PHRASE_WORDS: usize = 10;

/// Returns the cue of fixed words that begins at the token `at`. Exception: the cue *on condition of anonymity* is
/// returned if the token is *condition*.
pub(crate) fn multiword_cue(tokens: &[Token<'_>], at: usize) -> Option<AttributionCue> {
    let next = |words: &[&str]| matches_words(tokens, at + 1, words);
    match tokens[at].lower {
        "according" if next(&["to"]) => with_speaker_after(tokens, at..at + 2),
        "in" if next(&["the", "words", "of"]) => with_speaker_after(tokens, at..at + 4),
        "per" if is_source(tokens, at) => with_speaker_after(tokens, at..at + 1),
        "by" => estimate_cue(tokens, at),
        "condition" if next(&["of", "anonymity"]) => {
            let start = (at.saturating_sub(2)..at).find(|before| tokens[*before].is("on")).unwrap_or(at);
            Some(AttributionCue {
                class: CueClass::Preposition,
                cue: start..at + 3,
                whole_sentence: false,
                speaker: None,
            })
        }
        "made" | "makes" | "make" | "making" if next(&["clear"]) => {
            with_subject_before(tokens, at..at + 2, CueClass::Speech)
        }
        "made" | "makes" | "make" | "making" if next(&["it", "clear"]) => {
            with_subject_before(tokens, at..at + 3, CueClass::Speech)
        }
        "put" | "puts" if next(&["it"]) => {
            let found = with_subject_before(tokens, at..at + 2, CueClass::Speech)?;
            let start = found.speaker.as_ref()?.start;
            let as_said = start > 0 && tokens[start - 1].is("as");
            let ends = tokens.get(at + 2).is_none_or(|next| !next.is_word() || next.is("in"));
            let quotes = ends && tokens[..at].iter().any(|token| token.quoted);
            (as_said || quotes).then_some(AttributionCue { whole_sentence: true, ..found })
        }
        "put" | "puts" if puts_at(tokens, at) => with_subject_before(tokens, at..at + 1, CueClass::Finding),
        _ => None,
    }
}

/// Whether the tokens from index `at` on are exactly `words`, which are in lower case.
pub(crate) fn matches_words(tokens: &[Token<'_>], at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(step, word)| tokens.get(at + step).is_some_and(|token| token.is(word)))
}

/// Returns a cue that covers the whole sentence, and whose speaker is the noun phrase after it; `None` if no noun
/// phrase follows.
fn with_speaker_after(tokens: &[Token<'_>], cue: Range<usize>) -> Option<AttributionCue> {
    let speaker = phrase_after(tokens, cue.end)?;
    Some(AttributionCue { class: CueClass::Preposition, cue, whole_sentence: true, speaker: Some(speaker) })
}

/// Returns a cue whose speaker is the subject before it; `None` if the verb has no subject.
fn with_subject_before(tokens: &[Token<'_>], cue: Range<usize>, class: CueClass) -> Option<AttributionCue> {
    let speaker = subject(tokens, group(tokens, cue.start).start)?;
    Some(AttributionCue { class, cue, whole_sentence: false, speaker: Some(speaker) })
}

/// Whether *per* at `at` names a source, by the word after it: *per the survey* or *as per Reuters*, not *per head*. No
/// word but *as* may precede *per*.
fn is_source(tokens: &[Token<'_>], at: usize) -> bool {
    let starts_phrase = at == 0 || tokens[at - 1].kind != TokenKind::Word || tokens[at - 1].is("as");
    let is_source_name = |next: &Token<'_>| next.capital || next.is_determiner() && !next.is("a");
    starts_phrase && tokens.get(at + 1).is_some_and(is_source_name)
}

/// Returns the cue for *by one estimate*, *by their own account*, *by Ann Lee’s account*. The word after
/// *by* must be one of quantity, a possessive, or have a capital.
fn estimate_cue(tokens: &[Token<'_>], at: usize) -> Option<AttributionCue> {
    let nearby =
        (at + 1..tokens.len()).take(MAX_ESTIMATE_PHRASE_WORDS).take_while(|nearby| tokens[*nearby].is_word());
    let is_estimate =
        |nearby: &usize| matches!(tokens[*nearby].lower, "estimate" | "estimates" | "account" | "accounts");
    let end = nearby.filter(is_estimate).last()?;
    let owner = tokens.get(at + 1)?;
    let is_quantity_or_possessive = matches!(
        owner.lower,
        "one" | "some" | "most" | "many" | "all" | "several" | "his" | "her" | "their" | "its"
    );
    let speaker = Some(at + 1..end + 1);
    (is_quantity_or_possessive || owner.capital).then_some(AttributionCue {
        class: CueClass::Preposition,
        cue: at..end + 1,
        whole_sentence: true,
        speaker,
    })
}

/// Whether *put* at `at` gives an estimate: *put the damage at 9,000*.
fn puts_at(tokens: &[Token<'_>], at: usize) -> bool {
    let nearby = tokens.iter().skip(at + 1).take(MAX_PUT_PHRASE_WORDS).take_while(|token| token.is_word());
    let words: Vec<&str> = nearby.map(|token| token.lower).collect();
    let figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£'));
    words.windows(2).any(|pair| matches!(pair, ["at", next] if figure(next)))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn an_idiom_needs_all_its_words_and_a_speaker() {
        for (text, at, cue) in [
            ("in the words of the miller", 0, Some(0..4)),
            ("nine per head", 1, None),
            ("burnt by one estimate", 1, Some(1..4)),
            ("burnt by the estimate", 1, None),
            ("the owner put the damage at 9,000", 2, Some(2..3)),
            ("the owner put the cup at ease", 2, None),
            ("the owner made it clear that", 2, Some(2..5)),
            ("on condition of anonymity", 1, Some(0..4)),
        ] {
            let tokens = tokens(text, text, 0..text.len(), &[]);
            assert_eq!(multiword_cue(&tokens, at).map(|found| found.cue), cue, "{text}");
        }
    }
}
