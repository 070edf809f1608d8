//! The kinds of pages, each with the data from which `metadata.rs` builds the page's metadata.

use crate::verify::{Page, Question, Source};

#[derive(Clone, Copy)]
pub(in crate::render) enum PageKind<'a> {
    /// The home page, with its text if the site's author wrote one.
    Home(Option<&'a Page>),
    /// Any other page by the site's author.
    Page(&'a Page),
    Question(&'a Question),
    Source(&'a Source),
    /// Two sources side by side.
    Pair(&'a Source, &'a Source),
    /// The comparison, the list of sources or the search page.
    List,
    NotFound,
}
