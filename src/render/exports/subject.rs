//! The kinds of pages, each with what it is about.

use crate::verify::{Page, Question, Source};

/// What a page is about.
#[derive(Clone, Copy)]
pub(in crate::render) enum Subject<'a> {
    /// The home page; its text, if the author wrote one.
    Home(Option<&'a Page>),
    /// A page that the author wrote.
    Page(&'a Page),
    /// One question.
    Question(&'a Question),
    /// One source.
    Source(&'a Source),
    /// Two sources side by side.
    Pair(&'a Source, &'a Source),
    /// All questions, or all sources, or a search in all.
    List,
    /// What isn't there.
    Missing,
}
