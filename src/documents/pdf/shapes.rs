//! The geometry of a page: rectangles, such as the boxes of glyphs, and the shapes that paths fill or clip to.

use super::matrix::{Matrix, Vector};

/// Maximum number of points of a path whose outline is stored. Of a path with more points, only the bounding box is
/// stored.
pub(crate) const MAX_PATH_POINTS: usize = 256;
/// The number of straight lines that replace a Bézier curve.
const CURVE_LINES: u8 = 4;

/// A rectangle parallel to the page's edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) bottom: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
}

impl Area {
    /// An area that contains every point.
    pub(crate) const ALL: Self = Self { left: f64::MIN, bottom: f64::MIN, right: f64::MAX, top: f64::MAX };
    /// The bounding box of no points.
    const NONE: Self = Self { left: f64::MAX, bottom: f64::MAX, right: f64::MIN, top: f64::MIN };

    /// Returns the bounding box of points.
    pub(crate) fn around(points: impl IntoIterator<Item = Vector>) -> Self {
        points.into_iter().fold(Self::NONE, |area, (x, y)| Self {
            left: area.left.min(x),
            bottom: area.bottom.min(y),
            right: area.right.max(x),
            top: area.top.max(y),
        })
    }

    /// Returns the bounding box of a transformed rectangle, given as `x y x y`.
    pub(crate) fn transformed(matrix: Matrix, [x, y, other_x, other_y]: [f64; 4]) -> Self {
        let corners = [(x, y), (other_x, y), (other_x, other_y), (x, other_y)];
        Self::around(corners.map(|corner| matrix.apply(corner)))
    }

    pub(crate) fn width(&self) -> f64 {
        (self.right - self.left).max(0.0)
    }

    pub(crate) fn height(&self) -> f64 {
        (self.top - self.bottom).max(0.0)
    }

    pub(crate) fn size(&self) -> f64 {
        self.width() * self.height()
    }

    pub(crate) fn middle(&self) -> Vector {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.bottom, self.top))
    }

    /// Returns the part that two areas share; its size is 0 if they share none.
    pub(crate) fn intersect(&self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    pub(crate) fn contains(&self, (x, y): Vector) -> bool {
        (self.left..=self.right).contains(&x) && (self.bottom..=self.top).contains(&y)
    }

    /// Returns the corners and the middle, which represent the whole area in approximate tests.
    pub(crate) fn sample(&self) -> impl Iterator<Item = Vector> {
        self.corners().into_iter().chain([self.middle()])
    }

    fn corners(&self) -> [Vector; 4] {
        [(self.left, self.bottom), (self.right, self.bottom), (self.right, self.top), (self.left, self.top)]
    }
}

/// The shape of a path, in the coordinates of the page.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) area: Area,
    /// The closed outlines. Empty if the shape is the whole `area`, or if its outline is unknown.
    outlines: Vec<Vec<Vector>>,
    /// Whether the even-odd rule decides which points are inside; otherwise the nonzero winding number rule.
    is_even_odd: bool,
    /// Whether the outline was too long to store, so that only `area`, its bounding box, is known.
    pub(crate) is_unknown: bool,
}

impl Shape {
    pub(crate) fn rectangle(area: Area) -> Self {
        Self { area, outlines: Vec::new(), is_even_odd: false, is_unknown: false }
    }

    /// Whether a point is inside. If the outline is unknown, all points of the bounding box are.
    pub(crate) fn contains(&self, point: Vector) -> bool {
        if !self.area.contains(point) || self.outlines.is_empty() {
            return self.area.contains(point);
        }
        let turns: i32 = self.outlines.iter().map(|outline| turns(outline, point)).sum();
        if self.is_even_odd { turns % 2 != 0 } else { turns != 0 }
    }

    /// Whether the shape is treated as the whole `area`.
    pub(crate) fn is_box(&self) -> bool {
        self.outlines.is_empty()
    }

    /// Returns the memory of the outlines, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.outlines.iter().map(|outline| size_of_val(outline.as_slice())).sum()
    }
}

/// Returns the winding number of a closed outline around a point: how often the outline crosses a ray from the point to
/// the right, upward crossings counted as 1 and downward crossings as -1.
fn turns(outline: &[Vector], (x, y): Vector) -> i32 {
    let next = outline.iter().cycle().skip(1);
    let crossing = |((from_x, from_y), (to_x, to_y)): (&Vector, &Vector)| {
        let crosses =
            (*from_y > y) != (*to_y > y) && x < (to_x - from_x) * (y - from_y) / (to_y - from_y) + from_x;
        if !crosses {
            0
        } else if to_y > from_y {
            1
        } else {
            -1
        }
    };
    outline.iter().zip(next).map(crossing).sum()
}

