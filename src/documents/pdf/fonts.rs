//! The fonts of a PDF: they map the codes in strings to Unicode text, and state the widths of glyphs and the weight.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict};

use super::composite::Composite;
use super::descriptors::{base_name, descriptor, has_name, is_bold, is_bold_name};
use super::matrix::Vector;
use super::simple::Simple;
use super::streams::Budget;
use crate::ReadError;

/// The estimated memory of a font's tables.
const FONT_BYTES: usize = 16 << 10;

/// The fonts of a document, each read once.
#[derive(Debug, Default)]
pub(crate) struct Fonts(BTreeMap<(usize, usize), Rc<Font>>);

impl Fonts {
    /// Returns the font that a dictionary describes. The dictionary is empty if the file lacks the font.
    pub(crate) fn font(&mut self, dictionary: &Dict, budget: &mut Budget) -> Result<Rc<Font>, ReadError> {
        // A dictionary is a slice of the file, or of an object stream, which is decoded only once. So its address and
        // length in memory identify it.
        let data = dictionary.data();
        let key = (data.as_ptr().addr(), data.len());
        if let Some(font) = self.0.get(&key) {
            return Ok(Rc::clone(font));
        }
        budget.take(FONT_BYTES)?;
        let font = Rc::new(Font::read(dictionary, budget)?);
        self.0.insert(key, Rc::clone(&font));
        Ok(font)
    }
}

#[derive(Debug)]
pub(crate) struct Font {
    pub(crate) bold: bool,
    /// Whether text in this font runs downwards.
    pub(crate) vertical: bool,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Simple(Simple),
    Composite(Box<Composite>),
}

impl Font {
    fn read(font: &Dict, budget: &mut Budget) -> Result<Self, ReadError> {
        let name = base_name(font);
        if !has_name(font, b"Subtype", b"Type0") {
            let bold = is_bold(&descriptor(font)) || is_bold_name(&name);
            return Ok(Self {
                bold,
                vertical: false,
                kind: Kind::Simple(Simple::read(font, &name, budget)?),
            });
        }
        let descendants = font.get::<Array>(b"DescendantFonts");
        let descendant = descendants.and_then(|fonts| fonts.iter::<Dict>().next()).unwrap_or_default();
        let composite = Composite::read(font, &descendant, budget)?;
        Ok(Self {
            bold: is_bold(&descriptor(&descendant)) || is_bold_name(&name),
            vertical: composite.vertical,
            kind: Kind::Composite(Box::new(composite)),
        })
    }

    /// Returns the first code of a text and its length in bytes.
    pub(crate) fn next_code(&self, text: &[u8]) -> (u32, usize) {
        match &self.kind {
            Kind::Simple(_) => (text.first().copied().unwrap_or_default().into(), 1),
            Kind::Composite(font) => font.next_code(text),
        }
    }

    /// Returns the advance of a code: the distance from its glyph to the next one, relative to the font size.
    pub(crate) fn advance(&self, code: u32) -> f64 {
        match &self.kind {
            Kind::Simple(font) => font.advance(code),
            Kind::Composite(font) => font.advance(code),
        }
    }

    /// Returns the width and height of an em, relative to the font size.
    pub(crate) fn em(&self) -> Vector {
        match &self.kind {
            Kind::Simple(font) => font.em,
            Kind::Composite(_) => (1.0, 1.0),
        }
    }

    /// Returns the text of a code; empty if unknown.
    pub(crate) fn text(&self, code: u32) -> String {
        match &self.kind {
            Kind::Simple(font) => font.text(code),
            Kind::Composite(font) => font.text(code),
        }
    }
}
