//! Finds all attribution cues of a sentence (*said*, *according to*, *the claim that*), each with its speaker.

use super::complement::{complement, next_word};
use super::cue::AttributionCue;
use super::idioms::multiword_cue;
use super::noun_phrase::can_be_source;
use super::nouns::noun_cue;
use super::speaker::{Speaker, follows_quotation, speaker};
use super::speech::is_speech_tag;
use super::subject::{main_subject, subject};
use super::tokens::{Token, TokenKind};
use super::verb_group::{VerbGroup, group};
use super::verbs::{CueClass, Form, Verb, takes, verb};

/// Only this many tokens after *call* are searched for a label: *a shame* in *called the fire a shame*.
const MAX_LABEL_SEARCH_WORDS: usize = 12;
/// Beginnings of verbs that often have an inanimate subject, and then attribute nothing: *the smoke suggests*.
#[rustfmt::skip]
const OFTEN_INANIMATE: &[&str] =
    &["attest", "highlight", "hint", "impl", "point", "remind", "suggest", "tell", "underscore"];

/// Returns the cues in the tokens of a sentence, in order. Quoted tokens are ignored, and cues whose speaker is the
/// author or reader are left out.
pub(crate) fn attribution_cues(tokens: &[Token<'_>]) -> Vec<AttributionCue> {
    let mut found: Vec<AttributionCue> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.quoted || !token.is_word() {
            continue;
        }
        let cue = multiword_cue(tokens, at)
            .or_else(|| verb(token.lower).and_then(|verb| verb_cue(tokens, at, verb, found.last())))
            .or_else(|| noun_cue(tokens, at));
        found.extend(cue.filter(|cue| !has_own_voice(tokens, cue)));
    }
    found
}

