//! What templates see of a source: in a list, and in full.

use std::sync::Arc;

use serde::Serialize;
use sourcewise_analysis::Voice;

use super::{AnswerView, CoverageBar, DateView, FoundView, QuestionRef, SharedView, SourceRef, UseView};
use crate::load::Basis;

/// What a source rests on.
#[derive(Clone, Debug, Serialize)]
pub struct OriginView {
    /// Its name.
    pub name: String,
    /// Where it is found: in the site if `inside`, else on the web.
    pub address: Option<String>,
    /// True if it is a source of this site.
    pub inside: bool,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// A source, in a list.
#[derive(Clone, Debug, Serialize)]
pub struct SourceBrief {
    /// Its id, title, short name, publisher, date and page.
    #[serde(flatten)]
    pub source: Arc<SourceRef>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What sort of thing it is.
    pub kind: Option<String>,
    /// What it rests on.
    pub rests_on: Vec<OriginView>,
    /// The sources that share an origin with it.
    pub joined_with: Vec<Arc<SourceRef>>,
    /// `editor` if there is a record of it, else `automatic`.
    pub basis: Basis,
    /// How many questions it answers, as the author noted.
    pub answered: usize,
    /// For how many more a rule found passages in it.
    pub found_for: usize,
    /// How many questions it was read for and is silent on.
    pub silent: usize,
    /// For how many a rule found nothing in it.
    pub nothing: usize,
    /// For how many nobody looked.
    pub unread: usize,
    /// How many of its quotes were proved.
    pub quotes: usize,
    /// How much of what it says is in each voice.
    pub voices: Vec<VoiceCount>,
    /// The same, what a rule found and its silences, end to end, to be drawn.
    pub coverage: Vec<CoverageBar>,
}

/// A source, in full.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// What it is.
    #[serde(flatten)]
    pub brief: SourceBrief,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<DateView>,
    /// The language it is written in.
    pub language: Option<String>,
    /// The author's notes, as HTML.
    pub notes: Option<String>,
    /// SHA-256 of its document.
    pub sha256: Option<String>,
    /// How many words its document has.
    pub words: Option<usize>,
    /// What it says, by question.
    pub answers: Vec<AnswerView>,
    /// What a rule found in it, by question.
    pub found: Vec<FoundView>,
    /// What a rule found nothing for in it.
    pub nothing_found: Vec<Arc<QuestionRef>>,
    /// Text that it shares with other sources.
    pub shared: Vec<SharedView>,
    /// What it says nothing to, by question.
    pub silences: Vec<SilenceView>,
    /// What nobody read it for.
    pub unexamined: Vec<Arc<QuestionRef>>,
    /// The pages that cite it.
    pub used_on: Vec<UseView>,
    /// The paragraphs of its document, if all of it may be shown.
    pub full_text: Vec<String>,
}

/// How often a source speaks in one voice.
#[derive(Clone, Debug, Serialize)]
pub struct VoiceCount {
    /// The voice.
    pub voice: Voice,
    /// In words.
    pub text: String,
    /// How many answers.
    pub count: usize,
}

/// A question that a source is silent on.
#[derive(Clone, Debug, Serialize)]
pub struct SilenceView {
    /// Which.
    pub question: Arc<QuestionRef>,
    /// Why, or what the source says nearby, if the author wrote that down.
    pub reason: Option<String>,
}
