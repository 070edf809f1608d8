//! Straightens the text of a page that was scanned askew, so that its lines are level. Without this, the words at the
//! end of a line would be taken for raised or lowered, or for words of the next line. Also makes level lines of text at
//! greater angles: watermarks, labels of charts, words along a curve.

use super::glyphs::{DrawnGlyph, Glyph};
use super::matrix::Vector;

/// Smaller slopes are not straightened. Over a line of 500 points, the text then rises by at most 1 point.
const MIN_SLOPE: f64 = 0.002;
/// Maximum difference between the slope of a glyph and that of the page, for the glyph to count as tilted with the page.
const MAX_DIFFERENCE: f64 = 0.01;
/// Minimum share of glyphs with about the slope of the page, in percent. With fewer, the page is not straightened.
const MIN_TILTED_PERCENT: usize = 80;

// The distances in the following constants are relative to the font size.

/// The minimum and maximum gap between a glyph and the one before it on its line.
const MIN_LINE_GAP: f64 = -0.5;
const MAX_LINE_GAP: f64 = 1.5;
/// Maximum distance of a glyph from the line that ends with the glyph before it: superscripts and curves.
const MAX_LINE_SHIFT: f64 = 0.6;
/// The minimum and maximum distance between a line and the next one of the same text.
const MIN_LINE_STEP: f64 = 0.8;
const MAX_LINE_STEP: f64 = 2.5;
/// Maximum distance between the left edges of a line and the next one of the same text.
const MAX_EDGE_OFFSET: f64 = 0.5;
/// Maximum sine of the angle between the glyphs of a straight line.
const MAX_ANGLE: f64 = 0.01;

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

/// A place in a line of tilted text: on the page, and where it is laid out.
#[derive(Clone, Copy)]
struct Place {
    /// The origin of a glyph, or the end of the one before.
    origin: Vector,
    /// The direction of the text, as a vector of length 1.
    unit: Vector,
    size: f64,
    left: f64,
    base: f64,
}

impl Place {
    /// Returns how far a place on the page is along the line through this place, and how far above it.
    fn offset(&self, (x, y): Vector) -> Vector {
        let (right, up) = (x - self.origin.0, y - self.origin.1);
        (right * self.unit.0 + up * self.unit.1, up * self.unit.0 - right * self.unit.1)
    }

    fn is_parallel(&self, other: &Self) -> bool {
        let (cosine, sine) = self.offset((self.origin.0 + other.unit.0, self.origin.1 + other.unit.1));
        cosine > 0.0 && sine.abs() <= MAX_ANGLE
    }

    /// Returns the left edge and baseline of a glyph that continues the line from here; `None` if it is elsewhere.
    fn beside(&self, glyph: &Self) -> Option<Vector> {
        let (along, above) = self.offset(glyph.origin);
        let size = self.size.max(glyph.size);
        let continues = (MIN_LINE_GAP * size..MAX_LINE_GAP * size).contains(&along)
            && above.abs() < MAX_LINE_SHIFT * size;
        let rise = if self.is_parallel(glyph) { above } else { 0.0 };
        continues.then_some((self.left + along, self.base + rise))
    }

    /// Returns the left edge and baseline of a glyph that begins the line below; `None` if it is elsewhere.
    fn below(&self, glyph: &Self) -> Option<Vector> {
        let (along, above) = self.offset(glyph.origin);
        let begins = along.abs() <= MAX_EDGE_OFFSET * self.size
            && (MIN_LINE_STEP * self.size..MAX_LINE_STEP * self.size).contains(&-above);
        (begins && self.is_parallel(glyph)).then_some((self.left + along, self.base + above))
    }
}

/// Lays out tilted text in level lines, in content order. The glyphs of a line may follow a curve.
pub(crate) fn level(drawn: &[&DrawnGlyph]) -> Vec<Glyph> {
    let mut level = Vec::with_capacity(drawn.len());
    // The start of the line, and the end of the last glyph.
    let mut line: Option<(Place, Place)> = None;
    let mut lowest = 0.0_f64;
    for DrawnGlyph { glyph, run, .. } in drawn {
        let (size, length, width) = (glyph.size, run.0.hypot(run.1), glyph.right - glyph.left);
        let unit = (run.0 / length, run.1 / length);
        let here = Place { origin: (glyph.left, glyph.base), unit, size, left: 0.0, base: 0.0 };
        let beside = line.and_then(|(start, end)| Some((Some(start), end.beside(&here)?)));
        let below = || line.and_then(|(start, _)| Some((None, start.below(&here)?)));
        // So far below that no block has lines of both texts.
        let apart = (None, (0.0, lowest - 2.0 * MAX_LINE_STEP * size));
        let (start, (left, base)) = beside.or_else(below).unwrap_or(apart);
        lowest = lowest.min(base);
        let end = (here.origin.0 + width * unit.0, here.origin.1 + width * unit.1);
        line = Some((
            start.unwrap_or(Place { left, base, ..here }),
            Place { origin: end, left: left + width, base, ..here },
        ));
        level.push(Glyph { left, right: left + width, base, ..glyph.clone() });
    }
    level
}

/// Returns the median slope, if most glyphs have about that slope; `None` if the page is level.
fn page_slope(mut slopes: Vec<f64>) -> Option<f64> {
    slopes.sort_unstable_by(f64::total_cmp);
    let median = *slopes.get(slopes.len() / 2)?;
    let tilted = slopes.iter().filter(|slope| (*slope - median).abs() <= MAX_DIFFERENCE).count();
    let is_tilted = median.abs() >= MIN_SLOPE && tilted * 100 >= slopes.len() * MIN_TILTED_PERCENT;
    is_tilted.then_some(median)
}
