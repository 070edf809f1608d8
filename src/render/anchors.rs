//! HTML ids of answers, quotes, passages, paragraphs, citations and popovers, and relative paths to the site's root.
//! Links from pages, exports and the search index take the ids from here, so that they agree with their targets.
//!
//! Templates write some of these targets themselves, in the same form: `paragraph--…`, `preview--…`, `gist--…` and the
//! two constants. Other ids are not made here: those of headings come from `verify/headings.rs`, those of footnotes
//! from `footnotes.rs`, and those of questions, rows and sections of a page from the templates.

use crate::ids::{FastMap, PassageId, QuestionId};
use crate::verify::Source;

/// The list of silent sources on a question's page. `components.html` writes this id.
pub(super) const SILENT: &str = "cell--silent";
/// The section of a page with `mentions` that shows what the sources say. `components.html` writes this id.
pub(super) const MENTIONS: &str = "page--speaks";

#[derive(Debug)]
pub(super) struct AnswerAnchors {
    /// Unique among the answers to the same question: `gazette--1`.
    pub(super) answer: String,
    /// The ids of the answer's quotes on the source's page, in order: `quote--3`.
    pub(super) quotes: Vec<String>,
}

/// Returns the ids of a source's answers, in the order of its record. Quotes are numbered across all answers.
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

/// Returns the id of a passage on its source's page.
pub(super) fn passage(passage: PassageId) -> String {
    format!("passage--{}", passage.number())
}

/// Returns the id of a paragraph (`index` from 0) on the page of a source whose full text is published.
pub(super) fn paragraph(index: usize) -> String {
    format!("paragraph--{}", index + 1)
}

/// Returns the id of a citation on its page (`index` from 0 among the citations in the page's text).
pub(super) fn citation(index: usize) -> String {
    format!("cite--{}", index + 1)
}

/// Returns the id of the popover that previews a cited source, by the source's number in the list of references.
pub(super) fn preview(number: usize) -> String {
    format!("preview--{number}")
}

/// Returns the id of the popover that a question marker opens.
pub(super) fn gist(question: &QuestionId) -> String {
    format!("gist--{question}")
}

/// Returns the prefix of all ids in a question's text on the comparison page, which keeps them apart from the ids in
/// other questions' texts.
pub(super) fn text_prefix(question: &QuestionId) -> String {
    format!("{question}--text--")
}

/// Returns the relative path from a page to the site's root: `../` for each folder.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
