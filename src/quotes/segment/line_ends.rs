//! Line ends of a plain text that can be read in two ways: as the end of a paragraph or as a space; or, after a hyphen,
//! as the break of a word or of a compound. A quote decides, if its author wrote it over such a line end.

use std::collections::BTreeSet;
use std::ops::Range;

use super::paragraphs::{self, without_quote_marks};
use super::{Paragraph, ParagraphKind};
use crate::normalize::normal;

/// A line end that can be read in another way than the one in which the document was split at first.
#[derive(Debug)]
pub(crate) struct UnsureLineEnd {
    /// The words around the line end as `reading` joins them, in normal form: `George Rook` if the line end between the
    /// two is only a space, `recommended` if the hyphen of `recom-` only breaks the word.
    words: String,
    reading: Reading,
}

/// The other reading of a line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// The line end does not end its paragraph. Holds the index of the paragraph.
    Space(usize),
    /// The hyphen at the line end only breaks a word. Holds its byte offset.
    BrokenWord(usize),
}

/// How a quote reads the line ends of a document.
#[derive(Debug, Default)]
pub(crate) struct LineEndReadings {
    /// Indices of the paragraphs that continue in the next.
    pub(crate) open_paragraphs: BTreeSet<usize>,
    /// Byte offsets of the hyphens that only break a word.
    pub(crate) word_breaks: BTreeSet<usize>,
}

impl LineEndReadings {
    /// Returns how `quote`, in normal form, reads the line ends; `None` if the quote contains the words around
    /// none of these line ends.
    pub(crate) fn of(quote: &str, line_ends: &[UnsureLineEnd]) -> Option<Self> {
        let mut readings = Self::default();
        for line_end in line_ends.iter().filter(|line_end| quote.contains(&line_end.words)) {
            match line_end.reading {
                Reading::Space(paragraph) => readings.open_paragraphs.insert(paragraph),
                Reading::BrokenWord(hyphen) => readings.word_breaks.insert(hyphen),
            };
        }
        (!readings.open_paragraphs.is_empty() || !readings.word_breaks.is_empty()).then_some(readings)
    }

    /// Joins the paragraphs that continue in the next.
    pub(crate) fn joined(&self, paragraphs: &[Paragraph]) -> Vec<Paragraph> {
        let mut joined: Vec<Paragraph> = Vec::new();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            match joined.last_mut() {
                Some(last) if index > 0 && self.open_paragraphs.contains(&(index - 1)) => {
                    last.range.end = paragraph.range.end;
                }
                _ => joined.push(paragraph.clone()),
            }
        }
        joined
    }
}

/// Returns the unsure line ends of a plain text that is split into `paragraphs`.
pub(crate) fn unsure_line_ends(text: &str, paragraphs: &[Paragraph]) -> Vec<UnsureLineEnd> {
    let pairs = paragraphs.windows(2).enumerate();
    let spaces = pairs.filter_map(|(index, pair)| space(text, index, &pair[0], &pair[1]));
    let words = paragraphs.iter().flat_map(|paragraph| broken_words(text, &paragraph.range));
    spaces.chain(words).collect()
}

/// Returns the line end between two paragraphs if it may be a space: it is a single line break outside earlier
/// messages, the first paragraph may end in the middle of a sentence, and the second is no list item. Neither may be a
/// Markdown heading, a table row or a drawn line.
fn space(text: &str, index: usize, before: &Paragraph, after: &Paragraph) -> Option<UnsureLineEnd> {
    let between = &text[before.range.end..after.range.start];
    let is_one_line_break = paragraphs::lines(between).len() == 2;
    if !is_one_line_break || between.contains(['>', '\u{c}']) || after.kind == ParagraphKind::Item {
        return None;
    }
    let (first, second) = (&text[before.range.clone()], &text[after.range.clone()]);
    if !paragraphs::is_open(first) || paragraphs::is_marked(first) || paragraphs::is_marked(second) {
        return None;
    }
    let is_mark = |c: char| !c.is_alphanumeric();
    let last_word = first.split_whitespace().next_back()?.trim_start_matches(is_mark);
    let next_word = second.split_whitespace().next()?.trim_end_matches(is_mark);
    let words = normal(&format!("{last_word} {next_word}"));
    Some(UnsureLineEnd { words, reading: Reading::Space(index) })
}

