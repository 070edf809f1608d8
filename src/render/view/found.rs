//! What templates see of what rules found: passages that answer, and text that two sources share.

use std::sync::Arc;

use serde::Serialize;
use sourcewise_analysis::Voice;

use super::{QuestionRef, SourceRef};

/// What a rule found in one source for one question.
#[derive(Clone, Debug, Serialize)]
pub struct FoundView {
    /// In which.
    pub source: Arc<SourceRef>,
    /// For which.
    pub question: Arc<QuestionRef>,
    /// The passages, best first: one to three.
    pub passages: Vec<FoundPassageView>,
    /// The sources that have the same text here.
    pub same_as: Vec<Arc<SourceRef>>,
}

/// A passage that a rule takes for an answer.
#[derive(Clone, Debug, Serialize)]
pub struct FoundPassageView {
    /// The id of its place on its source's page.
    pub id: String,
    /// True where it stands first on that page: there the id is.
    pub is_first: bool,
    /// Its text, cut at the words that matched and at cue words.
    pub pieces: Vec<FoundPiece>,
    /// True if it begins with a quotation mark of its own.
    pub is_quotation: bool,
    /// Number of the paragraph in the document, from 1.
    pub paragraph: usize,
    /// First byte in the document.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How well it answers, from 0 to 1: against the best passage for the question in all documents.
    pub score: f64,
    /// The same in hundredths, for reading.
    pub percent: u32,
    /// The words that matched, each once.
    pub words: Vec<String>,
    /// `own`, `attributed`, `hedged` or `forecast`, by rule.
    pub voice: Voice,
    /// The same in words.
    pub voice_text: String,
    /// To whom the words are put.
    pub to: Option<String>,
    /// The words at their publisher's, if the record has a `url`.
    pub original: Option<String>,
}

/// A stretch of a passage.
#[derive(Clone, Debug, Serialize)]
pub struct FoundPiece {
    /// The document's characters.
    pub text: String,
    /// True for words that make the voice what it is.
    pub cue: bool,
    /// True for words that the question looks for.
    pub matched: bool,
}

/// Text that two sources share, as the page of one of them tells it.
#[derive(Clone, Debug, Serialize)]
pub struct SharedView {
    /// The other.
    pub with: Arc<SourceRef>,
    /// The runs, in the order of the document at hand.
    pub runs: Vec<SharedRunView>,
    /// How many words run alike in all.
    pub words: usize,
}

/// A run of words that stands in two documents.
#[derive(Clone, Debug, Serialize)]
pub struct SharedRunView {
    /// The words, as the document at hand has them.
    pub text: String,
    /// Number of the paragraph in which they begin here, from 1.
    pub paragraph: usize,
    /// Number of the paragraph in which they begin there.
    pub paragraph_there: usize,
    /// How many words.
    pub words: usize,
    /// True if both quote somebody.
    pub quoted: bool,
}
