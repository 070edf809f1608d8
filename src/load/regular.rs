//! Reads regular files only. Reading a pipe would block until another program writes to it, and a device may have no
//! end.

use std::io;
use std::path::Path;

/// Reads all bytes of a regular file.
///
/// # Errors
/// If the file can't be read, or is a pipe, device, socket or folder.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is a folder, pipe or device, not a file",
        ));
    }
    std::fs::read(path)
}

/// Reads all of a regular file as UTF-8.
///
/// # Errors
/// As for [`read_bytes`], and if the file is not UTF-8.
pub fn read_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read_bytes(path)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not text in UTF-8"))
}
