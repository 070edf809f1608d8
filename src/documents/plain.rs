//! Reads plain text files: decodes them to UTF-8, takes out the headers and footers of printed pages, and changes
//! nothing else.
//!
//! UTF-16 is recognised by its byte order mark; otherwise, if the bytes are not UTF-8, the encoding is guessed as
//! browsers do. Bytes that are invalid in that encoding, or contain unusual control characters, are rejected.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::{ExtractedText, MAX_TEXT_BYTES, ReadError, mail, printed_pages};

/// Reads plain text. The result has no blocks: `src/segment.rs` finds the paragraphs. It has metadata only if the text
/// is a mail.
pub(crate) fn read(bytes: Vec<u8>) -> Result<ExtractedText, ReadError> {
    // A file above the limit is rejected before its encoding is guessed, which takes long. In UTF-16, a text may have
    // twice as many bytes as in UTF-8.
    if bytes.len() > MAX_TEXT_BYTES * 2 {
        return Err(ReadError::TooLong);
    }
    let text = decode(bytes).ok_or(ReadError::NotText)?;
    if !text.contains(char::is_alphanumeric) {
        return Err(ReadError::NoText);
    }
    let meta = mail::meta(&text);
    // If nothing is left, the headers and footers are the text.
    let has_text = |read: &ExtractedText| read.text.contains(char::is_alphanumeric);
    let read = printed_pages::without_page_edges(&text).filter(has_text);
    let read = read.unwrap_or_else(|| ExtractedText { text, ..ExtractedText::default() });
    Ok(ExtractedText { meta, ..read })
}

/// Decodes a file; `None` if it is not text.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => decode_legacy(error.as_bytes())?,
    };
    let is_unusual_control = |c: char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{1a}')
    };
    (!text.contains('\0') && !text.contains(is_unusual_control)).then_some(text)
}

fn decode_legacy(bytes: &[u8]) -> Option<String> {
    let by_bom = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = by_bom.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    let (text, _, has_errors) = encoding.decode(bytes);
    (!has_errors).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_and_legacy_code_pages_are_decoded() {
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
    fn bytes_that_are_not_text_are_rejected() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0"[..], b"\x01\x02\xff\xfe\x03", b"text\0text", b"esc \x1b[2J"] {
            assert_eq!(decode(bytes.to_vec()), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_text_of_headers_and_footers_only_is_kept() {
        let pages = "Mill log   1\n\u{c}Mill log   2\n\u{c}Mill log   3\n";
        assert!(printed_pages::without_page_edges(pages).is_some_and(|read| read.text.trim().is_empty()));
        assert_eq!(read(pages.into()).map(|read| read.text).ok().as_deref(), Some(pages));
    }
}
