//! Maps from the codes of a font to Unicode, or to the numbers of its characters (ISO 32000-1, 9.7.5 and 9.10.3).

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Dict, Stream};

use super::streams::{Budget, decoded};
use crate::ReadError;

/// What a parsed map takes of memory for each byte that it is read from.
const MAP_GROWTH: usize = 8;

/// The map from codes to Unicode, if a font has one.
pub(crate) fn to_unicode(font: &Dict, budget: &mut Budget) -> Result<Option<CMap>, ReadError> {
    font.get::<Stream>(b"ToUnicode").map_or(Ok(None), |stream| cmap(&stream, budget))
}

/// A map of codes, parsed. Those that it builds on outside the file are not at hand.
pub(crate) fn cmap(stream: &Stream, budget: &mut Budget) -> Result<Option<CMap>, ReadError> {
    let data = decoded(stream, budget)?;
    budget.take(data.len().saturating_mul(MAP_GROWTH))?;
    Ok(CMap::parse(&data, |_| None))
}

/// What a map says of a code.
pub(crate) fn mapped(map: Option<&CMap>, code: u32) -> Option<String> {
    let text = match map?.lookup_bf_string(code)? {
        BfString::Char(letter) => letter.to_string(),
        BfString::String(text) => text,
    };
    // Some writers map what they know nothing of to zero.
    Some(text.replace('\0', "")).filter(|text| !text.is_empty())
}
