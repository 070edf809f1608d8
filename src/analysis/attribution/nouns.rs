//! Finds nouns and adjectives that attribute a statement: *the claim that*, *his promise to*, *is confident that*.

use std::ops::Range;

use super::cue::AttributionCue;
use super::noun_phrase::{can_be_source, phrase_before};
use super::subject::subject;
use super::tokens::Token;
use super::verb_group::group;
use super::verbs::{CueClass, verb};
use crate::lexicons::english;

/// A possessor is searched in this many tokens before its noun: *the miller’s often repeated claim*.
const MAX_POSSESSOR_DISTANCE_WORDS: usize = 3;

/// Returns the cue if the word at `at` is a noun or adjective that attributes a statement.
pub(crate) fn noun_cue(tokens: &[Token<'_>], at: usize) -> Option<AttributionCue> {
    // Fast path: checking the next word is cheaper than checking the lists, and rejects most words.
    let next = tokens.get(at + 1)?;
    let introduces_complement =
        matches!(next.lower, "that" | "to" | "of" | "for" | "about" | "against" | "on" | "over");
    if !introduces_complement && !next.is_subject() {
        return None;
    }
    speech_noun(tokens, at)
        .or_else(|| possessed_speech_noun(tokens, at))
        .or_else(|| stance_adjective(tokens, at))
}

/// Returns the cue of a speech noun with a *that* clause: *the claim that the mill burnt*, but not *a claim that was
/// made* or, with the word as a verb, *they claim that*.
fn speech_noun(tokens: &[Token<'_>], at: usize) -> Option<AttributionCue> {
    if !english().speech_nouns.contains(tokens[at].lower) || !tokens.get(at + 1)?.is("that") {
        return None;
    }
    let next = tokens.get(at + 2)?;
    let finite = verb(next.lower).is_some_and(|verb| !verb.may_be_noun);
    let relative = next.is_auxiliary() || finite || next.lower.ends_with("ed");
    let as_verb = at.checked_sub(1).map(|before| &tokens[before]).is_some_and(|before| {
        before.is_subject() || before.is("to") || before.is_auxiliary() || before.is_adverb()
    });
    let speaker = possessor(tokens, at);
    (!relative && !as_verb).then_some(AttributionCue {
        class: CueClass::Noun,
        cue: at..at + 1,
        whole_sentence: false,
        speaker,
    })
}

/// Returns the cue of a speech noun with a possessor, before *that*, *to* or a preposition: *his promise to build*,
/// *the miller’s criticism of it*.
fn possessed_speech_noun(tokens: &[Token<'_>], at: usize) -> Option<AttributionCue> {
    if !english().possessed_speech_nouns.contains(tokens[at].lower) {
        return None;
    }
    let next = tokens.get(at + 1)?;
    let has_complement = matches!(next.lower, "to" | "of" | "for" | "about" | "against" | "on" | "that");
    let speaker = Some(possessor(tokens, at).filter(|_| has_complement)?);
    Some(AttributionCue { class: CueClass::Noun, cue: at..at + 1, whole_sentence: false, speaker })
}

/// Returns the cue of a stance adjective: *The miller is confident that …*. A form of *be* must precede it, and its
/// subject must be able to make a statement.
fn stance_adjective(tokens: &[Token<'_>], at: usize) -> Option<AttributionCue> {
    if !english().stance_adjectives.contains(tokens[at].lower) {
        return None;
    }
    let next = tokens.get(at + 1)?;
    let has_complement = matches!(next.lower, "that" | "of" | "about" | "over" | "to") || next.is_subject();
    let group = group(tokens, at);
    let speaker = subject(tokens, group.start).filter(|_| has_complement && group.be)?;
    can_be_source(&tokens[speaker.clone()]).then_some(AttributionCue {
        class: CueClass::Attitude,
        cue: at..at + 1,
        whole_sentence: false,
        speaker: Some(speaker),
    })
}

/// Returns the possessor of the noun at `at`, as a range of tokens: *his claim*, *the miller’s old claim*.
fn possessor(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    for index in (at.saturating_sub(MAX_POSSESSOR_DISTANCE_WORDS)..at).rev() {
        let token = &tokens[index];
        if matches!(token.lower, "his" | "her" | "their" | "its" | "our" | "my") {
            return Some(index..index + 1);
        }
        if token.is_genitive() {
            return phrase_before(tokens, index);
        }
        if !token.is_word() || token.is_determiner() || token.is_preposition() {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn a_noun_attributes_its_complement_but_no_relative_clause() {
        for (text, at, found) in [
            ("the claim that it burnt", 1, true),
            ("the claim that was made", 1, false),
            ("her promise to build", 1, true),
            ("a promise to build", 1, false),
            ("the owners are confident that", 3, true),
            ("the smoke is critical of", 3, false),
        ] {
            let tokens = tokens(text, text, 0..text.len(), &[]);
            assert_eq!(noun_cue(&tokens, at).is_some(), found, "{text}");
        }
    }
}
