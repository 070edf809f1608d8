//! Last phase: writes the rendered site to the output folder, which is replaced in one step where the system allows it.
//!
//! # Guarantees
//!
//! On Linux and macOS, the new folder is staged beside the old one and the two are exchanged atomically. At every
//! moment, even if the program is killed, the folder is the complete old site or the complete new one. (A program that
//! opens several files by path may get some from the old site and some from the new one, if the exchange happens in
//! between.) The next build cleans up after a killed one.
//!
//! - Where the system or the file system can't exchange folders (Windows, some network disks), the old folder is moved
//!   aside and the new one is moved to its path. Between the two renames, the folder doesn't exist. If the program is
//!   killed then, the next build first moves the old folder back.
//! - A folder that can't be renamed, because it is a mount point or its parent isn't writable, is updated file by file
//!   (`in_place`): each file is always complete, but for a moment there are files of both sites.
//! - Nothing is flushed to the disk (`fsync`). After a power failure, build again.
//!
//! # Files that remain
//!
//! Only files that the manifest lists are ever removed from the output folder. A folder with any other file is refused,
//! unless `[output] keep` lists that file: then the file is carried over (`preserve`). Unchanged files keep their time
//! stamps; if all files are unchanged, nothing is written.
//!
//! # Modules
//!
//! Each module uses only earlier modules in this list: `manifest`, `filesystem`, `folder`, `stage`, `preserve`,
//! `staging_dir`, then `exchange` and `in_place`. `target` resolves the output folder's path and refuses forbidden
//! folders.

mod exchange;
mod filesystem;
mod folder;
mod in_place;
mod manifest;
mod preserve;
mod stage;
mod staging_dir;
mod target;

use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::files::Spanned;
use crate::load::Project;
use crate::render::Rendered;

use exchange::Replacement;
use folder::{Folder, PreserveList};
use manifest::STAGING_FOLDER;
use stage::NewSite;
use staging_dir::StagingDir;

/// Writes the site to the folder `out` and creates it if necessary. Paths in `keep` are preserved. `on_step` is called
/// with the names of the two steps when they start: `cards`, which draws the cards (preview pictures of pages), and
/// `output`, which writes the files. If all files are unchanged, nothing is written.
///
/// # Errors
/// If the folder has files that Sourcewise did not write; if it must not be written to (see `target`); if another build
/// is writing it; if a card can't be drawn; or if the disk fails. The folder is then unchanged, unless the error says
/// otherwise.
pub fn write(
    rendered: &Rendered,
    out: &Path,
    project: &Project,
    keep: &[Spanned<String>],
    on_step: impl Fn(&'static str),
) -> Result<(), Error> {
    on_step("cards");
    let (folder, keep) = (target::resolve(out, project)?, PreserveList(keep));
    let mut staging = lock_output(&folder, keep)?;
    let old = Folder::scan(&folder, keep)?;
    let cards = rendered.cards.draw(|path| fs::read(old.path_of(path)).ok());
    let cards = cards.map_err(|(path, reason)| Error::Draw { path, reason })?;
    on_step("output");
    let files = rendered.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
    let cards = cards.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let site = NewSite::new(files.chain(cards).collect(), &old);
    if site.is_up_to_date(&old) {
        return Ok(());
    }
    if let Some(dir) = staging.beside.as_mut().filter(|_| !target::is_mounted(&folder))
        && exchange::replace(&site, &old, keep, dir)? == Replacement::Done
    {
        return Ok(());
    }
    let dir = match &mut staging.inside {
        Some(dir) => dir,
        empty => empty.insert(StagingDir::lock(folder.join(STAGING_FOLDER), &folder, keep)?),
    };
    in_place::replace(&site, &old, dir)
}

/// The locked staging folders of an output folder. Normally there is only the one beside it. The one inside it is used
/// if the parent isn't writable or the output folder is updated file by file.
#[derive(Debug)]
struct Staging {
    beside: Option<StagingDir>,
    inside: Option<StagingDir>,
}

/// Creates the parent of the output folder and locks the output folder. The staging folder is beside it, or inside it
/// if the parent isn't writable.
fn lock_output(folder: &Path, keep: PreserveList<'_>) -> Result<Staging, Error> {
    let (Some(parent), Some(beside)) = (folder.parent(), staging_dir::path_beside(folder)) else {
        return Err(Error::OutputForbidden { path: folder.to_path_buf(), why: "its path has no file name" });
    };
    fs::create_dir_all(parent).map_err(Error::not_written(parent))?;
    let inside = folder.join(STAGING_FOLDER);
    match StagingDir::lock(beside, folder, keep) {
        Err(Error::NotWritten { path, source, .. })
            if path == parent && folder.is_dir() && is_not_permitted(&source) =>
        {
            // The folder is scanned first, because nothing must be created in a folder with unknown files.
            Folder::scan(folder, keep)?;
            Ok(Staging { beside: None, inside: Some(StagingDir::lock(inside, folder, keep)?) })
        }
        Ok(dir) => {
            // Another user, who can't write to the parent, may be building into this folder: then locking fails. Or
            // such a build was killed: then locking cleans up.
            if inside.exists() {
                StagingDir::lock(inside, folder, keep)?;
            }
            Ok(Staging { beside: Some(dir), inside: None })
        }
        Err(error) => Err(error),
    }
}

/// Whether the error means that a folder isn't writable.
fn is_not_permitted(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}
