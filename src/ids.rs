//! Typed identifiers of sources, questions, groups, positions, origins and passages.
//!
//! An id is parsed once, when a file is loaded. `verify` checks later whether the source, question … with that id
//! exists.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;
use sourcewise_quotes::{normal, sha256};
use unicode_normalization::char::is_combining_mark;

/// A hash map that preserves insertion order. Look-ups are faster than in a `BTreeMap`.
pub type FastMap<K, V> = IndexMap<K, V>;

/// Whether a string is a valid id: letters and digits of any script, `-` and `_`, beginning with a letter or digit.
/// An id is safe in a file name, a URL and an HTML `id`. Two hyphens in a row are reserved, because HTML ids are built
/// with them: `quote--4f0c9a1b7d2e`.
pub fn is_id(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || is_combining_mark(c) || c == '-' || c == '_')
        && !text.contains("--")
}

/// Converts any text to a lower-case id: each run of hyphens and of characters that are invalid in ids becomes one `-`,
/// or is removed at the start and end. The result may be empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || ((c == '_' || is_combining_mark(c)) && !slug.is_empty()) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Number of hexadecimal digits of an id made from words. With 48 bits, two quotes of one source practically never have
/// the same id by chance, and links stay short.
const WORDS_ID_CHARS: usize = 12;

/// Makes an id from words: a hash of their normal form. The same words always have the same id, in whatever typography
/// they are written, and other words have another id. So a link to a quote never leads to other words later.
pub fn id_of_words(words: &str) -> String {
    let mut hash = sha256(normal(words).as_bytes());
    hash.truncate(WORDS_ID_CHARS);
    hash
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Parses an id; returns `None` if it is invalid (see [`is_id`]).
            pub fn parse(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.into()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// Id of a source: the stem of its record's file name; without a record, the [`slug`] of its document's stem.
    SourceId
}
id! {
    /// Id of a question, a row of the comparison: the stem of its file in `content/questions/`.
    QuestionId
}
id! {
    /// Id of a position, one of the possible answers to a question: a key of the question's `[positions]`.
    PositionId
}
id! {
    /// Id of an origin, an outlet, person or document that sources rest on: a key of `[origins]` in `site.toml`.
    OriginId
}
id! {
    /// Id of a group of questions: a key of `[groups]` in `site.toml`.
    GroupId
}

/// Identifies a passage by its index among the passages of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassageId(usize);

impl PassageId {
    /// Creates an id from an index, counted from 0.
    pub fn from_index(index: usize) -> Self {
        Self(index)
    }

    /// Returns the value for this passage, from a list that holds one value for every passage of the document.
    pub fn of<T>(self, values: &[T]) -> &T {
        &values[self.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_consists_of_letters_digits_hyphens_and_underscores() {
        for good in ["wsj-insiders", "000_b98", "Reuters", "新华社", "हिन्दी"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a b", "a/b", "..", "a.b", "a--b", "\u{301}a", "a\"", "<x>"] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn an_id_of_words_ignores_typography_and_nothing_else() {
        let id = id_of_words("It’s the mill’s  wheel");
        assert!(id.len() == WORDS_ID_CHARS && is_id(&id), "{id}");
        assert_eq!(id, id_of_words("It's the mill's wheel"));
        for other in ["it's the mill's wheel", "It's the mill's wheels", "It's the mill's … wheel", ""] {
            assert_ne!(id, id_of_words(other), "{other}");
        }
    }

    #[test]
    fn a_slug_is_an_id_or_empty() {
        assert_eq!(slug("My Report (final)!"), "my-report-final");
        assert_eq!(slug("Über Größe"), "über-größe");
        assert_eq!(slug("…"), "");
    }
}
