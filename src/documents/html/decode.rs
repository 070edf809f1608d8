//! Decodes the bytes of a page. The encoding is the first of these that applies:
//!
//! 1. that of the byte order mark;
//! 2. UTF-8, if the bytes are valid UTF-8 and, where the page declares another multi-byte encoding, have at least 20
//!    characters that are not ASCII;
//! 3. the declared encoding, unless that is UTF-8;
//! 4. a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// The number of bytes at the start of a page in which browsers look for a declaration.
const PRESCAN_BYTES: usize = 1024;
/// A page with invalid bytes is still read as UTF-8 if it has more valid non-ASCII characters than this for each
/// invalid one.
const MIN_VALID_PER_BROKEN: usize = 4;

/// Minimum number of non-ASCII characters in a page that is read as UTF-8 although it declares a multi-byte encoding.
const MIN_UTF8_CHARS: usize = 20;

/// Decodes a page. Invalid bytes become replacement characters.
pub(crate) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let declared = declared(bytes.get(..PRESCAN_BYTES).unwrap_or(bytes));
    // Pages that declare a legacy encoding are often re-saved as UTF-8, and legacy text is rarely valid UTF-8. Only a
    // short text in a multi-byte encoding other than UTF-8 may be valid UTF-8 by chance.
    let is_utf8 = |text: &&str| {
        declared.is_none_or(|encoding| encoding == UTF_8 || encoding.is_single_byte())
            || text.chars().filter(|c| !c.is_ascii()).count() >= MIN_UTF8_CHARS
    };
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(is_utf8) {
        return text.to_owned();
    }
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Tools that cut a text at a number of bytes leave halves of characters in UTF-8.
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let valid_chars = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    let valid = valid_chars.filter(|c| !c.is_ascii()).count();
    if valid > broken * MIN_VALID_PER_BROKEN { UTF_8 } else { detector.guess(None, Utf8Detection::Deny) }
}

/// Returns the encoding declared by `<meta charset>`, `<meta http-equiv>` or an XML declaration.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.to_ascii_lowercase();
    let labels = [&b"charset"[..], b"encoding"].into_iter().flat_map(|key| {
        let start = &start;
        memmem::find_iter(start, key).filter_map(move |at| label(start.get(at + key.len()..)?))
    });
    let encoding = labels.into_iter().find_map(Encoding::for_label)?;
    // A page whose declaration is readable as ASCII can't be UTF-16 (HTML, 13.2.3.2).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// Parses the name of an encoding after `charset` or `encoding`: an equals sign, an optional quote, the name.
fn label(after: &[u8]) -> Option<&[u8]> {
    let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))?;
    value.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_comes_from_bom_declaration_or_guess() {
        let page = |head: &str, bytes: &[u8]| decode(&[head.as_bytes(), bytes].concat());
        assert!(page("<meta charset='iso-8859-2'>", b"\xb1\xea").ends_with("ąę"));
        let old = "<META http-equiv=Content-Type content=\"text/html; charset=windows-1251\">";
        assert!(page(old, b"\xec\xfb").ends_with("мы"));
        assert!(page("<meta charset=iso-8859-1>", "“ja”".as_bytes()).ends_with("“ja”"), "re-saved as UTF-8");
        assert!(page("<meta charset=utf-16>", "né".as_bytes()).ends_with("né"));
        let harbour = "港の船は嵐のために三日のあいだ出なかったと町の人は言う。";
        for declared in ["<meta charset=gb2312>", "<meta charset=shift_jis>"] {
            assert!(page(declared, harbour.as_bytes()).ends_with(harbour), "re-saved as UTF-8");
        }
        let (bytes, encoding, _) = encoding_rs::SHIFT_JIS.encode(harbour);
        assert!(page(&format!("<meta charset={}>", encoding.name()), &bytes).ends_with(harbour));
        assert!(page("<meta charset=utf-8>", "é à ü \u{fffd}".as_bytes()).ends_with("é à ü \u{fffd}"));
        let cut = [" é".repeat(5).as_bytes(), "\u{fffd}".as_bytes(), b"\xe2\x80"].concat();
        assert!(page("", &cut).starts_with(" é é é é é\u{fffd}"), "only the last character is broken");
        let undeclared = b"<p>The caf\xe9 was closed, \x93for ever\x94, said the owner.";
        assert!(page("", undeclared).contains("“for ever”"));
        assert!(
            page("", &[b"caf\xc3\xa9 \xe2\x80\x94 ".repeat(9), b"\xe2\x80".to_vec()].concat())
                .contains("café —")
        );
        let wide: Vec<u8> = "\u{feff}Müll".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide), "Müll");
    }
}
