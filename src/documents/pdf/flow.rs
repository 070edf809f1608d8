//! Joins the blocks of all columns into one sequence. The parts of a paragraph that continues in the next column or
//! below a picture become one block, notes come after the paragraphs, and references to notes are removed.

use std::collections::BTreeSet;

use super::body_style::BodyStyle;
use super::kinds::{MAX_NOTE_SIZE, ends_sentence, item_text_left, kind, note_marker};
use super::lines::{LineGroup, TextLine};
use super::paragraphs::{MAX_EDGE_OFFSET, group_lines};
use super::words::{PlacedWord, Script};
use crate::BlockKind;
use crate::scripts::{subscript, superscript};

/// Maximum difference between the font sizes of two parts of a paragraph, relative to the second part.
const MAX_SIZE_DIFFERENCE: f64 = 0.08;

/// Units of length. With a superscript 2 or 3, they are units of area or volume.
const SQUARED_UNITS: [&str; 9] = ["m", "km", "cm", "mm", "dm", "ft", "mi", "in", "yd"];

/// A block of the sequence, with the properties that show whether a later block continues it.
#[derive(Debug)]
pub(crate) struct FlowBlock {
    pub(crate) kind: BlockKind,
    /// The index of the page on which the block begins.
    pub(crate) page: usize,
    /// The lines of the block, from all columns.
    pub(crate) lines: Vec<TextLine>,
    /// Where the block continues in another column or on another page: the index of the line, and of its page.
    pub(crate) page_breaks: Vec<(usize, usize)>,
    /// Whether only captions and tables precede the block in its column.
    is_first: bool,
    /// Whether the first line is indented.
    is_indented: bool,
    /// Whether the last line reaches the right edge of the column.
    is_full: bool,
}

impl FlowBlock {
    /// Makes a block that is no table a caption, because a paragraph before a caption or table may continue after
    /// it.
    fn beside_text(self) -> Self {
        let kind = if self.kind == BlockKind::Table { self.kind } else { BlockKind::Caption };
        Self { kind, ..self }
    }

    /// Appends the lines of a block that continues this one.
    fn append(&mut self, mut next: Self) {
        self.page_breaks.push((self.lines.len(), next.page));
        self.lines.append(&mut next.lines);
    }
}

/// The columns of a page, with their lines from top to bottom.
#[derive(Debug, Default)]
pub(crate) struct PageColumns {
    /// In reading order.
    pub(crate) upright: Vec<Vec<TextLine>>,
    /// The columns of text in other directions.
    pub(crate) turned: Vec<Vec<TextLine>>,
    /// Whether the record excludes the page, so that no paragraph continues over it.
    pub(crate) is_excluded: bool,
}

/// Returns the blocks of a document in reading order. The notes of a page come after the last block that begins on
/// the page, even if that block ends on the next page.
pub(crate) fn flow(pages: &[PageColumns]) -> Vec<FlowBlock> {
    let body = BodyStyle::of(pages.iter().flat_map(|page| &page.upright));
    let mut ended: Vec<FlowBlock> = Vec::new();
    let mut blocks: Vec<FlowBlock> = Vec::new();
    let mut notes: Vec<FlowBlock> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        if page.is_excluded {
            ended.append(&mut blocks);
            ended.append(&mut notes);
        }
        let (mut page_blocks, mut page_notes) = (Vec::new(), Vec::new());
        for column in &page.upright {
            let mut column_blocks = blocks_of(column, body, number);
            page_notes.extend(column_blocks.split_off(first_note(&column_blocks, body)));
            page_blocks.extend(column_blocks);
        }
        let markers: BTreeSet<String> = page_notes
            .iter()
            .filter_map(|note| note.lines.first().and_then(note_marker).map(str::to_owned))
            .collect();
        for column in &page.turned {
            page_blocks.extend(blocks_of(column, body, number).into_iter().map(FlowBlock::beside_text));
        }
        for block in page_blocks.iter_mut().chain(&mut page_notes) {
            resolve_scripts(block, &markers);
        }
        for block in page_blocks {
            push_or_continue(&mut blocks, &mut notes, block);
        }
        for mut note in page_notes {
            note.kind = BlockKind::Note;
            match notes.last_mut() {
                Some(open) if note.lines.first().and_then(note_marker).is_none() => {
                    open.append(note);
                }
                _ => notes.push(note),
            }
        }
    }
    ended.append(&mut blocks);
    ended.append(&mut notes);
    ended
}

fn blocks_of(column: &[TextLine], body: BodyStyle, page: usize) -> Vec<FlowBlock> {
    let left = column.iter().map(TextLine::left).min_by(f64::total_cmp).unwrap_or(0.0);
    let right = column.iter().map(TextLine::right).max_by(f64::total_cmp).unwrap_or(0.0);
    let mut at_top = true;
    let block = |group: LineGroup| {
        let kind = kind(&group, column, body);
        let is_first = at_top;
        at_top &= is_inserted(kind);
        FlowBlock {
            kind,
            page,
            is_first,
            is_indented: group
                .lines
                .first()
                .is_some_and(|line| line.left() > left + MAX_EDGE_OFFSET * line.size),
            is_full: group
                .lines
                .last()
                .is_some_and(|line| line.right() > right - MAX_EDGE_OFFSET * line.size),
            lines: group.lines,
            page_breaks: Vec::new(),
        }
    };
    group_lines(column, body).into_iter().map(block).collect()
}

