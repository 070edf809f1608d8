//! Finds the passages that answer a question, by the words of its title and its terms.
//!
//! `index` is an inverted index of all documents. `terms` parses terms, `query` looks a question up in the index,
//! `score` ranks passages, and `pick` selects the best passages of each document.

mod index;
mod pick;
mod query;
mod score;
mod terms;

use std::ops::Range;

use rayon::prelude::*;
use sourcewise_quotes::{Passage, SegmentedDocument};
use unicode_segmentation::UnicodeSegmentation;

use crate::lexicons::Lexicon;

use index::Index;
use query::ResolvedQuery;
pub use terms::{UselessTerm, useless};

/// A question that is searched in the documents.
#[derive(Clone, Copy, Debug)]
pub struct SearchQuery<'q> {
    pub title: &'q str,
    /// Words, phrases and prefixes (`prefix*`). An answer must contain at least one of them, if there are any.
    pub terms: &'q [String],
    /// Whether the question only names a topic. Then each document's best passage with one of the terms is a hit,
    /// however low its score.
    pub topic: bool,
}

/// A passage that answers a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub passage: Passage,
    /// From 0 to 1, relative to the best passage for the question in all documents; rounded to three decimals.
    pub score: f64,
    /// Byte ranges of the matched words in the document's text, in order.
    pub words: Vec<Range<usize>>,
}

/// The words of documents, to search for many questions.
#[derive(Debug)]
pub struct DocumentWords(Index);

impl DocumentWords {
    /// Reads the words of all documents.
    pub fn of(documents: &[&SegmentedDocument]) -> Self {
        Self(Index::of(documents))
    }

    /// Returns the hits of each question in each document: at most three per document, best first. `documents` must be
    /// those of [`Self::of`], `language` the language of the questions.
    pub fn find(
        &self,
        queries: &[SearchQuery<'_>],
        language: QueryLanguage,
        documents: &[&SegmentedDocument],
    ) -> Vec<Vec<Vec<Hit>>> {
        let resolved = |query| ResolvedQuery::of(query, &self.0, language.0);
        let cells =
            queries.par_iter().map(|query| pick::pick(&resolved(query), &self.0, documents, query.topic));
        cells.collect()
    }
}

/// The language of all questions of a site.
#[derive(Clone, Copy, Debug)]
pub struct QueryLanguage(&'static Lexicon);

impl QueryLanguage {
    /// Recognizes the language of titles by their stop words.
    pub fn of<'t>(titles: impl IntoIterator<Item = &'t str>) -> Self {
        let titles: Vec<String> = titles.into_iter().map(str::to_lowercase).collect();
        let words: Vec<&str> = titles.iter().flat_map(|title| title.unicode_words()).collect();
        Self(Lexicon::best_match(&words))
    }

    /// The BCP 47 tag of the language; empty if the language is not supported.
    pub fn tag(self) -> &'static str {
        self.0.language()
    }
}

