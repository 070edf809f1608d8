//! `seeds/quotes.lock`: proof of quotes whose documents stay at home.
//!
//! `sourcewise verify` writes it from the documents; without them, every quote is held against it. It holds the
//! documents' own characters, so that pages print those and not what the author typed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::document::sha256;
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
    pub sha256: toml::Spanned<String>,
    /// SHA-256 of all the rest of this entry, so that no slip of a hand goes unseen.
    pub seal: String,
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
    let (span, message) = match toml::from_str::<Lock>(text) {
        _ if text.is_empty() => (Span::whole(file), "the lock is empty, or no text".to_owned()),
        Ok(lock) => match lock.source.iter().find(|(_, source)| !source.is_sound()) {
            None => return Some(lock),
            Some((id, source)) => {
                let message = format!("the lock's entry for `{id}` was edited, or is half of another");
                (Span::new(file, source.sha256.span()), message)
            }
        },
        Err(error) => {
            let span = Span::new(file, error.span().unwrap_or(0..0));
            (span, "the lock can't be read from here on".to_owned())
        }
    };
    let help = "don't mend it by hand: run `sourcewise verify` where the documents are";
    problems.push(Problem::error(Code::BadLock, span, message, help));
    None
}

impl LockedSource {
    /// The entry for a document, sealed.
    pub fn new(sha256: String, words: usize, quote: Vec<LockedQuote>) -> Self {
        let mut this = Self { sha256: toml::Spanned::new(0..0, sha256), seal: String::new(), words, quote };
        this.seal = this.right_seal();
        this
    }

    fn right_seal(&self) -> String {
        let mut all = format!("{}\n{}\n", self.sha256.get_ref(), self.words);
        for LockedQuote { paragraph, start, end, text, also } in &self.quote {
            // Writing to a string does not fail. Lengths keep one text from running into the next.
            let _ = writeln!(all, "{paragraph} {start} {end} {} {text}", text.len());
            for [paragraph, start, end] in also {
                let _ = writeln!(all, "also {paragraph} {start} {end}");
            }
        }
        sha256(all.as_bytes())
    }

    /// True if `verify` could have written this.
    fn is_sound(&self) -> bool {
        let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let place = |paragraph: usize, start: usize, end: usize| paragraph > 0 && start < end;
        self.seal == self.right_seal()
            && self.sha256.get_ref().len() == 64
            && self.sha256.get_ref().chars().all(hex)
            && self.quote.iter().all(|quote| {
                place(quote.paragraph, quote.start, quote.end)
                    && quote.also.iter().all(|[paragraph, start, end]| place(*paragraph, *start, *end))
            })
    }
}
