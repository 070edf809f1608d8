//! What the desk's app gets: the JSON of replies. Lengths and offsets in texts are UTF-16 code units, which JavaScript
//! counts.

use serde::Serialize;

use crate::status::CellState;

/// A part of one block of a document, as offsets in the block's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct TextRange {
    /// The index of the block in the document, from 0.
    pub(super) block: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A problem, as `build` would report it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProblemView {
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) path: String,
    /// The number of the line, from 1.
    pub(super) line: usize,
    /// The problem as it is printed in a terminal, without colours.
    pub(super) text: String,
}

/// What the board shows: questions, sources, the state of each cell, problems and recent changes.
#[derive(Debug, Serialize)]
pub(super) struct Board {
    pub(super) revision: u64,
    pub(super) site: SiteView,
    pub(super) questions: Vec<QuestionView>,
    pub(super) sources: Vec<SourceView>,
    /// A row for each question with the basis `editor`, with a state for each source.
    pub(super) cells: Vec<Vec<CellState>>,
    pub(super) read: usize,
    pub(super) cells_total: usize,
    pub(super) problems: Vec<ProblemView>,
    pub(super) history: HistoryView,
    /// The latest changes made by the desk or `rename` and not undone, the last one first.
    pub(super) recent: Vec<RecentView>,
}

#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) language: String,
    /// The longest quote that is allowed, in words.
    pub(super) quote_words: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct QuestionView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) short: String,
    /// `editor`, or `automatic` for a topic that rules propose.
    pub(super) basis: &'static str,
    pub(super) terms: Vec<String>,
    pub(super) positions: Vec<PositionView>,
    pub(super) read: usize,
    pub(super) cells: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct PositionView {
    pub(super) id: String,
    pub(super) label: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SourceView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) short: String,
    pub(super) publisher: Option<String>,
    /// A day, such as `2026-04-20`.
    pub(super) published: Option<String>,
    pub(super) has_record: bool,
    pub(super) has_document: bool,
    /// Number of words of the document.
    pub(super) words: usize,
    pub(super) read: usize,
    pub(super) cells: usize,
}

