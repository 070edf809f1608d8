//! Fonts whose codes are of one byte (ISO 32000-1, 9.6).

use hayro_syntax::object::{Array, Dict};

use super::descriptors::{descriptor, has_name};
use super::encodings::{Stated, Table, named_letters};
use super::maps::{mapped, to_unicode};
use super::metrics::standard_width;
use super::programs::builtin_names;
use super::streams::Budget;
use super::tex;
use crate::ReadError;

/// One in the widths of most fonts, by their size.
const GLYPH_UNIT: f64 = 0.001;

/// A font of up to 256 glyphs.
#[derive(Debug)]
pub(crate) struct Simple {
    /// What each code says.
    letters: Vec<String>,
    /// How far each moves on, by the size of the font.
    advances: Vec<f64>,
}

impl Simple {
    pub(crate) fn read(font: &Dict, name: &str, budget: &mut Budget) -> Result<Self, ReadError> {
        let letters = letters(font, name, budget)?;
        let advances = advances(font, name, &letters);
        Ok(Self { letters, advances })
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

/// What each code says: by the map to Unicode, the names that the font gives to codes, its table, the encoding of the
/// embedded font, or what fonts of its kind mean if nothing is stated.
fn letters(font: &Dict, name: &str, budget: &mut Budget) -> Result<Vec<String>, ReadError> {
    let map = to_unicode(font, budget)?;
    let stated = Stated::read(font);
    let own = own_table(name);
    let builtin = if stated.table.is_none() { builtin_names(&descriptor(font), budget)? } else { Vec::new() };
    let is_posted = has_name(font, b"Subtype", b"Type1") || has_name(font, b"Subtype", b"MMType1");
    let fallback = if is_posted { Table::Standard } else { Table::Windows };
    let table = own.or(stated.table).unwrap_or(fallback);
    let mut letters: Vec<String> = (0..=255).map(|code| table.letters(code)).collect();
    if !builtin.is_empty() && own.is_none() {
        letters.fill(String::new());
    }
    let tex = tex::encoding(stated.names.iter().map(|(_, name)| name.as_str()));
    let named = stated.names.iter().map(|(code, name)| {
        let tex = tex.and_then(|encoding| tex::letters(encoding, name));
        // A number for a name is a code.
        let number = || name.parse().map(|code| table.letters(code)).ok();
        (*code, tex.or_else(number).unwrap_or_else(|| named_letters(name)))
    });
    let named = named.filter(|_| own != Some(Table::Dingbats));
    let builtin = builtin.iter().map(|(code, name)| (*code, named_letters(name)));
    let mapped = (0..=255).filter_map(|code: u8| Some((code, mapped(map.as_ref(), code.into())?)));
    for (code, known) in builtin.chain(named).chain(mapped) {
        if let Some(letters) = letters.get_mut(usize::from(code)) {
            *letters = known;
        }
    }
    Ok(letters)
}

/// The table of a font that no encoding changes.
fn own_table(name: &str) -> Option<Table> {
    match name {
        "Symbol" => Some(Table::Symbol),
        "ZapfDingbats" => Some(Table::Dingbats),
        _ => None,
    }
}

fn advances(font: &Dict, name: &str, letters: &[String]) -> Vec<f64> {
    let is_drawn = has_name(font, b"Subtype", b"Type3");
    let Some(widths) = font.get::<Array>(b"Widths").filter(|widths| widths.iter::<f64>().next().is_some())
    else {
        let width = |letters: &String| if is_drawn { 0.0 } else { standard_width(name, letters) };
        return letters.iter().map(width).collect();
    };
    // Fonts that draw their own glyphs choose their unit.
    let matrix = font.get::<[f64; 6]>(b"FontMatrix").filter(|_| is_drawn);
    let unit = matrix.map(|[unit, ..]| unit).filter(|unit| *unit > 0.0).unwrap_or(GLYPH_UNIT);
    let missing = descriptor(font).get::<f64>(b"MissingWidth").unwrap_or_default() * unit;
    let mut advances = vec![missing; letters.len()];
    let first = font.get::<usize>(b"FirstChar").unwrap_or_default();
    for (advance, width) in advances.iter_mut().skip(first).zip(widths.iter::<f64>()) {
        *advance = width * unit;
    }
    advances
}
