//! Warns of words in ordinary quotation marks that no cited document contains. Only `[@source "words"]`, block
//! quotations and a record's `quotes` become verified quotes, but readers take every text in quotation marks for one.
//! Single words are not checked: they are often terms, or ironic.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use sourcewise_quotes::{QuotePattern, prove};

use super::context::Context;
use super::markdown::{MarkdownNode, MarkdownReader};
use super::quote_problems;
use crate::files::{Span, Spanned};
use crate::ids::SourceId;
use crate::problem::Problem;

/// Opening marks, each with the marks that close it. Single marks are left out: most of them are apostrophes.
const MARKS: [(char, &[char]); 6] =
    [('"', &['"']), ('“', &['”']), ('„', &['“', '”']), ('«', &['»']), ('「', &['」']), ('『', &['』'])];

impl MarkdownReader<'_, '_> {
    /// Checks quotations in a paragraph, list item or table cell: before each citation, those in the sentence that ends
    /// with the citation. The nodes of the block begin at index `from`.
    pub(super) fn check_quotations(&mut self, from: usize, range: &Range<usize>) {
        let is_block_quotation = |at: &usize| matches!(&self.text.nodes[*at], MarkdownNode::Event(event) if event.event() == Event::Start(Tag::BlockQuote(None)));
        if self.open.iter().any(is_block_quotation) {
            return;
        }
        let (mut before, mut cited) = (String::new(), Vec::new());
        let mut found = Vec::new();
        let nodes = self.text.nodes.get(from + 1..).unwrap_or_default();
        let mut check = |before: &mut String, cited: &mut Vec<SourceId>| {
            for quoted in quotations_of_last_sentence(before) {
                let quotation = &before[quoted];
                if is_unproved(self.context, cited, quotation) {
                    found.push((quotation.to_owned(), cited.clone()));
                }
            }
            before.clear();
            cited.clear();
        };
        for node in nodes {
            match node {
                MarkdownNode::Citation(index) => {
                    let citation = &self.text.citations[*index];
                    // A citation with a quote of its own says nothing about the quotations before it.
                    match citation.quote {
                        None => cited.push(citation.source.clone()),
                        Some(_) => before.clear(),
                    }
                }
                MarkdownNode::Event(event) => match event.event() {
                    // The words of an inner block are checked at the end of that block.
                    Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_)) => break,
                    Event::Text(text) => {
                        if !cited.is_empty() && text.contains(char::is_alphanumeric) {
                            check(&mut before, &mut cited);
                        }
                        before.push_str(&text);
                    }
                    Event::SoftBreak | Event::HardBreak => before.push(' '),
                    _ => {}
                },
                _ => {}
            }
        }
        check(&mut before, &mut cited);
        for (quotation, sources) in found {
            let written = &self.body.text()[range.clone()];
            let at = written.find(quotation.as_str()).map(|at| range.start + at);
            let at = at.map_or(range.clone(), |at| at..at + quotation.len());
            let problem = quote_problems::quotation_not_found(&quotation, &sources, true, self.span(at));
            self.findings.problems.push(problem);
        }
    }
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

/// Returns the byte ranges of the words inside quotation marks.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, open)) =
        text[from..].char_indices().find(|(_, c)| MARKS.iter().any(|(open, _)| open == c))
    {
        let start = from + at + open.len_utf8();
        let closing = MARKS.iter().find(|(mark, _)| *mark == open).map_or(&[][..], |(_, closing)| closing);
        let Some(len) = text[start..].find(closing) else {
            from = start;
            continue;
        };
        found.push(start..start + len);
        let close = text[start + len..].chars().next().map_or(0, char::len_utf8);
        from = start + len + close;
    }
    found
}

/// Returns those of the [`quotations`] that are in the last sentence of the text.
fn quotations_of_last_sentence(text: &str) -> Vec<Range<usize>> {
    let mut all = quotations(text);
    all.retain(|quoted| {
        let ends_inside = text[quoted.clone()].ends_with(['.', '!', '?']);
        let after: String = text[quoted.end..].chars().skip(1).collect();
        let mut letters = after.chars().filter(|c| !c.is_whitespace());
        let begins_sentence = ends_inside && letters.next().is_some_and(char::is_uppercase);
        !begins_sentence && ![". ", "! ", "? "].iter().any(|end| after.trim_end().contains(end))
    });
    all
}
