//! Takes the headers and footers of printed pages out of a plain text, such as an RFC or a transcript, so that a
//! sentence that continues on the next page is one. They are set aside.
//!
//! A page ends at a form feed, or after a line such as `Quill    Informational    [Page 3]`. Lines at the edge of a page
//! are headers or footers if many pages have the same line there, not counting numbers.

use std::collections::BTreeMap;

use super::{ExtractedText, SetAsideReason};
use crate::text::collapse_whitespace;

/// A text with fewer pages has no headers and footers that could be recognized by their repetition.
const MIN_PAGES: usize = 3;
/// Minimum number of pages with the same line at their edge, for it to be a header or footer.
const MIN_REPETITIONS: usize = 3;
/// That number must also be at least the number of pages divided by this: pages on the left and on the right may
/// differ, and so may chapters.
const MAX_PAGES_PER_REPETITION: usize = 3;
/// Maximum number of lines of a header or footer.
const MAX_EDGE_LINES: usize = 3;

/// A page: its lines that are not blank. Blank lines are the gaps between them.
type Page<'t> = Vec<Line<'t>>;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    /// The line with its indent, without white space at its end.
    text: &'t str,
    /// Whether a blank line precedes it on its page.
    is_after_blank: bool,
}

/// The edge of a page: its first lines, or its last ones in reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Top,
    Bottom,
}

/// Returns the text without the headers and footers of its pages; `None` if it has none.
pub(crate) fn without_page_edges(text: &str) -> Option<ExtractedText> {
    let mut pages = pages(text);
    if pages.len() < MIN_PAGES {
        return None;
    }
    let repeated = repeated_lines(&pages);
    let edges: Vec<_> = pages.iter_mut().map(|page| take_edges(page, &repeated)).collect();
    if edges.iter().all(String::is_empty) {
        return None;
    }
    let mut joined = ExtractedText::default();
    let mut last: Option<Line<'_>> = None;
    for (page, edge) in pages.iter().zip(edges) {
        for (index, line) in page.iter().enumerate() {
            let gap = match last {
                None => "",
                Some(last) if index == 0 && !may_continue(last, *line) => "\n\n",
                Some(_) if index > 0 && line.is_after_blank => "\n\n",
                Some(_) => "\n",
            };
            joined.text.push_str(gap);
            joined.text.push_str(line.text);
            last = Some(*line);
        }
        let at = joined.text.len();
        joined.push_set_aside(SetAsideReason::PageEdge, at, &edge);
    }
    joined.text.push('\n');
    Some(joined)
}

/// Splits a text into pages.
fn pages(text: &str) -> Vec<Page<'_>> {
    let mut pages = Vec::new();
    let mut page = Page::new();
    for part in text.split('\u{c}') {
        let mut is_after_blank = false;
        for line in part.lines().map(str::trim_end) {
            if !line.is_empty() {
                page.push(Line { text: line, is_after_blank });
            } else if page.last().is_some_and(|last| is_numbered_footer(last.text)) {
                pages.push(std::mem::take(&mut page));
            }
            is_after_blank = line.is_empty();
        }
        pages.push(std::mem::take(&mut page));
    }
    pages.retain(|page| !page.is_empty());
    pages
}

/// Whether a line ends as the footers of RFCs: `[Page 3]`.
fn is_numbered_footer(line: &str) -> bool {
    let number = line.strip_suffix(']').and_then(|line| line.rsplit_once("[Page "));
    number.is_some_and(|(_, number)| {
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c))
    })
}

