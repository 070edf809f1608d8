//! What reading keeps for the next time: texts of files that nobody has touched since, pages that were taken apart, and
//! documents.
//!
//! A text is known again without being read by the stamp of its file.

use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::Arc;

use super::document::FileRead;
use super::page::PageRead;
use super::stamp::{Stamp, is_settled, now};
use crate::error::Error;
use crate::files::Contents;
use crate::memo::{Fingerprint, Memo};
use crate::problem::Problems;

/// What one run keeps for the next.
#[derive(Debug, Default)]
pub struct Kept {
    pub(super) documents: Memo<FileRead>,
    texts: Memo<Option<Arc<Contents>>>,
    /// By their contents and the numbers of their files.
    pub(super) pages: Memo<Arc<(PageRead, Problems)>>,
}

impl Kept {
    /// Keeps what was read. [`Kept::default`] keeps nothing.
    pub fn keeping() -> Self {
        Self { documents: Memo::keeping(), texts: Memo::keeping(), pages: Memo::keeping() }
    }

    /// Ends a run: forgets what nobody has asked for in a while.
    pub fn end_run(&mut self) {
        self.documents.end_run();
        self.texts.end_run();
        self.pages.end_run();
    }

    /// A file's text; `None` if it is none.
    pub(super) fn text(&self, path: &Path) -> Result<Option<Arc<Contents>>, Error> {
        let stamp = if self.texts.keeps() {
            stamp(path, &fs::metadata(path).map_err(Error::read(path))?)
        } else {
            None
        };
        let Some(stamp) = stamp else { return read(path) };
        let mut failed = None;
        let read = || {
            read(path).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        };
        let text = self.texts.get_if(|| stamp, |_| true, read, Option::is_some);
        failed.map_or(Ok(text), Err)
    }
}

fn read(path: &Path) -> Result<Option<Arc<Contents>>, Error> {
    let bytes = fs::read(path).map_err(Error::read(path))?;
    Ok(String::from_utf8(bytes).ok().map(|text| Arc::new(Contents::new(text))))
}

/// What a file is known again by, if it has been left alone for long enough.
fn stamp(path: &Path, about: &Metadata) -> Option<Fingerprint> {
    let stamp = Stamp::of(about).filter(|stamp| is_settled(stamp.newest(), now()))?;
    Some(Fingerprint::of(|content| {
        content.add(path.as_os_str().as_encoded_bytes());
        content.add(stamp.bytes().collect::<Vec<u8>>());
    }))
}
