//! The words beside a quote, with the marks between them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::lexicons::ContextWords;

/// A phrase in the word lists has at most this many words.
pub(super) const MAX_PHRASE_WORDS: usize = 4;
/// A quote that begins with a figure and has at most this many words states nothing by itself.
const MAX_FIGURE_WORDS: usize = 5;
/// A lower-case word of a name, such as *for* or *von*, has at most this many bytes.
const MAX_LINK_BYTES: usize = 3;
/// A parenthesis between two commas has at most this many words: *that, for many years, the pool*.
const MAX_PARENTHESIS_WORDS: usize = 7;

/// A word beside a quote.
pub(super) struct Word {
    pub(super) lower: String,
    pub(super) range: Range<usize>,
    pub(super) is_capital: bool,
    /// What is between the word and the one before it.
    pub(super) gap: Gap,
}

/// What is between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    /// The punctuation marks between the words, if one of them ends a clause.
    mark: Option<Mark>,
    pub(super) has_quotation_mark: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Comma,
    Colon,
    /// Another mark, or different marks.
    Other,
}

impl Gap {
    fn of(text: &str) -> Self {
        let mark = has_mark(text).then(|| match text {
            _ if !has_mark_but(text, ',') => Mark::Comma,
            _ if !has_mark_but(text, ':') => Mark::Colon,
            _ => Mark::Other,
        });
        Self { mark, has_quotation_mark: text.contains(is_quotation_mark) }
    }

    pub(super) fn has_mark(self) -> bool {
        self.mark.is_some()
    }

    pub(super) fn is_comma(self) -> bool {
        self.mark == Some(Mark::Comma)
    }

    pub(super) fn is_colon(self) -> bool {
        self.mark == Some(Mark::Colon)
    }
}

/// Splits a range of a text into words. Also returns the gap between the last of them and the end of the range. A word
/// that is hyphenated at a line end is one word.
pub(super) fn words_and_gap(text: &str, range: Range<usize>) -> (Vec<Word>, Gap) {
    let mut words: Vec<Word> = Vec::new();
    let mut end = range.start;
    for (at, word) in text[range.clone()].unicode_word_indices() {
        let start = range.start + at;
        let between = &text[end..start];
        end = start + word.len();
        match words.last_mut() {
            Some(last) if is_hyphenation(between) => {
                last.lower += &lower(word);
                last.range.end = end;
            }
            _ => words.push(Word {
                lower: lower(word),
                range: start..end,
                is_capital: word.starts_with(char::is_uppercase),
                gap: Gap::of(between),
            }),
        }
    }
    (words, Gap::of(&text[end..range.end]))
}

pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    words_and_gap(text, range).0
}

/// Removes parentheses, so that the words around them are neighbours: *that, for years, the pool* becomes *that the
/// pool*. A parenthesis is between commas, and after or before a word that begins a clause, or after *not*, *never* or
/// *-n't*; or it interrupts a quotation: *“If it burns,” he said, “the pool …”*.
pub(super) fn without_parentheses(
    mut words: Vec<Word>,
    mut last: Gap,
    lists: &ContextWords,
) -> (Vec<Word>, Gap) {
    let mut start = 1;
    while start < words.len() {
        let gap = |index: usize| words.get(index).map_or(last, |word| word.gap);
        let ends = start + 1..=words.len().min(start + MAX_PARENTHESIS_WORDS);
        let opening = gap(start);
        let closing = ends
            .clone()
            .find(|end| gap(*end).has_mark() && !gap(*end).has_quotation_mark || *end == words.len());
        let quotation = ends.clone().find(|end| gap(*end).has_mark() || gap(*end).has_quotation_mark);
        let interrupts = |gap: Gap| gap.is_comma() && gap.has_quotation_mark;
        let quotation = quotation.filter(|end| interrupts(opening) && interrupts(gap(*end)));
        let is_clause_start = |index: usize| {
            words.get(index).is_some_and(|word| lists.clause_starts.contains(word.lower.as_str()))
        };
        let before = words[start - 1].lower.as_str();
        let negates = before == "never" || before == "not" || before.ends_with("n't");
        if !opening.has_mark() {
            start += 1;
        } else if let Some(end) = quotation {
            words.drain(start..end);
        } else if let Some(end) = closing.filter(|end| opening.is_comma() && gap(*end).is_comma())
            && (is_clause_start(start - 1) || is_clause_start(end) || negates)
        {
            let joined = if is_clause_start(end) { gap(end) } else { Gap::default() };
            words.drain(start..end);
            *words.get_mut(start).map_or(&mut last, |word| &mut word.gap) = joined;
        } else {
            start += 1;
        }
    }
    (words, last)
}

/// Joins the words to one phrase in lower case.
pub(super) fn phrase(words: &[Word]) -> String {
    words.iter().map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ")
}

/// Returns the length, in words, of the longest phrase at the start of `words` that is listed.
pub(super) fn phrase_at(words: &[Word], is_listed: impl Fn(&str) -> bool) -> Option<usize> {
    (1..=MAX_PHRASE_WORDS.min(words.len())).rev().find(|length| is_listed(&phrase(&words[..*length])))
}

/// Returns the byte range of some words, of which there is at least one.
pub(super) fn range_of(words: &[Word]) -> Range<usize> {
    words[0].range.start..words[words.len() - 1].range.end
}

pub(super) fn lower(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

pub(super) fn is_quotation_mark(mark: char) -> bool {
    matches!(mark, '“' | '”' | '„' | '"' | '«' | '»')
}

/// Whether the text between two words contains a punctuation mark that ends a clause.
pub(super) fn has_mark(text: &str) -> bool {
    has_mark_but(text, ' ')
}

fn has_mark_but(text: &str, other: char) -> bool {
    let is_mark =
        |mark: char| matches!(mark, ',' | ';' | ':' | '.' | '!' | '?' | '(' | ')' | '–' | '—' | '…');
    text.contains(|mark: char| mark != other && is_mark(mark))
}

/// Whether the text between two words is a hyphen at a line end.
fn is_hyphenation(between: &str) -> bool {
    let rest = between.strip_prefix(['-', '\u{2010}', '\u{AD}']);
    rest.is_some_and(|rest| rest.contains('\n') && rest.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty())
}

/// Whether a quote is a name, a term or a figure, which states nothing: all words but short ones have a capital
/// (*Committee for Quiet Streets*), it contains *so-called*, or it is short and begins with a figure (*3.5 tonnes*).
pub(super) fn is_term(quote: &str) -> bool {
    let words: Vec<&str> = quote.unicode_words().collect();
    let is_figure = words.len() <= MAX_FIGURE_WORDS && quote.starts_with(|c: char| c.is_numeric());
    let is_named = quote.contains("so-called") || quote.contains("sogenannte");
    let is_name =
        words.iter().all(|word| word.starts_with(char::is_uppercase) || word.len() <= MAX_LINK_BYTES);
    is_figure || is_named || is_name
}
