//! Operations on files and folders that the standard library lacks: creating files that must not exist yet, setting
//! time stamps, and removing sites even if they have read-only folders.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use walkdir::WalkDir;

use super::manifest::MANIFEST;
use crate::error::Error;

pub(super) fn set_modified(path: &Path, time: std::time::SystemTime) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.set_modified(time)
}

/// Writes a new file. Fails if the path exists.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(Error::not_written(path))
}

/// Makes a folder readable, writable and searchable for its owner, so that its content can be removed.
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

/// Does nothing: on this system, a folder's permissions don't prevent removal of its content.
#[cfg(not(unix))]
pub(super) fn make_writable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a site's folder with everything in it. The manifest is removed last: if the program is killed, the remaining
/// files are still recognized as Sourcewise's.
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

/// Removes a folder, even if folders in it are read-only.
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
