//! Builds blocks of text from the XML of a document's body or of its notes.
//!
//! Two things decide whether a text can be seen: the elements around it (its [`Place`]), and the properties of its
//! run (a stretch of text with the same format). Styles add to these properties, and are applied at the end of the
//! paragraph. Until then, the text is kept in [`Piece`]s.

mod drawings;
mod enter;
mod leave;
mod rows;

use std::collections::BTreeSet;

use super::colours::{Backdrop, Theme};
use super::fields::{FieldPart, Fields};
use super::math::Formula;
use super::names::Vocabulary;
use super::numbering::Numbering;
use super::paragraph::{NoteId, Piece, Place, Run, Span};
use super::shapes::Anchor;
use super::styles::Styles;
use crate::xml::{Element, XmlEvent};
use crate::{ExtractedText, MAX_TEXT_BYTES, ReadError, SetAsideReason};

/// Maximum number of pieces in open runs and paragraphs. A document that exceeds it is not read.
const MAX_PIECES: usize = 500_000;

/// The kind of an open element. It decides how the elements and the text in it are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Paragraph,
    ParagraphProperties,
    MarkProperties,
    Run,
    RunProperties,
    TextFill,
    Text,
    Code,
    Math,
    Table,
    TableProperties,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    ContentControlProperties,
    TextBox,
    Note,
    /// `mc:AlternateContent`, the same content in several forms. The flag tells whether one of them was already chosen.
    Alternatives(bool),
    Anchor,
    Offset,
    ShapeProperties,
    ShapeFill,
    Picture,
    Other,
}

/// An open element: its kind, and what is known of all text in it.
#[derive(Debug)]
struct Frame {
    tag: Tag,
    place: Place,
}

#[derive(Debug, Default)]
struct OpenParagraph {
    style: Option<String>,
    /// The id of the list that the paragraph's own properties name, and the paragraph's level in that list.
    list: Option<String>,
    list_level: Option<usize>,
    heading: bool,
    /// Whether the next paragraph continues this one, because this one's paragraph mark is deleted or hidden, or
    /// because this one is only a drop cap.
    continues_in_next: bool,
    /// Why no text of the paragraph can be seen; `None` if some can be.
    aside: Option<SetAsideReason>,
    shading: Option<Backdrop>,
    /// The finished runs. How they look depends on the paragraph's style, too.
    runs: Vec<Run>,
}

/// Builds blocks from the XML events of a document and of its notes.
pub(crate) struct BlockBuilder<'s> {
    styles: &'s Styles,
    theme: &'s Theme,
    pub(crate) numbering: Numbering,
    pub(crate) extracted: ExtractedText,
    /// The text of the first paragraph that has the title style and is not blank.
    pub(crate) title: Option<String>,
    /// The notes that the text refers to. Other notes are not shown.
    notes: BTreeSet<NoteId>,
    /// While notes are read, the name of their elements: `footnote` or `endnote`. `None` while the body is read.
    pub(crate) note_name: Option<&'static str>,
    /// The colour of the page.
    pub(crate) page: Backdrop,
    frames: Vec<Frame>,
    /// Stack of open paragraphs: a text box has paragraphs within a paragraph.
    open: Vec<OpenParagraph>,
    /// Stack of open runs: a text box is within a run, and contains other runs.
    runs: Vec<Run>,
    /// For the body and each open cell, text box and note: the spans of the paragraphs that the next paragraph
    /// continues.
    unfinished: Vec<Vec<Span>>,
    /// The number of rows in each open table.
    rows: Vec<usize>,
    /// For each open row, the number of blocks before each of its cells.
    row_cells: Vec<Vec<usize>>,
    fields: Fields,
    formula: Formula,
    anchor: Anchor,
    is_shape_filled: bool,
    /// The number of open elements within a skipped element, itself included; 0 if none is skipped.
    skipped_depth: usize,
    /// The length in bytes of all text that was read, including set-aside text.
    text_bytes: usize,
    /// The number of pieces in open runs and paragraphs.
    pieces: usize,
}

impl<'s> BlockBuilder<'s> {
    pub(crate) fn new(styles: &'s Styles, theme: &'s Theme) -> Self {
        Self {
            styles,
            theme,
            numbering: Numbering::default(),
            extracted: ExtractedText::default(),
            title: None,
            notes: BTreeSet::new(),
            note_name: None,
            page: Backdrop::Transparent,
            frames: Vec::new(),
            open: Vec::new(),
            runs: Vec::new(),
            unfinished: vec![Vec::new()],
            rows: Vec::new(),
            row_cells: Vec::new(),
            fields: Fields::default(),
            formula: Formula::default(),
            anchor: Anchor::default(),
            is_shape_filled: false,
            skipped_depth: 0,
            text_bytes: 0,
            pieces: 0,
        }
    }