/// Returns the lines at the edges of pages that are on enough pages. In them, a `#` is in the place of each number.
fn repeated_lines(pages: &[Page<'_>]) -> BTreeMap<(Edge, String), usize> {
    let mut counts = BTreeMap::new();
    for page in pages {
        let top = page.iter().take(MAX_EDGE_LINES).map(|line| (Edge::Top, key(line.text)));
        let bottom = page.iter().rev().take(MAX_EDGE_LINES).map(|line| (Edge::Bottom, key(line.text)));
        for line in top.chain(bottom) {
            *counts.entry(line).or_insert(0) += 1;
        }
    }
    let least = MIN_REPETITIONS.max(pages.len().div_ceil(MAX_PAGES_PER_REPETITION));
    counts.retain(|_, count| *count >= least);
    counts
}

/// Removes header and footer from a page, and returns their words.
fn take_edges(page: &mut Page<'_>, repeated: &BTreeMap<(Edge, String), usize>) -> String {
    let is_edge = |edge: Edge, line: &Line<'_>| repeated.contains_key(&(edge, key(line.text)));
    let top = page.iter().take(MAX_EDGE_LINES).take_while(|line| is_edge(Edge::Top, line)).count();
    let bottom = page[top..].iter().rev().take(MAX_EDGE_LINES);
    let bottom = bottom.take_while(|line| is_edge(Edge::Bottom, line)).count();
    let footer = page.split_off(page.len() - bottom);
    let words: Vec<&str> = page.drain(..top).chain(footer).map(|line| line.text).collect();
    words.join(" ")
}

fn key(line: &str) -> String {
    let mut key = String::new();
    for c in collapse_whitespace(line).chars() {
        match c.is_ascii_digit() {
            true if key.ends_with('#') => {}
            true => key.push('#'),
            false => key.push(c),
        }
    }
    key
}

/// Whether a paragraph may continue from the last line of a page to the first line of the next: the indents are equal,
/// and the last line doesn't end as a sentence does.
fn may_continue(last: Line<'_>, next: Line<'_>) -> bool {
    let indent = |line: Line<'_>| line.text.len() - line.text.trim_start().len();
    indent(last) == indent(next)
        && last.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SetAside;

    const CREWS: [&str; 4] = ["ferryman", "miller", "carter", "baker"];

    /// A text of pages, each with its footer and header. The last sentence of each page continues on the next.
    fn rfc(page_break: &str) -> String {
        let page = |(number, crew): (usize, &str)| {
            format!(
                "   of the {crew}, at the bow.\n\n   A {crew} who crosses the river by night carries the lamp\n\n\n\
                 Quill                 Informational                 [Page {number}]\n{page_break}\n\
                 RFC 99999             Ferries at Night             May 1911\n\n\n"
            )
        };
        (1..).zip(CREWS).map(page).collect()
    }

    #[test]
    fn a_sentence_continues_over_the_edge_of_a_page() {
        for page_break in ["\u{c}", ""] {
            let read = without_page_edges(&rfc(page_break)).expect("it has pages");
            let lamp = "A ferryman who crosses the river by night carries the lamp\n   of the miller, at the bow.\n\n";
            assert!(read.text.contains(lamp), "{page_break:?}: {}", read.text);
            assert!(!read.text.contains("Quill") && !read.text.contains("RFC 99999"), "{}", read.text);
            let set_aside = SetAside {
                reason: SetAsideReason::PageEdge,
                at: read.text.find("\n   of the miller").expect("it is contained"),
                words: "Quill Informational [Page 1]".to_owned(),
            };
            assert_eq!(read.set_aside[0], set_aside);
        }
    }

    #[test]
    fn lines_that_few_pages_share_stay() {
        let text_of = |edges: [&str; 4]| -> String {
            let page = |(edge, crew)| format!("{edge}\nThe {crew} was late.\n\u{c}");
            edges.into_iter().zip(CREWS).map(page).collect()
        };
        assert_eq!(without_page_edges(&text_of(["The log", "Log of June", "Log of July", "The log"])), None);
        let read = without_page_edges(&text_of(["The log"; 4])).expect("it has headers");
        assert!(!read.text.contains("The log"), "{}", read.text);
    }

    #[test]
    fn lines_that_cite_a_page_end_none() {
        let text = "The ferry was late, see the log [Page 3]\nand the minutes.\n\n".repeat(4);
        assert_eq!(without_page_edges(&text), None);
    }

    #[test]
    fn a_sentence_that_ends_on_a_page_ends_its_paragraph() {
        let page = |(number, crew): (usize, &str)| format!("  {number}\nThe {crew} was late.\n\u{c}");
        let text: String = (1..).zip(CREWS).map(page).collect();
        let read = without_page_edges(&text).expect("it has numbers");
        assert!(read.text.starts_with("The ferryman was late.\n\nThe miller"), "{}", read.text);
    }
}
