//! Writes single files for commands: [`replace`] replaces a file atomically, [`create`] creates one and never
//! overwrites.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::edit::replace_file;
use crate::error::Error;

/// Creates or replaces a file atomically.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    replace_file(path, text.as_bytes()).map_err(Error::write(path))
}

/// Creates a file and writes it in place, not atomically. Fails if the file exists.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::write(path))?;
    file.write_all(bytes).map_err(Error::write(path))
}