    pub(crate) fn handle(&mut self, event: XmlEvent) -> Result<(), ReadError> {
        match event {
            XmlEvent::Open(_) if self.skipped_depth > 0 => self.skipped_depth += 1,
            XmlEvent::Close(_) if self.skipped_depth > 0 => self.skipped_depth -= 1,
            XmlEvent::Text(_) if self.skipped_depth > 0 => {}
            XmlEvent::Open(element) => self.enter(&element),
            XmlEvent::Close(_) => self.leave(),
            XmlEvent::Text(text) => self.push_text(text)?,
        }
        if self.pieces > MAX_PIECES { Err(ReadError::TooLarge) } else { Ok(()) }
    }

    /// Ends the body, or a file of notes: adds the paragraphs that were kept for a next one to continue, and
    /// forgets open fields.
    pub(crate) fn end_part(&mut self) {
        self.flush_unfinished();
        self.fields = Fields::default();
    }

    /// Handles the start of an element: opens it, or skips it with everything in it.
    fn enter(&mut self, element: &Element) {
        let vocabulary = Vocabulary::of(&element.namespace);
        let mut place = self.frames.last().map_or_else(Place::default, |frame| frame.place.clone());
        let tag = if is_skipped(vocabulary, element) {
            None
        } else {
            match vocabulary {
                Vocabulary::Word => self.enter_word(element, &mut place),
                Vocabulary::Math => Some(self.enter_math(element)),
                Vocabulary::Compatibility => self.enter_alternative(element),
                Vocabulary::Word2010 => Some(self.enter_word_2010(element)),
                _ => Some(self.enter_drawing(vocabulary, element, &mut place)),
            }
        };
        match tag {
            Some(tag) => self.frames.push(Frame { tag, place }),
            None => self.skipped_depth = 1,
        }
    }

    fn parent(&self) -> Tag {
        self.frames.last().map_or(Tag::Other, |frame| frame.tag)
    }

    /// Sets aside everything in the element whose properties are being read, such as the row around a `w:trPr`.
    fn set_aside_owner(&mut self, reason: SetAsideReason) {
        if let Some(owner) = self.owner() {
            owner.set_aside(reason);
        }
    }

    /// Returns the place of the element whose properties are being read: the last open element but one.
    fn owner(&mut self) -> Option<&mut Place> {
        let index = self.frames.len().checked_sub(2)?;
        self.frames.get_mut(index).map(|frame| &mut frame.place)
    }

    fn push_text(&mut self, text: &str) -> Result<(), ReadError> {
        match self.parent() {
            Tag::Text => {
                self.text_bytes += text.len();
                if self.text_bytes > MAX_TEXT_BYTES {
                    return Err(ReadError::TooLong);
                }
                self.push_text_piece(text);
            }
            Tag::Code => self.fields.push_code(text),
            Tag::Offset => self.anchor.set_offset(text),
            _ => {}
        }
        Ok(())
    }

    /// Appends a piece to the open run.
    fn push_piece(&mut self, piece: Piece) {
        if let Some(run) = self.runs.last_mut() {
            run.pieces.push(piece);
            self.pieces += 1;
        }
    }

    /// Appends text to the open run. In a cross-reference to a note, appends a note mark instead. In a part of a
    /// field that Word doesn't show, sets the whole run aside as hidden. Drops the custom mark of a note.
    fn push_text_piece(&mut self, text: &str) {
        let part = self.fields.part();
        let Some(run) = self.runs.last_mut() else { return };
        match part {
            FieldPart::NoteMark => return self.push_piece(Piece::NoteMark(None)),
            FieldPart::Unseen => run.place.set_aside(SetAsideReason::Hidden),
            FieldPart::Text if run.is_note_mark => return,
            FieldPart::Text => {}
        }
        match run.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.push_piece(Piece::Text(text.to_owned())),
        }
    }
}

/// Whether an element is skipped, because it contains no text of the document: properties as they were before a
/// tracked change (`w:rPrChange`), pronunciations above the text (`w:rt`), separators of notes, and elements that
/// Word doesn't know.
fn is_skipped(vocabulary: Vocabulary, element: &Element) -> bool {
    match vocabulary {
        Vocabulary::Foreign => true,
        Vocabulary::Word => {
            let is_separator = matches!(element.name, "footnote" | "endnote")
                && element.own_attribute("type").is_some_and(|kind| kind != "normal");
            is_separator || element.name == "rt" || element.name.ends_with("Change")
        }
        _ => false,
    }
}
