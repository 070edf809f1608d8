//! Fills text and simple shapes: nearly all that is on a card, and in one colour each, which takes much less time than to
//! draw whatever SVG may ask for.

use ab_glyph_rasterizer::Rasterizer;
use resvg::tiny_skia::{self, IntRect, PathSegment, Transform};
use resvg::usvg::layout::{PositionedGlyph, Span};
use resvg::usvg::{Color, FillRule, Group, Node, Opacity, Paint, Path, Text, Tree};

use super::indexed::{Indexed, Ink};
use super::letters::Letters;
use super::mask::Mask;

/// An outline that can be filled here.
pub(super) struct Outline<'t> {
    path: &'t tiny_skia::Path,
    /// From its own coordinates to pixels.
    to_pixels: Transform,
    colour: [u8; 3],
    /// The letters that it is made of, if it is of no more than letters.
    letters: Option<&'t [PositionedGlyph]>,
}

/// The outlines of a card, from the lowest to the highest. `None` if anything in it needs more than to be filled.
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
            Node::Text(text) => {
                let first = found.len();
                add_outlines(text.flattened(), to_pixels, true, found)?;
                tell_letters(text, &mut found[first..]);
            }
            Node::Path(path) if !path.is_visible() => {}
            Node::Path(path) if are_letters || is_convex(path.data()) => {
                found.push(Outline::of(path, to_pixels)?);
            }
            Node::Path(_) | Node::Image(_) => return None,
        }
    }
    Some(())
}

/// Tells the outlines of a text which letters each is made of, if they are of letters alone: one outline for each of its
/// spans, no lines below or above them, and no glyphs that are pictures.
fn tell_letters<'t>(text: &'t Text, outlines: &mut [Outline<'t>]) {
    let spans = text.layouted();
    let is_plain =
        |span: &Span| span.underline.is_none() && span.overline.is_none() && span.line_through.is_none();
    let are_paths = text.flattened().children().iter().all(|node| matches!(node, Node::Path(_)));
    if spans.len() == outlines.len() && are_paths && spans.iter().all(is_plain) {
        for (outline, span) in outlines.iter_mut().zip(spans) {
            outline.letters = Some(&span.positioned_glyphs);
        }
    }
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

/// The rectangle of whole pixels that a path is, if it is one.
fn whole_pixels(path: &tiny_skia::Path, to_pixels: Transform) -> Option<IntRect> {
    let [first, second, third, fourth] = path.points() else { return None };
    let is_upright = same(first.y, second.y) && same(third.y, fourth.y);
    let is_square = same(second.x, third.x) && same(fourth.x, first.x);
    let edges = path.bounds().transform(to_pixels)?;
    let pixels = edges.round()?;
    (is_upright && is_square && pixels.to_rect() == edges && !to_pixels.has_skew()).then_some(pixels)
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

impl<'t> Outline<'t> {
    /// The outline of a path, if it is to be filled and no more.
    fn of(path: &'t Path, to_pixels: Transform) -> Option<Self> {
        Some(Self { path: path.data(), to_pixels, colour: colour(path)?, letters: None })
    }

    /// Fills it in a picture of numbered colours. `None` if it reaches beyond the picture, or there come to be too many.
    pub(super) fn number(
        &self,
        rasterizer: &mut Rasterizer,
        letters: &mut Letters,
        picture: &mut Indexed,
    ) -> Option<()> {
        if let Some(pixels) = whole_pixels(self.path, self.to_pixels) {
            return picture.fill_all(pixels, self.colour);
        }
        let mut ink = Ink::new(self.colour);
        let line = self.letters.and_then(|line| letters.of_line(line, self.to_pixels, rasterizer));
        if let Some(line) = line {
            return line.into_iter().try_for_each(|(letter, pixel)| picture.fill(letter, pixel, &mut ink));
        }
        picture.fill(&Mask::of(self.path, self.to_pixels, rasterizer)?, [0, 0], &mut ink)
    }
}

/// To the last bit: coordinates that were written as the same number.
fn same(one: f32, other: f32) -> bool {
    one.total_cmp(&other).is_eq()
}
