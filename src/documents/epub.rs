//! Reads EPUB 2 and 3 books: the chapters, which are web pages (`html`), in spine order, and the metadata of the
//! package document.

use std::collections::{BTreeMap, BTreeSet};

use super::package::ZipPackage;
use super::text;
use super::xml::{self, Element, XmlEvent};
use super::{ExtractedText, Limits, MAX_TEXT_BYTES, Meta, ReadError, html, values};
use crate::url::{join_path, percent_decoded};

/// Reads a book.
///
/// # Errors
///
/// If the bytes are not a book, are encrypted, have no text, or exceed the limits.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    let mut package = ZipPackage::open(bytes, limits)?;
    let path = package_document(&mut package)?;
    let Some(document) = package.xml(&path)? else {
        return Err(ReadError::Damaged("the list of its parts is missing".to_owned()));
    };
    let mut book = Book::default();
    let deadline = package.deadline;
    xml::parse(&document, deadline, |event| {
        book.handle(event);
        Ok(())
    })?;
    let encrypted = package.xml("META-INF/encryption.xml")?.unwrap_or_default();
    let mut extracted = ExtractedText::default();
    let mut seen = BTreeSet::new();
    // A chapter is read once, even if the spine lists it several times.
    for id in book.spine.iter().filter(|id| seen.insert(id.as_str())) {
        let Some(name) = book.manifest.get(id).and_then(|href| entry_name(&path, href)) else { continue };
        // Only chapters matter: `encryption.xml` also lists fonts, and a book is readable without those.
        if encrypted.contains(&format!("\"{name}\"")) {
            return Err(ReadError::Encrypted);
        }
        let Some(chapter) = package.bytes(&name)? else { continue };
        if chapter.len() > limits.file_bytes {
            return Err(ReadError::TooLarge);
        }
        deadline.check()?;
        let remaining = Limits { seconds: deadline.remaining_seconds(), ..limits };
        let chapter = html::read_whole(&chapter, &[], remaining)?;
        for block in &chapter.blocks {
            extracted.push(block.kind, chapter.text.get(block.range.clone()).unwrap_or_default());
        }
        if extracted.text.len() > MAX_TEXT_BYTES {
            return Err(ReadError::TooLong);
        }
    }
    extracted.meta = book.meta;
    extracted.checked(limits)
}

/// Returns the path of the package document, as given in `META-INF/container.xml`.
fn package_document(package: &mut ZipPackage) -> Result<String, ReadError> {
    let mut path = None;
    if let Some(container) = package.xml("META-INF/container.xml")? {
        xml::parse(&container, package.deadline, |event| {
            if let XmlEvent::Open(element) = event
                && element.name == "rootfile"
                && path.is_none()
            {
                path = element.attribute("full-path").map(str::to_owned);
            }
            Ok(())
        })?;
    }
    path.ok_or_else(|| {
        ReadError::Damaged(
            "it is not an EPUB book: `META-INF/container.xml` names no package document".to_owned(),
        )
    })
}

/// The values read from the package document.
#[derive(Default)]
struct Book {
    meta: Meta,
    /// The address of each chapter by id, relative to the package document.
    manifest: BTreeMap<String, String>,
    /// The ids of the chapters, in reading order.
    spine: Vec<String>,
    /// The text since the last start tag.
    text: String,
    /// Whether the open `date` element is the publication date.
    is_publication: bool,
}

impl Book {
    fn handle(&mut self, event: XmlEvent) {
        match event {
            XmlEvent::Open(element) => {
                self.text.clear();
                self.enter(&element);
            }
            XmlEvent::Text(text) => self.text.push_str(text),
            XmlEvent::Close(name) => self.leave(name),
        }
    }

    fn enter(&mut self, element: &Element) {
        let attribute = |name| element.attribute(name).unwrap_or_default();
        match element.name {
            "item" => {
                let chapter = attribute("media-type").contains("html");
                let contents = attribute("properties").split_whitespace().any(|property| property == "nav");
                if chapter && !contents {
                    self.manifest.insert(attribute("id").to_owned(), attribute("href").to_owned());
                }
            }
            "itemref" => self.spine.push(attribute("idref").to_owned()),
            "date" => self.is_publication = matches!(attribute("event"), "" | "publication"),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        let value = || text::clean_value(&self.text);
        let meta = &mut self.meta;
        match name {
            "title" if meta.title.is_none() => meta.title = value(),
            "publisher" if meta.publisher.is_none() => meta.publisher = value(),
            "language" if meta.language.is_none() => meta.language = values::language_tag(&self.text),
            "date" if meta.published.is_none() && self.is_publication => {
                meta.published = values::day(&self.text);
            }
            "source" | "identifier" if meta.url.is_none() => {
                meta.url = Some(self.text.trim().to_owned()).filter(|url| values::is_web_address(url));
            }
            "creator" => {
                let earlier = meta.author.take();
                meta.author = match (earlier, value()) {
                    (Some(names), Some(name)) => text::clean_value(&format!("{names}, {name}")),
                    (names, name) => names.or(name),
                };
            }
            _ => {}
        }
    }
}

/// Resolves a reference in the package document, whose path is `document`, to the name of an entry in the archive.
/// `None` if it leads out of the archive.
fn entry_name(document: &str, href: &str) -> Option<String> {
    let href = href.split('#').next().unwrap_or_default();
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    join_path(folder, &percent_decoded(href).unwrap_or_else(|| href.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::{LIMITS, zipped};
    use super::*;

    const CONTAINER: &str =
        "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
    const BOOK: &str = "<package xmlns:dc='dc'><metadata><dc:title>Tides</dc:title><dc:creator>Ada Quill</dc:creator>\
        <dc:creator>Ben Rook</dc:creator><dc:date>2019-04-01</dc:date><dc:language>en</dc:language></metadata><manifest>\
        <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
        <item id='b' href='text/two.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='../OEBPS/text/one%20a.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/><itemref idref='gone'/></spine></package>";
    const ONE: &str = "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body><a id='p1'/><h1>One</h1>\
        <p>It<del id='v'/> rose<![CDATA[ & fell]]>.</p><nav>a</nav></body></html>";

    fn book(extra: &[(&str, &str)]) -> Vec<u8> {
        let entries = [
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", BOOK),
            ("OEBPS/text/two.xhtml", "<html><body><p>It fell.</p></body></html>"),
            ("OEBPS/text/one a.xhtml", ONE),
            ("OEBPS/nav.xhtml", "<nav>Contents</nav>"),
        ];
        zipped(&[&entries, extra].concat())
    }

    #[test]
    fn chapters_are_read_in_the_order_of_the_spine() {
        let extracted = read(&book(&[]), LIMITS).expect("a file within limits");
        assert_eq!(extracted.text, "One\n\nIt rose & fell.\n\na\n\nIt fell.");
        assert_eq!(extracted.meta.author.as_deref(), Some("Ada Quill, Ben Rook"));
        assert_eq!(extracted.meta.published, Some(jiff::civil::date(2019, 4, 1)));
    }

    #[test]
    fn encrypted_chapters_and_missing_containers_are_rejected() {
        let encrypted = "<encryption><CipherReference URI=\"OEBPS/text/two.xhtml\"/></encryption>";
        assert_eq!(read(&book(&[("META-INF/encryption.xml", encrypted)]), LIMITS), Err(ReadError::Encrypted));
        assert!(matches!(read(&zipped(&[("a", "b")]), LIMITS), Err(ReadError::Damaged(_))));
    }
}
