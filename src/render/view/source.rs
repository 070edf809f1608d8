//! Views of sources: short ones for lists, full ones for the sources' own pages.

use std::sync::Arc;

use serde::Serialize;
use sourcewise_analysis::Voice;

use super::{AnswerView, CoverageBar, DateView, FoundView, QuestionRef, SharedView, SourceRef, UseView};
use crate::load::Basis;

/// An origin that a source rests on.
#[derive(Clone, Debug, Serialize)]
pub struct OriginView {
    pub name: String,
    /// Path relative to the site's root if `inside`, else the URL in `site.toml`, if it gives one.
    pub address: Option<String>,
    /// True if the origin is itself a source of this site.
    pub inside: bool,
    /// The note on the origin in `site.toml`.
    pub note: Option<String>,
}

/// A source in a list.
#[derive(Clone, Debug, Serialize)]
pub struct SourceBrief {
    /// The fields of `SourceRef`, such as the source's id, title, short name, publisher and path.
    #[serde(flatten)]
    pub source: Arc<SourceRef>,
    /// Author of the source, as named in the record.
    pub author: Option<String>,
    /// Kind of source, as written in the record: "news summary".
    pub kind: Option<String>,
    /// The origins that the source's record states.
    pub rests_on: Vec<OriginView>,
    /// Other sources that share an ultimate origin with this source: both rest on it, or one of them is it.
    pub joined_with: Vec<Arc<SourceRef>>,
    /// `editor` if the source has a record, else `automatic`.
    pub basis: Basis,
    /// Number of questions that the source answers according to its record.
    pub answered: usize,
    /// Number of questions that the source's record doesn't mention and for which a rule found passages.
    pub found_for: usize,
    /// Number of questions on which the source is silent according to its record.
    pub silent: usize,
    /// Number of questions that the source's record doesn't mention and for which a rule searched the source and found
    /// nothing.
    pub nothing: usize,
    /// Number of questions that the source's record doesn't mention and for which no rule searched the source.
    pub unread: usize,
    /// Number of verified quotes in the source's answers.
    pub quotes: usize,
    /// Number of answers in each voice. Voices without answers are left out.
    pub voices: Vec<VoiceCount>,
    /// Bars of the coverage diagram: answers by voice, then questions by `found_for`, `silent`, `nothing` and `unread`.
    pub coverage: Vec<CoverageBar>,
}

/// All that the page of a source shows.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// The fields of `SourceBrief`.
    #[serde(flatten)]
    pub brief: SourceBrief,
    pub url: Option<String>,
    pub retrieved: Option<DateView>,
    /// Language of the document, as a BCP 47 tag.
    pub language: Option<String>,
    /// The notes of the site's author on the source, as HTML.
    pub notes: Option<String>,
    /// SHA-256 of the source's document, in hexadecimal.
    pub sha256: Option<String>,
    /// Number of words in the source's document.
    pub words: Option<usize>,
    /// Whether the document's text was recognised in images by a program (OCR), and may have errors.
    pub is_machine_read: bool,
    /// Whether the document's text is from a web page's metadata, because the page itself shows no text.
    pub is_from_metadata: bool,
    /// The answers of the record, in the order of the questions.
    pub answers: Vec<AnswerView>,
    /// Passages found by rule, by question.
    pub found: Vec<FoundView>,
    /// Questions that the source's record doesn't mention and for which a rule searched the source and found nothing.
    pub nothing_found: Vec<Arc<QuestionRef>>,
    /// Text that the source shares word for word with others, by the others' columns.
    pub shared: Vec<SharedView>,
    /// Questions on which the source is silent according to its record.
    pub silences: Vec<SilenceView>,
    /// Questions that the source's record doesn't mention and for which no rule searched the source.
    pub unexamined: Vec<Arc<QuestionRef>>,
    /// Pages and questions that cite the source.
    pub used_on: Vec<UseView>,
    /// Paragraphs of the source's document, if the document may be published in full.
    pub full_text: Vec<Vec<TextPiece>>,
}

/// Number of answers in one voice.
#[derive(Clone, Debug, Serialize)]
pub struct VoiceCount {
    pub voice: Voice,
    /// The voice in the site's language.
    pub text: String,
    pub count: usize,
}

/// A question on which a source is silent.
#[derive(Clone, Debug, Serialize)]
pub struct SilenceView {
    pub question: Arc<QuestionRef>,
    /// Why the source is silent, or what it says instead, if the record states this.
    pub reason: Option<String>,
}

/// A part of a paragraph of a document.
#[derive(Clone, Debug, Serialize)]
pub struct TextPiece {
    pub text: String,
    /// Whether the document strikes these words out.
    pub is_struck: bool,
}
