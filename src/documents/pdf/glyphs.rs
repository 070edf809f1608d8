//! The glyphs of a page: text, position and size. [`super::content`] collects them, [`super::visibility`] decides which
//! of them readers see, [`super::words`] groups them.

use super::matrix::{Matrix, Vector};
use super::metrics::DEFAULT_WIDTH_EM;
use super::shapes::Area;
use super::state::{GraphicsState, Ink};

/// Maximum slope of text that counts as parallel to an axis, as rise over run. Steeper text, such as a watermark or a
/// label of a chart, is tilted.
const MAX_SLOPE: f64 = 0.05;
/// Maximum coordinate of a glyph, in points: more than any page has.
const MAX_COORDINATE: f64 = 1e6;
/// The height of a glyph's *core*, relative to the font size: the height of most lower-case letters. A glyph
/// counts as visible if its core is.
const CORE_HEIGHT_EM: f64 = 0.45;
/// A glyph's core is visible only if at least this share of it is inside the page and the clip.
const MIN_SEEN_PART: f64 = 0.5;

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
    pub(crate) struck: bool,
}

/// The text of a glyph, and what its font states about it.
#[derive(Debug)]
pub(crate) struct GlyphText {
    pub(crate) text: String,
    /// In em.
    pub(crate) advance: f64,
    /// Whether text runs downwards. Such text has negative advances.
    pub(crate) vertical: bool,
    pub(crate) bold: bool,
}

/// How a glyph is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Drawing<'a> {
    pub(crate) state: &'a GraphicsState,
    /// The number of shapes and images painted before the glyph. Later ones may cover it.
    pub(crate) order: usize,
    /// Minimum font size of visible text, in units of the page's coordinates.
    pub(crate) min_size: f64,
    /// Whether the glyph belongs to a layer that is off.
    pub(crate) is_off: bool,
    pub(crate) is_artifact: bool,
}

/// The colours that a glyph is drawn with, or why it can't be seen.
#[derive(Clone, Debug)]
pub(crate) enum GlyphPaint {
    /// Filled or stroked with one or two colours.
    Inks(Vec<Ink>),
    /// Neither filled nor stroked, as is the recognised text of a scan.
    None,
    /// Outside the page or the clip, too small, or in a layer that is off.
    OutOfSight,
}

/// A glyph as it is drawn on the page.
#[derive(Clone, Debug)]
pub(crate) struct DrawnGlyph {
    pub(crate) glyph: Glyph,
    pub(crate) direction: TextDirection,
    /// The vector from the glyph's origin to its next one at an advance of 1 em, rotated by `direction`.
    pub(crate) run: Vector,
    /// The area of the glyph's core on the page. Unlike the positions in `glyph`, it is not rotated by `direction`.
    pub(crate) core: Area,
    pub(crate) paint: GlyphPaint,
    /// The number of shapes and images painted before the glyph.
    pub(crate) order: usize,
    /// Whether the file marks the glyph as an artifact, such as a header: not part of the document's content.
    pub(crate) is_artifact: bool,
}

/// The direction that text runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextDirection {
    Right,
    Up,
    Left,
    Down,
    /// At an angle to both axes, or along a curve.
    Tilted,
}

impl TextDirection {
    pub(crate) const ALL: [Self; 5] = [Self::Right, Self::Up, Self::Left, Self::Down, Self::Tilted];

    fn of((x, y): Vector) -> Self {
        if y.abs() <= MAX_SLOPE * x.abs() {
            if x > 0.0 { Self::Right } else { Self::Left }
        } else if x.abs() <= MAX_SLOPE * y.abs() {
            if y > 0.0 { Self::Up } else { Self::Down }
        } else {
            Self::Tilted
        }
    }

    /// Rotates a point of the page so that text in this direction runs to the right. Tilted text has many directions,
    /// so its points stay where they are.
    pub(crate) fn rotate(self, (x, y): Vector) -> Vector {
        match self {
            Self::Right | Self::Tilted => (x, y),
            Self::Up => (y, -x),
            Self::Left => (-x, -y),
            Self::Down => (-y, x),
        }
    }
}

impl DrawnGlyph {
    /// Returns a glyph as it is drawn. The matrix maps a font of size 1 to the page. `None` if it is far outside the
    /// page.
    pub(crate) fn new(text: GlyphText, matrix: Matrix, drawing: Drawing) -> Option<Self> {
        let Matrix { right, up, origin } = matrix;
        let (run, across, advance) =
            if text.vertical { ((-up.0, -up.1), right, -text.advance) } else { (right, up, text.advance) };
        let direction = TextDirection::of(run);
        let advance = if advance > 0.0 { advance } else { DEFAULT_WIDTH_EM };
        let (left, base) = direction.rotate(origin);
        let glyph = Glyph {
            text: text.text,
            left,
            right: left + advance * run.0.hypot(run.1),
            base,
            size: across.0.hypot(across.1),
            bold: text.bold,
            struck: false,
        };
        let sides = [glyph.left, glyph.right, glyph.base, glyph.size];
        let end = (run.0 * advance, run.1 * advance);
        let rise = (across.0 * CORE_HEIGHT_EM, across.1 * CORE_HEIGHT_EM);
        let corners = [(0.0, 0.0), end, rise, (end.0 + rise.0, end.1 + rise.1)];
        let core = Area::around(corners.map(|(x, y)| (origin.0 + x, origin.1 + y)));
        let smallest = glyph.size.min(run.0.hypot(run.1));
        let paint = GlyphPaint::of(&core, smallest, drawing);
        let Drawing { order, is_artifact, .. } = drawing;
        let drawn = Self { glyph, direction, run: direction.rotate(run), core, paint, order, is_artifact };
        sides.iter().all(|side| side.abs() < MAX_COORDINATE).then_some(drawn)
    }
}

impl GlyphPaint {
    fn of(core: &Area, size: f64, drawing: Drawing) -> Self {
        let Drawing { state, min_size, is_off, .. } = drawing;
        let seen = core.intersect(&state.clip.area).size();
        let is_clipped = seen < MIN_SEEN_PART * core.size() || !state.clip.contains(core.middle());
        if is_off || size < min_size || is_clipped {
            return Self::OutOfSight;
        }
        let (fill, stroke) = (state.fill.clone(), state.stroke.clone());
        match state.mode {
            0 | 4 => Self::Inks(vec![fill]),
            1 | 5 => Self::Inks(vec![stroke]),
            2 | 6 => Self::Inks(vec![fill, stroke]),
            _ => Self::None,
        }
    }
}
