//! Checks the size of a file's decompressed streams before it is parsed, because the parser decompresses them without a
//! limit.

use memchr::memmem;

use super::sandbox::CancelToken;
use super::streams::Budget;
use crate::{Limits, ReadError};

/// Maximum number of nested compression filters.
const MAX_FILTER_DEPTH: usize = 4;
/// The number of bytes before a stream's data that are searched for its dictionary.
const MAX_DICTIONARY_BYTES: usize = 4096;
/// The header must be within this many bytes from the start of the file, as in common readers.
const MAX_HEADER_OFFSET_BYTES: usize = 1024;

/// Maximum number of digits of a row length (`/Columns`): the decoder allocates a row before it reads the data.
const MAX_COLUMN_DIGITS: usize = 7;

/// Rejects files that are not PDF, are too large, decompress to more than the limit, are compressed more than
/// `MAX_FILTER_DEPTH` times, or have an oversized row.
pub(crate) fn check(bytes: &[u8], limits: Limits, cancel: &CancelToken) -> Result<(), ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge);
    }
    let head = bytes.get(..MAX_HEADER_OFFSET_BYTES).unwrap_or(bytes);
    if memmem::find(head, b"%PDF-").is_none() {
        return Err(ReadError::Damaged("it is not a PDF, or its beginning is missing".to_owned()));
    }
    if has_oversized_row(bytes) {
        return Err(ReadError::TooLarge);
    }
    let mut budget = Budget::new(limits.decompressed_bytes);
    for at in memmem::find_iter(bytes, b"stream") {
        cancel.check()?;
        let (before, rest) = bytes.split_at(at);
        if before.ends_with(b"end") || is_image(before) {
            continue;
        }
        let data = rest.get(b"stream".len()..).unwrap_or_default().trim_ascii_start();
        inflate_nested(data, &mut budget)?;
    }
    Ok(())
}

/// Whether the dictionary before a stream's data says that the stream is an image. Images are never decompressed, so
/// they need no check. To be safe, a dictionary that has escaped names, or also names an object stream or
/// cross-reference stream, doesn't count.
fn is_image(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(MAX_DICTIONARY_BYTES)..).unwrap_or(before);
    let dictionary = near.get(memmem::rfind(near, b"obj").unwrap_or(0)..).unwrap_or(near);
    let has = |name: &[u8]| memmem::find(dictionary, name).is_some();
    has(b"/Image") && !has(b"#") && !has(b"ObjStm") && !has(b"XRef")
}

/// Decompresses data, and the result again if it is zlib data, too. Takes the sizes from the budget, and drops the
/// data.
fn inflate_nested(data: &[u8], budget: &mut Budget) -> Result<(), ReadError> {
    let mut plain = Vec::new();
    for round in 0..MAX_FILTER_DEPTH {
        let compressed = if round == 0 { data } else { &plain };
        if !is_zlib(compressed) {
            return Ok(());
        }
        plain = budget.inflate(compressed)?;
        if has_oversized_row(&plain) {
            return Err(ReadError::TooLarge);
        }
    }
    if is_zlib(&plain) { Err(ReadError::TooDeep) } else { Ok(()) }
}

/// Whether a `/Columns` entry is too large, or a reference to an object, whose value is unknown before parsing.
fn has_oversized_row(data: &[u8]) -> bool {
    let name = b"/Columns";
    memmem::find_iter(data, name).any(|at| {
        let value = data.get(at + name.len()..).unwrap_or_default().trim_ascii_start();
        let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut rest = value.get(digits..).unwrap_or_default().split(u8::is_ascii_whitespace);
        let is_reference = rest.next() == Some(b"")
            && rest.next() == Some(b"0")
            && rest.next().is_some_and(|word| word.starts_with(b"R"));
        digits > MAX_COLUMN_DIGITS || is_reference
    })
}

/// Whether data starts with a zlib header (RFC 1950, 2.2).
fn is_zlib(data: &[u8]) -> bool {
    let [method, flags, ..] = data else { return false };
    method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(kind: &str, plain: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; plain]).expect("writing to memory succeeds");
        let data = encoder.finish().expect("writing to memory succeeds");
        let head = format!("%PDF-1.7\n1 0 obj\n<</Type {kind}/Filter/FlateDecode>>\nstream\r\n");
        [head.as_bytes(), &data, b"\nendstream endobj"].concat()
    }

    const LIMITS: Limits = Limits { file_bytes: 100_000, decompressed_bytes: 1_000_000, seconds: 10 };

    #[test]
    fn a_decompression_bomb_is_rejected_unless_it_is_an_image() {
        let check = |bytes: &[u8]| super::check(bytes, LIMITS, &CancelToken::default());
        assert_eq!(check(&file("/ObjStm", 900_000)), Ok(()));
        assert_eq!(check(&file("/ObjStm", 1_100_000)), Err(ReadError::TooLarge));
        assert_eq!(check(&file("/XObject/Subtype/Image", 1_100_000)), Ok(()));
        assert_eq!(check(&file("/ObjStm/Subtype/Image", 1_100_000)), Err(ReadError::TooLarge));
    }

    #[test]
    fn an_oversized_row_is_rejected() {
        let check_columns = |row: &str| {
            check(
                format!("%PDF-1.7 <</Columns {row}/Predictor 12>>").as_bytes(),
                LIMITS,
                &CancelToken::default(),
            )
        };
        assert_eq!(check_columns("1728"), Ok(()));
        assert_eq!(check_columns("99999999999999"), Err(ReadError::TooLarge));
        assert_eq!(check_columns("8 0 R"), Err(ReadError::TooLarge));
    }

    #[test]
    fn a_file_of_another_format_is_rejected() {
        let result = check(b"PK\x03\x04", LIMITS, &CancelToken::default());
        assert!(matches!(result, Err(ReadError::Damaged(_))), "{result:?}");
    }
}
