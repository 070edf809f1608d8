//! What a PDF says of itself: in the Info dictionary, in its XMP packet (ISO 16684-1, with the PRISM terms), in the
//! catalog. When the file was made is not when its text was published, so that it isn't looked at.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream, String as TextString};
use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::streams::{Budget, decoded};
use crate::{Meta, ReadError};

/// Endings of names of files, which programs put in the place of titles.
const FILES: [&str; 10] =
    [".doc", ".docx", ".rtf", ".tex", ".dvi", ".indd", ".qxd", ".pdf", ".odt", ".pages"];

/// What `PDFDocEncoding` has from 128 on, where it isn't Latin-1 (ISO 32000-1, D.2).
const DOCUMENT_ENCODING: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";

/// Reads it.
pub(crate) fn meta(pdf: &Pdf, budget: &mut Budget) -> Result<Meta, ReadError> {
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
    let mut meta = packet(&catalog, budget)?;
    let info = pdf.metadata();
    let said = |value: &Option<Box<[u8]>>| clean(&text(value.as_deref()?));
    meta.title = meta.title.or_else(|| said(&info.title)).filter(|title| is_title(title));
    meta.author = meta.author.or_else(|| said(&info.author));
    let language = catalog.get::<TextString>(b"Lang").and_then(|tag| clean(&text(&tag)));
    meta.language = language.or(meta.language).filter(|tag| is_language(tag));
    Ok(meta)
}

/// What a text string says: UTF-16 or UTF-8 with its mark, or `PDFDocEncoding` (ISO 32000-2, 7.9.2.2).
fn text(bytes: &[u8]) -> String {
    let decode =
        |encoding: &'static encoding_rs::Encoding| encoding.decode_with_bom_removal(bytes).0.into_owned();
    match bytes {
        [0xfe, 0xff, ..] => decode(UTF_16BE),
        [0xff, 0xfe, ..] => decode(UTF_16LE),
        [0xef, 0xbb, 0xbf, ..] => decode(UTF_8),
        _ => bytes.iter().map(|byte| document_letter(*byte)).collect(),
    }
}

fn document_letter(byte: u8) -> char {
    let own = byte.checked_sub(0x80).and_then(|place| DOCUMENT_ENCODING.chars().nth(place.into()));
    own.unwrap_or(char::from(byte))
}

/// A text on one line; nothing if it is empty.
fn clean(text: &str) -> Option<String> {
    let seen: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let folded = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

/// Whether it is more than the name of a file, or of nothing.
fn is_title(title: &str) -> bool {
    let title = title.to_lowercase();
    let named = FILES.iter().any(|ending| title.ends_with(ending)) || title.starts_with("microsoft word - ");
    !named && !matches!(title.as_str(), "untitled" | "title" | "document" | "none")
}

fn is_language(tag: &str) -> bool {
    tag.len() >= 2
        && tag.len() <= 35
        && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// What the packet says: the first of several.
fn packet(catalog: &Dict, budget: &mut Budget) -> Result<Meta, ReadError> {
    let Some(stream) = catalog.get::<Stream>(b"Metadata") else { return Ok(Meta::default()) };
    Ok(parsed(&String::from_utf8_lossy(&decoded(&stream, budget)?)))
}

fn parsed(packet: &str) -> Meta {
    let mut meta = Meta::default();
    let mut reader = Reader::from_str(packet);
    let mut path: Vec<String> = Vec::new();
    let mut said = String::new();
    // Broken XML ends the packet.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                for attribute in start.attributes().flatten() {
                    set(&mut meta, attribute.key.as_ref(), &attribute.value);
                }
                said.clear();
                path.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => {
                for attribute in start.attributes().flatten() {
                    set(&mut meta, attribute.key.as_ref(), &attribute.value);
                }
            }
            Event::Text(text) => said.push_str(&text),
            Event::GeneralRef(entity) => {
                said.push('&');
                said.push_str(&entity);
                said.push(';');
            }
            Event::End(_) => {
                let name = path.iter().rev().find(|name| !name.starts_with("rdf:"));
                set(&mut meta, name.map_or("", String::as_str), &said);
                said.clear();
                path.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    meta
}

fn set(meta: &mut Meta, name: &str, raw: &str) {
    let value = quick_xml::escape::unescape(raw).ok().and_then(|value| clean(&value));
    let slot = match name {
        "dc:title" => &mut meta.title,
        "dc:creator" => &mut meta.author,
        "dc:publisher" => &mut meta.publisher,
        "dc:language" => &mut meta.language,
        "prism:url" => &mut meta.url,
        "dc:date" | "prism:publicationDate" | "prism:coverDate" => {
            let day = value.as_deref().and_then(|value| value.get(..10));
            let day = day.and_then(|day| day.parse::<Date>().ok());
            meta.published = meta.published.or(day);
            return;
        }
        _ => return,
    };
    if slot.is_none() {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_tells_title_author_and_day_but_not_when_the_file_was_made() {
        let packet = "<rdf:Description xmp:CreateDate='2001-02-03' prism:publicationDate='1999-08-07'>\
            <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Ebb &amp; flow</rdf:li></rdf:Alt></dc:title>\
            <dc:creator><rdf:Seq><rdf:li>A. Tern</rdf:li></rdf:Seq></dc:creator></rdf:Description>";
        let meta = parsed(packet);
        assert_eq!((meta.title.as_deref(), meta.author.as_deref()), (Some("Ebb & flow"), Some("A. Tern")));
        assert_eq!(meta.published, Some(jiff::civil::date(1999, 8, 7)));
        assert_eq!(parsed("<xmp:CreateDate>2001-02-03</xmp:CreateDate>"), Meta::default());
    }

    #[test]
    fn text_is_of_unicode_or_of_the_documents_own_encoding() {
        assert_eq!(text(b"\xfe\xff\x00E\x20\x13"), "E–");
        assert_eq!(text(b"\x8dEbb\x8e \xfcber"), "“Ebb” über");
    }

    #[test]
    fn the_name_of_a_file_is_no_title() {
        assert!(!is_title("Microsoft Word - tides.doc") && !is_title("tides.indd") && is_title("Tides"));
    }
}
