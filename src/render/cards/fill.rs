//! Fills the outlines of text, and simple shapes: nearly all that is on a card, and in one colour each, which takes much
//! less time than to draw whatever SVG may ask for.
//!
//! By the area that an outline covers of every pixel, whichever way round it runs: the rule `nonzero` of SVG, but for
//! outlines that cross one another the other way round, which letters and convex shapes don't.

use std::ops::Range;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use resvg::tiny_skia::{self, PathSegment, Transform};
use resvg::usvg::{Color, FillRule, Group, Node, Opacity, Paint, Path, Tree};

use super::indexed::Indexed;
use super::{HEIGHT, WIDTH};

/// So many steps lead from no cover to all of it. More can't be told apart by eye, and a picture takes more room with each.
const STEPS: u16 = 12;
/// What covers less of a pixel doesn't make half a step.
const LEAST: f32 = 0.5 / STEPS as f32;

/// An outline that can be filled here.
pub(super) struct Outline<'t> {
    path: &'t tiny_skia::Path,
    /// From its own coordinates to pixels.
    to_pixels: Transform,
    colour: [u8; 3],
    place: Place,
    /// True for a rectangle of whole pixels.
    is_all_of_its_place: bool,
}

/// The pixels that an outline touches.
#[derive(Clone, Copy)]
struct Place {
    left: u16,
    top: u16,
    width: u16,
    height: u16,
}

/// The outlines of a card, from the lowest to the highest. `None` if anything in it needs more than to be filled, or
/// reaches beyond the picture.
pub(super) fn outlines(card: &Tree) -> Option<Vec<Outline<'_>>> {
    let mut found = Vec::new();
    add_outlines(card.root(), Transform::identity(), false, &mut found)?;
    Some(found)
}

fn add_outlines<'t>(
    group: &'t Group,
    to_pixels: Transform,
    are_letters: bool,
    found: &mut Vec<Outline<'t>>,
) -> Option<()> {
    if group.should_isolate() {
        return None;
    }
    let to_pixels = to_pixels.pre_concat(group.transform());
    for node in group.children() {
        match node {
            Node::Group(inner) => add_outlines(inner, to_pixels, are_letters, found)?,
            Node::Text(text) => add_outlines(text.flattened(), to_pixels, true, found)?,
            Node::Path(path) if !path.is_visible() => {}
            Node::Path(path) if are_letters || is_convex(path.data()) => {
                found.push(Outline::of(path, to_pixels)?);
            }
            Node::Path(_) | Node::Image(_) => return None,
        }
    }
    Some(())
}

/// True for a shape that bends one way alone and goes round once, as rectangles do, with round corners, too. A curve is one
/// if its control points are.
fn is_convex(path: &tiny_skia::Path) -> bool {
    let starts = path.segments().filter(|segment| matches!(segment, PathSegment::MoveTo(_))).count();
    let is_closed = matches!(path.segments().last(), Some(PathSegment::Close));
    let points = path.points();
    let sides = points.iter().zip(points.iter().cycle().skip(1)).map(|(from, to)| *to - *from);
    let sides: Vec<_> = sides.filter(|side| !side.is_zero()).collect();
    let corners = sides.iter().zip(sides.iter().cycle().skip(1));
    let mut turns = corners.map(|(one, next)| one.x * next.y - one.y * next.x);
    let turns_one_way = turns.clone().all(|turn| turn >= 0.0) || turns.all(|turn| turn <= 0.0);
    // Once round it goes to the right and back: what goes round twice does so twice.
    let ways = sides.iter().filter(|side| side.x != 0.0).map(|side| side.x > 0.0);
    let returns = ways.clone().zip(ways.cycle().skip(1)).filter(|(one, next)| one != next).count();
    starts == 1 && is_closed && turns_one_way && returns == 2
}

/// True for a rectangle of whole pixels.
fn is_all_of(path: &tiny_skia::Path, to_pixels: Transform, place: Place) -> bool {
    let [first, second, third, fourth] = path.points() else { return false };
    let is_upright = same(first.y, second.y) && same(third.y, fourth.y);
    let is_square = same(second.x, third.x) && same(fourth.x, first.x);
    let Some(edges) = path.bounds().transform(to_pixels) else { return false };
    let edges = [edges.left(), edges.top(), edges.width(), edges.height()].into_iter();
    let Place { left, top, width, height } = place;
    let are_whole = edges.zip([left, top, width, height]).all(|(edge, whole)| same(edge, whole.into()));
    is_upright && is_square && are_whole && !to_pixels.has_skew()
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

impl<'t> Outline<'t> {
    /// The outline of a path, if it is to be filled and no more.
    fn of(path: &'t Path, to_pixels: Transform) -> Option<Self> {
        let (colour, place) = (colour(path)?, place(path, to_pixels)?);
        let (path, is_all_of_its_place) = (path.data(), is_all_of(path.data(), to_pixels, place));
        Some(Self { path, to_pixels, colour, place, is_all_of_its_place })
    }

    /// Fills it in a picture of numbered colours. `None` if there come to be too many.
    pub(super) fn number(&self, rasterizer: &mut Rasterizer, picture: &mut Indexed) -> Option<()> {
        if self.is_all_of_its_place {
            let number = picture.number(self.colour)?;
            self.rows().for_each(|pixels| picture.indexes[pixels].fill(number));
            return Some(());
        }
        // What comes of the colours that are below, by their numbers and by how much of them is covered.
        let mut mixes = [[None; STEPS as usize + 1]; 256];
        let mut is_full = false;
        self.cover(rasterizer, |at, cover| {
            let below = usize::from(picture.indexes[at]);
            let mix = &mut mixes[below][usize::from(cover)];
            if mix.is_none() {
                let [below, above] = [picture.colours[below], self.colour];
                *mix = picture.number([0, 1, 2].map(|channel| mixed(below[channel], above[channel], cover)));
            }
            match mix {
                Some(number) => picture.indexes[at] = *number,
                None => is_full = true,
            }
        });
        (!is_full).then_some(())
    }

    /// Tells of every pixel, by its number in the picture, that is covered, and by how many steps. What the rasterizer
    /// held is lost.
    fn cover(&self, rasterizer: &mut Rasterizer, mut each: impl FnMut(usize, u16)) {
        let Place { left, top, width, height } = self.place;
        let [left, top, width, height] = [left, top, width, height].map(usize::from);
        rasterizer.reset(width, height);
        self.trace(rasterizer);
        // Where the row at hand ends, and what to add to come from a pixel here to that of the picture.
        let (mut end, mut shift) = (width, top * WIDTH as usize + left);
        rasterizer.for_each_pixel(|at, cover| {
            // Most of what surrounds letters isn't covered at all.
            if cover < LEAST {
                return;
            }
            while at >= end {
                end += width;
                shift += WIDTH as usize - width;
            }
            each(shift + at, steps(cover));
        });
    }

    /// The rows of its place, as numbers of pixels.
    fn rows(&self) -> impl Iterator<Item = Range<usize>> {
        let Place { left, top, width, height } = self.place;
        let starts = (0..height).map(move |row| usize::from(top + row) * WIDTH as usize + usize::from(left));
        starts.map(move |start| start..start + usize::from(width))
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

/// To the last bit: coordinates that were written as the same number.
fn same(one: f32, other: f32) -> bool {
    one.total_cmp(&other).is_eq()
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
