//! Finds and reads documents: the files with the sources' own text.
//!
//! A document is in `seeds/`, or in the folder of originals if the file may not be published. The crate
//! `sourcewise_documents` extracts the text.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sourcewise_documents::{
    Divisions, ExtractedText, KINDS, Limits, Meta, NamedParts, OTHER_KINDS, PartFault, ReadError, SetAside,
    WholeDocument,
};
use sourcewise_quotes::{Block, sha256};

use super::walk::{FoundFile, walk};
use crate::cache::{Cache, Digest};
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Document {
    /// The content of a `.txt` file in UTF-8 byte for byte, unless it holds subtitles. Otherwise the text that was
    /// extracted from the file.
    pub text: Arc<str>,
    /// Number of words of `text`: the pieces between white space.
    pub words: usize,
    /// The parts of `text` that the format marks, such as headings and list items. Empty for plain text.
    pub blocks: Vec<Block>,
    /// The pages, the chapters, or the times of the subtitles; `None` if the format has none of these.
    pub divisions: Option<Divisions>,
    /// Words of the file that are not part of `text`: hidden, struck out, or in the header or footer of a page.
    pub set_aside: Vec<SetAside>,
    /// Whether the text was recognised in images by a program (OCR).
    pub is_machine_read: bool,
    /// Whether the text is that of a web page's metadata, because the page itself shows hardly any text.
    pub is_from_metadata: bool,
    /// Words that readers see, if `text` lacks some of them: of a web page, all words; of a PDF file, only those
    /// of the pages that the record excludes. `None` if no part was left out, or if the web page has too many
    /// words.
    pub all: Option<Arc<WholeDocument>>,
    /// The entries of the record's `include` and `exclude` that have no effect, each with the reason.
    pub part_faults: Vec<PartFault>,
    /// Title, author of the article, date and so on: as the file declares them, or as inferred from its text.
    pub meta: Meta,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Hash of everything that the other fields depend on: the file, its extension and folder, the record's `include`
    /// and `exclude`, and the limits. Caches use it as their key.
    pub reading: Digest,
    /// Whether the file is in the folder of originals, and not in `seeds/`. Its quotes then go into the lock.
    pub is_original: bool,
}

impl Document {
    fn new(extracted: ExtractedText, sha256: String, reading: Digest, is_original: bool) -> Self {
        let ExtractedText { text, blocks, set_aside, is_machine_read, is_from_metadata, .. } = extracted;
        let ExtractedText { all, part_faults, meta, divisions, .. } = extracted;
        Self {
            words: text.split_whitespace().count(),
            text: text.into(),
            blocks,
            divisions,
            set_aside,
            is_machine_read,
            is_from_metadata,
            all: all.map(Arc::new),
            part_faults,
            meta,
            sha256,
            reading,
            is_original,
        }
    }
}

/// The files that may be documents, by file name: those directly in `seeds/`, except records and locks, and those
/// directly in the folder of originals. They have not been read.
#[derive(Debug, Default)]
pub(super) struct Documents {
    seeds: BTreeMap<String, PathBuf>,
    originals: BTreeMap<String, PathBuf>,
}

/// A document that could not be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// The path to print: `seeds/<name>`, or only the file's name if the document is not in `seeds/`.
    pub(super) path: String,
    pub(super) reason: ReadError,
    /// The file's size; 0 if there is no such file.
    pub(super) bytes: u64,
}

/// Caches documents and read errors by [`Document::reading`].
pub(super) type TextCache = Cache<Result<Arc<Document>, ReadError>>;

/// A document's file name, and the record's `include` and `exclude`, which decide what of it is read.
pub(super) type Reading = (String, NamedParts);

/// The result of each reading. Documents in unsupported formats are not listed.
pub(super) type ReadDocuments = BTreeMap<Reading, Result<Arc<Document>, Unreadable>>;

impl Documents {
    /// Lists the files that may be documents, in `seeds` and in the folder of originals, if the site has one.
    pub(super) fn open(seeds: &[FoundFile], originals: Option<&Path>) -> Result<Self, Error> {
        let is_record = |file: &FoundFile| {
            Path::new(&file.path).extension().is_some_and(|kind| kind == "toml" || kind == "lock")
        };
        let seeds = seeds.iter().filter(|file| !is_record(file)).cloned();
        let originals = originals.map_or_else(|| Ok(Vec::new()), walk)?;
        Ok(Self { seeds: top(seeds), originals: top(originals) })
    }

