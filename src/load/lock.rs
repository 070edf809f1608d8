//! `seeds/quotes.lock`: proof of quotes whose documents stay at home.
//!
//! `sourcewise verify` writes it from the documents; without them, every quote is held against it. It holds the
//! documents' own characters, so that pages print those and not what the author typed.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sourcewise_quotes::LockedSource;
use toml::de::DeTable;

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

/// The lock as a file, for problems that point into it.
#[derive(Debug)]
pub struct LockFile {
    /// The file.
    pub file: FileId,
    text: String,
}

impl LockFile {
    /// The place of the hash in a source's entry; that of the whole file if there is no such entry. It is looked for only
    /// now, for hardly any build has something to say of the lock.
    pub fn hash_span(&self, source: &str) -> Span {
        hash_range(&self.text, source).map_or(Span::whole(self.file), |range| Span::new(self.file, range))
    }
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

/// Reads the lock file's text. `None` for the lock, after a problem, if it can't be relied on.
pub(super) fn read(text: String, file: FileId, problems: &mut Problems) -> (Option<Lock>, LockFile) {
    let at = LockFile { file, text };
    let text = &at.text;
    let (span, message) = match toml::from_str::<Lock>(text) {
        _ if text.is_empty() => (Span::whole(file), "the lock is empty, or no text".to_owned()),
        Ok(lock) => match lock.source.iter().find(|(_, source)| !source.is_sound()) {
            None => return (Some(lock), at),
            Some((id, _)) => {
                let message = format!("the lock's entry for `{id}` was edited, or is half of another");
                (at.hash_span(id), message)
            }
        },
        Err(error) => {
            let span = Span::new(file, error.span().unwrap_or(0..0));
            (span, "the lock can't be read from here on".to_owned())
        }
    };
    let help = "don't mend it by hand: run `sourcewise verify` where the documents are";
    problems.push(Problem::error(Code::BadLock, span, message, help));
    (None, at)
}

/// Where the hash of a source's document is written.
fn hash_range(text: &str, source: &str) -> Option<Range<usize>> {
    let file = DeTable::parse(text).ok()?;
    let sources = file.get_ref().get("source")?.get_ref().as_table()?;
    Some(sources.get(source)?.get_ref().as_table()?.get("sha256")?.span())
}
