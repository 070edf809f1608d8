//! Joins the pieces of a paragraph to its text. Set-aside words are removed, and superscripts and subscripts become
//! characters that keep their meaning (10⁶).

use sourcewise_quotes::is_in_spaced_script;

use super::colours::Backdrop;
use super::properties::{Height, Look, RunProperties};
use super::symbols::SymbolFont;
use crate::scripts;
use crate::text::{CollapsedText, PICTURE};
use crate::{SetAside, SetAsideReason};

/// Text that is as large as the other text is a superscript or subscript only if it is at least this far from the
/// baseline. In half points.
const MIN_SHIFT_HALF_POINTS: u32 = 6;

/// A part of a run: text, a picture, or a reference to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// A symbol in a font of its own, already decoded.
    Symbol(String),
    Picture,
    /// A mark in the text, such as a raised number, that refers to a footnote or endnote. Holds the note; `None`
    /// for a cross-reference, which repeats the mark of a note that is referred to elsewhere.
    NoteMark(Option<NoteId>),
}

impl Piece {
    /// Replaces codes of the run's symbol font by their characters.
    pub(crate) fn decoded(self, font: SymbolFont) -> Self {
        match self {
            Self::Text(text) if font != SymbolFont::None => Self::Text(font.decoded(&text)),
            Self::Symbol(text) => Self::Text(text),
            piece => piece,
        }
    }
}

/// The element name of a note, `footnote` or `endnote`, and its id in the file.
pub(crate) type NoteId = (&'static str, String);

/// A run: text with the same format, and the properties that the run itself states.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) properties: RunProperties,
    pub(crate) style: Option<String>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) place: Place,
    /// Whether further text of the run is the custom mark of a note, such as `*`. It is dropped.
    pub(crate) is_note_mark: bool,
}

/// What a tracked change does to a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Revision {
    #[default]
    None,
    Inserted,
    Deleted,
}

/// What the elements around a text determine: whether it is set aside, its background, its table.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Why the text is set aside, whatever its properties are.
    pub(crate) aside: Option<SetAsideReason>,
    pub(crate) revision: Revision,
    pub(crate) backdrop: Backdrop,
    pub(crate) table_style: RunProperties,
    pub(crate) is_in_table: bool,
}

/// A piece of a paragraph, and its look: the result of all styles.
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) piece: Piece,
    pub(crate) look: Look,
    pub(crate) revision: Revision,
}

#[derive(Debug, Default)]
pub(crate) struct ParagraphText {
    pub(crate) text: String,
    /// The set-aside words. Offsets are into `text`.
    pub(crate) set_aside: Vec<SetAside>,
    /// The notes that visible text refers to.
    pub(crate) notes: Vec<NoteId>,
}

impl Default for Place {
    fn default() -> Self {
        let (aside, table_style) = (None, RunProperties::default());
        let (revision, backdrop) = (Revision::None, Backdrop::Transparent);
        Self { aside, revision, backdrop, table_style, is_in_table: false }
    }
}

impl Place {
    /// Sets the text aside. `Hidden` takes precedence over `Struck`.
    pub(crate) fn set_aside(&mut self, reason: SetAsideReason) {
        if self.aside != Some(SetAsideReason::Hidden) {
            self.aside = Some(reason);
        }
    }
}

/// Marks the spans that `w:position` shifts from the baseline as superscripts or subscripts, if they are shifted
/// far, or are smaller than the largest text that isn't shifted. If the whole paragraph is shifted, none of its
/// spans are marked.
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

/// Joins the visible spans of a paragraph to its text, and collects its set-aside words and the notes it refers to.
pub(crate) fn join(spans: Vec<Span>) -> ParagraphText {
    let mut joined = ParagraphText::default();
    let mut text = HeightenedText::default();
    let marks = marks_between_characters(&spans);
    let picture = PICTURE.to_string();
    let mut removal = Removal::default();
    for (Span { piece, look, revision }, is_mark) in spans.into_iter().zip(marks) {
        let mark = if is_mark { picture.as_str() } else { "" };
        match (look.aside, piece) {
            (Some(reason), Piece::Text(words)) => {
                // Words struck out by their format, not by a tracked change, separate the words on both sides.
                let separates = reason == SetAsideReason::Struck && revision != Revision::Deleted;
                if separates && words.contains(char::is_whitespace) {
                    text.push(Height::Baseline, " ");
                }
                removal.is_pending = true;
                let at = text.place();
                match joined.set_aside.last_mut() {
                    Some(last) if last.reason == reason && last.at == at => last.words.push_str(&words),
                    _ => joined.set_aside.push(SetAside { reason, at, words }),
                }
            }
            (Some(_), _) | (None, Piece::Symbol(_)) => {}
            (None, Piece::Text(words)) => {
                if removal.leaves_gap(revision) {
                    text.push_removal();
                }
                text.push(look.height, &words);
            }
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

/// Whether words were set aside directly before the current position, and whether the last visible text before
/// that was inserted by a tracked change.
#[derive(Debug, Default)]
struct Removal {
    is_pending: bool,
    follows_insertion: bool,
}

impl Removal {
    /// Whether the words set aside before a text leave a gap. The gap keeps what is left of a number from being
    /// read as another number. If text inserted beside these words replaces them, there is no gap.
    fn leaves_gap(&mut self, next: Revision) -> bool {
        let is_replaced = std::mem::replace(&mut self.follows_insertion, next == Revision::Inserted)
            || next == Revision::Inserted;
        std::mem::take(&mut self.is_pending) && !is_replaced
    }
}

/// Builds a text. Pieces at the same height are collected in `pending`, because a superscript in several runs must be
/// converted as a whole.
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

    /// Records that words are left out here. Within a superscript or subscript, only between digits, because otherwise
    /// it is converted as a whole.
    fn push_removal(&mut self) {
        if self.height == Height::Baseline || self.pending.ends_with(char::is_numeric) {
            self.flush();
            self.finished.push_removal();
        }
    }

    /// Returns the length of the text in bytes; within a superscript or subscript, the length up to its start.
    fn place(&mut self) -> usize {
        if self.height == Height::Baseline {
            self.flush();
        }
        self.finished.len()
    }
}

/// Returns for each span whether the character [`PICTURE`] must replace it, so that the characters on both sides
/// are not joined: the span is a picture between two characters other than spaces, or a reference to a note
/// between two characters of a script that puts spaces between words.
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
            Piece::NoteMark(_) => both(is_in_spaced_script),
        };
        // Of several pictures in a row, only the first is replaced.
        before = if is_mark { None } else { visible(span, true).or(before) };
        is_mark
    });
    is_mark.collect()
}
