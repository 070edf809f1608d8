//! Classifies elements by their class names and ids.
//!
//! Names are split into words at hyphens, underscores and camel-case humps, because sites join the same words
//! differently. The words are compared with the lists of `lexicon`. An id is often generated from a heading, so it
//! marks clutter only if each of its words is in a list: the id `related-articles` marks clutter, `related-work`
//! does not.

use super::lexicon::LEXICON;

/// Maximum number of classes examined per element.
const MAX_CLASSES: usize = 30;
/// Longer values of `class` or `id` are not searched for the names of notes, credits, navigation and the like, to
/// save time. [`clutter_words`] and [`is_clutter_id`] have no such limit.
const MAX_NAME_BYTES: usize = 199;
/// The limit for the names of readers' comments, whose boxes may have longer values.
const MAX_COMMENTS_NAME_BYTES: usize = 999;

/// Returns the words, and pairs of words, that mark the element with these classes as clutter. Classes are split
/// at `--`, and a part that starts with a qualifier has no such words: `has-sidebar`, `page--with-ads`.
pub(crate) fn clutter_words(classes: &str) -> impl Iterator<Item = String> {
    let parts = classes.split_whitespace().take(MAX_CLASSES).flat_map(|class| class.split("--"));
    let is_qualified = |words: &[String]| {
        words.first().is_some_and(|first| LEXICON.class_qualifiers.contains(&first.as_str()))
    };
    parts.map(words).filter(move |words| !is_qualified(words)).flat_map(|words| clutter_among(&words))
}

/// Whether an id marks its element as clutter.
pub(crate) fn is_clutter_id(id: &str) -> bool {
    let words = words(id);
    let is_generic = |word: &String| {
        let number = word.chars().all(|c| c.is_ascii_digit());
        number || is_clutter_word(word) || LEXICON.id_fillers.contains(&word.as_str())
    };
    !clutter_among(&words).is_empty() && words.iter().all(is_generic)
}

/// Whether a class or id refers to readers' comments.
pub(crate) fn is_comments_name(name: &str) -> bool {
    name.len() <= MAX_COMMENTS_NAME_BYTES && has_word(name, &LEXICON.comment_names)
}

/// Whether a class or id refers to footnotes.
pub(crate) fn is_notes_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES && has_word(name, &LEXICON.note_names)
}

/// Whether a class marks a box that belongs to the article, such as a fact box.
pub(crate) fn is_article_box(classes: &str) -> bool {
    classes.len() <= MAX_NAME_BYTES && has_word(classes, &LEXICON.article_box_names)
}

/// Whether a class marks a photo credit.
pub(crate) fn is_photo_credit(classes: &str) -> bool {
    classes.len() <= MAX_NAME_BYTES && has_word(classes, &LEXICON.credit_names)
}

/// Whether a class or id refers to the site's own links.
pub(crate) fn is_navigation_name(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: [&str; 14] = [
        "breadcrumb", "breadcrumbs", "megamenu", "menu", "menubar", "nav", "navbar", "navigation", "pager", "pagination",
        "sidenav", "subnav", "toc", "topnav",
    ];
    name.len() <= MAX_NAME_BYTES && has_word(name, &NAMES)
}

/// Whether a class or id refers to links to other articles.
pub(crate) fn is_teaser_name(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: [&str; 13] = [
        "mostpopular", "mostread", "promo", "readmore", "readnext", "recirculation", "recommended", "recommendations",
        "related", "relatedposts", "teaser", "teasers", "trending",
    ];
    name.len() <= MAX_NAME_BYTES && has_word(name, &NAMES)
}

/// Whether a word, with or without a common suffix, is in the list of clutter names.
fn is_clutter_word(word: &str) -> bool {
    let listed = |word: &str| LEXICON.clutter_names.binary_search(&word).is_ok();
    listed(word)
        || LEXICON.clutter_name_endings.iter().filter_map(|ending| word.strip_suffix(ending)).any(listed)
}

fn has_word(name: &str, list: &[&str]) -> bool {
    words(name).iter().any(|word| list.contains(&word.as_str()))
}

/// Returns the words, and pairs of words, that mean clutter.
fn clutter_among(words: &[String]) -> Vec<String> {
    let is_pair = |pair: &&[String]| match pair {
        [one, two] => LEXICON.clutter_name_pairs.contains(&(one, two)),
        _ => false,
    };
    let pairs = words.windows(2).filter(is_pair).map(|pair| pair.join(" "));
    words.iter().filter(|word| is_clutter_word(word)).cloned().chain(pairs).collect()
}

/// Splits a name into lower-case words: `articleShare-bar2` → article, share, bar, 2. Letters after a digit are not a
/// word of their own, because they are often part of a random number: `block-263ad12`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let is_hump = before.is_lowercase() && c.is_uppercase();
        let is_number = c.is_numeric() && before.is_alphabetic();
        if is_hump || is_number || !c.is_alphanumeric() {
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
    fn names_are_classified_by_their_words_however_joined() {
        let is_clutter = |class| clutter_words(class).next().is_some();
        for class in [
            "ad",
            "c-story__ad-slot",
            "articleShareBar",
            "post NewsletterBox",
            "most-read",
            "jp-relatedposts",
        ] {
            assert!(is_clutter(class), "{class}");
        }
        for class in [
            "adapted",
            "has-sidebar",
            "tag-ads",
            "commentary",
            "readable",
            "headline",
            "shared-lib",
            "panel--has-banner",
            "page--with-ads",
            "css-7ad3f1",
            "row40promo",
            "breaking",
        ] {
            assert!(!is_clutter(class), "{class}");
        }
        assert!(is_clutter_id("related-articles") && is_clutter_id("comments") && !is_clutter_id("a"));
        assert!(!is_clutter_id("related-work") && !is_clutter_id("social-impact"));
    }
}
