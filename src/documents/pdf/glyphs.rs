//! The glyphs of a page: text, position and size. [`super::content`] collects them, [`super::words`] groups them.

use super::matrix::{Matrix, Vector};

/// Maximum slope of text, as rise over run. Text at a steeper angle to the axes, such as a watermark, is left out.
const MAX_SLOPE: f64 = 0.05;
/// The advance of a glyph for which the font states no width, relative to the font size.
const DEFAULT_ADVANCE_EM: f64 = 0.5;
/// Maximum coordinate of a glyph, in points. No page is so large.
const MAX_COORDINATE: f64 = 1e6;
/// Minimum font size of text, in points.
const MIN_SIZE: f64 = 0.1;

/// A glyph of one or more characters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) text: String,
    pub(crate) left: f64,
    /// The right edge: `left` plus the advance.
    pub(crate) right: f64,
    /// The vertical coordinate of the baseline, which increases upwards.
    pub(crate) base: f64,
    /// The font size, in points.
    pub(crate) size: f64,
    pub(crate) bold: bool,
}

/// The direction that text runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextDirection {
    Right,
    Up,
    Left,
    Down,
}

impl TextDirection {
    const ALL: [Self; 4] = [Self::Right, Self::Up, Self::Left, Self::Down];

    /// Returns the direction of a vector; `None` if the vector is not nearly parallel to an axis.
    fn of((x, y): Vector) -> Option<Self> {
        if y.abs() <= MAX_SLOPE * x.abs() {
            Some(if x > 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= MAX_SLOPE * y.abs() {
            Some(if y > 0.0 { Self::Up } else { Self::Down })
        } else {
            None
        }
    }

    /// Rotates a point of the page so that text in this direction runs to the right.
    fn rotate(self, (x, y): Vector) -> Vector {
        match self {
            Self::Right => (x, y),
            Self::Up => (y, -x),
            Self::Left => (-x, -y),
            Self::Down => (-y, x),
        }
    }
}

/// Collects the glyphs of a page, in all directions.
#[derive(Debug, Default)]
pub(crate) struct GlyphCollector(Vec<(TextDirection, Glyph)>);

impl GlyphCollector {
    /// Adds a glyph. The matrix maps a font of size 1 to the page, and the advance is relative to that size. Text in a
    /// vertical font runs downwards and has negative advances.
    pub(crate) fn add(&mut self, text: String, matrix: Matrix, advance: f64, vertical: bool, bold: bool) {
        let Matrix { right, up, origin } = matrix;
        let (run, across, advance) =
            if vertical { ((-up.0, -up.1), right, -advance) } else { (right, up, advance) };
        let Some(direction) = TextDirection::of(run) else { return };
        let advance = if advance > 0.0 { advance } else { DEFAULT_ADVANCE_EM };
        let (left, base) = direction.rotate(origin);
        let glyph = Glyph {
            text,
            left,
            right: left + advance * run.0.hypot(run.1),
            base,
            size: across.0.hypot(across.1),
            bold,
        };
        let sides = [glyph.left, glyph.right, glyph.base, glyph.size];
        if sides.iter().all(|side| side.abs() < MAX_COORDINATE) && glyph.size > MIN_SIZE {
            self.0.push((direction, glyph));
        }
    }

    /// Returns the glyphs of the text in the most frequent direction, rotated upright, in content order.
    pub(crate) fn into_upright(self) -> Vec<Glyph> {
        let count = |direction: &TextDirection| self.0.iter().filter(|(one, _)| one == direction).count();
        let most = TextDirection::ALL.into_iter().rev().max_by_key(count).unwrap_or(TextDirection::Right);
        self.0.into_iter().filter(|(direction, _)| *direction == most).map(|(_, glyph)| glyph).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotated_page_is_turned_upright() {
        let mut collector = GlyphCollector::default();
        let upwards = |line: f64, along: f64| Matrix::of([0.0, 10.0, -10.0, 0.0, line, along]);
        for (line, along, text) in [(50.0, 20.0, "a"), (50.0, 25.0, "b"), (62.0, 20.0, "c")] {
            collector.add(text.to_owned(), upwards(line, along), 0.5, false, false);
        }
        collector.add("stamp".to_owned(), Matrix::of([10.0, 0.0, 0.0, 10.0, 5.0, 5.0]), 0.5, false, false);
        let glyphs = collector.into_upright();
        let positions: Vec<(&str, f64, f64)> =
            glyphs.iter().map(|glyph| (glyph.text.as_str(), glyph.left, glyph.base)).collect();
        assert_eq!(positions, [("a", 20.0, -50.0), ("b", 25.0, -50.0), ("c", 20.0, -62.0)]);
    }
}
