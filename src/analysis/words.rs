//! Splits text into words and stems them, for the search of passages and topics.
//!
//! Words are split as in Unicode (UAX 29) and converted to lower case. Chinese and Japanese are written without spaces;
//! there, every two adjacent characters form a bigram, and the last character of a run is a word by itself, so that
//! words match without a dictionary. The stemmer is Snowball for the language of the text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use sourcewise_quotes::primary;
use unicode_segmentation::UnicodeSegmentation;

/// Longer words are not stemmed, because they are lines of symbols without spaces and not words of a language.
const MAX_WORD_BYTES: usize = 128;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Byte range in the text, without a possessive *'s* and without apostrophes and underscores at both ends.
    pub range: Range<usize>,
    /// The word in lower case. An abbreviation of single letters has no full stops here: `us` for `U.S`.
    pub text: Cow<'t, str>,
    /// Whether the first two letters of the word, or its only letter, are capitals: *US* or *V4*, not *Us*.
    pub capitals: bool,
    /// Whether the word is a bigram of a script without spaces, or the last character of a run of this script.
    pub unspaced: bool,
    /// Whether the word is only the last character of a run without spaces. The bigram before it, if any, contains that
    /// character, too.
    pub last_of_run: bool,
}

/// Splits a text into words. The text must be in the normal form of [`sourcewise_quotes::normalize`], so that its
/// apostrophes are straight. `language` is a BCP 47 tag: in French, Italian and Catalan, *l'eau* is two words.
pub fn words<'t>(text: &'t str, language: &str) -> Vec<Word<'t>> {
    let elides = ["fr", "it", "ca"].contains(&primary(language));
    let mut found: Vec<Word<'t>> = Vec::new();
    let mut pieces = text.unicode_word_indices().peekable();
    while let Some((at, piece)) = pieces.next() {
        if is_unspaced(piece) {
            let next = pieces.peek().filter(|(next, other)| *next == at + piece.len() && is_unspaced(other));
            let first = next.and_then(|(_, other)| other.chars().next()).map_or(0, char::len_utf8);
            push_bigrams(text, at..at + piece.len(), first, &mut found);
        } else if let Some((before, after)) = piece.split_once('\'').filter(|_| elides) {
            found.extend(word(before, at));
            found.extend(word(after, at + before.len() + 1));
        } else {
            found.extend(word(piece, at));
        }
    }
    found
}

/// Appends the bigrams that begin in `piece`, a segment that UAX 29 finds in text without spaces: カメラ in カメラ店 gives カメ,
/// メラ and ラ店. `next` is the length in bytes of the character after the segment (店), or 0 if no character of a script
/// without spaces follows directly.
fn push_bigrams<'t>(text: &'t str, piece: Range<usize>, next: usize, found: &mut Vec<Word<'t>>) {
    for (at, c) in text[piece.clone()].char_indices() {
        let at = piece.start + at;
        let end = at + c.len_utf8();
        let after = text[end..piece.end + next].chars().next().map_or(0, char::len_utf8);
        let range = at..end + after;
        let text = Cow::Borrowed(&text[range.clone()]);
        found.push(Word { range, text, capitals: false, unspaced: true, last_of_run: after == 0 });
    }
}

/// Creates a word from `piece`, which begins at byte offset `at`, without a possessive *'s* and without apostrophes and
/// underscores at its ends. `None` if nothing remains.
fn word(piece: &str, at: usize) -> Option<Word<'_>> {
    let bare = piece.strip_suffix("'s").or_else(|| piece.strip_suffix("'S")).unwrap_or(piece);
    let bare = bare.trim_matches(['\'', '_']);
    let start = at + piece.find(bare)?;
    let lower = bare.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let text = if lower { Cow::Borrowed(bare) } else { Cow::Owned(lower_without_stops(bare)) };
    let mut letters = bare.chars().filter(|c| c.is_alphabetic()).take(2).peekable();
    let capitals = letters.peek().is_some() && letters.all(char::is_uppercase);
    let word = Word { range: start..start + bare.len(), text, capitals, unspaced: false, last_of_run: false };
    Some(word).filter(|_| !bare.is_empty())
}

