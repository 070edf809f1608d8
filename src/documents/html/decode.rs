//! The encoding of a page: its byte order mark, then what it declares, then UTF-8 if it is that, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Where browsers look for a declaration.
const PRESCAN: usize = 1024;

/// A page's text. Bytes that are no text in its encoding become replacement characters.
pub(crate) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let declared = declared(bytes.get(..PRESCAN).unwrap_or(bytes));
    // Many a page that declares a legacy encoding was saved again as UTF-8, and legacy text is hardly ever valid UTF-8.
    let loose = declared.is_none_or(|encoding| encoding.is_ascii_compatible() && encoding.is_single_byte());
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| loose) {
        return text.to_owned();
    }
    let encoding = declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guessed(bytes));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Mostly UTF-8 with a few broken bytes is UTF-8: a tool cut a character in two.
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let whole = text.chars().filter(|c| !c.is_ascii()).count() - broken;
    if whole > broken * 4 { UTF_8 } else { detector.guess(None, Utf8Detection::Deny) }
}

/// What `<meta charset>`, `<meta http-equiv>` or an XML declaration says.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.to_ascii_lowercase();
    let labels = [&b"charset"[..], b"encoding"].into_iter().flat_map(|key| {
        let start = &start;
        memmem::find_iter(start, key).filter_map(move |at| label(start.get(at + key.len()..)?))
    });
    let encoding = labels.into_iter().find_map(Encoding::for_label)?;
    // A page whose declaration can be read as ASCII is not UTF-16, whatever it says (HTML, 13.2.3.2).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The label after `charset`: an equals sign, perhaps a quote, a name.
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
    fn encodings_are_marked_declared_or_guessed() {
        let page = |head: &str, bytes: &[u8]| decode(&[head.as_bytes(), bytes].concat());
        assert!(page("<meta charset='iso-8859-2'>", b"\xb1\xea").ends_with("ąę"));
        let old = "<META http-equiv=Content-Type content=\"text/html; charset=windows-1251\">";
        assert!(page(old, b"\xec\xfb").ends_with("мы"));
        assert!(
            page("<meta charset=iso-8859-1>", "“ja”".as_bytes()).ends_with("“ja”"),
            "saved again as UTF-8"
        );
        assert!(page("<meta charset=utf-16>", "né".as_bytes()).ends_with("né"));
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
