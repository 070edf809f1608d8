//! Finds the paragraphs of a plain text.
//!
//! In a hard-wrapped document, paragraphs are separated by blank lines, and list items begin paragraphs. In any other
//! document, every line is a paragraph.

use std::ops::Range;

/// Longer lines are evidence that a document is not hard-wrapped.
const MAX_WRAPPED_LINE_CHARS: usize = 100;
/// If a larger share of the lines is longer than `MAX_WRAPPED_LINE_CHARS`, a document is not hard-wrapped.
const MAX_LONG_LINES_PERCENT: usize = 10;
/// A line that ends in the middle of a sentence and is at least this long is evidence that a document is hard-wrapped.
const MIN_WRAPPED_LINE_CHARS: usize = 45;
/// A number with more digits does not begin a list item: it is a year at the end of a sentence.
const MAX_ITEM_NUMBER_DIGITS: usize = 3;

/// Returns the paragraphs of a text as byte ranges, without the surrounding white space.
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

/// Splits a text into lines. Besides a line feed, a line ends at a carriage return without a line feed after it, at the
/// form feed that some programs put between pages, and at Unicode's line separators.
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

/// Whether a document is hard-wrapped, so that a single line feed has no meaning.
///
/// It is if hardly any line is too long, and most lines that another line follows are long, end in the middle of a
/// sentence, and continue in lower case. Headlines don't.
fn is_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let content: Vec<&str> = lines.iter().map(|line| &text[trimmed(text, line)]).collect();
    let too_long = content.iter().filter(|line| line.chars().count() > MAX_WRAPPED_LINE_CHARS).count();
    let non_empty = content.iter().filter(|line| !line.is_empty()).count();
    if too_long * 100 > non_empty * MAX_LONG_LINES_PERCENT {
        return false;
    }
    let adjacent = content.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let (mut wrapped, mut all) = (0_usize, 0_usize);
    for pair in adjacent {
        all += 1;
        let open = !pair[0].ends_with(['.', '!', '?', ':', '。', '”', '"']);
        let continues = !pair[1].starts_with(char::is_uppercase) && !is_item(pair[1]);
        wrapped += usize::from(open && continues && pair[0].chars().count() >= MIN_WRAPPED_LINE_CHARS);
    }
    all > 0 && wrapped * 2 > all
}

/// Whether a line begins a list item.
pub(crate) fn is_item(line: &str) -> bool {
    item_marker(line).is_some()
}

/// Returns the length in bytes of the bullet or number at the start of a line, with the space after it.
pub(crate) fn item_marker(line: &str) -> Option<usize> {
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - marker.len();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '•', '·', '+', '‣', '▪', '●', '–']),
        1..=MAX_ITEM_NUMBER_DIGITS => marker.strip_prefix(['.', ')']),
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
    fn every_line_is_a_paragraph_unless_lines_are_wrapped() {
        let long = "x ".repeat(80);
        let text = format!("Title\n{long}\nShort line.\r\n\r\n  last  ");
        assert_eq!(cut(&text), ["Title", long.trim(), "Short line.", "last"]);
    }

    #[test]
    fn hard_wrapped_lines_are_joined_up_to_the_blank_line() {
        let text = "The river mill at the old ford was built of stone\nand burnt down in the spring of that dry year,\nas they say.\n\n- an item of the list\n- another item\n";
        let paragraphs = cut(text);
        assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
        assert!(paragraphs[0].ends_with("as they say."));
    }

    #[test]
    fn headlines_and_pages_are_separate_paragraphs() {
        let lines = "The mill at the ford burns against all that was foretold\nThe ferry loses the biggest of its ropes again";
        assert_eq!(cut(lines).len(), 2);
        assert_eq!(cut("One page\u{c}another\rand a line\u{2029}more").len(), 4);
    }
}
