//! What each paragraph of a plain text is: text, heading, item of a list, or not of the text at all.
//!
//! By shape, which holds in every language, and by the phrases of web pages, which are known in a few.

use std::ops::Range;

use super::paragraphs::is_item;
use super::{Kind, Paragraph};

/// No heading has more words, or more characters where words are not parted by spaces.
const HEADING_WORDS: usize = 16;
/// Likewise, in characters.
const HEADING_CHARS: usize = 120;
/// No line of boilerplate that is known by its phrase has more words.
const BOILERPLATE_WORDS: usize = 25;

/// What lines begin with that are part of a page and not of its text, in lower case.
#[rustfmt::skip]
const BEGINS: &[&str] = &[
    "©", "(c) 20", "copyright ©", "copyright 20", "all rights reserved", "this article was originally published",
    "this story was originally published", "this post originated", "subscribe", "please subscribe", "sign up",
    "sign in to", "log in to", "already a subscriber", "newsletter", "get breaking news", "get the latest",
    "stay up to date", "follow us", "share this", "share on", "click here", "read more", "read next", "read also",
    "also read", "related:", "related articles", "related stories", "recommended reading", "more from", "more on this",
    "see also:", "in other news", "comments", "leave a comment", "view comments", "no comments", "discussion (",
    "advertisement", "sponsored", "photo:", "photo by", "photo credit", "image:", "image credit", "image source",
    "picture:", "getty images", "illustration:", "ai-generated photo", "ai-generated image", "tags:", "filed under",
    "topics:", "categories:", "read our", "learn about our", "learn more about our", "thanks for tuning in",
    "cookies on", "we use cookies", "by clicking", "privacy policy", "terms of use", "terms of service",
    "disclaimer:", "editor's note: this", "updated:", "last updated", "published:", "posted on", "posted by",
    "min read", "listen to this", "listen:", "watch:", "watch now", "download the app", "print this",
    "skip to", "back to top", "most read", "most popular", "trending", "this post was updated",
    "mehr zum thema", "lesen sie auch", "lesen sie mehr", "anzeige", "newsletter abonnieren", "jetzt abonnieren",
    "foto:", "bild:", "quelle:", "kommentare", "lire aussi", "à lire aussi", "s’abonner", "s'abonner", "publicité",
    "crédit photo", "lea también", "lee también", "suscríbete", "publicidad", "leggi anche", "iscriviti", "lees ook",
];

/// What whole lines are that are part of a page.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "discussion", "share", "print", "email", "facebook", "twitter", "linkedin", "menu", "search", "home", "ai-assisted article",
    "more", "next", "previous", "loading", "loading...", "opinion", "close", "top stories", "watch", "listen", "reply",
];

/// The kinds of a text's paragraphs.
pub(super) fn kinds(text: &str, ranges: Vec<Range<usize>>) -> Vec<Paragraph> {
    let lines: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
    let kinds: Vec<Kind> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| kind(line, index == 0, lines.get(index + 1).copied()))
        .collect();
    ranges.into_iter().zip(kinds).map(|(range, kind)| Paragraph { kind, range }).collect()
}

fn kind(line: &str, first: bool, next: Option<&str>) -> Kind {
    if is_boilerplate(line, first) {
        Kind::Boilerplate
    } else if is_item(line) {
        Kind::Item
    } else if is_heading(line, first, next) {
        Kind::Heading
    } else {
        Kind::Text
    }
}

fn is_heading(line: &str, first: bool, next: Option<&str>) -> bool {
    let marked = line.strip_prefix('#').is_some_and(|rest| rest.trim_start_matches('#').starts_with(' '));
    let words = line.split_whitespace().count();
    if marked {
        return true;
    }
    if words > HEADING_WORDS || line.chars().count() > HEADING_CHARS {
        return false;
    }
    let last = line.trim_end_matches(['”', '"', '’', '\'', ')', '»', '」']).chars().next_back();
    // A stop ends a sentence, a colon or comma leads on; but headings ask and exclaim.
    let open = !matches!(last, Some('.' | ':' | ';' | ',' | '…' | '。' | '：' | '；' | '،' | '।'));
    let leads = next.is_some_and(|next| next.chars().count() > line.chars().count() || !is_item(next));
    let asks = matches!(last, Some('?' | '!' | '？' | '！')) && !first && words > 9;
    open && !asks && (first || leads)
}

