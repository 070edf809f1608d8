//! Classifies the complement of a verb by its first words.

use super::tokens::{Token, TokenKind};
use super::verbs::{Complements, takes};

/// How many tokens of a clause are searched for its verb.
const MAX_CLAUSE_WORDS: usize = 9;

/// Classifies what follows the word at `at`.
pub(crate) fn complement(tokens: &[Token<'_>], at: usize) -> Complements {
    let mut next = at + 1;
    while tokens.get(next).is_some_and(|token| token.is_word() && (token.is_adverb() || token.is_time())) {
        next += 1;
    }
    let Some(token) = tokens.get(next) else { return takes::NOTHING };
    match token.kind {
        TokenKind::OpenQuote => takes::CLAUSE | takes::NOUN,
        TokenKind::Colon => takes::CLAUSE,
        TokenKind::Comma if tokens.get(next + 1).is_some_and(|token| token.kind == TokenKind::OpenQuote) => {
            takes::CLAUSE
        }
        TokenKind::Word => complement_from_word(tokens, next),
        _ => takes::NOTHING,
    }
}

fn complement_from_word(tokens: &[Token<'_>], next: usize) -> Complements {
    let token = &tokens[next];
    let after = tokens.get(next + 1);
    if token.is("to") {
        let phrase = after.is_none_or(|after| {
            after.is_determiner() || after.capital || after.is_plural() || after.lower.ends_with("ing")
        });
        return if phrase {
            clause_after_phrase(tokens, next) | takes::PREPOSITION
        } else {
            takes::INFINITIVE
        };
    }
    if token.is_complementizer() || (token.is_subject() && !token.is("you")) {
        return takes::CLAUSE;
    }
    if token.is_preposition() {
        return clause_after_phrase(tokens, next) | takes::PREPOSITION;
    }
    if token.is_subordinator() {
        return takes::NOTHING;
    }
    if token.is_auxiliary() {
        return takes::NOTHING;
    }
    if has_verb(tokens, next) { takes::CLAUSE | takes::NOUN } else { takes::NOUN }
}

/// Returns `CLAUSE` if a clause follows the phrase that begins at `from`: *in an interview that …*, *to reporters:
/// “…”*.
fn clause_after_phrase(tokens: &[Token<'_>], from: usize) -> Complements {
    for (step, token) in tokens[from..].iter().enumerate().take(MAX_CLAUSE_WORDS) {
        let clause = match token.kind {
            TokenKind::OpenQuote | TokenKind::Colon => true,
            TokenKind::Word if token.is("that") && step > 1 => true,
            TokenKind::Word => false,
            TokenKind::Comma => {
                tokens.get(from + step + 1).is_some_and(|token| token.kind == TokenKind::OpenQuote)
            }
            _ => break,
        };
        if clause {
            return takes::CLAUSE;
        }
    }
    0
}

/// Whether the phrase at `from` is the subject of a verb: *noted the mill was old*.
fn has_verb(tokens: &[Token<'_>], from: usize) -> bool {
    for token in tokens[from..].iter().take(MAX_CLAUSE_WORDS) {
        if token.kind != TokenKind::Word || (token.is_subordinator() && !token.is("and")) {
            return token.kind == TokenKind::Word && token.is("that");
        }
        if token.is_auxiliary() {
            return true;
        }
    }
    false
}

/// Returns the word right after the one at `at`, which may be a particle or preposition.
pub(crate) fn particle<'t>(tokens: &[Token<'t>], at: usize) -> Option<&'t str> {
    tokens.get(at + 1).filter(|token| token.is_word()).map(|token| token.lower)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn the_first_words_decide_the_complement() {
        for (text, wanted) in [
            ("said that it burnt", takes::CLAUSE),
            ("said the mill was old", takes::CLAUSE | takes::NOUN),
            ("said Friday", takes::NOTHING),
            ("agreed to build it", takes::INFINITIVE),
            ("spoke to the owner", takes::PREPOSITION),
            ("told the owner", takes::NOUN),
            ("said in May that it burnt", takes::CLAUSE | takes::PREPOSITION),
        ] {
            let lower = text.to_ascii_lowercase();
            assert_eq!(complement(&tokens(text, &lower, 0..text.len(), &[]), 0), wanted, "{text}");
        }
    }
}
