//! Converts checked Markdown to plain text for the search index, split at headings.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::ids::SourceId;
use crate::text::one_line;
use crate::verify::{CheckedMarkdown, Heading, MarkdownNode};

/// The text below a heading, or before the first heading.
#[derive(Debug, Default)]
pub(super) struct Section<'a> {
    pub(super) heading: Option<&'a Heading>,
    /// The text below the heading, in one line.
    pub(super) words: String,
    pub(super) cites: BTreeSet<&'a SourceId>,
}

/// Splits a text at its headings. The first section has no heading and may be empty.
pub(super) fn sections(text: &CheckedMarkdown) -> Vec<Section<'_>> {
    let mut reader = SectionReader {
        text,
        done: Vec::new(),
        current: Section::default(),
        notes: Section::default(),
        depth: 0,
        in_heading: false,
    };
    for node in &text.nodes {
        reader.node(node);
    }
    reader.finish()
}

struct SectionReader<'a> {
    text: &'a CheckedMarkdown,
    done: Vec<Section<'a>>,
    current: Section<'a>,
    /// All footnotes. They are added to the last section, because the page ends with them.
    notes: Section<'a>,
    /// The nesting depth of footnote definitions.
    depth: usize,
    /// Whether a heading is open. Its text is skipped, because `text.headings` has it.
    in_heading: bool,
}

impl<'a> SectionReader<'a> {
    fn section(&mut self) -> &mut Section<'a> {
        if self.depth > 0 { &mut self.notes } else { &mut self.current }
    }

    fn add(&mut self, words: &str) {
        if !self.in_heading {
            self.section().words.push_str(words);
        }
    }

    fn node(&mut self, node: &'a MarkdownNode) {
        match node {
            MarkdownNode::Heading(index) => {
                self.in_heading = true;
                let new = Section { heading: Some(&self.text.headings[*index]), ..Section::default() };
                self.done.push(std::mem::replace(&mut self.current, new));
            }
            MarkdownNode::Term(_) => self.add(" "),
            MarkdownNode::Event(plain) => self.event(&plain.event()),
            MarkdownNode::Image(image) => self.add(&format!(" {} ", image.text)),
            MarkdownNode::Citation(index) | MarkdownNode::BlockQuote(index) => {
                let citation = &self.text.citations[*index];
                let section = self.section();
                section.cites.insert(&citation.source);
                match &citation.quote {
                    Some(quote) => self.add(&format!("“{}”", quote.text())),
                    None => self.remove_trailing_space(),
                }
                if matches!(node, MarkdownNode::BlockQuote(_)) {
                    self.add(" ");
                }
            }
            MarkdownNode::Marker(_) => self.remove_trailing_space(),
            MarkdownNode::Link(..) | MarkdownNode::LinkEnd => {}
        }
    }

    /// Removes the space before a citation or marker, which has no text of its own. Otherwise there would be a space
    /// before the next full stop.
    fn remove_trailing_space(&mut self) {
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
            // All other events separate words: most begin or end a block or a line.
            _ => self.add(" "),
        }
    }

    fn finish(mut self) -> Vec<Section<'a>> {
        self.current.words.push(' ');
        self.current.words.push_str(&self.notes.words);
        self.current.cites.append(&mut self.notes.cites);
        self.done.push(self.current);
        for section in &mut self.done {
            section.words = one_line(&section.words);
        }
        self.done
    }
}
