//! Detects page boilerplate that is not part of an article: menus, credits, lines of tags, "Comments are closed".
//!
//! A line is recognized by its shape, or by common phrases of web pages in a few languages. This is for text without
//! markup; `documents/html` removes the boilerplate that HTML marks up.

/// In a line with more words, boilerplate phrases don't count.
const MAX_PHRASE_LINE_WORDS: usize = 25;
/// A line with more words is a sentence, not boilerplate, if it names a photo agency, or if it begins with a phrase and
/// ends with a full stop.
const MAX_SENTENCE_WORDS: usize = 12;
/// Counting the words of a line stops at this number. A line with so many words is not a menu.
const MAX_COUNTED_WORDS: usize = 31;
/// A line with fewer separators ` | ` is not a menu. *Fire | Mills | Ferries* has two.
const MIN_MENU_BARS: usize = 2;
/// A line with more words is not a byline.
const MAX_BYLINE_WORDS: usize = 9;
/// A line that consists of a longer ASCII word is a row of tags that are joined to one word.
const MAX_SINGLE_WORD_BYTES: usize = 30;
/// A line with a web address and more words than this, the address included, is a sentence.
const MAX_ADDRESS_WORDS: usize = 3;

/// Beginnings of boilerplate lines, in lower case and with straight apostrophes.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
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
    "foto:", "bild:", "quelle:", "kommentare", "lire aussi", "à lire aussi", "s'abonner", "publicité",
    "crédit photo", "lea también", "lee también", "suscríbete", "publicidad", "leggi anche", "iscriviti", "lees ook",
];

/// Complete boilerplate lines, in lower case and without colon, full stop or ellipsis at the end.
#[rustfmt::skip]
const WHOLE_LINES: &[&str] = &[
    "discussion", "share", "print", "email", "facebook", "twitter", "linkedin", "menu", "search", "home", "ai-assisted article",
    "more", "next", "previous", "loading", "loading...", "opinion", "close", "top stories", "watch", "listen", "reply",
];

/// Whether a line is page boilerplate, or has no letters, and so is not part of the text. `first`: whether it is the
/// first line of the document. That line may be a title with bars, as in *Fire at the mill | The Gazette | News*.
pub fn is_boilerplate(line: &str, first: bool) -> bool {
    if !line.contains(char::is_alphabetic) {
        return true;
    }
    let words: Vec<&str> = line.split_whitespace().take(MAX_COUNTED_WORDS).collect();
    let has_bars = !first
        && words.len() < MAX_COUNTED_WORDS
        && line.matches(" | ").count() >= MIN_MENU_BARS
        && !line.ends_with('.');
    if has_bars || is_tags(line, &words) || is_address(&words) {
        return true;
    }
    if words.len() > MAX_PHRASE_LINE_WORDS {
        return false;
    }
    let lower = line.trim_start_matches(['*', '(', '[', '•', '-', ' ', '|']).to_lowercase().replace('’', "'");
    let bare = lower.trim_end_matches([':', '.', '…', ' ']);
    WHOLE_LINES.contains(&bare) || is_byline(line) || has_boilerplate_phrase(&lower, words.len())
}

/// Whether a line begins with a boilerplate phrase or names an agency as the source of a photo, and is not a full
/// sentence such as *Comments by the miller were few, and none of them was kind to the owner of the ferry.*
fn has_boilerplate_phrase(lower: &str, words: usize) -> bool {
    let starts_with_phrase = PREFIXES.iter().any(|begin| {
        lower.strip_prefix(begin).is_some_and(|rest| {
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
    (starts_with_phrase && (words <= MAX_SENTENCE_WORDS || !lower.ends_with('.')))
        || (credit && words <= MAX_SENTENCE_WORDS)
}

/// Whether a line is a byline, "By Ann Miller, The Gazette": a word such as *By* (in several languages), and then
/// few words, each of which begins with a capital letter or with another character than a letter, or is a word
/// such as *and*. The last word may not end with a full stop, unless it is so short that it is an abbreviation.
pub fn is_byline(line: &str) -> bool {
    const BYLINE_WORDS: [&str; 9] = ["By", "BY", "Von", "Par", "Por", "Di", "Door", "Av", "Af"];
    let words: Vec<&str> = line.split_whitespace().take(MAX_COUNTED_WORDS).collect();
    words.first().is_some_and(|word| BYLINE_WORDS.contains(word))
        && (2..=MAX_BYLINE_WORDS).contains(&words.len())
        && words[1..].iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
                || ["and", "und", "et", "y", "of", "for", "the", "de"].contains(word)
        })
        && !words.last().is_some_and(|last| last.ends_with('.') && last.len() > 3)
}

/// Whether a line consists of hashtags, or of one ASCII word that is taken for a joined list of tags: it is very long,
/// or has hyphens and only lower-case letters (`mill-fireferryford`).
fn is_tags(line: &str, words: &[&str]) -> bool {
    let hashes = words.len() > 1
        && words.iter().all(|word| word.starts_with('#') && word.len() > 1 && !word.starts_with("##"));
    let long = words.len() == 1
        && line.is_ascii()
        && (line.len() > MAX_SINGLE_WORD_BYTES
            || (line.contains('-') && line.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    hashes || long
}

/// Whether a line is a web address, with few other words.
fn is_address(words: &[&str]) -> bool {
    let address = |word: &&str| word.contains("://") || word.contains("www.") || word.contains(".com/");
    words.len() <= MAX_ADDRESS_WORDS && words.iter().any(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_boilerplate_is_recognized() {
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
            assert!(is_boilerplate(line, false), "{line}");
        }
        for line in [
            "Comments by the miller were few, and none of them was kind to the owner of the ferry.",
            "By Friday the mill had burnt down.",
            "More mills burn in spring than in any other season.",
            "The owner’s photo was found.",
        ] {
            assert!(!is_boilerplate(line, false), "{line}");
        }
    }
}
