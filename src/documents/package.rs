//! Documents that are a ZIP archive of XML files: their entries, read into memory and counted.
//!
//! Entries are only ever asked for by the names that a format fixes or a manifest gives, and never written anywhere, so
//! that a name such as `../../x` is no more than a name. What they unfold to is counted as it is read; the sizes that
//! an archive declares are not believed.

use std::io::{Cursor, Read};

use encoding_rs::Encoding;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, ReadError};

/// The mark of a compound file, which Office wraps around what it encrypts.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// An archive, and how much it may still unfold to.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: usize,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    pub(crate) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ReadError> {
        if bytes.len() > limits.file_bytes {
            return Err(ReadError::TooLarge);
        }
        if bytes.starts_with(COMPOUND) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let locked = memchr::memmem::find(bytes, &name).is_some();
            return Err(if locked { ReadError::Locked } else { damaged(&"it is a file of an older format") });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
            ZipError::InvalidArchive(_) => damaged(&"it is no package of files, or its end is missing"),
            error => refusal(error),
        })?;
        Ok(Self { archive, left: limits.unfolded_bytes })
    }

    /// The bytes of an entry, if there is one of that name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(refusal(error)),
        };
        let mut bytes = Vec::new();
        let most = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        entry.take(most).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        self.left = self.left.checked_sub(bytes.len()).ok_or(ReadError::TooLarge)?;
        Ok(Some(bytes))
    }

    /// The text of an entry that is XML: UTF-8, or UTF-16 with its mark.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(name)?.map(|bytes| {
            let (encoding, _) = Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
            encoding.decode(&bytes).0.into_owned()
        }))
    }
}

fn refusal(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Locked
        }
        error => damaged(&error),
    }
}

/// Damage, as a library or this one tells of it.
pub(crate) fn damaged(what: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged(what.to_string())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    pub(crate) const LIMITS: Limits = Limits { file_bytes: 1 << 20, unfolded_bytes: 1 << 20, seconds: 10 };

    /// An archive of entries.
    pub(crate) fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a file within limits");
            writer.write_all(text.as_bytes()).expect("a file within limits");
        }
        writer.finish().expect("a file within limits").into_inner()
    }

    #[test]
    fn entries_are_counted_as_they_unfold() {
        let bytes = zipped(&[("a", &" ".repeat(700_000)), ("b", &" ".repeat(700_000))]);
        assert!(bytes.len() < 10_000);
        let mut package = Package::open(&bytes, LIMITS).expect("a file within limits");
        assert_eq!(package.bytes("../a"), Ok(None));
        assert!(package.bytes("a").expect("a file within limits").is_some());
        assert_eq!(package.bytes("b"), Err(ReadError::TooLarge));
    }

    #[test]
    fn what_is_locked_or_no_archive_is_said_to_be() {
        let mut bytes = zipped(&[("a", "text")]);
        // The flag of encryption, in the entry's own header and in the directory's.
        for mark in [b"PK\x03\x04", b"PK\x01\x02"] {
            let at = memchr::memmem::find(&bytes, mark).expect("a file within limits")
                + if mark[2] == 3 { 6 } else { 8 };
            bytes[at] |= 1;
        }
        assert_eq!(
            Package::open(&bytes, LIMITS).expect("a file within limits").bytes("a"),
            Err(ReadError::Locked)
        );
        assert!(matches!(Package::open(b"%PDF-1.7", LIMITS), Err(ReadError::Damaged(_))));
    }
}
