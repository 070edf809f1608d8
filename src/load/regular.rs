//! Reads regular files only. Reading a pipe would block until another program writes to it, and a device may have no
//! end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads all bytes of a regular file.
///
/// # Errors
/// If the file can't be read, or is a pipe, device, socket or folder.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    check_regular(path)?;
    std::fs::read(path)
}

/// Reads a file as a whole, unless it is larger than `max_bytes`.
///
/// # Errors
/// As [`read_bytes`], and if it is larger.
pub fn read_at_most(path: &Path, max_bytes: u64) -> io::Result<Vec<u8>> {
    check_regular(path)?;
    let mut bytes = Vec::new();
    // One byte more shows that the file is too large.
    File::open(path)?.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        let message = format!("it is larger than {max_bytes} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

fn check_regular(path: &Path) -> io::Result<()> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is a folder, pipe or device, not a file",
        ));
    }
    Ok(())
}

/// Reads all of a regular file as UTF-8.
///
/// # Errors
/// As for [`read_bytes`], and if the file is not UTF-8.
pub fn read_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read_bytes(path)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not text in UTF-8"))
}
