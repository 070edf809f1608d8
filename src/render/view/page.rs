//! Views about pages that the site's author wrote: where they cite a source, their references and mentions, and the
//! table of contents.

use std::sync::Arc;

use serde::Serialize;

use super::{AnswerView, LinkView, PlaceView, QuestionRef, SourceRef};

/// A page or question that cites the current source.
#[derive(Clone, Debug, Serialize)]
pub struct UseView {
    pub title: String,
    /// Path of the page, relative to the site's root. For a page of the site's author, with the anchor of the first
    /// citation of the source.
    pub path: String,
    /// How often the page cites the source.
    pub count: usize,
}

/// An entry in a page's list of references.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceView {
    /// The source's number, which is the same on all pages.
    pub number: usize,
    pub source: Arc<SourceRef>,
    /// All citations of the source on the page.
    pub places: Vec<CitePlace>,
}

/// A citation in the text.
#[derive(Clone, Debug, Serialize)]
pub struct CitePlace {
    /// HTML id of the citation.
    pub id: String,
    /// The place in the document: as the citation names it, else the page, time or chapter of its quote.
    pub place: Option<String>,
}

/// What a source says about the subject of a page, whose names are `mentions` in the page's front matter.
#[derive(Clone, Debug, Serialize)]
pub struct MentionView {
    pub source: Arc<SourceRef>,
    /// Answers that name the subject.
    pub answers: Vec<AnswerView>,
    /// Passages that name the subject, if the source's passages may be published.
    pub passages: Vec<PassageView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    /// Text in the document's own characters.
    pub text: String,
    /// Where it is in the document (the fields of `PlaceView`).
    #[serde(flatten)]
    pub place: PlaceView,
}

/// A page in the list on the search page.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    /// Title, description and path (the fields of `LinkView`).
    #[serde(flatten)]
    pub page: LinkView,
    /// Links to the headings of the highest level that the page's text uses.
    pub headings: Vec<LinkView>,
}

/// The short answer that a page begins with: the variable `verdict`.
#[derive(Debug, Serialize)]
pub struct VerdictView {
    /// A sentence that sums up the answers.
    pub text: Option<String>,
    pub answers: Vec<VerdictAnswerView>,
    /// The columns of the picture: indexes in `comparison.questions`, from 0. Empty if the site has too many sources for
    /// a picture.
    pub columns: Vec<usize>,
}

/// The short answer to one question.
#[derive(Debug, Serialize)]
pub struct VerdictAnswerView {
    pub question: Arc<QuestionRef>,
    /// The answer in the words of the site's author.
    pub answer: String,
    /// What the answer rests on.
    pub note: Option<String>,
}
