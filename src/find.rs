//! Third phase: analyses documents by rule. It finds the passages that answer a question, their attribution, and text
//! that documents share. If the site's author has written no questions, it proposes topics as questions.
//!
//! The rules are in [`sourcewise_analysis`], which refers to documents by number and knows nothing about sites. This
//! file calls it for the site's sources and questions.

mod short_quote;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;
use sourcewise_analysis::attribution::{Attribution, attributions};
use sourcewise_analysis::passages::{DocumentWords, QueryLanguage, SearchQuery};
use sourcewise_analysis::shared::{SharedPassage, SharedText};
use sourcewise_analysis::{passages, shared, topics};
use sourcewise_quotes::SegmentedDocument;

use crate::cache::{Cache, Digest};
use crate::ids::{PassageId, QuestionId, SourceId, slug};
use crate::load::{Basis, Loaded, Question, SourceDraft, Weight};
use crate::problem::{Code, Problem};
use crate::segment::Corpus;

pub use short_quote::{count_words, short_quote};

/// Which documents the analysis searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only documents whose passages may be published. Other documents may be missing on another machine, and the
    /// published site must not depend on that.
    Published,
    All,
}

/// The results of the analysis.
#[derive(Debug, Default)]
pub struct Found {
    /// The number of each searched document, from 0, by source. Documents are numbered in the order of their sources'
    /// ids, so the keys of this map are in the order of the numbers.
    indices: BTreeMap<SourceId, usize>,
    /// The passages that answer a question, by question and number of the document, best first.
    cells: BTreeMap<QuestionId, Arc<FoundCells>>,
    /// Text that documents share verbatim. `None` only in the default, for which nothing was analysed.
    shared: Option<Arc<SharedText>>,
    /// Questions proposed by rule from the topics of the documents. Empty if the site's author has written questions.
    topics: Arc<Vec<Question>>,
}

/// The passages that answer a question, by number of the document, best first.
type FoundCells = Vec<Vec<FoundPassage>>;

/// A passage that a rule found as an answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPassage {
    pub number: PassageId,
    /// Relevance from 0 to 1, relative to the best passage for the question in all documents.
    pub score: f64,
    /// The matched words, as byte ranges in the document.
    pub words: Vec<Range<usize>>,
    pub attribution: Attribution,
}

impl Found {
    /// The questions proposed from the topics of the documents. Empty if the site's author has written questions.
    pub fn topics(&self) -> &[Question] {
        &self.topics
    }

    /// Returns the passages of a source that answer a question, best first; `None` if its document was not searched, or
    /// not for this question.
    pub fn cell(&self, question: &QuestionId, source: &SourceId) -> Option<&[FoundPassage]> {
        let index = *self.indices.get(source)?;
        self.cells.get(question)?.get(index).map(Vec::as_slice)
    }

    /// Groups ranges of documents that contain the same text. Returns for each range the index of the first range in
    /// its group. A range of a document that was not searched is a group of its own.
    pub fn same_text(&self, ranges: &[(&SourceId, Range<usize>)]) -> Vec<usize> {
        let searched = ranges.iter().enumerate().filter_map(|(index, (source, range))| {
            Some((index, (*self.indices.get(*source)?, range.clone())))
        });
        let (indices, searched): (Vec<usize>, Vec<shared::DocumentRange>) = searched.unzip();
        let mut same: Vec<usize> = (0..ranges.len()).collect();
        let canonical = self.shared.as_ref().map(|shared| shared.canonical_passages(&searched));
        for (index, first) in indices.iter().zip(canonical.into_iter().flatten()) {
            same[*index] = indices[first];
        }
        same
    }

    /// Whether any two documents share a passage. Otherwise, [`Self::same_text`] finds nothing in two documents.
    pub fn has_shared_text(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| !shared.passages().is_empty())
    }

    /// Iterates over the passages that two documents share, with their two sources.
    pub fn shared_passages(&self) -> impl Iterator<Item = ([&SourceId; 2], &SharedPassage)> {
        // `sources[n]` is the source of document n, because the keys of `indices` are in the order of their values.
        let sources: Vec<&SourceId> = self.indices.keys().collect();
        let passages = self.shared.iter().flat_map(|shared| shared.passages());
        passages.map(move |passage| ([sources[passage.first], sources[passage.second]], passage))
    }
}

