//! Plain text: it comes in the encodings of its time and make, and here becomes UTF-8.
//!
//! UTF-16 is known by its byte order mark; whatever else is not UTF-8 is guessed as browsers do. Bytes that are no text
//! in the guessed encoding, or hold control characters that no text has, are refused.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::{ExtractedText, ReadError};

/// Reads plain text. Its blocks are for `segment` to find.
pub(crate) fn read(bytes: Vec<u8>) -> Result<ExtractedText, ReadError> {
    let text = decode(bytes).ok_or(ReadError::NotText)?;
    if !text.contains(char::is_alphanumeric) {
        return Err(ReadError::NoText);
    }
    Ok(ExtractedText { text, ..ExtractedText::default() })
}

/// The text of a file, or `None` if it is none.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => legacy(error.as_bytes())?,
    };
    let steers = |c: char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{1a}')
    };
    (!text.contains('\0') && !text.contains(steers)).then_some(text)
}

fn legacy(bytes: &[u8]) -> Option<String> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    let (text, _, faulty) = encoding.decode(bytes);
    (!faulty).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_and_old_code_pages_are_read() {
        let utf_16 = |text: &str| {
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        };
        assert_eq!(decode(utf_16("Die Mühle “brannte”.")).as_deref(), Some("Die Mühle “brannte”."));
        assert_eq!(
            decode(b"The mill\x92s owner said \x93no\x94 \x97 twice.".to_vec()).as_deref(),
            Some("The mill’s owner said “no” — twice.")
        );
        assert_eq!(decode("\u{feff}plain".into()).as_deref(), Some("\u{feff}plain"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0"[..], b"\x01\x02\xff\xfe\x03", b"text\0text", b"esc \x1b[2J"] {
            assert_eq!(decode(bytes.to_vec()), None, "{bytes:?}");
        }
    }
}
