//! Last phase: the site in memory → its folder, replaced in one step, or not at all.
//!
//! # What is promised
//!
//! On Linux and macOS the new folder is staged beside the old one, and the two are exchanged in one step: whoever reads
//! the folder, at whatever moment, and whenever the program is killed, finds the old site or the new one, and never a
//! file missing or half. (Who opens file after file by its path may get the first from the old site and the next from
//! the new one, if the exchange falls between the two.) What a killed build has left, the next one clears away.
//!
//! - Where the system or the disk can't exchange folders (Windows, some network disks), the old folder is moved aside and
//!   then the new one to its place: two renames, and for the moment between them there is no folder of that name. If the
//!   program is killed just then, the next build puts the old one back before it does anything else.
//! - A folder that can't be renamed, since something is mounted on it or nothing can be written beside it, is brought up to
//!   date file by file (`in_place`): each file is always whole, but for a moment there are files of both sites.
//! - Nothing is forced out to the disk. After a power failure, build again.
//!
//! # What is left alone
//!
//! Only files that the manifest lists are ever removed. A folder with any other file in it is refused, unless
//! `[output] keep` names that file: then it is carried over (`kept`). Files that come out the same keep their time
//! stamps; if all do, nothing is written.
//!
//! # Files
//!
//! Each uses those before it: `manifest`, `filesystem`, `folder`, `stage`, `kept`, `work`, then `swap` and `in_place`.

mod filesystem;
mod folder;
mod in_place;
mod kept;
mod manifest;
mod place;
mod stage;
mod swap;
mod work;

use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::files::Spanned;
use crate::load::Project;
use crate::render::Rendered;

use folder::{Folder, Keep};
use manifest::WORK_FOLDER;
use stage::Site;
use swap::Swap;
use work::Work;

/// Writes the site to the folder `out`, which is made if need be. What `keep` names in it stays there. `begins` is told
/// when cards are being drawn, and when files are being written.
///
/// # Errors
/// If the folder holds what Sourcewise did not write, or the author's own files, if another build is writing it, or the
/// disk refuses. The folder is then as it was, unless the error says otherwise.
pub fn write(
    rendered: &Rendered,
    out: &Path,
    project: &Project,
    keep: &[Spanned<String>],
    begins: impl Fn(&'static str),
) -> Result<(), Error> {
    begins("cards");
    let (folder, keep) = (place::find(out, project)?, Keep(keep));
    let mut locked = lock(&folder, keep)?;
    let old = Folder::look(&folder, keep)?;
    let cards = rendered.cards.draw(|path| fs::read(old.file(path)).ok());
    let cards = cards.map_err(|(path, reason)| Error::Draw { path, reason })?;
    begins("output");
    let files = rendered.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
    let cards = cards.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let site = Site::new(files.chain(cards).collect(), &old);
    if site.stands(&old) {
        return Ok(());
    }
    if let Some(work) = locked.beside.as_mut().filter(|_| !place::is_mounted(&folder))
        && swap::replace(&site, &old, keep, work)? == Swap::Done
    {
        return Ok(());
    }
    let work = match &mut locked.within {
        Some(work) => work,
        none => none.insert(Work::take(folder.join(WORK_FOLDER), &folder, keep)?),
    };
    in_place::replace(&site, &old, work)
}

/// An output folder that no other build may write, as long as this is there.
#[derive(Debug)]
struct Locked {
    beside: Option<Work>,
    within: Option<Work>,
}

/// Locks the output folder, and makes the one that it lies in. The lock is beside it, or, where nothing can be made there,
/// within it.
fn lock(folder: &Path, keep: Keep<'_>) -> Result<Locked, Error> {
    let (Some(parent), Some(beside)) = (folder.parent(), work::beside(folder)) else {
        return Err(Error::OutputForbidden { path: folder.to_path_buf(), why: "it has no name" });
    };
    fs::create_dir_all(parent).map_err(Error::not_written(parent))?;
    let inside = folder.join(WORK_FOLDER);
    match Work::take(beside, folder, keep) {
        Err(Error::NotWritten { path, source, .. })
            if path == parent && folder.is_dir() && is_forbidden(&source) =>
        {
            // Nothing is made in a folder that isn't ours.
            Folder::look(folder, keep)?;
            Ok(Locked { beside: None, within: Some(Work::take(inside, folder, keep)?) })
        }
        Ok(work) => {
            // Somebody who can't make anything beside it may be at it, or have left something.
            if inside.exists() {
                Work::take(inside, folder, keep)?;
            }
            Ok(Locked { beside: Some(work), within: None })
        }
        Err(error) => Err(error),
    }
}

/// Whether nothing may be made in a folder, for good.
fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}