/// Descriptions of the changes that the next undo and redo would make; `None` if there is no such change.
#[derive(Debug, Serialize)]
pub(super) struct HistoryView {
    pub(super) undo: Option<String>,
    pub(super) redo: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct RecentView {
    pub(super) what: String,
    /// The ids of the source and question that the change is about, if any.
    pub(super) source: Option<String>,
    pub(super) question: Option<String>,
    /// A moment in UTC, such as `2026-11-29T14:00:03Z`.
    pub(super) at: String,
}

/// A source to be read, with all that its record says.
#[derive(Debug, Serialize)]
pub(super) struct Reader {
    pub(super) revision: u64,
    pub(super) source: ReaderSource,
    pub(super) document: Option<DocumentView>,
    /// The passages that rules found in the document, for each question.
    pub(super) passages: Vec<PassageView>,
    pub(super) answers: Vec<AnswerView>,
    pub(super) silences: Vec<SilenceView>,
    /// Problems of the record that are not in one of its answers.
    pub(super) problems: Vec<ProblemView>,
}

#[derive(Debug, Serialize)]
pub(super) struct ReaderSource {
    #[serde(flatten)]
    pub(super) view: SourceView,
    pub(super) url: Option<String>,
    pub(super) caution: Option<String>,
    pub(super) language: String,
    /// The record's path in the site, whether it exists or not.
    pub(super) record: String,
}

#[derive(Debug, Serialize)]
pub(super) struct DocumentView {
    pub(super) name: String,
    pub(super) blocks: Vec<BlockView>,
}

/// A paragraph of a document.
#[derive(Debug, Serialize)]
pub(super) struct BlockView {
    /// `text`, `heading`, `item`, `quote`, `caption`, `table`, `note`, `comment`, `message` or `boilerplate`.
    pub(super) kind: &'static str,
    /// The paragraph's number, from 1.
    pub(super) paragraph: usize,
    pub(super) text: String,
    /// The name of the page, chapter or time that begins with this paragraph.
    pub(super) division: Option<String>,
}

/// A passage that a rule found for a question.
#[derive(Debug, Serialize)]
pub(super) struct PassageView {
    pub(super) question: String,
    /// Relevance from 0 to 1.
    pub(super) score: f64,
    pub(super) ranges: Vec<TextRange>,
    /// The words for which it was found.
    pub(super) words: Vec<TextRange>,
    pub(super) voice: Option<&'static str>,
    pub(super) to: Option<String>,
    /// The words that revealed the voice.
    pub(super) cues: Vec<TextRange>,
    /// A quote of the passage that is short enough; `None` if none can be proved.
    pub(super) quote: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct AnswerView {
    pub(super) id: String,
    pub(super) question: String,
    pub(super) position: String,
    pub(super) summary: String,
    pub(super) quotes: Vec<QuoteView>,
    pub(super) voice: Option<String>,
    pub(super) to: Option<String>,
    pub(super) context: Option<String>,
    /// Whether position or summary is missing.
    pub(super) is_draft: bool,
    pub(super) problems: Vec<ProblemView>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuoteView {
    pub(super) written: String,
    /// The document's words; `None` if the quote is not proved.
    pub(super) text: Option<String>,
    /// Where it is: `p. 3, paragraph 12`.
    pub(super) place: Option<String>,
    pub(super) ranges: Vec<TextRange>,
}

#[derive(Debug, Serialize)]
pub(super) struct SilenceView {
    pub(super) question: String,
    pub(super) reason: Option<String>,
}

/// A selection as a quote: whether it is proved, where it is, and who says it.
#[derive(Debug, Serialize)]
pub(super) struct Proof {
    pub(super) proved: bool,
    /// The words of the document that the selection touches, also in part; empty if it touches no word.
    pub(super) quote: String,
    pub(super) words: usize,
    /// The longest quote that is allowed, in words.
    pub(super) limit: usize,
    pub(super) ranges: Vec<TextRange>,
    pub(super) place: Option<String>,
    /// Whose view the words are: `own`, `attributed`, `hedged` or `forecast`. `None` if the language has no rules.
    pub(super) voice: Option<&'static str>,
    pub(super) to: Option<String>,
    pub(super) cues: Vec<TextRange>,
    pub(super) cue_words: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Checked {
    pub(super) problems: Vec<ProblemView>,
}

/// The result of an action.
#[derive(Debug, Serialize)]
pub(super) struct Done {
    pub(super) history: HistoryView,
    /// The id of the answer that was saved, or that a quote was moved to.
    pub(super) id: Option<String>,
    /// The id of the new question.
    pub(super) question: Option<String>,
}

/// Why a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FailureKind {
    /// The file was changed elsewhere, so that the change no longer fits.
    Changed,
    /// The request, or the file that it would change, is not valid.
    Invalid,
    /// What the request names doesn't exist, such as a source, a question, or an address of the desk.
    Missing,
    /// The request doesn't come from the desk's own page, lacks the token, or isn't JSON.
    Forbidden,
    /// A file can't be read or written.
    Io,
}

/// A failed request.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    pub(super) kind: FailureKind,
    pub(super) message: String,
    pub(super) help: String,
    /// For [`FailureKind::Changed`]: the answer as the file has it now; `None` if it is not clear which one that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) current: Option<Box<AnswerView>>,
}

impl Failure {
    pub(super) fn new(kind: FailureKind, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: help.into(), current: None }
    }

    /// Returns the HTTP status for the failure's kind.
    pub(super) fn status(&self) -> u16 {
        match self.kind {
            FailureKind::Changed => 409,
            FailureKind::Invalid => 422,
            FailureKind::Missing => 404,
            FailureKind::Forbidden => 403,
            FailureKind::Io => 500,
        }
    }
}
