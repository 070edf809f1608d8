//! Reads embedded font programs to map glyphs to Unicode, for text without a `ToUnicode` map.

use std::collections::BTreeMap;

use hayro_syntax::object::{Dict, Stream};
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::{FontRef, GlyphId, GlyphNames, MetadataProvider};

use super::encodings::named_letters;
use super::sandbox::catch_panic;
use super::streams::{Budget, decoded};
use crate::ReadError;

const MAX_GLYPHS: usize = 1 << 16;

/// The estimated memory of a glyph's text.
const LETTER_BYTES: usize = 64;

/// Reads the glyph names of one-byte codes from the font's built-in encoding; empty if the font has none.
pub(crate) fn builtin_names(descriptor: &Dict, budget: &mut Budget) -> Result<Vec<(u8, String)>, ReadError> {
    let Some(data) = program(descriptor, &[b"FontFile", b"FontFile3"], budget)? else {
        return Ok(Vec::new());
    };
    Ok(catch_panic(|| type1_names(&data).or_else(|| cff_names(&data))).flatten().unwrap_or_default())
}

fn type1_names(data: &[u8]) -> Option<Vec<(u8, String)>> {
    let font = Type1Font::new(data).ok()?;
    let encoding = font.encoding()?;
    Some((0..=255).filter_map(|code| Some((code, encoding.glyph_name(code)?.to_owned()))).collect())
}

fn cff_names(data: &[u8]) -> Option<Vec<(u8, String)>> {
    let font = CffFontRef::new_cff(data, 0, None).ok()?;
    let encoding = font.encoding()?;
    let name = |code| cff_name(&font, encoding.map(code)?);
    Some((0..=255).filter_map(|code| Some((code, name(code)?))).collect())
}

fn cff_name(font: &CffFontRef, glyph: GlyphId) -> Option<String> {
    let id = font.charset()?.string_id(glyph).ok()?;
    Some(String::from_utf8_lossy(font.string(id)?).into_owned())
}

/// Reads the text of the glyphs of an embedded font, by glyph id; empty if there is none or it can't be read.
pub(crate) fn glyph_letters(
    descriptor: &Dict,
    budget: &mut Budget,
) -> Result<BTreeMap<u32, String>, ReadError> {
    let Some(data) = program(descriptor, &[b"FontFile2", b"FontFile3"], budget)? else {
        return Ok(BTreeMap::new());
    };
    let letters =
        catch_panic(|| sfnt_letters(&data).or_else(|| cff_letters(&data))).flatten().unwrap_or_default();
    // The budget is reduced because a small font file can name many glyphs.
    budget.take(letters.len().saturating_mul(LETTER_BYTES))?;
    Ok(letters)
}

fn sfnt_letters(data: &[u8]) -> Option<BTreeMap<u32, String>> {
    let font = FontRef::new(data).ok()?;
    let mut letters = BTreeMap::new();
    for (letter, glyph) in font.charmap().mappings().take(MAX_GLYPHS) {
        if let Some(letter) = char::from_u32(letter) {
            letters.entry(glyph.to_u32()).or_insert_with(|| letter.to_string());
        }
    }
    if letters.is_empty() {
        let stated = GlyphNames::new(&font).iter().take(MAX_GLYPHS);
        let stated = stated.filter(|(_, name)| !name.is_synthesized());
        letters = stated.map(|(glyph, name)| (glyph.to_u32(), named_letters(name.as_str()))).collect();
    }
    Some(letters)
}

fn cff_letters(data: &[u8]) -> Option<BTreeMap<u32, String>> {
    let font = CffFontRef::new_cff(data, 0, None).ok().filter(|font| !font.is_cid())?;
    let glyphs = (0..font.num_glyphs()).take(MAX_GLYPHS);
    Some(
        glyphs
            .filter_map(|glyph| Some((glyph, named_letters(&cff_name(&font, GlyphId::new(glyph))?))))
            .collect(),
    )
}

/// Returns the embedded font. Its key depends on its format; the first of `keys` that exists is used.
fn program(descriptor: &Dict, keys: &[&[u8]], budget: &mut Budget) -> Result<Option<Vec<u8>>, ReadError> {
    let stream = keys.iter().find_map(|key| descriptor.get::<Stream>(*key));
    stream.map(|stream| decoded(&stream, budget)).transpose()
}
