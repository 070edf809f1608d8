//! Interprets the content streams of pages and of the forms that they invoke: the operators that place text, and the
//! operators of the graphics state (ISO 32000-1, 8.4.2 and 9.4). [`super::painting`] and [`super::objects`]
//! interpret the others.
//!
//! Units: operands are in the units of *text space*, which the matrix `Tm` and then `cm` map to the page; a unit is
//! usually a point. Only `Tz` (percent) and the numbers in a `TJ` array (thousandths of the font size) have other
//! units.

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;

use super::encodings::is_control;
use super::fonts::Fonts;
use super::glyphs::{Drawing, DrawnGlyph, Glyph, GlyphText};
use super::layers::Layers;
use super::matrix::{Matrix, Vector};
use super::paint::PaintLog;
use super::sandbox::CancelToken;
use super::shapes::{Area, Path};
use super::state::{GraphicsState, Ink};
use super::streams::Budget;
use crate::ReadError;

/// Maximum depth of nested forms. Deeper forms are left out.
pub(super) const MAX_FORM_DEPTH: usize = 16;
/// Maximum number of graphics states saved in a page or form.
const MAX_SAVED_STATES: usize = 4096;
/// Maximum size of the decoded content of a page or form.
const MAX_CONTENT_BYTES: usize = 16 << 20;
/// Maximum memory of the glyphs, shapes and images of one page.
const MAX_PAGE_BYTES: usize = 128 << 20;
/// Each operator takes this many bytes from the budget, so that forms that invoke one another forever exhaust it.
const OPERATOR_BYTES: usize = 32;

/// Interprets the content of a document's pages.
pub(crate) struct Interpreter<'a> {
    pub(crate) cancel: &'a CancelToken,
    pub(crate) budget: Budget,
    /// Limits the memory of the document's glyphs.
    pub(crate) glyph_budget: Budget,
    pub(crate) fonts: Fonts,
    /// Limits the memory of the glyphs, shapes and images of one page.
    pub(crate) page_budget: Budget,
    pub(crate) layers: Layers,
    /// The glyphs of the current page.
    pub(crate) glyphs: Vec<DrawnGlyph>,
    /// What is painted on the current page besides glyphs.
    pub(crate) paint: PaintLog,
    pub(crate) state: GraphicsState,
    saved: Vec<GraphicsState>,
    /// The path under construction.
    pub(crate) path: Path,
    /// Set if the next operator that ends the path, painting it or not, must also clip to it.
    pub(crate) pending_clip: Option<ClipRule>,
    /// The open marked-content sequences.
    pub(crate) marks: Vec<MarkedContent>,
    /// Text in a smaller font than this is invisible. In units of the current page's coordinates.
    min_size: f64,
}

/// Which points are inside a path that crosses itself, when it is filled or clipped to (ISO 32000-1, 8.5.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClipRule {
    NonZero,
    EvenOdd,
}

/// A marked-content sequence: a part of the content with a tag (ISO 32000-1, 14.6).
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarkedContent {
    /// Whether the sequence is an artifact, such as a header or footer (ISO 32000-1, 14.8.2.2).
    pub(crate) is_artifact: bool,
    /// Whether the sequence belongs to a layer that is off.
    pub(crate) is_off: bool,
}

/// Minimum font size of text that readers can see, in points.
const MIN_SIZE_POINTS: f64 = 1.0;

impl<'a> Interpreter<'a> {
    pub(crate) fn new(limit: usize, layers: Layers, cancel: &'a CancelToken) -> Self {
        Self {
            cancel,
            budget: Budget::new(limit),
            glyph_budget: Budget::new(limit),
            fonts: Fonts::default(),
            page_budget: Budget::new(0),
            layers,
            glyphs: Vec::new(),
            paint: PaintLog::new(Area::ALL),
            state: GraphicsState::new(Matrix::IDENTITY, Area::ALL),
            saved: Vec::new(),
            path: Path::default(),
            pending_clip: None,
            marks: Vec::new(),
            min_size: MIN_SIZE_POINTS,
        }
    }

