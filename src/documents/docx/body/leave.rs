//! Handles the end of elements: moves runs into their paragraphs, and makes blocks of paragraphs.

use super::super::colours::Backdrop;
use super::super::paragraph::{self, Piece, Place, Run, Span};
use super::super::properties::RunProperties;
use super::super::styles::{NO_LIST, StyleType};
use super::{BlockBuilder, Frame, OpenParagraph, Tag};
use crate::BlockKind;

/// Maximum number of notes. Further notes are left out.
const MAX_NOTES: usize = 100_000;

impl BlockBuilder<'_> {
    pub(super) fn leave(&mut self) {
        let Some(Frame { tag, place }) = self.frames.pop() else { return };
        match tag {
            Tag::Run => self.end_run(),
            Tag::Math => {
                if let Some(text) = self.formula.leave()
                    && let Some(paragraph) = self.open.last_mut()
                {
                    self.pieces += 1;
                    paragraph.runs.push(Run { pieces: vec![Piece::Text(text)], place, ..Run::default() });
                }
            }
            Tag::Table => {
                self.rows.pop();
            }
            Tag::Row => self.end_row(),
            Tag::Cell | Tag::TextBox | Tag::Note => {
                self.flush_unfinished();
                self.unfinished.pop();
            }
            Tag::Paragraph => {
                if let Some(paragraph) = self.open.pop() {
                    self.end_paragraph(paragraph, &place);
                }
            }
            _ => {}
        }
    }

    /// Moves the last open run to its paragraph. In a formula, adds the run's visible text to the formula instead.
    fn end_run(&mut self) {
        let Some(run) = self.runs.pop().filter(|run| !run.pieces.is_empty()) else { return };
        if !self.formula.is_open() {
            match self.open.last_mut() {
                Some(paragraph) => paragraph.runs.push(run),
                None => self.pieces = self.pieces.saturating_sub(run.pieces.len()),
            }
            return;
        }
        self.pieces = self.pieces.saturating_sub(run.pieces.len());
        let style = self.styles.properties(StyleType::Character, run.style.as_deref());
        let styles = [style.run, run.place.table_style, RunProperties::default()];
        let look = run.properties.combined(styles, self.styles.defaults).look(run.place.backdrop);
        for piece in run.pieces {
            match (piece, look.aside.or(run.place.aside)) {
                (Piece::Text(text) | Piece::Symbol(text), None) => self.formula.push(&text),
                (Piece::Text(_) | Piece::Symbol(_), Some(_)) => self.formula.push_removal(),
                (Piece::Picture | Piece::NoteMark(_), _) => {}
            }
        }
    }

    /// Applies the styles to the runs of a paragraph, and makes a block of the paragraph, or keeps it if the next
    /// paragraph continues it.
    fn end_paragraph(&mut self, paragraph: OpenParagraph, place: &Place) {
        let own = self.styles.properties(StyleType::Paragraph, paragraph.style.as_deref());
        let marker = self.next_marker(&paragraph);
        let shading = paragraph.shading.or(own.shading).unwrap_or(Backdrop::Transparent);
        let mut spans = Vec::new();
        for run in paragraph.runs {
            let style = self.styles.properties(StyleType::Character, run.style.as_deref());
            let combined =
                run.properties.combined([style.run, own.run, run.place.table_style], self.styles.defaults);
            let mut look = combined.look(shading.or(run.place.backdrop).or(self.page));
            let reasons = [paragraph.aside, run.place.aside, look.aside];
            look.aside = reasons.into_iter().flatten().max(); // `Hidden` takes precedence over `Struck`.
            let revision = run.place.revision;
            let span = |piece: Piece| Span { piece: piece.decoded(look.font), look, revision };
            spans.extend(run.pieces.into_iter().map(span));
        }
        paragraph::mark_shifted(&mut spans);
        let mut unfinished = self.unfinished.pop().unwrap_or_default();
        unfinished.append(&mut spans);
        self.unfinished.push(Vec::new());
        if paragraph.continues_in_next {
            if let Some(last) = self.unfinished.last_mut() {
                *last = unfinished;
            }
            return;
        }
        let style = self.styles.of(paragraph.style.as_deref());
        let kind = if self.note_name.is_some() {
            BlockKind::Note
        } else if place.is_in_table {
            BlockKind::Table
        } else if paragraph.heading {
            BlockKind::Heading
        } else {
            match style.kind {
                Some(kind) => kind,
                None if paragraph.list.is_some_and(|list| list != NO_LIST) => BlockKind::Item,
                None => BlockKind::Paragraph,
            }
        };
        let text = self.push_block(kind, marker, unfinished, style.is_contents);
        if style.is_title && self.title.is_none() {
            self.title = text;
        }
    }

    /// Counts a paragraph in its list, and returns its list number. `None` if it has none, or if the next
    /// paragraph continues it: then that one is counted.
    fn next_marker(&mut self, paragraph: &OpenParagraph) -> Option<String> {
        if paragraph.continues_in_next {
            return None;
        }
        let by_style = self.styles.list(paragraph.style.as_deref());
        let list = paragraph.list.as_deref().or(by_style.map(|list| list.id))?;
        let level = paragraph.list_level.or(by_style.and_then(|list| list.level));
        self.numbering.next_marker(list, level, paragraph.style.as_deref(), self.styles)
    }

    /// Appends a block, and sets its unseen and struck-out words aside. An entry of a table of contents
    /// (`is_contents`) is dropped, and these words with it. A tab separates the list number from the text; in a
    /// table, a space, because tabs separate cells. Returns the text without the number; `None` if it is blank or
    /// dropped.
    fn push_block(
        &mut self,
        kind: BlockKind,
        marker: Option<String>,
        spans: Vec<Span>,
        is_contents: bool,
    ) -> Option<String> {
        self.pieces = self.pieces.saturating_sub(spans.len());
        let joined = paragraph::join(spans);
        self.notes.extend(joined.notes.into_iter().take(MAX_NOTES - self.notes.len().min(MAX_NOTES)));
        if is_contents {
            return None;
        }
        let is_blank = joined.text.trim().is_empty();
        let before = self.extracted.text.len();
        let separator = if kind == BlockKind::Table { ' ' } else { '\t' };
        let number = marker.filter(|number| !is_blank && !continues_number(number, &joined.text));
        let block = number.map(|number| format!("{number}{separator}{}", joined.text));
        self.extracted.push(kind, block.as_deref().unwrap_or(&joined.text));
        let start = if is_blank { before } else { self.extracted.text.len() - joined.text.len() };
        for aside in joined.set_aside {
            self.extracted.push_set_aside(aside.reason, start + aside.at, &aside.words);
        }
        (!is_blank).then_some(joined.text)
    }

    /// Adds a block of the paragraphs that were kept for a next one to continue, since there is no next one.
    pub(super) fn flush_unfinished(&mut self) {
        let unfinished = self.unfinished.last_mut().map(std::mem::take).unwrap_or_default();
        let kind = if self.note_name.is_some() { BlockKind::Note } else { BlockKind::Paragraph };
        if !unfinished.is_empty() {
            self.push_block(kind, None, unfinished, false);
        }
    }
}

/// Whether a list number and the text after it could be read as one number: `1` and `500` as `1 500`.
fn continues_number(marker: &str, text: &str) -> bool {
    marker.ends_with(char::is_numeric) && text.starts_with(char::is_numeric)
}
