//! Files and folders in the output folder that aren't the site's, and are carried over into each new one.
//!
//! They are linked into the new folder before it takes the old one's place, so that there is no moment without them.

use std::fs;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::filesystem::{make_writable, set_modified};
use super::folder::{Folder, Keep};
use super::manifest::MANIFEST;
use crate::error::Error;

/// Puts what is to be kept of the old folder into a new one.
pub(super) fn carry(keep: Keep<'_>, old: &Folder, new: &Path) -> Result<(), Error> {
    for kept in keep.paths() {
        let (from, to) = (old.file(kept), new.join(kept));
        if from.symlink_metadata().is_err() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(Error::not_written(folder))?;
        }
        carry_tree(&from, &to)?;
    }
    Ok(())
}

/// A file or folder under another path: folders are made anew, all else is linked, or copied where there can't be links.
fn carry_tree(from: &Path, to: &Path) -> Result<(), Error> {
    let mut folders = Vec::new();
    for entry in WalkDir::new(from) {
        let entry = entry.map_err(|error| Error::read(from)(error.into()))?;
        let below = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
        let place = if below.as_os_str().is_empty() { to.to_path_buf() } else { to.join(below) };
        let carried = if entry.file_type().is_dir() {
            folders.push((entry.path().to_path_buf(), place.clone()));
            make_folder(&place)
        } else {
            link_or_copy(entry.path(), &place)
        };
        carried.map_err(Error::not_written(&place))?;
    }
    // Innermost first, and when all is in: a folder may be one that nothing can be put into.
    for (old, new) in folders.iter().rev() {
        let about = fs::metadata(old).map_err(Error::read(old))?;
        fs::set_permissions(new, about.permissions()).map_err(Error::not_written(new))?;
    }
    Ok(())
}

/// Makes a folder, unless what is kept names it and something in it.
fn make_folder(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => return Ok(()),
        // Named twice.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(_) => {}
    }
    let about = fs::symlink_metadata(from)?;
    if about.is_symlink() {
        return copy_symlink(from, to);
    }
    fs::copy(from, to)?;
    // What can't be written to can't be given a time either, and is kept none the less.
    let _ = about.modified().and_then(|time| set_modified(to, time));
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

/// Removes the site that has been replaced, file by file. What came into it after it was looked at is not lost: it goes
/// to where it was put, unless the new site has a file there.
pub(super) fn remove_old(gone: &Path, old: &Folder, keep: Keep<'_>) -> Result<(), Error> {
    let failed = |source| Error::OldNotRemoved { path: gone.to_path_buf(), source };
    let mut folders = Vec::new();
    for entry in WalkDir::new(gone) {
        let entry = entry.map_err(|error| failed(error.into()))?;
        let path = entry.path();
        if entry.file_type().is_dir() {
            make_writable(path).map_err(failed)?;
            folders.push(entry.into_path());
            continue;
        }
        let below = path.strip_prefix(gone).unwrap_or(path);
        if below == Path::new(MANIFEST) {
            continue;
        }
        let (now, is_kept) = (old.path.join(below), keep.covers(below));
        if old.made(below) || is_kept && is_as(path, &now) {
            fs::remove_file(path).map_err(failed)?;
        } else if is_kept || now.symlink_metadata().is_err() {
            if let Some(folder) = now.parent() {
                fs::create_dir_all(folder).map_err(failed)?;
            }
            fs::rename(path, &now).map_err(failed)?;
        }
    }
    // Innermost first, and then the list of files: whenever the program is killed, what is left is known to be ours.
    let inner = folders.get(1..).unwrap_or_default();
    inner.iter().rev().try_for_each(fs::remove_dir).map_err(failed)?;
    match fs::remove_file(gone.join(MANIFEST)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    fs::remove_dir(gone).map_err(failed)
}

/// Whether two paths have one file, or a file and its copy.
fn is_as(one: &Path, other: &Path) -> bool {
    let (Ok(first), Ok(second)) = (one.symlink_metadata(), other.symlink_metadata()) else { return false };
    if first.is_symlink() && second.is_symlink() {
        return matches!((fs::read_link(one), fs::read_link(other)), (Ok(one), Ok(other)) if one == other);
    }
    let written = |about: &fs::Metadata| about.modified().ok();
    first.file_type() == second.file_type()
        && first.len() == second.len()
        && written(&first) == written(&second)
}