    /// Starts a page. The matrix maps the coordinates of the page's content to the upright page, of which `area` is
    /// visible. `unit` is the length of one unit of these coordinates, in points.
    pub(crate) fn begin_page(&mut self, matrix: Matrix, area: Area, unit: f64) {
        self.page_budget = Budget::new(MAX_PAGE_BYTES);
        self.glyphs.clear();
        self.paint = PaintLog::new(area);
        self.min_size = MIN_SIZE_POINTS / unit;
        self.reset(matrix, area);
    }

    /// Sets the state of graphics at the start of a page, or of what is drawn over it.
    pub(crate) fn reset(&mut self, matrix: Matrix, area: Area) {
        self.state = GraphicsState::new(matrix, area);
        self.saved.clear();
        self.path = Path::default();
        self.pending_clip = None;
        self.marks.clear();
    }

    /// Interprets the content of a page.
    pub(crate) fn run_page(&mut self, content: &[u8], resources: &Resources) -> Result<(), ReadError> {
        self.run(content, resources, MAX_FORM_DEPTH)
    }

    /// Interprets the content of a page or form. `depth` is the number of levels of forms that it may still invoke.
    pub(crate) fn run(
        &mut self,
        content: &[u8],
        resources: &Resources,
        depth: usize,
    ) -> Result<(), ReadError> {
        if content.len() > MAX_CONTENT_BYTES {
            return Err(ReadError::TooLarge);
        }
        let outer = self.saved.len();
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.cancel.check()?;
            self.budget.take(OPERATOR_BYTES)?;
            let operands: Vec<&Object> = instruction.operands().collect();
            match &**instruction.operator {
                b"q" if self.saved.len() < outer + MAX_SAVED_STATES => self.saved.push(self.state.clone()),
                b"Q" if self.saved.len() > outer => self.restore(),
                b"Tf" => self.set_font(&operands, resources)?,
                b"Do" => self.run_object(&operands, resources, depth)?,
                b"BMC" | b"BDC" => self.begin_marked(&operands, resources)?,
                b"EMC" => drop(self.marks.pop()),
                operator => {
                    if !self.paint_operator(operator, &operands, resources)? {
                        self.text_operator(operator, &operands)?;
                    }
                }
            }
        }
        while self.saved.len() > outer {
            self.restore();
        }
        Ok(())
    }

    fn begin_marked(&mut self, operands: &[&Object], resources: &Resources) -> Result<(), ReadError> {
        self.page_budget.take(size_of::<MarkedContent>())?;
        let mark = match operands {
            [Object::Name(tag), ..] if &**tag == b"Artifact" => {
                MarkedContent { is_artifact: true, is_off: false }
            }
            [Object::Name(tag), Object::Name(layer), ..] if &**tag == b"OC" => {
                let is_off = self.layers.is_off(&resources.properties, layer, &mut self.budget)?;
                MarkedContent { is_artifact: false, is_off }
            }
            _ => MarkedContent { is_artifact: false, is_off: false },
        };
        self.marks.push(mark);
        Ok(())
    }

    /// Whether the current content belongs to a layer that is off.
    pub(crate) fn is_off(&self) -> bool {
        self.marks.iter().any(|mark| mark.is_off)
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    /// Interprets `cm` or a text operator (ISO 32000-1, 9.3 and 9.4). Ignores other operators.
    fn text_operator(&mut self, operator: &[u8], operands: &[&Object]) -> Result<(), ReadError> {
        let numbers: Vec<f64> = operands.iter().filter_map(|operand| number(operand)).collect();
        let matrix = <[f64; 6]>::try_from(numbers.as_slice()).ok().map(Matrix::of);
        match (operator, numbers.as_slice()) {
            (b"cm", _) => self.state.page = self.state.page * matrix.unwrap_or(Matrix::IDENTITY),
            (b"BT", _) => {
                self.state.text = Matrix::IDENTITY;
                self.state.line = Matrix::IDENTITY;
            }
            (b"Tm", _) => {
                self.state.line = matrix.unwrap_or(self.state.line);
                self.state.text = self.state.line;
            }
            (b"Td", &[x, y]) => self.state.next_line(x, y),
            (b"TD", &[x, y]) => {
                self.state.leading = -y;
                self.state.next_line(x, y);
            }
            (b"T*", _) => self.state.next_line(0.0, -self.state.leading),
            (b"Tc", &[space]) => self.state.letter_space = space,
            (b"Tw", &[space]) => self.state.word_space = space,
            (b"Tz", &[percent]) => self.state.scale = percent / 100.0,
            (b"TL", &[leading]) => self.state.leading = leading,
            (b"Ts", &[rise]) => self.state.rise = rise,
            (b"Tr", &[mode]) => self.state.mode = text_mode(mode),
            (b"Tj" | b"TJ", _) => return self.add_strings(operands),
            (b"'", _) => {
                self.state.next_line(0.0, -self.state.leading);
                return self.add_strings(operands);
            }
            (b"\"", &[word_space, letter_space]) => {
                self.state.word_space = word_space;
                self.state.letter_space = letter_space;
                self.state.next_line(0.0, -self.state.leading);
                return self.add_strings(operands.get(2..).unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    }

    fn set_font(&mut self, operands: &[&Object], resources: &Resources) -> Result<(), ReadError> {
        let [Object::Name(name), size] = operands else { return Ok(()) };
        let Some(size) = number(size) else { return Ok(()) };
        let font = resources.get_font(name).unwrap_or_default();
        self.state.font = Some(self.fonts.font(&font, &mut self.budget)?);
        self.state.size = size;
        Ok(())
    }

    /// Adds the glyphs of a string, or of an array of strings and the offsets between them. Offsets are in thousandths
    /// of the font size; positive ones move the next glyph to the left, or down in vertical text.
    fn add_strings(&mut self, operands: &[&Object]) -> Result<(), ReadError> {
        for operand in operands {
            match operand {
                Object::String(text) => self.add_string(text)?,
                Object::Array(parts) => {
                    for part in parts.iter::<Object>() {
                        match part {
                            Object::String(text) => self.add_string(&text)?,
                            Object::Number(back) => {
                                self.state.advance(-back.as_f64() / 1000.0 * self.state.size);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn add_string(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let mut rest = bytes;
        while !rest.is_empty() {
            let (code, length) = font.next_code(rest);
            let is_space = length == 1 && rest.first() == Some(&b' ');
            rest = rest.get(length.max(1)..).unwrap_or_default();
            let advance = font.advance(code);
            let mut text = font.text(code);
            if text.is_empty() && advance != 0.0 && !(length == 1 && is_control(code)) {
                text.push(char::REPLACEMENT_CHARACTER);
            }
            if !text.is_empty() {
                let advance = advance / font.em().0;
                let text = GlyphText { text, advance, vertical: font.vertical, bold: font.bold };
                self.add_glyph(text, font.em())?;
            }
            let word_space = if is_space { self.state.word_space } else { 0.0 };
            self.state.advance(advance * self.state.size + self.state.letter_space + word_space);
        }
        self.cancel.check()
    }

    /// Adds a glyph at the current place. The em is relative to the font size.
    pub(super) fn add_glyph(&mut self, text: GlyphText, em: Vector) -> Result<(), ReadError> {
        self.glyph_budget.take(size_of::<Glyph>() + text.text.len())?;
        self.page_budget.take(size_of::<DrawnGlyph>() + 2 * size_of::<Ink>() + text.text.len())?;
        let state = &self.state;
        let scaled = [em.0 * state.size * state.scale, 0.0, 0.0, em.1 * state.size, 0.0, state.rise];
        let matrix = state.page * state.text * Matrix::of(scaled);
        let order = self.paint.count();
        let is_artifact = self.marks.iter().any(|mark| mark.is_artifact);
        let drawing = Drawing { state, order, min_size: self.min_size, is_off: self.is_off(), is_artifact };
        self.glyphs.extend(DrawnGlyph::new(text, matrix, drawing));
        Ok(())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the mode is from 0 to 7")]
fn text_mode(mode: f64) -> u8 {
    if (0.0..8.0).contains(&mode) { mode as u8 } else { 0 }
}

pub(crate) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()).filter(|number| number.is_finite()),
        _ => None,
    }
}
