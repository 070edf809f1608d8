//! Warns of words in ordinary quotation marks that no cited document contains. Only `[@source "words"]`, block
//! quotations and a record's `quotes` become verified quotes, but readers take every text in quotation marks for one.
//! Single words are not checked: they are often terms, or ironic.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use sourcewise_quotes::{QuotePattern, prove};

use super::context::Context;
use super::markdown::{MarkdownNode, MarkdownReader};
use super::quotation_marks::{
    is_of_citation_before, quotation_after_citation, quotations, quotations_of_last_sentence,
};
use super::quote_problems;
use crate::files::{Span, Spanned};
use crate::ids::SourceId;
use crate::problem::Problem;

impl MarkdownReader<'_, '_> {
    /// Checks quotations in a paragraph, list item or table cell: those in the sentence that ends with a citation, and one
    /// that begins directly after it. The nodes of the block begin at index `from`.
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
                if is_unproved(self.context, cited, quotation) {
                    found.push((quotation.to_owned(), cited.clone()));
                }
            }
        }
        for (quotation, sources) in found {
            let written = &self.body.text()[range.clone()];
            let at = written.find(quotation.as_str()).map(|at| range.start + at);
            let at = at.map_or(range.clone(), |at| at..at + quotation.len());
            let problem = quote_problems::quotation_not_found(&quotation, &sources, true, self.span(at));
            self.findings.problems.push(problem);
        }
    }

    /// Whether the block that is being read is inside a block quotation.
    pub(super) fn is_in_block_quotation(&self) -> bool {
        let is_block_quotation = |at: &usize| matches!(&self.text.nodes[*at], MarkdownNode::Event(event) if event.event() == Event::Start(Tag::BlockQuote(None)));
        self.open.iter().any(is_block_quotation)
    }

    /// Returns the citations of a block, each group of neighbours with the text before it, and the text after the last.
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
    /// Whether one of the citations has a quote of its own: it says nothing about the quotations before it.
    has_quote: bool,
}

/// Checks the quotations in an answer's summary against the document of the answer's source.
pub(super) fn check_summary(
    context: &Context<'_>,
    source: &SourceId,
    summary: &Spanned<String>,
) -> Vec<Problem> {
    let problem = |quoted: Range<usize>, span: Span| {
        let quotation = &summary.value[quoted];
        let sources = std::slice::from_ref(source);
        is_unproved(context, sources, quotation)
            .then(|| quote_problems::quotation_not_found(quotation, sources, false, span))
    };
    quotations(&summary.value).into_iter().filter_map(|quoted| problem(quoted, summary.span)).collect()
}

/// Whether no cited document contains the quotation. A quotation of a single word, or for which a cited document is
/// missing or nothing is cited, counts as proved.
fn is_unproved(context: &Context<'_>, cited: &[SourceId], quotation: &str) -> bool {
    if cited.is_empty() || !quotation.trim().contains(char::is_whitespace) {
        return false;
    }
    let patterns: Vec<QuotePattern> =
        with_either_first_letter(quotation).iter().filter_map(|words| QuotePattern::parse(words)).collect();
    let is_absent = |source: &SourceId| {
        let document = context.corpus.get(source);
        document.is_some_and(|document| patterns.iter().all(|pattern| prove(pattern, document).is_none()))
    };
    cited.iter().all(is_absent)
}

/// Returns a quotation as written, and with a small and a capital first letter, because that depends on the sentence
/// around it. A comma or full stop at its end, which may belong to that sentence, is removed.
fn with_either_first_letter(quotation: &str) -> [String; 3] {
    let quotation = quotation.trim().trim_end_matches([',', '.']);
    let mut rest = quotation.chars();
    let first: String = rest.next().into_iter().collect();
    [first.clone(), first.to_lowercase(), first.to_uppercase()].map(|first| first + rest.as_str())
}
