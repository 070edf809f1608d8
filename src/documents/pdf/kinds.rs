//! Classifies blocks by their style and first words: headings, list items, captions and quotes. Also recognises the
//! markers of notes.

use super::body_style::BodyStyle;
use super::lines::{LineGroup, TextLine};
use crate::BlockKind;

/// Minimum font size of a heading that is not bold, relative to the body text.
pub(crate) const MIN_HEADING_SIZE: f64 = 1.1;
/// Maximum font size of a note, relative to the body text.
pub(crate) const MAX_NOTE_SIZE: f64 = 0.94;
/// Maximum number of lines in a heading with a large font. A heading that is only bold has fewer lines than this.
const MAX_HEADING_LINES: usize = 4;
/// Minimum indent of a block quote on the left, relative to the font size.
const MIN_QUOTE_INSET: f64 = 0.8;
/// Minimum indent of a block quote on the right, relative to its indent on the left.
const MIN_RIGHT_INSET: f64 = 0.6;
/// Minimum gap between the marker and the text of a list item, relative to the font size.
const MIN_ITEM_GAP: f64 = 0.25;
/// Maximum length of the number or letters that number a list item.
const MAX_ITEM_NUMBER_BYTES: usize = 3;
const MAX_ITEM_DIGITS: usize = 2;
const MAX_NOTE_DIGITS: usize = 3;
const MAX_CAPTION_NUMBER_BYTES: usize = 6;
/// The first words of captions, in lower case.
const CAPTION_LABELS: [&str; 26] = [
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

/// Classifies a block of a column.
pub(crate) fn kind(group: &LineGroup, column: &[TextLine], body: BodyStyle) -> BlockKind {
    let Some(first) = group.lines.first() else { return BlockKind::Paragraph };
    let text: String = group.lines.iter().map(|line| line.text() + " ").collect();
    if group.is_table {
        BlockKind::Table
    } else if is_caption(&first.text()) {
        BlockKind::Caption
    } else if is_heading(group, text.trim(), body) {
        BlockKind::Heading
    } else if item_text_left(first).is_some() {
        BlockKind::Item
    } else if is_quote(&group.lines, column) {
        BlockKind::Quote
    } else {
        BlockKind::Paragraph
    }
}

fn is_heading(group: &LineGroup, text: &str, body: BodyStyle) -> bool {
    let large = group.lines.iter().all(|line| line.size >= MIN_HEADING_SIZE * body.size);
    let bold = group.lines.iter().all(TextLine::is_bold)
        && group.lines.iter().all(|line| line.size > MAX_NOTE_SIZE * body.size);
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let closed = text.ends_with(['.', ',', ';', ':']);
    let short = if large {
        group.lines.len() <= MAX_HEADING_LINES
    } else {
        group.lines.len() < MAX_HEADING_LINES && !closed
    };
    letters >= 2 && short && (large || bold)
}

/// Whether a block has at least two lines, and all are indented on both sides of the column, on the right by at least
/// [`MIN_RIGHT_INSET`] of the indent on the left.
fn is_quote(lines: &[TextLine], column: &[TextLine]) -> bool {
    let edge = |sides: &mut dyn Iterator<Item = f64>| sides.max_by(f64::total_cmp).unwrap_or(0.0);
    let left = -edge(&mut column.iter().map(|line| -line.left()));
    let right = edge(&mut column.iter().map(TextLine::right));
    let inset = edge(&mut lines.iter().map(|line| left - line.left())).abs();
    let is_inset = |line: &TextLine| {
        line.left() > left + MIN_QUOTE_INSET * line.size && line.right() < right - MIN_RIGHT_INSET * inset
    };
    lines.len() >= 2 && lines.iter().all(is_inset)
}

/// Whether a line begins with a label and a number, and punctuation before the text that follows: `Figure 3: …`.
pub(crate) fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(label), Some(number)) = (words.next(), words.next()) else { return false };
    let label = label.trim_end_matches('.').to_lowercase();
    let numbered = number.trim_end_matches([':', '.', '|']);
    let digits = numbered.chars().filter(char::is_ascii_digit).count();
    let closed =
        number.ends_with([':', '.']) || words.next().is_some_and(|next| next.starts_with(['|', '–', '—']));
    CAPTION_LABELS.contains(&label.as_str())
        && digits > 0
        && numbered.len() <= MAX_CAPTION_NUMBER_BYTES
        && closed
}

/// Returns the left edge of a list item's text, if a line begins with a bullet or a number.
pub(crate) fn item_text_left(line: &TextLine) -> Option<f64> {
    let [marker, next, ..] = line.words.as_slice() else { return None };
    let bullet = matches!(
        marker.text.as_str(),
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
    let apart = next.left - marker.right > MIN_ITEM_GAP * line.size;
    ((bullet || is_item_number(&marker.text)) && apart && !marker.is_raised()).then_some(next.left)
}

/// Whether a word numbers a list item: `1.`, `12)`, `(a)`, `iv.`.
fn is_item_number(text: &str) -> bool {
    let open = text.starts_with('(');
    let Some(inner) = text.trim_start_matches('(').strip_suffix(['.', ')']) else { return false };
    let short = (1..=MAX_ITEM_NUMBER_BYTES).contains(&inner.len());
    let digits = inner.chars().all(|letter| letter.is_ascii_digit()) && inner.len() <= MAX_ITEM_DIGITS;
    let roman = inner.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
    let letter = inner.len() == 1 && inner.chars().all(|letter| letter.is_ascii_lowercase());
    short && (digits || roman || letter) && (!open || text.ends_with(')'))
}

/// Returns the marker that a note begins with: a number or a symbol such as `*`.
pub(crate) fn note_marker(line: &TextLine) -> Option<&str> {
    let first = line.words.first()?;
    let marker = first.text.trim_end_matches(['.', ')']);
    let is_number =
        marker.chars().all(|letter| letter.is_ascii_digit()) && (1..=MAX_NOTE_DIGITS).contains(&marker.len());
    let is_symbol = marker.chars().all(|letter| matches!(letter, '*' | '†' | '‡' | '§' | '¶' | '∗'));
    (!marker.is_empty() && line.words.len() > 1 && (is_number || is_symbol)).then_some(marker)
}

/// Whether a text ends in a sentence terminator or a colon, perhaps before closing quotation marks or brackets.
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
    fn item_numbers_are_short() {
        assert!(["1.", "12)", "(a)", "iv."].iter().all(|text| is_item_number(text)));
        assert!(!["1953.", "The.", "(a", "1"].iter().any(|text| is_item_number(text)));
    }

    #[test]
    fn a_sentence_may_end_in_a_quotation_mark() {
        assert!(ends_sentence("“It rose.”") && !ends_sentence("it rose,") && !ends_sentence("and"));
    }
}
