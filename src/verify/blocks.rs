//! Whole blocks of Markdown: quotations that end in a citation, and paragraphs that cite nothing.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use super::markdown::{MarkdownNode, MarkdownReader};
use super::problems;
use super::quotes::check_quote;
use crate::files::Spanned;

/// Fewer words than this state nothing worth a citation.
const MIN_STATEMENT_WORDS: usize = 6;

impl MarkdownReader<'_, '_> {
    /// Checks a block quotation that began at a node: `> words … [@source]` claims that the words stand in the source.
    /// True if it did and they do; the nodes are then one quotation.
    pub(super) fn check_block_quote(&mut self, from: usize, range: &Range<usize>) -> bool {
        let Some((words, citation)) = self.quoted_words_and_citation(from) else {
            if self.text.nodes[from..].iter().any(|node| matches!(node, MarkdownNode::Citation(_))) {
                let span = self.span(range.clone());
                self.findings.problems.push(problems::unreadable_quotation(span));
            }
            return false;
        };
        let source = self.text.citations[citation].source.clone();
        let span = self.span(range.clone());
        let quote = check_quote(self.context, &source, &Spanned::new(words, span));
        let Some(quote) = self.findings.add(quote) else { return false };
        self.text.citations[citation].quote = Some(quote);
        self.text.nodes.truncate(from);
        self.text.nodes.push(MarkdownNode::BlockQuote(citation));
        true
    }

    /// The words of a block that holds nothing but text and, at its end, one citation without words of its own.
    fn quoted_words_and_citation(&self, from: usize) -> Option<(String, usize)> {
        let mut words = String::new();
        let mut citation = None;
        for node in &self.text.nodes[from..] {
            match node {
                MarkdownNode::Event(plain) => match plain.event() {
                    // After the citation only the full stop of the author's own sentence may stand.
                    Event::Text(text) if citation.is_some() => {
                        if text.contains(char::is_alphanumeric) {
                            return None;
                        }
                    }
                    Event::Text(text) | Event::Code(text) => words.push_str(&text),
                    // A quotation of two paragraphs leaves out what stands between them.
                    Event::End(TagEnd::Paragraph) if citation.is_none() => words.push_str(" … "),
                    Event::SoftBreak | Event::HardBreak => words.push(' '),
                    Event::Start(Tag::BlockQuote(None) | Tag::Paragraph | Tag::Emphasis | Tag::Strong)
                    | Event::End(TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong) => {}
                    _ => return None,
                },
                MarkdownNode::Citation(index)
                    if citation.is_none() && self.text.citations[*index].quote.is_none() =>
                {
                    citation = Some(*index);
                }
                _ => return None,
            }
        }
        let words = words.trim();
        // Quotation marks around the whole are the author's: a block is a quotation without them.
        let unquoted = words.strip_prefix(['“', '"']).and_then(|rest| rest.strip_suffix(['”', '"']));
        Some((unquoted.unwrap_or(words).to_owned(), citation?))
    }

    /// Tells of a paragraph or item that began at a node, states something and cites nothing.
    pub(super) fn check_uncited(&mut self, from: usize, range: Range<usize>) {
        if !(self.place.should_cite && self.context.site.warn_uncited) {
            return;
        }
        let nodes = &self.text.nodes[from..];
        let cites = nodes.iter().any(|node| {
            matches!(node, MarkdownNode::Citation(_) | MarkdownNode::BlockQuote(_) | MarkdownNode::Marker(_))
        });
        let (mut inner, mut words) = (false, String::new());
        for (at, node) in nodes.iter().enumerate() {
            let MarkdownNode::Event(plain) = node else { continue };
            match plain.event() {
                Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_)) => inner |= at > 0,
                Event::Text(text) => words.push_str(&text),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        // What holds paragraphs of its own has been told of by them; a question states nothing.
        let states = words.unicode_words().count() >= MIN_STATEMENT_WORDS && !words.trim_end().ends_with('?');
        if states && !cites && !inner {
            let span = self.span(range);
            self.findings.problems.push(problems::uncited(span));
        }
    }
}
