//! Steps on files and folders that the standard library has no function for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use walkdir::WalkDir;

use super::manifest::MANIFEST;
use crate::error::Error;

pub(super) fn set_modified(path: &Path, time: std::time::SystemTime) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.set_modified(time)
}

/// Writes a file.
///
/// # Errors
/// If it exists, or the disk refuses.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(Error::not_written(path))
}

/// Allows the owner of a folder to remove what lies in it.
#[cfg(unix)]
pub(super) fn make_writable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(folder)?.permissions();
    let mode = permissions.mode();
    if mode & 0o700 == 0o700 {
        return Ok(());
    }
    permissions.set_mode(mode | 0o700);
    fs::set_permissions(folder, permissions)
}

/// Does nothing: permissions of folders don't prevent removal here.
#[cfg(not(unix))]
pub(super) fn make_writable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a site with all that is in it. The manifest goes last: whatever is left when the program is killed is still known
/// as Sourcewise's.
pub(super) fn remove_all(site: &Path) -> io::Result<()> {
    make_writable(site)?;
    let manifest = site.join(MANIFEST);
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_folder(&entry.path())?;
        } else if entry.path() != manifest {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir_all(site)
}

/// Removes a folder, even if folders in it can't be written to.
fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
        removed => return removed,
    }
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            make_writable(entry.path())?;
        }
    }
    fs::remove_dir_all(folder)
}
