//! Passages that rules found as answers, and text that two sources share.

use std::sync::Arc;

use serde::Serialize;
use sourcewise_analysis::Voice;

use super::{PlaceView, QuestionRef, SourceRef};

/// The passages that a rule found in one source for one question.
#[derive(Clone, Debug, Serialize)]
pub struct FoundView {
    pub source: Arc<SourceRef>,
    pub question: Arc<QuestionRef>,
    /// At most three passages, best first; at least one.
    pub passages: Vec<FoundPassageView>,
    /// Other sources that answer the question with the same text.
    pub same_as: Vec<Arc<SourceRef>>,
}

/// A passage that a rule found as an answer.
#[derive(Clone, Debug, Serialize)]
pub struct FoundPassageView {
    /// HTML id of the passage on its source's page.
    pub id: String,
    /// True at the passage's first occurrence on its source's page, false everywhere else. Only where it is true may a
    /// template write `id`, which must be unique.
    pub is_first: bool,
    /// Text, split at matched words and cue words.
    pub pieces: Vec<FoundPiece>,
    /// True if the text begins with a quotation mark.
    pub is_quotation: bool,
    /// Where it is in the document (the fields of `PlaceView`).
    #[serde(flatten)]
    pub place: PlaceView,
    /// Byte offset of the start in the document.
    pub start: usize,
    /// Byte offset of the end in the document, exclusive.
    pub end: usize,
    /// Match score from 0 to 1, relative to the best passage for the question in all documents.
    pub score: f64,
    /// `score` in percent, rounded.
    pub percent: u32,
    /// The matched words, without duplicates.
    pub words: Vec<String>,
    /// Determined by rule: `own`, `attributed`, `hedged` or `forecast`.
    pub voice: Voice,
    /// The voice in the site's language.
    pub voice_text: String,
    /// The person or organisation that the passage attributes its words to, if the passage itself names them, and not
    /// by a pronoun.
    pub to: Option<String>,
    /// Link to the words on the publisher's page, or to their page in its PDF, if the record has a `url`.
    pub original: Option<String>,
}

/// A part of a passage that is marked as a whole or not at all.
#[derive(Clone, Debug, Serialize)]
pub struct FoundPiece {
    /// Text of the part, in the document's own characters.
    pub text: String,
    /// True for cue words, which mark the voice.
    pub cue: bool,
    /// True for words that match the question's search terms.
    pub matched: bool,
}

/// Text that the current source shares with another one.
#[derive(Clone, Debug, Serialize)]
pub struct SharedView {
    /// The other source of the shared text.
    pub with: Arc<SourceRef>,
    /// The shared passages, in the order of one of the two documents: that of the source whose id sorts first.
    pub runs: Vec<SharedRunView>,
    /// Total number of shared words.
    pub words: usize,
}

/// A run of words that is in both documents.
#[derive(Clone, Debug, Serialize)]
pub struct SharedRunView {
    /// The words as written in the current source's document. Only the first words of a long text, unless the document
    /// is published in full.
    pub text: String,
    /// Number of the paragraph in the current source's document in which the words begin, from 1.
    pub paragraph: usize,
    /// Number of the paragraph in the other document in which the words begin, from 1.
    pub paragraph_there: usize,
    pub words: usize,
    /// True if nearly all of the words are in quotation marks in both documents. Then both may quote the same third
    /// party.
    pub quoted: bool,
}