/// Whether a line is part of the page that a text stood on, and not of the text.
fn is_boilerplate(line: &str, first: bool) -> bool {
    if !line.contains(char::is_alphabetic) {
        return true;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_bars = !first && words.len() <= 30 && line.matches(" | ").count() >= 2 && !line.ends_with('.');
    if is_bars || is_tags(line, &words) || is_address(&words) {
        return true;
    }
    if words.len() > BOILERPLATE_WORDS {
        return false;
    }
    let lower = line.trim_start_matches(['*', '(', '[', '•', '-', ' ', '|']).to_lowercase().replace('’', "'");
    let bare = lower.trim_end_matches([':', '.', '…', ' ']);
    WHOLE.contains(&bare) || is_byline(&words) || is_known(&lower, words.len())
}

/// Whether a line begins with one of the phrases, which must not go on as a sentence: *Comments by the miller were few*.
fn is_known(lower: &str, words: usize) -> bool {
    let begin = BEGINS.iter().any(|begin| {
        let begin = begin.replace('’', "'");
        lower.strip_prefix(begin.as_str()).is_some_and(|rest| {
            !rest.starts_with(char::is_alphanumeric) || begin.ends_with(|c: char| c.is_ascii_digit())
        })
    });
    let credit = [
        "getty images",
        "/ap photo",
        "ap photo/",
        "courtesy of",
        "via getty",
        "on unsplash",
        "/reuters",
        "via reuters",
    ]
    .iter()
    .any(|credit| lower.contains(credit));
    (begin && (words <= 12 || !lower.ends_with('.'))) || (credit && words <= 12)
}

/// "By Ann Miller, The Gazette": a line that is a name.
fn is_byline(words: &[&str]) -> bool {
    let by = words.first().is_some_and(|word| ["By", "BY", "Von", "Par", "Por", "Di", "Door"].contains(word));
    by && (2..=9).contains(&words.len())
        && words[1..].iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
                || ["and", "und", "et", "y", "of", "for", "the", "de"].contains(word)
        })
        && !words.last().is_some_and(|last| last.ends_with('.') && last.len() > 3)
}

/// A line of tags: words run together (`mill-fireferryford`), or hashtags.
fn is_tags(line: &str, words: &[&str]) -> bool {
    let hashes = words.len() > 1
        && words.iter().all(|word| word.starts_with('#') && word.len() > 1 && !word.starts_with("##"));
    let long = words.len() == 1
        && line.is_ascii()
        && (line.len() > 30
            || (line.contains('-') && line.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    hashes || long
}

/// A line that is an address of the web, or little more.
fn is_address(words: &[&str]) -> bool {
    let address = |word: &&str| word.contains("://") || word.contains("www.") || word.contains(".com/");
    words.len() <= 3 && words.iter().any(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(lines: &[&str]) -> Vec<Kind> {
        let text = lines.join("\n\n");
        let mut at = 0;
        let ranges = lines.iter().map(|line| {
            let start = at;
            at += line.len() + 2;
            start..start + line.len()
        });
        let ranges = ranges.collect();
        kinds(&text, ranges).into_iter().map(|paragraph| paragraph.kind).collect()
    }

    #[test]
    fn headings_are_short_lines_that_end_in_no_stop() {
        use Kind::{Heading, Item, Text};
        let lines = [
            "Fire at the old mill",
            "The old mill at the ford burnt down on Friday.",
            "What the night watch saw",
            "It saw lightning, it says, and nobody else was awake to see any of it.",
            "It can lead to:",
            "- more fires",
            "He had said so.",
        ];
        assert_eq!(kinds_of(&lines), [Heading, Text, Heading, Text, Text, Item, Text]);
    }

    #[test]
    fn what_belongs_to_the_page_is_no_text() {
        for line in [
            "Comments are closed",
            "Comments coming soon. Learn about our editorial process.",
            "mill-fireferryfordriver-news",
            "Sign up for our newsletter and never miss a fire",
            "Photo by Ann Miller",
            "By Ann Miller, The Gazette",
            "© 1911 The Gazette. All rights reserved.",
            "Fire | Mills | Ferries",
            "* * *",
        ] {
            assert_eq!(kinds_of(&["Title", line, "The end of it."])[1], Kind::Boilerplate, "{line}");
        }
        for line in [
            "Comments by the miller were few, and none of them was kind to the owner of the ferry.",
            "By Friday the mill had burnt down.",
            "More mills burn in spring than in any other season.",
            "The owner’s photo was found.",
        ] {
            assert_eq!(kinds_of(&["Title", line, "The end of it."])[1], Kind::Text, "{line}");
        }
    }
}
