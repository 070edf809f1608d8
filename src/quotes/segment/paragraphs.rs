//! Finds the paragraphs of a plain text.
//!
//! Blank lines separate paragraphs. A single line break ends a paragraph only if its author meant it to: before a list
//! item, a heading or an indented line, after a line that ends early, and in a text whose lines are not wrapped. A text
//! is wrapped if long lines end in the middle of a sentence and the next lines continue it; its *width* is the usual
//! length of such lines. Lines that quote an earlier message (`> …`) are judged without their marks.

use std::ops::Range;

use crate::characters::without_message_marks;

/// A longer line is a whole paragraph, unless the next line continues its sentence.
const MAX_WRAPPED_LINE_CHARS: usize = 100;
/// A shorter line that ends in the middle of a sentence is no evidence that a text is wrapped: lists have such lines.
const MIN_WRAPPED_LINE_CHARS: usize = 30;
/// A word at least this long is taken for an address, which can't be wrapped. It doesn't count for [`Line::is_long`].
const MIN_ADDRESS_CHARS: usize = 40;
/// Beginnings of lines that begin a block in `LaTeX`, `AsciiDoc`, reStructuredText and RFCs.
const BLOCK_STARTS: [&str; 9] =
    ["\\item", "\\begin", "\\end", "\\section", "\\subsection", "\\paragraph", ". ", ".. ", "o  "];
/// A number with more digits does not begin a list item: it is a year at the end of a sentence.
const MAX_ITEM_NUMBER_DIGITS: usize = 3;

/// A line of a plain text that has more than white space and marks `>`.
#[derive(Debug)]
struct Line<'t> {
    /// Byte range in the text, without white space at both ends and the marks of quoted messages.
    range: Range<usize>,
    content: &'t str,
    /// Number of marks `>` before the content.
    depth: usize,
    /// White space before the content, in characters.
    indent: usize,
    chars: usize,
    /// Whether the line is longer than those of a wrapped text, not counting an address.
    is_long: bool,
    /// Whether a blank line, a page break or the start of the text precedes.
    is_first: bool,
}

/// Returns the paragraphs of a text as byte ranges, without the surrounding white space.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = content_lines(text);
    let width = wrap_width(&lines);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut begins_with_item = false;
    for (index, line) in lines.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &lines[before]);
        match (paragraphs.last_mut(), before) {
            (Some(last), Some(before)) if is_joined(before, line, width, begins_with_item) => {
                last.end = line.range.end;
            }
            _ => {
                begins_with_item = is_item(line.content);
                paragraphs.push(line.range.clone());
            }
        }
    }
    paragraphs
}

/// Whether a line continues the paragraph of the line before it.
fn is_joined(before: &Line<'_>, line: &Line<'_>, width: Option<usize>, begins_with_item: bool) -> bool {
    let first_word = line.content.split_whitespace().next().unwrap_or_default();
    let is_full = width.is_some_and(|width| before.chars + 1 + first_word.chars().count() > width);
    let is_half_full = width.is_some_and(|width| before.chars * 2 >= width);
    // A number or dash in the middle of a sentence, as in “on page / 12. It”, begins no list item, unless the line
    // before is short or the paragraph is a list item.
    let is_item_mark =
        is_item(line.content) && (begins_with_item || !is_half_full || !is_open(before.content));
    let is_apart = line.is_first
        || line.depth != before.depth
        || is_item_mark
        || BLOCK_STARTS.iter().any(|start| line.content.starts_with(start))
        || is_marked(line.content)
        || is_marked(before.content);
    if is_apart {
        return false;
    }
    if ends_in_word(before) && line.content.starts_with(char::is_lowercase) {
        return true;
    }
    if continues(before, line) {
        // A short line may belong to a list of words.
        return is_half_full || before.content.ends_with(',');
    }
    let is_indented = line.indent > before.indent && !begins_with_item;
    is_full && !is_indented && !before.is_long
}

/// Whether the first line may end in the middle of a sentence, and the second begins with a digit or a letter other
/// than a capital.
fn continues(before: &Line<'_>, line: &Line<'_>) -> bool {
    is_open(before.content) && line.content.starts_with(|c: char| c.is_alphanumeric() && !c.is_uppercase())
}

/// Whether a line ends with the hyphen of a word that continues in the next line.
fn ends_in_word(line: &Line<'_>) -> bool {
    line.content
        .strip_suffix(['-', '\u{2010}', '\u{ad}'])
        .is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Whether a line may end in the middle of a sentence: it ends in no quotation mark and no mark that ends a sentence.
pub(super) fn is_open(line: &str) -> bool {
    !line.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：', '；', '”', '"'])
}

/// Returns the usual (median) length, in characters, of lines that the next line continues; `None` if there are none.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = lines.windows(2).filter(|pair| {
        let (before, line) = (&pair[0], &pair[1]);
        !line.is_first
            && (MIN_WRAPPED_LINE_CHARS..=MAX_WRAPPED_LINE_CHARS).contains(&before.chars)
            && continues(before, line)
    });
    let mut lengths: Vec<usize> = pairs.map(|pair| pair[0].chars).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) / 2).copied()
}

/// Whether a line is no running text: a heading or table row, which begins with `#`, `|` or `=`, or a line drawn of
/// signs, without letters and digits.
pub(super) fn is_marked(line: &str) -> bool {
    line.starts_with(['#', '|', '=']) || !line.contains(char::is_alphanumeric)
}

