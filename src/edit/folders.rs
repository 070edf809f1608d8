//! Which files the desk and `rename` may change. The rule holds for changes that they make, and for those that they
//! find in the journal, which may come with a site from someone else.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::apply_error::{ApplyError, io_error};
use super::atomic;
use crate::load::{LOCK_PATH, is_document_name};

/// The folders of documents in a site. A command may be given one more folder of originals.
const DOCUMENT_FOLDERS: [&str; 2] = ["seeds", "originals"];

/// The folders in which files may be changed.
#[derive(Debug)]
pub(super) struct Folders {
    root: PathBuf,
    /// The root with symbolic links resolved.
    real_root: PathBuf,
    /// The folder of originals that the command was given, absolute.
    originals: Option<PathBuf>,
}

impl Folders {
    pub(super) fn new(root: &Path, originals: Option<&Path>) -> io::Result<Self> {
        let originals = originals.map(originals_path).transpose()?;
        Ok(Self { root: root.to_path_buf(), real_root: root.canonicalize()?, originals })
    }

    /// Returns the full path of a record, a page, a question, or the lock.
    ///
    /// # Errors
    /// If the path is not the path of such a file, or leads out of the site through a link.
    pub(super) fn text_file(&self, path: &str) -> Result<PathBuf, ApplyError> {
        if !is_text_file(path) {
            return Err(ApplyError::Outside { path: path.to_owned() });
        }
        let full = self.root.join(path);
        self.check_links(path, &full)?;
        Ok(full)
    }

    /// Returns the full path of a document. `path` is absolute only for a folder of originals outside the site.
    ///
    /// # Errors
    /// If the path is not directly in a folder of documents, or has no extension of a document, or if its folder is
    /// reached through a link that leads out of the site.
    pub(super) fn document(&self, path: &str) -> Result<PathBuf, ApplyError> {
        let outside = || ApplyError::Outside { path: path.to_owned() };
        let full = self.root.join(path);
        let folder = full.parent().filter(|_| is_document(&full)).ok_or_else(outside)?;
        let is_given = self.originals.as_deref() == Some(folder);
        if Path::new(path).is_absolute() {
            return if is_given { Ok(full) } else { Err(outside()) };
        }
        let is_known = DOCUMENT_FOLDERS.iter().any(|known| self.root.join(known) == folder);
        if !is_visible_below(path) || !(is_given || is_known) {
            return Err(outside());
        }
        // A document that is a link itself is renamed, and the file that it leads to stays as it is.
        self.check_links(path, folder)?;
        Ok(full)
    }

    /// Checks that links on the way to a file don't lead out of the site. The file may not exist yet.
    fn check_links(&self, path: &str, full: &Path) -> Result<(), ApplyError> {
        let nearest = full.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(full);
        let real = nearest.canonicalize().map_err(io_error(path))?;
        if real.starts_with(&self.real_root) {
            return Ok(());
        }
        Err(ApplyError::Linked { path: path.to_owned() })
    }
}

/// Returns the absolute path of the folder of originals that a command was given, without `..`. If the folder itself is
/// a link, that link is not followed, so that a link in the site is noticed.
pub(super) fn originals_path(given: &Path) -> io::Result<PathBuf> {
    let given = std::path::absolute(given)?;
    match (given.parent(), given.file_name()) {
        (Some(parent), Some(name)) => Ok(parent.canonicalize()?.join(name)),
        _ => given.canonicalize(),
    }
}

/// Replaces a text file of the site at `root`.
///
/// # Errors
/// If the file is not one that the desk and `rename` may change, or can't be written.
pub fn replace_site_file(root: &Path, path: &str, text: &str) -> Result<(), ApplyError> {
    let folders = Folders::new(root, None).map_err(io_error(path))?;
    atomic::replace(&folders.text_file(path)?, text.as_bytes()).map_err(io_error(path))
}

fn is_text_file(path: &str) -> bool {
    let is_record = |name: &str| name.strip_suffix(".toml").is_some_and(|id| !id.contains('/'));
    let is_known = path == LOCK_PATH
        || path.strip_prefix("seeds/").is_some_and(is_record)
        || path.strip_prefix("content/").is_some_and(|name| name.strip_suffix(".md").is_some());
    is_known && is_visible_below(path)
}

/// Whether a file may be a document: it has the extension of a document and is not hidden.
fn is_document(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    !name.starts_with('.') && is_document_name(&name)
}

/// Whether a path stays below the folder that it begins in, and no part of it is hidden.
fn is_visible_below(path: &str) -> bool {
    let is_visible = |part: Component<'_>| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    };
    !path.is_empty() && Path::new(path).components().all(is_visible)
}
