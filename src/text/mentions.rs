//! Whether a text speaks of a thing by one of its names.

use unicode_segmentation::UnicodeSegmentation;

use super::normal::{normal, stands_alone};

/// The names of a thing, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Names {
    names: Vec<Name>,
}

#[derive(Clone, Debug)]
struct Name {
    text: String,
    /// A name with a capital is looked for as it is, so that *Ascend* is no verb.
    exact: bool,
}

impl Names {
    /// Takes the names as an author wrote them.
    pub fn new(names: &[String]) -> Self {
        let names =
            names.iter().map(|name| normal(name)).filter(|name| name.unicode_words().next().is_some());
        let names = names.map(|text| Name { exact: text.chars().any(char::is_uppercase), text });
        Self { names: names.collect() }
    }

    /// True if one of the names stands in the text, whole.
    pub fn are_in(&self, text: &str) -> bool {
        let plain = normal(text);
        let lower = plain.to_lowercase();
        self.names.iter().any(|name| {
            let haystack = if name.exact { &plain } else { &lower };
            let mut found = haystack.match_indices(&name.text);
            found.any(|(at, found)| stands_alone(haystack, at..at + found.len()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole_and_with_their_capitals() {
        let names = Names::new(&["Ascend".to_owned(), "old mill".to_owned()]);
        assert!(names.are_in("Huawei’s Ascend chips"));
        assert!(names.are_in("The Old  Mill’s owner"));
        assert!(!names.are_in("to ascend the hill"));
        assert!(!names.are_in("Ascendant"));
    }
}
