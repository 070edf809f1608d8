//! Lock entries: verified quotes of a document that can't be published, so that they can be checked without it.
//!
//! Each entry is sealed by a hash of its contents. The seal detects manual edits and bad merges. It is not a signature:
//! anyone can recompute it.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// The lock entry of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// SHA-256 of the document, in hexadecimal.
    pub sha256: String,
    /// SHA-256 of all other fields of this entry, in hexadecimal.
    pub seal: String,
    /// Number of words in the document.
    pub words: usize,
    /// The verified quotes, sorted by position.
    #[serde(default)]
    pub quote: Vec<LockedQuote>,
}

/// A verified quote in a lock entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedQuote {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// Offset of the first byte in the document.
    pub start: usize,
    /// Offset one past the last byte.
    pub end: usize,
    /// The quote in the document's characters; an elision is `…`, an insertion is in brackets.
    pub text: String,
    /// Further occurrences: paragraph, start and end of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<[usize; 3]>,
}

impl LockedSource {
    /// Creates an entry and computes its seal.
    pub fn new(sha256: String, words: usize, quote: Vec<LockedQuote>) -> Self {
        let mut this = Self { sha256, seal: String::new(), words, quote };
        this.seal = this.right_seal();
        this
    }

    fn right_seal(&self) -> String {
        let mut all = format!("{}\n{}\n", self.sha256, self.words);
        for LockedQuote { paragraph, start, end, text, also } in &self.quote {
            // Writing to a string can't fail. The length prefix makes the concatenation unambiguous.
            let _ = writeln!(all, "{paragraph} {start} {end} {} {text}", text.len());
            for [paragraph, start, end] in also {
                let _ = writeln!(all, "also {paragraph} {start} {end}");
            }
        }
        sha256(all.as_bytes())
    }

    /// Whether the seal matches and all values are valid.
    pub fn is_sound(&self) -> bool {
        let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let place = |paragraph: usize, start: usize, end: usize| paragraph > 0 && start < end;
        self.seal == self.right_seal()
            && self.sha256.len() == 64
            && self.sha256.chars().all(hex)
            && self.quote.iter().all(|quote| {
                place(quote.paragraph, quote.start, quote.end)
                    && quote.also.iter().all(|[paragraph, start, end]| place(*paragraph, *start, *end))
            })
    }
}

/// SHA-256 (FIPS 180-4) in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    hmac_sha256::Hash::hash(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
