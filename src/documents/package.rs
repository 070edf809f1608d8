//! Reads the files in Word documents and EPUB books, which are ZIP archives, within a size limit.
//!
//! Entries are only looked up by name and never written to disk, so a name such as `../../x` is harmless.
//! Decompressed bytes are counted as they are read; the sizes that an archive declares are not trusted.

use std::io::{Cursor, Read};

use encoding_rs::Encoding;
use zip::ZipArchive;
use zip::result::ZipError;

use super::deadline::Deadline;
use super::{Limits, ReadError};

/// The first bytes of a compound file, which contains an encrypted Office document or one of an old format.
const COMPOUND_FILE_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The deadline is checked after every so many decompressed bytes.
const CHUNK_BYTES: u64 = 1 << 20;

/// An archive, and the number of bytes that may still be decompressed.
pub(crate) struct ZipPackage<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    remaining_bytes: usize,
    /// Maximum length of an entry that must be converted to UTF-8, which can take three times its memory.
    max_converted_bytes: usize,
    /// The time by which the document must have been read.
    pub(crate) deadline: Deadline,
}

impl<'b> ZipPackage<'b> {
    pub(crate) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ReadError> {
        if bytes.len() > limits.file_bytes {
            return Err(ReadError::TooLarge);
        }
        if bytes.starts_with(COMPOUND_FILE_MAGIC) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let encrypted = memchr::memmem::find(bytes, &name).is_some();
            return Err(if encrypted {
                ReadError::Encrypted
            } else {
                damaged(&"it is in an older file format")
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
            ZipError::InvalidArchive(_) => damaged(&"it is not what its name says, or its end is missing"),
            error => read_error(error),
        })?;
        let deadline = Deadline::start(limits);
        let (remaining_bytes, max_converted_bytes) = (limits.decompressed_bytes, limits.file_bytes);
        Ok(Self { archive, remaining_bytes, max_converted_bytes, deadline })
    }

    /// Reads an entry; `None` if the archive has no entry of that name. Fails once the entries read so far together
    /// exceed the limit for decompressed bytes, or the deadline has passed.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let mut entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(read_error(error)),
        };
        let mut bytes = Vec::new();
        loop {
            self.deadline.check()?;
            let chunk = entry.by_ref().take(CHUNK_BYTES).read_to_end(&mut bytes);
            let count = chunk.map_err(|error| damaged(&error))?;
            self.remaining_bytes = self.remaining_bytes.checked_sub(count).ok_or(ReadError::TooLarge)?;
            if count == 0 {
                return Ok(Some(bytes));
            }
        }
    }

    /// Reads an XML entry as text: UTF-8, or UTF-16 with a byte order mark. Invalid bytes become `�`. `None` if the
    /// archive has no entry of that name.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let encoding = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
        let has_mark = encoding.is_some();
        // Most files are UTF-8 without a mark, and need no copy.
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if !has_mark => return Ok(Some(text)),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        if bytes.len() > self.max_converted_bytes {
            return Err(ReadError::TooLarge);
        }
        Ok(Some(encoding.unwrap_or(encoding_rs::UTF_8).decode(&bytes).0.into_owned()))
    }
}

fn read_error(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted
        }
        error => damaged(&error),
    }
}

/// Wraps an error message as [`ReadError::Damaged`].
pub(crate) fn damaged(reason: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged(reason.to_string())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    pub(crate) const LIMITS: Limits =
        Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

    pub(crate) fn deadline() -> Deadline {
        Deadline::start(LIMITS)
    }

    pub(crate) fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a file within limits");
            writer.write_all(text.as_bytes()).expect("a file within limits");
        }
        writer.finish().expect("a file within limits").into_inner()
    }

    #[test]
    fn decompressed_bytes_are_limited() {
        let bytes = zipped(&[("a", &" ".repeat(700_000)), ("b", &" ".repeat(700_000))]);
        assert!(bytes.len() < 10_000);
        let mut package = ZipPackage::open(&bytes, LIMITS).expect("a file within limits");
        assert_eq!(package.bytes("../a"), Ok(None));
        assert!(package.bytes("a").expect("a file within limits").is_some());
        assert_eq!(package.bytes("b"), Err(ReadError::TooLarge));
    }

    #[test]
    fn long_entries_are_not_converted_to_utf_8() {
        let entries = [("a", "mill ".repeat(9_000)), ("b", "\u{feff}".to_owned() + &"mill ".repeat(9_000))];
        let bytes = zipped(&entries.each_ref().map(|(name, text)| (*name, text.as_str())));
        let limits = Limits { file_bytes: 40_000, ..LIMITS };
        let mut package = ZipPackage::open(&bytes, limits).expect("a file within limits");
        assert_eq!(package.xml("a").map(|text| text.map(|text| text.len())), Ok(Some(45_000)));
        assert_eq!(package.xml("b"), Err(ReadError::TooLarge));
    }

    #[test]
    fn encrypted_entries_and_other_files_are_reported_as_such() {
        let mut bytes = zipped(&[("a", "text")]);
        // Sets the encryption flag in the local file header and in the central directory.
        for mark in [b"PK\x03\x04", b"PK\x01\x02"] {
            let at = memchr::memmem::find(&bytes, mark).expect("a file within limits")
                + if mark[2] == 3 { 6 } else { 8 };
            bytes[at] |= 1;
        }
        assert_eq!(
            ZipPackage::open(&bytes, LIMITS).expect("a file within limits").bytes("a"),
            Err(ReadError::Encrypted)
        );
        assert!(matches!(ZipPackage::open(b"%PDF-1.7", LIMITS), Err(ReadError::Damaged(_))));
    }
}
