//! Last phase: the site in memory → its folder, replaced in one step, or not at all.
//!
//! The new site is written beside the old one and then takes its name. Between the two renames nothing has that
//! name; if the power fails just then, the old site is found beside it as `.<name>-old-…`. If the second rename
//! fails, the first is undone.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use crate::error::Error;
use crate::render::Rendered;

/// The file in the output folder that says who made it, and lists what it wrote.
pub const MANIFEST: &str = ".sourcewise";

/// Writes the site to `folder`, which is made if need be.
///
/// # Errors
/// If the folder holds what Sourcewise did not write, or `root`'s own files, or the disk refuses. The folder is then
/// as it was.
pub fn write(rendered: &Rendered, folder: &Path, root: &Path) -> Result<(), Error> {
    // Symbolic links and `..` are followed first, so that what is looked at is what is replaced.
    let folder = real_path(folder)?;
    refuse_unsafe(&folder, root)?;
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(Error::OutputHoldsSite { path: folder });
    };
    let name = name.to_string_lossy();
    fs::create_dir_all(parent).map_err(Error::write(parent))?;
    let staging = tempfile::Builder::new()
        .prefix(&format!(".{name}-new-"))
        .tempdir_in(parent)
        .map_err(Error::write(parent))?;
    // The old folder is one of ours, or is not there: a card in it may be kept.
    let cards = rendered.cards.draw(|path| fs::read(folder.join(path)).ok());
    let cards = cards.map_err(|(path, reason)| Error::Draw { path, reason })?;
    fill(rendered.files.iter().chain(&cards), staging.path())?;
    make_readable(staging.path())?;
    replace(&staging.keep(), &folder, parent, &name)
}

fn refuse_unsafe(folder: &Path, root: &Path) -> Result<(), Error> {
    let root = real_path(root)?;
    let own = ["content", "seeds", "templates", "originals", "src", ".git"].map(|name| root.join(name));
    if root.starts_with(folder) || own.iter().any(|path| folder.starts_with(path)) {
        return Err(Error::OutputHoldsSite { path: folder.to_path_buf() });
    }
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Error::OutputNotOurs { path: folder.to_path_buf() });
    }
    match foreign_file(folder)? {
        Some(path) => Err(Error::OutputNotOurs { path }),
        None => Ok(()),
    }
}

/// A file in the folder that is not in the list of what Sourcewise wrote there.
fn foreign_file(folder: &Path) -> Result<Option<PathBuf>, Error> {
    let manifest = folder.join(MANIFEST);
    let listed = if manifest.is_file() {
        fs::read_to_string(&manifest).map_err(Error::read(&manifest))?
    } else {
        String::new()
    };
    let mut ours: BTreeSet<PathBuf> = listed.lines().skip(1).map(|line| folder.join(line)).collect();
    if !listed.is_empty() {
        ours.insert(manifest);
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry =
            entry.map_err(|error| Error::Read { path: folder.to_path_buf(), source: error.into() })?;
        if !entry.file_type().is_dir() && !ours.contains(entry.path()) {
            return Ok(Some(entry.into_path()));
        }
    }
    Ok(None)
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

fn fill<'r>(files: impl Iterator<Item = (&'r String, &'r Vec<u8>)>, folder: &Path) -> Result<(), Error> {
    let mut manifest =
        String::from("# Made by Sourcewise, which replaces this folder as a whole. One line a file.\n");
    for (path, bytes) in files {
        manifest.push_str(path);
        manifest.push('\n');
        put(&folder.join(path), bytes)?;
    }
    put(&folder.join(MANIFEST), manifest.as_bytes())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the phase that writes, into a folder that nobody reads yet"
)]
fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
    }
    fs::write(path, bytes).map_err(Error::write(path))
}

/// A temporary folder is its owner's alone; a web server must be able to read the site.
#[cfg(unix)]
fn make_readable(folder: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).map_err(Error::write(folder))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// Gives the new folder the old one's name. Whatever fails, one of the two is left under it.
fn replace(new: &Path, folder: &Path, parent: &Path, name: &str) -> Result<(), Error> {
    let clean_up = |error: io::Error| {
        // The first error is the one to tell; what can't be removed is only untidy.
        let _ = fs::remove_dir_all(new);
        Error::Write { path: folder.to_path_buf(), source: error }
    };
    if !folder.exists() {
        return fs::rename(new, folder).map_err(clean_up);
    }
    let aside =
        tempfile::Builder::new().prefix(&format!(".{name}-old-")).tempdir_in(parent).map_err(clean_up)?;
    let old = aside.path().join("site");
    fs::rename(folder, &old).map_err(clean_up)?;
    if let Err(error) = fs::rename(new, folder) {
        if fs::rename(&old, folder).is_err() {
            // Leave the old site where it is rather than lose it with the temporary folder.
            let _ = aside.keep();
        }
        return Err(clean_up(error));
    }
    aside.close().map_err(Error::write(parent))
}
