//! Words and marks of a sentence, with what of it stands within quotation marks.
//!
//! One pass over the characters. A word is what a reader would call one, but for what hangs on its apostrophe, which
//! stands for a word of its own: *she’s*. Knows nothing of what words mean.

use std::ops::Range;

use crate::lexicons::english;

/// A word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Its letters, in lower case as far as they are ASCII.
    pub(crate) lower: &'t str,
    /// Its bytes in the document.
    pub(crate) range: Range<usize>,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether all its letters are capitals, and there is more than one.
    pub(crate) all_caps: bool,
    /// Whether it stands within quotation marks, or is one.
    pub(crate) quoted: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word or a figure.
    Word,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A dash between words.
    Dash,
    /// A quotation mark that opens.
    OpenQuote,
    /// A quotation mark that closes.
    CloseQuote,
    /// A round or square bracket that opens.
    OpenBracket,
    /// A round or square bracket that closes.
    CloseBracket,
    /// What ends a sentence, and all else.
    Stop,
}

/// The tokens of a stretch of `text`, of which `lower` is the same in lower case. `quotes` are the document's
/// quotations, in order.
pub(crate) fn tokens<'t>(
    text: &str,
    lower: &'t str,
    stretch: Range<usize>,
    quotes: &[Range<usize>],
) -> Vec<Token<'t>> {
    let mut tokens = Vec::with_capacity(stretch.len() / 5);
    let mut at = stretch.start;
    let mut next_quote = quotes.partition_point(|quote| quote.end <= at);
    while let Some(first) = text[at..stretch.end].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        while quotes.get(next_quote).is_some_and(|quote| quote.end <= at) {
            next_quote += 1;
        }
        let quote = quotes.get(next_quote).filter(|quote| quote.start <= at);
        let rest = &text[at..stretch.end];
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

/// What stands at the front of `rest`, and how many bytes it takes.
fn next(rest: &str, first: char, opens: bool) -> (TokenKind, usize) {
    if let Some(length) = quotation_mark(rest) {
        return (if opens { TokenKind::OpenQuote } else { TokenKind::CloseQuote }, length);
    }
    if let Some(length) = clitic(rest) {
        return (TokenKind::Word, length);
    }
    let is_money = matches!(first, '$' | '€' | '£' | '#' | '@');
    if first.is_alphanumeric() || is_money {
        return (TokenKind::Word, word(rest));
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

/// How many bytes a double quotation mark takes that stands at the front, if one does. Two single ones make one.
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

/// How many bytes a shortened word after an apostrophe takes, with that.
fn clitic(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix(['\'', '’'])?;
    let letters = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let known = matches!(&tail[..letters], "s" | "S" | "re" | "ll" | "ve" | "d" | "m");
    known.then(|| rest.len() - tail.len() + letters)
}

fn word(rest: &str) -> usize {
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

/// Marks that stand above or below the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
}

/// Whether a full stop after `word` belongs to it: titles, initials, and what has one within (*U.S.*).
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
    fn words_and_marks_are_told_apart() {
        let text = "Mr. Lee (R-Ohio) hadn’t said -- it’s the U.S. mill’s $1,000, no?";
        let lower = text.to_ascii_lowercase();
        let found: Vec<&str> =
            tokens(text, &lower, 0..text.len(), &[]).iter().map(|token| token.lower).collect();
        let wanted = "mr.|lee|(|r-ohio|)|hadn’t|said|--|it|’s|the|u.s.|mill|’s|$1,000|,|no|?";
        assert_eq!(found.join("|"), wanted);
    }
}
