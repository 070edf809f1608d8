//! Finds the ends of noun phrases by the words around them, without a parser.

use std::ops::Range;

use super::tokens::{Token, TokenKind};
use super::verbs::verb;
use crate::lexicons::english;

/// Noun phrases are cut off at this number of tokens.
pub(crate) const MAX_PHRASE_WORDS: usize = 16;

/// Returns the noun phrase that ends right before the token at `end`, as a range of tokens.
pub(crate) fn phrase_before(tokens: &[Token<'_>], end: usize) -> Option<Range<usize>> {
    let last = tokens.get(end.checked_sub(1)?).filter(|last| last.is_word() && !last.quoted)?;
    if last.is_subject() {
        return Some(end - 1..end);
    }
    if last.is_auxiliary() || last.is_preposition() || last.is_subordinator() {
        return None;
    }
    let mut start = end - 1;
    let finite = verb(last.lower).is_some_and(|verb| !verb.may_be_noun && !last.capital);
    while !finite && start > 0 && end - start < MAX_PHRASE_WORDS && extends_left(tokens, start, end) {
        start -= 1;
    }
    trimmed(tokens, start..end).filter(|_| !finite)
}

/// Whether the token before `start` belongs to the noun phrase `start..end`.
fn extends_left(tokens: &[Token<'_>], start: usize, end: usize) -> bool {
    let (token, next) = (&tokens[start - 1], &tokens[start]);
    let further = start.checked_sub(2).map(|further| &tokens[further]);
    if !token.is_word()
        || token.quoted
        || token.is_auxiliary()
        || token.is_subject()
        || token.is_complementizer()
    {
        return false;
    }
    if next.is_determiner() && !token.is_preposition() {
        // The article begins the phrase. Besides a preposition, only a quantifier may precede it.
        return matches!(token.lower, "all" | "both" | "half");
    }
    if token.is("and") || token.is("or") {
        // The conjunction may join two names, or two nouns without articles, to one phrase.
        return further.is_some_and(|further| {
            let same_case = further.is_word() && further.capital == next.capital && !next.is_determiner();
            same_case && (further.capital || further.is_plural() || end - start > 1)
        });
    }
    if token.is_preposition() {
        return further.is_some_and(|further| {
            start > 1 && further.is_word() && !further.is_auxiliary() && !further.is_subordinator()
        });
    }
    let finite = verb(token.lower).is_some_and(|verb| !verb.may_be_noun)
        || english().finite_verbs.contains(token.lower);
    !token.is_subordinator() && (token.capital || !finite)
}

/// Removes adverbs, prepositions, times and *and* from the start of a phrase. Returns `None` if nothing or only adverbs
/// remain.
fn trimmed(tokens: &[Token<'_>], phrase: Range<usize>) -> Option<Range<usize>> {
    let is_leading = |at: usize| {
        let token = &tokens[at];
        let quantity = token.is("all") || token.is("both");
        let adverb = token.is_adverb() && (!token.capital || !quantity && at + 1 < phrase.end);
        adverb || token.is_preposition() || token.is("and") || token.is_time() && !token.is("may")
    };
    let start = phrase.clone().find(|at| !is_leading(*at))?;
    let adverb = |token: &Token<'_>| token.is_adverb() || token.lower.ends_with("ly");
    (!tokens[start..phrase.end].iter().all(adverb)).then_some(start..phrase.end)
}

/// Returns the noun phrase that begins at the token `start`, as a range of tokens. For the speaker after *said*,
/// *according to* or *by*.
pub(crate) fn phrase_after(tokens: &[Token<'_>], start: usize) -> Option<Range<usize>> {
    let first = tokens.get(start).filter(|first| first.is_word() || first.kind == TokenKind::OpenQuote)?;
    if first.is_subject() {
        return Some(start..start + 1);
    }
    let mut end = start;
    while let Some(token) = tokens.get(end).filter(|_| end - start < MAX_PHRASE_WORDS) {
        let ends = match token.kind {
            TokenKind::Word => end > start && ends_phrase(tokens, end),
            TokenKind::OpenQuote | TokenKind::CloseQuote => false,
            _ => true,
        };
        if ends {
            break;
        }
        end += 1;
    }
    while end > start && (tokens[end - 1].is_preposition() || tokens[end - 1].kind == TokenKind::OpenQuote) {
        end -= 1;
    }
    (end > start).then_some(start..end)
}

/// Whether a noun phrase ends before the word at `at`, which is not its first word.
fn ends_phrase(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    if matches!(tokens[at - 1].lower, "a" | "an" | "the" | "his" | "its" | "their" | "our" | "my") {
        return false;
    }
    let occasion = tokens.get(at + 1).is_some_and(|next| {
        next.is_time() || matches!(next.lower, "a" | "an") || next.lower.starts_with("interview")
    });
    let function = token.is_auxiliary()
        || token.is_complementizer()
        || token.is_subordinator() && !token.is("and")
        || token.is_time()
        || token.is_adverb() && !token.capital
        || matches!(token.lower, "during" | "about")
        || matches!(token.lower, "in" | "on") && occasion;
    let finite = || {
        verb(token.lower).is_some_and(|verb| !verb.may_be_noun)
            || english().finite_verbs.contains(token.lower)
    };
    let past = || token.lower.ends_with("ed");
    function || !token.capital && (finite() || past())
}

/// Whether a noun phrase can be the source of a statement: its head, or another lower-case word up to the first
/// preposition or punctuation mark, is a person or a thing such as a survey. Words before a possessive *'s* don't
/// count. Also true for a phrase with a quotation, *who*, *whom* or *percent*.
pub(crate) fn can_be_source(phrase: &[Token<'_>]) -> bool {
    if phrase.iter().any(|token| token.quoted || matches!(token.lower, "who" | "whom" | "percent")) {
        return true;
    }
    let ends = |token: &Token<'_>| !token.is_word() || token.is_preposition();
    let head = &phrase[..phrase.iter().position(ends).unwrap_or(phrase.len())];
    let owner = head.iter().rposition(Token::is_genitive).map_or(0, |genitive| genitive + 1);
    let mut head = head.iter().skip(owner);
    head.clone().next_back().is_some_and(Token::can_be_source)
        || head.any(|token| !token.capital && token.can_be_source())
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn found(text: &str, phrase: impl Fn(&[Token<'_>]) -> Option<Range<usize>>) -> String {
        let lower = text.to_ascii_lowercase();
        let tokens = tokens(text, &lower, 0..text.len(), &[]);
        let range = phrase(&tokens).expect("a phrase");
        text[tokens[range.start].range.start..tokens[range.end - 1].range.end].to_owned()
    }

    #[test]
    fn a_phrase_ends_at_another_word_class() {
        let before = |text: &str| found(text, |tokens| phrase_before(tokens, tokens.len()));
        assert_eq!(before("because the owner of the old mill"), "the owner of the old mill");
        assert_eq!(before("released a letter"), "a letter");
        assert_eq!(before("On Friday Ann Lee"), "Ann Lee");
        let after = |text: &str| found(text, |tokens| phrase_after(tokens, 0));
        assert_eq!(after("the owner of the mill on Friday"), "the owner of the mill");
        assert_eq!(after("two neighbours who saw it"), "two neighbours");
    }
}
