//! The ids of link targets on pages, and relative paths to the site's root. Every id that a page, the search index
//! or an export links to is built here, so that a link and its target can't differ.
//!
//! Ids that templates write themselves are constants here.

use crate::ids::{Lookup, PassageId, QuestionId};
use crate::verify::Source;

/// On a question's page: the list of silent sources.
pub(super) const SILENT: &str = "cell--silent";
/// On a page with `mentions`: what the sources say about its subject.
pub(super) const MENTIONS: &str = "page--speaks";

#[derive(Debug)]
pub(super) struct AnswerAnchors {
    /// Unique among the answers to the same question: `gazette--1`.
    pub(super) answer: String,
    /// The ids of its quotes on the source's page, in order: `quote--3`.
    pub(super) quotes: Vec<String>,
}

/// Returns the ids of all answers of a source, in order. Quotes are numbered across all answers of the source.
pub(super) fn of_answers(source: &Source) -> Vec<AnswerAnchors> {
    let mut counts: Lookup<&QuestionId, usize> = Lookup::default();
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

/// A passage on its source's page.
pub(super) fn passage(passage: PassageId) -> String {
    format!("passage--{}", passage.number())
}

/// A paragraph (0-based) on the page of a source whose full text is published.
pub(super) fn paragraph(index: usize) -> String {
    format!("paragraph--{}", index + 1)
}

/// A citation on its page, by 0-based index among the citations of the page's text.
pub(super) fn citation(index: usize) -> String {
    format!("cite--{}", index + 1)
}

/// The preview of a cited source, by its number in the page's references.
pub(super) fn preview(number: usize) -> String {
    format!("preview--{number}")
}

/// The popover that a question marker opens.
pub(super) fn gist(question: &QuestionId) -> String {
    format!("gist--{question}")
}

/// The prefix of ids in a question's text on the comparison page, which shows many texts.
pub(super) fn text_prefix(question: &QuestionId) -> String {
    format!("{question}--text--")
}

/// The relative path from a page to the site's root: `../` for each folder.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
