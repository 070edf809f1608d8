//! Reads the package document of a book (OPF): its metadata, and the names of its chapters in reading order.

use std::collections::{BTreeMap, BTreeSet};

use crate::deadline::Deadline;
use crate::url::{join_path, percent_decoded};
use crate::xml::{self, Element, XmlEvent};
use crate::{Meta, ReadError, text, values};

/// The values read from the package document.
#[derive(Default)]
pub(super) struct PackageDocument {
    pub(super) meta: Meta,
    /// The address of each chapter, relative to the package document, by id.
    manifest: BTreeMap<String, String>,
    /// The ids of the chapters, in reading order.
    spine: Vec<String>,
    /// The ids of files that only links lead to, such as notes and maps (`linear="no"`).
    beside_spine: Vec<String>,
    /// The address of the table of contents in the format of EPUB 3, and in that of EPUB 2.
    navigation: Option<String>,
    ncx: Option<String>,
    /// The text since the last start tag.
    text: String,
    /// Whether the open `date` element is the publication date.
    is_publication: bool,
}

impl PackageDocument {
    pub(super) fn read(xml: &str, deadline: Deadline) -> Result<Self, ReadError> {
        let mut document = Self::default();
        xml::parse(xml, deadline, |event| {
            document.handle(event);
            Ok(())
        })?;
        Ok(document)
    }

    /// Returns the name of each chapter's entry in the archive, once, in reading order, and whether the chapter is
    /// outside of this order (`linear="no"`). Such files come last, so that they don't interrupt the others.
    /// `path` is that of the package document.
    pub(super) fn chapters(&self, path: &str) -> Vec<(String, bool)> {
        let mut seen = BTreeSet::new();
        let in_order = self.spine.iter().map(|id| (id, false));
        let all = in_order.chain(self.beside_spine.iter().map(|id| (id, true)));
        let names =
            all.filter_map(|(id, is_aside)| Some((entry_name(path, self.manifest.get(id)?)?, is_aside)));
        names.filter(|(name, _)| seen.insert(name.clone())).collect()
    }

    /// Returns the name of the archive's entry with the table of contents: in the format of EPUB 3, or else of
    /// EPUB 2. `path` is that of the package document.
    pub(super) fn contents(&self, path: &str) -> Option<String> {
        entry_name(path, self.navigation.as_ref().or(self.ncx.as_ref())?)
    }

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
                let address = || Some(attribute("href").to_owned());
                if chapter && contents {
                    self.navigation = address();
                } else if attribute("media-type") == "application/x-dtbncx+xml" {
                    self.ncx = address();
                } else if chapter {
                    self.manifest.insert(attribute("id").to_owned(), attribute("href").to_owned());
                }
            }
            "itemref" if attribute("linear") == "no" => self.beside_spine.push(attribute("idref").to_owned()),
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

/// Resolves an address in a file of the book to the name of an entry in the archive, without the id of an element.
/// `None` if it leads out of the archive.
pub(super) fn entry_name(file: &str, address: &str) -> Option<String> {
    let address = address.split('#').next().unwrap_or_default();
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    join_path(folder, &percent_decoded(address).unwrap_or_else(|| address.to_owned()))
}
