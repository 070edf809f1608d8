//! Renders a chapter of the manual as plain text for a terminal, 80 columns wide.

use textwrap::core::display_width;
use textwrap::{Options, wrap};

use super::blocks::{Block, Inline, parse};

const MAX_LINE_CHARS: usize = 80;
/// In a table, a cell that is wider than this (and not the last of its row) gets a line of its own.
const MAX_KEY_CHARS: usize = 34;
/// Replaces each space at which no line may end. After wrapping, it becomes a space again.
const NO_BREAK_SPACE: &str = "\u{a0}";
/// Separates the columns of a table.
const GAP: &str = "  ";

/// Renders Markdown as plain text, wrapped at 80 columns. Code blocks are indented and never wrapped.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::new();
    let mut last_was_item = false;
    for block in parse(markdown) {
        let is_item = matches!(block, Block::Item { .. });
        if !(text.is_empty() || is_item && last_was_item) {
            text.push('\n');
        }
        last_was_item = is_item;
        match block {
            Block::Heading(1, words) => text.push_str(&underlined(&line(&words), '=')),
            Block::Heading(_, words) => text.push_str(&underlined(&line(&words), '-')),
            Block::Paragraph(words) => push_wrapped(&mut text, &line(&words), "", ""),
            Block::Code(code) => {
                for code_line in code.lines() {
                    text.push_str(format!("    {code_line}").trim_end());
                    text.push('\n');
                }
            }
            Block::Item { depth, marker, text: words } => {
                let first = format!("{}{marker} ", "  ".repeat(depth));
                push_wrapped(&mut text, &line(&words), &first, &" ".repeat(first.len()));
            }
            Block::Table(rows) => push_table(&mut text, &rows),
        }
    }
    text
}

/// Returns the text of a block on one line, not wrapped yet.
fn line(words: &[Inline]) -> String {
    words
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Strong(text) => text.clone(),
            // No line may end within code.
            Inline::Code(code) => format!("`{code}`").replace(' ', NO_BREAK_SPACE),
        })
        .collect()
}

fn underlined(title: &str, mark: char) -> String {
    format!("{title}\n{}\n", mark.to_string().repeat(display_width(title)))
}

fn push_wrapped(text: &mut String, line: &str, first_indent: &str, indent: &str) {
    let options = Options::new(MAX_LINE_CHARS)
        .initial_indent(first_indent)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for wrapped in wrap(line, options) {
        text.push_str(&wrapped.trim_end().replace(NO_BREAK_SPACE, " "));
        text.push('\n');
    }
}

/// Lays out a table in columns. The last column takes the rest of the width, and its cells are wrapped. Each other
/// column is as wide as its widest cell, except cells wider than [`MAX_KEY_CHARS`], which get a line of their own.
fn push_table(text: &mut String, rows: &[Vec<Vec<Inline>>]) {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.saturating_sub(1))
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell));
            cells.filter(|width| *width <= MAX_KEY_CHARS).max().unwrap_or(0)
        })
        .collect();
    for (index, row) in rows.iter().enumerate() {
        let mut start = String::from("  ");
        for (cell, width) in row.iter().zip(&widths) {
            if let Some(rest) = width.checked_sub(display_width(cell)) {
                start.extend([cell, " ".repeat(rest).as_str()]);
            } else {
                text.extend([start.as_str(), cell, "\n"].map(|part| part.replace(NO_BREAK_SPACE, " ")));
                start = " ".repeat(display_width(&start) + width);
            }
            start.push_str(GAP);
        }
        let indent = " ".repeat(display_width(&start));
        push_wrapped(text, row.last().map_or("", String::as_str), &start, &indent);
        if index == 0 {
            let mut rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            rules.push("-".repeat(MAX_LINE_CHARS - indent.len()));
            text.extend(["  ", rules.join(GAP).as_str(), "\n"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_and_code_is_not() {
        let long = "word ".repeat(30);
        let text = plain_text(&format!("# Title\n\n{long}\n\n```sh\n{long}\n```\n"));
        assert!(text.starts_with("Title\n=====\n\nword word"), "{text}");
        let (prose, code) = text.split_once("\n    word").expect("code is indented");
        assert!(prose.lines().all(|line| line.len() <= MAX_LINE_CHARS), "{prose}");
        assert_eq!(code.lines().count(), 1, "{code}");
    }

    #[test]
    fn lists_are_nested_and_numbered() {
        let text = plain_text("1. one\n2. two\n   - `inner` text\n3. three\n");
        assert_eq!(text, "1. one\n2. two\n  - `inner` text\n3. three\n");
    }

    #[test]
    fn a_link_shows_its_address_or_the_command_that_prints_the_chapter() {
        let text = plain_text("See [quotes](quotes.md) and [Rust](https://rustup.rs).");
        assert_eq!(text, "See `help quotes` and Rust (https://rustup.rs).\n");
    }

    #[test]
    fn no_line_ends_within_code() {
        let text =
            plain_text(&format!("{} `cargo install --path .` {}", "word ".repeat(14), "word ".repeat(9)));
        assert!(text.contains("`cargo install --path .`"), "{text}");
    }

    #[test]
    fn a_table_has_columns_and_its_last_cell_is_wrapped() {
        let long = "word ".repeat(20);
        let text = plain_text(&format!(
            "| key | default | meaning |\n| --- | --- | --- |\n| `a` | `1` | {long}|\n| {} | | short |\n",
            "x".repeat(MAX_KEY_CHARS + 1)
        ));
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("  key  default  meaning"), "{text}");
        assert!(lines[2].starts_with("  `a`  `1`      word"), "{text}");
        assert!(lines[3].starts_with("                word"), "{text}");
        assert!(lines.last().is_some_and(|line| line.starts_with("                short")), "{text}");
    }
}
