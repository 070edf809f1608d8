//! Sections as blocks of lines: a header with what is below it, and the comments directly above.

use std::ops::Range;

use super::splices::{
    Splices, insert_lines, is_blank, line, line_above, line_start, newline_at, next_line, text_start,
};
use super::syntax::{Section, Syntax};

/// A section with the sections below it in the hierarchy.
#[derive(Debug)]
pub(super) struct TableBlock {
    /// The index of the block's own section in [`Syntax::sections`]. The sections below it in the hierarchy
    /// follow.
    pub(super) first: usize,
    /// Whole lines, from the comments directly above the header to the last line that belongs to the section.
    pub(super) span: Range<usize>,
}

impl Section {
    /// Whether the header is one of a list of tables: `[[answer]]`.
    pub(super) fn header_is_list(&self, text: &str) -> bool {
        self.header.as_ref().is_some_and(|header| text[header.span.start..].starts_with("[["))
    }

    /// The end of the last value, or of the header if the section has no values.
    fn end(&self) -> usize {
        let header = self.header.as_ref().map_or(0, |header| header.span.end);
        self.entries.last().map_or(header, |entry| entry.value.span.end)
    }
}

/// Returns the blocks of all sections with this name, as `[name]` or `[[name]]`.
pub(super) fn blocks_of(text: &str, syntax: &Syntax, name: &str) -> Vec<TableBlock> {
    let paths: Vec<Vec<&str>> = syntax.sections.iter().map(Section::path).collect();
    let firsts = (0..paths.len()).filter(|index| paths[*index] == [name]);
    let block = |first: usize| {
        let below = paths[first + 1..].iter().take_while(|path| path.len() > 1 && path[0] == name).count();
        TableBlock { first, span: block_start(text, syntax, first)..block_end(text, syntax, first + below) }
    };
    firsts.map(block).collect()
}

/// Returns where the comments directly above a section's header begin, or else its line.
pub(super) fn block_start(text: &str, syntax: &Syntax, section: usize) -> usize {
    let header = syntax.sections[section].header.as_ref().map_or(0, |header| header.span.start);
    let mut start = line_start(text, header);
    while let Some(above) = line_above(text, start) {
        let comment = line(text, above);
        // A line of a multi-line string may begin with `#`, too.
        if !syntax.has_comment_at(above + comment.len() - comment.trim_start().len()) {
            break;
        }
        start = above;
    }
    start
}

/// Returns where a section ends: after the line of its last value. Comments directly below belong to the section,
/// too, if a blank line or the end of the text follows them; otherwise they belong to what is below them.
pub(super) fn block_end(text: &str, syntax: &Syntax, section: usize) -> usize {
    let end = next_line(text, syntax.sections[section].end());
    let mut after = end;
    while after < text.len() {
        let comment = line(text, after);
        if !syntax.has_comment_at(after + comment.len() - comment.trim_start().len()) {
            break;
        }
        after = next_line(text, after);
    }
    if after == text.len() || is_blank(text, after) { after } else { end }
}

/// Inserts the lines of a new section after a block, or at the end of the text. Adds blank lines above it until there
/// are as many as above `neighbour`, or one if that is the first section or missing. Adds none at the top of the text.
pub(super) fn insert_block(
    text: &str,
    after: Option<&TableBlock>,
    neighbour: Option<&TableBlock>,
    lines: &str,
    splices: &mut Splices,
) {
    let at = after.map_or(text.len(), |block| block.span.end);
    let newline = newline_at(text, at);
    let is_first = at <= text_start(text);
    let wanted = match neighbour {
        _ if is_first => 0,
        Some(neighbour) if neighbour.first > 1 => blank_lines_above(text, neighbour.span.start),
        _ => 1,
    };
    let missing = wanted.saturating_sub(blank_lines_above(text, at));
    insert_lines(text, at, &format!("{}{lines}", newline.repeat(missing)), splices);
}

/// Removes a block with one blank line: the one below, or else the one above.
pub(super) fn remove_block(text: &str, span: &Range<usize>, splices: &mut Splices) {
    let mut range = span.clone();
    if is_blank(text, range.end) {
        range.end = next_line(text, range.end);
    } else if range.end == text.len()
        && let Some(above) = line_above(text, range.start).filter(|above| is_blank(text, *above))
    {
        range.start = above;
    }
    splices.remove(range);
}

/// Counts the blank lines directly above the line that begins at `at`.
fn blank_lines_above(text: &str, at: usize) -> usize {
    let mut count = 0;
    let mut start = at;
    while let Some(above) = line_above(text, start).filter(|above| is_blank(text, *above)) {
        (start, count) = (above, count + 1);
    }
    count
}
