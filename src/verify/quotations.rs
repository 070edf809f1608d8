//! Warns of words in ordinary quotation marks that no cited document contains, or whose meaning the words beside them
//! in the document reverse. Only `[@source "words"]`, block quotations and a record's `quotes` become verified quotes,
//! but readers take every text in quotation marks for one. Single words are not checked: they are often terms, or
//! ironic.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use sourcewise_quotes::{QuotePattern, SegmentedDocument, prove, refusal};

use super::context::Context;
use super::markdown::{MarkdownNode, MarkdownReader};
use super::quotation_marks::{
    is_of_citation_before, quotation_after_citation, quotations, quotations_of_last_sentence,
};
use super::quotation_problems;
use super::quote_context::{Statement, check_context};
use super::quote_problems;
use crate::files::{Span, Spanned};
use crate::ids::SourceId;
use crate::problem::Problem;

impl MarkdownReader<'_, '_> {
    /// Checks quotations in a paragraph, list item or table cell: those in the sentence that ends with a citation, and
    /// one that begins directly after it. Before a citation with a quote of its own, none are checked. Nor are any
    /// inside a block quotation, which is checked as a whole. The nodes of the block begin at index `from`.
    pub(super) fn check_quotations(&mut self, from: usize, range: &Range<usize>) {
        if self.is_in_block_quotation() {
            return;
        }
        let (groups, rest) = self.cited_texts(from);
        let mut found = Vec::new();
        for (at, CitedText { before, cited, has_quote }) in groups.iter().enumerate() {
            let of_previous = quotation_after_citation(before)
                .filter(|quoted| at > 0 && is_of_citation_before(before, quoted));
            let mut quoted = if *has_quote { Vec::new() } else { quotations_of_last_sentence(before) };
            quoted.retain(|quoted| Some(quoted) != of_previous.as_ref());
            let next = groups.get(at + 1).map(|next| next.before.as_str());
            let after = next.unwrap_or(&rest);
            let of_next = |quoted: &Range<usize>| {
                next.is_some()
                    && quotations_of_last_sentence(after).contains(quoted)
                    && !is_of_citation_before(after, quoted)
            };
            let own = quotation_after_citation(after).filter(|quoted| !of_next(quoted));
            let quotations =
                quoted.into_iter().map(|quoted| &before[quoted]).chain(own.map(|quoted| &after[quoted]));
            for quotation in quotations {
                let written = &self.body.text()[range.clone()];
                let at = written.find(quotation).map(|at| range.start + at);
                let at = at.map_or(range.clone(), |at| at..at + quotation.len());
                let span = self.span(at);
                found.extend(check_quotation(self.context, cited, quotation, Statement::Markdown, span));
            }
        }
        self.findings.problems.extend(found);
    }

    /// Whether the block that is being read is inside a block quotation.
    pub(super) fn is_in_block_quotation(&self) -> bool {
        let is_block_quotation = |at: &usize| matches!(&self.text.nodes[*at], MarkdownNode::Event(event) if event.event() == Event::Start(Tag::BlockQuote(None)));
        self.open.iter().any(is_block_quotation)
    }

    /// Returns the citations of a block up to its first inner block, each group of neighbours with the text before it,
    /// and the text after the last group.
    fn cited_texts(&self, from: usize) -> (Vec<CitedText>, String) {
        let (mut groups, mut group) = (Vec::new(), CitedText::default());
        // The text after the group, as long as it has no words.
        let mut after = String::new();
        for node in self.text.nodes.get(from + 1..).unwrap_or_default() {
            match node {
                MarkdownNode::Citation(index) => {
                    let citation = &self.text.citations[*index];
                    group.cited.push(citation.source.clone());
                    group.has_quote |= citation.quote.is_some();
                    after.clear();
                }
                MarkdownNode::Event(event) => match event.event() {
                    // The words of an inner block are checked at the end of that block.
                    Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_)) => break,
                    Event::Text(text) => {
                        if !group.cited.is_empty() && text.contains(char::is_alphanumeric) {
                            let before = std::mem::take(&mut after);
                            let next = CitedText { before, ..CitedText::default() };
                            groups.push(std::mem::replace(&mut group, next));
                        }
                        let text_so_far = if group.cited.is_empty() { &mut group.before } else { &mut after };
                        text_so_far.push_str(&text);
                    }
                    Event::SoftBreak | Event::HardBreak if group.cited.is_empty() => group.before.push(' '),
                    Event::SoftBreak | Event::HardBreak => after.push(' '),
                    _ => {}
                },
                _ => {}
            }
        }
        if group.cited.is_empty() {
            return (groups, group.before);
        }
        groups.push(group);
        (groups, after)
    }
}

