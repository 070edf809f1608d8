//! What reading keeps for the next time: texts of files that nobody has touched since, pages that were taken apart, and
//! documents.
//!
//! A text is known again without being read by what the disk tells of its file: how long it is, when it was changed, which
//! file it is. That is enough for `git`, and as there, a file that was changed only just now is read all the same: it
//! could be changed once more within the same tick of the disk's clock.

use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::document::FileRead;
use super::page::PageRead;
use crate::error::Error;
use crate::files::Contents;
use crate::memo::{Fingerprint, Memo};
use crate::problem::Problems;

/// So long a file must have been left alone: longer than any disk's clock takes for a tick.
const SETTLED: Duration = Duration::from_secs(2);

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
#[cfg(unix)]
fn stamp(path: &Path, about: &Metadata) -> Option<Fingerprint> {
    use std::os::unix::fs::MetadataExt;
    let since = |seconds: i64| u64::try_from(seconds).ok().map(Duration::from_secs);
    let changed = since(about.mtime())?.max(since(about.ctime())?);
    (changed + SETTLED < now()).then(|| {
        Fingerprint::of(|content| {
            content.add(path.as_os_str().as_encoded_bytes());
            for number in [about.mtime(), about.mtime_nsec(), about.ctime(), about.ctime_nsec()] {
                content.add(number.to_be_bytes());
            }
            for number in [about.len(), about.ino(), about.dev()] {
                content.add(number.to_be_bytes());
            }
        })
    })
}

/// Elsewhere files tell too little of themselves: they are always read.
#[cfg(not(unix))]
fn stamp(_: &Path, _: &Metadata) -> Option<Fingerprint> {
    None
}

/// Since 1970.
#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "it decides what is read once more, and nothing of what is made of it"
)]
fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}
