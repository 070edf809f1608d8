//! What stands in a folder before it is written: which files Sourcewise made, which are to be kept, and which are
//! neither. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::manifest::{self, MANIFEST, WORK_FOLDER};
use crate::error::Error;
use crate::files::Spanned;

/// What `[output] keep` names: files and folders in the output folder that aren't the site's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keep<'k>(pub(super) &'k [Spanned<String>]);

impl<'k> Keep<'k> {
    /// The paths, relative and with `/`.
    pub(super) fn paths(self) -> impl Iterator<Item = &'k str> {
        self.0.iter().map(|path| path.value.as_str())
    }

    /// Whether a path below the output folder is kept, or lies in a folder that is.
    pub(super) fn covers(self, path: &Path) -> bool {
        self.paths().any(|kept| path.starts_with(kept))
    }
}

/// A folder with nothing in it but what Sourcewise made and what is to be kept.
#[derive(Debug)]
pub(super) struct Folder {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Whether there is such a folder yet.
    pub(super) exists: bool,
    /// What Sourcewise made, but for the manifest: path → whether it still is a plain file.
    pub(super) files: BTreeMap<String, bool>,
    /// The manifest, if there is one.
    pub(super) manifest: Option<String>,
}

impl Folder {
    /// Looks at all of a folder. One that doesn't exist has no files.
    ///
    /// # Errors
    /// If it isn't a folder, holds a file that Sourcewise did not write and is not told to keep, or can't be read.
    pub(super) fn look(path: &Path, keep: Keep<'_>) -> Result<Self, Error> {
        let mut folder =
            Self { path: path.to_path_buf(), exists: false, files: BTreeMap::new(), manifest: None };
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(Error::read(path)(error)),
            Ok(about) if !about.is_dir() => return Err(Error::OutputNotOurs { path: path.to_path_buf() }),
            Ok(_) => folder.exists = true,
        }
        folder.manifest = manifest::read(&path.join(MANIFEST))?;
        let listed: BTreeSet<&str> = folder.manifest.iter().flat_map(|text| text.lines().skip(1)).collect();
        for entry in files(path, |below| keep.covers(below)) {
            let entry = entry.map_err(|error| Error::read(path)(error.into()))?;
            match with_slashes(below(path, &entry)) {
                Some(name) if listed.contains(&*manifest::line(&name)) => {
                    folder.files.insert(name, entry.file_type().is_file());
                }
                Some(name) if name == MANIFEST && folder.manifest.is_some() => {}
                _ => return Err(Error::OutputNotOurs { path: entry.into_path() }),
            }
        }
        Ok(folder)
    }

    /// Where a file of it is.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Whether a path below it is that of a file that Sourcewise made, but for the manifest.
    pub(super) fn made(&self, path: &Path) -> bool {
        with_slashes(path).is_some_and(|path| self.files.contains_key(&path))
    }
}

/// Every file in an output folder but what is kept and the work folder, by name. `is_kept` is asked of paths below the
/// folder.
pub(super) fn files(
    folder: &Path,
    is_kept: impl Fn(&Path) -> bool,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let is_ours = move |path: &Path| path != Path::new(WORK_FOLDER) && !is_kept(path);
    let entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(move |entry| is_ours(below(folder, entry)));
    entries.filter(|entry| entry.as_ref().map_or(true, |entry| !entry.file_type().is_dir()))
}

fn below<'e>(folder: &Path, entry: &'e DirEntry) -> &'e Path {
    entry.path().strip_prefix(folder).unwrap_or(entry.path())
}

/// A relative path as manifests have it. None for a name that isn't Unicode, which no file of a site has.
fn with_slashes(below: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
