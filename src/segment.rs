//! Second phase: every document cut into paragraphs and passages.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sourcewise_quotes::Segmented;

use crate::ids::SourceId;
use crate::load::Loaded;
use crate::memo::{Fingerprint, Memo};

/// All documents that are at hand, cut up.
#[derive(Debug)]
pub struct Corpus {
    documents: BTreeMap<SourceId, Arc<Segmented>>,
}

impl Corpus {
    /// The document of a source, if it is at hand.
    pub fn get(&self, source: &SourceId) -> Option<&Segmented> {
        self.documents.get(source).map(Arc::as_ref)
    }

    /// All documents, by source.
    pub fn iter(&self) -> impl Iterator<Item = (&SourceId, &Segmented)> {
        self.documents.iter().map(|(id, document)| (id, document.as_ref()))
    }
}

/// Documents that were cut up, by what they were made from.
pub type Kept = Memo<Arc<Segmented>>;

/// Cuts every document that is at hand and not `kept`.
pub fn segment(loaded: &Loaded, kept: &Kept) -> Corpus {
    let documents = loaded.sources.par_iter().filter_map(|source| {
        let document = source.document.as_ref()?;
        let (language, otherwise) = (source.about.language.as_deref(), loaded.site.language.as_str());
        let key = || {
            Fingerprint::of(|content| {
                content.fingerprint(&document.reading);
                content.maybe(language);
                content.add(otherwise);
            })
        };
        let cut = || Segmented::of(document.text.clone(), &document.blocks, language, otherwise).into();
        Some((source.id.clone(), kept.get(key, cut)))
    });
    Corpus { documents: documents.collect() }
}