/// A path under construction, in the coordinates of the page.
#[derive(Debug, Default)]
pub(crate) struct Path {
    outlines: Vec<Vec<Vector>>,
    points: usize,
    /// The bounding box of all points, also of those beyond the limit.
    area: Option<Area>,
}

impl Path {
    pub(crate) fn move_to(&mut self, point: Vector) {
        if self.points < MAX_PATH_POINTS {
            self.outlines.push(Vec::new());
        }
        self.line_to(point);
    }

    pub(crate) fn line_to(&mut self, point: Vector) {
        let area = Area::around([point]);
        self.area =
            Some(self.area.map_or(area, |old| Area::around(old.corners().into_iter().chain([point]))));
        self.points += 1;
        if self.points <= MAX_PATH_POINTS
            && let Some(outline) = self.outlines.last_mut()
        {
            outline.push(point);
        }
    }

    /// Adds a Bézier curve. If `first` is `None`, the first control point is the current point.
    pub(crate) fn curve_to(&mut self, first: Option<Vector>, second: Vector, end: Vector) {
        let start = self.outlines.last().and_then(|outline| outline.last()).copied().unwrap_or(end);
        let first = first.unwrap_or(start);
        for step in 1..=CURVE_LINES {
            let along = f64::from(step) / f64::from(CURVE_LINES);
            let back = 1.0 - along;
            let weights =
                [back.powi(3), 3.0 * along * back.powi(2), 3.0 * along.powi(2) * back, along.powi(3)];
            let points = [start, first, second, end];
            let sum = |part: fn(Vector) -> f64| {
                weights.iter().zip(points).map(|(weight, point)| weight * part(point)).sum()
            };
            self.line_to((sum(|point| point.0), sum(|point| point.1)));
        }
    }

    pub(crate) fn rectangle(&mut self, corners: [Vector; 4]) {
        let [first, rest @ ..] = corners;
        self.move_to(first);
        for corner in rest {
            self.line_to(corner);
        }
    }

    /// Returns the points of each outline, without those beyond the limit.
    pub(crate) fn outlines(&self) -> &[Vec<Vector>] {
        &self.outlines
    }

    /// Returns the shape that the path fills or clips to; `None` for an empty path.
    pub(crate) fn shape(&self, is_even_odd: bool) -> Option<Shape> {
        let area = self.area?;
        let is_unknown = self.points > MAX_PATH_POINTS;
        let outlines =
            if is_unknown || self.is_rectangle(&area) { Vec::new() } else { self.outlines.clone() };
        Some(Shape { area, outlines, is_even_odd, is_unknown })
    }

    /// Whether the path is one rectangle parallel to the page's edges.
    fn is_rectangle(&self, area: &Area) -> bool {
        let [outline] = self.outlines.as_slice() else { return false };
        let corners = area.corners();
        let near = |one: Vector, other: Vector| (one.0 - other.0).abs() + (one.1 - other.1).abs() < 0.01;
        (4..=5).contains(&outline.len())
            && outline.iter().all(|point| corners.iter().any(|corner| near(*point, *corner)))
            && corners.iter().all(|corner| outline.iter().any(|point| near(*point, *corner)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_contains_less_than_its_box() {
        let mut path = Path::default();
        path.move_to((0.0, 0.0));
        path.line_to((10.0, 0.0));
        path.line_to((0.0, 10.0));
        let shape = path.shape(false).expect("a path with points");
        assert!(shape.contains((2.0, 2.0)) && !shape.contains((8.0, 8.0)));
    }

    #[test]
    fn a_circle_contains_its_middle_and_not_the_corners_of_its_box() {
        let mut path = Path::default();
        path.move_to((10.0, 5.0));
        path.curve_to(Some((10.0, 7.8)), (7.8, 10.0), (5.0, 10.0));
        path.curve_to(Some((2.2, 10.0)), (0.0, 7.8), (0.0, 5.0));
        path.curve_to(Some((0.0, 2.2)), (2.2, 0.0), (5.0, 0.0));
        path.curve_to(Some((7.8, 0.0)), (10.0, 2.2), (10.0, 5.0));
        let shape = path.shape(false).expect("a path with points");
        assert!(shape.contains((5.0, 5.0)) && !shape.contains((0.5, 0.5)));
    }

    #[test]
    fn a_rectangle_is_a_box_and_one_drawn_twice_is_filled_once() {
        let mut path = Path::default();
        let corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 5.0)];
        path.rectangle(corners);
        assert!(path.shape(false).is_some_and(|shape| shape.is_box() && shape.contains((9.0, 4.0))));
        path.rectangle(corners);
        assert!(path.shape(false).is_some_and(|shape| shape.contains((9.0, 4.0))));
        assert!(path.shape(true).is_some_and(|shape| !shape.contains((9.0, 4.0))));
    }
}
