//! Tables that hold data and tables that only lay out a page: the second are nothing but boxes.

use super::tree::{Id, Tree};
use crate::text::Folder;

/// The most characters of a cell that still holds data rather than a part of a page.
const CELL_CHARS: usize = 600;

/// Whether a row holds data: its table says so, or its cells are many, short, and hold no blocks.
pub(crate) fn is_data_row(tree: &Tree, row: Id) -> bool {
    let cells = || tree.children(row).filter(|id| matches!(tree.name(*id), "td" | "th"));
    let laid_out = |cell: Id| {
        let mut chars = 0;
        tree.below(cell).any(|id| {
            chars += tree.text(id).map_or(0, |text| text.trim().len());
            chars > CELL_CHARS
                || matches!(tree.name(id), "table" | "div" | "h1" | "h2" | "h3" | "ul" | "form" | "br")
        })
    };
    let heads = cells().any(|cell| tree.name(cell) == "th");
    cells().nth(1).is_some() && (heads || is_data_table(tree, row)) && !cells().any(laid_out)
}

/// Whether the table around a row has a caption, a head, or several rows of several cells.
fn is_data_table(tree: &Tree, row: Id) -> bool {
    let Some(table) = tree.up(row).take(4).find(|up| tree.name(*up) == "table") else { return false };
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
        return false;
    }
    let parts = || tree.children(table).take(64);
    let headed = |row: Id| tree.children(row).take(16).any(|cell| tree.name(cell) == "th");
    let rows: Vec<Id> = parts()
        .filter(|part| tree.name(*part) == "tbody")
        .flat_map(|body| tree.children(body).filter(|id| tree.name(*id) == "tr").take(3))
        .take(3)
        .collect();
    parts().any(|part| matches!(tree.name(part), "caption" | "thead"))
        || rows.len() == 3
        || rows.into_iter().any(headed)
}

/// The blocks of a row: the row as one, its cells parted by tabs, unless a cell holds a sentence: then each cell alone.
pub(crate) fn row_blocks(cells: Vec<String>) -> Vec<String> {
    let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
    if cells.iter().any(|cell| is_sentence(cell)) {
        return cells;
    }
    let mut row = Folder::default();
    for cell in &cells {
        row.part('\t');
        row.push(cell);
    }
    let row = row.take();
    if row.is_empty() { Vec::new() } else { vec![row] }
}

fn is_sentence(cell: &str) -> bool {
    let ends = cell.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', '»', '“']);
    ends && (cell.split_whitespace().nth(4).is_some() || cell.chars().count() > 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_block_unless_a_cell_speaks() {
        let row = |cells: &[&str]| row_blocks(cells.iter().map(ToString::to_string).collect());
        assert_eq!(row(&["Port", "2023", "", "4.1"]), ["Port\t2023\t4.1"]);
        assert_eq!(
            row(&["Port", "It was shut for most of the year."]),
            ["Port", "It was shut for most of the year."]
        );
    }
}
