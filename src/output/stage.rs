//! A site as files in a folder that nobody reads yet.
//!
//! Files that stand in the old folder with the same bytes are linked, so that they keep their time stamps and aren't
//! written again. A link is one file in two folders: nothing of it is ever written in place, only removed or replaced.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::filesystem::{set_modified, write_new};
use super::folder::Folder;
use super::manifest::{self, MANIFEST};
use crate::error::Error;

/// How many bytes of an old file are read at once.
const CHUNK: usize = 32 * 1024;

/// A site that is about to be written.
pub(super) struct Site<'r> {
    /// Its files, path → bytes.
    pub(super) files: Vec<(&'r str, &'r [u8])>,
    /// The list of them.
    pub(super) manifest: String,
    /// For each, whether the old folder has it, byte for byte.
    same: Vec<bool>,
}

/// What is done with files that the old folder has.
#[derive(Clone, Copy)]
pub(super) enum Unchanged {
    /// They are part of the new folder, too.
    Link,
    /// They stay where they are.
    LeaveOut,
}

impl<'r> Site<'r> {
    /// Holds the files against the old folder.
    pub(super) fn new(files: Vec<(&'r str, &'r [u8])>, old: &Folder) -> Self {
        let manifest = manifest::text(files.iter().map(|(path, _)| *path));
        let holds = |buffer: &mut Vec<u8>, (path, bytes): &(&str, &[u8])| {
            old.files.get(*path) == Some(&true) && holds(&old.file(path), bytes, buffer)
        };
        let same = files.par_iter().map_init(|| vec![0; CHUNK], holds).collect();
        Self { files, manifest, same }
    }

    /// Whether the old folder is this site already.
    pub(super) fn stands(&self, old: &Folder) -> bool {
        // As many files, and each of these among them.
        self.same.iter().all(|same| *same)
            && old.files.len() == self.files.len()
            && old.manifest.as_ref() == Some(&self.manifest)
    }

    /// The files that differ from those of the old folder, or aren't there.
    pub(super) fn changed(&self) -> impl Iterator<Item = &'r str> {
        self.files.iter().zip(&self.same).filter(|(_, same)| !**same).map(|((path, _), _)| *path)
    }

    /// Writes the site into `folder`, which is empty. The list of files comes first, so that whatever stands there when
    /// the program is killed is known to be ours.
    pub(super) fn stage(&self, folder: &Path, old: &Folder, unchanged: Unchanged) -> Result<(), Error> {
        write_new(&folder.join(MANIFEST), self.manifest.as_bytes())?;
        let all = matches!(unchanged, Unchanged::Link);
        let staged = self.files.iter().zip(&self.same).filter(|(_, same)| all || !**same);
        make_folders(staged.map(|((path, _), _)| *path), folder)?;
        let stage = |((path, bytes), same): (&(&str, &[u8]), &bool)| match (same, unchanged) {
            (false, _) => write_new(&folder.join(path), bytes),
            (true, Unchanged::Link) => link(&old.file(path), &folder.join(path), bytes),
            (true, Unchanged::LeaveOut) => Ok(()),
        };
        // All of them before the first error is looked for: which one is told must not depend on the threads.
        let done: Vec<_> = self.files.par_iter().zip(&self.same).map(stage).collect();
        done.into_iter().collect()
    }
}

/// Makes the folders that files lie in, each once.
fn make_folders<'p>(paths: impl Iterator<Item = &'p str>, below: &Path) -> Result<(), Error> {
    let folders: BTreeSet<&str> = paths.filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    for folder in folders {
        let folder = below.join(folder);
        fs::create_dir_all(&folder).map_err(Error::not_written(&folder))?;
    }
    Ok(())
}

/// Whether a file has exactly these bytes. One that can't be read hasn't: it is replaced.
fn holds(path: &Path, bytes: &[u8], buffer: &mut [u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    file.metadata().is_ok_and(|about| about.len() == bytes.len() as u64)
        && bytes.chunks(buffer.len()).all(|chunk| {
            let part = &mut buffer[..chunk.len()];
            file.read_exact(part).is_ok() && part == chunk
        })
}

/// The old file under its new path; where there can't be links, a new one as old as it.
fn link(old: &Path, new: &Path, bytes: &[u8]) -> Result<(), Error> {
    if fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    write_new(new, bytes)?;
    // Without the time stamp it is still the right file.
    let _ = fs::metadata(old).and_then(|about| about.modified()).and_then(|time| set_modified(new, time));
    Ok(())
}
