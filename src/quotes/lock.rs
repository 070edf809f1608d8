//! Lock entries: the verified quotes of a document that can't be published, so that they can be checked on a machine
//! without the document. `load/lock.rs` parses and formats the file.
//!
//! Each entry is sealed by a hash of its contents. The seal detects manual edits and bad merges. It is not a signature:
//! anyone can recompute it.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// Number of hexadecimal digits of a SHA-256 hash.
const SHA256_CHARS: usize = 64;

/// The lock entry of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// SHA-256 of the document, in hexadecimal.
    pub sha256: String,
    /// SHA-256 of all other fields of this entry, in hexadecimal.
    pub seal: String,
    /// Number of words in the whole document.
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
    /// Byte offset in the document where the quote begins.
    pub start: usize,
    /// Byte offset in the document where the quote ends (exclusive).
    pub end: usize,
    /// The quote in the document's characters; an elision is `…`, an insertion is in brackets.
    pub text: String,
    /// Further occurrences of the quote in the document: paragraph, start and end of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<[usize; 3]>,
}

impl LockedSource {
    /// Creates an entry and computes its seal.
    pub fn new(sha256: String, words: usize, quote: Vec<LockedQuote>) -> Self {
        let mut this = Self { sha256, seal: String::new(), words, quote };
        this.seal = this.compute_seal();
        this
    }

    fn compute_seal(&self) -> String {
        let mut all = format!("{}\n{}\n", self.sha256, self.words);
        for LockedQuote { paragraph, start, end, text, also } in &self.quote {
            // Writing to a string can't fail. The length before the text makes the concatenation unambiguous.
            let _ = writeln!(all, "{paragraph} {start} {end} {} {text}", text.len());
            for [paragraph, start, end] in also {
                let _ = writeln!(all, "also {paragraph} {start} {end}");
            }
        }
        sha256(all.as_bytes())
    }

    /// Whether the seal matches, the hash of the document is well-formed, and all ranges are non-empty.
    pub fn is_sound(&self) -> bool {
        let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let is_valid = |paragraph: usize, start: usize, end: usize| paragraph > 0 && start < end;
        self.seal == self.compute_seal()
            && self.sha256.len() == SHA256_CHARS
            && self.sha256.chars().all(hex)
            && self.quote.iter().all(|quote| {
                is_valid(quote.paragraph, quote.start, quote.end)
                    && quote.also.iter().all(|[paragraph, start, end]| is_valid(*paragraph, *start, *end))
            })
    }
}

/// Computes the SHA-256 hash (FIPS 180-4), in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    hmac_sha256::Hash::hash(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
