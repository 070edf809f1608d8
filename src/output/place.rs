//! Where the output folder truly is, and whether a site may be written there at all.

use std::path::{Component, Path, PathBuf};

use same_file::is_same_file;

use crate::error::Error;
use crate::load::Project;

/// What the author's files lie in, below the site's folder. `.git` and `src` are there for sites that are kept in a
/// repository, or beside a program.
const OWN: [&str; 6] = ["content", "seeds", "templates", "originals", "src", ".git"];

/// The output folder, by its true path: symbolic links and `..` are followed first, so that what is looked at is what is
/// replaced. If it is a link to a folder elsewhere, it is that one.
///
/// # Errors
/// If it is one that a site must never be written to, even if it is empty.
pub(super) fn find(out: &Path, project: &Project) -> Result<PathBuf, Error> {
    let folder = real_path(out)?;
    if folder.exists() && !folder.is_dir() {
        return Err(Error::OutputNotOurs { path: folder });
    }
    let root = real_path(&project.root)?;
    let refused = |why| Err(Error::OutputForbidden { path: folder.clone(), why });
    if is_within(&root, &folder) {
        return refused("the site's own files are in it");
    }
    // A home that can't be found can't be written to, either.
    let home = std::env::home_dir().filter(|home| home.is_absolute()).and_then(|home| real_path(&home).ok());
    if home.is_some_and(|home| is_within(&home, &folder)) {
        return refused("it is your home folder, or holds it");
    }
    for own in OWN.map(|name| root.join(name)) {
        // It may be a link to a folder elsewhere.
        if own.exists() && overlap(&real_path(&own)?, &folder) || folder.starts_with(&own) {
            return refused("the site's own files are in it, or belong there");
        }
    }
    if let Some(originals) = &project.originals
        && overlap(&real_path(originals)?, &folder)
    {
        return refused("documents that may not be published are in it");
    }
    Ok(folder)
}

fn overlap(one: &Path, other: &Path) -> bool {
    is_within(one, other) || is_within(other, one)
}

/// Whether `path` is `folder`, or lies in it. Folders are compared as such, and not by their names alone: one may be
/// mounted in two places, and some disks take `Content` for `content`.
fn is_within(path: &Path, folder: &Path) -> bool {
    // What can't be opened has only its name to be known by.
    path.ancestors().any(|above| above == folder || is_same_file(above, folder).unwrap_or(false))
}

/// The path with symbolic links and `..` resolved, however much of it exists.
fn real_path(path: &Path) -> Result<PathBuf, Error> {
    let whole = std::path::absolute(path).map_err(Error::read(path))?;
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => {
                real.push(part);
                if real.is_symlink() || real.exists() {
                    real = real.canonicalize().map_err(Error::read(&real))?;
                }
            }
        }
    }
    Ok(real)
}

/// Whether something is mounted on this folder, so that it can't be renamed. False where the system doesn't tell: then
/// the renaming fails, and that tells.
#[cfg(target_os = "linux")]
pub(super) fn is_mounted(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let told = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty());
    told.is_ok_and(|told| told.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Likewise.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_mounted(_: &Path) -> bool {
    false
}
