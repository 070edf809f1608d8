//! Scans the output folder before a site is written to it, and refuses it if it has a file that Sourcewise did not
//! write and that `[output] keep` doesn't list. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::manifest::{self, MANIFEST, STAGING_FOLDER};
use crate::error::Error;
use crate::files::Spanned;

/// The paths in `[output] keep`: files and folders in the output folder that aren't part of the site and survive a
/// build.
#[derive(Clone, Copy, Debug)]
pub(super) struct PreserveList<'k>(pub(super) &'k [Spanned<String>]);

impl<'k> PreserveList<'k> {
    /// Iterates over the paths. They are relative to the output folder and have `/` on every system.
    pub(super) fn paths(self) -> impl Iterator<Item = &'k str> {
        self.0.iter().map(|path| path.value.as_str())
    }

    /// Whether the list has a path (relative to the output folder) or one of its parent folders.
    pub(super) fn covers(self, path: &Path) -> bool {
        self.paths().any(|preserved| path.starts_with(preserved))
    }
}

/// A scanned output folder. It has only files that Sourcewise wrote, and preserved files.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) exists: bool,
    /// The paths that the manifest lists and the folder has, without the manifest itself. The value is false if the
    /// path is not a regular file now, for example because another program put a symbolic link there.
    pub(super) files: BTreeMap<String, bool>,
    /// The text of the manifest; `None` if the folder has none.
    pub(super) manifest: Option<String>,
}

impl Folder {
    /// Scans a folder. A folder that doesn't exist counts as empty.
    ///
    /// # Errors
    /// If the path isn't a folder, can't be read, or has a file that the manifest doesn't list and that isn't
    /// preserved.
    pub(super) fn scan(path: &Path, preserve: PreserveList<'_>) -> Result<Self, Error> {
        let mut folder =
            Self { path: path.to_path_buf(), exists: false, files: BTreeMap::new(), manifest: None };
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(Error::read(path)(error)),
            Ok(metadata) if !metadata.is_dir() => {
                return Err(Error::OutputNotOurs { path: path.to_path_buf() });
            }
            Ok(_) => folder.exists = true,
        }
        folder.manifest = manifest::read(&path.join(MANIFEST))?;
        let listed: BTreeSet<&str> = folder.manifest.iter().flat_map(|text| text.lines().skip(1)).collect();
        for entry in files(path, |path| preserve.covers(path)) {
            let entry = entry.map_err(|error| Error::read(path)(error.into()))?;
            match with_slashes(relative(path, &entry)) {
                Some(name) if listed.contains(&*manifest::line(&name)) => {
                    folder.files.insert(name, entry.file_type().is_file());
                }
                Some(name) if name == MANIFEST && folder.manifest.is_some() => {}
                _ => return Err(Error::OutputNotOurs { path: entry.into_path() }),
            }
        }
        Ok(folder)
    }

    pub(super) fn path_of(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Whether the manifest lists the file at a relative path. False for the manifest itself.
    pub(super) fn is_ours(&self, path: &Path) -> bool {
        with_slashes(path).is_some_and(|path| self.files.contains_key(&path))
    }
}

/// Lists all files and symbolic links below an output folder, sorted by name, except preserved files and the staging
/// folder's files. `is_preserved` gets paths relative to the output folder.
pub(super) fn files(
    folder: &Path,
    is_preserved: impl Fn(&Path) -> bool,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let is_listed = move |path: &Path| path != Path::new(STAGING_FOLDER) && !is_preserved(path);
    let entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(move |entry| is_listed(relative(folder, entry)));
    entries.filter(|entry| entry.as_ref().map_or(true, |entry| !entry.file_type().is_dir()))
}

fn relative<'e>(folder: &Path, entry: &'e DirEntry) -> &'e Path {
    entry.path().strip_prefix(folder).unwrap_or(entry.path())
}

/// Formats a relative path as in the manifest, with `/`. `None` if the path isn't Unicode; then Sourcewise did not
/// write the file, because it writes only Unicode paths.
fn with_slashes(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
