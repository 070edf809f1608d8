//! Writes single files for commands: [`replace`] replaces a file atomically, [`create`] creates one and never
//! overwrites.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::edit::{ApplyError, replace_file, replace_site_file};
use crate::error::Error;

/// Creates or replaces a file atomically.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    replace_file(path, text.as_bytes()).map_err(Error::write(path))
}

/// Replaces a record or the lock of the site at `root` atomically, unless it is a link that leads out of the site.
pub(super) fn replace_in_site(root: &Path, path: &str, text: &str) -> Result<(), Error> {
    replace_site_file(root, path, text).map_err(|error| match error {
        ApplyError::Io { source, .. } => Error::Write { path: root.join(path), source },
        refused => Error::Write { path: root.join(path), source: io::Error::other(refused.to_string()) },
    })
}

/// Creates a file and writes it in place, not atomically. Fails if the file exists.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::write(path))?;
    file.write_all(bytes).map_err(Error::write(path))
}
