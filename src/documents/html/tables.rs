//! Distinguishes data tables from layout tables, whose cells are treated as plain boxes, and converts the rows of data
//! tables to text.

use super::tree::{Id, Tree};
use crate::text::CollapsedText;
use crate::{MAX_CELL_BYTES, SetAside};

/// Maximum number of levels between a row and its table.
const MAX_ROW_LEVELS: usize = 4;
/// Maximum number of a table's children that are examined.
const MAX_TABLE_PARTS: usize = 64;
/// Maximum number of a row's cells that are searched for header cells.
const MAX_ROW_CELLS: usize = 16;
/// Minimum number of rows in a data table without a caption or headers.
const MIN_DATA_ROWS: usize = 3;
/// A cell that ends like a sentence is one if it has at least this many words, or is longer than `MAX_PHRASE_CHARS`.
const MIN_SENTENCE_WORDS: usize = 5;
const MAX_PHRASE_CHARS: usize = 60;

/// Whether a row is part of a data table: it has several short cells without block elements or line breaks, and it
/// has header cells or its table looks like data.
pub(crate) fn is_data_row(tree: &Tree, row: Id) -> bool {
    let cells = || tree.children(row).filter(|id| matches!(tree.name(*id), "td" | "th"));
    let is_layout = |cell: Id| {
        let mut bytes = 0;
        tree.below(cell).any(|id| {
            bytes += tree.text(id).map_or(0, |text| text.trim().len());
            bytes > MAX_CELL_BYTES
                || matches!(tree.name(id), "table" | "div" | "h1" | "h2" | "h3" | "ul" | "form" | "br")
        })
    };
    let heads = cells().any(|cell| tree.name(cell) == "th");
    cells().nth(1).is_some() && (heads || is_data_table(tree, row)) && !cells().any(is_layout)
}

/// Whether the table of a row has a caption, a `thead`, header cells in its first rows, or at least three rows; and is
/// not marked as a layout table.
fn is_data_table(tree: &Tree, row: Id) -> bool {
    let Some(table) = tree.up(row).take(MAX_ROW_LEVELS).find(|up| tree.name(*up) == "table") else {
        return false;
    };
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
        return false;
    }
    let parts = || tree.children(table).take(MAX_TABLE_PARTS);
    let has_header_cell =
        |row: Id| tree.children(row).take(MAX_ROW_CELLS).any(|cell| tree.name(cell) == "th");
    let rows: Vec<Id> = parts()
        .filter(|part| tree.name(*part) == "tbody")
        .flat_map(|body| tree.children(body).filter(|id| tree.name(*id) == "tr").take(MIN_DATA_ROWS))
        .take(MIN_DATA_ROWS)
        .collect();
    parts().any(|part| matches!(tree.name(part), "caption" | "thead"))
        || rows.len() == MIN_DATA_ROWS
        || rows.into_iter().any(has_header_cell)
}

/// The text of a cell, of a row or of another block, and the words in it that are struck out or hidden.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) set_aside: Vec<SetAside>,
}

impl Cell {
    /// Takes the text collected in `text`. Adapts the places of the words set aside to the white space that is trimmed.
    pub(crate) fn take(text: &mut CollapsedText, mut set_aside: Vec<SetAside>) -> Self {
        let leading_space = text.leading_space();
        let text = text.take();
        let place = |at: usize| at.saturating_sub(leading_space).min(text.len());
        for words in &mut set_aside {
            words.at = place(words.at);
        }
        Self { text, set_aside }
    }
}

/// Converts a row to blocks: one block with cells separated by tabs, or one block per cell if any cell is a sentence.
pub(crate) fn row_blocks(cells: Vec<Cell>) -> Vec<Cell> {
    if cells.iter().any(|cell| is_sentence(&cell.text)) {
        return cells.into_iter().filter(|cell| !cell.text.is_empty()).collect();
    }
    let mut row = Cell::default();
    for cell in cells {
        if !row.text.is_empty() && !cell.text.is_empty() {
            row.text.push('\t');
        }
        let start = row.text.len();
        row.set_aside
            .extend(cell.set_aside.into_iter().map(|words| SetAside { at: start + words.at, ..words }));
        row.text.push_str(&cell.text);
    }
    if row.text.is_empty() { Vec::new() } else { vec![row] }
}

fn is_sentence(cell: &str) -> bool {
    let ends_sentence = cell.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', '»', '“']);
    ends_sentence
        && (cell.split_whitespace().nth(MIN_SENTENCE_WORDS - 1).is_some()
            || cell.chars().count() > MAX_PHRASE_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SetAsideReason;

    #[test]
    fn a_row_is_one_block_unless_a_cell_is_a_sentence() {
        let cell = |text: &&str| {
            let reason = SetAsideReason::Struck;
            let set_aside = vec![SetAside { reason, at: text.len(), words: "x".to_owned() }];
            Cell { text: (*text).to_owned(), set_aside }
        };
        let blocks = |cells: &[&str]| row_blocks(cells.iter().map(cell).collect());
        let row = |cells: &[&str]| blocks(cells).into_iter().map(|block| block.text).collect::<Vec<_>>();
        assert_eq!(row(&["Port", "2023", "", "4.1"]), ["Port\t2023\t4.1"]);
        assert_eq!(
            row(&["Port", "It was shut for most of the year."]),
            ["Port", "It was shut for most of the year."]
        );
        let places = blocks(&["Port", "", "2023"]).remove(0).set_aside.into_iter().map(|words| words.at);
        assert_eq!(places.collect::<Vec<_>>(), [4, 4, 9]);
    }
}
