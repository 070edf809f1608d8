//! Straightens the text of a page that was scanned askew, so that its lines are level. Without this, the words at the
//! end of a line would be taken for raised or lowered, or for words of the next line.

use super::glyphs::Glyph;

/// Smaller slopes are not straightened. Over a line of 500 points, the text then rises by at most 1 point.
const MIN_SLOPE: f64 = 0.002;
/// Maximum difference between the slope of a glyph and that of the page, for the glyph to count as tilted with the page.
const MAX_DIFFERENCE: f64 = 0.01;
/// Minimum share of glyphs with about the slope of the page, in percent. With fewer, the page is not straightened.
const MIN_TILTED_PERCENT: usize = 80;

/// Straightens the glyphs of a page that run in one direction and are rotated upright. `slopes` has the slope of the
/// text at each glyph, as rise over run.
pub(crate) fn straighten(glyphs: &mut [Glyph], slopes: Vec<f64>) {
    let Some(slope) = page_slope(slopes) else { return };
    let length = 1.0_f64.hypot(slope);
    let (cosine, sine) = (1.0 / length, slope / length);
    for glyph in glyphs {
        let (left, base, width) = (glyph.left, glyph.base, glyph.right - glyph.left);
        glyph.left = cosine * left + sine * base;
        glyph.base = cosine * base - sine * left;
        glyph.right = glyph.left + width;
    }
}

/// Returns the median slope, if most glyphs have about that slope; `None` if the page is level.
fn page_slope(mut slopes: Vec<f64>) -> Option<f64> {
    slopes.sort_unstable_by(f64::total_cmp);
    let median = *slopes.get(slopes.len() / 2)?;
    let tilted = slopes.iter().filter(|slope| (*slope - median).abs() <= MAX_DIFFERENCE).count();
    let is_tilted = median.abs() >= MIN_SLOPE && tilted * 100 >= slopes.len() * MIN_TILTED_PERCENT;
    is_tilted.then_some(median)
}
