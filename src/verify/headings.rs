//! Makes the ids of headings, and of terms that a page defines: unique on their page, from their words
//! (`#the-old-mill`). `markdown` reads the ids that authors give (`{#mill}`); `links` checks that the heading of a link
//! exists.

use std::collections::BTreeMap;

use crate::ids::slug;

#[derive(Clone, Debug)]
pub struct Heading {
    /// From 1 to 6, as in the Markdown.
    pub level: u8,
    pub id: String,
    /// The heading's words, without formatting.
    pub text: String,
}

/// A term of a definition list. Links can lead to it.
#[derive(Clone, Debug)]
pub struct Term {
    pub id: String,
    /// The term's words, without formatting.
    pub(super) text: String,
}

/// The ids of a page's headings and terms so far. Each is mapped to the highest number that was appended to it for
/// further headings with the same words (2 if `fire-2` was the last), or to 1.
#[derive(Debug, Default)]
pub(super) struct HeadingIds {
    taken: BTreeMap<String, usize>,
}

impl HeadingIds {
    /// Registers an id. Returns false if another heading already has it.
    pub(super) fn register(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned(), 1).is_none()
    }

    /// Makes a unique id from a heading's words, and registers it. If the id is taken, appends a number: `fire-2`. A
    /// heading without letters and digits gets the id `section`.
    pub(super) fn unique(&mut self, words: &str) -> String {
        let base = Some(slug(words)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "section".to_owned());
        let Some(mut number) = self.taken.get(&base).copied() else {
            self.register(&base);
            return base;
        };
        let id = loop {
            number += 1;
            let id = format!("{base}-{number}");
            if self.register(&id) {
                break id;
            }
        };
        self.taken.insert(base, number);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_are_numbered_and_written_ids_are_not_reused() {
        let mut ids = HeadingIds::default();
        assert!(ids.register("fire-2"));
        assert!(!ids.register("fire-2"));
        assert_eq!([ids.unique("Fire"), ids.unique("Fire!"), ids.unique("…")], ["fire", "fire-3", "section"]);
    }
}
