//! Reports mistyped citations, markers and links, which readers would see as typed: `@gazette`, `[gazette]` and
//! `[cause?]` if the id exists, and `[[name]]` whether or not the name exists.

use std::ops::Range;

use super::link_problems;
use super::markdown::MarkdownReader;
use super::problems;
use super::quotation_marks::quotations;
use crate::ids::{QuestionId, SourceId};

impl MarkdownReader<'_, '_> {
    /// Reports mistyped references to sources, questions and pages in a piece of plain text. `written` is the piece,
    /// which begins at byte `from` of the Markdown.
    pub(super) fn report_mistyped(&mut self, written: &str, from: usize) {
        for (at, _) in written.match_indices('@') {
            self.report_bare_source(at, written, from);
        }
        let is_in_quotation = self.is_in_block_quotation();
        let quoted = quotations(written);
        for (at, _) in written.match_indices(['[', '(']) {
            let close = if written[at..].starts_with('[') { ']' } else { ')' };
            let Some(len) = written[at + 1..].find(['[', ']', '(', ')']) else { continue };
            let is_closed = written[at + 1 + len..].starts_with(close);
            // Brackets in a quotation hold words that its author has changed, so they are no references.
            let is_changed = is_in_quotation || quoted.iter().any(|quoted| quoted.contains(&at));
            if is_closed && !is_changed && !self.is_escaped(from + at) {
                self.report_bracketed(at..at + len + 2, written, from);
            }
        }
    }

    /// Reports `@gazette` without brackets or in round ones, if it is the id of a source and not part of an address.
    fn report_bare_source(&mut self, at: usize, written: &str, from: usize) {
        let before = &self.body.text()[..from + at];
        // If the piece begins with `@`, a `[` before it is that of a link, `[@gazette](…)`, and not plain text.
        // Then the character before the link counts.
        let before = if at == 0 { before.trim_end_matches('[') } else { before };
        let is_at_start =
            before.chars().next_back().is_none_or(|c| c.is_whitespace() || "({“‘\"'—–,;:-".contains(c));
        let after = &written[at + 1..];
        let end =
            after.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(after.len());
        let id = after[..end].trim_end_matches(['-', '_']);
        let rest = &after[id.len()..];
        let next = rest.trim_start_matches('.');
        let is_address =
            rest.starts_with(['@', '/']) || (next != rest && next.starts_with(char::is_alphanumeric));
        if !is_at_start || is_address || self.source(id).is_none() {
            return;
        }
        let is_in_brackets = written[..at].ends_with('(') && rest.starts_with(')');
        let (start, end) = if is_in_brackets { (at - 1, at + id.len() + 2) } else { (at, at + id.len() + 1) };
        let span = self.span(from + start..from + end);
        let problem =
            problems::mistyped_id(&written[start..end], &format!("[@{id}]"), &format!("\\@{id}"), span);
        self.findings.problems.push(problem);
    }

    /// Reports `[gazette]`, `[cause]`, `[cause?]` and `(?cause)`, if they have the id of a source or question, and text
    /// in double brackets. `range`, in `written`, includes the brackets.
    fn report_bracketed(&mut self, range: Range<usize>, written: &str, from: usize) {
        let bracketed = &written[range.clone()];
        let is_square = bracketed.starts_with('[');
        let inner = bracketed[1..bracketed.len() - 1].trim();
        let is_double =
            is_square && written[..range.start].ends_with('[') && written[range.end..].starts_with(']');
        // A link with a mistyped address has its own problem.
        if is_square && written[range.end..].starts_with('(') {
            return;
        }
        if is_double && self.is_escaped(from + range.start - 1) {
            return;
        }
        if is_double {
            self.report_double_brackets(inner, from + range.start - 1..from + range.end + 1);
            return;
        }
        let meant = if is_square { self.reference_to(inner) } else { None };
        let asked = inner.strip_suffix('?').filter(|_| is_square).or_else(|| inner.strip_prefix('?'));
        let marker = || asked.and_then(|id| self.question(id)).map(|id| format!("[?{id}]"));
        if let Some(meant) = meant.or_else(marker) {
            let span = self.span(from + range.start..from + range.end);
            let problem = problems::mistyped_id(bracketed, &meant, &format!("\\{bracketed}"), span);
            self.findings.problems.push(problem);
        }
    }

    /// Reports `[[name]]` and `[[name|words]]`, which are links in other programs, such as wikis. Text without letters
    /// is no name.
    fn report_double_brackets(&mut self, inner: &str, range: Range<usize>) {
        let (name, words) = inner.split_once('|').unwrap_or((inner, inner));
        if !name.contains(char::is_alphabetic) {
            return;
        }
        let link = || {
            let path = self.context.links.named(name, self.location)?;
            Some(format!("[{}]({path})", words.trim()))
        };
        let span = self.span(range);
        let meant = self.reference_to(name).or_else(link);
        self.findings.problems.push(link_problems::double_brackets(inner, meant.as_deref(), span));
    }

    /// Returns the citation of a source with this id, or else the marker of a question with it.
    fn reference_to(&self, id: &str) -> Option<String> {
        let marker = || self.question(id).map(|id| format!("[?{id}]"));
        self.source(id).map(|id| format!("[@{id}]")).or_else(marker)
    }

    pub(super) fn source(&self, id: &str) -> Option<SourceId> {
        SourceId::parse(id).filter(|id| self.context.source_ids.contains(id))
    }

    pub(super) fn question(&self, id: &str) -> Option<QuestionId> {
        QuestionId::parse(id).filter(|id| self.context.positions.contains_key(id))
    }
}
