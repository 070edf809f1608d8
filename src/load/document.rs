//! Documents: finding the source's own text, and reading it.
//!
//! A document lies in `seeds/` beside its record, or in the folder of originals where it may not be published.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::encoding;
use super::walk::{Found, walk};
use crate::error::Error;

/// The endings of file names that a document may have, best first.
pub(super) const KINDS: [&str; 2] = ["txt", "md"];

/// The endings of documents that are not read.
const OTHER_KINDS: [&str; 8] = ["html", "htm", "pdf", "docx", "doc", "odt", "epub", "rtf"];

/// True for a file that holds a document, in a format that is not read.
pub(super) fn is_of_other_kind(name: &str) -> bool {
    let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
    kind.is_some_and(|kind| OTHER_KINDS.contains(&kind.as_str()))
}

/// A source's own text.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text, byte for byte as in the file if that is UTF-8.
    pub text: Arc<str>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
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

/// A file that was to be a document and isn't text.
pub(super) struct NotText {
    /// Its name, with `seeds/` if it lies there.
    pub(super) path: String,
}

impl Documents {
    /// Takes the files of `seeds/`, and looks into the folder of originals if there is one.
    pub(super) fn open(seeds: &[Found], originals: Option<&Path>) -> Result<Self, Error> {
        let is_record = |file: &Found| {
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
        KINDS.iter().chain(&OTHER_KINDS).find_map(of_kind).cloned()
    }

    /// Reads a document that [`Self::name_for`] found. The one in `seeds/` goes before one of the same name elsewhere.
    pub(super) fn read(&self, name: &str) -> Result<Result<Document, NotText>, Error> {
        let in_seeds = self.seeds.get(name);
        let path = in_seeds.unwrap_or_else(|| &self.originals[name]);
        let bytes = std::fs::read(path).map_err(Error::read(path))?;
        let sha256 = sha256(&bytes);
        Ok(match encoding::decode(bytes) {
            Some(text) => Ok(Document { text: text.into(), sha256, is_original: in_seeds.is_none() }),
            None => Err(NotText {
                path: if in_seeds.is_some() { format!("seeds/{name}") } else { name.to_owned() },
            }),
        })
    }
}

/// The files of the folder itself, by name: what lies deeper belongs to something else.
fn top(files: impl IntoIterator<Item = Found>) -> BTreeMap<String, PathBuf> {
    let here = files.into_iter().filter(|file| !file.path.contains('/'));
    here.map(|file| (file.path, file.full)).collect()
}

/// SHA-256 (FIPS 180-4) in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
