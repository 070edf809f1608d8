//! Simple fonts, whose codes have one byte (ISO 32000-1, 9.6).

use hayro_syntax::object::{Array, Dict};

use super::descriptors::{descriptor, has_name};
use super::encodings::{BaseEncoding, FontEncoding, is_control, named_letters};
use super::maps::{mapped, to_unicode};
use super::matrix::Vector;
use super::median::median;
use super::metrics::standard_width;
use super::programs::builtin_names;
use super::streams::Budget;
use super::tex;
use crate::ReadError;

/// The unit of widths in all fonts but Type 3, in em.
const GLYPH_UNIT: f64 = 0.001;
/// The font whose widths show the size of the letters of a Type 3 font.
const TYPICAL_FONT: &str = "Times-Roman";
/// How much larger or smaller than those of the typical font the letters of a Type 3 font must be for its em to differ
/// from the font size.
const MIN_EM_FACTOR: f64 = 8.0;

#[derive(Debug)]
pub(crate) struct Simple {
    /// The text of each code.
    letters: Vec<String>,
    /// The advance of each code, relative to the font size.
    advances: Vec<f64>,
    /// The width and height of an em, relative to the font size. The height is negative if the letters are upside down.
    pub(crate) em: Vector,
}

impl Simple {
    pub(crate) fn read(font: &Dict, name: &str, budget: &mut Budget) -> Result<Self, ReadError> {
        let letters = letters(font, name, budget)?;
        let advances = advances(font, name, &letters);
        let em =
            if has_name(font, b"Subtype", b"Type3") { em(font, &letters, &advances) } else { (1.0, 1.0) };
        Ok(Self { letters, advances, em })
    }

    pub(crate) fn advance(&self, code: u32) -> f64 {
        index(code).and_then(|code| self.advances.get(code)).copied().unwrap_or_default()
    }

    pub(crate) fn text(&self, code: u32) -> String {
        index(code).and_then(|code| self.letters.get(code)).cloned().unwrap_or_default()
    }
}

fn index(code: u32) -> Option<usize> {
    usize::try_from(code).ok()
}

/// Returns the text of each code. Its sources, in descending precedence: the `ToUnicode` map; the glyph names in the
/// font's dictionary; the base encoding in the dictionary, or else the encoding of the embedded font; the default of
/// the font type. In Symbol and Zapf Dingbats, a fixed encoding replaces the dictionary's base encoding; in Zapf
/// Dingbats, also its glyph names.
fn letters(font: &Dict, name: &str, budget: &mut Budget) -> Result<Vec<String>, ReadError> {
    let map = to_unicode(font, budget)?;
    let stated = FontEncoding::read(font);
    let fixed = fixed_encoding(name);
    let builtin = if stated.base.is_none() { builtin_names(&descriptor(font), budget)? } else { Vec::new() };
    let is_type1 = has_name(font, b"Subtype", b"Type1") || has_name(font, b"Subtype", b"MMType1");
    let default = if is_type1 { BaseEncoding::Standard } else { BaseEncoding::Windows };
    let base = fixed.or(stated.base).unwrap_or(default);
    let mut letters: Vec<String> = (0..=255).map(|code| base.letters(code)).collect();
    if !builtin.is_empty() && fixed.is_none() {
        letters.fill(String::new());
    }
    let tex = tex::encoding(stated.names.iter().map(|(code, name)| (*code, name.as_str())));
    let named = stated.names.iter().map(|(code, name)| {
        let tex = tex.and_then(|encoding| tex::letters(encoding, *code, name));
        // A glyph name that is a number, such as `65`, means the code with that number.
        let number = || name.parse().map(|code| base.letters(code)).ok();
        (*code, tex.or_else(number).unwrap_or_else(|| named_letters(name)))
    });
    let named = named.filter(|_| fixed != Some(BaseEncoding::Dingbats));
    let builtin = builtin.iter().map(|(code, name)| (*code, named_letters(name)));
    let mapped = (0..=255).filter_map(|code: u8| Some((code, mapped(map.as_ref(), code.into())?)));
    for (code, text) in builtin.chain(named).chain(mapped) {
        if let Some(letters) = letters.get_mut(usize::from(code)) {
            *letters = text;
        }
    }
    Ok(letters)
}

/// Returns the encoding of the two standard fonts whose encoding is fixed.
fn fixed_encoding(name: &str) -> Option<BaseEncoding> {
    match name {
        "Symbol" => Some(BaseEncoding::Symbol),
        "ZapfDingbats" => Some(BaseEncoding::Dingbats),
        _ => None,
    }
}

fn advances(font: &Dict, name: &str, letters: &[String]) -> Vec<f64> {
    let is_type3 = has_name(font, b"Subtype", b"Type3");
    let Some(widths) = font.get::<Array>(b"Widths").filter(|widths| widths.iter::<f64>().next().is_some())
    else {
        let width = |(code, letters): (u32, &String)| {
            if is_type3 || is_control(code) { 0.0 } else { standard_width(name, letters) }
        };
        return (0..).zip(letters).map(width).collect();
    };
    // A Type 3 font defines its own unit of widths.
    let matrix = font.get::<[f64; 6]>(b"FontMatrix").filter(|_| is_type3);
    let unit = matrix.map(|[unit, ..]| unit).filter(|unit| *unit > 0.0).unwrap_or(GLYPH_UNIT);
    let missing = descriptor(font).get::<f64>(b"MissingWidth").unwrap_or_default() * unit;
    let mut advances = vec![missing; letters.len()];
    let first = font.get::<usize>(b"FirstChar").unwrap_or_default();
    for (advance, width) in advances.iter_mut().skip(first).zip(widths.iter::<f64>()) {
        *advance = width * unit;
    }
    advances
}

/// Estimates the em of a Type 3 font, which may draw letters of any size at any font size: of some fonts that are
/// bitmaps, a letter is 100 times as high as the font size.
fn em(font: &Dict, letters: &[String], advances: &[f64]) -> Vector {
    let ratio = |(letters, advance): (&String, &f64)| {
        let is_letter = *advance > 0.0 && letters.chars().any(char::is_alphanumeric);
        is_letter.then(|| advance / standard_width(TYPICAL_FONT, letters))
    };
    let ratio = median(letters.iter().zip(advances).filter_map(ratio).collect()).unwrap_or(1.0);
    let is_usual = (1.0 / MIN_EM_FACTOR..=MIN_EM_FACTOR).contains(&ratio);
    let size = if is_usual { 1.0 } else { ratio };
    let is_flipped = font.get::<[f64; 6]>(b"FontMatrix").is_some_and(|[_, _, _, up, ..]| up < 0.0);
    (size, if is_flipped { -size } else { size })
}
