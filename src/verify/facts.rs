//! Facts about a document, such as its hash, its length and its pages. Pages of the site show them even if the text may
//! not be published. They come from the document, or from the lock if the document is missing.

use std::collections::BTreeMap;

use rayon::prelude::*;
use sourcewise_quotes::{Divisions, LockedSource};

use crate::ids::SourceId;
use crate::load::SourceDraft;

/// What pages may say about a document even if its text may not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFacts {
    /// SHA-256 of the document's file, in hexadecimal.
    pub sha256: String,
    pub words: usize,
    /// Whether the text was recognised in images by a program (OCR), and may have errors.
    pub is_machine_read: bool,
    /// Whether the text is that of a web page's metadata, because the page itself shows hardly any text.
    pub is_from_metadata: bool,
    /// The pages, chapters or times of subtitles, if the document has any; from the lock, only those with quotes.
    pub divisions: Option<Divisions>,
}

impl DocumentFacts {
    pub(super) fn from_lock(locked: &LockedSource) -> Self {
        Self {
            sha256: locked.sha256.clone(),
            words: locked.words,
            is_machine_read: locked.machine_read,
            is_from_metadata: locked.from_metadata,
            divisions: locked.divisions.clone(),
        }
    }
}

/// Returns the facts about each document that was read, and whether it is outside `seeds/`.
pub(super) fn document_facts(sources: &[SourceDraft]) -> BTreeMap<SourceId, (DocumentFacts, bool)> {
    // In parallel, because counting the words of long documents is slow.
    let documents = sources.par_iter().filter_map(|source| {
        let document = source.document.as_ref()?;
        let facts = DocumentFacts {
            sha256: document.sha256.clone(),
            words: document.words,
            is_machine_read: document.is_machine_read,
            is_from_metadata: document.is_from_metadata,
            divisions: document.divisions.clone(),
        };
        Some((source.id.clone(), (facts, document.is_original)))
    });
    documents.collect()
}
