//! `seeds/quotes.lock`: proof of quotes whose documents stay at home.
//!
//! `sourcewise verify` writes it from the documents; without them, every quote is held against it. It holds the
//! documents' own characters, so that pages print those and not what the author typed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::files::{FileId, Span};
use crate::problem::{Code, Problem, Problems};

/// Where it lies, below the site's root.
pub const PATH: &str = "seeds/quotes.lock";

const HEAD: &str = "\
# Written by `sourcewise verify`; not to be edited by hand.
# The words that this site quotes, as they stand in documents that are not published with it.

";

/// The lock file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// By source id.
    #[serde(default)]
    pub source: BTreeMap<String, LockedSource>,
}

/// What was found in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// SHA-256 of the document, in hexadecimal.
    pub sha256: String,
    /// How many words the document has.
    pub words: usize,
    /// The quotes, by place.
    #[serde(default)]
    pub quote: Vec<LockedQuote>,
}

/// One quote, proved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedQuote {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// First byte in the document.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The document's characters; what was left out is `…`, what the editor put in stands in brackets.
    pub text: String,
    /// Where else the same words stand: paragraph, start and end of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<[usize; 3]>,
}

impl Lock {
    /// The file's text.
    ///
    /// # Panics
    /// Never: maps of strings and numbers are always TOML.
    pub fn to_toml(&self) -> String {
        let body = toml::to_string(self).expect("strings, numbers and lists of them are always TOML");
        format!("{HEAD}{body}")
    }
}

/// Reads the lock file's text.
pub(super) fn read(text: &str, file: FileId, problems: &mut Problems) -> Option<Lock> {
    let span = match toml::from_str::<Lock>(text) {
        Ok(lock) if lock.source.values().all(LockedSource::is_sound) => return Some(lock),
        Ok(_) => Span::whole(file),
        Err(error) => Span::new(file, error.span().unwrap_or(0..0)),
    };
    problems.push(Problem::error(
        Code::BadLock,
        span,
        "the lock can't be read: it was not written by `sourcewise verify` as it stands",
        "don't mend it by hand: run `sourcewise verify` where the documents are",
    ));
    None
}

impl LockedSource {
    /// True if a document could be like this.
    fn is_sound(&self) -> bool {
        let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let place = |paragraph: usize, start: usize, end: usize| paragraph > 0 && start < end;
        self.sha256.len() == 64
            && self.sha256.chars().all(hex)
            && self.quote.iter().all(|quote| {
                place(quote.paragraph, quote.start, quote.end)
                    && quote.also.iter().all(|[paragraph, start, end]| place(*paragraph, *start, *end))
            })
    }
}
