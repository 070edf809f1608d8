//! What a block is, as its looks and its first signs tell: a heading, an item of a list, a caption, a note.

use super::lines::{Body, Lines};
use super::rows::Row;
use crate::BlockKind;

/// Size of a heading, at least, by that of the text.
pub(crate) const LARGE: f64 = 1.1;
/// Size of a note, at most, by that of the text.
pub(crate) const SMALL: f64 = 0.94;
/// Lines of a heading, at most.
const HEADING_LINES: usize = 4;
/// How far a quote stands in on either side, by its size.
const INSET: f64 = 0.8;
/// Words that a caption begins with, in lower case.
const LABELS: [&str; 26] = [
    "figure",
    "fig",
    "table",
    "tab",
    "chart",
    "map",
    "photo",
    "box",
    "exhibit",
    "plate",
    "abbildung",
    "abb",
    "tabelle",
    "karte",
    "grafik",
    "tableau",
    "carte",
    "figura",
    "tabla",
    "gráfico",
    "tabella",
    "図",
    "表",
    "图",
    "圖",
    "рис",
];

/// What a block of a column is.
pub(crate) fn kind(lines: &Lines, column: &[Row], body: Body) -> BlockKind {
    let Some(first) = lines.rows.first() else { return BlockKind::Paragraph };
    let text: String = lines.rows.iter().map(|row| row.text() + " ").collect();
    if lines.table {
        BlockKind::Table
    } else if is_caption(&first.text()) {
        BlockKind::Caption
    } else if is_heading(lines, text.trim(), body) {
        BlockKind::Heading
    } else if item_text(first).is_some() {
        BlockKind::Item
    } else if is_quote(&lines.rows, column) {
        BlockKind::Quote
    } else {
        BlockKind::Paragraph
    }
}

fn is_heading(lines: &Lines, text: &str, body: Body) -> bool {
    let large = lines.rows.iter().all(|row| row.size >= LARGE * body.size);
    let bold =
        lines.rows.iter().all(Row::is_bold) && lines.rows.iter().all(|row| row.size > SMALL * body.size);
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let closed = text.ends_with(['.', ',', ';', ':']);
    let short =
        if large { lines.rows.len() <= HEADING_LINES } else { lines.rows.len() < HEADING_LINES && !closed };
    letters >= 2 && short && (large || bold)
}

/// Whether all lines stand in on both sides of the column's, as far on the one as on the other. The last line may end
/// anywhere.
fn is_quote(rows: &[Row], column: &[Row]) -> bool {
    let edge = |sides: &mut dyn Iterator<Item = f64>| sides.max_by(f64::total_cmp).unwrap_or(0.0);
    let left = -edge(&mut column.iter().map(|row| -row.left()));
    let right = edge(&mut column.iter().map(Row::right));
    let inset = edge(&mut rows.iter().map(|row| left - row.left())).abs();
    let Some((last, full)) = rows.split_last() else { return false };
    let stands_in = |row: &Row| row.left() > left + INSET * row.size && row.right() < right - 0.6 * inset;
    !full.is_empty() && full.iter().chain([last]).all(stands_in)
}

/// Whether a line begins with a label and a number, and says something of them.
pub(crate) fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(label), Some(number)) = (words.next(), words.next()) else { return false };
    let label = label.trim_end_matches('.').to_lowercase();
    let numbered = number.trim_end_matches([':', '.', '|']);
    let digits = numbered.chars().filter(char::is_ascii_digit).count();
    let closed =
        number.ends_with([':', '.']) || words.next().is_some_and(|next| next.starts_with(['|', '–', '—']));
    LABELS.contains(&label.as_str()) && digits > 0 && numbered.len() <= 6 && closed
}

/// Where the text of an item begins, if a line begins with the mark of one.
pub(crate) fn item_text(row: &Row) -> Option<f64> {
    let [mark, next, ..] = row.words.as_slice() else { return None };
    let bullet = matches!(
        mark.text.as_str(),
        "•" | "◦"
            | "▪"
            | "▫"
            | "■"
            | "□"
            | "●"
            | "○"
            | "‣"
            | "⁃"
            | "–"
            | "—"
            | "-"
            | "*"
            | "·"
            | "➢"
            | "✓"
            | "►"
    );
    let apart = next.left - mark.right > 0.25 * row.size;
    ((bullet || is_count(&mark.text)) && apart && !mark.raised).then_some(next.left)
}

/// `1.`, `12)`, `(a)`, `iv.`
fn is_count(text: &str) -> bool {
    let open = text.starts_with('(');
    let Some(inner) = text.trim_start_matches('(').strip_suffix(['.', ')']) else { return false };
    let short = (1..=3).contains(&inner.len());
    let digits = inner.chars().all(|letter| letter.is_ascii_digit()) && inner.len() <= 2;
    let roman = inner.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
    let letter = inner.len() == 1 && inner.chars().all(|letter| letter.is_ascii_lowercase());
    short && (digits || roman || letter) && (!open || text.ends_with(')'))
}

/// The mark that a note begins with: raised, or a number or sign by itself.
pub(crate) fn note_mark(row: &Row) -> Option<&str> {
    let first = row.words.first()?;
    let mark = first.text.trim_end_matches(['.', ')']);
    let counted = mark.chars().all(|letter| letter.is_ascii_digit()) && (1..=3).contains(&mark.len());
    let signed = mark.chars().all(|letter| matches!(letter, '*' | '†' | '‡' | '§' | '¶' | '∗'));
    (!mark.is_empty() && row.words.len() > 1 && (counted || signed)).then_some(mark)
}

/// Whether a text ends where a sentence may.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closers = ['”', '"', '’', '\'', ')', ']', '»', '«', '“', '」', '』'];
    let text = text.trim_end_matches(|letter: char| closers.contains(&letter) || letter.is_whitespace());
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_labelled_and_numbered() {
        assert!(
            ["Figure 3: The float", "Table 2.1. Heights", "Abb. 4 – Der Pegel"]
                .iter()
                .all(|text| is_caption(text))
        );
        assert!(
            !["Figure 3 shows the float", "Table of heights", "Maps 1: no"]
                .iter()
                .any(|text| is_caption(text))
        );
    }

    #[test]
    fn counts_are_short() {
        assert!(["1.", "12)", "(a)", "iv."].iter().all(|text| is_count(text)));
        assert!(!["1953.", "The.", "(a", "1"].iter().any(|text| is_count(text)));
    }

    #[test]
    fn a_sentence_may_end_in_a_quotation_mark() {
        assert!(ends_sentence("“It rose.”") && !ends_sentence("it rose,") && !ends_sentence("and"));
    }
}
