//! The folder in which a site is staged, and the lock by which two builds keep out of each other's way.
//!
//! It stands beside the output folder, under its name (`.public.sourcewise` for `public`), or within it where nothing can
//! be written beside it, and is gone when a build has ended. What it may hold:
//!
//! | name | what |
//! | --- | --- |
//! | `lock` | an empty file that the build has locked. The system takes the lock away with the process |
//! | `new` | the site that is being staged; after the exchange, the site that was there before |
//! | `old` | the site that was there before, where the two couldn't be exchanged |
//! | `manifest` | a manifest that is about to be renamed |
//!
//! A build that was killed leaves it behind. The next one gets the lock, and clears away what it finds; a site that was
//! moved aside and not replaced is put back first.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::filesystem::remove_all;
use super::folder::{Folder, Keep};
use super::manifest::MANIFEST;
use crate::error::Error;

const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";
const MANIFEST_COPY: &str = "manifest";
/// How often the lock is tried for if another build ends and takes its folder away just then.
const TRIES: usize = 20;

/// A work folder, locked. It goes when this goes, unless it holds a site that could not be removed.
#[derive(Debug)]
pub(super) struct Work {
    path: PathBuf,
    /// What of it may be thrown away unseen, since it was staged here and nothing else.
    staged: bool,
    _lock: File,
}

/// Where the work folder of an output folder is.
pub(super) fn beside(output: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(output.file_name()?);
    name.push(".sourcewise");
    Some(output.with_file_name(name))
}

impl Work {
    /// Makes the folder and takes the lock; clears away what a build that was killed has left.
    ///
    /// # Errors
    /// If another build has the lock, something in the folder is not Sourcewise's, or the disk refuses. Then nothing was
    /// changed. [`Error::NotWritten`] at the folder that it lies in: it can't be made there.
    pub(super) fn take(path: PathBuf, output: &Path, keep: Keep<'_>) -> Result<Self, Error> {
        for _ in 0..TRIES {
            match fs::create_dir(&path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(Error::not_written(path.parent().unwrap_or(&path))(error));
                }
                _ => refuse_strange(&path)?,
            }
            let place = path.join(LOCK);
            let lock = match OpenOptions::new().write(true).create(true).truncate(false).open(&place) {
                // A build has just ended, and taken its folder away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened.map_err(Error::not_written(&place))?,
            };
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => break,
                // Better a site without a lock than none, where the disk knows none.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(Error::not_written(&place)(error)),
                Ok(()) => {}
            }
            // What was locked may be a file that another build has removed since.
            if is_at(&lock, &place) {
                let work = Self { path, staged: false, _lock: lock };
                work.clear(output, keep)?;
                return Ok(work);
            }
        }
        Err(Error::OutputBusy { path: output.to_path_buf() })
    }

    /// The folder that the new site is staged in, empty.
    pub(super) fn stage(&mut self) -> Result<PathBuf, Error> {
        let new = self.new_site();
        fs::create_dir(&new).map_err(Error::not_written(&new))?;
        self.staged = true;
        Ok(new)
    }

    /// Where the new site is staged.
    pub(super) fn new_site(&self) -> PathBuf {
        self.path.join(NEW)
    }

    /// Where the old site is put aside, if the two can't be exchanged.
    pub(super) fn old_site(&self) -> PathBuf {
        self.path.join(OLD)
    }

    /// Where a manifest is written before it takes its place.
    pub(super) fn manifest_copy(&self) -> PathBuf {
        self.path.join(MANIFEST_COPY)
    }

    /// From now on the folder holds what was in the output folder: none of that is thrown away unseen.
    pub(super) fn holds_the_old_site(&mut self) {
        self.staged = false;
    }

    /// Throws away what was staged.
    pub(super) fn unstage(&mut self) -> Result<(), Error> {
        let new = self.new_site();
        remove_all(&new).map_err(Error::not_written(&new))?;
        self.staged = false;
        Ok(())
    }

    /// Clears away what a build that was killed has left.
    fn clear(&self, output: &Path, keep: Keep<'_>) -> Result<(), Error> {
        let old = self.old_site();
        // Somebody may have made an empty folder since, where there was none: that much can be removed.
        if old.exists() && (!output.exists() || fs::remove_dir(output).is_ok()) {
            fs::rename(&old, output).map_err(Error::not_written(output))?;
        }
        for leftover in [self.new_site(), old] {
            if leftover.exists() {
                refuse_foreign(&leftover, keep)?;
                remove_all(&leftover).map_err(Error::not_written(&leftover))?;
            }
        }
        match fs::remove_file(self.manifest_copy()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::not_written(&self.manifest_copy())(error))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // What can't be removed is only untidy, and the next build's to try again. The lock goes last but the folder: who
        // finds none may begin.
        if self.staged {
            let _ = remove_all(&self.new_site());
        }
        let _ = fs::remove_file(self.manifest_copy());
        let _ = fs::remove_file(self.path.join(LOCK));
        let _ = fs::remove_dir(&self.path);
    }
}

/// Whether an open file is the one that stands at a path.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    matches!((open, Handle::from_path(path)), (Ok(open), Ok(there)) if open == there)
}

/// Refuses a work folder that holds what no build puts there.
fn refuse_strange(path: &Path) -> Result<(), Error> {
    let gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::symlink_metadata(path) {
        Err(error) if gone(&error) => return Ok(()),
        Err(error) => return Err(Error::read(path)(error)),
        Ok(about) if !about.is_dir() => return Err(Error::WorkNotOurs { path: path.to_path_buf() }),
        Ok(_) => {}
    }
    let entries = match fs::read_dir(path) {
        Err(error) if gone(&error) => return Ok(()),
        entries => entries.map_err(Error::read(path))?,
    };
    for entry in entries {
        let entry = entry.map_err(Error::read(path))?;
        let about = match entry.metadata() {
            Err(error) if gone(&error) => continue,
            about => about.map_err(Error::read(&entry.path()))?,
        };
        let is_ours = match entry.file_name().to_str() {
            Some(LOCK) => about.is_file() && about.len() == 0,
            Some(MANIFEST_COPY) => about.is_file(),
            Some(NEW | OLD) => about.is_dir(),
            _ => false,
        };
        if !is_ours {
            return Err(Error::WorkNotOurs { path: entry.path() });
        }
    }
    Ok(())
}

/// Refuses a site that was staged or put aside if it holds a file that Sourcewise did not write.
fn refuse_foreign(site: &Path, keep: Keep<'_>) -> Result<(), Error> {
    match Folder::look(site, keep) {
        // A manifest is written before all else: one that was cut short has nothing beside it.
        Err(Error::OutputNotOurs { path }) if path == site.join(MANIFEST) => {
            let others = fs::read_dir(site).map_err(Error::read(site))?.count();
            if others == 1 { Ok(()) } else { Err(Error::WorkNotOurs { path }) }
        }
        Err(Error::OutputNotOurs { path }) => Err(Error::WorkNotOurs { path }),
        looked => looked.map(drop),
    }
}
