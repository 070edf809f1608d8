//! The fonts of cards: two built-in ones, then those of the site's author. System fonts are never used, so that the
//! same site has the same cards on every machine.
//!
//! Text is measured here and drawn by resvg in the families that `templates/card.svg` names. To change the built-in
//! fonts, change together: the `.otf` files and `OFL.txt` in this folder, `BUILT_IN`, the fallback family in
//! `Fonts::database`, and the two `font-family` attributes in `templates/card.svg`.

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

/// The font Inter, regular and semibold (SIL Open Font License, `OFL.txt` in this folder). To keep the program small,
/// the files have only Latin, Greek and Cyrillic letters, punctuation and arrows.
const BUILT_IN: [&[u8]; 2] =
    [include_bytes!("inter-regular.otf"), include_bytes!("inter-display-semibold.otf")];

/// All fonts in lookup order: regular, semibold, those of the site's author by file name.
#[derive(Clone, Debug, Default)]
pub(super) struct Fonts {
    files: Vec<Bytes>,
}

impl Fonts {
    /// Loads the fonts of a site. A file that is not a font becomes a problem.
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

    /// Returns a measurer for `text` in the regular or the semibold font. It must not measure other texts: it has only
    /// the requested font if that has all characters of `text`.
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

    /// Returns those of `characters` that no font has, except blank ones.
    pub(super) fn missing(&self, mut characters: BTreeSet<char>) -> BTreeSet<char> {
        let faces = self.faces();
        characters.retain(|c| !is_blank(*c) && faces.iter().all(|face| face.glyph(*c).is_none()));
        characters
    }

    fn faces(&self) -> Vec<Face<'_>> {
        self.files.iter().filter_map(|file| face(file)).collect()
    }

    /// Builds the font database that resvg draws with.
    pub(super) fn database(&self) -> Database {
        let mut database = Database::new();
        for file in &self.files {
            database.load_font_source(Source::Binary(Arc::new(file.clone())));
        }
        // If the SVG names a font family that doesn't exist, resvg uses the one that is set as serif.
        database.set_serif_family("Inter");
        database
    }

    /// Returns the hash of all font files.
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
    /// Returns the width of a character in ems (multiples of the font size); `None` if the font lacks the character.
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

/// Measures how wide a text is drawn. The result may be slightly too large, never too small, so that no text leaves the
/// card: kerning, which moves letters closer together, is ignored. And if one font lacks a character of the text, each
/// character counts with its width in the widest font, since resvg chooses the font of a line by all its characters. A
/// `card.svg` by the site's author that names other fonts gets wrong widths.
pub(super) struct TextMeasurer<'f> {
    /// The requested font, followed by all others if the requested one lacks a character of the text.
    faces: Vec<Face<'f>>,
}

impl TextMeasurer<'_> {
    /// Returns the width of a text in ems. A character that no font has counts as 1.
    pub(super) fn width(&self, text: &str) -> f32 {
        let widest = |c| self.faces.iter().filter_map(|face| face.width(c)).reduce(f32::max);
        text.chars().filter(|c| !is_invisible(*c)).map(|c| widest(c).unwrap_or(1.0)).sum()
    }
}

/// Whether a character can be drawn without a glyph.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Whether a character has no shape of its own: a soft hyphen, joiner, direction mark or variation selector.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
