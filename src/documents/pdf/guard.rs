//! A look at the bytes of a file before they are parsed: whether the streams that parsing unfolds stay within the limit.

use memchr::memmem;

use super::isolate::Watch;
use super::streams::Budget;
use crate::{Limits, ReadError};

/// How many filters may be laid over one another.
const NESTED: usize = 4;
/// Where the dictionary of a stream is looked for: bytes before its data.
const DICTIONARY: usize = 4096;
/// The header may stand this many bytes into the file (as readers in use allow).
const HEADER: usize = 1024;

/// Digits of the number of samples in a row of data: the decoder makes room for a row before it looks at the data.
const MAX_COLUMN_DIGITS: usize = 7;

/// Refuses what is no PDF, and what unfolds to more than it may.
pub(crate) fn check(bytes: &[u8], limits: Limits, watch: &Watch) -> Result<(), ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge);
    }
    let head = bytes.get(..HEADER).unwrap_or(bytes);
    if memmem::find(head, b"%PDF-").is_none() {
        return Err(ReadError::Damaged("it does not begin as a PDF does".to_owned()));
    }
    if has_endless_row(bytes) {
        return Err(ReadError::TooLarge);
    }
    let mut budget = Budget::new(limits.unfolded_bytes);
    for at in memmem::find_iter(bytes, b"stream") {
        watch.check()?;
        let (before, rest) = bytes.split_at(at);
        if before.ends_with(b"end") || is_picture(before) {
            continue;
        }
        let data = rest.get(b"stream".len()..).unwrap_or_default().trim_ascii_start();
        measure(data, &mut budget)?;
    }
    Ok(())
}

/// Whether the stream that begins here is a picture, which nothing unfolds. Names written with escapes, and streams that
/// say that they are more than that, are none.
fn is_picture(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(DICTIONARY)..).unwrap_or(before);
    let dictionary = near.get(memmem::rfind(near, b"obj").unwrap_or(0)..).unwrap_or(near);
    let says = |name: &[u8]| memmem::find(dictionary, name).is_some();
    says(b"/Image") && !says(b"#") && !says(b"ObjStm") && !says(b"XRef")
}

/// Inflates whatever can be, again and again, and throws it away.
fn measure(data: &[u8], budget: &mut Budget) -> Result<(), ReadError> {
    let mut plain = Vec::new();
    for round in 0..NESTED {
        let packed = if round == 0 { data } else { &plain };
        if !is_packed(packed) {
            return Ok(());
        }
        plain = budget.inflate(packed)?;
        if has_endless_row(&plain) {
            return Err(ReadError::TooLarge);
        }
    }
    if is_packed(&plain) { Err(ReadError::TooDeep) } else { Ok(()) }
}

/// Whether rows of data are said to be longer than memory is, or as long as an object elsewhere says.
fn has_endless_row(data: &[u8]) -> bool {
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

/// The two bytes that packed data begins with (RFC 1950, 2.2).
fn is_packed(data: &[u8]) -> bool {
    let [method, flags, ..] = data else { return false };
    method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(kind: &str, plain: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; plain]).expect("memory takes everything");
        let data = encoder.finish().expect("memory takes everything");
        let head = format!("%PDF-1.7\n1 0 obj\n<</Type {kind}/Filter/FlateDecode>>\nstream\r\n");
        [head.as_bytes(), &data, b"\nendstream endobj"].concat()
    }

    const LIMITS: Limits = Limits { file_bytes: 100_000, unfolded_bytes: 1_000_000, seconds: 10 };

    #[test]
    fn a_stream_that_unfolds_to_too_much_is_refused_unless_it_is_a_picture() {
        let check = |bytes: &[u8]| super::check(bytes, LIMITS, &Watch::default());
        assert_eq!(check(&file("/ObjStm", 900_000)), Ok(()));
        assert_eq!(check(&file("/ObjStm", 1_100_000)), Err(ReadError::TooLarge));
        assert_eq!(check(&file("/XObject/Subtype/Image", 1_100_000)), Ok(()));
        assert_eq!(check(&file("/ObjStm/Subtype/Image", 1_100_000)), Err(ReadError::TooLarge));
    }

    #[test]
    fn a_row_without_end_is_refused() {
        let says = |row: &str| {
            check(format!("%PDF-1.7 <</Columns {row}/Predictor 12>>").as_bytes(), LIMITS, &Watch::default())
        };
        assert_eq!(says("1728"), Ok(()));
        assert_eq!(says("99999999999999"), Err(ReadError::TooLarge));
        assert_eq!(says("8 0 R"), Err(ReadError::TooLarge));
    }

    #[test]
    fn another_kind_of_file_is_no_pdf() {
        let refused = check(b"PK\x03\x04", LIMITS, &Watch::default());
        assert!(matches!(refused, Err(ReadError::Damaged(_))), "{refused:?}");
    }
}
