//! Resolves the path of the output folder, and refuses folders that a site must never be written to.

use std::path::{Component, Path, PathBuf};

use same_file::is_same_file;
use walkdir::WalkDir;

use crate::error::Error;
use crate::load::{FOLDERS, Project};

/// Folders in the site's folder that a site must never be written to, because they may have the site author's files.
/// `src` and `.git` are listed because a site may share its folder with a program or a repository.
const AUTHOR_FOLDERS: [&str; 6] = ["content", "seeds", "templates", "originals", "src", ".git"];

/// Resolves symbolic links and `..` in the path of the output folder, so that the folder that is checked is also the
/// folder that is replaced.
///
/// # Errors
/// If the path is not a folder, or if a site must never be written there, even if the folder is empty: it contains the
/// site's folder or the home folder; it overlaps with one of `AUTHOR_FOLDERS` or the folder of originals; or it
/// overlaps with a folder that a symbolic link in `content`, `seeds` or `templates` leads to.
pub(super) fn resolve(out: &Path, project: &Project) -> Result<PathBuf, Error> {
    let folder = real_path(out)?;
    if folder.exists() && !folder.is_dir() {
        return Err(Error::OutputNotOurs { path: folder });
    }
    let root = real_path(&project.root)?;
    let refused = |why| Err(Error::OutputForbidden { path: folder.clone(), why });
    if is_within(&root, &folder) {
        return refused("it contains the site's own files");
    }
    // If the home folder is unknown, the check is skipped.
    let home = std::env::home_dir().filter(|home| home.is_absolute()).and_then(|home| real_path(&home).ok());
    if home.is_some_and(|home| is_within(&home, &folder)) {
        return refused("it is your home folder or contains it");
    }
    for own in AUTHOR_FOLDERS.map(|name| root.join(name)) {
        // The author's folder may be a symbolic link, so its real path is compared, too.
        if own.exists() && overlap(&real_path(&own)?, &folder) || folder.starts_with(&own) {
            return refused("it contains the site's own files or is reserved for them");
        }
    }
    if linked_folders(&root).any(|linked| overlap(&linked, &folder)) {
        return refused("a link in the site's own files leads there");
    }
    if let Some(originals) = &project.originals
        && overlap(&real_path(originals)?, &folder)
    {
        return refused("it contains documents that must not be published");
    }
    Ok(folder)
}

/// Returns the real paths of all folders that symbolic links in the site's input folders lead to. The next build would
/// read a site written there as its own files.
fn linked_folders(root: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = FOLDERS.iter().flat_map(|name| WalkDir::new(root.join(name)).follow_links(true));
    // A link that can't be followed leads to no folder.
    let entries = entries.filter_map(Result::ok);
    let links = entries.filter(|entry| entry.path_is_symlink() && entry.file_type().is_dir());
    links.filter_map(|link| link.path().canonicalize().ok())
}

fn overlap(one: &Path, other: &Path) -> bool {
    is_within(one, other) || is_within(other, one)
}

/// Whether `path` is `folder` or is inside it. Compares file identities besides names: a folder may be mounted at
/// two paths, and some disks don't distinguish `Content` from `content`.
fn is_within(path: &Path, folder: &Path) -> bool {
    // Folders that can't be opened are compared by name.
    path.ancestors().any(|above| above == folder || is_same_file(above, folder).unwrap_or(false))
}

/// Resolves symbolic links and `..` in a path, even if it exists only in part.
fn real_path(path: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(path).map_err(Error::read(path))?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
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

/// Whether the folder is a mount point, which can't be renamed. False where the system doesn't report it: then renaming
/// fails, and the caller handles that.
#[cfg(target_os = "linux")]
pub(super) fn is_mounted(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let status = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty());
    status.is_ok_and(|status| status.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_mounted(_: &Path) -> bool {
    false
}
