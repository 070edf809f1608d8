//! The file format of `seeds/quotes.lock`: proof of quotes whose documents are not in the repository.
//!
//! `sourcewise verify` writes the lock from the documents. If a document is missing, its quotes are checked against the
//! lock, in `verify::quotes`. The lock stores the documents' own characters, so that pages print those and not what was
//! typed in the record.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sourcewise_quotes::{LockDamage, LockedSource};
use toml::de::DeTable;

use crate::files::{FileId, Span};
use crate::problem::{Code, Problem, Problems};

/// Path of the lock file, relative to the site's root.
pub const PATH: &str = "seeds/quotes.lock";

const HEADER: &str = "\
# Written by `sourcewise verify`; not to be edited by hand.
# The words that this site quotes, as they stand in documents that are not published with it.

";

/// The content of the lock file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The entry of each document by its source's id: its quotes, hash, number of words, and the pages of the quotes.
    #[serde(default)]
    pub source: BTreeMap<String, LockedSource>,
}

/// The lock file's text, so that problems can point into it.
#[derive(Debug)]
pub struct LockFile {
    pub file: FileId,
    text: String,
}

impl LockFile {
    /// Returns the span of the hash in a source's entry, or the start of the file if the source has no entry. Parses
    /// the file again on every call, which is fast enough because problems in the lock are rare.
    pub fn hash_span(&self, source: &str) -> Span {
        self.value_span(source, "sha256").unwrap_or(Span::whole(self.file))
    }

    fn value_span(&self, source: &str, key: &str) -> Option<Span> {
        Some(Span::new(self.file, value_range(&self.text, source, key)?))
    }

    /// Returns the span and message of the problem for a damaged entry.
    fn damage(&self, source: &str, damage: LockDamage) -> (Span, String) {
        let hash = self.hash_span(source);
        let (span, what) = match damage {
            LockDamage::Seal => (
                self.value_span(source, "seal").unwrap_or(hash),
                "doesn't fit its `seal`: it was changed after Sourcewise wrote it, copied from another source, or written by \
                 an older version",
            ),
            LockDamage::Contents => (hash, "is impossible: no document can have these words at these places"),
        };
        (span, format!("the lock file's entry for `{source}` {what}"))
    }
}

impl Lock {
    /// Formats the lock as TOML, below a comment that says what the file is.
    ///
    /// # Panics
    /// Never: maps of strings, numbers and lists serialize to TOML.
    pub fn to_toml(&self) -> String {
        let body = toml::to_string(self).expect("maps of strings, numbers and lists serialize to TOML");
        format!("{HEADER}{body}")
    }
}

/// Parses the lock file. If it is damaged, records one problem and returns `None` for the lock. Damaged means:
/// empty, not TOML of this form, or with an entry that can't be true or does not fit its seal, a hash of the
/// entry. A file that is not UTF-8 is passed as an empty text.
pub(super) fn read(text: String, file: FileId, problems: &mut Problems) -> (Option<Lock>, LockFile) {
    let lock_file = LockFile { file, text };
    let text = &lock_file.text;
    let (span, message) = match toml::from_str::<Lock>(text) {
        _ if text.is_empty() => {
            (Span::whole(file), "the lock file is empty, or is not text in UTF-8".to_owned())
        }
        Ok(lock) => match lock.source.iter().find_map(|(id, source)| Some((id, source.check(id).err()?))) {
            None => return (Some(lock), lock_file),
            Some((id, damage)) => lock_file.damage(id, damage),
        },
        Err(error) => {
            let span = Span::new(file, error.span().unwrap_or(0..0));
            (span, "the lock file is damaged: it was changed after Sourcewise wrote it".to_owned())
        }
    };
    let help = "run `sourcewise verify` on a machine that has the documents: it writes the file again";
    problems.push(Problem::error(Code::BadLock, span, message, help));
    (None, lock_file)
}

/// Returns the byte range of a value in a source's entry; `None` if the entry or its key does not exist.
fn value_range(text: &str, source: &str, key: &str) -> Option<Range<usize>> {
    let file = DeTable::parse(text).ok()?;
    let sources = file.get_ref().get("source")?.get_ref().as_table()?;
    Some(sources.get(source)?.get_ref().as_table()?.get(key)?.span())
}
