//! Finds the words that are struck out: by annotations, or by lines drawn through them.

use hayro_syntax::object::{Array, Dict};
use hayro_syntax::page::Page;

use super::descriptors::has_name;
use super::glyphs::{Glyph, TextDirection};
use super::matrix::Matrix;
use super::sandbox::CancelToken;
use super::shapes::Area;
use crate::ReadError;

/// Maximum number of annotations of a page, and of coordinates of an annotation, that are read.
const MAX_ANNOTATIONS: usize = 10_000;
/// The flags of annotations that are not shown: Hidden and `NoView` (ISO 32000-1, table 165).
const UNSEEN_FLAGS: u32 = 1 << 1 | 1 << 5;

// The heights and distances in the following constants are relative to the font size.

/// The minimum and maximum height above the baseline of a line that strikes out lower-case letters.
const MIN_LINE_HEIGHT: f64 = 0.15;
const MAX_LINE_HEIGHT: f64 = 0.42;
/// Maximum thickness of a line that strikes out words.
const MAX_LINE_THICKNESS: f64 = 0.16;
/// Maximum distance between the end of a line and the end of the words that it strikes out. Rules of tables and charts
/// are longer.
const MAX_OVERHANG: f64 = 0.4;
/// Minimum share of a line's length that runs through letters.
const MIN_FILLED_PART: f64 = 0.7;
/// Minimum number of letters that a line strikes out. A line through fewer is part of a letter, such as `đ`.
const MIN_STRUCK_LETTERS: usize = 2;
/// The height above the baseline of a lower-case letter's middle.
const MIDDLE_HEIGHT: f64 = 0.25;

/// The marks of a page that may strike out words.
#[derive(Debug, Default)]
pub(crate) struct StrikeMarks {
    /// The areas that annotations strike out.
    pub(crate) annotated: Vec<Area>,
    /// Stroked lines, and filled shapes that are as thin as lines.
    pub(crate) rules: Vec<Area>,
}

impl StrikeMarks {
    /// Rotates the marks so that text in a direction runs to the right.
    pub(crate) fn rotated(&self, direction: TextDirection) -> Self {
        let rotate = |area: &Area| {
            Area::around(
                [(area.left, area.bottom), (area.right, area.top)].map(|point| direction.rotate(point)),
            )
        };
        let [annotated, rules] =
            [&self.annotated, &self.rules].map(|areas| areas.iter().map(rotate).collect());
        Self { annotated, rules }
    }
}

/// Returns the areas of a page that annotations strike out.
pub(crate) fn annotated(page: &Page, matrix: Matrix) -> Vec<Area> {
    let is_strike =
        |annotation: &Dict| has_name(annotation, b"Subtype", b"StrikeOut") && !is_unseen(annotation);
    let strikes = annotations(page).into_iter().filter(is_strike);
    strikes.flat_map(|annotation| struck_areas(&annotation, matrix)).collect()
}

/// Returns the annotations of a page.
pub(super) fn annotations<'a>(page: &Page<'a>) -> Vec<Dict<'a>> {
    let annotations = page.raw().get::<Array>(b"Annots");
    annotations.iter().flat_map(Array::iter::<Dict>).take(MAX_ANNOTATIONS).collect()
}

/// Whether an annotation is not shown.
pub(super) fn is_unseen(annotation: &Dict) -> bool {
    annotation.get::<u32>(b"F").unwrap_or_default() & UNSEEN_FLAGS != 0
}

fn struck_areas(annotation: &Dict, matrix: Matrix) -> Vec<Area> {
    let numbers = |key: &[u8]| -> Vec<f64> {
        let numbers = annotation.get::<Array>(key);
        numbers.iter().flat_map(Array::iter::<f64>).take(MAX_ANNOTATIONS).collect()
    };
    let area = |points: &[f64]| {
        Area::around(points.chunks_exact(2).filter_map(|point| match point {
            [x, y] => Some(matrix.apply((*x, *y))),
            _ => None,
        }))
    };
    let corners = numbers(b"QuadPoints");
    if corners.len() >= 8 {
        corners.chunks_exact(8).map(area).collect()
    } else {
        numbers(b"Rect").chunks_exact(4).map(area).collect()
    }
}

