//! While the output folder is replaced, preserves the files in it that aren't part of the site.
//!
//! The paths in `[output] keep` are hard-linked into the new folder before it replaces the old one, so that they are
//! never missing. Then the old folder is removed, without losing files that other programs added meanwhile.

use std::fs;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::filesystem::{make_writable, set_modified};
use super::folder::{Folder, PreserveList};
use super::manifest::MANIFEST;
use crate::error::Error;

/// Links the paths in `[output] keep` from the old folder into the new one. Paths that the old folder lacks are
/// skipped.
pub(super) fn carry_over(preserve: PreserveList<'_>, old: &Folder, new: &Path) -> Result<(), Error> {
    for path in preserve.paths() {
        let (from, to) = (old.path_of(path), new.join(path));
        if from.symlink_metadata().is_err() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(Error::not_written(folder))?;
        }
        link_tree(&from, &to)?;
    }
    Ok(())
}

/// Recreates a file, a symbolic link or a folder with its content at another path. Files are hard-linked, or copied
/// where hard links aren't supported. Folders keep their permissions.
fn link_tree(from: &Path, to: &Path) -> Result<(), Error> {
    let mut folders = Vec::new();
    for entry in WalkDir::new(from) {
        let entry = entry.map_err(|error| Error::read(from)(error.into()))?;
        let below = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
        let target = if below.as_os_str().is_empty() { to.to_path_buf() } else { to.join(below) };
        let copied = if entry.file_type().is_dir() {
            folders.push((entry.path().to_path_buf(), target.clone()));
            create_folder(&target)
        } else {
            link_or_copy(entry.path(), &target)
        };
        copied.map_err(Error::not_written(&target))?;
    }
    // Permissions are set last, and of inner folders first, because nothing can be created or changed in a read-only
    // folder.
    for (old, new) in folders.iter().rev() {
        let metadata = fs::metadata(old).map_err(Error::read(old))?;
        fs::set_permissions(new, metadata.permissions()).map_err(Error::not_written(new))?;
    }
    Ok(())
}

/// Creates a folder, unless it exists. It exists if `[output] keep` lists both the folder and a path in it.
fn create_folder(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        created => created,
    }
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => return Ok(()),
        // `[output] keep` lists both this file and a folder that contains it.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(_) => {}
    }
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return copy_symlink(from, to);
    }
    fs::copy(from, to)?;
    // Errors are ignored, because the time stamp of a read-only file can't be set.
    let _ = metadata.modified().and_then(|time| set_modified(to, time));
    Ok(())
}

#[cfg(unix)]
fn copy_symlink(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_symlink(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(drop)
}

/// Removes the replaced site file by file. Keeps files that other programs added since the scan, and preserved files
/// that they changed since then. Files of the site itself are removed even if another program changed them.
///
/// A changed preserved file replaces its outdated copy in the output folder. Any other added file is moved to the same
/// path in the output folder; if the new site already uses that path, the added file stays in the replaced site.
///
/// # Errors
/// If an added file stays, because then the replaced site can't be removed; or if the disk fails.
pub(super) fn remove_old(replaced: &Path, old: &Folder, preserve: PreserveList<'_>) -> Result<(), Error> {
    let failed = |source| Error::OldNotRemoved { path: replaced.to_path_buf(), source };
    let mut folders = Vec::new();
    for entry in WalkDir::new(replaced) {
        let entry = entry.map_err(|error| failed(error.into()))?;
        let path = entry.path();
        if entry.file_type().is_dir() {
            make_writable(path).map_err(failed)?;
            folders.push(entry.into_path());
            continue;
        }
        let below = path.strip_prefix(replaced).unwrap_or(path);
        if below == Path::new(MANIFEST) {
            continue;
        }
        let (new, is_preserved) = (old.path.join(below), preserve.covers(below));
        if old.is_ours(below) || is_preserved && is_copy(path, &new) {
            fs::remove_file(path).map_err(failed)?;
        } else if is_preserved || new.symlink_metadata().is_err() {
            if let Some(folder) = new.parent() {
                fs::create_dir_all(folder).map_err(failed)?;
            }
            fs::rename(path, &new).map_err(failed)?;
        }
    }
    // Inner folders first, and the manifest last: if the program is killed, the next build still recognizes the folder.
    let inner = folders.get(1..).unwrap_or_default();
    inner.iter().rev().try_for_each(fs::remove_dir).map_err(failed)?;
    match fs::remove_file(replaced.join(MANIFEST)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    fs::remove_dir(replaced).map_err(failed)
}

/// Whether two paths seem to be one file or copies of it: they have the same type, length and time stamp, or are
/// symbolic links with the same target.
fn is_copy(one: &Path, other: &Path) -> bool {
    let (Ok(first), Ok(second)) = (one.symlink_metadata(), other.symlink_metadata()) else { return false };
    if first.is_symlink() && second.is_symlink() {
        return matches!((fs::read_link(one), fs::read_link(other)), (Ok(one), Ok(other)) if one == other);
    }
    let modified = |metadata: &fs::Metadata| metadata.modified().ok();
    first.file_type() == second.file_type()
        && first.len() == second.len()
        && modified(&first) == modified(&second)
}
