//! The type of a source as a bibliographic item, in the few types that both citation managers and search engines
//! have.

use crate::load::About;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemType {
    /// An article in a publication named by the record's publisher.
    Article,
    /// Any other source with a URL.
    Page,
    /// Any other source without a URL, such as a letter.
    Document,
}

/// Words in a record's `kind` that make a source with a publisher an article. They are English only; articles whose
/// `kind` is in another language become pages or documents, which is less specific but never wrong.
const ARTICLES: [&str; 3] = ["news", "newspaper", "article"];

impl ItemType {
    /// Determines the type from a source's record. A publisher, and a word of [`ARTICLES`] in `kind`, make an article,
    /// with or without a URL.
    pub(super) fn of(about: &About) -> Self {
        let kind = about.kind.as_deref().unwrap_or_default().to_lowercase();
        let mut words = kind.split(|c: char| !c.is_alphanumeric());
        if about.publisher.is_some() && words.any(|word| ARTICLES.contains(&word)) {
            Self::Article
        } else if about.url.is_some() {
            Self::Page
        } else {
            Self::Document
        }
    }
}
