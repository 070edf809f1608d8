//! The masks of letters, each made once for all cards on a canvas: their texts differ, but they are set in a few sizes of
//! the same fonts, and to make the same letters over and over took most of the time that filling took.

use std::sync::Arc;

use ab_glyph_rasterizer::Rasterizer;
use resvg::tiny_skia::Transform;
use resvg::usvg::GlyphId;
use resvg::usvg::fontdb::{Database, ID};
use resvg::usvg::layout::PositionedGlyph;

use super::fonts::outline;
use super::mask::Mask;
use crate::ids::Lookup;

/// A letter begins at the nearest of so many parts of a pixel, across and down: finer can't be seen.
const PARTS: u8 = 4;
/// So many letters are kept, some megabytes: all of the theme's sizes for an alphabet, or a site's worth of Chinese.
const KEPT: usize = 8192;

/// The letters of some fonts, as far as they were asked for.
pub(super) struct Letters {
    fonts: Arc<Database>,
    /// `None` for a letter that isn't filled from a mask.
    masks: Lookup<Letter, Option<Mask>>,
}

/// What tells one mask from another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Letter {
    font: ID,
    glyph: GlyphId,
    /// How its outline is scaled and turned: the bits of four numbers.
    turn: [u32; 4],
    /// In which part of a pixel it begins, across and down.
    part: [u8; 2],
}

impl Letters {
    pub(super) fn new(fonts: Arc<Database>) -> Self {
        Self { fonts, masks: Lookup::default() }
    }

    /// Where each letter of a line is, and what it covers there, from the first to the last. `None` if one of them has no
    /// mask: its font varies, or has no outline for it. What the rasterizer held is lost.
    pub(super) fn of_line(
        &mut self,
        line: &[PositionedGlyph],
        to_pixels: Transform,
        rasterizer: &mut Rasterizer,
    ) -> Option<Vec<(&Mask, [i32; 2])>> {
        if self.masks.len() + line.len() > KEPT {
            self.masks.clear();
        }
        let mut placed = Vec::with_capacity(line.len());
        for glyph in line {
            let outline_to_pixels = to_pixels.pre_concat(glyph.outline_transform());
            let (letter, pixel) = Letter::at(glyph, outline_to_pixels);
            let entry = self.masks.entry(letter);
            placed.push((entry.index(), pixel));
            entry.or_insert_with(|| letter.mask(&self.fonts, rasterizer)).as_ref()?;
        }
        placed.into_iter().map(|(number, pixel)| Some((self.masks[number].as_ref()?, pixel))).collect()
    }
}

impl Letter {
    /// A letter, and the pixel in which it begins.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a card is some hundreds of pixels wide, and what is far off it stays so"
    )]
    fn at(glyph: &PositionedGlyph, to_pixels: Transform) -> (Self, [i32; 2]) {
        let Transform { sx, kx, ky, sy, tx, ty } = to_pixels;
        let parts = [tx, ty].map(|pixels| (pixels * f32::from(PARTS)).round() as i32);
        let part = parts.map(|parts| parts.rem_euclid(PARTS.into()) as u8);
        let turn = [sx, kx, ky, sy].map(f32::to_bits);
        let letter = Self { font: glyph.font, glyph: glyph.id, turn, part };
        (letter, parts.map(|parts| parts.div_euclid(PARTS.into())))
    }

    fn mask(&self, fonts: &Database, rasterizer: &mut Rasterizer) -> Option<Mask> {
        let outline =
            fonts.with_face_data(self.font, |font, index| outline(font, index, self.glyph.into()))??;
        let [sx, kx, ky, sy] = self.turn.map(f32::from_bits);
        let [tx, ty] = self.part.map(|part| f32::from(part) / f32::from(PARTS));
        let to_pixels = Transform { sx, kx, ky, sy, tx, ty };
        // A space has nothing to fill.
        outline.finish().map_or(Some(Mask::default()), |path| Mask::of(&path, to_pixels, rasterizer))
    }
}
