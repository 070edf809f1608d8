//! Reads a chapter of a book: an XHTML page without clutter, whose style sheets and notes may be in other files.

use std::collections::BTreeSet;

use super::syntax::Syntax;
use super::tree::{Id, Tree};
use super::{decode, visible_text};
use crate::{ExtractedText, Limits, NamedParts, ReadError};

/// Maximum number of style sheets that a chapter links to. Further ones are not read.
const MAX_SHEETS: usize = 64;
/// Maximum number of ids that are read from one chapter. Links from other chapters to further ids are not recognised.
const MAX_IDS: usize = 100_000;

pub(crate) struct Chapter {
    tree: Tree,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SheetLink {
    pub(crate) address: String,
    /// The media queries of the link, in lower case; empty if the style sheet is for all media.
    pub(crate) media: String,
}

impl Chapter {
    /// Parses a chapter of a book.
    ///
    /// # Errors
    ///
    /// If the chapter exceeds the limits.
    pub(crate) fn parse(bytes: &[u8], limits: Limits) -> Result<Self, ReadError> {
        Ok(Self { tree: Tree::parse_as(&decode::decode(bytes), Syntax::Xhtml, limits)? })
    }

    /// Returns the links to style sheets that browsers apply: those in CSS that are not alternatives.
    pub(crate) fn sheet_links(&self) -> Vec<SheetLink> {
        let attribute =
            |id, key| self.tree.attribute(id, key).unwrap_or_default().trim().to_ascii_lowercase();
        let is_sheet = |id: &Id| {
            let rel = attribute(*id, "rel");
            let has = |word: &str| rel.split_ascii_whitespace().any(|one| one == word);
            // Style sheets in other languages than CSS are for old devices.
            let is_css = matches!(attribute(*id, "type").as_str(), "" | "text/css");
            has("stylesheet") && !has("alternate") && is_css
        };
        let link = |id: Id| {
            let address = self.tree.attribute(id, "href")?.trim().to_owned();
            Some(SheetLink { address, media: attribute(id, "media") })
        };
        self.named("link").filter(is_sheet).filter_map(link).take(MAX_SHEETS).collect()
    }

    /// Returns the texts of the style sheets in the chapter's `style` elements.
    pub(crate) fn own_sheets(&self) -> Vec<String> {
        self.named("style").map(|id| self.tree.text_below(id)).collect()
    }

    /// Returns the addresses of other files to whose elements the chapter links, without the elements' ids.
    pub(crate) fn linked_files(&self) -> BTreeSet<&str> {
        let address = |id| self.tree.attribute(id, "href")?.split_once('#').map(|(file, _)| file);
        self.named("a").filter_map(address).filter(|file| !file.is_empty()).collect()
    }

    fn named(&self, name: &str) -> impl Iterator<Item = Id> {
        self.tree.below(Tree::ROOT).filter(move |id| self.tree.name(*id) == name)
    }

    /// Returns the visible text, except the elements in `parts.exclude`. `linked` are the texts of the style sheets in
    /// other files, in the order in which they apply. `leads_elsewhere` returns whether the address in a link is that
    /// of an element in another file.
    ///
    /// # Errors
    ///
    /// If the chapter exceeds the limits.
    pub(crate) fn read(
        self,
        linked: &[String],
        leads_elsewhere: &dyn Fn(&str) -> bool,
        parts: &NamedParts,
        limits: Limits,
    ) -> Result<ExtractedText, ReadError> {
        visible_text(&self.tree, linked, leads_elsewhere, parts, limits)
    }
}

/// Returns the ids of the elements of a chapter. Only searches for `id=`, which is much faster than parsing.
pub(crate) fn ids(bytes: &[u8]) -> BTreeSet<String> {
    let chapter = decode::decode(bytes);
    let id = |(at, _): (usize, &str)| {
        let value = chapter[at + "id".len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split_once(quote).map(|(id, _)| id.to_owned())
    };
    chapter.match_indices("id").filter_map(id).take(MAX_IDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

    #[test]
    fn links_to_style_sheets_for_other_devices_are_skipped() {
        let page =
            b"<link rel='stylesheet' href=' a.css '/><link rel='Stylesheet' media='Print' href='b.css'/>\
            <link rel='alternate stylesheet' href='c.css'/><link rel='stylesheet' type='x/y' href='d.xpgt'/>";
        let chapter = Chapter::parse(page, LIMITS).expect("a chapter within limits");
        let links: Vec<_> =
            chapter.sheet_links().into_iter().map(|link| (link.address, link.media)).collect();
        assert_eq!(links, [("a.css".to_owned(), String::new()), ("b.css".to_owned(), "print".to_owned())]);
    }

    #[test]
    fn ids_and_linked_files_are_found() {
        assert_eq!(Vec::from_iter(ids(b"<p id='n1'>id</p><a id = \"n2\" /><i id=x>")), ["n1", "n2"]);
        let page = b"<a href='b.xhtml#n1'/><a href='#n2'/><a href='c.xhtml'/>";
        let chapter = Chapter::parse(page, LIMITS).expect("a chapter within limits");
        assert_eq!(Vec::from_iter(chapter.linked_files()), ["b.xhtml"]);
    }
}
