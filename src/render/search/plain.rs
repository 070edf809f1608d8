//! Checked Markdown → plain text for the search index, split at headings.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::ids::SourceId;
use crate::text::one_line;
use crate::verify::{CheckedMarkdown, Heading, MarkdownNode};

/// The text below a heading, or before the first.
#[derive(Debug, Default)]
pub(super) struct Section<'a> {
    pub(super) heading: Option<&'a Heading>,
    /// The text in one line.
    pub(super) words: String,
    /// The cited sources.
    pub(super) cites: BTreeSet<&'a SourceId>,
}

/// Splits a text at its headings. The first section has no heading and may be empty.
pub(super) fn sections(text: &CheckedMarkdown) -> Vec<Section<'_>> {
    let mut reader = SectionReader {
        text,
        done: Vec::new(),
        now: Section::default(),
        notes: Section::default(),
        depth: 0,
        in_heading: false,
    };
    for piece in &text.nodes {
        reader.piece(piece);
    }
    reader.finish()
}

struct SectionReader<'a> {
    text: &'a CheckedMarkdown,
    done: Vec<Section<'a>>,
    now: Section<'a>,
    /// Footnotes, which are shown at the end of the page.
    notes: Section<'a>,
    /// The nesting depth of footnote definitions.
    depth: usize,
    /// The text of headings is skipped: it is in `text.headings`.
    in_heading: bool,
}

impl<'a> SectionReader<'a> {
    fn section(&mut self) -> &mut Section<'a> {
        if self.depth > 0 { &mut self.notes } else { &mut self.now }
    }

    fn add(&mut self, words: &str) {
        if !self.in_heading {
            self.section().words.push_str(words);
        }
    }

    fn piece(&mut self, piece: &'a MarkdownNode) {
        match piece {
            MarkdownNode::Heading(index) => {
                self.in_heading = true;
                let new = Section { heading: Some(&self.text.headings[*index]), ..Section::default() };
                self.done.push(std::mem::replace(&mut self.now, new));
            }
            MarkdownNode::Event(plain) => self.event(&plain.event()),
            MarkdownNode::Image(image) => self.add(&format!(" {} ", image.text)),
            MarkdownNode::Citation(index) | MarkdownNode::BlockQuote(index) => {
                let citation = &self.text.citations[*index];
                let section = self.section();
                section.cites.insert(&citation.source);
                match &citation.quote {
                    Some(quote) => self.add(&format!("“{}”", quote.text())),
                    None => self.forget_space(),
                }
                if matches!(piece, MarkdownNode::BlockQuote(_)) {
                    self.add(" ");
                }
            }
            MarkdownNode::Marker(_) => self.forget_space(),
            MarkdownNode::Link(..) | MarkdownNode::LinkEnd => {}
        }
    }

    /// Removes the space before a citation without text, so that none is left before the next full stop.
    fn forget_space(&mut self) {
        let words = &mut self.section().words;
        words.truncate(words.trim_end().len());
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(words) | Event::Code(words) => self.add(words),
            Event::Start(Tag::FootnoteDefinition(_)) => self.depth += 1,
            Event::End(TagEnd::FootnoteDefinition) => {
                self.add(" ");
                self.depth = self.depth.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(_)) => self.in_heading = false,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::FootnoteReference(_) => {}
            // All other events begin or end a block or a line.
            _ => self.add(" "),
        }
    }

    fn finish(mut self) -> Vec<Section<'a>> {
        self.now.words.push(' ');
        self.now.words.push_str(&self.notes.words);
        self.now.cites.append(&mut self.notes.cites);
        self.done.push(self.now);
        for section in &mut self.done {
            section.words = one_line(&section.words);
        }
        self.done
    }
}