/// Returns the lines that have text.
fn content_lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut is_first = true;
    for line in lines(text) {
        let (start, depth) = without_quote_marks(text, &line);
        let range = trimmed(text, &(start..line.end));
        let content = &text[range.clone()];
        if content.is_empty() {
            is_first = true;
            continue;
        }
        let address = content.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
        let address = if address >= MIN_ADDRESS_CHARS { address } else { 0 };
        let chars = content.chars().count();
        found.push(Line {
            depth,
            indent: text[start..range.start].chars().count(),
            chars,
            is_long: chars - address > MAX_WRAPPED_LINE_CHARS,
            is_first,
            content,
            range,
        });
        // A page break separates paragraphs.
        is_first = !text[line.end..].starts_with(['\n', '\r', '\u{85}']);
    }
    found
}

/// Skips the marks `>` that mail programs put before the lines of an earlier message. Returns the byte offset after
/// them, and their number.
pub(super) fn without_quote_marks(text: &str, line: &Range<usize>) -> (usize, usize) {
    let content = &text[line.clone()];
    let rest = without_message_marks(content);
    let marks = &content[..content.len() - rest.len()];
    let depth = marks.matches('>').count();
    match marks.rfind('>') {
        Some(last) if content.starts_with('>') => (line.start + last + 1, depth),
        _ => (line.start, 0),
    }
}

/// Splits a text into lines. Besides a line feed, a line ends at a carriage return without a line feed after it, at the
/// form feed that some programs put between pages, and at Unicode's line separators.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
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

    /// Two lines of a wrapped text, which show how long its lines are.
    const WRAPPED: &str = "The river mill at the old ford was built of stone\nand burnt down in the spring of that dry year.\n\n";

    fn cut_wrapped(text: &str) -> Vec<String> {
        let text = format!("{WRAPPED}{text}");
        cut(&text)[1..].iter().map(|paragraph| paragraph.replace('\n', "/")).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_up_to_the_blank_line() {
        assert_eq!(
            cut_wrapped(
                "The mill at the ford had seen five owners. In the\nend nobody wanted it. The ferry was built by\nGeorge Rook.\n\nIt sank.\n"
            ),
            [
                "The mill at the ford had seen five owners. In the/end nobody wanted it. The ferry was built by/George Rook.",
                "It sank."
            ]
        );
    }

    #[test]
    fn one_long_line_does_not_change_the_others() {
        let address = format!("See https://mill.example/{} for the\nwhole report.", "a".repeat(90));
        assert_eq!(cut_wrapped(&address), [address.replace('\n', "/")]);
        let long = format!("{}\nIt is rare.\n", "A line that nobody wrapped. ".repeat(6));
        assert_eq!(cut_wrapped(&long).len(), 2);
    }

    #[test]
    fn a_line_that_ends_early_ends_its_paragraph() {
        assert_eq!(
            cut_wrapped(
                "Minutes of May\nPresent: A. Quill\nThe mill was discussed at length by all who were\npresent. Nothing was decided.\nThe ferry was discussed by nobody.\n"
            ),
            [
                "Minutes of May",
                "Present: A. Quill",
                "The mill was discussed at length by all who were/present. Nothing was decided.",
                "The ferry was discussed by nobody."
            ]
        );
    }

    #[test]
    fn list_items_headings_and_indented_lines_begin_paragraphs() {
        assert_eq!(
            cut_wrapped(
                "# The mill\n- an item that goes on and on until the line ends\n  and continues here\n- another item\n"
            ),
            [
                "# The mill",
                "- an item that goes on and on until the line ends/  and continues here",
                "- another item"
            ]
        );
        assert_eq!(
            cut_wrapped(
                "  The mill burnt down on a day when the ferry was\nelsewhere. Nobody knows how it began, it was said.\n  Nobody knows how it ended.\n"
            )
            .len(),
            2
        );
        assert_eq!(
            cut_wrapped("All of this was said of the mill long ago on page\n12. It is true.").len(),
            1
        );
    }

    #[test]
    fn lines_of_quoted_messages_are_joined_without_their_marks() {
        let text = "On Friday the night watch wrote:\n> The river mill at the old ford was built of stone\n> and burnt down.\n>\n> > Did it?\nYes.\n";
        assert_eq!(
            cut(text),
            [
                "On Friday the night watch wrote:",
                "The river mill at the old ford was built of stone\n> and burnt down.",
                "Did it?",
                "Yes."
            ]
        );
    }

    #[test]
    fn blocks_of_other_markup_languages_are_not_joined() {
        let latex = "The mill at the ford was rebuilt, and no one can say\n\\begin{itemize}\n\\item The first stage took four years and cost more\nthan the second.\n\\item The second.\n";
        assert_eq!(cut_wrapped(latex).len(), 4);
        let asciidoc = "= The mill at the ford, as it was and is and will be\n. The first stage took four years and cost more\nthan the second.\n. The second.\n";
        assert_eq!(cut_wrapped(asciidoc).len(), 3);
    }

    #[test]
    fn a_word_is_never_parted() {
        assert_eq!(cut("It is non-\ntoxic.\n").len(), 1);
        assert_eq!(cut("It is safe -\nthey say.\n").len(), 2);
    }

    #[test]
    fn verses_are_joined_where_the_sentence_goes_on() {
        assert_eq!(cut("The mill it burnt,\nand no one learnt\nThe reason why.\n").len(), 2);
        assert_eq!(cut("apples\npears\nplums\n").len(), 3);
    }

    #[test]
    fn headlines_and_pages_are_separate_paragraphs() {
        let lines = "The mill at the ford burns against all that was foretold\nThe ferry loses the biggest of its ropes again";
        assert_eq!(cut(lines).len(), 2);
        assert_eq!(cut("One page\u{c}another\rand a line\u{2029}more").len(), 4);
    }
}
