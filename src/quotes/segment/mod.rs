//! Documents cut into paragraphs and passages, with paragraph numbers, byte ranges and their normal form.
//!
//! Where paragraphs are in a plain text, `paragraphs` finds; what each of them is, `kinds`.

mod kinds;
mod paragraphs;

use std::ops::Range;
use std::sync::Arc;

use crate::block::Block;
use crate::language::language_of;
use crate::normalize::NormalizedText;
use crate::sentences::sentences;

/// A document, cut into paragraphs and those into passages.
#[derive(Debug)]
pub struct SegmentedDocument {
    text: Arc<str>,
    language: String,
    paragraphs: Vec<Paragraph>,
    passages: Vec<Passage>,
    normalized: NormalizedText,
    /// Where each paragraph begins in the normalized text.
    normalized_starts: Vec<usize>,
}

/// A stretch of a document that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the document.
    pub range: Range<usize>,
}

/// What a paragraph is. Only text and items answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Sentences.
    Text,
    /// A title, above the document or a part of it.
    Heading,
    /// An item of a list.
    Item,
    /// What is on the page and not of the text: a line of tags, "Comments are closed", who took the picture.
    Boilerplate,
}

/// A stretch of a document with a place; usually a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Number of its paragraph, from 1.
    pub paragraph: usize,
    /// Its bytes in the document.
    pub range: Range<usize>,
}

impl SegmentedDocument {
    /// Cuts a document; `blocks` are those that its format marks, if it does. `language` is what is known of it, as a
    /// BCP 47 tag; if nothing is, it is found out, and where that can't be, it is taken to be `otherwise`.
    pub fn of(text: Arc<str>, blocks: &[Block], language: Option<&str>, otherwise: &str) -> Self {
        let paragraphs = match blocks {
            [] => kinds::kinds(&text, paragraphs::paragraphs(&text)),
            blocks => kinds::marked(&text, blocks),
        };
        let language = language.or_else(|| language_of(&text)).unwrap_or(otherwise).to_owned();
        let normalized =
            NormalizedText::of_paragraphs(&text, paragraphs.iter().map(|paragraph| paragraph.range.clone()));
        let breaks = memchr::memchr_iter(b'\n', normalized.text().as_bytes()).map(|feed| feed + 1);
        let normalized_starts = std::iter::once(0).chain(breaks).collect();
        let passages = paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
            let marker = Some(&text[paragraph.range.clone()]).filter(|_| paragraph.kind == Kind::Item);
            let start = paragraph.range.start + marker.and_then(paragraphs::item_marker).unwrap_or_default();
            let cuts = sentences(&text[start..paragraph.range.end], &language).into_iter();
            cuts.map(move |cut| Passage { paragraph: index + 1, range: start + cut.start..start + cut.end })
        });
        let passages = passages.collect();
        Self { text, language, paragraphs, passages, normalized, normalized_starts }
    }

    /// The document's own text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language it is written in, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Its normal form, a paragraph to a line.
    pub fn normalized(&self) -> &NormalizedText {
        &self.normalized
    }

    /// Number, from 1, of the paragraph in which a place of the normalized text lies.
    pub fn paragraph_at(&self, normalized: usize) -> usize {
        self.normalized_starts.partition_point(|start| *start <= normalized)
    }

    /// Where a paragraph, by its number, ends in the normalized text; the end of that for one that isn't there.
    pub fn end_of_paragraph(&self, number: usize) -> usize {
        self.normalized_starts.get(number).map_or(self.normalized.text().len(), |start| start - 1)
    }

    /// All paragraphs, in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// All passages, in order.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// What the paragraph of a passage is.
    pub fn kind(&self, passage: &Passage) -> Kind {
        self.paragraphs[passage.paragraph - 1].kind
    }

    /// The document's characters in a passage.
    pub fn words_of(&self, passage: &Passage) -> &str {
        &self.text[passage.range.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_know_their_paragraph_and_their_bytes() {
        let document = SegmentedDocument::of("A first. A second.\nA third.".into(), &[], Some("en"), "en");
        let passages: Vec<_> =
            document.passages().iter().map(|p| (p.paragraph, document.words_of(p))).collect();
        assert_eq!(passages, [(1, "A first."), (1, "A second."), (2, "A third.")]);
        assert_eq!(document.paragraph_at(0), 1);
        assert_eq!(document.paragraph_at(document.normalized().text().find("third").expect("there")), 2);
    }
}