/// Whether the speaker is the article's author or reader: *I say*, *we believe*, *you know*. Then the voice is the
/// document's own.
fn has_own_voice(tokens: &[Token<'_>], cue: &AttributionCue) -> bool {
    cue.speaker
        .as_ref()
        .is_some_and(|speaker| speaker.len() == 1 && tokens[speaker.start].is_author_or_reader())
}

/// Returns the cue if the word at `at`, which is a form of `verb`, is used to attribute something to a speaker. `last`
/// is the previous cue: the verb may share its speaker, as in *he denied it and said*.
fn verb_cue(
    tokens: &[Token<'_>],
    at: usize,
    verb: Verb,
    last: Option<&AttributionCue>,
) -> Option<AttributionCue> {
    let token = &tokens[at];
    let name = token.capital && at > 0 && tokens[at - 1].is_word();
    let group = group(tokens, at);
    if name || group.to && !group.has_governor {
        return None;
    }
    let whole_sentence = covers_sentence(tokens, at, &group);
    let given = complement(tokens, at) | if whole_sentence { takes::CLAUSE } else { 0 };
    let speaker = speaker(tokens, at, verb, &group, given)?;
    let passive = verb.form == Form::Past && tokens.get(at + 1).is_some_and(|next| next.is("by"));
    let with = next_word(tokens, at).is_some_and(|word| verb.with.iter().any(|with| with == word));
    let labelling = token.lower.starts_with("call") && is_labelling(tokens, at);
    let tag = is_speech_tag(tokens, at) && verb.takes & takes::CLAUSE != 0;
    if !(verb.takes & given != 0 || passive || with || labelling || tag) {
        return None;
    }
    let speaker = match speaker {
        Speaker::Phrase(phrase) => Some(phrase),
        Speaker::Shared => {
            last.and_then(|last| last.speaker.clone()).or_else(|| main_subject(tokens, group.start))
        }
    };
    let often_inanimate = verb.class == CueClass::Finding
        || OFTEN_INANIMATE.iter().any(|beginning| token.lower.starts_with(beginning));
    if often_inanimate && speaker.as_ref().is_some_and(|phrase| !can_be_source(&tokens[phrase.clone()])) {
        return None;
    }
    let end = at + 1 + usize::from(with || passive);
    Some(AttributionCue { class: verb.class, cue: at..end, whole_sentence, speaker })
}

/// Whether a form of *call* gives something a label: *called the fire a shame*, *called the fire “a shame”*. The
/// article of a label follows a noun, not a preposition: *called her mother on the phone* gives no label.
fn is_labelling(tokens: &[Token<'_>], at: usize) -> bool {
    let nearby = tokens
        .iter()
        .take(at + 1 + MAX_LABEL_SEARCH_WORDS)
        .skip(at + 1)
        .take_while(|token| token.kind != TokenKind::Stop);
    let nearby: Vec<&Token<'_>> = nearby.collect();
    let quoted = nearby.iter().any(|token| token.kind == TokenKind::OpenQuote);
    let has_label = nearby.windows(3).any(|window| {
        let [before, article, after] = window else { return false };
        let noun = before.is_word()
            && !(before.is_preposition()
                || before.is_determiner() && !before.is("her")
                || before.is_subordinator());
        let date = after.is_time() || matches!(after.lower, "next" | "last" | "same" | "other" | "first");
        noun && matches!(article.lower, "a" | "an" | "the") && !date
    });
    let particle = nearby
        .first()
        .is_none_or(|first| matches!(first.lower, "in" | "into" | "off" | "up" | "back" | "it"));
    !particle && (quoted || has_label)
}

/// Whether a verb attributes the whole sentence, because the verb and its subject are between commas or dashes, are at
/// the end of the sentence after a comma or dash, or follow a quotation: *It burnt, he said.*
fn covers_sentence(tokens: &[Token<'_>], at: usize, group: &VerbGroup) -> bool {
    if follows_quotation(tokens, group.start) {
        return true;
    }
    let Some(phrase) = subject(tokens, group.start) else { return false };
    let before = phrase.start.checked_sub(1).map(|before| tokens[before].kind);
    let follows_pause = matches!(before, Some(TokenKind::Comma | TokenKind::CloseQuote | TokenKind::Dash));
    let precedes_pause = tokens
        .get(at + 1)
        .is_none_or(|next| matches!(next.kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Dash));
    follows_pause && precedes_pause || follows_quotation(tokens, phrase.start)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use std::ops::Range;

    use super::*;

    fn found(text: &str) -> Vec<(&str, Option<&str>)> {
        let lower = text.to_ascii_lowercase();
        let whole = 0..text.len();
        let quotes = super::super::quotations::quotations(text, std::iter::once(&whole));
        let tokens = tokens(text, &lower, 0..text.len(), &quotes);
        let words =
            |range: &Range<usize>| &text[tokens[range.start].range.start..tokens[range.end - 1].range.end];
        attribution_cues(&tokens)
            .iter()
            .map(|one| (words(&one.cue), one.speaker.as_ref().map(words)))
            .collect()
    }

    #[test]
    fn cues_of_each_class_have_a_speaker() {
        for (text, cue, speaker) in [
            ("The mill burnt, a neighbour said.", "said", "a neighbour"),
            ("“It burnt to the ground,” said Ann Lee, who lives there.", "said", "Ann Lee"),
            ("Two surveys found that most mills burn in spring.", "found", "Two surveys"),
            ("The owner still hopes to build it up again.", "hopes", "The owner"),
            ("According to the fire brigade, it was lightning.", "According to", "the fire brigade"),
            ("The report was denied by the owner.", "denied by", "the owner"),
            ("His claim that it was lightning is in doubt.", "claim", "His"),
            ("The damage, per the Gazette, is small.", "per", "the Gazette"),
            ("The owner called her loss a shame for the town.", "called", "The owner"),
            ("Neighbours are worried that it may burn again.", "worried", "Neighbours"),
        ] {
            assert!(found(text).contains(&(cue, Some(speaker))), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn words_that_only_look_like_cues_are_ignored() {
        for text in [
            "It was said to be the oldest mill of the United States.",
            "Two reports and three claims were filed last week.",
            "They called in the fire brigade to confirm the damage.",
            "She called her mother on the phone after a fire.",
            "He was told to leave the mill.",
            "The mill has big plans for the summer and two TV shows.",
            "It goes without saying, and we believe it.",
            "However, reported cases are rare.",
            "The smoke suggests that it burns.",
            "It makes 40 litres per hour and per head.",
            "“He said so,” the sign reads on two sides, in red.",
        ] {
            let found = found(text);
            assert!(found.is_empty() || text.contains("sign") && found.len() == 1, "{text}: {found:?}");
        }
    }
}
