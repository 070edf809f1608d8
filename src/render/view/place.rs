//! Where words are in a document.

use serde::Serialize;

/// The place of words in a document.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// The place in the site's language: "p. 12, paragraph 3".
    pub place: String,
    /// Number of the paragraph in the document, from 1.
    pub paragraph: usize,
    /// The page of a PDF on which the words begin, counted from 1.
    pub page: Option<usize>,
    /// The number printed on that page, if it differs and the file states it.
    pub page_label: Option<String>,
    /// The page on which the words end, if that is a later one.
    pub last_page: Option<usize>,
    /// The number printed on the last page, if it differs and the file states it.
    pub last_page_label: Option<String>,
    /// The title of the chapter, in a book without pages.
    pub chapter: Option<String>,
    /// The time at which subtitles show the first words: `00:01:23`.
    pub time: Option<String>,
}
