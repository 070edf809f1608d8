//! Finds the subject of a verb, without a parser.
//!
//! The subject is the noun phrase before the verb group. An apposition between commas may come between the two. A
//! relative pronoun *who* or *which* is part of the result, with its antecedent before it: *the miller, who*. A
//! *that* is not part of the result, only its antecedent is.

use std::ops::Range;

use super::noun_phrase::{MAX_PHRASE_WORDS, phrase_after, phrase_before};
use super::tokens::{Token, TokenKind};
use super::verb_group::group;

/// A longer text between two commas, dashes or brackets is not skipped as an apposition.
const MAX_APPOSITION_WORDS: usize = 30;
/// Only this many auxiliaries of a sentence are tried for its main subject.
const MAX_TRIED_AUXILIARIES: usize = 3;
/// A shorter word in *-ing* or *-ed* is not taken for a participle: *bring*, *need*.
const MIN_PARTICIPLE_BYTES: usize = 6;

/// Returns the subject of a verb whose group begins at `start`, as a range of tokens.
pub(crate) fn subject(tokens: &[Token<'_>], start: usize) -> Option<Range<usize>> {
    let before = start.checked_sub(1)?;
    let token = tokens.get(before)?;
    match token.kind {
        TokenKind::Word => match token.lower {
            "and" | "but" | "or" => None,
            "that" => {
                let comma = before > 0 && tokens[before - 1].kind == TokenKind::Comma;
                phrase_before(tokens, before - usize::from(comma))
            }
            "whom" if before > 1 && tokens[before - 1].is("of") => Some(before - 2..start),
            "who" | "which" => Some(relative(tokens, before)),
            _ => phrase_before(tokens, start),
        },
        TokenKind::Comma | TokenKind::Dash => past_apposition(tokens, before),
        TokenKind::CloseBracket => {
            let from = before.saturating_sub(MAX_APPOSITION_WORDS);
            let open =
                from + tokens[from..before].iter().rposition(|token| token.kind == TokenKind::OpenBracket)?;
            phrase_before(tokens, open).map(|phrase| phrase.start..start)
        }
        _ => None,
    }
}

/// Returns the relative pronoun at `who`, with its antecedent if that is right before the pronoun: *the miller, who*.
fn relative(tokens: &[Token<'_>], who: usize) -> Range<usize> {
    let end = match who.checked_sub(1).map(|before| tokens[before].kind) {
        Some(TokenKind::Comma | TokenKind::Dash) => who - 1,
        Some(TokenKind::Word) => who,
        _ => return who..who + 1,
    };
    let start = phrase_ending(tokens, end).map_or(who, |phrase| phrase.start);
    start..who + 1
}

/// Returns the noun phrase before an apposition that ends at the comma or dash `comma`: *The miller, an old man, said*.
/// If the apposition is short and has no auxiliary, the result includes it.
fn past_apposition(tokens: &[Token<'_>], comma: usize) -> Option<Range<usize>> {
    let kind = tokens[comma].kind;
    let mut matching = None;
    for at in (comma.saturating_sub(MAX_APPOSITION_WORDS)..comma).rev() {
        let token = &tokens[at];
        if token.quoted || token.kind == TokenKind::Stop {
            break;
        }
        if token.kind != kind {
            continue;
        }
        let Some(phrase) = phrase_ending(tokens, at) else { break };
        let is_name = tokens[phrase.start].capital;
        matching = Some((phrase, at));
        // The apposition may begin one comma further left: *Lee, the miller, who is old, said*.
        if is_name || kind == TokenKind::Dash {
            break;
        }
    }
    let (phrase, at) = matching?;
    let is_short = comma - at <= MAX_PHRASE_WORDS && !tokens[at..comma].iter().any(Token::is_auxiliary);
    Some(if is_short { phrase.start..comma } else { phrase })
}

/// Returns the noun phrase before the token `end`, including brackets after the noun: *Ann Lee (R-Ohio)*.
fn phrase_ending(tokens: &[Token<'_>], end: usize) -> Option<Range<usize>> {
    match end.checked_sub(1).map(|before| tokens[before].kind) {
        Some(TokenKind::CloseBracket) => subject(tokens, end),
        _ => phrase_before(tokens, end),
    }
}

/// Returns the subject of the whole sentence: the noun phrase at the start, or after the first comma if words such as
/// *after* or *asked* begin the sentence; else the one before one of the first auxiliaries. Ignores the tokens from
/// `before` on.
pub(crate) fn main_subject(tokens: &[Token<'_>], before: usize) -> Option<Range<usize>> {
    let head = tokens.get(..before)?;
    let is_introductory = |at: usize| {
        head.get(at)
            .is_none_or(|token| token.is_preposition() || token.is_subordinator() || token.is_adverb())
    };
    let mut first = head.iter().position(|token| token.is_word() && !token.quoted)?;
    first += usize::from(matches!(head[first].lower, "but" | "and" | "so" | "yet"));
    if is_introductory(first) || is_participle(head, first) {
        let comma = head.iter().skip(first).position(|token| token.kind == TokenKind::Comma);
        first = comma.map_or(before, |comma| first + comma + 1);
    }
    if let Some(phrase) =
        Some(first).filter(|first| !is_introductory(*first)).and_then(|first| phrase_after(head, first))
    {
        return Some(phrase);
    }
    let auxiliaries =
        head.iter().enumerate().skip(1).filter(|(_, token)| !token.quoted && token.is_auxiliary());
    auxiliaries.take(MAX_TRIED_AUXILIARIES).find_map(|(at, _)| subject(tokens, group(tokens, at).start))
}

/// Whether the word at `at` begins a participle phrase, which a comma must end: *Asked for the reason, …*, *Unable to
/// pay, …*. If a capital follows, it is the first word of a name: *United Mills*.
fn is_participle(head: &[Token<'_>], at: usize) -> bool {
    let Some(token) = head.get(at) else { return false };
    let has_ending = token.lower.len() >= MIN_PARTICIPLE_BYTES
        && (token.lower.ends_with("ing") || token.lower.ends_with("ed"));
    let is_listed = ["unable", "able", "aware", "eager", "keen", "afraid", "due", "based", "given"]
        .contains(&token.lower);
    let is_name = head.get(at + 1).is_none_or(|next| next.capital || !next.is_word());
    let comma = head.iter().skip(at).any(|token| token.kind == TokenKind::Comma);
    (has_ending || is_listed) && !is_name && comma
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn tokens_of<'t>(text: &'t str, lower: &'t str) -> Vec<Token<'t>> {
        tokens(text, lower, 0..text.len(), &[])
    }

    fn subject_of_last(text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        let tokens = tokens(text, &lower, 0..text.len(), &[]);
        let found = subject(&tokens, group(&tokens, tokens.len() - 1).start).expect("a subject");
        text[tokens[found.start].range.start..tokens[found.end - 1].range.end].to_owned()
    }

    #[test]
    fn the_subject_is_found_across_appositions_and_adverbs() {
        assert_eq!(
            subject_of_last("Ann Lee, a spokeswoman for the mill, said"),
            "Ann Lee, a spokeswoman for the mill"
        );
        assert_eq!(subject_of_last("Sen. Ann Lee (R-Ohio) has often said"), "Sen. Ann Lee (R-Ohio)");
        assert_eq!(subject_of_last("They met two millers who said"), "two millers who");
        assert_eq!(subject_of_last("When it burnt, she said"), "she");
    }

    #[test]
    fn the_main_subject_is_at_the_start_of_the_sentence() {
        let text = "In May, the ferry company sued, saying";
        let lower = text.to_ascii_lowercase();
        let tokens = tokens(text, &lower, 0..text.len(), &[]);
        let found = main_subject(&tokens, tokens.len() - 1).expect("a subject");
        assert_eq!(
            &text[tokens[found.start].range.start..tokens[found.end - 1].range.end],
            "the ferry company"
        );
        let text = "Unable to pay, the ferry company sued, saying";
        let lower = text.to_ascii_lowercase();
        let tokens = tokens_of(text, &lower);
        let found = main_subject(&tokens, tokens.len() - 1).expect("a subject");
        assert_eq!(
            &text[tokens[found.start].range.start..tokens[found.end - 1].range.end],
            "the ferry company"
        );
    }
}
