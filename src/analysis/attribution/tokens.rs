//! Tokenizer: splits a sentence into words and punctuation, and marks the quoted tokens.
//!
//! The tokenizer makes a single pass over the characters. A clitic after an apostrophe becomes a token of its own:
//! *she* and *’s*.

use std::ops::Range;

use crate::lexicons::english;

/// Average length of an English word with its space, to reserve memory.
const TYPICAL_WORD_BYTES: usize = 5;

/// A word or punctuation mark of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) kind: TokenKind,
    /// The text of the token, with ASCII letters in lower case.
    pub(crate) lower: &'t str,
    /// Byte range in the document.
    pub(crate) range: Range<usize>,
    /// Whether the token begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether the token is longer than one byte, begins with a letter, and has no lower-case letters.
    pub(crate) all_caps: bool,
    /// Whether the token is inside quotation marks, or is one of these marks.
    pub(crate) quoted: bool,
}

/// Word or punctuation, as far as the rules distinguish it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Comma,
    Colon,
    Dash,
    OpenQuote,
    CloseQuote,
    /// An opening round or square bracket.
    OpenBracket,
    /// A closing round or square bracket.
    CloseBracket,
    /// A full stop, or any character that belongs to no word and to none of the kinds above.
    Stop,
}

/// Splits the sentence in a range of `text` into tokens. `lower` is `text` with ASCII letters in lower case; `quotes`
/// are the document's quotations, in order.
pub(crate) fn tokens<'t>(
    text: &str,
    lower: &'t str,
    sentence: Range<usize>,
    quotes: &[Range<usize>],
) -> Vec<Token<'t>> {
    let mut tokens = Vec::with_capacity(sentence.len() / TYPICAL_WORD_BYTES);
    let mut at = sentence.start;
    let mut next_quote = quotes.partition_point(|quote| quote.end <= at);
    while let Some(first) = text[at..sentence.end].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        while quotes.get(next_quote).is_some_and(|quote| quote.end <= at) {
            next_quote += 1;
        }
        let quote = quotes.get(next_quote).filter(|quote| quote.start <= at);
        let rest = &text[at..sentence.end];
        let (kind, length) = next(rest, first, quote.is_some_and(|quote| quote.start == at));
        let range = at..at + length;
        tokens.push(Token {
            kind,
            lower: &lower[range.clone()],
            capital: first.is_uppercase(),
            all_caps: is_all_caps(&text[range.clone()]),
            quoted: quote.is_some(),
            range,
        });
        at += length;
    }
    tokens
}

fn is_all_caps(word: &str) -> bool {
    word.len() > 1 && word.starts_with(char::is_alphabetic) && !word.contains(char::is_lowercase)
}

/// Returns the kind and the length in bytes of the token at the start of `rest`. `first` is its first character.
/// `opens` tells that a quotation begins here, so that a quotation mark is an opening one.
fn next(rest: &str, first: char, opens: bool) -> (TokenKind, usize) {
    if let Some(length) = quotation_mark(rest) {
        return (if opens { TokenKind::OpenQuote } else { TokenKind::CloseQuote }, length);
    }
    if let Some(length) = clitic(rest) {
        return (TokenKind::Word, length);
    }
    let is_money = matches!(first, '$' | '€' | '£' | '#' | '@');
    if first.is_alphanumeric() || is_money {
        return (TokenKind::Word, word_len(rest));
    }
    let kind = match first {
        ',' => TokenKind::Comma,
        ':' => TokenKind::Colon,
        '(' | '[' => TokenKind::OpenBracket,
        ')' | ']' => TokenKind::CloseBracket,
        '-' | '–' | '—' | '―' => {
            let length = rest.find(|c| c != first).unwrap_or(rest.len());
            return (TokenKind::Dash, length);
        }
        _ => TokenKind::Stop,
    };
    (kind, first.len_utf8())
}

/// Returns the length in bytes of the double quotation mark at the start of `rest`. Two equal single marks count as one
/// double mark: `''`.
pub(crate) fn quotation_mark(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    match first {
        '"' | '“' | '”' | '„' => Some(first.len_utf8()),
        '\'' | '’' | '‘' => {
            let second = rest[first.len_utf8()..].starts_with(first);
            second.then(|| 2 * first.len_utf8())
        }
        '`' => rest.starts_with("``").then_some(2),
        _ => None,
    }
}

/// Returns the length in bytes of the clitic at the start of `rest`, including its apostrophe.
fn clitic(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix(['\'', '’'])?;
    let letters = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let is_clitic = matches!(&tail[..letters], "s" | "S" | "re" | "ll" | "ve" | "d" | "m");
    is_clitic.then(|| rest.len() - tail.len() + letters)
}

/// Returns the length in bytes of the word at the start of `rest`.
fn word_len(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        let joins = match c {
            '\'' | '’' => clitic(&rest[at..]).is_none() && after.is_some_and(char::is_alphabetic),
            '-' | '‑' | '&' | '@' | '/' | '_' => after.is_some_and(char::is_alphanumeric),
            '.' => after.is_some_and(char::is_alphanumeric) || is_shortened(&rest[..at]),
            ',' => {
                rest[..at].ends_with(|c: char| c.is_ascii_digit())
                    && after.is_some_and(|c| c.is_ascii_digit())
            }
            '$' | '€' | '£' | '#' | '%' => true,
            _ => c.is_alphanumeric() || is_combining(c),
        };
        if !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// Whether a character belongs to the letter before it: a combining mark, a soft hyphen or a zero-width joiner.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
}

/// Whether a full stop after `word` belongs to the word, because the word is an abbreviation, an initial, or contains a
/// full stop (*U.S.*).
fn is_shortened(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    word.contains('.')
        || english().abbreviations.contains(lower.as_str())
        || (word.len() == 1 && word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_punctuation_are_separate_tokens() {
        let text = "Mr. Lee (R-Ohio) hadn’t said -- it’s the U.S. mill’s $1,000, no?";
        let lower = text.to_ascii_lowercase();
        let found: Vec<&str> =
            tokens(text, &lower, 0..text.len(), &[]).iter().map(|token| token.lower).collect();
        let wanted = "mr.|lee|(|r-ohio|)|hadn’t|said|--|it|’s|the|u.s.|mill|’s|$1,000|,|no|?";
        assert_eq!(found.join("|"), wanted);
    }
}
