//! Writes the author's files: atomically, and over an existing file only in [`replace`].

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::error::Error;

/// Replaces a file atomically: writes a temporary file beside it and renames that.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder).map_err(Error::write(folder))?;
    file.write_all(text.as_bytes()).map_err(Error::write(path))?;
    file.persist(path).map_err(|error| Error::Write { path: path.to_path_buf(), source: error.error })?;
    Ok(())
}

/// Creates a file. Fails if it exists.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::write(path))?;
    file.write_all(bytes).map_err(Error::write(path))
}
