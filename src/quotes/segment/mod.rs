//! Splits a document into paragraphs and passages, with paragraph numbers, byte ranges and normal form.
//!
//! `paragraphs` finds the paragraphs of a plain text, `line_ends` its line ends that can be read in two ways; `kinds`
//! classifies paragraphs. Passages are found by `sentences`.

mod kinds;
mod line_ends;
mod paragraphs;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use self::line_ends::{LineEndReadings, UnsureLineEnd, unsure_line_ends};
use crate::block::{Block, BlockKind};
use crate::characters::without_message_marks;
use crate::language::language_of;
use crate::nearest::WordIndex;
use crate::normalize::{Layout, NormalizedText};
use crate::sentences::sentences;

/// A paragraph whose lines are all shorter, such as a verse, is shown with its line breaks.
const MIN_JOINED_LINE_CHARS: usize = 40;

/// A longer text before a tab is not the number of a list item or heading.
const MAX_MARKER_BYTES: usize = 120;

/// A document split into paragraphs, and these into passages.
#[derive(Debug)]
pub struct SegmentedDocument {
    text: Arc<str>,
    language: String,
    is_plain_text: bool,
    paragraphs: Vec<Paragraph>,
    passages: Vec<Passage>,
    normalized: NormalizedText,
    /// Offsets in the text of the hyphens at line ends that only break a word.
    word_breaks: BTreeSet<usize>,
    /// Start of each paragraph in the normalized text.
    normalized_starts: Vec<usize>,
    /// Made when a quote is first not found.
    word_index: OnceLock<WordIndex>,
    /// Found when a quote is first not found.
    unsure_line_ends: OnceLock<Vec<UnsureLineEnd>>,
}

/// A paragraph, heading or list item of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What the paragraph is: text, heading, list item …
    pub kind: ParagraphKind,
    /// Byte range in the document.
    pub range: Range<usize>,
}

/// The kinds of paragraphs. They decide where answers are searched and how a paragraph is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParagraphKind {
    /// Running text, also of a quotation, a note or a table row.
    Text,
    /// The title of the document or of a section.
    Heading,
    /// An item of a list.
    Item,
    /// Part of the document but not of its article: a line of tags, "Comments are closed", a photo credit, a caption.
    Boilerplate,
    /// Part of an earlier message that a mail quotes, after marks `>` or a line such as *Original message*: someone
    /// else's words.
    QuotedMessage,
    /// Part of a comment that a reader of the page wrote. Comments are in the text only if the source's record includes
    /// them.
    Comment,
}

impl ParagraphKind {
    /// Whether paragraphs of this kind can answer a question.
    pub fn can_answer(self) -> bool {
        matches!(self, Self::Text | Self::Item | Self::Comment)
    }
}

/// A part of a paragraph, usually a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Number of the paragraph that contains the passage, from 1.
    pub paragraph: usize,
    /// Byte range in the document.
    pub range: Range<usize>,
}

impl SegmentedDocument {
    /// Splits a document. `blocks` are the parts that its format marks up; empty for plain text. `language` is a BCP 47
    /// tag; if `None`, the language is detected. If that fails, too, the language is `fallback`.
    pub fn of(text: Arc<str>, blocks: &[Block], language: Option<&str>, fallback: &str) -> Self {
        let paragraphs = match blocks {
            [] => kinds::classify_lines(&text, paragraphs::paragraphs(&text)),
            blocks => kinds::classify_blocks(&text, blocks),
        };
        let language = language.or_else(|| language_of(&text)).unwrap_or(fallback).to_owned();
        Self::of_paragraphs(text, language, blocks, paragraphs, BTreeSet::new())
    }

