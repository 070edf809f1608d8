//! Speech whose speaker stands apart: talk written down with the name before a colon, and a sentence that only names
//! who has spoken.
//!
//! Of a quotation that goes on over several sentences only those with a cue of their own are put to somebody.

use std::ops::Range;

use super::phrase::phrase_before;
use super::tokens::{Mark, Token};

/// A sentence that only names the speaker of the quotation beside it has no more words.
const TAG: usize = 8;

/// *MILLER: It burnt.* The name and the colon at the front of a paragraph, as ranges of tokens.
pub(super) fn transcript(tokens: &[Token<'_>]) -> Option<(Range<usize>, Range<usize>)> {
    let start = usize::from(tokens.first().is_some_and(|token| token.kind == Mark::Opens));
    let colon = tokens.iter().take(start + 6).position(|token| token.kind == Mark::Colon)?;
    let name = tokens.get(start..colon).filter(|name| !name.is_empty())?;
    let word = tokens.get(colon + 1)?;
    let is_name = name.iter().all(|token| token.is_word() && token.capital);
    let shouted = |token: &Token<'_>| token.shouted;
    let speaks =
        name.iter().all(shouted) && !tokens[colon + 1..].iter().all(shouted) && word.kind != Mark::Opens;
    (is_name && (speaks || word.kind == Mark::Opens)).then_some((start..colon, colon..colon + 1))
}

/// *Miller asked.* after a quotation: name and verb, and nothing else.
pub(super) fn is_tag(tokens: &[Token<'_>], verb: usize) -> bool {
    let rest = tokens.get(verb + 1..).unwrap_or_default();
    tokens.len() <= TAG
        && rest.iter().all(|token| token.kind == Mark::Stop)
        && phrase_before(tokens, verb).is_some()
}
