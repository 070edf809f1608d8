//! Checks whole blocks of Markdown: block quotations that end in a citation, or have one beside them, and paragraphs
//! without a citation.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use sourcewise_quotes::PARAGRAPH_BREAK;
use unicode_segmentation::UnicodeSegmentation;

use super::markdown::{MarkdownNode, MarkdownReader};
use super::places::check_locator;
use super::problems;
use super::quotation_problems;
use super::quotations::check_quotation;
use super::quote_context::Statement;
use super::quotes::check_quote;
use crate::files::{Span, Spanned};
use crate::ids::SourceId;
use crate::problem::{Code, Problem};

/// Paragraphs with fewer words need no citation.
const MIN_STATEMENT_WORDS: usize = 6;

impl MarkdownReader<'_, '_> {
    /// Checks a block quotation, whose nodes begin at index `from`. If it ends with a citation, `> words … [@source]`,
    /// the words must be in the source's document. If they are, replaces the nodes by one [`MarkdownNode::BlockQuote`]
    /// and returns true. Also compares the place that the citation names with that of the words. Any other block
    /// quotation with a citation in it is a problem. Without one, looks for a citation in the paragraphs beside it.
    pub(super) fn check_block_quote(&mut self, from: usize, range: &Range<usize>) -> bool {
        let Some((words, citation)) = self.quoted_words_and_citation(from) else {
            if self.text.nodes[from..].iter().any(|node| matches!(node, MarkdownNode::Citation(_))) {
                let span = self.span(range.clone());
                self.findings.problems.push(problems::unreadable_quotation(span));
            } else {
                self.check_against_citation_before(from, range);
            }
            return false;
        };
        let source = self.text.citations[citation].source.clone();
        let span = self.span(range.clone());
        let quote = check_quote(self.context, &source, &Spanned::new(words, span), Statement::Markdown);
        let Some(quote) = self.findings.add(quote) else { return false };
        if let Some(locator) = &self.text.citations[citation].locator {
            let check = |quote| check_locator(self.context, &source, quote, locator, span);
            // If the document has no such place at all, that was reported with the citation.
            self.findings.problems.extend(check(Some(&quote)).filter(|_| check(None).is_none()));
        }
        self.text.citations[citation].quote = Some(quote);
        self.text.nodes.truncate(from);
        self.text.nodes.push(MarkdownNode::BlockQuote(citation));
        true
    }

    /// Checks the words of a block quotation without a citation if a paragraph that cites a source and ends with a
    /// colon introduces it: `The Gazette writes [@gazette]:`. Otherwise keeps them for
    /// [`Self::check_quotation_before`].
    fn check_against_citation_before(&mut self, from: usize, range: &Range<usize>) {
        let words = words_of(&self.text.nodes[from..]);
        let span = self.span(range.clone());
        let before = &self.text.nodes[..from];
        let start =
            before.iter().rposition(|node| is_event(node, &Event::Start(Tag::Paragraph))).unwrap_or(from);
        let ends = before.last().is_some_and(|node| is_event(node, &Event::End(TagEnd::Paragraph)));
        let introduction = &before[start..];
        let cited = self.cited_in(introduction);
        if ends && !cited.is_empty() && words_of(introduction).ends_with(':') {
            self.check_block_against(&cited, &words, span);
        } else {
            self.quotation_before = Some((words, span));
        }
    }

    /// Checks the words of the last block quotation, if they were kept, against the sources cited in the first
    /// paragraph, list item or table cell after it, whose nodes begin at index `from`. Does so only if that block
    /// begins with a dash, `— The Gazette [@gazette]`, or has no words. In any case, the words are kept no longer.
    pub(super) fn check_quotation_before(&mut self, from: usize) {
        let Some((words, span)) = self.quotation_before.take() else { return };
        let nodes = &self.text.nodes[from..];
        let text = words_of(nodes);
        let is_source_line = text.starts_with(['—', '–', '-', '―']) || !text.contains(char::is_alphanumeric);
        let cited = self.cited_in(nodes);
        if is_source_line && !cited.is_empty() {
            self.check_block_against(&cited, &words, span);
        }
    }

