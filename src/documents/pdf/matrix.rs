//! Affine transformations as in PDF (ISO 32000-1, 8.3.4).

use std::ops::Mul;

/// A point, or an offset between two points.
pub(crate) type Vector = (f64, f64);

/// An affine transformation, stored as the images of the vectors (1, 0) and (0, 1) and of the origin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matrix {
    pub(crate) right: Vector,
    pub(crate) up: Vector,
    pub(crate) origin: Vector,
}

impl Matrix {
    pub(crate) const IDENTITY: Self = Self { right: (1.0, 0.0), up: (0.0, 1.0), origin: (0.0, 0.0) };

    /// Creates a matrix from the six numbers of a PDF array.
    pub(crate) fn of(numbers: [f64; 6]) -> Self {
        let [right_x, right_y, up_x, up_y, x, y] = numbers;
        Self { right: (right_x, right_y), up: (up_x, up_y), origin: (x, y) }
    }

    pub(crate) fn translation(x: f64, y: f64) -> Self {
        Self { origin: (x, y), ..Self::IDENTITY }
    }

    pub(crate) fn apply(self, point: Vector) -> Vector {
        let (x, y) = self.offset(point);
        (x + self.origin.0, y + self.origin.1)
    }

    /// Transforms an offset, without translation.
    fn offset(self, (x, y): Vector) -> Vector {
        (self.right.0 * x + self.up.0 * y, self.right.1 * x + self.up.1 * y)
    }
}

/// `a * b` applies `b` first.
impl Mul for Matrix {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let origin = self.apply(other.origin);
        Self { right: self.offset(other.right), up: self.offset(other.up), origin }
    }
}
