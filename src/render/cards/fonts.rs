//! The fonts of cards: two built-in ones, then the author's. System fonts are never used, so that the same site
//! has the same cards on every machine.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use resvg::usvg::fontdb::{Database, Source};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::cache::Digest;
use crate::files::Span;
use crate::load::Asset;
use crate::problem::{Code, Problem, Problems};

/// Subsets of Inter (SIL Open Font License, `OFL.txt` in this folder): Latin, Greek, Cyrillic, punctuation, arrows.
const BUILT_IN: [&[u8]; 2] =
    [include_bytes!("inter-regular.otf"), include_bytes!("inter-display-semibold.otf")];

/// All fonts in lookup order: regular, semibold, the author's by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Fonts {
    files: Vec<Bytes>,
}

impl Fonts {
    /// Loads the fonts of a site. Files that are not fonts become problems.
    pub(super) fn new(author: &[Asset], problems: &mut Problems) -> Self {
        let mut files = BUILT_IN.map(Bytes::from_static).to_vec();
        for asset in author {
            if face(&asset.bytes).is_some() {
                files.push(asset.bytes.clone());
                continue;
            }
            let help = "replace it with a TrueType or OpenType font, or remove it";
            let message = format!("`{}` can't be read as a font", asset.path);
            problems.push(Problem::warning(Code::CardFont, Span::whole(asset.file), message, help));
        }
        Self { files }
    }

    /// Returns a measurer for a text in the regular or the bold font.
    pub(super) fn measurer(&self, bold: bool, text: &str) -> TextMeasurer<'_> {
        let mut faces = self.faces();
        if bold {
            faces.swap(0, 1);
        }
        if text.chars().all(|c| is_blank(c) || faces[0].width(c).is_some()) {
            faces.truncate(1);
        }
        TextMeasurer { faces }
    }

    /// The characters that are in no font, without blank ones.
    pub(super) fn missing(&self, mut characters: BTreeSet<char>) -> BTreeSet<char> {
        let faces = self.faces();
        characters.retain(|c| !is_blank(*c) && faces.iter().all(|face| face.glyph(*c).is_none()));
        characters
    }

    fn faces(&self) -> Vec<Face<'_>> {
        self.files.iter().filter_map(|file| face(file)).collect()
    }

    /// The fonts as a database for drawing.
    pub(super) fn database(&self) -> Database {
        let mut database = Database::new();
        for file in &self.files {
            database.load_font_source(Source::Binary(Arc::new(file.clone())));
        }
        // Fallback for font families that don't exist.
        database.set_serif_family("Inter");
        database
    }

    /// The hash of all fonts.
    pub(super) fn digest(&self) -> Digest {
        let files: Vec<&[u8]> = self.files.iter().map(AsRef::as_ref).collect();
        Digest::of(&files)
    }
}

struct Face<'f> {
    characters: Charmap<'f>,
    glyphs: GlyphMetrics<'f>,
    units_per_em: f32,
}

impl Face<'_> {
    /// The advance width of a character in ems; `None` if the font lacks it.
    fn width(&self, c: char) -> Option<f32> {
        Some(self.glyphs.advance_width(self.glyph(c)?)? / self.units_per_em)
    }

    fn glyph(&self, c: char) -> Option<GlyphId> {
        self.characters.map(c).filter(|glyph| *glyph != GlyphId::NOTDEF)
    }
}

fn face(bytes: &[u8]) -> Option<Face<'_>> {
    let font = FontRef::new(bytes).ok()?;
    let (size, location) = (Size::unscaled(), LocationRef::default());
    let units_per_em = font.metrics(size, location).units_per_em;
    (units_per_em > 0).then(|| Face {
        characters: font.charmap(),
        glyphs: font.glyph_metrics(size, location),
        units_per_em: f32::from(units_per_em),
    })
}

pub(super) fn has_glyph(font: &[u8], c: char) -> bool {
    face(font).is_some_and(|face| face.glyph(c).is_some())
}

/// Measures text as it will be drawn, or slightly wider: without kerning, and if several fonts are needed, by the
/// widest, since the font of a line depends on its other characters.
pub(super) struct TextMeasurer<'f> {
    /// The requested font; also all others if it lacks a character of the text.
    faces: Vec<Face<'f>>,
}

impl TextMeasurer<'_> {
    /// The width of a text in ems. A character that is in no font counts as 1.
    pub(super) fn width(&self, text: &str) -> f32 {
        let widest = |c| self.faces.iter().filter_map(|face| face.width(c)).reduce(f32::max);
        text.chars().filter(|c| !is_invisible(*c)).map(|c| widest(c).unwrap_or(1.0)).sum()
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Joiners, direction marks and variation selectors: they have no shape of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
