//! Writes single files for commands: [`replace`] replaces a file atomically, [`create`] creates one and never
//! overwrites.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::error::Error;

/// Creates or replaces a file atomically: writes a temporary file beside it and renames that to `path`.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Temporary files are readable only by their owner, unless this is set.
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

/// Creates a file and writes it in place, not atomically. Fails if the file exists.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::write(path))?;
    file.write_all(bytes).map_err(Error::write(path))
}
