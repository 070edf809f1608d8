//! Writes files so that a reader sees the old content or the new one, also after a crash or on a full disk. The new
//! content is written to a *staged* file in the same folder and flushed to the disk. Then that file gets the old one's
//! name.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sourcewise_quotes::sha256;

/// The start of the names of staged files. It makes them hidden, so that they are no part of a site.
const STAGED: &str = ".sourcewise-";
/// A staged file's name ends with this many hexadecimal digits of the hash of its target's name.
const NAME_CHARS: usize = 12;
/// Length of a token: a number of 64 bits with hexadecimal digits.
pub(super) const MAX_TOKEN_BYTES: usize = 16;

/// Creates or replaces a file.
///
/// # Errors
/// If the file can't be written. Then it is as before.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    StagedFile::write(path, bytes, &random_token())?.put_in_place()
}

/// Returns a random token for [`StagedFile::write`], so that two processes don't use the same staged file.
pub(super) fn random_token() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// New content beside the file whose place it takes. It is removed when dropped, unless it is in place.
#[derive(Debug)]
pub(super) struct StagedFile {
    staged: PathBuf,
    target: PathBuf,
}

impl StagedFile {
    /// Writes the new content. Follows a symbolic link, and takes over the permissions of an existing file.
    ///
    /// # Errors
    /// If it can't be written completely, or if the existing file is read-only.
    pub(super) fn write(path: &Path, bytes: &[u8], token: &str) -> io::Result<Self> {
        let target = target_of(path)?;
        let permissions = match fs::metadata(&target) {
            Ok(about) if about.permissions().readonly() => {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
            }
            Ok(about) => Some(about.permissions()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let mut file = File::create_new(staged_path(&target, token))?;
        let staged = Self { staged: staged_path(&target, token), target };
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        Ok(staged)
    }

    /// Puts the new content in place, in one step.
    ///
    /// # Errors
    /// If the file can't be replaced.
    pub(super) fn put_in_place(self) -> io::Result<()> {
        fs::rename(&self.staged, &self.target)?;
        sync_folder_of(&self.target);
        Ok(())
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        // Fails if the file was put in place, because nothing has this name then.
        let _ = fs::remove_file(&self.staged);
    }
}

/// Removes the staged file with this token that a killed process may have left for the file at `path`.
pub(super) fn remove_staged(path: &Path, token: &str) {
    if let Ok(target) = target_of(path) {
        // Ignores errors: usually there is no such file.
        let _ = fs::remove_file(staged_path(&target, token));
    }
}

/// Removes a file if it is a staged one, left by a killed process. Only for folders where no other process writes.
pub(super) fn remove_left_over(path: &Path) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name.starts_with(STAGED) {
        // Ignores errors: a file that stays takes up space, and does no other harm.
        let _ = fs::remove_file(path);
    }
}

/// Makes sure that the names of the files in the folder of `path` outlive a loss of power.
#[cfg(unix)]
pub(super) fn sync_folder_of(path: &Path) {
    // Some file systems can't do this; the content itself is on the disk.
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}

/// Does nothing: on this system, folders can't be opened as files.
#[cfg(not(unix))]
pub(super) fn sync_folder_of(_: &Path) {}

/// Returns the file that a symbolic link leads to, or the path itself.
fn target_of(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => path.canonicalize(),
        _ => Ok(path.to_path_buf()),
    }
}

fn staged_path(target: &Path, token: &str) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A hash instead of the name, which may already be as long as the system allows.
    let hash = sha256(name.as_bytes());
    target.with_file_name(format!("{STAGED}{token}-{}", &hash[..NAME_CHARS]))
}
