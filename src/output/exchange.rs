//! Replaces the output folder with the new one in one step; in two steps where the system can't exchange folders.

use std::fs;
use std::io;
use std::path::Path;

use super::folder::{Folder, PreserveList};
use super::preserve;
use super::stage::{NewSite, Unchanged};
use super::staging_dir::StagingDir;
use crate::error::Error;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Replacement {
    /// The new site is at the path of the output folder.
    Done,
    /// The output folder can't be renamed, for example because it is a mount point. It was not changed, and the staged
    /// site was removed.
    Immovable,
}

/// The result of exchanging the old and the new folder, or of renaming one after the other.
#[derive(Debug, PartialEq, Eq)]
enum Exchange {
    Done,
    Immovable,
    /// The system or the file system can't exchange folders.
    Unsupported,
}

/// Stages the site in the staging folder and replaces the old site with it. The new folder gets the preserved files and
/// the permissions of the old one. At the end, the old site is removed.
pub(super) fn replace(
    site: &NewSite<'_>,
    old: &Folder,
    keep: PreserveList<'_>,
    staging: &mut StagingDir,
) -> Result<Replacement, Error> {
    let new = staging.stage()?;
    site.stage(&new, old, Unchanged::Link)?;
    if !old.exists {
        // If another program created the output folder meanwhile, renaming replaces it only if it is empty.
        fs::rename(&new, &old.path).map_err(Error::not_written(&old.path))?;
        return Ok(Replacement::Done);
    }
    // Preserved files are carried over as late as possible, because other programs may change them at any time.
    preserve::carry_over(keep, old, &new)?;
    let metadata = fs::metadata(&old.path).map_err(Error::read(&old.path))?;
    fs::set_permissions(&new, metadata.permissions()).map_err(Error::not_written(&new))?;
    let (done, replaced) = match exchange(&new, &old.path).map_err(Error::not_written(&old.path))? {
        Exchange::Unsupported => (
            rename_twice(&new, &old.path, &staging.old_site()).map_err(Error::not_written(&old.path))?,
            staging.old_site(),
        ),
        done => (done, new),
    };
    if done == Exchange::Immovable {
        staging.unstage()?;
        return Ok(Replacement::Immovable);
    }
    staging.keep_old_site();
    preserve::remove_old(&replaced, old, keep)?;
    Ok(Replacement::Done)
}

/// Exchanges two folders atomically: at every moment, there is a complete site at both paths.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, folder: &Path) -> io::Result<Exchange> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(Exchange::Done),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(Exchange::Unsupported),
        Err(error) => immovable_or_error(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<Exchange> {
    Ok(Exchange::Unsupported)
}

/// Moves the old site from `folder` to `aside`, and then the new site to `folder`. Between the two renames, `folder`
/// doesn't exist. If the second rename fails, moves the old site back and returns the error.
fn rename_twice(new: &Path, folder: &Path, aside: &Path) -> io::Result<Exchange> {
    if let Err(error) = fs::rename(folder, aside) {
        return immovable_or_error(error);
    }
    if let Err(error) = fs::rename(new, folder) {
        // If this rename fails, too, the old site stays in the staging folder and the next build moves it back.
        fs::rename(aside, folder)?;
        return Err(error);
    }
    Ok(Exchange::Done)
}

/// Returns `Immovable` if the folder can never be renamed, because it is in use as a mount point or is on another disk.
/// Returns any other error as it is.
fn immovable_or_error(error: io::Error) -> io::Result<Exchange> {
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => Ok(Exchange::Immovable),
        _ => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates a folder with the folders `new` and `public`. Each has one file, with its folder's name.
    fn two_sites() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder can be created");
        for name in ["new", "public"] {
            fs::create_dir(dir.path().join(name)).expect("a folder can be created");
            fs::File::create_new(dir.path().join(name).join(name)).expect("a file can be created");
        }
        dir
    }

    #[test]
    fn without_an_exchange_the_old_site_is_moved_aside() {
        let dir = two_sites();
        let at = |name: &str| dir.path().join(name);
        let done = rename_twice(&at("new"), &at("public"), &at("old")).expect("both can be renamed");
        assert_eq!(done, Exchange::Done);
        assert!(at("public/new").exists() && at("old/public").exists() && !at("new").exists());
    }

    #[test]
    fn the_old_site_is_moved_back_if_the_new_one_cannot_be_renamed() {
        let dir = two_sites();
        let at = |name: &str| dir.path().join(name);
        rename_twice(&at("nowhere"), &at("public"), &at("old")).expect_err("there is no such folder");
        assert!(at("public/public").exists() && !at("old").exists());
    }
}
