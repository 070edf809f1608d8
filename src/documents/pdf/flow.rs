//! Blocks of all columns, one after the other: paragraphs that a column or a picture has cut in two are made whole, notes
//! are set apart so that they cut none, and their marks are taken out of the text.

use std::collections::BTreeSet;

use super::kinds::{SMALL, ends_sentence, item_text, kind, note_mark};
use super::lines::{Body, Lines};
use super::paragraphs::{EDGE, grouped};
use super::rows::Row;
use crate::BlockKind;

/// A block in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its lines, over all columns.
    pub(crate) rows: Vec<Row>,
    /// It is the first of a column, but for pictures.
    top: bool,
    /// Its first line stands in.
    indented: bool,
    /// Its last line goes on to the edge of the column.
    full: bool,
}

/// Blocks of a document, in the order in which they are read; the notes of a page after the text that it begins.
pub(crate) fn flow(pages: &[Vec<Vec<Row>>]) -> Vec<Draft> {
    let body = Body::of(pages.iter().flatten());
    let mut drafts: Vec<Draft> = Vec::new();
    let mut notes: Vec<Draft> = Vec::new();
    let mut marks = BTreeSet::new();
    for page in pages {
        let mut of_page = Vec::new();
        for column in page {
            let mut blocks = blocks(column, body);
            let tail = notes_of(&blocks, body);
            of_page.extend(blocks.split_off(tail));
            for draft in blocks {
                take(&mut drafts, &mut notes, draft);
            }
        }
        for mut note in of_page {
            note.kind = BlockKind::Note;
            marks.extend(note.rows.first().and_then(note_mark).map(str::to_owned));
            match notes.last_mut() {
                Some(open) if note.rows.first().and_then(note_mark).is_none() => {
                    open.rows.append(&mut note.rows);
                }
                _ => notes.push(note),
            }
        }
    }
    drafts.append(&mut notes);
    for draft in &mut drafts {
        drop_marks(draft, &marks);
    }
    drafts
}

/// What a column has.
fn blocks(column: &[Row], body: Body) -> Vec<Draft> {
    let left = column.iter().map(Row::left).min_by(f64::total_cmp).unwrap_or(0.0);
    let right = column.iter().map(Row::right).max_by(f64::total_cmp).unwrap_or(0.0);
    let mut top = true;
    let draft = |lines: Lines| {
        let kind = kind(&lines, column, body);
        let first = top;
        top &= passed(kind);
        (kind, first, lines)
    };
    let kinds = grouped(column, body).into_iter().map(draft).collect::<Vec<_>>();
    let draft = |(kind, top, lines): (BlockKind, bool, Lines)| Draft {
        kind,
        top,
        indented: lines.rows.first().is_some_and(|row| row.left() > left + EDGE * row.size),
        full: lines.rows.last().is_some_and(|row| row.right() > right - EDGE * row.size),
        rows: lines.rows,
    };
    kinds.into_iter().map(draft).collect()
}

/// Where the notes at the foot of a column begin.
fn notes_of(blocks: &[Draft], body: Body) -> usize {
    let small = |draft: &Draft| draft.rows.iter().all(|row| row.size < SMALL * body.size);
    let tail = blocks.iter().rposition(|draft| !small(draft) || draft.kind == BlockKind::Caption);
    let tail = tail.map_or(0, |last| last + 1);
    let marked = |draft: &Draft| draft.rows.first().and_then(note_mark).is_some();
    let rest = blocks.get(tail..).unwrap_or_default();
    rest.iter().position(marked).map_or(blocks.len(), |first| tail + first)
}

/// Adds a block, or goes on with the one that it is the rest of. Notes wait for the paragraph to end.
fn take(drafts: &mut Vec<Draft>, notes: &mut Vec<Draft>, mut draft: Draft) {
    let before = if passed(draft.kind) { None } else { drafts.iter().rposition(|one| !passed(one.kind)) };
    if let Some(open) = before.and_then(|index| drafts.get_mut(index))
        && goes_on(open, &draft)
    {
        open.rows.append(&mut draft.rows);
        open.full = draft.full;
        return;
    }
    if !passed(draft.kind) {
        drafts.append(notes);
    }
    drafts.push(draft);
}

/// What may stand amidst a paragraph without ending it.
fn passed(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Caption | BlockKind::Table)
}

/// Whether a block is the rest of another.
fn goes_on(open: &Draft, draft: &Draft) -> bool {
    let running = |kind: BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote);
    let (Some(last), Some(first)) = (open.rows.last(), draft.rows.first()) else { return false };
    let alike = (last.size - first.size).abs() < 0.08 * first.size && last.is_bold() == first.is_bold();
    if !running(open.kind) || !running(draft.kind) || !alike || item_text(first).is_some() {
        return false;
    }
    let small = first.text().chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_lowercase);
    if ends_sentence(&last.text()) {
        let whole = open.kind == BlockKind::Paragraph && draft.kind == BlockKind::Paragraph;
        return draft.top && whole && open.full && !draft.indented && !small;
    }
    small || draft.top && !draft.indented
}

/// Takes marks out of the text that lead to notes of the document. Other raised numbers stay raised: they are exponents,
/// or lead to notes that are not here, and would else run into the word before them.
fn drop_marks(draft: &mut Draft, marks: &BTreeSet<String>) {
    for (index, row) in draft.rows.iter_mut().enumerate() {
        let mut place = 0;
        row.words.retain(|word| {
            place += 1;
            let first = place == 1 && index == 0;
            let known = word.text.split(',').all(|mark| marks.contains(mark));
            first || !(word.raised && known)
        });
        let marks = row.words.iter_mut().skip(usize::from(index == 0)).filter(|word| word.raised);
        for word in marks.filter(|word| word.text.bytes().all(|byte| byte.is_ascii_digit())) {
            word.text = word.text.chars().filter_map(raised).collect();
        }
    }
    draft.rows.retain(|row| !row.words.is_empty());
}

/// A digit, raised.
fn raised(digit: char) -> Option<char> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    DIGITS.get(usize::try_from(digit.to_digit(10)?).ok()?).copied()
}
