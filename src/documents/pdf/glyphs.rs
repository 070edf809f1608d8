//! Glyphs of a page: their letters, places and sizes. What they make up is for [`super::words`] to find.

use super::matrix::{Matrix, Vector};

/// How far a line may lean before it is no line of the text: rise over run.
const MAX_LEAN: f64 = 0.05;
/// The advance of a font that states none, by its size.
const ADVANCE: f64 = 0.5;
/// The largest coordinate, in points, of what is on any page.
const MAX_COORDINATE: f64 = 1e6;
/// The size of the smallest letters, in points.
const MIN_SIZE: f64 = 0.1;

/// A letter, or a few that are drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// What it says.
    pub(crate) text: String,
    /// Where it begins.
    pub(crate) left: f64,
    /// Where the next one would begin.
    pub(crate) right: f64,
    /// How high its line stands, upwards from the foot of the page.
    pub(crate) base: f64,
    /// Size of its font, in points.
    pub(crate) size: f64,
    /// Its font is bold.
    pub(crate) bold: bool,
}

/// The way in which text runs: a quarter turn each, counterclockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Right,
    Up,
    Left,
    Down,
}

impl Direction {
    const ALL: [Self; 4] = [Self::Right, Self::Up, Self::Left, Self::Down];

    /// The direction of a vector, unless it leans.
    fn of((x, y): Vector) -> Option<Self> {
        if y.abs() <= MAX_LEAN * x.abs() {
            Some(if x > 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= MAX_LEAN * y.abs() {
            Some(if y > 0.0 { Self::Up } else { Self::Down })
        } else {
            None
        }
    }

    /// A point in the page turned such that the text runs to the right.
    fn turned(self, (x, y): Vector) -> Vector {
        match self {
            Self::Right => (x, y),
            Self::Up => (y, -x),
            Self::Left => (-x, -y),
            Self::Down => (-y, x),
        }
    }
}

/// The glyphs of a page as they are drawn, in any direction.
#[derive(Debug, Default)]
pub(crate) struct Collector(Vec<(Direction, Glyph)>);

impl Collector {
    /// Adds a glyph. The matrix takes a font of size 1 to the page; the advance is by that size. Text in a vertical
    /// font runs downwards, by negative advances.
    pub(crate) fn add(&mut self, text: String, place: Matrix, advance: f64, vertical: bool, bold: bool) {
        let Matrix { right, up, origin } = place;
        let (run, across, advance) =
            if vertical { ((-up.0, -up.1), right, -advance) } else { (right, up, advance) };
        let Some(direction) = Direction::of(run) else { return };
        let advance = if advance > 0.0 { advance } else { ADVANCE };
        let (left, base) = direction.turned(origin);
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

    /// The glyphs that run as most of the page does, in the order of the content.
    pub(crate) fn upright(self) -> Vec<Glyph> {
        let count = |direction: &Direction| self.0.iter().filter(|(one, _)| one == direction).count();
        let most = Direction::ALL.into_iter().rev().max_by_key(count).unwrap_or(Direction::Right);
        self.0.into_iter().filter(|(direction, _)| *direction == most).map(|(_, glyph)| glyph).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_on_its_side_is_turned() {
        let mut collector = Collector::default();
        let upwards = |line: f64, along: f64| Matrix::of([0.0, 10.0, -10.0, 0.0, line, along]);
        for (line, along, text) in [(50.0, 20.0, "a"), (50.0, 25.0, "b"), (62.0, 20.0, "c")] {
            collector.add(text.to_owned(), upwards(line, along), 0.5, false, false);
        }
        collector.add("stamp".to_owned(), Matrix::of([10.0, 0.0, 0.0, 10.0, 5.0, 5.0]), 0.5, false, false);
        let glyphs = collector.upright();
        let places: Vec<(&str, f64, f64)> =
            glyphs.iter().map(|glyph| (glyph.text.as_str(), glyph.left, glyph.base)).collect();
        assert_eq!(places, [("a", 20.0, -50.0), ("b", 25.0, -50.0), ("c", 20.0, -62.0)]);
    }
}
