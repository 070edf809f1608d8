//! What was proved of a document that can't be published, so that its quotes can be checked without it.
//!
//! An entry is sealed by a hash of all that it holds: an edit by hand, or a merge of two entries, is found out. Whoever
//! recomputes the seal is not.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// What was proved of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// SHA-256 of the document, in hexadecimal.
    pub sha256: String,
    /// SHA-256 of the rest of this entry, in hexadecimal.
    pub seal: String,
    /// How many words the document has.
    pub words: usize,
    /// The quotes, by place.
    #[serde(default)]
    pub quote: Vec<LockedQuote>,
}

/// A quote that was proved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedQuote {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// First byte in the document.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The document's characters; an elision is `…`, an insertion of the editor's is in brackets.
    pub text: String,
    /// Where else the same words stand: paragraph, start and end of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<[usize; 3]>,
}

impl LockedSource {
    /// The entry for a document, sealed.
    pub fn new(sha256: String, words: usize, quote: Vec<LockedQuote>) -> Self {
        let mut this = Self { sha256, seal: String::new(), words, quote };
        this.seal = this.right_seal();
        this
    }

    fn right_seal(&self) -> String {
        let mut all = format!("{}\n{}\n", self.sha256, self.words);
        for LockedQuote { paragraph, start, end, text, also } in &self.quote {
            // Writing to a string does not fail. Lengths keep one text from running into the next.
            let _ = writeln!(all, "{paragraph} {start} {end} {} {text}", text.len());
            for [paragraph, start, end] in also {
                let _ = writeln!(all, "also {paragraph} {start} {end}");
            }
        }
        sha256(all.as_bytes())
    }

    /// Whether the seal fits, and every value is one that [`LockedSource::new`] could have been given.
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
