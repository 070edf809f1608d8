//! Reads the table of contents of a book: the navigation document of EPUB 3, or the NCX file of EPUB 2.

use super::package_document::entry_name;
use crate::deadline::Deadline;
use crate::xml::{self, Element, XmlEvent};
use crate::{ReadError, text};

/// Maximum number of entries. Further ones are not read.
const MAX_ENTRIES: usize = 20_000;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct ContentsEntry {
    pub(super) title: String,
    /// The name in the archive of the file to which the entry leads.
    pub(super) file: String,
    /// Whether the entry leads to an element of the file, and not to its beginning.
    pub(super) has_fragment: bool,
    /// The level of the entry in the table of contents, from 1.
    pub(super) depth: usize,
}

/// The state of the parser.
struct ContentsReader<'p> {
    path: &'p str,
    entries: Vec<ContentsEntry>,
    /// Whether the parser is inside the list of chapters, and not in one of pages or pictures.
    in_chapters: bool,
    depth: usize,
    /// The text since the last title began.
    title: String,
    /// The address of the open link.
    address: String,
}

/// Reads a table of contents. `path` is the name of its file, to which its addresses are relative.
pub(super) fn read(xml: &str, path: &str, deadline: Deadline) -> Result<Vec<ContentsEntry>, ReadError> {
    let mut reader = ContentsReader {
        path,
        entries: Vec::new(),
        in_chapters: false,
        depth: 0,
        title: String::new(),
        address: String::new(),
    };
    xml::parse(xml, deadline, |event| {
        match event {
            XmlEvent::Open(element) => reader.enter(&element),
            XmlEvent::Text(text) => reader.title.push_str(text),
            XmlEvent::Close(name) => reader.leave(name),
        }
        Ok(())
    })?;
    Ok(reader.entries)
}

impl ContentsReader<'_> {
    fn enter(&mut self, element: &Element) {
        let address = |name| element.attribute(name).unwrap_or_default().to_owned();
        match element.name {
            "navMap" => self.in_chapters = true,
            "nav" => {
                let types = element.attribute("type").unwrap_or_default();
                self.in_chapters = types.split_whitespace().any(|kind| kind == "toc");
            }
            "ol" | "navPoint" => self.depth += 1,
            "a" => {
                self.address = address("href");
                self.title.clear();
            }
            "text" => self.title.clear(),
            // In the NCX file, the title precedes the address.
            "content" => {
                self.address = address("src");
                self.add();
            }
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "nav" | "navMap" => self.in_chapters = false,
            "ol" | "navPoint" => self.depth = self.depth.saturating_sub(1),
            "a" => self.add(),
            _ => {}
        }
    }

    fn add(&mut self) {
        let (Some(title), Some(file)) =
            (text::clean_value(&self.title), entry_name(self.path, &self.address))
        else {
            return;
        };
        if self.in_chapters && self.entries.len() < MAX_ENTRIES {
            let has_fragment = self.address.contains('#');
            self.entries.push(ContentsEntry { title, file, has_fragment, depth: self.depth });
        }
    }
}
