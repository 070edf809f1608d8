//! Stages a site: writes its files into the staging folder, from where `exchange` or `in_place` moves them to the
//! output folder.
//!
//! Unchanged files are hard-linked from the old site if the whole folder is replaced, so that they keep their time
//! stamps and aren't written again. A hard link is one file in two folders. So files are only removed or replaced,
//! never modified, because that would modify the old site, too.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::filesystem::{set_modified, write_new};
use super::folder::Folder;
use super::manifest::{self, MANIFEST};
use crate::error::Error;

/// Old files are read and compared in chunks of this size.
const CHUNK_BYTES: usize = 32 * 1024;

/// The site to be written, compared with the old one.
pub(super) struct NewSite<'r> {
    /// Path and bytes of every file, cards included, but not the manifest.
    pub(super) files: Vec<(&'r str, &'r [u8])>,
    pub(super) manifest: String,
    /// For each file, whether the old folder has the same bytes at the same path.
    is_same: Vec<bool>,
}

/// What to do with files of the new site that have the same bytes in the old folder.
#[derive(Clone, Copy)]
pub(super) enum Unchanged {
    /// Hard-link them into the staging folder.
    Link,
    /// Don't stage them, because the old folder is updated and not replaced.
    LeaveOut,
}

impl<'r> NewSite<'r> {
    /// Compares the files of a new site with those in the old folder, and composes the new manifest.
    pub(super) fn new(files: Vec<(&'r str, &'r [u8])>, old: &Folder) -> Self {
        let manifest = manifest::text(files.iter().map(|(path, _)| *path));
        let is_same = |buffer: &mut Vec<u8>, (path, bytes): &(&str, &[u8])| {
            old.files.get(*path) == Some(&true) && has_bytes(&old.path_of(path), bytes, buffer)
        };
        let is_same = files.par_iter().map_init(|| vec![0; CHUNK_BYTES], is_same).collect();
        Self { files, manifest, is_same }
    }

    /// Whether the old folder has exactly the files and the manifest of this site, so that nothing must be written.
    pub(super) fn is_up_to_date(&self, old: &Folder) -> bool {
        self.is_same.iter().all(|same| *same)
            && old.files.len() == self.files.len()
            && old.manifest.as_ref() == Some(&self.manifest)
    }

    /// The paths of new and changed files.
    pub(super) fn changed(&self) -> impl Iterator<Item = &'r str> {
        self.files.iter().zip(&self.is_same).filter(|(_, same)| !**same).map(|((path, _), _)| *path)
    }

    /// Writes the site into the empty folder `folder`; with [`Unchanged::LeaveOut`], only new and changed files. The
    /// manifest is written first, so that the files are recognized as Sourcewise's if the program is killed.
    pub(super) fn stage(&self, folder: &Path, old: &Folder, unchanged: Unchanged) -> Result<(), Error> {
        write_new(&folder.join(MANIFEST), self.manifest.as_bytes())?;
        let all = matches!(unchanged, Unchanged::Link);
        let staged = self.files.iter().zip(&self.is_same).filter(|(_, same)| all || !**same);
        create_parent_folders(staged.map(|((path, _), _)| *path), folder)?;
        let stage = |((path, bytes), same): (&(&str, &[u8]), &bool)| match (same, unchanged) {
            (false, _) => write_new(&folder.join(path), bytes),
            (true, Unchanged::Link) => link(&old.path_of(path), &folder.join(path), bytes),
            (true, Unchanged::LeaveOut) => Ok(()),
        };
        // Collects all results before looking for an error, so that the reported error doesn't depend on thread timing.
        let results: Vec<_> = self.files.par_iter().zip(&self.is_same).map(stage).collect();
        results.into_iter().collect()
    }
}

/// Creates the parent folders of files. `paths` are relative to `root`.
fn create_parent_folders<'p>(paths: impl Iterator<Item = &'p str>, root: &Path) -> Result<(), Error> {
    let folders: BTreeSet<&str> = paths.filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    for folder in folders {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).map_err(Error::not_written(&folder))?;
    }
    Ok(())
}

/// Whether a file has exactly these bytes. False if the file can't be read; then it is replaced. The length of `buffer`
/// is the number of bytes that are read at once.
fn has_bytes(path: &Path, bytes: &[u8], buffer: &mut [u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    file.metadata().is_ok_and(|metadata| metadata.len() == bytes.len() as u64)
        && bytes.chunks(buffer.len()).all(|chunk| {
            let part = &mut buffer[..chunk.len()];
            file.read_exact(part).is_ok() && part == chunk
        })
}

/// Hard-links an old file. Where hard links aren't supported, writes a new file with the old time stamp.
fn link(old: &Path, new: &Path, bytes: &[u8]) -> Result<(), Error> {
    if fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    write_new(new, bytes)?;
    // Errors are ignored, because a wrong time stamp does no harm.
    let _ =
        fs::metadata(old).and_then(|metadata| metadata.modified()).and_then(|time| set_modified(new, time));
    Ok(())
}
