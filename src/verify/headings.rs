//! Headings, and ids for them that no other heading of the page has.

use std::collections::BTreeMap;

use crate::ids::slug;

/// A heading within a page.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id, unlike all others of its page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// The ids of a page's headings so far, each with the last number that was added to it.
#[derive(Debug, Default)]
pub(super) struct HeadingIds {
    taken: BTreeMap<String, usize>,
}

impl HeadingIds {
    /// Takes an id that the author gave. False if another heading has it.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned(), 1).is_none()
    }

    /// An id made of a heading's words.
    pub(super) fn free(&mut self, words: &str) -> String {
        let base = Some(slug(words)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "section".to_owned());
        let Some(mut number) = self.taken.get(&base).copied() else {
            self.take(&base);
            return base;
        };
        let id = loop {
            number += 1;
            let id = format!("{base}-{number}");
            if self.take(&id) {
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
    fn equal_headings_are_numbered_and_given_ids_are_kept_free() {
        let mut ids = HeadingIds::default();
        assert!(ids.take("fire-2"));
        assert!(!ids.take("fire-2"));
        assert_eq!([ids.free("Fire"), ids.free("Fire!"), ids.free("…")], ["fire", "fire-3", "section"]);
    }
}
