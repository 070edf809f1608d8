//! Classifies the complement of a verb (*that* clause, noun phrase, infinitive …) by the words right after the verb.

use super::tokens::{Token, TokenKind};
use super::verbs::{Complements, takes};

/// Only this many tokens after a verb are searched for a *that* clause after a phrase (*told the owner that*), and for
/// the auxiliary of a clause without *that* (*noted the mill was old*).
const MAX_CLAUSE_WORDS: usize = 9;

/// Returns the complements that the words after the verb at `at` may be. Adverbs and times right after it are skipped.
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

/// Returns the complements that the word at `next` can begin: *to build* an infinitive, *that …* a clause.
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
    if begins_clause(tokens, next) { takes::CLAUSE | takes::NOUN } else { takes::NOUN }
}

/// Returns `CLAUSE` if a *that* clause, a quotation or a colon follows the phrase that begins at `from`, and no flag
/// otherwise: *in an interview that …*, *to reporters: “…”*.
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

/// Whether a clause without *that* begins at `from`: an auxiliary follows the phrase, as in *noted the mill was old*.
/// Also true if a *that* clause follows the phrase: *told the owner that …*
fn begins_clause(tokens: &[Token<'_>], from: usize) -> bool {
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

/// Returns the word right after the token at `at`, in lower case; `None` if a punctuation mark or nothing follows.
pub(crate) fn next_word<'t>(tokens: &[Token<'t>], at: usize) -> Option<&'t str> {
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
