//! Recognises phrases that mark a site's own text: labels of advertisements, headings of boxes, calls to subscribe,
//! copyright lines.
//!
//! Phrases count only in short blocks, and most of them only at the start, so that an article about newsletters loses
//! nothing. The phrases are in `lexicons/<language>/site.txt`.

use sourcewise_quotes::is_byline;

use super::lexicon::LEXICON;

/// The kind of box that a short block labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Advert,
    /// A box with links to other pages, a call to subscribe, or a note about the article's author.
    Box,
    Comments,
    /// The text of a button, such as "Donate now". It is the last block of its box; other labels are the first.
    Action,
}

const MAX_LABEL_CHARS: usize = 70;
/// Maximum length of one of the site's own lines.
const MAX_LINE_CHARS: usize = 280;
/// Maximum length of one of the site's own lines that begins like a sentence of an article, as in "Published on …".
const MAX_SHORT_LINE_CHARS: usize = 80;

/// Classifies a heading, or a short block that may be used as a heading; `None` if it is not a label.
pub(crate) fn label(text: &str) -> Option<Label> {
    if text.chars().count() > MAX_LABEL_CHARS {
        return None;
    }
    let plain = normalize(text);
    // "Comments (23)", "23 comments" and "Comments:" become "comments".
    let bare = plain.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_empty() {
        return None;
    }
    let is_one_of = |phrases: &[&str]| phrases.contains(&bare);
    let has_count = plain.contains(|c: char| c.is_ascii_digit());
    let is_comment_count = has_count && is_one_of(&LEXICON.counted_comments);
    if is_one_of(&LEXICON.advert_labels) {
        Some(Label::Advert)
    } else if is_one_of(&LEXICON.button_labels) {
        Some(Label::Action)
    } else if is_one_of(&LEXICON.comment_headings) || is_comment_count {
        Some(Label::Comments)
    } else if is_one_of(&LEXICON.box_headings) || starts_with_any(&plain, &LEXICON.box_heading_openings) {
        Some(Label::Box)
    } else {
        None
    }
}

/// Whether a block is one of the site's own lines: a byline, a copyright notice, a call to subscribe.
pub(crate) fn is_site_line(text: &str) -> bool {
    // Quoted speech belongs to the article, even if it begins with a phrase of the site's own lines.
    if text.chars().count() > MAX_LINE_CHARS || text.starts_with(['“', '"', '„', '«', '»']) {
        return false;
    }
    let plain = normalize(text);
    let has_all = |words: &Vec<&str>| words.iter().all(|word| plain.contains(word));
    let is_short =
        text.chars().count() <= MAX_SHORT_LINE_CHARS && !text.ends_with(['.', '!', '?', ':', '”', '"']);
    starts_with_any(&plain, &LEXICON.line_openings)
        || (is_short && starts_with_any(&plain, &LEXICON.short_line_openings))
        || (super::reader_address::addresses_readers(text) && LEXICON.call_word_sets.iter().any(has_all))
        || is_byline(text)
        || (plain.starts_with("reporting by ") && plain.contains("editing by "))
}

fn starts_with_any(text: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| text.starts_with(opening))
}

/// Converts text to lower case with straight apostrophes, and drops leading punctuation.
fn normalize(text: &str) -> String {
    let lower = text.to_lowercase().replace(['’', '‘'], "'");
    lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(')).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_whole_heading() {
        assert_eq!(label("Comments (23)"), Some(Label::Comments));
        assert_eq!(label("23 Kommentare"), Some(Label::Comments));
        assert_eq!(label("ADVERTISEMENT"), Some(Label::Advert));
        assert_eq!(label("More from the Harbour Desk"), Some(Label::Box));
        for heading in
            ["Comments by the minister on the ban", "Related work", "Popular support falls", "Discussion", ""]
        {
            assert_eq!(label(heading), None, "{heading}");
        }
    }

    #[test]
    fn lines_of_the_site_are_short_and_start_with_a_phrase() {
        for line in [
            "© 2024 The Daily Tide",
            "Sign up for our weekly letter",
            "By Ada Quill and Ben Rook",
            "Read more: why",
            "Læs også: Byen uden bager",
            "Czytaj także: Miasto bez piekarza",
            "Читайте также: город без пекаря",
        ] {
            assert!(is_site_line(line), "{line}");
        }
        for line in [
            "By Monday the port was closed.",
            "The newsletter was read by few.",
            "By Law No. 5 it was banned.",
            "Published on Monday, the report is thin.",
            "His newsletter has 9,000 subscribers who pay $5 a month.",
            "Readers left.",
        ] {
            assert!(!is_site_line(line), "{line}");
        }
    }
}
