//! Reads maps from the codes of a font to Unicode or to character ids (ISO 32000-1, 9.7.5 and 9.10.3).

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Dict, Stream};

use super::streams::{Budget, decoded};
use crate::ReadError;

/// Maximum memory of a parsed map, as a multiple of the size of its decoded stream.
const MAX_MEMORY_FACTOR: usize = 8;

/// Returns a font's map from codes to Unicode, if it has one.
pub(crate) fn to_unicode(font: &Dict, budget: &mut Budget) -> Result<Option<CMap>, ReadError> {
    font.get::<Stream>(b"ToUnicode").map_or(Ok(None), |stream| cmap(&stream, budget))
}

/// Parses a map of codes. Ignores predefined maps that it refers to.
pub(crate) fn cmap(stream: &Stream, budget: &mut Budget) -> Result<Option<CMap>, ReadError> {
    let data = decoded(stream, budget)?;
    budget.take(data.len().saturating_mul(MAX_MEMORY_FACTOR))?;
    Ok(CMap::parse(&data, |_| None))
}

/// Returns the text of a code; `None` if the map gives no text.
pub(crate) fn mapped(map: Option<&CMap>, code: u32) -> Option<String> {
    let text = match map?.lookup_bf_string(code)? {
        BfString::Char(letter) => letter.to_string(),
        BfString::String(text) => text,
    };
    // Some programs map codes to control characters if they don't know the text.
    let text: String = text.chars().filter(|letter| letter.is_whitespace() || !letter.is_control()).collect();
    Some(text).filter(|text| !text.is_empty())
}
