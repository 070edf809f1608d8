//! The folder in which a site is staged, and the lock that prevents two builds from writing one output folder.
//!
//! The staging folder is beside the output folder (`.public.sourcewise` for `public`). If the parent isn't writable, or
//! the output folder must be updated file by file, it is inside the output folder. It is removed when the build ends,
//! unless files of an old site must stay. It may contain:
//!
//! | name | content |
//! | --- | --- |
//! | `lock` | an empty file that the build locks. The system releases the lock when the process ends |
//! | `new` | the site that is being staged; after the exchange, the old site |
//! | `old` | the old site, where the two sites couldn't be exchanged |
//! | `manifest` | the next manifest, until it is renamed into the output folder |
//!
//! A killed build leaves the staging folder behind. The next build takes the lock and cleans up: if the output folder
//! is missing, because the old site was moved to `old`, it moves that site back. Then it removes everything else.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::filesystem::remove_all;
use super::folder::{Folder, PreserveList};
use super::manifest::MANIFEST;
use crate::error::Error;

const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";
const MANIFEST_COPY: &str = "manifest";
/// How often a build tries to take the lock. A second try is needed only if another build ends during the first one and
/// removes the staging folder.
const MAX_LOCK_TRIES: usize = 20;

/// A locked staging folder. Dropping it removes the folder, unless files of an old site remain in it.
#[derive(Debug)]
pub(super) struct StagingDir {
    path: PathBuf,
    /// Whether `new` has only files that this build staged, so that dropping may remove it without a check.
    is_disposable: bool,
    _lock: File,
}

/// Returns the path of the staging folder beside an output folder. `None` if the output folder's path has no name, such
/// as `/`.
pub(super) fn path_beside(output: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(output.file_name()?);
    name.push(".sourcewise");
    Some(output.with_file_name(name))
}

