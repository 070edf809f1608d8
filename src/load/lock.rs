//! `seeds/quotes.lock`: proof of quotes whose documents stay at home.
//!
//! `sourcewise verify` writes it from the documents; without them, every quote is held against it. It holds the
//! documents' own characters, so that pages print those and not what the author typed.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sourcewise_quotes::LockedSource;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

/// Where the lock file says of which document an entry is.
#[derive(Debug)]
pub struct LockFile {
    /// The file.
    pub file: FileId,
    hashes: BTreeMap<String, Range<usize>>,
}

impl LockFile {
    /// The place of the hash in a source's entry; that of the whole file if there is no such entry.
    pub fn hash_span(&self, source: &str) -> Span {
        self.hashes.get(source).map_or(Span::whole(self.file), |range| Span::new(self.file, range.clone()))
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
pub(super) fn read(text: &str, file: FileId, problems: &mut Problems) -> (Option<Lock>, LockFile) {
    let at = LockFile { file, hashes: hashes(text).unwrap_or_default() };
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

/// Where each source's hash is written.
fn hashes(text: &str) -> Option<BTreeMap<String, Range<usize>>> {
    let file = DeTable::parse(text).ok()?;
    let sources = file.get_ref().get("source")?.get_ref().as_table()?;
    let hash = |entry: &Spanned<DeValue>| Some(entry.get_ref().as_table()?.get("sha256")?.span());
    Some(sources.iter().filter_map(|(id, entry)| Some((id.get_ref().to_string(), hash(entry)?))).collect())
}
