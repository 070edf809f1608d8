//! The kinds of pages, each with its content.

use crate::verify::{Page, Question, Source};

#[derive(Clone, Copy)]
pub(in crate::render) enum PageKind<'a> {
    /// The home page, with its text if the author wrote one.
    Home(Option<&'a Page>),
    /// A page written by the author.
    Page(&'a Page),
    Question(&'a Question),
    Source(&'a Source),
    /// Two sources side by side.
    Pair(&'a Source, &'a Source),
    /// A list of all questions, all sources or everything.
    List,
    /// The 404 page.
    NotFound,
}
