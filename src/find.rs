//! Third phase: what rules find in documents that nobody has read: the passages that answer a question, how they say it,
//! text that two documents share; and where the author has no questions, the topics to ask for.
//!
//! What a rule finds is labelled so on every page. The rules themselves lie in [`sourcewise_analysis`].

use std::collections::BTreeMap;
use std::ops::Range;

use indexmap::IndexMap;
use rayon::prelude::*;
use sourcewise_analysis::attribution::{Said, voices};
use sourcewise_analysis::passages::Ask;
use sourcewise_analysis::shared::{Run, Shared};
use sourcewise_analysis::{passages, shared, topics};
use sourcewise_quotes::SegmentedDocument;

use crate::ids::{PassageId, QuestionId, SourceId, slug};
use crate::load::{Basis, Loaded, Question, SourceDraft};
use crate::segment::Corpus;

/// Which documents are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those of which passages may be shown: what is published must not depend on who has the others.
    Shown,
    /// All that are at hand.
    AtHand,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Whose documents were searched, each with its place among them.
    places: BTreeMap<SourceId, usize>,
    /// The passages that answer, by question and document, best first.
    cells: BTreeMap<QuestionId, Vec<Vec<FoundPassage>>>,
    /// What documents have in common, word for word.
    shared: Option<Shared>,
    /// The questions to ask, where the author has none.
    topics: Vec<Question>,
}

/// A passage that a rule takes for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPassage {
    /// Which passage of the document.
    pub number: PassageId,
    /// How well it answers, from 0 to 1: against the best one for the question in all documents.
    pub score: f64,
    /// The words that matched: bytes in the document.
    pub words: Vec<Range<usize>>,
    /// How it says what it says.
    pub said: Said,
}

impl Found {
    /// The questions to ask where the author has written none: what the documents speak of.
    pub fn topics(&self) -> &[Question] {
        &self.topics
    }

    /// The passages of a source that answer a question, best first; `None` if its document was not searched.
    pub fn cell(&self, question: &QuestionId, source: &SourceId) -> Option<&[FoundPassage]> {
        let place = *self.places.get(source)?;
        self.cells.get(question)?.get(place).map(Vec::as_slice)
    }

    /// Which stretches of documents are the same text: for each the index of the first that is, or its own. Those of
    /// documents that were not searched are nobody's.
    pub fn same_text(&self, stretches: &[(&SourceId, Range<usize>)]) -> Vec<usize> {
        let searched = stretches.iter().enumerate().filter_map(|(index, (source, range))| {
            Some((index, (*self.places.get(*source)?, range.clone())))
        });
        let (indices, places): (Vec<usize>, Vec<shared::Place>) = searched.unzip();
        let mut same: Vec<usize> = (0..stretches.len()).collect();
        let witnesses = self.shared.as_ref().map(|shared| shared.witnesses(&places));
        for (index, witness) in indices.iter().zip(witnesses.into_iter().flatten()) {
            same[*index] = indices[witness];
        }
        same
    }

    /// All text that two documents share, each run with the sources of which it is.
    pub fn shared_runs(&self) -> impl Iterator<Item = ([&SourceId; 2], &Run)> {
        let sources: Vec<&SourceId> = self.places.keys().collect();
        let runs = self.shared.iter().flat_map(Shared::runs);
        runs.map(move |run| ([sources[run.first], sources[run.second]], run))
    }
}

/// Searches the documents. Where the author has written no question, it is for [`Found::topics`] that they are searched.
pub fn find(loaded: &Loaded, corpus: &Corpus, scope: Scope) -> Found {
    let wants_topics = loaded.questions.is_empty() && loaded.skipped.questions.is_empty();
    let searched = |source: &&SourceDraft| match scope {
        Scope::Shown => source.publish.allows_passages(),
        Scope::AtHand => true,
    };
    let sources: Vec<&SourceDraft> = loaded.sources.iter().filter(searched).collect();
    let documents = sources.iter().filter_map(|source| Some((&source.id, corpus.get(&source.id)?)));
    let (ids, documents): (Vec<&SourceId>, Vec<&SegmentedDocument>) = documents.unzip();
    let places = ids.into_iter().cloned().enumerate().map(|(place, id)| (id, place)).collect();
    let topics = if wants_topics { questions_of(&topics::topics(&documents)) } else { Vec::new() };
    let questions = if wants_topics { &topics } else { &loaded.questions };
    let (passages, shared) = rayon::join(|| cells(questions, &documents), || Shared::of(&documents));
    let cells = questions.iter().map(|question| question.id.clone()).zip(passages).collect();
    Found { places, cells, shared: Some(shared), topics }
}

/// The passages that answer, by question and document.
fn cells(questions: &[Question], documents: &[&SegmentedDocument]) -> Vec<Vec<Vec<FoundPassage>>> {
    let asks = questions.iter().map(|question| Ask {
        title: &question.title,
        terms: &question.terms,
        topic: question.basis == Basis::Automatic,
    });
    let hits = passages::find(&asks.collect::<Vec<_>>(), documents);
    let voices: Vec<Vec<Said>> = documents.par_iter().map(|document| voices(document)).collect();
    let with_voice = |place: usize, hits: Vec<passages::Hit>| -> Vec<FoundPassage> {
        let found = hits.into_iter().filter_map(|hit| {
            let at =
                documents[place].passages().binary_search_by_key(&hit.passage.range.start, |p| p.range.start);
            let number = PassageId::from_index(at.ok()?);
            let said = number.of(&voices[place]).clone();
            Some(FoundPassage { number, score: hit.score, words: hit.words, said })
        });
        found.collect()
    };
    let row = |row: Vec<Vec<passages::Hit>>| {
        row.into_iter().enumerate().map(|(place, hits)| with_voice(place, hits)).collect()
    };
    hits.into_iter().map(row).collect()
}

/// Topics as questions, in the order in which they were found.
fn questions_of(topics: &[topics::Topic]) -> Vec<Question> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let questions = topics.iter().enumerate().filter_map(|(at, topic)| {
        let slug = slug(&topic.label);
        let times = taken.entry(slug.clone()).or_default();
        *times += 1;
        let id = if *times > 1 { format!("{slug}-{times}") } else { slug };
        Some(Question {
            id: QuestionId::parse(&id)?,
            basis: Basis::Automatic,
            title: topic.label.clone(),
            short: None,
            order: u32::try_from(at + 1).ok(),
            terms: topic.terms.clone(),
            positions: IndexMap::new(),
            body: None,
        })
    });
    questions.collect()
}
