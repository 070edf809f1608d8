//! Draws what was written on a page afterwards: the filled-in fields of forms, and text boxes. They are annotations
//! whose appearance is content like that of a page (ISO 32000-1, 12.5.5 and 12.7). Programs may leave the appearance to
//! the viewer; then the words are placed about where viewers put them. Captions of buttons, lists to choose from,
//! signatures, and comments that point at the text are not drawn.

use hayro_syntax::object::{Dict, Stream, String as TextString};
use hayro_syntax::page::Page;

use super::content::{Interpreter, MarkedContent};
use super::descriptors::has_name;
use super::glyphs::GlyphText;
use super::matrix::Matrix;
use super::meta;
use super::metrics::DEFAULT_WIDTH_EM;
use super::shapes::Area;
use super::strikes::{annotations, is_unseen};
use crate::ReadError;

/// Maximum number of fields above a field that are searched for its type.
const MAX_FIELD_DEPTH: usize = 16;
/// The flag of a field for a choice that shows only what was chosen (ISO 32000-1, table 230).
const COMBO_FLAG: u32 = 1 << 17;
/// The flags of text fields that hold a password or the name of a file (table 228).
const SECRET_FLAGS: u32 = 1 << 13 | 1 << 20;

/// The maximum font size of words without an appearance, in points.
const MAX_SIZE_POINTS: f64 = 12.0;
/// The distance between their lines, relative to the font size.
const LEADING_EM: f64 = 1.2;
/// The share of a field that its words fill at most.
const MAX_FILLED_PART: f64 = 0.8;
/// The distance of a baseline below the middle of its line, relative to the font size.
const BASELINE_DROP_EM: f64 = 0.35;

/// Draws the fields and text boxes of a page. `matrix` maps the coordinates of the page's content to the upright page,
/// of which `area` is visible.
pub(crate) fn draw(
    page: &Page,
    matrix: Matrix,
    area: Area,
    interpreter: &mut Interpreter,
) -> Result<(), ReadError> {
    for annotation in annotations(page) {
        let fields = with_parents(&annotation);
        if is_unseen(&annotation) || !is_text_box(&annotation) && !shows_text(&fields) {
            continue;
        }
        let is_off = interpreter.layers.is_off(&annotation, b"OC", &mut interpreter.budget)?;
        let appearances = annotation.get::<Dict>(b"AP").unwrap_or_default();
        if let Some(appearance) = appearances.get::<Stream>(b"N") {
            let Some(placed) = placement(&annotation, &appearance) else { continue };
            interpreter.reset(matrix * placed, area);
            interpreter.run_appearance(&appearance, page.resources(), is_off)?;
        } else if let (Some(words), Some(rectangle)) = (words(&fields), rectangle(&annotation)) {
            interpreter.reset(matrix, area);
            interpreter.marks.push(MarkedContent { is_artifact: false, is_off });
            draw_words(&words, rectangle, interpreter)?;
        }
    }
    Ok(())
}

/// Whether an annotation is text written on the page, and no comment.
fn is_text_box(annotation: &Dict) -> bool {
    has_name(annotation, b"Subtype", b"FreeText") && !has_name(annotation, b"IT", b"FreeTextCallout")
}

/// Returns a field and those above it, from which it inherits its type, flags and value.
fn with_parents<'a>(field: &Dict<'a>) -> Vec<Dict<'a>> {
    let above = |field: &Dict<'a>| field.get::<Dict>(b"Parent");
    std::iter::successors(Some(field.clone()), above).take(MAX_FIELD_DEPTH).collect()
}

/// Whether a field shows what was typed into it or chosen.
fn shows_text(fields: &[Dict]) -> bool {
    let is_widget = fields.first().is_some_and(|field| has_name(field, b"Subtype", b"Widget"));
    let kind = fields.iter().find(|field| field.contains_key(b"FT")).filter(|_| is_widget);
    kind.is_some_and(|kind| {
        has_name(kind, b"FT", b"Tx") || has_name(kind, b"FT", b"Ch") && flags(fields) & COMBO_FLAG != 0
    })
}

fn flags(fields: &[Dict]) -> u32 {
    fields.iter().find_map(|field| field.get::<u32>(b"Ff")).unwrap_or_default()
}

/// Returns the words of a text box or text field. A choice may show other words than its value.
fn words(fields: &[Dict]) -> Option<String> {
    let is_typed = |field: &Dict| has_name(field, b"FT", b"Tx") && flags(fields) & SECRET_FLAGS == 0;
    let words = if fields.first().is_some_and(is_text_box) {
        fields.first()?.get::<TextString>(b"Contents")
    } else if fields.iter().any(is_typed) {
        fields.iter().find_map(|field| field.get::<TextString>(b"V"))
    } else {
        None
    };
    words.map(|words| meta::text(&words))
}

/// Draws words into a rectangle, as small as they must be to fit.
fn draw_words(words: &str, rectangle: Area, interpreter: &mut Interpreter) -> Result<(), ReadError> {
    #[expect(clippy::cast_precision_loss, reason = "the length of a text")]
    let count = words.chars().count().max(1) as f64;
    let fitting = (MAX_FILLED_PART * rectangle.size() / (count * DEFAULT_WIDTH_EM * LEADING_EM)).sqrt();
    let size = MAX_SIZE_POINTS.min(rectangle.height() / LEADING_EM).min(fitting);
    let lines = wrapped(words, rectangle.width() / (DEFAULT_WIDTH_EM * size));
    interpreter.state.size = size;
    #[expect(clippy::cast_precision_loss, reason = "the number of lines of a text")]
    let above = (lines.len().saturating_sub(1)) as f64 / 2.0 * LEADING_EM;
    let mut base = rectangle.middle().1 + (above - BASELINE_DROP_EM) * size;
    for line in lines {
        interpreter.state.text = Matrix::translation(rectangle.left, base);
        for letter in line.chars() {
            let text = letter.to_string();
            interpreter.add_glyph(
                GlyphText { text, advance: DEFAULT_WIDTH_EM, vertical: false, bold: false },
                (1.0, 1.0),
            )?;
            interpreter.state.advance(DEFAULT_WIDTH_EM * size);
        }
        base -= LEADING_EM * size;
    }
    interpreter.cancel.check()
}

/// Breaks a text into lines, each of at most `most` characters unless a word is longer.
fn wrapped(text: &str, most: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split(['\r', '\n']) {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            #[expect(clippy::cast_precision_loss, reason = "the length of a line")]
            let length = (line.chars().count() + 1 + word.chars().count()) as f64;
            if length > most && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// Returns the rectangle of an annotation, in the coordinates of the page's content.
fn rectangle(annotation: &Dict) -> Option<Area> {
    let [x, y, other_x, other_y] = annotation.get::<[f64; 4]>(b"Rect")?;
    Some(Area::around([(x, y), (other_x, other_y)]))
}

/// Returns the matrix that moves and scales the box of an appearance to the rectangle of its annotation.
fn placement(annotation: &Dict, appearance: &Stream) -> Option<Matrix> {
    let to = rectangle(annotation)?;
    let own = appearance.dict().get::<[f64; 6]>(b"Matrix").map_or(Matrix::IDENTITY, Matrix::of);
    let from = Area::transformed(own, appearance.dict().get::<[f64; 4]>(b"BBox")?);
    if from.size() <= 0.0 {
        return None;
    }
    let (across, up) = (to.width() / from.width(), to.height() / from.height());
    Some(Matrix::of([across, 0.0, 0.0, up, to.left - across * from.left, to.bottom - up * from.bottom]))
}