/// Converts a word to lower case and removes full stops between single letters: `U.S` becomes `us`; `5.5` is unchanged.
fn lower_without_stops(word: &str) -> String {
    let stops = word.contains('.') && !word.contains(char::is_numeric);
    let parts_are_letters = || word.split('.').all(|part| part.chars().count() <= 1);
    if stops && parts_are_letters() { word.replace('.', "").to_lowercase() } else { word.to_lowercase() }
}

/// Whether a segment begins with a Chinese character, Hiragana or Katakana. Text in these scripts has no spaces between
/// words, so it is split into bigrams.
fn is_unspaced(piece: &str) -> bool {
    piece.chars().next().is_some_and(|c| {
        matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
    })
}

/// Whether a character is Han (a Chinese character, also used in Japanese) or Hiragana.
pub fn is_han_or_hiragana(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        || is_hiragana(c)
}

/// Whether a character is Hiragana, which Japanese uses for endings and particles.
pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// The Snowball stemmer of one language.
pub struct Stems(Option<Stemmer>);

impl Stems {
    /// Creates the stemmer of a language, by BCP 47 tag. If Snowball doesn't support the language, every word is its
    /// own stem.
    pub fn of(language: &str) -> Self {
        let algorithm = match primary(language) {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nl" => Algorithm::Dutch,
            "no" | "nb" | "nn" => Algorithm::Norwegian,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Self(None),
        };
        Self(Some(Stemmer::create(algorithm)))
    }

    /// Returns the stem of `word`, which must be in lower case. A word longer than `MAX_WORD_BYTES` is its own stem.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let stemmer = self.0.as_ref().filter(|_| word.len() <= MAX_WORD_BYTES);
        stemmer.map_or(Cow::Borrowed(word), |stemmer| stemmer.stem(word))
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stems").field(&self.0.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str, language: &str) -> Vec<String> {
        words(text, language).into_iter().map(|word| word.text.into_owned()).collect()
    }

    #[test]
    fn words_are_in_lower_case_with_byte_ranges() {
        let text = "The U.S. mill's re-opening cost 5.5 million.";
        assert_eq!(texts(text, "en"), ["the", "us", "mill", "re", "opening", "cost", "5.5", "million"]);
        let mill = &words(text, "en")[2];
        assert_eq!(&text[mill.range.clone()], "mill");
        let capitals: Vec<bool> =
            words("US Us us V4 v4 GPTs", "en").iter().map(|word| word.capitals).collect();
        assert_eq!(capitals, [true, false, false, true, false, true]);
    }

    #[test]
    fn elided_articles_are_words_in_languages_that_have_them() {
        assert_eq!(texts("l'eau d'hier", "fr"), ["l", "eau", "d", "hier"]);
        assert_eq!(texts("can't O'Brien", "en"), ["can't", "o'brien"]);
    }

    #[test]
    fn text_without_spaces_is_split_into_bigrams() {
        let text = "旧磨坊，1911年";
        assert_eq!(texts(text, "zh"), ["旧磨", "磨坊", "坊", "1911", "年"]);
        assert_eq!(texts("カメラと水", "ja"), ["カメ", "メラ", "ラと", "と水", "水"]);
        assert_eq!(&text[words(text, "zh")[1].range.clone()], "磨坊");
    }

    #[test]
    fn stems_depend_on_the_language() {
        assert_eq!(Stems::of("en-GB").stem("mills"), "mill");
        assert_eq!(Stems::of("de").stem("mühlen"), "muhl");
        assert_eq!(Stems::of("ja").stem("mills"), "mills");
    }

    proptest! {
        #[test]
        fn every_word_is_a_range_of_the_text_and_has_a_stem(text in "[\\PC'’.ßéığşا水カ]{0,40}") {
            for language in ["ar", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nl", "ro", "ru", "ta", "tr", "zh"] {
                let stems = Stems::of(language);
                let mut last = 0;
                for word in words(&text, language) {
                    prop_assert!(text.get(word.range.clone()).is_some_and(|written| !written.is_empty()));
                    prop_assert!(word.range.start >= last, "in order");
                    last = word.range.start;
                    let _ = stems.stem(&word.text);
                }
            }
        }
    }
}
