//! Second phase: splits every document into paragraphs and passages. The rules for the splitting are in
//! `quotes/segment`; this file runs them in parallel, with a cache.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sourcewise_quotes::SegmentedDocument;

use crate::cache::{Cache, Digest};
use crate::ids::SourceId;
use crate::load::Loaded;

/// The segmented documents of a site.
#[derive(Debug)]
pub struct Corpus {
    documents: BTreeMap<SourceId, (Digest, Arc<SegmentedDocument>)>,
}

impl Corpus {
    /// Returns the segmented document of a source; `None` if the source has no document, or that can't be read.
    pub fn get(&self, source: &SourceId) -> Option<&SegmentedDocument> {
        self.documents.get(source).map(|(_, document)| document.as_ref())
    }

    /// Returns the hash of all that the segmented document of a source depends on. `None` as in [`Self::get`].
    pub fn digest(&self, source: &SourceId) -> Option<Digest> {
        self.documents.get(source).map(|(digest, _)| *digest)
    }

    /// Whether both have the same documents.
    pub fn is_same(&self, other: &Self) -> bool {
        let digests = |corpus: &Self| -> Vec<(SourceId, Digest)> {
            corpus.documents.iter().map(|(id, (digest, _))| (id.clone(), *digest)).collect()
        };
        digests(self) == digests(other)
    }

    /// Iterates over all documents, sorted by source.
    pub fn iter(&self) -> impl Iterator<Item = (&SourceId, &SegmentedDocument)> {
        self.documents.iter().map(|(id, (_, document))| (id, document.as_ref()))
    }
}

/// Cache of segmented documents. The key is made from all that the text depends on ([`crate::load::Document::reading`])
/// and from the languages of the site and the source.
pub type PassageCache = Cache<Arc<SegmentedDocument>>;

/// Segments the documents of all sources, or takes them from the cache.
pub fn segment(loaded: &Loaded, cache: &PassageCache) -> Corpus {
    let documents = loaded.sources.par_iter().filter_map(|source| {
        let document = source.document.as_ref()?;
        let (language, fallback) = (source.about.language.as_deref(), loaded.site.language.as_str());
        let mut parts = vec![document.reading.as_ref(), fallback.as_bytes()];
        parts.extend(language.map(str::as_bytes));
        let key = Digest::of(&parts);
        let split =
            || SegmentedDocument::of(document.text.clone(), &document.blocks, language, fallback).into();
        Some((source.id.clone(), (key, cache.get_or_make(key, split))))
    });
    Corpus { documents: documents.collect() }
}