/// Citations beside one another, with the text before them.
#[derive(Default)]
struct CitedText {
    before: String,
    cited: Vec<SourceId>,
    /// Whether one of the citations has a quote of its own. Then the quotations before them are not checked.
    has_quote: bool,
}

/// Checks the quotations in an answer's summary against the document of the answer's source. `statement` is how the
/// answer's quotes are given. Unless it is [`Statement::Explained`], the quotations are checked as
/// [`Statement::Open`]: reported speech and wishes are no problem, because a summary may say whose they are.
pub(super) fn check_summary(
    context: &Context<'_>,
    source: &SourceId,
    summary: &Spanned<String>,
    statement: Statement,
) -> Vec<Problem> {
    let statement = if statement == Statement::Explained { statement } else { Statement::Open };
    let problem = |quoted: Range<usize>| {
        let sources = std::slice::from_ref(source);
        check_quotation(context, sources, &summary.value[quoted], statement, summary.span)
    };
    quotations(&summary.value).into_iter().filter_map(problem).collect()
}

/// Returns a warning if no cited document contains the quotation, or if in all documents that do, the words beside it
/// reverse its meaning. The warning says if a part that was left out of a document has the words, or if the first
/// document has them with another meaning. Nothing is reported for a single word, or if a cited document is missing.
pub(super) fn check_quotation(
    context: &Context<'_>,
    cited: &[SourceId],
    quotation: &str,
    statement: Statement,
    span: Span,
) -> Option<Problem> {
    if !quotation.trim().contains(char::is_whitespace) {
        return None;
    }
    let documents: Option<Vec<_>> =
        cited.iter().map(|source| Some((source, context.corpus.get(source)?))).collect();
    let documents = documents?;
    let patterns: Vec<QuotePattern> =
        with_either_first_letter(quotation).iter().filter_map(|words| QuotePattern::parse(words)).collect();
    let proof = |(source, document): &(&SourceId, &SegmentedDocument)| {
        let quote = patterns.iter().find_map(|pattern| prove(pattern, document))?;
        Some(check_context(context, source, &quote, statement, span))
    };
    let proofs: Vec<Option<Problem>> = documents.iter().filter_map(proof).collect();
    if !proofs.is_empty() {
        let all: Option<Vec<Problem>> = proofs.into_iter().collect();
        return all?.into_iter().next();
    }
    let in_markdown = statement == Statement::Markdown;
    let part_note = |(source, document): &(&SourceId, &SegmentedDocument)| {
        let parts = context.left_out.get(source)?;
        let part = patterns.iter().find_map(|pattern| parts.quoted(pattern, document.language()))?;
        Some(quote_problems::part_note(source.as_str(), &part))
    };
    if let Some(note) = documents.iter().find_map(part_note) {
        return Some(quotation_problems::quotation_not_found(quotation, cited, in_markdown, span).note(note));
    }
    let (first, document) = documents.first()?;
    if let Some(refusal) = patterns.first().and_then(|pattern| refusal(pattern, document)) {
        return Some(quotation_problems::quotation_refused(first.as_str(), quotation, &refusal, span));
    }
    Some(quotation_problems::quotation_not_found(quotation, cited, in_markdown, span))
}

/// Returns a quotation as written, and with a small and a capital first letter, because that depends on the sentence
/// around it. Commas and full stops at its end are removed, because they may belong to that sentence.
fn with_either_first_letter(quotation: &str) -> [String; 3] {
    let quotation = quotation.trim().trim_end_matches([',', '.']);
    let mut rest = quotation.chars();
    let first: String = rest.next().into_iter().collect();
    [first.clone(), first.to_lowercase(), first.to_uppercase()].map(|first| first + rest.as_str())
}
