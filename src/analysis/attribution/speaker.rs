//! Decides whether a word that looks like a verb is used as one, and finds its speaker. In *said the miller* and *he
//! reports that*, it is; in *the said mill* and *two reports*, it isn't.

use std::ops::Range;

use super::noun_phrase::phrase_after;
use super::subject::subject;
use super::tokens::{Token, TokenKind};
use super::verb_group::VerbGroup;
use super::verbs::{Complements, Form, Verb, takes};

/// The speaker of a verb.
pub(crate) enum Speaker {
    /// A noun phrase, as a range of tokens.
    Phrase(Range<usize>),
    /// The subject of another verb of the sentence: *came and said*, *came, saying*.
    Shared,
}

/// Participles that are often adjectives: *expected behaviour*.
#[rustfmt::skip]
const PARTICIPLE_ADJECTIVES: &[&str] =
    &["alleged", "documented", "estimated", "expected", "planned", "promised", "proposed", "reported"];
const NUMBER_WORDS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen",
    "hundred", "thousand", "million", "no",
];
/// Words in *-ing* that are nouns if another word precedes them.
const ING_NOUNS: &[&str] = &["feeling", "finding", "reading", "reasoning", "ruling", "writing"];

/// Returns the speaker of the verb at `at`. `None` if the word is not used as a verb, or is a passive that names no
/// speaker after *by*. `given` is the set of complements that the words after the verb may be.
pub(crate) fn speaker(
    tokens: &[Token<'_>],
    at: usize,
    verb: Verb,
    group: &VerbGroup,
    given: Complements,
) -> Option<Speaker> {
    match verb.form {
        Form::Past if group.be || !group.have && tokens.get(at + 1).is_some_and(|next| next.is("by")) => {
            passive_agent(tokens, at, verb, group.be)
        }
        Form::Past => past_speaker(tokens, at, group, given),
        Form::Third | Form::Base => present_speaker(tokens, at, verb, group, given),
        Form::Ing => participle_speaker(tokens, at, group),
    }
}

/// Finds the agent of a passive: *was denied by the mill*, *claims denied by the mill*.
fn passive_agent(tokens: &[Token<'_>], at: usize, verb: Verb, be: bool) -> Option<Speaker> {
    let fits = takes::NOUN | if be { takes::CLAUSE } else { 0 };
    if !tokens.get(at + 1)?.is("by") || verb.takes & fits == 0 {
        return None;
    }
    let speaker = phrase_after(tokens, at + 2)?;
    (!tokens[speaker.start].lower.ends_with("ing")).then_some(Speaker::Phrase(speaker))
}

/// Finds the speaker of a past form that is not a passive: *the miller said*, *said the miller*.
fn past_speaker(tokens: &[Token<'_>], at: usize, group: &VerbGroup, given: Complements) -> Option<Speaker> {
    let Some(before) = group.before(tokens) else {
        // The verb begins the sentence. Only these verbs have their subject after them there; in *Told about it, he …*,
        // a participle begins the sentence.
        let is_inverted = matches!(tokens[at].lower, "said" | "asked" | "added" | "wrote");
        return inverted_subject(tokens, at).filter(|_| is_inverted);
    };
    if precedes_noun(before) && !before.is("all") {
        return None;
    }
    if follows_quotation(tokens, group.start)
        && let Some(speaker) = inverted_subject(tokens, at)
    {
        return Some(speaker);
    }
    // In *nine confirmed cases*, the participle is an adjective.
    let is_bare_noun = tokens.get(at + 1).is_some_and(|next| !next.is_determiner() && !next.capital);
    if is_bare_noun && given == takes::NOUN && is_number(before) {
        return None;
    }
    if let Some(phrase) = subject(tokens, group.start) {
        return Some(Speaker::Phrase(phrase));
    }
    if let Some(speaker) = inverted_subject(tokens, at).filter(|_| !before.is_word()) {
        return Some(speaker);
    }
    // Participles are adjectives in *normal and expected behaviour* and in *However, reported cases are few*.
    let is_coordinate_adjective = before.is("and")
        && given == takes::NOUN
        && is_bare_noun
        && PARTICIPLE_ADJECTIVES.contains(&tokens[at].lower);
    let is_set_off = before.kind == TokenKind::Comma && given & takes::NOUN != 0;
    (!is_coordinate_adjective && !is_set_off).then_some(Speaker::Shared)
}

fn is_number(token: &Token<'_>) -> bool {
    token.lower.starts_with(|c: char| c.is_ascii_digit()) || NUMBER_WORDS.contains(&token.lower)
}

/// Finds a subject after the verb: *said the miller*.
fn inverted_subject(tokens: &[Token<'_>], at: usize) -> Option<Speaker> {
    let next = tokens.get(at + 1).filter(|next| next.is_word())?;
    let other = next.is_preposition()
        || next.is_complementizer()
        || next.is_time()
        || next.is_adverb()
        || next.is_auxiliary();
    phrase_after(tokens, at + 1).filter(|_| !other).map(Speaker::Phrase)
}

/// Finds the speaker of a base form or third person, unless the word is a noun here: *he claims*, not *his claims*.
fn present_speaker(
    tokens: &[Token<'_>],
    at: usize,
    verb: Verb,
    group: &VerbGroup,
    given: Complements,
) -> Option<Speaker> {
    let is_third = verb.form == Form::Third;
    let Some(before) = group.before(tokens) else {
        return inverted_subject(tokens, at).filter(|_| is_third && !verb.may_be_noun);
    };
    let has_auxiliary = group.modal || group.to;
    if group.have
        || group.be && !group.to
        || is_third && has_auxiliary
        || precedes_noun(before) && !has_auxiliary
    {
        return None;
    }
    // In *plans that would*, the word is a noun; *please ask* addresses the reader.
    let next = tokens.get(at + 1);
    let is_relative =
        next.is_some_and(|next| next.is("that")) && tokens.get(at + 2).is_some_and(Token::is_auxiliary);
    if is_relative && verb.may_be_noun || before.is("please") {
        return None;
    }
    if let Some(phrase) = subject(tokens, group.start) {
        let has_object = next.is_some_and(|next| next.is_word() && (next.is_determiner() || next.capital));
        let head = &tokens[phrase.end - 1];
        let is_name = head.capital && given & takes::NOUN != 0;
        let has_clause = given & (takes::CLAUSE | takes::INFINITIVE) != 0;
        let is_certain =
            has_object || has_auxiliary || group.adverb || head.is_subject() || has_clause || is_name;
        let fits = agrees(tokens, &phrase, verb, has_auxiliary) && (is_certain || !verb.may_be_noun);
        return fits.then_some(Speaker::Phrase(phrase));
    }
    if is_third && !before.is_word() && matches!(before.kind, TokenKind::CloseQuote | TokenKind::Comma) {
        let speaker = inverted_subject(tokens, at);
        if speaker.is_some() {
            return speaker;
        }
    }
    (!verb.may_be_noun || is_third && given & takes::CLAUSE != 0).then_some(Speaker::Shared)
}

/// Whether a phrase can be the subject of a present-tense verb. Without an auxiliary, the phrase must agree with the
/// verb in number. Words such as *plans*, which may be nouns, are nouns in *has big plans*, *is helping states* and
/// *two dozen states*.
fn agrees(tokens: &[Token<'_>], phrase: &Range<usize>, verb: Verb, has_auxiliary: bool) -> bool {
    let (first, head) = (&tokens[phrase.start], &tokens[phrase.end - 1]);
    let any = |is: fn(&Token<'_>) -> bool| tokens[phrase.clone()].iter().any(is);
    let outside = super::verb_group::group(tokens, phrase.start);
    let is_in_verb_group = (outside.modal || outside.have || outside.be) && !head.is_subject();
    let gerund = first.lower.ends_with("ing") && !first.capital;
    let is_number = head.lower.starts_with(|c: char| c.is_ascii_digit());
    if verb.may_be_noun && (is_in_verb_group || gerund || is_number) {
        return false;
    }
    if verb.form == Form::Third {
        return !head.is_plural() || head.capital;
    }
    let is_singular = matches!(first.lower, "a" | "an" | "this" | "each" | "every" | "his" | "her");
    let has_of = any(|token| token.is("of"));
    let is_coordinated = any(|token| token.is("and") || token.is_plural() && !token.is_genitive());
    let plural = head.is_plural() && (!is_singular || has_of) || is_coordinated && !is_singular;
    let pronoun = head.is_subject() && !matches!(head.lower, "he" | "she" | "it");
    has_auxiliary || plural || pronoun || !verb.may_be_noun && (!is_singular || has_of)
}

/// Finds the speaker of a present participle: *the miller is saying*, *came, saying*. Nouns, adjectives and fixed
/// phrases in *-ing* have none: *his ruling*, *generally speaking*.
fn participle_speaker(tokens: &[Token<'_>], at: usize, group: &VerbGroup) -> Option<Speaker> {
    let Some(before) = group.before(tokens) else { return Some(Speaker::Shared) };
    let phrase = subject(tokens, group.start);
    if group.be || group.have {
        return Some(phrase.map_or(Speaker::Shared, Speaker::Phrase));
    }
    let is_degree = matches!(before.lower, "most" | "more" | "less" | "very" | "without");
    let is_idiom = matches!(tokens[at].lower, "speaking" | "talking");
    let noun = before.is_determiner()
        || before.is_genitive() && group.start == at
        || ING_NOUNS.contains(&tokens[at].lower) && before.is_word();
    if is_degree || is_idiom || noun {
        return None;
    }
    let is_name = before.capital && before.is_word() && !before.is_preposition() && group.start > 1;
    Some(phrase.filter(|_| is_name).map_or(Speaker::Shared, |phrase| {
        // *with the miller saying*: the speaker begins after *with*.
        let with = tokens[phrase.clone()].iter().rposition(|token| token.is("with"));
        Speaker::Phrase(with.map_or(phrase.start, |with| phrase.start + with + 1)..phrase.end)
    }))
}

/// Whether the word after `before` must be a noun, because `before` is a determiner (*the*, *his*), a genitive or a
/// preposition.
fn precedes_noun(before: &Token<'_>) -> bool {
    before.is_word() && (before.is_determiner() || before.is_genitive() || before.is_preposition())
}

/// Whether a quotation ends right before the token at `at`, with or without a comma between them.
pub(crate) fn follows_quotation(tokens: &[Token<'_>], at: usize) -> bool {
    let kind = |back: usize| at.checked_sub(back).map(|before| tokens[before].kind);
    kind(1) == Some(TokenKind::CloseQuote)
        || kind(1) == Some(TokenKind::Comma) && kind(2) == Some(TokenKind::CloseQuote)
}

#[cfg(test)]
mod tests {
    use super::super::complement::complement;
    use super::super::tokens::tokens;
    use super::super::verb_group::group;
    use super::super::verbs::verb;
    use super::*;

    #[test]
    fn nouns_and_adjectives_that_look_like_verbs_have_no_speaker() {
        for (text, at, is_verb) in [
            ("surveys show that it burns", 1, true),
            ("a survey shows that it burns", 2, true),
            ("two shows that would please", 1, false),
            ("the owner has big plans to build", 4, false),
            ("the mill's old aim to grow", 4, false),
            ("the said mill burnt", 1, false),
            ("a ruling in the matter", 1, false),
            ("claims denied by the owner", 1, true),
            ("the most demanding work", 2, false),
            ("we know of nine confirmed cases", 4, false),
            ("all nine confirmed that it burns", 2, true),
        ] {
            let tokens = tokens(text, text, 0..text.len(), &[]);
            let verb = verb(tokens[at].lower).expect("in the lexicon");
            let found = speaker(&tokens, at, verb, &group(&tokens, at), complement(&tokens, at));
            assert_eq!(found.is_some(), is_verb, "{text}");
        }
    }
}
