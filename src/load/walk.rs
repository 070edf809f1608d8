//! The files below a folder, always in the same order.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use crate::error::Error;

/// A file that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its path below the folder, with `/`.
    pub(super) path: String,
    /// Its path on this machine.
    pub(super) full: PathBuf,
}

/// Lists all files below `folder` by name, without hidden ones. A folder that doesn't exist has none.
pub(super) fn walk(folder: &Path) -> Result<Vec<Found>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let mut found = Vec::new();
    let entries = WalkDir::new(folder).min_depth(1).follow_links(true).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(|entry| !hidden(entry.file_name())) {
        let entry = entry.map_err(|error| Error::Read {
            path: error.path().unwrap_or(folder).to_path_buf(),
            source: error.into(),
        })?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            // Some systems keep names decomposed; what authors write is composed.
            found.push(Found { path: parts.join("/").nfc().collect(), full: entry.into_path() });
        }
    }
    // By whole path, not folder by folder, so that no file system's habits show.
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}
