//! Reads EPUB 2 and 3 books: the chapters, which are web pages (`html`), in reading order, and the metadata of the
//! package document. `chapters` finds the titles of the chapters in the table of contents, which `contents` reads.

mod chapters;
mod contents;
mod files;
mod package_document;
mod sheets;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::chapters::BookFile;
use self::contents::ContentsEntry;
use self::files::Files;
use self::package_document::{PackageDocument, entry_name};
use super::deadline::Deadline;
use super::package::ZipPackage;
use super::url::percent_decoded;
use super::xml::{self, XmlEvent};
use super::{
    ExtractedText, Limits, MAX_TEXT_BYTES, NamedParts, PartFault, PartKey, PlaceInFile, ReadError,
    WholeDocument,
};
use crate::html::Chapter;

/// Reads the chapters of an EPUB book in reading order, without the elements named in `parts.exclude`.
///
/// # Errors
///
/// If the bytes are not a book, are encrypted, have no text, or exceed the limits.
pub(crate) fn read(bytes: &[u8], parts: &NamedParts, limits: Limits) -> Result<ExtractedText, ReadError> {
    let mut package = ZipPackage::open(bytes, limits)?;
    let path = package_document(&mut package)?;
    let Some(document) = package.xml(&path)? else {
        return Err(ReadError::Damaged("the list of its parts is missing".to_owned()));
    };
    let deadline = package.deadline;
    let document = PackageDocument::read(&document, deadline)?;
    let mut files = Files::new(package)?;
    let mut extracted = ExtractedText::default();
    let names = document.chapters(&path);
    // Books are read whole, so there is nothing that `include` could bring back.
    let excluding = NamedParts { include: Vec::new(), exclude: parts.exclude.clone() };
    let mut faults: Option<Vec<PartFault>> = None;
    let all: BTreeSet<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let contents = table_of_contents(&document, &path, &mut files, deadline)?;
    let mut read = Vec::new();
    let mut excluded = WholeDocument::default();
    for (name, is_aside) in &names {
        let Some(bytes) = files.chapter(name)? else { continue };
        if bytes.len() > limits.file_bytes {
            return Err(ReadError::TooLarge);
        }
        deadline.check()?;
        let remaining = Limits { seconds: deadline.remaining_seconds(), ..limits };
        let chapter = Chapter::parse(&bytes, remaining)?;
        drop(bytes);
        let chapter = read_chapter((chapter, name), &all, &mut files, &excluding, remaining)?;
        // A selector may match in one chapter only. It is a fault only if it matches in none.
        let is_fault = |fault: &PartFault| chapter.part_faults.contains(fault);
        faults = Some(match faults {
            None => chapter.part_faults.clone(),
            Some(faults) => faults.into_iter().filter(is_fault).collect(),
        });
        if let Some(all) = &chapter.all {
            append_excluded(&mut excluded, all, name);
        }
        let start = extracted.text.len();
        append(&mut extracted, chapter);
        read.push(BookFile { name, range: start..extracted.text.len(), is_aside: *is_aside });
        if extracted.text.len() > MAX_TEXT_BYTES {
            return Err(ReadError::TooLong);
        }
    }
    extracted.divisions = chapters::divisions(&contents, &read, &extracted);
    extracted.all = (!excluded.left_out.is_empty()).then_some(excluded);
    extracted.meta = document.meta;
    extracted.part_faults = parts.without_effect(&[PartKey::Include]);
    extracted.part_faults.extend(faults.unwrap_or_default());
    extracted.checked(limits)
}

/// Reads the table of contents; empty if it is missing, damaged or encrypted. `path` is that of the package document.
fn table_of_contents(
    document: &PackageDocument,
    path: &str,
    files: &mut Files,
    deadline: Deadline,
) -> Result<Vec<ContentsEntry>, ReadError> {
    let Some(name) = document.contents(path) else { return Ok(Vec::new()) };
    let read = files.xml(&name).and_then(|xml| contents::read(&xml.unwrap_or_default(), &name, deadline));
    match read {
        // The text of the book can be read without its table of contents.
        Err(ReadError::Damaged(_) | ReadError::Encrypted | ReadError::TooDeep) => Ok(Vec::new()),
        read => read,
    }
}

/// Reads the text of a chapter. `all` are the names of the book's chapters.
fn read_chapter(
    (chapter, name): (Chapter, &str),
    all: &BTreeSet<&str>,
    files: &mut Files,
    parts: &NamedParts,
    limits: Limits,
) -> Result<ExtractedText, ReadError> {
    let sheets = sheets::of(&chapter, name, files)?;
    let linked = chapter.linked_files().into_iter().filter_map(|file| entry_name(name, file));
    files.read_ids(&linked.filter(|file| file != name && all.contains(file.as_str())).collect())?;
    let leads_elsewhere = |address: &str| {
        let Some((file, id)) = address.split_once('#') else { return false };
        let Some(file) = entry_name(name, file) else { return false };
        files.has_element(&file, id) || percent_decoded(id).is_some_and(|id| files.has_element(&file, &id))
    };
    chapter.read(&sheets, &leads_elsewhere, parts, limits)
}

/// Appends the text and the set-aside words of a chapter to those of the chapters before it.
fn append(extracted: &mut ExtractedText, chapter: ExtractedText) {
    let before = extracted.text.len();
    for block in &chapter.blocks {
        extracted.push(block.kind, chapter.text.get(block.range.clone()).unwrap_or_default());
    }
    // `push` adds an empty line before the chapter unless it is the first, so the chapter's start is computed from
    // its end.
    let start = extracted.text.len() - chapter.text.len().min(extracted.text.len() - before);
    for aside in chapter.set_aside {
        extracted.push_set_aside(aside.reason, start + aside.at, &aside.words);
    }
}

/// Appends the excluded words of a chapter to those of the chapters before it. `name` is that of its file.
fn append_excluded(excluded: &mut WholeDocument, chapter: &WholeDocument, name: &str) {
    for part in &chapter.left_out {
        let place = match &part.place {
            PlaceInFile::Line(line) => PlaceInFile::LineOf { file: name.to_owned(), line: *line },
            other => other.clone(),
        };
        excluded.push_excluded(chapter.words_of(part), &part.name, place);
    }
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
