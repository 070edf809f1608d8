//! Interprets the content streams of pages and of the forms that they invoke: the operators that place text (ISO
//! 32000-1, 8.4.2 and 9.4).

use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Dict, Object, Stream};
use hayro_syntax::page::Resources;

use super::descriptors::has_name;
use super::fonts::{Font, Fonts};
use super::glyphs::{Glyph, GlyphCollector};
use super::matrix::Matrix;
use super::sandbox::CancelToken;
use super::streams::{Budget, decoded};
use crate::ReadError;

/// Maximum depth of nested forms. Deeper forms are left out.
const MAX_FORM_DEPTH: usize = 16;
/// Maximum number of graphics states saved in a page or form.
const MAX_SAVED_STATES: usize = 4096;
/// Maximum size of the decoded content of a page or form.
const MAX_CONTENT_BYTES: usize = 16 << 20;
/// The bytes that an operator takes from the budget, so that forms that invoke one another exhaust it.
const OPERATOR_BYTES: usize = 32;

/// Interprets the content of a document's pages.
pub(crate) struct Interpreter<'a> {
    pub(crate) cancel: &'a CancelToken,
    pub(crate) budget: Budget,
    /// Limits the memory of the document's glyphs.
    pub(crate) glyph_budget: Budget,
    pub(crate) fonts: Fonts,
    /// The glyphs of the current page.
    pub(crate) collector: GlyphCollector,
    state: GraphicsState,
    saved: Vec<GraphicsState>,
    /// Whether each open marked-content sequence is an artifact, such as a header or footer (ISO 32000-1, 14.8.2.2).
    artifacts: Vec<bool>,
}

/// The text-related graphics state, saved by `q` and restored by `Q`.
#[derive(Clone)]
struct GraphicsState {
    /// Maps the coordinates of the content to the page (`cm`).
    page: Matrix,
    /// The position of the next glyph (`Tm`).
    text: Matrix,
    /// The start of the current line.
    line: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

impl GraphicsState {
    fn new(page: Matrix) -> Self {
        Self {
            page,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }

    /// Moves to the start of another line.
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line * Matrix::translation(x, y);
        self.text = self.line;
    }

    /// Moves along the line, by units of text space.
    fn advance(&mut self, by: f64) {
        let vertical = self.font.as_ref().is_some_and(|font| font.vertical);
        let (x, y) = if vertical { (0.0, by) } else { (by * self.scale, 0.0) };
        self.text = self.text * Matrix::translation(x, y);
    }
}

impl<'a> Interpreter<'a> {
    pub(crate) fn new(limit: usize, cancel: &'a CancelToken) -> Self {
        Self {
            cancel,
            budget: Budget::new(limit),
            glyph_budget: Budget::new(limit),
            fonts: Fonts::default(),
            collector: GlyphCollector::default(),
            state: GraphicsState::new(Matrix::IDENTITY),
            saved: Vec::new(),
            artifacts: Vec::new(),
        }
    }

    /// Starts a page. The matrix maps the coordinates of the page's content to the upright page.
    pub(crate) fn begin_page(&mut self, page: Matrix) {
        self.collector = GlyphCollector::default();
        self.state = GraphicsState::new(page);
        self.saved.clear();
        self.artifacts.clear();
    }

    /// Interprets the content of a page.
    pub(crate) fn run_page(&mut self, content: &[u8], resources: &Resources) -> Result<(), ReadError> {
        self.run(content, resources, MAX_FORM_DEPTH)
    }

    fn run(&mut self, content: &[u8], resources: &Resources, depth: usize) -> Result<(), ReadError> {
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
                b"Do" => self.run_form(&operands, resources, depth)?,
                b"BMC" | b"BDC" => self.artifacts.push(is_artifact(&operands)),
                b"EMC" => drop(self.artifacts.pop()),
                operator => self.text_operator(operator, &operands)?,
            }
        }
        while self.saved.len() > outer {
            self.restore();
        }
        Ok(())
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    /// Interprets a text operator. Ignores it if its operands are invalid.
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

    /// Adds the glyphs of strings, and of arrays that contain strings and the offsets between them.
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
        let is_artifact = self.artifacts.contains(&true);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (code, length) = font.next_code(rest);
            let is_space = length == 1 && rest.first() == Some(&b' ');
            rest = rest.get(length.max(1)..).unwrap_or_default();
            let advance = font.advance(code);
            let text = font.text(code);
            if !text.is_empty() && !is_artifact {
                self.glyph_budget.take(size_of::<Glyph>() + text.len())?;
                let state = &self.state;
                let scaled = [state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise];
                let matrix = state.page * state.text * Matrix::of(scaled);
                self.collector.add(text, matrix, advance, font.vertical, font.bold);
            }
            let word_space = if is_space { self.state.word_space } else { 0.0 };
            self.state.advance(advance * self.state.size + self.state.letter_space + word_space);
        }
        self.cancel.check()
    }

    fn run_form(
        &mut self,
        operands: &[&Object],
        resources: &Resources,
        depth: usize,
    ) -> Result<(), ReadError> {
        let [Object::Name(name)] = operands else { return Ok(()) };
        let form = resources.get_x_object(name).filter(|object| has_name(object.dict(), b"Subtype", b"Form"));
        let Some(form) = form.filter(|_| depth > 0) else { return Ok(()) };
        let content = decoded(&form, &mut self.budget)?;
        let own = form.dict().get::<Dict>(b"Resources").map(Resources::new);
        let saved = (self.state.clone(), self.artifacts.clone());
        if let Some(matrix) = form.dict().get::<[f64; 6]>(b"Matrix") {
            self.state.page = self.state.page * Matrix::of(matrix);
        }
        self.run(&content, own.as_ref().unwrap_or(resources), depth - 1)?;
        (self.state, self.artifacts) = saved;
        Ok(())
    }
}

/// Joins the content streams of a page.
pub(crate) fn page_content(parts: &[Stream], budget: &mut Budget) -> Result<Vec<u8>, ReadError> {
    let mut content = Vec::new();
    for part in parts {
        content.append(&mut decoded(part, budget)?);
        content.push(b'\n');
    }
    Ok(content)
}

fn is_artifact(operands: &[&Object]) -> bool {
    matches!(operands.first(), Some(Object::Name(tag)) if &**tag == b"Artifact")
}

fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()).filter(|number| number.is_finite()),
        _ => None,
    }
}
