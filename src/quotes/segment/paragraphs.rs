//! Where the paragraphs of a plain text are.
//!
//! A paragraph is what stands between blank lines. In a document whose lines are not broken to a width, every line
//! is one.

use std::ops::Range;

/// A document broken to a width has no line longer than this, in characters.
const WRAPPED_WIDTH: usize = 100;
/// In a document broken to a width, lines that are not the last of their paragraph are mostly at least this long, and
/// mostly end in the middle of a sentence.
const WRAPPED_LINE: usize = 45;

/// The paragraphs of a text, without the white space around them.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines {
        let content = trimmed(text, &line);
        if content.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if wrapped && open && !is_item(&text[content.clone()]) => last.end = content.end,
            _ => paragraphs.push(content),
        }
        open = true;
    }
    paragraphs
}

/// The lines of a text. Besides the line feed, a lone carriage return, the form feed that some programs put between
/// pages, and Unicode's own separators end one.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (at, c) in text.char_indices() {
        let ends = match c {
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
            '\r' => !text[at + 1..].starts_with('\n'),
            _ => false,
        };
        if ends {
            lines.push(start..at);
            start = at + c.len_utf8();
        }
    }
    lines.push(start..text.len());
    lines
}

fn trimmed(text: &str, line: &Range<usize>) -> Range<usize> {
    let white = |c: char| c.is_whitespace() || c == '\u{feff}';
    let whole = &text[line.clone()];
    let start = line.start + (whole.len() - whole.trim_start_matches(white).len());
    start..start + whole.trim_matches(white).len()
}

/// True for a document whose lines were broken to a width, so that a line feed within a block means nothing.
///
/// Such lines are of like length, end in the middle of a sentence, and mostly go on in lower case; headlines don't.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let content: Vec<&str> = lines.iter().map(|line| &text[trimmed(text, line)]).collect();
    let wide = content.iter().filter(|line| line.chars().count() > WRAPPED_WIDTH).count();
    let full = content.iter().filter(|line| !line.is_empty()).count();
    if wide * 10 > full {
        return false;
    }
    let inner = content.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let (mut on, mut all) = (0_usize, 0_usize);
    for pair in inner {
        all += 1;
        let open = !pair[0].ends_with(['.', '!', '?', ':', '。', '”', '"']);
        let goes_on = !pair[1].starts_with(char::is_uppercase) && !is_item(pair[1]);
        on += usize::from(open && goes_on && pair[0].chars().count() >= WRAPPED_LINE);
    }
    all > 0 && on * 2 > all
}

/// True for a line that begins an item of a list.
pub(crate) fn is_item(line: &str) -> bool {
    item_marker(line).is_some()
}

/// How many bytes the mark of an item takes, with the space after it, if a line begins with one.
pub(crate) fn item_marker(line: &str) -> Option<usize> {
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - marker.len();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '•', '·', '+', '‣', '▪', '●', '–']),
        // More digits are a year at the end of a sentence.
        1..=3 => marker.strip_prefix(['.', ')']),
        _ => None,
    };
    let rest = rest.filter(|rest| rest.starts_with(char::is_whitespace))?;
    Some(line.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn every_line_is_a_paragraph_where_lines_are_not_broken() {
        let long = "x ".repeat(80);
        let text = format!("Title\n{long}\nShort line.\r\n\r\n  last  ");
        assert_eq!(cut(&text), ["Title", long.trim(), "Short line.", "last"]);
    }

    #[test]
    fn lines_broken_to_a_width_are_joined_up_to_the_blank_line() {
        let text = "The river mill at the old ford was built of stone\nand burnt down in the spring of that dry year,\nas they say.\n\n- an item of the list\n- another item\n";
        let paragraphs = cut(text);
        assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
        assert!(paragraphs[0].ends_with("as they say."));
    }

    #[test]
    fn headlines_and_pages_stay_apart() {
        let lines = "The mill at the ford burns against all that was foretold\nThe ferry loses the biggest of its ropes again";
        assert_eq!(cut(lines).len(), 2);
        assert_eq!(cut("One page\u{c}another\rand a line\u{2029}more").len(), 4);
    }
}
