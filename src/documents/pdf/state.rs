//! The graphics state, as far as the position and visibility of text depend on it (ISO 32000-1, 8.4).

use std::rc::Rc;

use super::colours::{Colour, ColourSpace, Paint};
use super::fonts::Font;
use super::matrix::{Matrix, Vector};
use super::shapes::{Area, Shape};

/// The graphics state, saved by `q` and restored by `Q`.
#[derive(Clone)]
pub(crate) struct GraphicsState {
    /// Maps the coordinates of the content to the page (`cm`).
    pub(crate) page: Matrix,
    /// Maps text space, with the next glyph at its origin, to the coordinates of the content (`Tm`).
    pub(crate) text: Matrix,
    /// The value that `text` has at the start of the current line.
    pub(crate) line: Matrix,
    pub(crate) font: Option<Rc<Font>>,
    /// The font size (`Tf`). This and the lengths below are in units of text space.
    pub(crate) size: f64,
    /// The space added after every glyph (`Tc`).
    pub(crate) letter_space: f64,
    /// The space added after the code 32 (`Tw`).
    pub(crate) word_space: f64,
    /// The horizontal scale (`Tz`): 1 is the usual width.
    pub(crate) scale: f64,
    /// The distance between baselines (`TL`).
    pub(crate) leading: f64,
    /// The height of glyphs above the baseline (`Ts`).
    pub(crate) rise: f64,
    /// The rendering mode of text (`Tr`): 0 to 7.
    pub(crate) mode: u8,
    pub(crate) fill: Ink,
    pub(crate) stroke: Ink,
    /// The width of stroked lines (`w`), in units of the content's coordinates.
    pub(crate) line_width: f64,
    /// Whether a blend mode other than `Normal` mixes colours with those below.
    pub(crate) is_blended: bool,
    /// Whether a soft mask makes parts of what is painted transparent.
    pub(crate) is_masked: bool,
    pub(crate) clip: Clip,
}

/// The colour that text and shapes are filled or stroked with.
#[derive(Clone, Debug)]
pub(crate) struct Ink {
    pub(crate) space: Rc<ColourSpace>,
    pub(crate) paint: Paint,
    /// From 0 to 1.
    pub(crate) opacity: f64,
}

impl Ink {
    fn black() -> Self {
        Self { space: Rc::default(), paint: Some(Colour::BLACK), opacity: 1.0 }
    }
}

/// The part of the page where painting has an effect.
#[derive(Clone, Debug)]
pub(crate) struct Clip {
    pub(crate) area: Area,
    /// The shapes that are not rectangles, the last one added first.
    shapes: Option<Rc<ClipShape>>,
}

#[derive(Debug)]
struct ClipShape {
    shape: Shape,
    depth: usize,
    outer: Option<Rc<ClipShape>>,
}

/// Maximum number of shapes stored in a clip. Of further ones, only the bounding boxes count.
const MAX_CLIP_SHAPES: usize = 32;

impl Clip {
    pub(crate) fn new(area: Area) -> Self {
        Self { area, shapes: None }
    }

    pub(crate) fn restrict(&mut self, shape: Shape) {
        self.area = self.area.intersect(&shape.area);
        let depth = self.shapes.as_ref().map_or(0, |last| last.depth) + 1;
        if !shape.is_box() && depth <= MAX_CLIP_SHAPES {
            self.shapes = Some(Rc::new(ClipShape { shape, depth, outer: self.shapes.take() }));
        }
    }

    pub(crate) fn contains(&self, point: Vector) -> bool {
        let mut shapes = std::iter::successors(self.shapes.as_deref(), |clip| clip.outer.as_deref());
        self.area.contains(point) && shapes.all(|clip| clip.shape.contains(point))
    }
}

impl GraphicsState {
    /// Returns the initial state of a page. The matrix maps its content to the upright page.
    pub(crate) fn new(matrix: Matrix, page: Area) -> Self {
        Self {
            page: matrix,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            fill: Ink::black(),
            stroke: Ink::black(),
            line_width: 1.0,
            is_blended: false,
            is_masked: false,
            clip: Clip::new(page),
        }
    }

    /// Moves to the start of another line, by an offset in text space from the start of the current line.
    pub(crate) fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line * Matrix::translation(x, y);
        self.text = self.line;
    }

    /// Moves along the line by a distance in text space, before horizontal scaling.
    pub(crate) fn advance(&mut self, by: f64) {
        let vertical = self.font.as_ref().is_some_and(|font| font.vertical);
        let (x, y) = if vertical { (0.0, by) } else { (by * self.scale, 0.0) };
        self.text = self.text * Matrix::translation(x, y);
    }
}
