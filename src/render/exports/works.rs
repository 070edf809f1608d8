//! What sort of work a source is, in the few kinds that citation managers and search engines tell apart.

use crate::load::About;

/// A sort of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// An article in a paper: its publisher is what it appeared in.
    Article,
    /// Something on the web.
    Page,
    /// Anything else, such as a letter.
    Document,
}

/// Words in a record's `kind` by which an article is known. English only; the others are pages or documents, which is
/// less and never wrong.
const ARTICLES: [&str; 3] = ["news", "newspaper", "article"];

impl Work {
    /// What a source is, by its record.
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