    /// Splits paragraphs into passages. `word_breaks`: the offsets of hyphens at line ends that only break a word.
    fn of_paragraphs(
        text: Arc<str>,
        language: String,
        blocks: &[Block],
        paragraphs: Vec<Paragraph>,
        word_breaks: BTreeSet<usize>,
    ) -> Self {
        let layout = |index: usize, start: usize| match blocks.get(index) {
            Some(block) if block.kind == BlockKind::Table => Layout::Row,
            None if is_quoted_message(&text, start) => Layout::QuotedMessage,
            _ => Layout::Running,
        };
        let layouts = paragraphs
            .iter()
            .enumerate()
            .map(|(index, paragraph)| (paragraph.range.clone(), layout(index, paragraph.range.start)));
        let normalized = NormalizedText::of_paragraphs(&text, layouts, &word_breaks);
        let breaks = memchr::memchr_iter(b'\n', normalized.text().as_bytes()).map(|feed| feed + 1);
        let normalized_starts = std::iter::once(0).chain(breaks).collect();
        let passages = paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
            let whole = &text[paragraph.range.clone()];
            let start = paragraph.range.start + marker_length(whole, paragraph.kind, !blocks.is_empty());
            let cuts = sentences(&text[start..paragraph.range.end], &language).into_iter();
            cuts.map(move |cut| Passage { paragraph: index + 1, range: start + cut.start..start + cut.end })
        });
        let passages = passages.collect();
        Self {
            is_plain_text: blocks.is_empty(),
            text,
            language,
            paragraphs,
            passages,
            normalized,
            normalized_starts,
            word_index: OnceLock::new(),
            unsure_line_ends: OnceLock::new(),
            word_breaks,
        }
    }

    /// Returns this plain text with its unsure line ends read as in a quote, which is given in normal form. `None` if
    /// that changes nothing.
    pub(crate) fn with_line_ends_of(&self, quote: &str) -> Option<Self> {
        if !self.is_plain_text {
            return None;
        }
        let line_ends = self.unsure_line_ends.get_or_init(|| unsure_line_ends(&self.text, &self.paragraphs));
        let readings = LineEndReadings::of(quote, line_ends)?;
        let paragraphs = readings.joined(&self.paragraphs);
        let (text, language) = (Arc::clone(&self.text), self.language.clone());
        Some(Self::of_paragraphs(text, language, &[], paragraphs, readings.word_breaks))
    }

    /// Returns the document's text, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of a paragraph as it is shown. The lines of a plain text are joined, unless all are short, such
    /// as those of a poem.
    pub fn shown_text(&self, paragraph: &Paragraph) -> Cow<'_, str> {
        let text = &self.text[paragraph.range.clone()];
        let has_long_line = || text.lines().any(|line| line.chars().count() >= MIN_JOINED_LINE_CHARS);
        if self.is_plain_text && has_long_line() { join_lines(text).into() } else { text.into() }
    }

    /// Returns the document's characters in a range of the normal form. In plain text, leaves out what only lays out
    /// the lines: the marks `>` of a quoted message, and hyphens that only break a word.
    pub(crate) fn quotable_text(&self, normalized: Range<usize>) -> String {
        let source = self.normalized.source_range(normalized);
        let text = &self.text[source.clone()];
        if !self.is_plain_text || !text.contains('\n') {
            return text.to_owned();
        }
        let paragraph = &self.paragraphs[self.paragraph_of_byte(source.start) - 1];
        let is_quoted_message = is_quoted_message(&self.text, paragraph.range.start);
        let mut quotable = String::new();
        let mut at = source.start;
        for line in text.split_inclusive('\n') {
            let has_marks = is_quoted_message && at > source.start;
            let shown = if has_marks { without_message_marks(line) } else { line };
            let whole = shown.trim_end();
            let hyphen = whole.chars().next_back().map_or(0, char::len_utf8);
            let is_word_broken = line.ends_with('\n') && whole.ends_with('\u{ad}')
                || self.word_breaks.contains(&(at + (line.len() - shown.len()) + whole.len() - hyphen));
            let shown = if is_word_broken { &whole[..whole.len() - hyphen] } else { shown };
            let follows_break = !quotable.is_empty() && !quotable.ends_with('\n');
            quotable.push_str(if follows_break { shown.trim_start() } else { shown });
            at += line.len();
        }
        quotable
    }

    /// The document's language, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The normal form, one paragraph per line.
    pub fn normalized(&self) -> &NormalizedText {
        &self.normalized
    }

    /// The words of the normal form.
    pub(crate) fn word_index(&self) -> &WordIndex {
        self.word_index.get_or_init(|| WordIndex::of(self.normalized.text()))
    }

    /// Returns the number, from 1, of the paragraph that contains an offset of the normalized text.
    pub fn paragraph_at(&self, normalized: usize) -> usize {
        self.normalized_starts.partition_point(|start| *start <= normalized)
    }

    /// Returns the number, from 1, of the paragraph that contains a byte of the text.
    pub(crate) fn paragraph_of_byte(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.range.start <= at)
    }

    /// Returns the offset in the normalized text where the paragraph with a number ends; the end of the text if the
    /// number is too high.
    pub fn end_of_paragraph(&self, number: usize) -> usize {
        self.normalized_starts.get(number).map_or(self.normalized.text().len(), |start| start - 1)
    }

    /// Returns all paragraphs in the document's order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Returns all passages in the document's order.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The kind of the paragraph that contains a passage.
    pub fn kind(&self, passage: &Passage) -> ParagraphKind {
        self.paragraphs[passage.paragraph - 1].kind
    }

    /// Returns the text of a passage. In a quoted message, spaces replace the marks `>` at the start of its lines, so
    /// that offsets in the text don't change.
    pub fn words_of(&self, passage: &Passage) -> Cow<'_, str> {
        let text = &self.text[passage.range.clone()];
        let paragraph = &self.paragraphs[passage.paragraph - 1];
        if !self.is_plain_text
            || !text.contains("\n>")
            || !is_quoted_message(&self.text, paragraph.range.start)
        {
            return text.into();
        }
        let blank_marks = |line: &str| {
            let words = without_message_marks(line);
            " ".repeat(line.len() - words.len()) + words
        };
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or_default().to_owned();
        lines.fold(first, |shown, line| shown + "\n" + &blank_marks(line)).into()
    }
}

