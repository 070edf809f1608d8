//! Fills the outlines of text: nearly all that is on a card, and in one colour each, which takes half the time of drawing
//! whatever SVG may ask for.
//!
//! By the area that an outline covers of every pixel, whichever way round it runs: the rule `nonzero` of SVG, but for
//! outlines that cross one another the other way round, which letters don't.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use resvg::tiny_skia::{self, PathSegment, Transform};
use resvg::usvg::{Color, FillRule, Group, Node, Opacity, Paint, Path};

use super::{HEIGHT, WIDTH};

/// So many steps lead from no cover to all of it. More can't be told apart by eye, and a picture takes more room with each.
const STEPS: u16 = 12;

/// An outline that can be filled here.
pub(super) struct Outline<'t> {
    path: &'t tiny_skia::Path,
    /// From its own coordinates to pixels.
    to_pixels: Transform,
    colour: [u8; 3],
    place: Place,
}

/// The pixels that an outline touches.
#[derive(Clone, Copy)]
struct Place {
    left: u16,
    top: u16,
    width: u16,
    height: u16,
}

/// Adds the outlines of a text that was laid out. `None` if anything in it needs more than to be filled, or reaches
/// beyond the picture.
pub(super) fn outlines<'t>(
    text: &'t Group,
    to_pixels: Transform,
    found: &mut Vec<Outline<'t>>,
) -> Option<()> {
    if text.should_isolate() {
        return None;
    }
    let to_pixels = to_pixels.pre_concat(text.transform());
    for node in text.children() {
        match node {
            Node::Group(inner) => outlines(inner, to_pixels, found)?,
            Node::Path(path) if path.is_visible() => found.push(Outline {
                path: path.data(),
                to_pixels,
                colour: colour(path)?,
                place: place(path, to_pixels)?,
            }),
            Node::Path(_) => {}
            Node::Image(_) | Node::Text(_) => return None,
        }
    }
    Some(())
}

/// The colour of a path that is filled with one, and no more.
fn colour(path: &Path) -> Option<[u8; 3]> {
    let fill =
        path.fill().filter(|fill| fill.rule() == FillRule::NonZero && fill.opacity() == Opacity::ONE)?;
    let is_plain = path.stroke().is_none() && path.rendering_mode().use_shape_antialiasing();
    match fill.paint() {
        Paint::Color(Color { red, green, blue }) if is_plain => Some([*red, *green, *blue]),
        _ => None,
    }
}

fn place(path: &Path, to_pixels: Transform) -> Option<Place> {
    let bounds = path.data().bounds().transform(to_pixels)?.round_out()?;
    let [left, top] = [bounds.x(), bounds.y()].map(|from| u16::try_from(from).ok());
    let [width, height] = [bounds.width(), bounds.height()].map(|length| u16::try_from(length).ok());
    let place = Place { left: left?, top: top?, width: width?, height: height? };
    let inside = bounds.right() <= WIDTH.cast_signed() && bounds.bottom() <= HEIGHT.cast_signed();
    inside.then_some(place)
}

impl Outline<'_> {
    /// Fills it in a picture of four bytes a pixel. What the rasterizer held is lost.
    pub(super) fn fill(&self, rasterizer: &mut Rasterizer, pixels: &mut [u8]) {
        let Place { left, top, width, height } = self.place;
        let [left, top, width, height] = [left, top, width, height].map(usize::from);
        rasterizer.reset(width, height);
        self.trace(rasterizer);
        // Where the row at hand ends, and what to add to come from a pixel here to that of the picture.
        let (mut end, mut shift) = (width, top * WIDTH as usize + left);
        rasterizer.for_each_pixel(|at, cover| {
            let cover = steps(cover);
            if cover == 0 {
                return;
            }
            while at >= end {
                end += width;
                shift += WIDTH as usize - width;
            }
            let pixel = (shift + at) * 4;
            for (channel, above) in self.colour.into_iter().enumerate() {
                let below = &mut pixels[pixel + channel];
                *below = mixed(*below, above, cover);
            }
        });
    }

    fn trace(&self, rasterizer: &mut Rasterizer) {
        let pixel = |mut at: tiny_skia::Point| {
            self.to_pixels.map_point(&mut at);
            point(at.x - f32::from(self.place.left), at.y - f32::from(self.place.top))
        };
        let (mut start, mut pen) = (Point::default(), Point::default());
        for segment in self.path.segments() {
            let from = pen;
            match segment {
                PathSegment::MoveTo(to) => {
                    start = pixel(to);
                    pen = start;
                }
                PathSegment::LineTo(to) => {
                    pen = pixel(to);
                    rasterizer.draw_line(from, pen);
                }
                PathSegment::QuadTo(control, to) => {
                    pen = pixel(to);
                    rasterizer.draw_quad(from, pixel(control), pen);
                }
                PathSegment::CubicTo(first, second, to) => {
                    pen = pixel(to);
                    rasterizer.draw_cubic(from, pixel(first), pixel(second), pen);
                }
                PathSegment::Close => {
                    pen = start;
                    rasterizer.draw_line(from, pen);
                }
            }
        }
    }
}

/// How many of the steps a part of a pixel is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 1")]
fn steps(cover: f32) -> u16 {
    (cover.min(1.0) * f32::from(STEPS) + 0.5) as u16
}

#[expect(clippy::cast_possible_truncation, reason = "what lies between two bytes is one")]
fn mixed(below: u8, above: u8, cover: u16) -> u8 {
    ((u16::from(below) * (STEPS - cover) + u16::from(above) * cover + STEPS / 2) / STEPS) as u8
}
