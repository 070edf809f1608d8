//! The `+++` block at the head of a Markdown file, and the Markdown after it.

use std::ops::Range;
use std::sync::Arc;

use super::table::Table;
use crate::files::{FileId, Span};
use crate::problem::{Code, Problem, Problems};

/// Markdown that an author wrote, and where.
#[derive(Clone, Debug)]
pub struct MarkdownSource {
    /// A text that the Markdown is the end of: its file's, which is kept once.
    whole: Arc<str>,
    /// Where it begins there.
    start: usize,
    /// Its place: in a file of its own kind byte for byte, or somewhere within a TOML text.
    pub position: MarkdownPosition,
}

/// How places in a [`MarkdownSource`] are found again in its file.
#[derive(Clone, Copy, Debug)]
pub enum MarkdownPosition {
    /// The Markdown begins at this span's start and stands in the file as it is.
    Verbatim(Span),
    /// The Markdown is a TOML text, whose escapes make exact places unknowable: the whole of it is shown.
    Escaped(Span),
}

impl MarkdownSource {
    /// Markdown within a TOML text that stands at a place.
    pub(super) fn in_toml(text: String, span: Span) -> Self {
        Self { whole: text.into(), start: 0, position: MarkdownPosition::Escaped(span) }
    }

    /// The Markdown.
    pub fn text(&self) -> &str {
        &self.whole[self.start..]
    }

    /// The place of a range of the Markdown in the author's file, without the white space at its end.
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

/// Splits a Markdown file into its front matter, as a table to be read, and its body.
///
/// A file without front matter, or with one that never ends, is a problem: a page needs a title.
pub(super) fn split<'i>(
    file: FileId,
    text: &'i Arc<str>,
    problems: &mut Problems,
) -> Option<(Table<'i>, MarkdownSource)> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = Lines { text, at: bom };
    let opening = lines.next();
    let Some(opening) = opening.filter(|range| text[range.clone()].trim_end() == FENCE) else {
        let help = if text[bom..].starts_with("---") {
            "front matter is TOML here: `+++` instead of `---`, and `title = \"…\"` instead of `title: …`"
        } else {
            "begin it with a line `+++`, then `title = \"…\"`, then a line `+++`"
        };
        let message = "this file has no front matter";
        problems.push(Problem::error(Code::FrontMatterMissing, Span::whole(file), message, help));
        return None;
    };
    let start = lines.at;
    while let Some(line) = lines.next() {
        if text[line.clone()].trim_end() == FENCE {
            let position = MarkdownPosition::Verbatim(Span::new(file, lines.at..text.len()));
            let body = MarkdownSource { whole: text.clone(), start: lines.at, position };
            return Some((Table::parse(file, &text[start..line.start], start, problems), body));
        }
    }
    problems.push(
        Problem::error(
            Code::FrontMatterUnclosed,
            Span::new(file, opening.start..opening.start + FENCE.len()),
            "this front matter never ends",
            "end it with a line `+++` of its own, before the text of the page",
        )
        .label("opened here"),
    );
    None
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    /// The next line, without its line feed.
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
