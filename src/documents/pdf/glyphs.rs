//! Glyphs of a page as the decoder tells of them: their letters, places and sizes. What they make up is for
//! [`super::words`] to find.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, PathOp, Transform};

use super::content::Mark;
use super::isolate::Watch;

/// How far a line may lean before it is no line of the text: rise over run.
const LEAN: f64 = 0.05;
/// The advance of a font that tells of none, by its size.
const ADVANCE: f64 = 0.5;

/// A letter, or a few that are drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it says.
    pub(super) text: String,
    /// Where it begins.
    pub(super) left: f64,
    /// Where the next one would begin.
    pub(super) right: f64,
    /// How high its line stands, upwards from the foot of the page.
    pub(super) base: f64,
    /// Size of its font, in points.
    pub(super) size: f64,
    /// Its font is bold.
    pub(super) bold: bool,
}

/// Collects the glyphs of one page.
pub(super) struct Collector<'a> {
    /// By number: whether a font is bold; nothing for one that can't be read.
    bold: &'a [Option<bool>],
    /// Whether anybody still waits.
    watch: &'a Watch,
    /// Bytes that they may take.
    pub(super) room: usize,
    /// They, in the order of the content.
    pub(super) glyphs: Vec<Glyph>,
    /// Whether the font that is set is bold, if it can be read.
    font: Option<bool>,
    artifacts: usize,
}

impl<'a> Collector<'a> {
    /// Nothing yet.
    pub(super) fn new(bold: &'a [Option<bool>], watch: &'a Watch, room: usize) -> Self {
        Self { bold, watch, room, glyphs: Vec::new(), font: None, artifacts: 0 }
    }

    fn add(&mut self, place: &Transform, advance: f64, size: f64, text: &str, bold: bool) {
        if place.m12.abs() > LEAN * place.m11.abs() || place.m11 <= 0.0 {
            return;
        }
        let height = size.abs() * place.m21.hypot(place.m22);
        let wide = size.abs() * place.m11;
        let advance = if advance > 0.0 { advance } else { ADVANCE };
        let glyph = Glyph {
            text: text.to_owned(),
            left: place.m31,
            right: place.m31 + advance * wide,
            base: place.m32,
            size: height,
            bold,
        };
        let sound = [glyph.left, glyph.right, glyph.base, glyph.size].iter().all(|number| number.abs() < 1e6);
        if sound && glyph.size > 0.1 {
            self.glyphs.push(glyph);
        }
    }
}

/// What ends the reading of a page early.
fn stop() -> OutputError {
    OutputError::FormatError(std::fmt::Error)
}

impl OutputDev for Collector<'_> {
    fn begin_page(
        &mut self,
        _number: u32,
        _media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        advance: f64,
        _spacing: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let cost = size_of::<Glyph>() + text.len();
        self.room = self.room.checked_sub(cost).ok_or_else(stop)?;
        self.watch.check().map_err(|_| stop())?;
        if let Some(bold) = self.font
            && self.artifacts == 0
            && !text.is_empty()
        {
            self.add(place, advance, size, text, bold);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn fill(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        for part in &path.ops {
            let PathOp::Rect(kind, index, ..) = part else { continue };
            match Mark::of(*kind, *index) {
                Mark::Font(index) => self.font = self.bold.get(index).copied().flatten(),
                Mark::ArtifactBegins => self.artifacts += 1,
                Mark::ArtifactEnds => self.artifacts = self.artifacts.saturating_sub(1),
            }
        }
        Ok(())
    }
}
