//! Fonts of a PDF: which letters the codes of shown text are, how wide, and whether they are bold.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Stream};

use super::composite::Composite;
use super::content::has_name;
use super::simple::Simple;
use super::streams::{Budget, decoded};
use crate::Refusal;

/// Weight from which a font is bold (CSS Fonts 4, 2.2: semi-bold).
const BOLD_WEIGHT: f64 = 600.0;
/// Bit of a font descriptor's flags that asks for bold (ISO 32000-1, table 123).
const FORCE_BOLD: u32 = 1 << 18;
/// What a parsed map takes of memory for each byte that it is read from.
const MAP_GROWTH: usize = 8;

/// The fonts of a document, each read once.
#[derive(Debug, Default)]
pub(super) struct Fonts(BTreeMap<(usize, usize), Rc<Font>>);

impl Fonts {
    /// The font of a dictionary. An empty one is of a font that the file lacks.
    pub(super) fn font(&mut self, dictionary: &Dict, budget: &mut Budget) -> Result<Rc<Font>, Refusal> {
        // A dictionary is a slice of the file, or of a part of it that is decoded once.
        let data = dictionary.data();
        let place = (data.as_ptr().addr(), data.len());
        if let Some(font) = self.0.get(&place) {
            return Ok(Rc::clone(font));
        }
        let font = Rc::new(Font::read(dictionary, budget)?);
        self.0.insert(place, Rc::clone(&font));
        Ok(font)
    }
}

/// A font that text is shown in.
#[derive(Debug)]
pub(super) struct Font {
    pub(super) bold: bool,
    /// Its lines run downwards.
    pub(super) vertical: bool,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Simple(Simple),
    Composite(Box<Composite>),
}

impl Font {
    fn read(font: &Dict, budget: &mut Budget) -> Result<Self, Refusal> {
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

    /// The code that a text begins with, and its bytes.
    pub(super) fn next_code(&self, text: &[u8]) -> (u32, usize) {
        match &self.kind {
            Kind::Simple(_) => (text.first().copied().unwrap_or_default().into(), 1),
            Kind::Composite(font) => font.next_code(text),
        }
    }

    /// How far a code moves on, by the size of the font.
    pub(super) fn advance(&self, code: u32) -> f64 {
        match &self.kind {
            Kind::Simple(font) => font.advance(code),
            Kind::Composite(font) => font.advance(code),
        }
    }

    /// What a code says; empty if nothing is known of it.
    pub(super) fn text(&self, code: u32) -> String {
        match &self.kind {
            Kind::Simple(font) => font.text(code),
            Kind::Composite(font) => font.text(code),
        }
    }
}

/// The map from codes to Unicode, if a font has one.
pub(super) fn to_unicode(font: &Dict, budget: &mut Budget) -> Result<Option<CMap>, Refusal> {
    font.get::<Stream>(b"ToUnicode").map_or(Ok(None), |stream| cmap(&stream, budget))
}

/// A map of codes, parsed. Those that it builds on outside the file are not at hand.
pub(super) fn cmap(stream: &Stream, budget: &mut Budget) -> Result<Option<CMap>, Refusal> {
    let data = decoded(stream, budget)?;
    budget.take(data.len().saturating_mul(MAP_GROWTH))?;
    Ok(CMap::parse(&data, |_| None))
}

/// What a map says of a code.
pub(super) fn mapped(map: Option<&CMap>, code: u32) -> Option<String> {
    let text = match map?.lookup_bf_string(code)? {
        BfString::Char(letter) => letter.to_string(),
        BfString::String(text) => text,
    };
    // Some writers map what they know nothing of to zero.
    Some(text.replace('\0', "")).filter(|text| !text.is_empty())
}

pub(super) fn descriptor<'a>(font: &Dict<'a>) -> Dict<'a> {
    font.get::<Dict>(b"FontDescriptor").unwrap_or_default()
}

/// The name of a font without the tag of its subset.
fn base_name(font: &Dict) -> String {
    let name = font.get::<Name>(b"BaseFont").map(|name| String::from_utf8_lossy(&name).into_owned());
    let name = name.unwrap_or_default();
    name.split_once('+').map_or(name.clone(), |(_, name)| name.to_owned())
}

fn is_bold(descriptor: &Dict) -> bool {
    descriptor.get::<f64>(b"FontWeight").is_some_and(|weight| weight >= BOLD_WEIGHT)
        || descriptor.get::<u32>(b"Flags").is_some_and(|flags| flags & FORCE_BOLD != 0)
}

/// Whether the name says so. TeX's Computer Modern and its kin call it `bx`, Nimbus `Medi`.
pub(super) fn is_bold_name(name: &str) -> bool {
    let name = name.to_lowercase();
    ["bold", "black", "heavy", "demi", "cmbx", "sfbx", "ecbx", "medi"].iter().any(|part| name.contains(part))
        && !name.contains("medium")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_of_bold() {
        let bold = ["SFBX1000", "Arial,Bold", "NimbusRomNo9L-Medi", "Inter-SemiBold"];
        assert!(bold.iter().all(|name| is_bold_name(name)));
        assert!(!["Inter-Medium", "CMR10", "Times-Roman"].iter().any(|name| is_bold_name(name)));
    }
}
