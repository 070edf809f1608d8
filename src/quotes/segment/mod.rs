//! Splits a document into paragraphs and passages, with paragraph numbers, byte ranges and normal form.
//!
//! `paragraphs` finds the paragraphs of a plain text; `kinds` classifies paragraphs. Passages are found by `sentences`.

mod kinds;
mod paragraphs;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::block::{Block, BlockKind};
use crate::language::language_of;
use crate::nearest::WordIndex;
use crate::normalize::{Layout, NormalizedText};
use crate::sentences::sentences;

/// A paragraph whose lines are all shorter, such as a verse, is shown with its line breaks.
const MIN_JOINED_LINE_CHARS: usize = 40;

/// A document split into paragraphs, and these into passages.
#[derive(Debug)]
pub struct SegmentedDocument {
    text: Arc<str>,
    language: String,
    is_plain_text: bool,
    paragraphs: Vec<Paragraph>,
    passages: Vec<Passage>,
    normalized: NormalizedText,
    /// Start of each paragraph in the normalized text.
    normalized_starts: Vec<usize>,
    /// Made when a quote is first not found.
    word_index: OnceLock<WordIndex>,
}

/// A paragraph, heading or list item of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Text, heading, list item or boilerplate.
    pub kind: ParagraphKind,
    /// Byte range in the document.
    pub range: Range<usize>,
}

/// The kinds of paragraphs. Only text and list items can answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParagraphKind {
    /// Running text, whose sentences are passages.
    Text,
    /// The title of the document or of a section.
    Heading,
    /// An item of a list.
    Item,
    /// Part of the web page but not of the article: a line of tags, "Comments are closed", a photo credit.
    Boilerplate,
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
        let layout = |index: usize, start: usize| match blocks.get(index) {
            Some(block) if block.kind == BlockKind::Table => Layout::Row,
            None if text[..start].trim_end_matches(' ').ends_with('>') => Layout::QuotedMessage,
            _ => Layout::Running,
        };
        let layouts = paragraphs
            .iter()
            .enumerate()
            .map(|(index, paragraph)| (paragraph.range.clone(), layout(index, paragraph.range.start)));
        let normalized = NormalizedText::of_paragraphs(&text, layouts);
        let breaks = memchr::memchr_iter(b'\n', normalized.text().as_bytes()).map(|feed| feed + 1);
        let normalized_starts = std::iter::once(0).chain(breaks).collect();
        let passages = paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
            let marker =
                Some(&text[paragraph.range.clone()]).filter(|_| paragraph.kind == ParagraphKind::Item);
            let start = paragraph.range.start + marker.and_then(paragraphs::item_marker).unwrap_or_default();
            let cuts = sentences(&text[start..paragraph.range.end], &language).into_iter();
            cuts.map(move |cut| Passage { paragraph: index + 1, range: start + cut.start..start + cut.end })
        });
        let passages = passages.collect();
        let word_index = OnceLock::new();
        let is_plain_text = blocks.is_empty();
        Self {
            text,
            language,
            is_plain_text,
            paragraphs,
            passages,
            normalized,
            normalized_starts,
            word_index,
        }
    }

    /// Returns the document's text, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of a paragraph as it is shown: in plain text, line breaks may only be where a line was full.
    pub fn shown_text(&self, paragraph: &Paragraph) -> Cow<'_, str> {
        let text = &self.text[paragraph.range.clone()];
        if self.is_plain_text { joined_lines(text).into() } else { text.into() }
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

    /// The text of a passage.
    pub fn words_of(&self, passage: &Passage) -> &str {
        &self.text[passage.range.clone()]
    }
}

/// Joins the lines of a paragraph of plain text, without the marks `>` of a quoted message. Short lines, such as those of
/// a poem, stay lines.
fn joined_lines(paragraph: &str) -> String {
    if paragraph.lines().all(|line| line.chars().count() < MIN_JOINED_LINE_CHARS) {
        return paragraph.to_owned();
    }
    let lines = paragraph.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    lines.fold(String::new(), |text, line| {
        let is_compound = text.ends_with('-') && line.starts_with(char::is_lowercase);
        let space = if text.is_empty() || is_compound { "" } else { " " };
        text + space + line
    })
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
    }

    #[test]
    fn passages_have_a_paragraph_number_and_a_byte_range() {
        let document = SegmentedDocument::of("A first. A second.\nA third.".into(), &[], Some("en"), "en");
        let passages: Vec<_> =
            document.passages().iter().map(|p| (p.paragraph, document.words_of(p))).collect();
        assert_eq!(passages, [(1, "A first."), (1, "A second."), (2, "A third.")]);
        assert_eq!(document.paragraph_at(0), 1);
        assert_eq!(document.paragraph_at(document.normalized().text().find("third").expect("contained")), 2);
    }
}
