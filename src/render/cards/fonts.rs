//! The fonts that cards are set in: two that are built in, then the author's. Never one of the machine's, so that the
//! same site gives the same cards everywhere.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use resvg::tiny_skia::PathBuilder;
use resvg::usvg::fontdb::{Database, Source};
use sha2::{Digest, Sha256};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::files::Span;
use crate::load::Asset;
use crate::problem::{Code, Problem, Problems};

/// Parts of Inter (SIL Open Font License, `OFL.txt` beside them): Latin, Greek, Cyrillic, punctuation, arrows.
const BUILT_IN: [&[u8]; 2] =
    [include_bytes!("inter-regular.otf"), include_bytes!("inter-display-semibold.otf")];

/// All fonts, in the order in which they are asked for a character: regular, semibold, the author's by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Fonts {
    files: Vec<Bytes>,
    /// How wide the ASCII characters are, by font: nearly all that is measured.
    ascii: OnceLock<Vec<Widths>>,
}

/// How wide each ASCII character of a font is where an em is 1; `None` for one that it lacks.
type Widths = [Option<f32>; 128];

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
        Self { files, ascii: OnceLock::new() }
    }

    /// What measures a text that is set in the regular font, or in the bold one.
    pub(super) fn ruler(&self, bold: bool, text: &str) -> Ruler<'_> {
        let ascii = &self.ascii()[usize::from(bold)];
        let ruler = Ruler { fonts: self, bold, ascii, faces: OnceCell::new(), is_one_enough: true };
        let is_one_enough = text.chars().all(|c| is_blank(c) || ruler.advance(c).is_some());
        Ruler { is_one_enough, ..ruler }
    }

    /// Those of some characters that need a font and that none has.
    pub(super) fn lack(&self, mut characters: BTreeSet<char>) -> BTreeSet<char> {
        characters.retain(|c| !is_blank(*c) && in_ascii(&self.ascii()[0], *c).is_none());
        if !characters.is_empty() {
            let faces = self.faces();
            characters.retain(|c| faces.iter().all(|face| face.glyph(*c).is_none()));
        }
        characters
    }

    fn ascii(&self) -> &[Widths] {
        self.ascii.get_or_init(|| self.faces().iter().map(Face::widths).collect())
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

    /// SHA-256 of them all.
    pub(super) fn digest(&self) -> [u8; 32] {
        let each = self.files.iter().map(|file| Sha256::digest(file.as_ref()));
        each.fold(Sha256::new(), Sha256::chain_update).finalize().into()
    }
}

struct Face<'f> {
    characters: Charmap<'f>,
    glyphs: GlyphMetrics<'f>,
    units_per_em: f32,
}

impl Face<'_> {
    /// How wide a character is where an em is 1; `None` for one that the font lacks.
    fn width(&self, c: char) -> Option<f32> {
        Some(self.glyphs.advance_width(self.glyph(c)?)? / self.units_per_em)
    }

    fn widths(&self) -> Widths {
        std::array::from_fn(|at| self.width(char::from(u8::try_from(at).ok()?)))
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

/// True if a font has the character.
pub(super) fn has(font: &[u8], c: char) -> bool {
    face(font).is_some_and(|face| face.glyph(c).is_some())
}

/// The outline of a glyph, in units of the font, of which `index` tells the place in a file of several. `None` if it has
/// none, and for a font that varies: which of its outlines is meant takes more to tell.
pub(super) fn outline(font: &[u8], index: u32, glyph: GlyphId) -> Option<PathBuilder> {
    let font = FontRef::from_index(font, index).ok().filter(|font| font.axes().is_empty())?;
    let mut pen = Pen(PathBuilder::new());
    let unscaled = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(glyph)?.draw(unscaled, &mut pen).ok()?;
    Some(pen.0)
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        self.0.quad_to(control_x, control_y, x, y);
    }

    fn curve_to(&mut self, first_x: f32, first_y: f32, second_x: f32, second_y: f32, x: f32, y: f32) {
        self.0.cubic_to(first_x, first_y, second_x, second_y, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// Measures text as it will be drawn, or a little wider: without kerning, and where several fonts are needed, with the
/// widest, since a line that one of them has all of is drawn in that one.
pub(super) struct Ruler<'f> {
    fonts: &'f Fonts,
    bold: bool,
    /// The widths of ASCII characters in the font that is asked for.
    ascii: &'f Widths,
    /// That font and all others, once something is measured that those widths don't tell.
    faces: OnceCell<Vec<Face<'f>>>,
    /// True if that font has all of the text.
    is_one_enough: bool,
}

impl Ruler<'_> {
    /// How wide a text is where an em is 1.
    pub(super) fn width(&self, text: &str) -> f32 {
        text.chars().filter(|c| !is_invisible(*c)).map(|c| self.advance(c).unwrap_or(1.0)).sum()
    }

    fn advance(&self, c: char) -> Option<f32> {
        if self.is_one_enough {
            return in_ascii(self.ascii, c).or_else(|| self.faces().first()?.width(c));
        }
        self.faces().iter().filter_map(|face| face.width(c)).reduce(f32::max)
    }

    fn faces(&self) -> &[Face<'_>] {
        self.faces.get_or_init(|| {
            let mut faces = self.fonts.faces();
            if self.bold {
                faces.swap(0, 1);
            }
            faces
        })
    }
}

fn in_ascii(widths: &Widths, c: char) -> Option<f32> {
    *widths.get(c as usize)?
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Joiners, marks of direction and choices of form: they have no shape of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
