//! The new folder takes the old one's place.

use std::fs;
use std::io;
use std::path::Path;

use super::folder::{Folder, Keep};
use super::kept;
use super::stage::{Site, Unchanged};
use super::work::Work;
use crate::error::Error;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Swap {
    /// The new site has its place.
    Done,
    /// The folder can't be renamed: something is mounted on it, say. Nothing was changed.
    Immovable,
}

/// How two folders change places.
#[derive(Debug, PartialEq, Eq)]
enum Exchange {
    Done,
    Immovable,
    /// The system or the disk knows no such step.
    Unknown,
}

/// Stages the site in the work folder, and puts it where the old one is.
pub(super) fn replace(site: &Site<'_>, old: &Folder, keep: Keep<'_>, work: &mut Work) -> Result<Swap, Error> {
    let new = work.stage()?;
    site.stage(&new, old, Unchanged::Link)?;
    if !old.exists {
        // What can be renamed over is an empty folder at most.
        fs::rename(&new, &old.path).map_err(Error::not_written(&old.path))?;
        return Ok(Swap::Done);
    }
    // As late as can be: it is not the site's, and may change at any time.
    kept::carry(keep, old, &new)?;
    let about = fs::metadata(&old.path).map_err(Error::read(&old.path))?;
    fs::set_permissions(&new, about.permissions()).map_err(Error::not_written(&new))?;
    let (done, gone) = match exchange(&new, &old.path).map_err(Error::not_written(&old.path))? {
        Exchange::Unknown => (
            rename_twice(&new, &old.path, &work.old_site()).map_err(Error::not_written(&old.path))?,
            work.old_site(),
        ),
        done => (done, new),
    };
    if done == Exchange::Immovable {
        work.unstage()?;
        return Ok(Swap::Immovable);
    }
    work.holds_the_old_site();
    kept::remove_old(&gone, old, keep)?;
    Ok(Swap::Done)
}

/// Exchanges two folders in one step: at every moment there is a whole site under either name.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, folder: &Path) -> io::Result<Exchange> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(Exchange::Done),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(Exchange::Unknown),
        Err(error) => immovable(error.into()),
    }
}

/// Likewise, where the system knows no such step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<Exchange> {
    Ok(Exchange::Unknown)
}

/// Moves the old folder aside and the new one to its place. Between the two steps there is none; whatever fails, the old
/// one is there again.
fn rename_twice(new: &Path, folder: &Path, aside: &Path) -> io::Result<Exchange> {
    if let Err(error) = fs::rename(folder, aside) {
        return immovable(error);
    }
    if let Err(error) = fs::rename(new, folder) {
        // If not even this can be done, the next build tries it again: the old site is left in the work folder.
        fs::rename(aside, folder)?;
        return Err(error);
    }
    Ok(Exchange::Done)
}

/// Whether a folder couldn't be renamed because of what it is, and not for any other reason.
fn immovable(error: io::Error) -> io::Result<Exchange> {
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => Ok(Exchange::Immovable),
        _ => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a new site and an old one.
    fn two() -> tempfile::TempDir {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        for name in ["new", "public"] {
            fs::create_dir(place.path().join(name)).expect("a folder can be made");
            fs::File::create_new(place.path().join(name).join(name)).expect("a file can be made");
        }
        place
    }

    #[test]
    fn where_there_is_no_exchange_the_old_site_is_moved_aside() {
        let place = two();
        let at = |name: &str| place.path().join(name);
        let done = rename_twice(&at("new"), &at("public"), &at("old")).expect("both can be renamed");
        assert_eq!(done, Exchange::Done);
        assert!(at("public/new").exists() && at("old/public").exists() && !at("new").exists());
    }

    #[test]
    fn an_old_site_that_was_moved_aside_comes_back_if_the_new_one_cannot_take_its_place() {
        let place = two();
        let at = |name: &str| place.path().join(name);
        rename_twice(&at("nowhere"), &at("public"), &at("old")).expect_err("there is no such folder");
        assert!(at("public/public").exists() && !at("old").exists());
    }
}
