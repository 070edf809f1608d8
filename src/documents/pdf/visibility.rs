//! Decides which glyphs of a page readers see. The others are set aside. On a scanned page, text recognition (OCR) puts
//! the text invisibly over or under the image: this text counts as seen. Invisible text elsewhere never does.

use super::glyphs::{DrawnGlyph, Glyph, GlyphPaint, TextDirection};
use super::matrix::Vector;
use super::paint::PaintLog;
use super::sandbox::CancelToken;
use super::shapes::Area;
use super::strikes::{self, StrikeMarks};
use super::tilt;
use crate::ReadError;
use crate::text::UNKNOWN;

/// A page can be a scan only if images cover at least this share of it.
const MIN_SCAN_COVERAGE: f64 = 0.5;

/// Maximum gap between two digits that an image between them keeps apart, relative to the font size.
const MAX_IMAGE_GAP: f64 = 4.0;

/// The glyphs of a page, in *content order*: the order in which the page's content draws them.
#[derive(Debug, Default)]
pub(crate) struct PageGlyphs {
    /// The visible text in the page's most frequent direction, rotated upright.
    pub(crate) visible: Vec<Glyph>,
    /// The visible text in each direction, rotated upright: labels of charts, notes in a margin, watermarks. Empty for
    /// the direction of `visible`.
    pub(crate) turned: [Vec<Glyph>; 5],
    /// Visible text that the file marks as not part of its content, such as headers.
    pub(crate) artifacts: Vec<Glyph>,
    /// Text that readers don't see.
    pub(crate) hidden: Vec<Glyph>,
    /// Whether the visible text comes from a program that recognised it in a scan.
    pub(crate) is_machine_read: bool,
    /// Whether images cover enough of the page for a scan.
    pub(crate) is_image: bool,
}

/// Whether readers see a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    Seen,
    /// Not seen, and where an image is: drawn over it without colour, or under it. On a scanned page, this is the
    /// recognized text.
    WithImage,
    Unseen,
}

/// Sorts the glyphs of a page into the lists of [`PageGlyphs`], and sets `struck` in the visible and turned glyphs that
/// are struck out.
pub(crate) fn page_glyphs(
    drawn: Vec<DrawnGlyph>,
    paint: &PaintLog,
    annotated: Vec<Area>,
    cancel: &CancelToken,
) -> Result<PageGlyphs, ReadError> {
    let mut sights = Vec::with_capacity(drawn.len());
    for glyph in &drawn {
        cancel.check()?;
        sights.push(sight(glyph, paint));
    }
    let count = |wanted: Sight| {
        let letters =
            drawn.iter().zip(&sights).filter(|(one, sight)| **sight == wanted && has_letter(&one.glyph));
        letters.count()
    };
    let is_image = paint.image_size() >= MIN_SCAN_COVERAGE * paint.page().size();
    let is_scan = is_image && count(Sight::WithImage) > count(Sight::Seen);
    let is_seen = |sight: Sight| sight == Sight::Seen || is_scan && sight == Sight::WithImage;
    let (seen, hidden): (Vec<_>, Vec<_>) =
        drawn.into_iter().zip(sights).partition(|(_, sight)| is_seen(*sight));
    let (artifacts, seen): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(one, _)| one.is_artifact);
    let marks = StrikeMarks { annotated, rules: paint.rules.clone() };
    let mut turned: [Vec<Glyph>; 5] = Default::default();
    for (direction, glyphs) in TextDirection::ALL.into_iter().zip(&mut turned) {
        let in_direction = seen.iter().map(|(one, _)| one).filter(|one| one.direction == direction);
        let in_direction: Vec<&DrawnGlyph> = in_direction.collect();
        if direction == TextDirection::Tilted {
            *glyphs = tilt::level(&in_direction);
            for (glyph, one) in glyphs.iter_mut().zip(&in_direction) {
                cancel.check()?;
                glyph.struck = marks.annotated.iter().any(|area| area.contains(one.core.middle()));
            }
            continue;
        }
        *glyphs = with_images(&in_direction, paint);
        strikes::mark(glyphs, &marks.rotated(direction), cancel)?;
        tilt::straighten(glyphs, in_direction.iter().map(|one| one.run.1 / one.run.0).collect());
    }
    let most = turned.iter_mut().rev().max_by_key(|glyphs| glyphs.len());
    let visible = most.map(std::mem::take).unwrap_or_default();
    let [artifacts, hidden] =
        [artifacts, hidden].map(|drawn| drawn.into_iter().map(|(one, _)| one.glyph).collect());
    Ok(PageGlyphs { visible, turned, artifacts, hidden, is_machine_read: is_scan, is_image })
}

/// Returns the glyphs. Where an image is between two digits of a line, adds a glyph of unknown text (U+FFFD) between
/// them, so that the digits aren't read as one number.
fn with_images(drawn: &[&DrawnGlyph], paint: &PaintLog) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut before: Option<(&Glyph, Vector)> = None;
    for DrawnGlyph { glyph, core, .. } in drawn {
        if glyph.text.trim().is_empty() {
            glyphs.push(glyph.clone());
            continue;
        }
        let middle = core.middle();
        let is_digit = glyph.text.ends_with(|c: char| c.is_ascii_digit());
        if let Some((digit, digit_middle)) = before.take().filter(|_| is_digit) {
            let gap = glyph.left - digit.right;
            let is_near = (0.0..MAX_IMAGE_GAP * glyph.size).contains(&gap)
                && (glyph.base - digit.base).abs() < glyph.size;
            if is_near && paint.has_image_between(digit_middle, middle) {
                let (text, left, right) =
                    (UNKNOWN.to_string(), digit.right + gap / 3.0, glyph.left - gap / 3.0);
                glyphs.push(Glyph { text, left, right, ..digit.clone() });
            }
        }
        before = is_digit.then_some((glyph, middle));
        glyphs.push(glyph.clone());
    }
    glyphs
}

fn has_letter(glyph: &Glyph) -> bool {
    glyph.text.chars().any(char::is_alphanumeric)
}

/// Decides whether readers see a glyph, from its colours and from what is painted behind it and over it.
fn sight(drawn: &DrawnGlyph, paint: &PaintLog) -> Sight {
    let is_seen = match &drawn.paint {
        GlyphPaint::OutOfSight => return Sight::Unseen,
        GlyphPaint::None => false,
        GlyphPaint::Inks(inks) => {
            let background = paint.background(drawn.core.middle(), drawn.order);
            let stands_out = inks.iter().any(|ink| match (ink.paint, background) {
                (Some(colour), Some(background)) => {
                    colour.over(background, ink.opacity).stands_out_from(background)
                }
                _ => ink.opacity > 0.0,
            });
            stands_out && !paint.covers(drawn.core.sample(), drawn.order)
        }
    };
    match is_seen {
        true => Sight::Seen,
        false if paint.has_image(drawn.core.middle()) => Sight::WithImage,
        false => Sight::Unseen,
    }
}
