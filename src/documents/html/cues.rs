//! The phrases by which sites part their own words from an article's: labels of advertisements, headings of boxes,
//! calls to subscribe, lines of copyright.
//!
//! A phrase counts only where it opens a short block, so that an article that speaks of newsletters loses nothing.

use sourcewise_quotes::is_byline;

use super::lexicon::LEXICON;

/// What a short block announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// An advertisement.
    Advert,
    /// Links to other pages, a call to subscribe, a word on the author.
    Box,
    /// What readers say.
    Comments,
    /// A call to do something, which ends its box.
    Action,
}

/// Characters of a heading that announces something.
const MAX_HEADING_CHARS: usize = 70;
/// Characters of a line that is a site's own.
const MAX_LINE_CHARS: usize = 280;
/// Characters of a line that is a site's own only if it is short.
const MAX_SCRAP_CHARS: usize = 80;

/// What a heading, or a short block in the place of one, announces.
pub(crate) fn announced(text: &str) -> Option<Cue> {
    if text.chars().count() > MAX_HEADING_CHARS {
        return None;
    }
    let plain = plain(text);
    // "Comments (23)", "23 comments", "Comments:" are "comments".
    let bare = plain.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_empty() {
        return None;
    }
    let says = |phrases: &[&str]| phrases.contains(&bare);
    let counted = plain.contains(|c: char| c.is_ascii_digit()) && says(&LEXICON.counted_comments);
    if says(&LEXICON.advert_labels) {
        Some(Cue::Advert)
    } else if says(&LEXICON.button_labels) {
        Some(Cue::Action)
    } else if says(&LEXICON.comment_headings) || counted {
        Some(Cue::Comments)
    } else if says(&LEXICON.box_headings) || opens(&plain, &LEXICON.box_heading_openings) {
        Some(Cue::Box)
    } else {
        None
    }
}

/// Whether a block is one line of the site's own.
pub(crate) fn is_site_line(text: &str) -> bool {
    if text.chars().count() > MAX_LINE_CHARS {
        return false;
    }
    let plain = plain(text);
    let call = |words: &Vec<&str>| words.iter().all(|word| plain.contains(word));
    let scrap = text.chars().count() <= MAX_SCRAP_CHARS && !text.ends_with(['.', '!', '?', ':', '”', '"']);
    opens(&plain, &LEXICON.line_openings)
        || (scrap && opens(&plain, &LEXICON.scrap_openings))
        || LEXICON.words_of_calls.iter().any(call)
        || is_byline(text)
        || (plain.starts_with("reporting by ") && plain.contains("editing by "))
}

fn opens(text: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| text.starts_with(opening))
}

/// Lower case, with plain apostrophes, from the first letter on.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['’', '‘'], "'");
    lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(')).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_announce_only_when_they_say_nothing_else() {
        assert_eq!(announced("Comments (23)"), Some(Cue::Comments));
        assert_eq!(announced("23 Kommentare"), Some(Cue::Comments));
        assert_eq!(announced("ADVERTISEMENT"), Some(Cue::Advert));
        assert_eq!(announced("More from the Harbour Desk"), Some(Cue::Box));
        for heading in
            ["Comments by the minister on the ban", "Related work", "Popular support falls", "Discussion", ""]
        {
            assert_eq!(announced(heading), None, "{heading}");
        }
    }

    #[test]
    fn lines_of_the_site_are_short_and_open_with_its_phrases() {
        for line in [
            "© 2024 The Daily Tide",
            "Sign up for our weekly letter",
            "By Ada Quill and Ben Rook",
            "Read more: why",
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