/// Returns the line ends of a paragraph at which a hyphen is between two letters, the second of them in lower
/// case.
fn broken_words<'t>(text: &'t str, paragraph: &Range<usize>) -> impl Iterator<Item = UnsureLineEnd> + 't {
    let (start, paragraph) = (paragraph.start, &text[paragraph.clone()]);
    paragraph.match_indices('\n').filter_map(move |(feed, _)| {
        let line = paragraph[..feed].trim_end();
        let hyphen = line.chars().next_back().filter(|last| matches!(last, '-' | '\u{2010}'))?;
        let line = &line[..line.len() - hyphen.len_utf8()];
        let next_line =
            feed + 1..feed + 1 + paragraph[feed + 1..].find('\n').unwrap_or(paragraph.len() - feed - 1);
        let (next, _) = without_quote_marks(paragraph, &next_line);
        let next = paragraph[next..].trim_start();
        let is_letter = |c: char| c.is_alphabetic();
        let head = &line[line.trim_end_matches(is_letter).len()..];
        let tail = &next[..next.len() - next.trim_start_matches(is_letter).len()];
        (!head.is_empty() && tail.starts_with(char::is_lowercase)).then(|| UnsureLineEnd {
            words: normal(&format!("{head}{tail}")),
            reading: Reading::BrokenWord(start + line.len()),
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::{SegmentedDocument, prove_words};

    /// Returns the text, the paragraph and whether paragraphs are joined, of a quote of a plain text.
    fn proved(text: &str, words: &str) -> Option<(String, usize, bool)> {
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let quote = prove_words(words, &document)?;
        Some((quote.text().to_owned(), quote.place().paragraph, quote.joins_paragraphs()))
    }

    #[test]
    fn a_quote_may_run_over_a_line_end_that_may_end_a_paragraph() {
        let text = "Title\nThe mill\nwas built by\nGeorge Rook, and\nnobody else.\n";
        assert_eq!(proved(text, "built by George Rook"), Some(("built by\nGeorge Rook".to_owned(), 3, true)));
        assert_eq!(proved(text, "George Rook"), Some(("George Rook".to_owned(), 4, false)));
    }

    #[test]
    fn a_blank_line_a_finished_sentence_and_a_list_item_end_a_paragraph() {
        for text in [
            "built by\n\nGeorge Rook",
            "was built.\nGeorge Rook",
            "built by\n- George Rook",
            "# built by\nGeorge Rook",
        ] {
            assert_eq!(proved(text, "built by George Rook"), None, "{text}");
            assert_eq!(proved(text, "was built. George Rook"), None, "{text}");
        }
    }

    #[test]
    fn a_quote_may_join_a_word_that_a_line_end_breaks() {
        let text = "It is recom-\nmended, and non-\r\n  toxic, and no be\u{ad}\nginning.";
        assert_eq!(
            proved(text, "is recommended, and non-toxic"),
            Some(("is recommended, and non-\r\n  toxic".to_owned(), 1, false))
        );
        assert_eq!(proved(text, "no beginning"), Some(("no beginning".to_owned(), 1, false)));
        for wrong in ["mended", "recom", "toxic", "is recom mended", "ginning"] {
            assert_eq!(proved(text, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn marks_of_a_quoted_message_are_not_in_the_quote() {
        let text =
            "She wrote:\n> The river mill at the old ford is recom-\n> mended by all of the\n> owners.\n";
        assert_eq!(
            proved(text, "ford is recommended by all of the owners"),
            Some(("ford is recommended by all of the\nowners".to_owned(), 2, false))
        );
    }
}
