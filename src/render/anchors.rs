//! The ids of places on pages, and the way from a page to the site's root. Every id that a page, the search index or an
//! export leads to is made here and nowhere else, so that a link and its target can't differ.
//!
//! Templates write some of these ids themselves; those are constants here.

use crate::ids::{FastMap, PassageId, QuestionId};
use crate::verify::Source;

/// On a question's page: the sources that are silent on it.
pub(super) const SILENT: &str = "cell--silent";
/// On a page about a thing: what the sources say of it.
pub(super) const MENTIONS: &str = "page--speaks";

/// The ids of an answer and of its quotes.
#[derive(Debug)]
pub(super) struct AnswerAnchors {
    /// The answer's, unlike that of any other answer to its question: `gazette--1`.
    pub(super) answer: String,
    /// Those of its quotes on their source's page, in the order of the quotes: `quote--3`.
    pub(super) quotes: Vec<String>,
}

/// The ids of all answers of a source, in their order. A quote's id depends on all quotes of its source.
pub(super) fn of_answers(source: &Source) -> Vec<AnswerAnchors> {
    let mut counts: FastMap<&QuestionId, usize> = FastMap::default();
    let mut quote_numbers = 1..;
    let anchors = source.answers.iter().map(|answer| {
        let nth = counts.entry(&answer.question).or_default();
        *nth += 1;
        let numbers = quote_numbers.by_ref().take(answer.quotes.len());
        AnswerAnchors {
            answer: format!("{}--{nth}", source.id),
            quotes: numbers.map(|number: usize| format!("quote--{number}")).collect(),
        }
    });
    anchors.collect()
}

/// The id of a passage on its source's page.
pub(super) fn passage(passage: PassageId) -> String {
    format!("passage--{}", passage.number())
}

/// The id of a paragraph of a document that its source's page shows as a whole, from 0.
pub(super) fn paragraph(index: usize) -> String {
    format!("paragraph--{}", index + 1)
}

/// The id of a citation on its page, by its place among the citations of the page's text, from 0.
pub(super) fn citation(index: usize) -> String {
    format!("cite--{}", index + 1)
}

/// The id of the preview of a cited source, by its number in the page's references.
pub(super) fn preview(number: usize) -> String {
    format!("preview--{number}")
}

/// The id of what a marker of a question shows.
pub(super) fn gist(question: &QuestionId) -> String {
    format!("gist--{question}")
}

/// What goes before the ids of a question's text on the page of all questions.
pub(super) fn text_prefix(question: &QuestionId) -> String {
    format!("{question}--text--")
}

/// The way from a page to the site's root.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
