//! Last phase: the site in memory → its folder, replaced in one step, or not at all.
//!
//! The new site is written beside the old one and then takes its name. Between the two renames nothing has that
//! name; if the power fails just then, the old site is found beside it as `.<name>-old-…`. If the second rename
//! fails, the first is undone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::render::Rendered;

/// The file in the output folder that says who made it, and lists what it wrote.
pub const MANIFEST: &str = ".sourcewise";

/// Writes the site to `folder`, which is made if need be.
///
/// # Errors
/// If the folder is not Sourcewise's, or holds `root`'s own files, or the disk refuses. The folder is then as it was.
pub fn write(rendered: &Rendered, folder: &Path, root: &Path) -> Result<(), Error> {
    let folder = std::path::absolute(folder).map_err(Error::write(folder))?;
    refuse_unsafe(&folder, root)?;
    let parent = folder.parent().unwrap_or(Path::new("/")).to_path_buf();
    fs::create_dir_all(&parent).map_err(Error::write(&parent))?;
    let name = folder.file_name().map_or_else(|| "public".into(), |name| name.to_string_lossy().into_owned());
    let staging = tempfile::Builder::new()
        .prefix(&format!(".{name}-new-"))
        .tempdir_in(&parent)
        .map_err(Error::write(&parent))?;
    fill(rendered, staging.path())?;
    make_readable(staging.path())?;
    replace(&staging.keep(), &folder, &parent, &name)
}

fn refuse_unsafe(folder: &Path, root: &Path) -> Result<(), Error> {
    let real = real_path(folder);
    let root = real_path(root);
    let own = ["content", "seeds", "templates", "originals", "src", ".git"].map(|name| root.join(name));
    if root.starts_with(&real) || own.iter().any(|path| real.starts_with(path)) {
        return Err(Error::OutputHoldsSite { path: folder.to_path_buf() });
    }
    if !folder.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder).map_err(Error::read(folder))?;
    let is_empty = entries.next().is_none();
    if is_empty || folder.join(MANIFEST).is_file() {
        return Ok(());
    }
    Err(Error::OutputNotOurs { path: folder.to_path_buf() })
}

/// The path with symbolic links resolved, as far as it exists.
fn real_path(path: &Path) -> PathBuf {
    let mut missing = Vec::new();
    let mut here = path;
    loop {
        if let Ok(real) = here.canonicalize() {
            return missing.iter().rev().fold(real, |path, name| path.join(name));
        }
        match (here.parent(), here.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name);
                here = parent;
            }
            _ => return path.to_path_buf(),
        }
    }
}

fn fill(rendered: &Rendered, folder: &Path) -> Result<(), Error> {
    let mut manifest =
        String::from("# Made by Sourcewise, which replaces this folder as a whole. One line a file.\n");
    for (path, bytes) in &rendered.files {
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