    /// Returns the file names of all files that may be documents, in `seeds/` and in the folder of originals.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.seeds.keys().chain(self.originals.keys()).map(String::as_str)
    }

    pub(super) fn seed_names(&self) -> impl Iterator<Item = &str> {
        self.seeds.keys().map(String::as_str)
    }

    /// Returns the file name of a source's document, if that file exists: the name in the record, or else the source's
    /// id with an extension. If several files have the id as their name, the order of `KINDS` decides; formats that
    /// can't be read come last.
    pub(super) fn name_for(&self, id: &str, from_record: Option<&str>) -> Option<String> {
        if let Some(name) = from_record {
            return self.names().any(|known| known == name).then(|| name.to_owned());
        }
        let stem = format!("{id}.");
        let with_stem = |names: &BTreeMap<String, PathBuf>| -> Vec<String> {
            let from = names.range(stem.clone()..).map(|(name, _)| name);
            from.take_while(|name| name.starts_with(&stem)).cloned().collect()
        };
        let candidates = [with_stem(&self.seeds), with_stem(&self.originals)].concat();
        let of_kind =
            |kind: &&str| candidates.iter().find(|name| name[stem.len()..].eq_ignore_ascii_case(kind));
        KINDS.iter().chain(OTHER_KINDS).find_map(of_kind).cloned()
    }

    /// Reads documents in parallel. The result has an [`Unreadable`] for each document that can't be read, and no entry
    /// for a document whose extension is not in `KINDS`.
    ///
    /// # Errors
    /// If a file can't be read from the disk.
    pub(super) fn read(
        &self,
        wanted: &BTreeSet<Reading>,
        limits: Limits,
        cache: &TextCache,
    ) -> Result<ReadDocuments, Error> {
        let read = wanted.par_iter().filter_map(|reading| {
            let ending = ending(&reading.0)?;
            Some(self.read_one(reading, &ending, limits, cache).map(|read| (reading.clone(), read)))
        });
        // Collects the results in their order, so that the returned error does not depend on the threads.
        read.collect::<Vec<_>>().into_iter().collect()
    }

    /// Reads one document. A file in `seeds/` takes precedence over one with the same name in the folder of originals.
    /// If neither exists, the document counts as one without text.
    fn read_one(
        &self,
        (name, parts): &Reading,
        ending: &str,
        limits: Limits,
        cache: &TextCache,
    ) -> Result<Result<Arc<Document>, Unreadable>, Error> {
        if let Some(path) = self.seeds.get(name) {
            return read_file(path, (&format!("seeds/{name}"), ending), false, parts, limits, cache);
        }
        let Some(path) = self.originals.get(name) else {
            return Ok(Err(Unreadable { path: name.clone(), reason: ReadError::NoText, bytes: 0 }));
        };
        read_file(path, (name, ending), true, parts, limits, cache)
    }
}

/// Reads a file in the format of its extension, `ending`, which must be in lower case. The inner error is for a
/// document that can't be read, or that exceeds a limit; problems print its path as `shown_path`. The outer one is for
/// an error of the disk.
pub(super) fn read_file(
    path: &Path,
    (shown_path, ending): (&str, &str),
    is_original: bool,
    parts: &NamedParts,
    limits: Limits,
    cache: &TextCache,
) -> Result<Result<Arc<Document>, Unreadable>, Error> {
    let metadata = std::fs::metadata(path).map_err(Error::read(path))?;
    let unreadable = |reason| Unreadable { path: shown_path.to_owned(), reason, bytes: metadata.len() };
    if !metadata.is_file() {
        return Ok(Err(unreadable(ReadError::Damaged("it is not a file".to_owned()))));
    }
    if usize::try_from(metadata.len()).map_or(true, |size| size > limits.file_bytes) {
        return Ok(Err(unreadable(ReadError::TooLarge)));
    }
    let bytes = std::fs::read(path).map_err(Error::read(path))?;
    let sha256 = sha256(&bytes);
    let how = format!("{limits:?} {parts:?} {is_original}");
    let reading = Digest::of(&[sha256.as_bytes(), ending.as_bytes(), how.as_bytes()]);
    let read = || {
        let extracted = sourcewise_documents::read_parts(ending, bytes, parts, limits)?;
        Ok(Document::new(extracted, sha256, reading, is_original).into())
    };
    Ok(cache.get_or_make(reading, read).map_err(unreadable))
}

/// Whether a file may be a document, judging by the extension of its name: of a format that can be read, or of another
/// one that Sourcewise recognises.
pub fn is_document_name(name: &str) -> bool {
    ending(name).is_some() || is_of_other_kind(name)
}

/// Returns the extension of a file name in lower case; `None` if it is not that of a format that can be read.
pub fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.to_lowercase()).filter(|ending| KINDS.contains(&ending.as_str()))
}

/// Whether a file's extension is that of a document format that Sourcewise recognises but can't read, such as `.odt`.
pub(super) fn is_of_other_kind(name: &str) -> bool {
    let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
    kind.is_some_and(|kind| OTHER_KINDS.contains(&kind.as_str()))
}

/// Returns the files directly in a folder, by file name. Files in subfolders are not documents.
fn top(files: impl IntoIterator<Item = FoundFile>) -> BTreeMap<String, PathBuf> {
    let direct = files.into_iter().filter(|file| !file.path.contains('/'));
    direct.map(|file| (file.path, file.full)).collect()
}
