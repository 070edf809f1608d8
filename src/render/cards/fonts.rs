//! The fonts that cards are set in: two that are built in, then the author's. Never one of the machine's, so that the
//! same site gives the same cards everywhere.

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

/// Parts of Inter (SIL Open Font License, `OFL.txt` beside them): Latin, Greek, Cyrillic, punctuation, arrows.
const BUILT_IN: [&[u8]; 2] =
    [include_bytes!("inter-regular.otf"), include_bytes!("inter-display-semibold.otf")];

/// All fonts, in the order in which they are searched for a character: regular, semibold, the author's by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Fonts {
    files: Vec<Bytes>,
}

impl Fonts {
    /// The fonts of a site. What can't be read as a font is a problem.
    pub(super) fn new(author: &[Asset], problems: &mut Problems) -> Self {
        let mut files = BUILT_IN.map(Bytes::from_static).to_vec();
        for asset in author {
            if face(&asset.bytes).is_some() {
                files.push(asset.bytes.clone());
                continue;
            }
            let help = "put a TrueType or OpenType font there, or take the file away";
            let message = "this file can't be read as a font";
            problems.push(Problem::warning(Code::CardFont, Span::whole(asset.file), message, help));
        }
        Self { files }
    }

    /// Measures a text that is set in the regular font, or in the bold one.
    pub(super) fn ruler(&self, bold: bool, text: &str) -> Ruler<'_> {
        let mut faces = self.faces();
        if bold {
            faces.swap(0, 1);
        }
        if text.chars().all(|c| is_blank(c) || faces[0].width(c).is_some()) {
            faces.truncate(1);
        }
        Ruler { faces }
    }

    /// Those of some characters that no font has, blank ones aside.
    pub(super) fn missing(&self, mut characters: BTreeSet<char>) -> BTreeSet<char> {
        let faces = self.faces();
        characters.retain(|c| !is_blank(*c) && faces.iter().all(|face| face.glyph(*c).is_none()));
        characters
    }

    fn faces(&self) -> Vec<Face<'_>> {
        self.files.iter().filter_map(|file| face(file)).collect()
    }

    /// The same fonts, for drawing.
    pub(super) fn database(&self) -> Database {
        let mut database = Database::new();
        for file in &self.files {
            database.load_font_source(Source::Binary(Arc::new(file.clone())));
        }
        // What a template asks for in vain is set in this.
        database.set_serif_family("Inter");
        database
    }

    /// The digest of them all.
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
    /// The width of a character, in ems; `None` for one that the font lacks.
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

/// Measures text as it will be drawn, or a little wider: without kerning, and where several fonts are needed, by the
/// widest, since which of them a line is drawn in depends on its other characters.
pub(super) struct Ruler<'f> {
    /// The font that is asked for; and all others, if it lacks something of the text.
    faces: Vec<Face<'f>>,
}

impl Ruler<'_> {
    /// The width of a text, in ems. A character that no font has counts as 1.
    pub(super) fn width(&self, text: &str) -> f32 {
        let widest = |c| self.faces.iter().filter_map(|face| face.width(c)).reduce(f32::max);
        text.chars().filter(|c| !is_invisible(*c)).map(|c| widest(c).unwrap_or(1.0)).sum()
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Joiners, marks of direction and choices of form: they have no shape of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
