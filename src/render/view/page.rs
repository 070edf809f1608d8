//! What templates see of a page that an author wrote: what it cites, who speaks of its subject.

use std::sync::Arc;

use serde::Serialize;

use super::{AnswerView, LinkView, SourceRef};

/// A page that cites a source.
#[derive(Clone, Debug, Serialize)]
pub struct UseView {
    /// Its title.
    pub title: String,
    /// The page and the first place on it.
    pub path: String,
    /// How many times.
    pub count: usize,
}

/// An entry of a page's list of references.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceView {
    /// Its number in the text.
    pub number: usize,
    /// The source.
    pub source: Arc<SourceRef>,
    /// Every place that cites it.
    pub places: Vec<CitePlace>,
}

/// A place that cites.
#[derive(Clone, Debug, Serialize)]
pub struct CitePlace {
    /// Its id on the page.
    pub id: String,
}

/// What one source says of a thing that a page is about.
#[derive(Clone, Debug, Serialize)]
pub struct MentionView {
    /// Who.
    pub source: Arc<SourceRef>,
    /// The answers that speak of it.
    pub answers: Vec<AnswerView>,
    /// Passages that speak of it, if the document may be shown.
    pub passages: Vec<PassageView>,
}

/// A passage of a document.
#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    /// The document's characters.
    pub text: String,
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
}

/// A page in the list of everything.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    /// Its title, description and path.
    #[serde(flatten)]
    pub page: LinkView,
    /// Its main headings, each with the way to it.
    pub headings: Vec<LinkView>,
}