/// Caches of all that is found. A key has the documents, and for cells the question. Records are not part of it.
#[derive(Debug, Default)]
pub struct FindCache {
    words: Cache<Arc<DocumentWords>>,
    cells: Cache<Arc<FoundCells>>,
    attributions: Cache<Arc<Vec<Attribution>>>,
    shared: Cache<Arc<SharedText>>,
    topics: Cache<Arc<Vec<Question>>>,
}

impl FindCache {
    /// Ends a build: drops what the last builds didn't use.
    pub fn end_build(&self) {
        self.words.end_build();
        self.cells.end_build();
        self.attributions.end_build();
        self.shared.end_build();
        self.topics.end_build();
    }
}

/// The documents that are searched, with their hashes.
struct Documents<'a> {
    all: Vec<&'a SegmentedDocument>,
    digests: Vec<Digest>,
    /// The hash of `digests`.
    digest: Digest,
}

/// Searches the documents for answers to the site author's questions. If the author has written none, proposes topics
/// as questions and searches for passages about them. A question whose file has an error counts as written.
pub fn find(loaded: &Loaded, corpus: &Corpus, scope: Scope, cache: &FindCache) -> Found {
    let wants_topics = loaded.questions.is_empty() && loaded.skipped.questions.is_empty();
    let searched = |source: &&SourceDraft| match scope {
        Scope::Published => source.publish.allows_passages(),
        Scope::All => true,
    };
    let ids = loaded.sources.iter().filter(searched).map(|source| &source.id);
    let documents = ids.filter_map(|id| Some((id, (corpus.get(id)?, corpus.digest(id)?))));
    let (ids, documents): (Vec<&SourceId>, Vec<(&SegmentedDocument, Digest)>) = documents.unzip();
    let (all, digests): (Vec<&SegmentedDocument>, Vec<Digest>) = documents.into_iter().unzip();
    let digest = Digest::of(&digests.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    let documents = Documents { all, digests, digest };
    // `loaded.sources` is sorted by id, as `Found::indices` requires.
    let indices = ids.into_iter().cloned().enumerate().map(|(index, id)| (id, index)).collect();
    let make_topics = || questions_of(&topics::topics(&documents.all)).into();
    let topics = if wants_topics { cache.topics.get_or_make(digest, make_topics) } else { Arc::default() };
    let questions = if wants_topics { &*topics } else { &loaded.questions };
    let shared = || cache.shared.get_or_make(digest, || SharedText::of(&documents.all).into());
    let (passages, shared) = rayon::join(|| cells(questions, &documents, cache), shared);
    let cells = questions.iter().map(|question| question.id.clone()).zip(passages).collect();
    Found { indices, cells, shared: Some(shared), topics }
}

/// Returns a warning for each question whose terms find nothing in any document. Returns none at all if the document of
/// some source was not searched, because that document may have the terms.
pub fn terms_not_found(loaded: &Loaded, found: &Found) -> Vec<Problem> {
    let is_searched = |source: &SourceDraft| found.indices.contains_key(&source.id);
    if loaded.sources.is_empty() || !loaded.sources.iter().all(is_searched) {
        return Vec::new();
    }
    let warning = |question: &Question| {
        let is_found = found.cells.get(&question.id)?.iter().any(|passages| !passages.is_empty());
        let help = "use words of the documents; `*` at the end of a word finds all words that begin so";
        let message = format!("the terms of `{}` find no passage in any document", question.id);
        let span = question.terms_span.filter(|_| !is_found)?;
        Some(Problem::warning(Code::TermsNotFound, span, message, help))
    };
    loaded.questions.iter().filter_map(warning).collect()
}

/// Finds the passages that answer each question, or takes them from the cache.
fn cells(questions: &[Question], documents: &Documents<'_>, cache: &FindCache) -> Vec<Arc<FoundCells>> {
    let language = QueryLanguage::of(questions.iter().map(|question| question.title.as_str()));
    let queries = questions.iter().map(|question| {
        let query = SearchQuery {
            title: &question.title,
            terms: &question.terms,
            topic: question.basis == Basis::Automatic,
        };
        // The language is part of the key, because it is that of all titles together.
        let wanted = format!("{} {query:?}", language.tag());
        (query, Digest::of(&[documents.digest.as_ref(), wanted.as_bytes()]))
    });
    let queries: Vec<(SearchQuery<'_>, Digest)> = queries.collect();
    let known: Vec<Option<Arc<FoundCells>>> = queries.iter().map(|(_, key)| cache.cells.get(*key)).collect();
    let new = queries.iter().zip(&known).filter(|(_, known)| known.is_none());
    let (new, keys): (Vec<SearchQuery<'_>>, Vec<Digest>) = new.map(|(query, _)| *query).unzip();
    let mut found = documents.search(&new, language, cache).into_iter().zip(keys).map(|(cells, key)| {
        let cells = Arc::new(cells);
        cache.cells.insert(key, cells.clone());
        cells
    });
    known.into_iter().filter_map(|known| known.or_else(|| found.next())).collect()
}

impl Documents<'_> {
    /// Returns for each question a list of passages for each document.
    fn search(
        &self,
        queries: &[SearchQuery<'_>],
        language: QueryLanguage,
        cache: &FindCache,
    ) -> Vec<FoundCells> {
        if queries.is_empty() {
            return Vec::new();
        }
        let words = cache.words.get_or_make(self.digest, || DocumentWords::of(&self.all).into());
        let hits = words.find(queries, language, &self.all);
        let attributions = self.all.par_iter().zip(&self.digests).map(|(document, digest)| {
            cache.attributions.get_or_make(*digest, || attributions(document).into())
        });
        let attributions: Vec<Arc<Vec<Attribution>>> = attributions.collect();
        let with_attribution = |index: usize, hits: Vec<passages::Hit>| -> Vec<FoundPassage> {
            let found = hits.into_iter().filter_map(|hit| {
                let (passages, start) = (self.all[index].passages(), hit.passage.range.start);
                let at = passages.binary_search_by_key(&start, |passage| passage.range.start);
                let number = PassageId::from_index(at.ok()?);
                let attribution = number.of(&attributions[index]).clone();
                Some(FoundPassage { number, score: hit.score, words: hit.words, attribution })
            });
            found.collect()
        };
        let row = |row: Vec<Vec<passages::Hit>>| {
            row.into_iter().enumerate().map(|(index, hits)| with_attribution(index, hits)).collect()
        };
        hits.into_iter().map(row).collect()
    }
}

/// Converts topics to questions, in the same order. If an earlier topic has the same id, a number is appended:
/// `ferry-2`. A topic whose label has no letter or digit is left out, because no id can be made from it.
fn questions_of(topics: &[topics::Topic]) -> Vec<Question> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let questions = topics.iter().enumerate().filter_map(|(at, topic)| {
        let slug = slug(&topic.label);
        let mut id = slug.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{slug}-{number}");
        }
        Some(Question {
            id: QuestionId::parse(&id)?,
            basis: Basis::Automatic,
            title: topic.label.clone(),
            short: None,
            order: u32::try_from(at + 1).ok(),
            relation: None,
            group: None,
            weight: Weight::Normal,
            terms: topic.terms.clone(),
            terms_span: None,
            positions: IndexMap::new(),
            has_unread_positions: false,
            body: None,
        })
    });
    questions.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_from_topics_have_different_ids() {
        let labels = ["Ferry", "ferry", "Ferry 2", "Ferry", "…", "…"];
        let topics =
            labels.map(|label| topics::Topic { label: label.to_owned(), terms: Vec::new(), documents: 2 });
        let questions = questions_of(&topics);
        let ids: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["ferry", "ferry-2", "ferry-2-2", "ferry-3"]);
    }
}