    fn check_block_against(&mut self, cited: &[SourceId], words: &str, span: Span) {
        let problem = check_quotation(self.context, cited, words, Statement::Markdown, span);
        let of_block = |problem: Problem| match problem.code {
            Code::QuotationNotFound => quotation_problems::block_not_found(cited, problem),
            _ => problem,
        };
        self.findings.problems.extend(problem.map(of_block));
    }

    /// Returns the sources that nodes cite, without those that are cited with a quote of their own.
    fn cited_in(&self, nodes: &[MarkdownNode]) -> Vec<SourceId> {
        let citation = |node: &MarkdownNode| match node {
            MarkdownNode::Citation(index) => Some(&self.text.citations[*index]),
            _ => None,
        };
        let citations = nodes.iter().filter_map(citation).filter(|citation| citation.quote.is_none());
        citations.map(|citation| citation.source.clone()).collect()
    }

    /// Returns the words of a block quotation, and the index of its only citation, which must be at the end and have no
    /// quote of its own. `None` for any other block quotation, such as one with a list or a link.
    fn quoted_words_and_citation(&self, from: usize) -> Option<(String, usize)> {
        let mut words = String::new();
        let mut citation = None;
        for node in &self.text.nodes[from..] {
            match node {
                MarkdownNode::Event(event) => match event.event() {
                    // Only punctuation may follow the citation, such as the full stop of the sentence.
                    Event::Text(text) if citation.is_some() => {
                        if text.contains(char::is_alphanumeric) {
                            return None;
                        }
                    }
                    Event::Text(text) | Event::Code(text) => words.push_str(&text),
                    // Words of the document may be left out between two paragraphs of the quotation.
                    Event::End(TagEnd::Paragraph) if citation.is_none() => words.push(PARAGRAPH_BREAK),
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
        // The words of the document don't include a dash before the citation: `words — [@source]`.
        let words = words.trim().trim_end_matches([' ', '—', '–', '-']);
        Some((words.to_owned(), citation?))
    }

    /// Reports a paragraph or list item that states something without a citation, if `site.toml` asks for that.
    /// Checks only texts that must cite (see `TextLocation::should_cite`). The nodes of the block begin at index
    /// `from`.
    pub(super) fn check_uncited(&mut self, from: usize, range: Range<usize>) {
        if !(self.location.should_cite && self.context.site.warn_uncited) {
            return;
        }
        let nodes = &self.text.nodes[from..];
        let has_citation = nodes.iter().any(|node| {
            matches!(node, MarkdownNode::Citation(_) | MarkdownNode::BlockQuote(_) | MarkdownNode::Marker(_))
        });
        let begins_block = |node: &MarkdownNode| match node {
            MarkdownNode::Event(event) => {
                matches!(event.event(), Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_)))
            }
            _ => false,
        };
        let has_inner_blocks = nodes.iter().skip(1).any(begins_block);
        let words = words_of(nodes);
        // A block that contains other blocks is not reported, because those have been checked already. A question
        // states nothing.
        let is_statement = words.unicode_words().count() >= MIN_STATEMENT_WORDS && !words.ends_with('?');
        if is_statement && !has_citation && !has_inner_blocks {
            let span = self.span(range);
            self.findings.problems.push(problems::uncited(span));
        }
    }
}

/// Returns the text of nodes, with [`PARAGRAPH_BREAK`] between paragraphs.
fn words_of(nodes: &[MarkdownNode]) -> String {
    let mut words = String::new();
    for node in nodes {
        let MarkdownNode::Event(event) = node else { continue };
        match event.event() {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Paragraph) => words.push(PARAGRAPH_BREAK),
            _ => {}
        }
    }
    words.trim().to_owned()
}

fn is_event(node: &MarkdownNode, event: &Event<'_>) -> bool {
    matches!(node, MarkdownNode::Event(found) if found.event() == *event)
}
