//! The text of a paragraph, from its runs: without the words set aside, and with the meaning of raised text.

use super::colours::Backdrop;
use super::properties::{Height, Look, RunProperties};
use super::symbols::SymbolFont;
use crate::scripts;
use crate::text::{CollapsedText, PICTURE};
use crate::{SetAside, SetAsideReason};

/// Minimum distance from the base line of raised or lowered text of the same size as the rest, in half points.
const MIN_SHIFT_HALF_POINTS: u32 = 6;

/// A piece of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// Text whose font is not that of the run.
    Symbol(String),
    Picture,
    /// The mark of a footnote or endnote, if it leads to one.
    NoteMark(Option<NoteId>),
}

impl Piece {
    /// Replaces the codes of a symbol font by their characters.
    pub(crate) fn decoded(self, font: SymbolFont) -> Self {
        match self {
            Self::Text(text) if font != SymbolFont::None => Self::Text(font.decoded(&text)),
            Self::Symbol(text) => Self::Text(text),
            piece => piece,
        }
    }
}

/// A footnote (`footnote`) or endnote (`endnote`), and its number.
pub(crate) type NoteId = (&'static str, String);

/// A run, with the properties that the run itself has.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) properties: RunProperties,
    pub(crate) style: Option<String>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) place: Place,
    /// Whether the text that follows is the mark of a note.
    pub(crate) is_note_mark: bool,
}

/// What the elements around a text decide about it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Why the text is not seen, whatever its properties.
    pub(crate) aside: Option<SetAsideReason>,
    pub(crate) backdrop: Backdrop,
    pub(crate) table_style: RunProperties,
    pub(crate) is_in_table: bool,
}

/// A piece of a paragraph, and how it looks.
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) piece: Piece,
    pub(crate) look: Look,
}

/// The text of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct ParagraphText {
    pub(crate) text: String,
    /// The words set aside, at their places in `text`.
    pub(crate) set_aside: Vec<SetAside>,
    /// The notes whose marks are seen.
    pub(crate) notes: Vec<NoteId>,
}

impl Default for Place {
    fn default() -> Self {
        let (aside, table_style) = (None, RunProperties::default());
        Self { aside, backdrop: Backdrop::Transparent, table_style, is_in_table: false }
    }
}

impl Place {
    /// Sets a reason. Struck text that can't be seen is hidden.
    pub(crate) fn set_aside(&mut self, reason: SetAsideReason) {
        if self.aside != Some(SetAsideReason::Hidden) {
            self.aside = Some(reason);
        }
    }
}

/// Finds spans that are shifted from the base line by a distance (`w:position`), and marks them as raised or lowered.
/// A paragraph that is shifted as a whole has no raised text.
pub(crate) fn mark_shifted(spans: &mut [Span]) {
    let is_visible = |span: &&Span| span.look.aside.is_none() && matches!(span.piece, Piece::Text(_));
    let unshifted = spans.iter().filter(is_visible).filter(|span| span.look.position == 0);
    let Some(size) = unshifted.map(|span| span.look.size).max() else { return };
    for Span { look, .. } in spans {
        let is_smaller = look.size < size && look.position != 0;
        if look.height == Height::Baseline
            && (is_smaller || look.position.unsigned_abs() >= MIN_SHIFT_HALF_POINTS)
        {
            look.height = if look.position > 0 { Height::Raised } else { Height::Lowered };
        }
    }
}

/// Joins the spans of a paragraph.
pub(crate) fn join(spans: Vec<Span>) -> ParagraphText {
    let mut joined = ParagraphText::default();
    let mut text = HeightenedText::default();
    let marks = marks_between_characters(&spans);
    let picture = PICTURE.to_string();
    for (Span { piece, look }, is_mark) in spans.into_iter().zip(marks) {
        let mark = if is_mark { picture.as_str() } else { "" };
        match (look.aside, piece) {
            (Some(reason), Piece::Text(words)) => {
                let at = text.place();
                match joined.set_aside.last_mut() {
                    Some(last) if last.reason == reason && last.at == at => last.words.push_str(&words),
                    _ => joined.set_aside.push(SetAside { reason, at, words }),
                }
            }
            (Some(_), _) | (None, Piece::Symbol(_)) => {}
            (None, Piece::Text(words)) => text.push(look.height, &words),
            (None, Piece::Picture) => text.push(Height::Baseline, mark),
            (None, Piece::NoteMark(note)) => {
                joined.notes.extend(note);
                text.push(Height::Baseline, mark);
            }
        }
    }
    text.flush();
    joined.text = text.finished.take();
    joined
}

/// A text, and what follows it at one height. Raised text is converted as a whole, over the borders of runs.
#[derive(Debug, Default)]
struct HeightenedText {
    finished: CollapsedText,
    height: Height,
    pending: String,
}

impl HeightenedText {
    fn push(&mut self, height: Height, piece: &str) {
        if piece.is_empty() {
            return;
        }
        if self.height != height {
            self.flush();
            self.height = height;
        }
        self.pending.push_str(piece);
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let text = match self.height {
            Height::Baseline => pending,
            Height::Raised => scripts::superscript(&pending, self.finished.end()),
            Height::Lowered => scripts::subscript(&pending),
        };
        self.finished.push(&text);
    }

    /// Returns the length of the text in bytes; within raised text, up to its start.
    fn place(&mut self) -> usize {
        if self.height == Height::Baseline {
            self.flush();
        }
        self.finished.len()
    }
}

/// For each span, whether it is a picture between two characters, or the mark of a note between two letters or digits.
/// Otherwise neither keeps characters apart that the reader sees together.
fn marks_between_characters(spans: &[Span]) -> Vec<bool> {
    let visible = |span: &Span, from_end: bool| match &span.piece {
        Piece::Text(text) if span.look.aside.is_none() => {
            if from_end {
                text.chars().next_back()
            } else {
                text.chars().next()
            }
        }
        _ => None,
    };
    let mut after: Vec<Option<char>> = vec![None; spans.len()];
    let mut next = None;
    for (place, span) in after.iter_mut().zip(spans).rev() {
        *place = next;
        next = visible(span, false).or(next);
    }
    let mut before = None;
    let is_mark = spans.iter().zip(after).map(|(span, after)| {
        let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        let is_mark = match span.piece {
            _ if span.look.aside.is_some() => false,
            Piece::Text(_) | Piece::Symbol(_) => false,
            Piece::Picture => both(|c| !c.is_whitespace()),
            Piece::NoteMark(_) => both(char::is_alphanumeric),
        };
        // One sign is enough for several pictures.
        before = if is_mark { None } else { visible(span, true).or(before) };
        is_mark
    });
    is_mark.collect()
}