/// Sets `struck` of the glyphs that are struck out. The text must run to the right.
pub(crate) fn mark(glyphs: &mut [Glyph], marks: &StrikeMarks, cancel: &CancelToken) -> Result<(), ReadError> {
    let mut by_base: Vec<(f64, usize)> =
        glyphs.iter().enumerate().map(|(index, glyph)| (glyph.base, index)).collect();
    by_base.sort_by(|one, other| one.0.total_cmp(&other.0));
    let largest = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    for area in &marks.annotated {
        cancel.check()?;
        let within: Vec<usize> = near(&by_base, area, largest)
            .filter(|index| glyphs.get(*index).is_some_and(|glyph| area.contains(middle(glyph))))
            .collect();
        strike(glyphs, &within);
    }
    for rule in &marks.rules {
        cancel.check()?;
        let mut across: Vec<usize> = near(&by_base, rule, largest)
            .filter(|index| glyphs.get(*index).is_some_and(|glyph| is_across(rule, glyph)))
            .collect();
        across.retain(|index| glyphs.get(*index).is_some_and(|glyph| !glyph.text.trim().is_empty()));
        if strikes_out(rule, &across.iter().filter_map(|index| glyphs.get(*index)).collect::<Vec<_>>()) {
            strike(glyphs, &across);
        }
    }
    Ok(())
}

fn strike(glyphs: &mut [Glyph], indices: &[usize]) {
    for index in indices {
        if let Some(glyph) = glyphs.get_mut(*index) {
            glyph.struck = true;
        }
    }
}

/// Returns the indices of the glyphs whose baseline is in an area, or below it by at most `largest`, the greatest font
/// size. Only these can overlap the area.
fn near<'a>(by_base: &'a [(f64, usize)], area: &Area, largest: f64) -> impl Iterator<Item = usize> + use<'a> {
    let first = by_base.partition_point(|(base, _)| *base < area.bottom - largest);
    let last = by_base.partition_point(|(base, _)| *base <= area.top);
    by_base.get(first..last).unwrap_or_default().iter().map(|(_, index)| *index)
}

fn middle(glyph: &Glyph) -> (f64, f64) {
    (f64::midpoint(glyph.left, glyph.right), glyph.base + MIDDLE_HEIGHT * glyph.size)
}

/// Whether a horizontal rule crosses a glyph at the height of a strike-out.
fn is_across(rule: &Area, glyph: &Glyph) -> bool {
    let height = rule.middle().1 - glyph.base;
    rule.height() <= MAX_LINE_THICKNESS * glyph.size
        && (MIN_LINE_HEIGHT * glyph.size..=MAX_LINE_HEIGHT * glyph.size).contains(&height)
        && (rule.left..=rule.right).contains(&middle(glyph).0)
}

/// Whether a rule strikes out the glyphs that it crosses: it begins and ends with them, and they fill it.
fn strikes_out(rule: &Area, glyphs: &[&Glyph]) -> bool {
    let letters = glyphs.iter().filter(|glyph| glyph.text.chars().any(char::is_alphanumeric)).count();
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let left = glyphs.iter().map(|glyph| glyph.left).fold(f64::MAX, f64::min);
    let right = glyphs.iter().map(|glyph| glyph.right).fold(f64::MIN, f64::max);
    let filled: f64 = glyphs.iter().map(|glyph| glyph.right - glyph.left).sum();
    letters >= MIN_STRUCK_LETTERS
        && (rule.left - left).abs() <= MAX_OVERHANG * size
        && (rule.right - right).abs() <= MAX_OVERHANG * size
        && filled >= MIN_FILLED_PART * rule.width()
}