/// Returns the index of the first note at the foot of a column; the number of blocks if there are no notes.
fn first_note(blocks: &[FlowBlock], body: BodyStyle) -> usize {
    let is_small = |block: &FlowBlock| block.lines.iter().all(|line| line.size < MAX_NOTE_SIZE * body.size);
    let tail = blocks.iter().rposition(|block| !is_small(block) || block.kind == BlockKind::Caption);
    let tail = tail.map_or(0, |last| last + 1);
    let has_marker = |block: &FlowBlock| block.lines.first().and_then(note_marker).is_some();
    let rest = blocks.get(tail..).unwrap_or_default();
    rest.iter().position(has_marker).map_or(blocks.len(), |first| tail + first)
}

/// Appends `block` to the last block of running text if it continues that block. Otherwise adds it as a new block. If
/// the new block is running text, adds `notes` before it, because the paragraph before has ended.
fn push_or_continue(blocks: &mut Vec<FlowBlock>, notes: &mut Vec<FlowBlock>, block: FlowBlock) {
    let open =
        if is_inserted(block.kind) { None } else { blocks.iter().rposition(|one| !is_inserted(one.kind)) };
    if let Some(open) = open.and_then(|index| blocks.get_mut(index))
        && continues(open, &block)
    {
        open.is_full = block.is_full;
        open.append(block);
        return;
    }
    if !is_inserted(block.kind) {
        blocks.append(notes);
    }
    blocks.push(block);
}

/// Whether blocks of this kind may interrupt a paragraph without ending it.
fn is_inserted(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Caption | BlockKind::Table)
}

/// Whether `block` continues the paragraph in `open`.
fn continues(open: &FlowBlock, block: &FlowBlock) -> bool {
    let is_running =
        |kind: BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote);
    let (Some(last), Some(first)) = (open.lines.last(), block.lines.first()) else { return false };
    let same_style = (last.size - first.size).abs() < MAX_SIZE_DIFFERENCE * first.size
        && last.is_bold() == first.is_bold();
    if !is_running(open.kind) || !is_running(block.kind) || !same_style || item_text_left(first).is_some() {
        return false;
    }
    let first_letter = first.text().chars().find(|letter| letter.is_alphanumeric());
    let starts_lowercase = first_letter.is_some_and(char::is_lowercase);
    if ends_sentence(&last.text()) {
        let both_paragraphs = open.kind == BlockKind::Paragraph && block.kind == BlockKind::Paragraph;
        return block.is_first && both_paragraphs && open.is_full && !block.is_indented && !starts_lowercase;
    }
    starts_lowercase || block.is_first && !block.is_indented
}

/// Removes superscripts that refer to a note at the foot of the same page: those whose text is in `markers`. Other
/// raised numbers, and most superscripts and subscripts that touch the word before, become `²` or `₂`, or follow
/// `^` or `_`, so that an exponent is not read as a digit. A superscript at the start of a block stays: it is the
/// marker of a note.
fn resolve_scripts(block: &mut FlowBlock, markers: &BTreeSet<String>) {
    for (index, line) in block.lines.iter_mut().enumerate() {
        let mut continues_script = false;
        let separators: Vec<Option<char>> =
            (0..line.words.len()).map(|word| line.separator_before(word, false)).collect();
        for (mut word, separator) in merged(std::mem::take(&mut line.words), &separators) {
            let before = line.words.last().map_or("", |before| before.text.as_str());
            let starts_block = index == 0 && line.words.is_empty();
            // A shifted word that doesn't touch the word before is not an exponent or index, unless it is a raised
            // number.
            let is_digits = word.text.bytes().all(|byte| byte.is_ascii_digit());
            let is_attached = separator.is_none() && !line.words.is_empty() || continues_script;
            continues_script = word.script != Script::Baseline && is_attached;
            match word.script {
                Script::Raised if !starts_block => {
                    if is_marker(&word.text, before, markers) {
                        continue;
                    }
                    if is_attached || is_digits {
                        word.text = raised_text(&word.text, before);
                    }
                }
                Script::Lowered if is_attached => word.text = subscript(&word.text),
                _ => {}
            }
            line.words.push(word);
        }
    }
    block.lines.retain(|line| !line.words.is_empty());
}

/// Joins superscript or subscript words without white space between them. Returns each word with the white space before
/// it.
fn merged(words: Vec<PlacedWord>, separators: &[Option<char>]) -> Vec<(PlacedWord, Option<char>)> {
    let mut joined: Vec<(PlacedWord, Option<char>)> = Vec::new();
    for (word, separator) in words.into_iter().zip(separators) {
        match joined.last_mut() {
            Some((last, _))
                if separator.is_none()
                    && word.script != Script::Baseline
                    && (last.script, last.struck) == (word.script, word.struck) =>
            {
                last.text.push_str(&word.text);
                last.right = word.right;
            }
            _ => joined.push((word, *separator)),
        }
    }
    joined
}

/// Writes a superscript as `²` or after `^`, except endings such as *th*, which don't change. Numbers with commas (1,2)
/// refer to several notes: each is converted.
fn raised_text(text: &str, before: &str) -> String {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() > 1 && parts.iter().all(|part| part.is_empty() || is_number(part)) {
        return parts.iter().map(|part| superscript(part, before)).collect::<Vec<_>>().join(",");
    }
    superscript(text, before)
}

/// Whether a superscript refers to a note. After digits, and as 2 or 3 after a unit of length, it may be an exponent.
fn is_marker(text: &str, before: &str, markers: &BTreeSet<String>) -> bool {
    let is_exponent = before.ends_with(|letter: char| letter.is_ascii_digit())
        || SQUARED_UNITS.contains(&before) && matches!(text, "2" | "3");
    !is_exponent && text.split(',').all(|mark| markers.contains(mark.trim_matches(['[', ']', '(', ')'])))
}
