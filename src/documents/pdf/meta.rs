//! Reads the metadata of a PDF from the Info dictionary, the XMP packet (ISO 16684-1, with PRISM terms) and the
//! catalog. The file's creation date is ignored, since it is not the publication date.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream, String as TextString};
use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::streams::{Budget, decoded};
use crate::{Meta, ReadError};

/// A title that ends in one of these is a file name, which programs often write as the title.
const FILE_EXTENSIONS: [&str; 10] =
    [".doc", ".docx", ".rtf", ".tex", ".dvi", ".indd", ".qxd", ".pdf", ".odt", ".pages"];

/// The characters of `PDFDocEncoding` from code 128 on that differ from Latin-1 (ISO 32000-1, D.2).
const PDF_DOC_ENCODING_HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";

/// Reads the metadata. XMP takes precedence over the Info dictionary, the catalog's language over XMP's, if they are
/// usable.
pub(crate) fn meta(pdf: &Pdf, budget: &mut Budget) -> Result<Meta, ReadError> {
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
    let mut meta = xmp(&catalog, budget)?;
    let info = pdf.metadata();
    let content = |value: &Option<Box<[u8]>>| clean(&text(value.as_deref()?));
    let is_title = |title: &String| is_title(title);
    meta.title = meta.title.filter(is_title).or_else(|| content(&info.title).filter(is_title));
    meta.author = meta.author.or_else(|| content(&info.author));
    let language = catalog.get::<TextString>(b"Lang").and_then(|tag| clean(&text(&tag)));
    let is_language = |tag: &String| is_language(tag);
    meta.language = language.filter(is_language).or(meta.language.filter(is_language));
    Ok(meta)
}

/// Decodes a text string: UTF-16 or UTF-8 with a byte order mark, or `PDFDocEncoding` (ISO 32000-2, 7.9.2.2).
pub(crate) fn text(bytes: &[u8]) -> String {
    let decode =
        |encoding: &'static encoding_rs::Encoding| encoding.decode_with_bom_removal(bytes).0.into_owned();
    match bytes {
        [0xfe, 0xff, ..] => decode(UTF_16BE),
        [0xff, 0xfe, ..] => decode(UTF_16LE),
        [0xef, 0xbb, 0xbf, ..] => decode(UTF_8),
        _ => bytes.iter().map(|byte| pdf_doc_char(*byte)).collect(),
    }
}

fn pdf_doc_char(byte: u8) -> char {
    let special = byte.checked_sub(0x80).and_then(|index| PDF_DOC_ENCODING_HIGH.chars().nth(index.into()));
    special.unwrap_or(char::from(byte))
}

/// Collapses white space and control characters; `None` if nothing is left.
fn clean(text: &str) -> Option<String> {
    let seen: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let folded = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

/// Minimum and maximum length of a language tag (RFC 5646, 4.4.1).
const MIN_TAG_BYTES: usize = 2;
const MAX_TAG_BYTES: usize = 35;

/// Whether a title is neither a file name nor a placeholder.
fn is_title(title: &str) -> bool {
    let title = title.to_lowercase();
    let is_file_name = FILE_EXTENSIONS.iter().any(|ending| title.ends_with(ending))
        || title.starts_with("microsoft word - ");
    !is_file_name && !matches!(title.as_str(), "untitled" | "title" | "document" | "none")
}

fn is_language(tag: &str) -> bool {
    (MIN_TAG_BYTES..=MAX_TAG_BYTES).contains(&tag.len())
        && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// Reads the XMP packet. Of several values of a field, the first is used.
fn xmp(catalog: &Dict, budget: &mut Budget) -> Result<Meta, ReadError> {
    let Some(stream) = catalog.get::<Stream>(b"Metadata") else { return Ok(Meta::default()) };
    Ok(parse_xmp(&String::from_utf8_lossy(&decoded(&stream, budget)?)))
}

fn parse_xmp(xmp: &str) -> Meta {
    let mut meta = Meta::default();
    let mut reader = Reader::from_str(xmp);
    let mut path: Vec<String> = Vec::new();
    let mut content = String::new();
    // Malformed XML ends the loop; the values before it are kept.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                for attribute in start.attributes().flatten() {
                    set_field(&mut meta, attribute.key.as_ref(), &attribute.value);
                }
                content.clear();
                path.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => {
                for attribute in start.attributes().flatten() {
                    set_field(&mut meta, attribute.key.as_ref(), &attribute.value);
                }
            }
            Event::Text(text) => content.push_str(&text),
            Event::GeneralRef(entity) => {
                content.push('&');
                content.push_str(&entity);
                content.push(';');
            }
            Event::End(_) => {
                let name = path.iter().rev().find(|name| !name.starts_with("rdf:"));
                set_field(&mut meta, name.map_or("", String::as_str), &content);
                content.clear();
                path.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    meta
}

fn set_field(meta: &mut Meta, name: &str, raw: &str) {
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
    fn xmp_gives_title_author_and_publication_date_but_not_the_creation_date() {
        let xmp = "<rdf:Description xmp:CreateDate='2001-02-03' prism:publicationDate='1999-08-07'>\
            <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Ebb &amp; flow</rdf:li></rdf:Alt></dc:title>\
            <dc:creator><rdf:Seq><rdf:li>A. Tern</rdf:li></rdf:Seq></dc:creator></rdf:Description>";
        let meta = parse_xmp(xmp);
        assert_eq!((meta.title.as_deref(), meta.author.as_deref()), (Some("Ebb & flow"), Some("A. Tern")));
        assert_eq!(meta.published, Some(jiff::civil::date(1999, 8, 7)));
        assert_eq!(parse_xmp("<xmp:CreateDate>2001-02-03</xmp:CreateDate>"), Meta::default());
    }

    #[test]
    fn text_strings_are_unicode_or_pdf_doc_encoding() {
        assert_eq!(text(b"\xfe\xff\x00E\x20\x13"), "E–");
        assert_eq!(text(b"\x8dEbb\x8e \xfcber"), "“Ebb” über");
    }

    #[test]
    fn a_file_name_is_not_a_title() {
        assert!(!is_title("Microsoft Word - tides.doc") && !is_title("tides.indd") && is_title("Tides"));
    }
}
