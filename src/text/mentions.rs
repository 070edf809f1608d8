//! Detects whether a text mentions a subject by one of its names. Pages about a person or thing list its names as
//! `mentions` in their front matter, and show what the sources say about it.

use sourcewise_quotes::boundaries::is_whole_words;
use sourcewise_quotes::normal;
use unicode_segmentation::UnicodeSegmentation;

/// A text in normal form, and the same in lower case for names in which case doesn't count.
#[derive(Clone, Debug)]
pub struct Searchable {
    plain: String,
    lower: String,
}

impl Searchable {
    pub fn new(text: &str) -> Self {
        let plain = normal(text);
        Self { lower: plain.to_lowercase(), plain }
    }
}

/// The names of one subject: *the old mill*, *the mill at the ford*.
#[derive(Clone, Debug)]
pub struct Names {
    names: Vec<NormalizedName>,
}

#[derive(Clone, Debug)]
struct NormalizedName {
    text: String,
    /// Whether case counts: true if the name has a capital letter, so that the name *Ascend* doesn't match the verb
    /// *ascend*.
    case_sensitive: bool,
}

impl Names {
    /// Brings the names that the page's author wrote into normal form. Drops names without words, such as `–`.
    pub fn new(names: &[String]) -> Self {
        let names =
            names.iter().map(|name| normal(name)).filter(|name| name.unicode_words().next().is_some());
        let names =
            names.map(|text| NormalizedName { case_sensitive: text.chars().any(char::is_uppercase), text });
        Self { names: names.collect() }
    }

    /// Whether the text contains one of the names as whole words.
    pub fn are_in(&self, text: &Searchable) -> bool {
        self.names.iter().any(|name| {
            let haystack = if name.case_sensitive { &text.plain } else { &text.lower };
            let mut matches = haystack.match_indices(&name.text);
            matches.any(|(at, name)| is_whole_words(haystack, at..at + name.len()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_whole_words_with_their_capitals() {
        let names = Names::new(&["Ascend".to_owned(), "old mill".to_owned()]);
        let are_in = |text: &str| names.are_in(&Searchable::new(text));
        assert!(are_in("Huawei’s Ascend chips"));
        assert!(are_in("The Old  Mill’s owner"));
        assert!(!are_in("to ascend the hill"));
        assert!(!are_in("Ascendant"));
    }
}
