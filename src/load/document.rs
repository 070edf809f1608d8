//! Documents: finding the source's own text, and reading it.
//!
//! A document lies in `seeds/` beside its record, or in the folder of originals where it may not be published. What is
//! made of a file of each format, `format` knows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sourcewise_documents::{ExtractedText, KINDS, Limits, Meta, OTHER_KINDS, ReadError};
use sourcewise_quotes::{Block, sha256};

use super::walk::{FoundFile, walk};
use crate::cache::{Cache, Digest};
use crate::error::Error;

/// A source's own text.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text: byte for byte as in the file if that is plain text in UTF-8, else as it was read out of it.
    pub text: Arc<str>,
    /// Its blocks, where its format has marks for them.
    pub blocks: Vec<Block>,
    /// What the file says of itself.
    pub meta: Meta,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Of its file and of how that was read: two with the same have the same text.
    pub reading: Digest,
    /// Whether it lies outside `seeds/`, where it may not be published.
    pub is_original: bool,
}

impl Document {
    /// How many words it has: stretches between white space.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

/// Where documents lie: names of files, not yet read.
#[derive(Debug, Default)]
pub(super) struct Documents {
    seeds: BTreeMap<String, PathBuf>,
    originals: BTreeMap<String, PathBuf>,
}

/// A file that was to be a document and can't be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// Its name, with `seeds/` if it lies there.
    pub(super) path: String,
    /// Why.
    pub(super) why: ReadError,
}

/// What reading files came to, by their bytes, endings and the limits.
pub type TextCache = Cache<Result<Document, ReadError>>;

/// Documents that were read, by the names of their files.
pub(super) type ReadDocuments = BTreeMap<String, Result<Document, Unreadable>>;

impl Documents {
    /// Takes the files of `seeds/`, and looks into the folder of originals if there is one.
    pub(super) fn open(seeds: &[FoundFile], originals: Option<&Path>) -> Result<Self, Error> {
        let is_record = |file: &FoundFile| {
            Path::new(&file.path).extension().is_some_and(|kind| kind == "toml" || kind == "lock")
        };
        let seeds = seeds.iter().filter(|file| !is_record(file)).cloned();
        let originals = originals.map_or_else(|| Ok(Vec::new()), walk)?;
        Ok(Self { seeds: top(seeds), originals: top(originals) })
    }

    /// The names of all documents, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.seeds.keys().chain(self.originals.keys()).map(String::as_str)
    }

    /// The names of the documents in `seeds/`.
    pub(super) fn seed_names(&self) -> impl Iterator<Item = &str> {
        self.seeds.keys().map(String::as_str)
    }

    /// The name under which the document of a source is found: the one its record gives, or its id with an ending.
    pub(super) fn name_for(&self, id: &str, given: Option<&str>) -> Option<String> {
        if let Some(name) = given {
            return self.names().any(|here| here == name).then(|| name.to_owned());
        }
        let stem = format!("{id}.");
        let here = |names: &BTreeMap<String, PathBuf>| -> Vec<String> {
            let from = names.range(stem.clone()..).map(|(name, _)| name);
            from.take_while(|name| name.starts_with(&stem)).cloned().collect()
        };
        let candidates = [here(&self.seeds), here(&self.originals)].concat();
        let of_kind =
            |kind: &&str| candidates.iter().find(|name| name[stem.len()..].eq_ignore_ascii_case(kind));
        KINDS.iter().chain(OTHER_KINDS).find_map(of_kind).cloned()
    }

    /// Reads documents by their names, side by side. What can't be read within the limits is told so; names of other
    /// formats are passed over.
    ///
    /// # Errors
    /// If the disk doesn't give a file.
    pub(super) fn read(
        &self,
        names: &BTreeSet<String>,
        limits: Limits,
        cache: &TextCache,
    ) -> Result<ReadDocuments, Error> {
        let read = names.par_iter().filter_map(|name| {
            let ending = ending(name)?;
            Some(self.read_one(name, &ending, limits, cache).map(|read| (name.clone(), read)))
        });
        // In the order of names, so that the same fault is told whichever is read first.
        read.collect::<Vec<_>>().into_iter().collect()
    }

    /// The document in `seeds/` goes before one of the same name elsewhere.
    fn read_one(
        &self,
        name: &str,
        ending: &str,
        limits: Limits,
        cache: &TextCache,
    ) -> Result<Result<Document, Unreadable>, Error> {
        if let Some(path) = self.seeds.get(name) {
            return read_file(path, &format!("seeds/{name}"), ending, limits, cache);
        }
        let Some(path) = self.originals.get(name) else {
            return Ok(Err(Unreadable { path: name.to_owned(), why: ReadError::NoText }));
        };
        let read = read_file(path, name, ending, limits, cache)?;
        Ok(read.map(|document| Document { is_original: true, ..document }))
    }
}

/// Reads a file by its ending; `shown` is what it is called where it can't be read.
pub(super) fn read_file(
    path: &Path,
    shown: &str,
    ending: &str,
    limits: Limits,
    cache: &TextCache,
) -> Result<Result<Document, Unreadable>, Error> {
    let unreadable = |why| Unreadable { path: shown.to_owned(), why };
    let about = std::fs::metadata(path).map_err(Error::read(path))?;
    if !about.is_file() {
        return Ok(Err(unreadable(ReadError::Damaged("it is no file".to_owned()))));
    }
    if usize::try_from(about.len()).map_or(true, |size| size > limits.file_bytes) {
        return Ok(Err(unreadable(ReadError::TooLarge)));
    }
    let bytes = std::fs::read(path).map_err(Error::read(path))?;
    let sha256 = sha256(&bytes);
    let reading = Digest::of(&[sha256.as_bytes(), ending.as_bytes(), format!("{limits:?}").as_bytes()]);
    let read = || {
        sourcewise_documents::read(ending, bytes, limits).map(|ExtractedText { text, blocks, meta }| {
            Document { text: text.into(), blocks, meta, sha256, reading, is_original: false }
        })
    };
    Ok(cache.get_or_make(reading, read).map_err(unreadable))
}

/// The ending of a document's name in lower case, if it is one of those that are read.
pub(super) fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.to_lowercase()).filter(|ending| KINDS.contains(&ending.as_str()))
}

/// True for a file that holds a document, in a format that is not read.
pub(super) fn is_of_other_kind(name: &str) -> bool {
    let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
    kind.is_some_and(|kind| OTHER_KINDS.contains(&kind.as_str()))
}

/// The files of the folder itself, by name: what lies deeper belongs to something else.
fn top(files: impl IntoIterator<Item = FoundFile>) -> BTreeMap<String, PathBuf> {
    let here = files.into_iter().filter(|file| !file.path.contains('/'));
    here.map(|file| (file.path, file.full)).collect()
}
