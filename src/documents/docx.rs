//! Reads Word documents (ECMA-376, part 1, chapter 17): paragraphs, headings, lists, tables, and footnotes and
//! endnotes, which follow at the end of the text. `body` builds the blocks, and `paragraph` the text of each
//! block.
//!
//! The text is what Word shows and prints, with all tracked changes accepted. Struck-out and hidden words are set
//! aside (see [`crate::SetAside`]). Skipped are headers, footers, comments, tables of contents, descriptions of
//! pictures, and second copies of a text that are meant for older programs. `numbering` computes the list numbers.

mod body;
mod colours;
mod fields;
mod math;
mod names;
mod numbering;
mod paragraph;
mod properties;
mod shapes;
mod styles;
mod symbols;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use self::body::BlockBuilder;
use self::colours::{Backdrop, Theme};
use self::numbering::Numbering;
use self::styles::Styles;
use super::package::ZipPackage;
use super::text;
use super::url::join_path;
use super::xml::{self, XmlEvent};
use super::{ExtractedText, Limits, Meta, ReadError, values};

/// Reads a Word document.
///
/// # Errors
///
/// If the bytes are not a Word document, are encrypted, have no text, or exceed the limits.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<ExtractedText, ReadError> {
    let mut package = ZipPackage::open(bytes, limits)?;
    let main = main_part(&mut package)?;
    let Some(document) = package.xml(&main)? else {
        return Err(ReadError::Damaged("it contains no Word document".to_owned()));
    };
    let deadline = package.deadline;
    let parts = Parts::read(&mut package, &main)?;
    let theme = match package.xml(&parts.path("theme", "theme/theme1.xml"))? {
        Some(theme) => Theme::read(&theme, deadline)?,
        None => Theme::default(),
    };
    let styles = match package.xml(&parts.path("styles", "styles.xml"))? {
        Some(styles) => Styles::read(&styles, &theme, deadline)?,
        None => Styles::default(),
    };
    let mut builder = BlockBuilder::new(&styles, &theme);
    if shows_background(&mut package, &parts)? {
        builder.page = Backdrop::Unknown;
    }
    if let Some(numbering) = package.xml(&parts.path("numbering", "numbering.xml"))? {
        builder.numbering = Numbering::read(&numbering, deadline)?;
    }
    xml::parse(&document, deadline, |event| builder.handle(event))?;
    drop(document);
    builder.end_part();
    for (name, part, file) in
        [("footnote", "footnotes", "footnotes.xml"), ("endnote", "endnotes", "endnotes.xml")]
    {
        if let Some(notes) = package.xml(&parts.path(part, file))? {
            builder.note_name = Some(name);
            xml::parse(&notes, deadline, |event| builder.handle(event))?;
            builder.end_part();
        }
    }
    let BlockBuilder { mut extracted, title, .. } = builder;
    extracted.meta = core_properties(&mut package)?;
    extracted.meta.title = extracted.meta.title.or_else(|| title.as_deref().and_then(text::clean_value));
    extracted.meta.language =
        extracted.meta.language.or_else(|| styles.language.as_deref().and_then(values::language_tag));
    extracted.checked(limits)
}

/// Returns the path of the main document part, as given by the package's relationships, or else `word/document.xml`.
fn main_part(package: &mut ZipPackage) -> Result<String, ReadError> {
    let mut found = None;
    if let Some(relations) = package.xml("_rels/.rels")? {
        xml::parse(&relations, package.deadline, |event| {
            let XmlEvent::Open(relation) = event else { return Ok(()) };
            let main = relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
            if main && found.is_none() {
                found = relation.attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
            }
            Ok(())
        })?;
    }
    Ok(found.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// The other parts (XML files) of a document, as given by the relationships of its main part.
struct Parts {
    /// The folder of the main part.
    folder: String,
    /// The path of each part by its kind, such as `styles`.
    paths: BTreeMap<String, String>,
}

impl Parts {
    fn read(package: &mut ZipPackage, main: &str) -> Result<Self, ReadError> {
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
        let mut parts = Self { folder: folder.to_owned(), paths: BTreeMap::new() };
        let relations = package.xml(format!("{folder}/_rels/{file}.rels").trim_start_matches('/'))?;
        xml::parse(&relations.unwrap_or_default(), package.deadline, |event| {
            if let XmlEvent::Open(relation) = event
                && let Some((_, kind)) = relation.attribute("Type").and_then(|kind| kind.rsplit_once('/'))
                && let Some(target) = relation.attribute("Target").and_then(|target| parts.resolve(target))
            {
                parts.paths.entry(kind.to_owned()).or_insert(target);
            }
            Ok(())
        })?;
        Ok(parts)
    }

    fn resolve(&self, target: &str) -> Option<String> {
        match target.strip_prefix('/') {
            Some(from_root) => Some(from_root.to_owned()),
            None => join_path(&self.folder, target),
        }
    }

    /// Returns the path of a part: the one that a relationship states, or else `usual` in the folder of the main part.
    fn path(&self, kind: &str, usual: &str) -> String {
        let named = self.paths.get(kind).cloned();
        named.or_else(|| self.resolve(usual)).unwrap_or_default()
    }
}

/// Whether Word shows the page in the document's background colour: the setting `displayBackgroundShape` is on.
fn shows_background(package: &mut ZipPackage, parts: &Parts) -> Result<bool, ReadError> {
    let mut shows = false;
    if let Some(settings) = package.xml(&parts.path("settings", "settings.xml"))? {
        xml::parse(&settings, package.deadline, |event| {
            if let XmlEvent::Open(setting) = event
                && setting.name == "displayBackgroundShape"
            {
                shows = properties::is_on(setting.own_attribute("val"));
            }
            Ok(())
        })?;
    }
    Ok(shows)
}

/// Reads title, author and language. The file's creation date is ignored, since it is not the publication date.
fn core_properties(package: &mut ZipPackage) -> Result<Meta, ReadError> {
    let mut meta = Meta::default();
    let Some(core) = package.xml("docProps/core.xml")? else { return Ok(meta) };
    let mut text = String::new();
    xml::parse(&core, package.deadline, |event| {
        match event {
            XmlEvent::Open(_) => text.clear(),
            XmlEvent::Text(more) => text.push_str(more),
            XmlEvent::Close("title") => meta.title = text::clean_value(&text),
            XmlEvent::Close("creator") => meta.author = text::clean_value(&text.replace(';', ", ")),
            XmlEvent::Close("language") => meta.language = values::language_tag(&text),
            XmlEvent::Close(_) => {}
        }
        Ok(())
    })?;
    Ok(meta)
}
