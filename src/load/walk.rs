//! The files below a folder, always in the same order.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::error::Error;

/// A file that was found.
#[derive(Debug, Clone)]
pub(super) struct FoundFile {
    /// Its path below the folder, with `/`.
    pub(super) path: String,
    /// Its path on this machine.
    pub(super) full: PathBuf,
}

/// Lists all files below `folder` by name, without hidden ones. Symbolic links are followed. A folder that doesn't exist has
/// no files.
pub(super) fn walk(folder: &Path) -> Result<Vec<FoundFile>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let mut take = |entry: walkdir::Result<DirEntry>| match entry {
        Ok(entry) => found.extend(file(folder, entry)),
        Err(fault) => faults.push(fault),
    };
    // To follow links is to ask the disk of every file what it is; but there are hardly any.
    for entry in visible(folder, 1, false) {
        match entry {
            Ok(link) if link.path_is_symlink() => visible(link.path(), 0, true).for_each(&mut take),
            other => take(other),
        }
    }
    // By whole path, so that no file system's habits show.
    if let Some(first) = faults.into_iter().min_by(|a, b| a.path().cmp(&b.path())) {
        return Err(unreadable(folder, first));
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn visible(
    folder: &Path,
    min_depth: usize,
    follow: bool,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> + use<> {
    let hidden =
        |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(folder).min_depth(min_depth).follow_links(follow);
    walk.into_iter().filter_entry(move |entry| !hidden(entry))
}

fn unreadable(folder: &Path, error: walkdir::Error) -> Error {
    Error::Read { path: error.path().unwrap_or(folder).to_path_buf(), source: error.into() }
}

fn file(folder: &Path, entry: DirEntry) -> Option<FoundFile> {
    entry.file_type().is_file().then(|| {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        FoundFile { path: with_slashes(below), full: entry.into_path() }
    })
}

fn with_slashes(path: &Path) -> String {
    if let Some(text) = path.to_str().filter(|text| text.is_ascii() && cfg!(unix)) {
        return text.to_owned();
    }
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    // Some systems keep names decomposed; what authors write is composed.
    parts.join("/").nfc().collect()
}
