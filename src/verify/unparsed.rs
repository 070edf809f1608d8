//! Reports syntax that the Markdown parser took for plain text, so that readers would see its brackets: citations,
//! notes and links. `mistyped` reports ids and titles.

use std::ops::Range;

use super::citation::CitationError;
use super::markdown::MarkdownReader;
use super::{link_problems, problems};

/// A problem about a citation with nested or unclosed brackets shows its beginning, up to this length.
const MAX_QUOTED_CITATION_CHARS: usize = 30;

impl MarkdownReader<'_, '_> {
    /// Reports mistyped syntax in a piece of plain text, which is at `range` of the Markdown.
    pub(super) fn report_unparsed(&mut self, range: &Range<usize>) {
        let written = &self.body.text()[range.clone()];
        // Fast path: hardly any text contains one of these.
        if memchr::memchr3(b'[', b']', b'@', written.as_bytes()).is_none() && !written.contains("(?") {
            return;
        }
        self.report_unparsed_citations(written, range.start);
        self.report_unknown_note(written, range.start);
        self.report_spaced_addresses(written, range.start);
        self.report_mistyped(written, range.start);
    }

    /// Returns the byte offset in `written` of the first `open` without a backslash before it. `written` is at byte
    /// `from`.
    fn first_unescaped(&self, written: &str, from: usize, open: &str) -> Option<usize> {
        written.match_indices(open).map(|(at, _)| at).find(|at| !self.is_escaped(from + at))
    }

    /// Whether there is a backslash before this byte of the Markdown.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        self.body.text()[..at].ends_with('\\')
    }

    /// Reports citations and markers with nested or unclosed brackets. After `[?`, a letter or digit must follow,
    /// because ordinary text may have a question mark in brackets.
    fn report_unparsed_citations(&mut self, written: &str, from: usize) {
        let is_marker = |at: usize| written[at + "[?".len()..].starts_with(char::is_alphanumeric);
        let is_open =
            |at: usize| written[at..].starts_with("[@") || written[at..].starts_with("[?") && is_marker(at);
        let opens = written.match_indices('[').map(|(at, _)| at);
        let opens: Vec<usize> = opens.filter(|at| is_open(*at) && !self.is_escaped(from + at)).collect();
        for (index, start) in opens.iter().enumerate() {
            let end = opens.get(index + 1).copied().unwrap_or(written.len());
            let line = written[*start..end].lines().next().unwrap_or_default().trim_end();
            let rest = start_of(line);
            let span = self.span(from + start..from + start + rest.len());
            let error = if let Some(inner) = inner_brackets(line) {
                CitationError::new(
                    "it contains another `[`",
                    format!(
                        "a citation and its quote can't contain brackets: write the document's own words, or `…`, in \
                         place of `{inner}`"
                    ),
                )
            } else if rest.starts_with("[?") {
                CitationError::new("it has no closing `]`", "write `]` after the id of the question")
            } else {
                CitationError::new("it has no closing `]`", "write `]` after the source or its quote")
            };
            let shown = if rest.len() < line.len() { format!("{rest}…") } else { rest.to_owned() };
            self.findings.problems.push(problems::bad_citation(&shown, &error, span));
        }
    }

    /// Reports the first reference to a missing footnote, `[^name]`.
    fn report_unknown_note(&mut self, written: &str, from: usize) {
        if let Some(start) = self.first_unescaped(written, from, "[^")
            && let Some(end) = written[start..].find(']').map(|end| start + end)
            && !written[start..end].contains(char::is_whitespace)
            && end > start + 2
        {
            let span = self.span(from + start..from + end + 1);
            self.findings.problems.push(problems::unknown_note(&written[start + 2..end], span));
        }
    }

    /// Reports links and images whose address contains spaces: `[the story](The story so far)`.
    fn report_spaced_addresses(&mut self, written: &str, from: usize) {
        for (at, _) in written.match_indices("](") {
            let text = self.body.text();
            let (close, start) = (from + at, from + at + "](".len());
            let Some(len) = written[start - from..].find([')', '\n']) else { continue };
            let address = without_title(&text[start..start + len]);
            // The words in the brackets may be marked up, so that they are not part of this piece of text.
            let line = text[..close].rfind("\n\n").map_or(0, |end| end + 2);
            let Some(open) = text[line..close].rfind('[').map(|open| line + open) else { continue };
            let is_link = text[start + len..].starts_with(')') && address.contains(char::is_whitespace);
            if !is_link || self.is_escaped(open) || self.is_escaped(close) {
                continue;
            }
            let open = if text[..open].ends_with('!') { open - 1 } else { open };
            let target = self.context.links.spaced_target(address, self.location);
            let span = self.span(open..start + len + 1);
            let words = &text[open..=close];
            self.findings.problems.push(link_problems::spaced_address(words, address, target, span));
        }
    }
}

/// Returns the first `MAX_QUOTED_CITATION_CHARS` characters of a line.
fn start_of(line: &str) -> &str {
    let end = line.char_indices().nth(MAX_QUOTED_CITATION_CHARS).map_or(line.len(), |(end, _)| end);
    line[..end].trim_end()
}

/// Returns the first brackets inside a citation, with their content. If they are not closed, returns all up to its end.
fn inner_brackets(citation: &str) -> Option<&str> {
    let start = citation[1..].find('[')? + 1;
    let end = citation[start..].find(']').map_or(citation.len(), |end| start + end + 1);
    Some(&citation[start..end])
}

/// Removes the title of a link: `a b "The title"`.
fn without_title(address: &str) -> &str {
    let address = address.trim();
    let end = address.find([' ', '\t']).filter(|_| address.ends_with('"'));
    let title = end.and_then(|end| address[end..].find('"').map(|at| end + at));
    title.map_or(address, |title| address[..title].trim_end())
}
