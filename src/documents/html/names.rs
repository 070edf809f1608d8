//! What the names that authors of pages give to parts of them (classes and ids) say of those parts.
//!
//! Names are taken apart into words, at hyphens, underscores and humps, because every site joins the same words in its
//! own way. An id is often made from a heading's words, so that it counts only if every word of it is such a name.

use super::lexicon::LEXICON;

/// Classes that hide their element, as the common frameworks name them.
#[rustfmt::skip]
const HIDING: &[&str] = &[
    "a11y-hidden", "d-none", "element-invisible", "hidden", "is-hidden", "sr-only", "screen-reader-text",
    "screenreader-only", "u-hidden", "visually-hidden", "visuallyhidden",
];

/// Classes of an element that are looked at.
const MAX_CLASSES: usize = 30;

/// Whether a class says that its element is no part of an article.
pub(crate) fn is_clutter_class(classes: &str) -> bool {
    classes.split_whitespace().take(MAX_CLASSES).any(|class| {
        let words = words(class);
        let aside = words.first().is_some_and(|first| LEXICON.class_qualifiers.contains(&first.as_str()));
        !aside && words_are_clutter(&words)
    })
}

/// Whether an id says so.
pub(crate) fn is_clutter_id(id: &str) -> bool {
    let words = words(id);
    let plain = |word: &String| {
        let number = word.chars().all(|c| c.is_ascii_digit());
        number || is_clutter_word(word) || LEXICON.id_fillers.contains(&word.as_str())
    };
    words_are_clutter(&words) && words.iter().all(plain)
}

/// Whether a class or id speaks of readers' comments.
pub(crate) fn is_comments(name: &str) -> bool {
    name.len() < 1_000 && has_word(name, &LEXICON.comment_names)
}

/// Whether a class hides its element from those who see.
pub(crate) fn is_hiding_class(classes: &str) -> bool {
    classes.split_whitespace().any(|class| HIDING.contains(&class))
}

/// Whether a class or id speaks of footnotes.
pub(crate) fn is_notes(name: &str) -> bool {
    name.len() < 200 && has_word(name, &LEXICON.note_names)
}

/// Whether a class speaks of what belongs to an article though it stands in a box.
pub(crate) fn is_matter(classes: &str) -> bool {
    classes.len() < 200 && has_word(classes, &LEXICON.matter_names)
}

/// Whether a class speaks of who took a picture.
pub(crate) fn is_credit(classes: &str) -> bool {
    classes.len() < 200 && has_word(classes, &LEXICON.credit_names)
}

/// Whether a word, or what it is before a common ending, says so.
fn is_clutter_word(word: &str) -> bool {
    let listed = |word: &str| LEXICON.clutter_names.binary_search(&word).is_ok();
    listed(word)
        || LEXICON.clutter_name_endings.iter().filter_map(|ending| word.strip_suffix(ending)).any(listed)
}

fn has_word(name: &str, list: &[&str]) -> bool {
    words(name).iter().any(|word| list.contains(&word.as_str()))
}

fn words_are_clutter(words: &[String]) -> bool {
    let pair = |pair: &[String]| match pair {
        [one, two] => LEXICON.clutter_name_pairs.contains(&(one, two)),
        _ => false,
    };
    words.iter().any(|word| is_clutter_word(word)) || words.windows(2).any(pair)
}

/// The words of a name, in lower case: `articleShare-bar_2` is article, share, bar, 2.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let hump = before.is_lowercase() && c.is_uppercase();
        let turn = c.is_numeric() != before.is_numeric() && before.is_alphanumeric();
        if hump || turn || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_words_however_joined() {
        for class in [
            "ad",
            "c-story__ad-slot",
            "articleShareBar",
            "post NewsletterBox",
            "most-read",
            "jp-relatedposts",
        ] {
            assert!(is_clutter_class(class), "{class}");
        }
        for class in [
            "adapted",
            "has-sidebar",
            "tag-ads",
            "commentary",
            "readable",
            "headline",
            "shared-lib",
            "breaking",
        ] {
            assert!(!is_clutter_class(class), "{class}");
        }
        assert!(is_clutter_id("related-articles") && is_clutter_id("comments") && !is_clutter_id("a"));
        assert!(!is_clutter_id("related-work") && !is_clutter_id("social-impact"));
    }
}