impl StagingDir {
    /// Creates the folder unless it exists, takes the lock, and cleans up after a killed build.
    ///
    /// # Errors
    /// If another build holds the lock, the staging folder has files that no build creates, or the disk fails.
    /// [`Error::NotWritten`] with the path of the parent folder means that the staging folder can't be created there.
    pub(super) fn lock(path: PathBuf, output: &Path, keep: PreserveList<'_>) -> Result<Self, Error> {
        for _ in 0..MAX_LOCK_TRIES {
            match fs::create_dir(&path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(Error::not_written(path.parent().unwrap_or(&path))(error));
                }
                _ => refuse_unknown_entries(&path)?,
            }
            let lock_path = path.join(LOCK);
            let lock = match OpenOptions::new().write(true).create(true).truncate(false).open(&lock_path) {
                // Another build has just ended and removed its folder.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened.map_err(Error::not_written(&lock_path))?,
            };
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => break,
                // The file system has no locks: a build without a lock is better than no build.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(Error::not_written(&lock_path)(error)),
                Ok(()) => {}
            }
            // Another build may have removed the locked file meanwhile; then its lock protects nothing.
            if is_at(&lock, &lock_path) {
                let staging = Self { path, is_disposable: false, _lock: lock };
                staging.clean_up(output, keep)?;
                return Ok(staging);
            }
        }
        Err(Error::OutputBusy { path: output.to_path_buf() })
    }

    /// Creates the empty folder in which the new site is staged.
    pub(super) fn stage(&mut self) -> Result<PathBuf, Error> {
        let new = self.new_site();
        fs::create_dir(&new).map_err(Error::not_written(&new))?;
        self.is_disposable = true;
        Ok(new)
    }

    /// The path at which this build stages the new site.
    pub(super) fn new_site(&self) -> PathBuf {
        self.path.join(NEW)
    }

    /// The path to which the old site is moved if the two sites can't be exchanged.
    pub(super) fn old_site(&self) -> PathBuf {
        self.path.join(OLD)
    }

    /// The path at which the next manifest is written before it is renamed into the output folder.
    pub(super) fn manifest_copy(&self) -> PathBuf {
        self.path.join(MANIFEST_COPY)
    }

    /// Stops `drop` from removing `new`, which is the old site after an exchange: other programs may have added files
    /// to it, so each file must be checked before it is removed.
    pub(super) fn keep_old_site(&mut self) {
        self.is_disposable = false;
    }

    /// Removes the folder of the staged site, with the files that were not moved to the output folder.
    pub(super) fn unstage(&mut self) -> Result<(), Error> {
        let new = self.new_site();
        remove_all(&new).map_err(Error::not_written(&new))?;
        self.is_disposable = false;
        Ok(())
    }

    /// Cleans up after a killed build: moves the old site back if the output folder is missing or empty, and removes
    /// what is left. Fails if the leftovers have a file that Sourcewise did not write and that isn't preserved.
    fn clean_up(&self, output: &Path, keep: PreserveList<'_>) -> Result<(), Error> {
        let old = self.old_site();
        // If the output folder was created again since then, it is replaced only if it is empty.
        if old.exists() && (!output.exists() || fs::remove_dir(output).is_ok()) {
            fs::rename(&old, output).map_err(Error::not_written(output))?;
        }
        for leftover in [self.new_site(), old] {
            if leftover.exists() {
                refuse_unknown_files(&leftover, keep)?;
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

impl Drop for StagingDir {
    fn drop(&mut self) {
        // Errors are ignored, because the next build cleans up. The lock file is removed last, just before the folder,
        // because another build may start as soon as the lock file is gone.
        if self.is_disposable {
            let _ = remove_all(&self.new_site());
        }
        let _ = fs::remove_file(self.manifest_copy());
        let _ = fs::remove_file(self.path.join(LOCK));
        let _ = fs::remove_dir(&self.path);
    }
}

/// Whether an open file still is the file at a path.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    matches!((open, Handle::from_path(path)), (Ok(open), Ok(found)) if open == found)
}

/// Refuses a staging folder that isn't a folder, or has entries that no build creates. A path that doesn't exist is
/// accepted.
fn refuse_unknown_entries(path: &Path) -> Result<(), Error> {
    let is_gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::symlink_metadata(path) {
        Err(error) if is_gone(&error) => return Ok(()),
        Err(error) => return Err(Error::read(path)(error)),
        Ok(metadata) if !metadata.is_dir() => return Err(Error::WorkNotOurs { path: path.to_path_buf() }),
        Ok(_) => {}
    }
    let entries = match fs::read_dir(path) {
        Err(error) if is_gone(&error) => return Ok(()),
        entries => entries.map_err(Error::read(path))?,
    };
    for entry in entries {
        let entry = entry.map_err(Error::read(path))?;
        let metadata = match entry.metadata() {
            Err(error) if is_gone(&error) => continue,
            metadata => metadata.map_err(Error::read(&entry.path()))?,
        };
        let is_ours = match entry.file_name().to_str() {
            Some(LOCK) => metadata.is_file() && metadata.len() == 0,
            Some(MANIFEST_COPY) => metadata.is_file(),
            Some(NEW | OLD) => metadata.is_dir(),
            _ => false,
        };
        if !is_ours {
            return Err(Error::WorkNotOurs { path: entry.path() });
        }
    }
    Ok(())
}

/// Refuses a leftover site with files that Sourcewise did not write and that aren't preserved.
fn refuse_unknown_files(site: &Path, keep: PreserveList<'_>) -> Result<(), Error> {
    match Folder::scan(site, keep) {
        // A build writes the manifest first. So if the manifest is incomplete, it must be the only file.
        Err(Error::OutputNotOurs { path }) if path == site.join(MANIFEST) => {
            let others = fs::read_dir(site).map_err(Error::read(site))?.count();
            if others == 1 { Ok(()) } else { Err(Error::WorkNotOurs { path }) }
        }
        Err(Error::OutputNotOurs { path }) => Err(Error::WorkNotOurs { path }),
        scanned => scanned.map(drop),
    }
}