/// Returns the hits of each question in each document, as [`DocumentWords::find`] does. The titles of all questions
/// should be in one language.
pub fn find(queries: &[SearchQuery<'_>], documents: &[&SegmentedDocument]) -> Vec<Vec<Vec<Hit>>> {
    let language = QueryLanguage::of(queries.iter().map(|query| query.title));
    DocumentWords::of(documents).find(queries, language, documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAZETTE: &str = "Fire at the old mill\n\nThe old mill at the ford burnt down on Friday, and lightning was the \
        cause of the fire. The owner was away in town on that day.\n\nThe ferry runs again. What caused the fire?";
    const COURIER: &str = "The ferry at the ford has a new driver since last week. He is a son of the miller and knows \
        the river well.";

    fn documents(texts: &[(&str, &str)]) -> Vec<SegmentedDocument> {
        texts
            .iter()
            .map(|(text, language)| SegmentedDocument::of((*text).into(), &[], Some(language), "en"))
            .collect()
    }

    fn found(title: &str, terms: &[&str], documents: &[SegmentedDocument]) -> Vec<Vec<String>> {
        let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
        let query = SearchQuery { title, terms: &terms, topic: false };
        let all: Vec<&SegmentedDocument> = documents.iter().collect();
        let cells = find(&[query], &all).remove(0);
        let texts = |(cell, document): (Vec<Hit>, &SegmentedDocument)| {
            cell.iter().map(|hit| document.words_of(&hit.passage).into_owned()).collect()
        };
        cells.into_iter().zip(documents).map(texts).collect()
    }

    #[test]
    fn a_passage_with_a_term_answers_and_a_document_without_one_is_silent() {
        let documents = documents(&[(GAZETTE, "en"), (COURIER, "en")]);
        let cells = found("What caused the fire?", &["lightning", "arson"], &documents);
        assert_eq!(cells[0].len(), 1);
        assert!(cells[0][0].starts_with("The old mill at the ford burnt down"));
        assert_eq!(cells[1], Vec::<String>::new());
        assert_eq!(found("What caused the fire?", &["arson"], &documents), [[""; 0], [""; 0]]);
    }

    #[test]
    fn headings_never_answer() {
        let documents = documents(&[("Fire at the old mill\n\nThe ferry runs again.", "en")]);
        assert_eq!(found("Was there a fire?", &["fire"], &documents), [[""; 0]]);
    }

    #[test]
    fn a_question_for_an_amount_prefers_passages_with_numbers() {
        let text = "The mill has cost them dear. The mill has cost them 4,200 pounds.";
        let documents = documents(&[(text, "en")]);
        let cells = found("How much was the mill?", &["cost"], &documents);
        assert!(cells[0][0].contains("4,200"), "{cells:?}");
        let cells = found("Was it the mill?", &["cost"], &documents);
        assert!(cells[0][0].contains("dear"), "{cells:?}");
    }

    #[test]
    fn more_terms_never_find_less() {
        let texts =
            [GAZETTE, COURIER, "The river has burst the old dam. No one saw the old river mill burn."];
        let documents = documents(&texts.map(|text| (text, "en")));
        let terms = ["old mill", "river mill", "mill", "burn*", "river", "in town", "the old", "burnt down"];
        let answering = |terms: &[&str]| -> Vec<bool> {
            found("What of the old river?", terms, &documents).iter().map(|cell| !cell.is_empty()).collect()
        };
        for set in 1_u32..1 << terms.len() {
            let some: Vec<&str> = terms
                .iter()
                .enumerate()
                .filter(|(at, _)| set >> at & 1 == 1)
                .map(|(_, term)| *term)
                .collect();
            let all = answering(&some);
            for term in &some {
                let alone = answering(&[term]);
                assert!(alone.iter().zip(&all).all(|(alone, all)| !alone || *all), "{term} of {some:?}");
            }
        }
    }

    #[test]
    fn a_question_without_terms_uses_the_words_of_its_title() {
        let documents = documents(&[(GAZETTE, "en"), (COURIER, "en")]);
        let cells = found("Who is the new driver of the ferry?", &[], &documents);
        assert!(cells[1][0].contains("driver"), "{cells:?}");
    }

    #[test]
    fn matched_words_are_byte_ranges_of_the_document() {
        let documents =
            documents(&[("The “U.S.” mills — of which there are many — rely on self-made bricks.", "en")]);
        let terms = ["US".to_owned(), "self-mad*".to_owned(), "mill".to_owned(), "brick work".to_owned()];
        let query = SearchQuery { title: "What do they rely on?", terms: &terms, topic: false };
        let hits = find(&[query], &[&documents[0]]).remove(0).remove(0);
        let words: Vec<&str> =
            hits[0].words.iter().map(|range| &documents[0].text()[range.clone()]).collect();
        assert_eq!(words, ["U.S", "mills", "rely", "self-made", "bricks"]);
        assert!((hits[0].score - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn stems_depend_on_the_document_and_terms_may_be_in_any_script() {
        let documents = documents(&[
            ("Die alten Mühlen an der Furt brannten am Freitag ab.", "de"),
            ("河边的旧磨坊在星期五被大火烧毁了。", "zh"),
        ]);
        let cells = found("Was brannte ab?", &["Mühle", "磨坊"], &documents);
        assert_eq!((cells[0].len(), cells[1].len()), (1, 1));
    }

    #[test]
    fn a_second_passage_with_the_same_words_is_left_out() {
        let again =
            "The old mill burnt down on Friday in a great fire. On Friday the old mill burnt down in a fire.";
        let documents = documents(&[(again, "en")]);
        assert_eq!(found("What burnt down?", &["mill", "fire"], &documents)[0].len(), 1);
    }

    #[test]
    fn empty_queries_and_documents_have_no_hits() {
        assert!(find(&[], &[]).is_empty());
        assert_eq!(found("", &["*", ""], &documents(&[("", "en"), (COURIER, "en")])), [[""; 0], [""; 0]]);
    }
}