/// Whether the paragraph of plain text that begins at a byte belongs to an earlier message, which a mail program
/// quoted.
fn is_quoted_message(text: &str, paragraph_start: usize) -> bool {
    text[..paragraph_start].trim_end_matches(' ').ends_with('>')
}

/// Joins the lines of a paragraph of plain text by spaces, without the marks `>` of a quoted message. After a hyphen
/// before a small letter, there is no space.
pub fn join_lines(paragraph: &str) -> String {
    let lines = paragraph.lines().map(|line| without_message_marks(line.trim_start()).trim());
    lines.fold(String::new(), |text, line| {
        let is_compound = text.ends_with('-') && line.starts_with(char::is_lowercase);
        let space = if text.is_empty() || is_compound { "" } else { " " };
        text + space + line
    })
}

/// Returns the length in bytes of the bullet or number before the words of a list item or heading, with the white
/// space after it; 0 if there is none. In documents whose format marks up blocks, the number of a list item or
/// heading, such as `Article 3.`, has a tab after it.
fn marker_length(paragraph: &str, kind: ParagraphKind, is_marked_up: bool) -> usize {
    let tab = || paragraph.find('\t').filter(|tab| is_marked_up && *tab <= MAX_MARKER_BYTES);
    let marker = match kind {
        ParagraphKind::Item => tab().map(|tab| tab + 1).or_else(|| paragraphs::item_marker(paragraph)),
        ParagraphKind::Heading => tab().map(|tab| tab + 1),
        _ => None,
    };
    marker.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_a_quoted_message_are_not_in_the_normal_form() {
        let text = "> The river mill at the old ford was built of stone\n> and burnt down.\n\nA > B\n";
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        assert_eq!(
            document.normalized().text(),
            "The river mill at the old ford was built of stone and burnt down.\nA > B"
        );
        assert_eq!(
            document.words_of(&document.passages()[0]),
            "The river mill at the old ford was built of stone\n  and burnt down."
        );
    }

    #[test]
    fn passages_have_a_paragraph_number_and_a_byte_range() {
        let document = SegmentedDocument::of("A first. A second.\nA third.".into(), &[], Some("en"), "en");
        let passages: Vec<_> =
            document.passages().iter().map(|p| (p.paragraph, document.words_of(p).into_owned())).collect();
        let expected = [(1, "A first."), (1, "A second."), (2, "A third.")];
        assert_eq!(passages, expected.map(|(paragraph, text)| (paragraph, text.to_owned())));
        assert_eq!(document.paragraph_at(0), 1);
        assert_eq!(document.paragraph_at(document.normalized().text().find("third").expect("contained")), 2);
    }
}
