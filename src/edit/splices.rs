//! Replaces byte ranges of a text, and finds the lines around a byte. Bytes outside the ranges stay as they are.

use std::ops::Range;

/// Replacements in a text. Their ranges must not overlap.
#[derive(Debug, Default)]
pub(super) struct Splices {
    list: Vec<(Range<usize>, String)>,
}

impl Splices {
    pub(super) fn replace(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.list.push((range, new.into()));
    }

    pub(super) fn insert(&mut self, at: usize, new: impl Into<String>) {
        self.replace(at..at, new);
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// The bytes where the ranges begin, in the order in which they were added.
    pub(super) fn starts(&self) -> impl Iterator<Item = usize> {
        self.list.iter().map(|(range, _)| range.start)
    }

    /// Returns the text with all replacements, or `None` if some overlap. Texts inserted at the same byte keep their
    /// order.
    pub(super) fn apply(mut self, text: &str) -> Option<String> {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        for (range, replacement) in self.list {
            new.push_str(text.get(at..range.start)?);
            new.push_str(&replacement);
            at = range.end;
        }
        new.push_str(&text[at..]);
        Some(new)
    }
}

/// Returns the byte where the line of a byte begins. A byte order mark is not part of its line.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    if start == 0 { text_start(text).min(at) } else { start }
}

/// Returns the byte after the byte order mark; 0 if the text has none.
pub(super) fn text_start(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// Returns where the line above begins, for a byte where a line begins or the text ends. `None` for the first line.
pub(super) fn line_above(text: &str, start: usize) -> Option<usize> {
    let above = &text[..start];
    (start > text_start(text)).then(|| line_start(text, above.strip_suffix('\n').unwrap_or(above).len()))
}

/// Returns the byte after the line feed of a byte's line, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |feed| at + feed + 1)
}

/// Returns the line that begins at a byte, without its end.
pub(super) fn line(text: &str, start: usize) -> &str {
    text[start..next_line(text, start)].trim_end_matches(['\n', '\r'])
}

/// Whether an empty line, or one of white space only, begins at a byte. False at the end of the text.
pub(super) fn is_blank(text: &str, start: usize) -> bool {
    start < text.len() && line(text, start).trim().is_empty()
}

/// Returns the white space with which the line of a byte begins, up to that byte.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    let before = &text[start..at];
    &before[..before.len() - before.trim_start().len()]
}

/// Whether only white space is before a byte in its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim().is_empty()
}

/// Returns the line end of the line above a byte, or else of the byte's own line: `\r\n` or `\n`. `\n` if neither ends.
pub(super) fn newline_at(text: &str, at: usize) -> &'static str {
    let above = text[..at].rfind('\n');
    let feed = above.or_else(|| text[at..].find('\n').map(|feed| at + feed));
    match feed {
        Some(feed) if text[..feed].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Inserts whole lines at the beginning of a line, or at the end of a text whose last line may have no line end. The
/// argument `lines` must end with a line end.
pub(super) fn insert_lines(text: &str, at: usize, lines: &str, splices: &mut Splices) {
    if at == text.len() && at > line_start(text, at) {
        // As before, the text ends without a line end.
        let newline = newline_at(text, at);
        splices.insert(at, format!("{newline}{}", lines.strip_suffix(newline).unwrap_or(lines)));
    } else {
        splices.insert(at, lines);
    }
}

/// Extends a range to whole lines, with their line ends.
pub(super) fn lines_of(text: &str, range: &Range<usize>) -> Range<usize> {
    line_start(text, range.start)..next_line(text, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ranges_change() {
        let mut splices = Splices::default();
        splices.replace(4..5, "E");
        splices.insert(1, "1");
        splices.insert(1, "2");
        splices.remove(2..3);
        assert_eq!(splices.apply("abcdef").as_deref(), Some("a12bdEf"));
    }

    #[test]
    fn lines_end_as_their_neighbours_do() {
        assert_eq!(newline_at("a\r\nb", 3), "\r\n");
        assert_eq!(newline_at("a\nb\r\n", 2), "\n");
        assert_eq!(newline_at("b\r\n", 0), "\r\n");
        assert_eq!(newline_at("b", 1), "\n");
    }

    #[test]
    fn a_last_line_without_end_stays_without_one() {
        let mut splices = Splices::default();
        insert_lines("a\r\nb", 4, "c\r\n", &mut splices);
        assert_eq!(splices.apply("a\r\nb").as_deref(), Some("a\r\nb\r\nc"));
    }
}
