//! Lists the files below a folder, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::error::Error;

/// A file below a folder.
#[derive(Debug, Clone)]
pub struct FoundFile {
    /// Path relative to the listed folder, with `/`.
    pub path: String,
    /// Path for opening the file.
    pub full: PathBuf,
}

/// Lists all files below `folder`, sorted by path, also those behind symbolic links. Leaves out files for which
/// [`is_hidden`] is true, everything in such folders, and pipes and devices. The list is empty if the folder does not
/// exist.
///
/// # Errors
/// If a folder can't be read, or if a symbolic link leads nowhere or in a circle.
pub fn walk(folder: &Path) -> Result<Vec<FoundFile>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    let mut take = |entry: walkdir::Result<DirEntry>| match entry {
        Ok(entry) => found.extend(regular_file(folder, entry)),
        Err(error) => errors.push(error),
    };
    // `follow_links` costs a system call per file, so it is used only below symbolic links.
    for entry in visible(folder, 1, false) {
        match entry {
            Ok(link) if link.path_is_symlink() => visible(link.path(), 0, true).for_each(&mut take),
            other => take(other),
        }
    }
    // Each file system lists files in an order of its own, so errors and files are ordered by path.
    if let Some(first) = errors.into_iter().min_by(|a, b| a.path().cmp(&b.path())) {
        return Err(read_error(folder, first));
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Iterates over the files and folders at least `min_depth` levels below `folder`. Leaves out hidden ones, with all
/// that is in them. `follow` decides whether symbolic links are followed.
fn visible(
    folder: &Path,
    min_depth: usize,
    follow: bool,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> + use<> {
    let hidden = |entry: &DirEntry| entry.depth() > 0 && is_hidden(entry.file_name().as_encoded_bytes());
    let walk = WalkDir::new(folder).min_depth(min_depth).follow_links(follow);
    walk.into_iter().filter_entry(move |entry| !hidden(entry))
}

/// Whether a file or folder is hidden (its name begins with a dot), or a lock file that Word keeps while a document is
/// open: `~$report.docx`.
pub fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".") || name.starts_with(b"~$")
}

fn read_error(folder: &Path, error: walkdir::Error) -> Error {
    Error::Read { path: error.path().unwrap_or(folder).to_path_buf(), source: error.into() }
}

fn regular_file(folder: &Path, entry: DirEntry) -> Option<FoundFile> {
    entry.file_type().is_file().then(|| {
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        FoundFile { path: with_slashes(relative), full: entry.into_path() }
    })
}

fn with_slashes(path: &Path) -> String {
    if let Some(text) = path.to_str().filter(|text| text.is_ascii() && cfg!(unix)) {
        return text.to_owned();
    }
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    // Some file systems store decomposed names (NFD), but people type composed names (NFC).
    parts.join("/").nfc().collect()
}
