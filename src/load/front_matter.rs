//! Splits a Markdown file into its front matter (TOML between two `+++` lines) and the Markdown after that. `page` and
//! `question` read the keys of the front matter.

use std::ops::Range;
use std::sync::Arc;

use super::table::Table;
use super::toml_line::{Line, basic};
use crate::files::{FileId, Span};
use crate::problem::{Code, Problem, Problems};

/// The Markdown of a page, question or record, with its position in the file.
#[derive(Clone, Debug)]
pub struct MarkdownSource {
    /// A text that ends with the Markdown: the whole text of a file, shared to avoid a copy, or only a TOML string.
    whole: Arc<str>,
    /// The byte in `whole` where the Markdown begins.
    start: usize,
    pub position: MarkdownPosition,
}

/// How a position in a [`MarkdownSource`] maps to a position in its file.
#[derive(Clone, Copy, Debug)]
pub enum MarkdownPosition {
    /// The file contains the Markdown byte for byte, from the start of this span.
    Verbatim(Span),
    /// The Markdown is a TOML string. Its escapes hide exact positions, so problems show the whole string.
    Escaped(Span),
}

impl MarkdownSource {
    /// Creates the Markdown of a TOML string.
    pub(super) fn in_toml(text: String, span: Span) -> Self {
        Self { whole: text.into(), start: 0, position: MarkdownPosition::Escaped(span) }
    }

    pub fn text(&self) -> &str {
        &self.whole[self.start..]
    }

    /// Maps a range of the Markdown to a span in its file. White space at the end of the range is left out. For a TOML
    /// string, returns the span of the whole string.
    pub fn span(&self, range: Range<usize>) -> Span {
        let range = range.start..range.start + self.text()[range].trim_end().len();
        match self.position {
            MarkdownPosition::Verbatim(at) => {
                Span::new(at.file, at.start + range.start..at.start + range.end)
            }
            MarkdownPosition::Escaped(span) => span,
        }
    }
}

const FENCE: &str = "+++";

/// Splits a Markdown file into the keys of its front matter and the Markdown after it. Records mistakes in the TOML.
///
/// If the front matter is missing or not closed, records a problem and returns `None`, because pages and questions need
/// a title.
pub(super) fn split<'i>(
    file: FileId,
    text: &'i Arc<str>,
    problems: &mut Problems,
) -> Option<(Table<'i>, MarkdownSource)> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = Lines { text, at: bom };
    let opening = lines.next();
    let Some(opening) = opening.filter(|range| text[range.clone()].trim_end() == FENCE) else {
        let (message, help) = if text[bom..].starts_with("---") {
            (
                "this front matter is between lines `---` (YAML), but must be between lines `+++` (TOML)",
                "write `+++` instead of both `---`, and `title = \"…\"` instead of `title: …`".to_owned(),
            )
        } else {
            ("this file has no front matter, the lines between `+++` at its top", missing_help(&text[bom..]))
        };
        problems.push(Problem::error(Code::FrontMatterMissing, Span::whole(file), message, help));
        return None;
    };
    if let Some((head, body)) = fences(text) {
        let position = MarkdownPosition::Verbatim(Span::new(file, body..text.len()));
        let body = MarkdownSource { whole: text.clone(), start: body, position };
        return Some((Table::parse(file, &text[head.clone()], head.start, problems), body));
    }
    problems.push(
        Problem::error(
            Code::FrontMatterUnclosed,
            Span::new(file, opening.start..opening.start + FENCE.len()),
            "this front matter has no closing line `+++`",
            "add a line `+++` between the front matter and the text",
        )
        .label("opened here"),
    );
    None
}

/// Returns the byte range of the TOML in a Markdown file's front matter, and the byte where the Markdown after it
/// begins. `None` if the front matter is missing or not closed.
pub fn fences(text: &str) -> Option<(Range<usize>, usize)> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = Lines { text, at: bom };
    lines.next().filter(|line| text[line.clone()].trim_end() == FENCE)?;
    let start = lines.at;
    while let Some(line) = lines.next() {
        if text[line.clone()].trim_end() == FENCE {
            return Some((start..line.start, lines.at));
        }
    }
    None
}

/// The help for a text without front matter. If the first line that is not blank looks like a key of TOML, only the
/// `+++` lines are missing. If it is a heading, the help suggests its words as title.
fn missing_help(text: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if Line::parse(first).is_some_and(|line| line.has_valid_key() && !line.has_colon) {
        return "write a line `+++` above its first line, and another below the last of its keys".to_owned();
    }
    // Pages show their `title` as a heading. Without “instead of its line”, authors would keep the heading and show it
    // twice.
    let (place, title) = match first.strip_prefix("# ") {
        Some(title) => (format!("instead of its line `{first}`"), title.trim()),
        None => ("at its top".to_owned(), "…"),
    };
    format!("write three lines {place}: `+++`, then `title = {}`, then `+++`", basic(title))
}

/// Iterates over the byte ranges of lines, without their line feeds.
struct Lines<'a> {
    text: &'a str,
    /// The byte where the next line begins.
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |feed| start + feed);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}
