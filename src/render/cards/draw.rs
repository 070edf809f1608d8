//! Draws cards: SVG → PNG. A picture of the previous build is reused if its source hash (of SVG, fonts and drawing
//! code) is still the same. The caller passes in these pictures, so this file reads nothing from disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};
use sourcewise_quotes::sha256;

use super::encode::{encode_with_hash, has_hash};
use super::fonts::has_glyph;
use super::{CardCache, Cards, HEIGHT_PX, WIDTH_PX};
use crate::cache::Digest;

/// The versions of this module's code (the first number) and of the libraries that draw. They are part of every source
/// hash, so that cards drawn by another version are drawn again. Increment the first number when the code here changes
/// a picture. A test compares the others with `Cargo.lock`.
const VERSION: &[u8] = b"5, resvg 0.49.0, tiny-skia 0.12.0, usvg 0.49.0";

impl Cards {
    /// Draws every card and returns the PNGs by path. `old` returns the file that the previous build wrote to a path;
    /// it is reused if it was drawn from the same source.
    ///
    /// # Errors
    /// The path of the first card that can't be drawn, and the reason.
    pub fn draw(
        &self,
        old: impl Fn(&str) -> Option<Vec<u8>> + Sync,
    ) -> Result<BTreeMap<String, Vec<u8>>, (String, String)> {
        let fonts = self.fonts.digest();
        let database = Arc::new(self.fonts.database());
        let drawn = self.svgs.par_iter().map(|(path, svg)| {
            let source = source_hash(svg, fonts);
            let reused = old(path).filter(|png| has_hash(png, &source));
            let png = reused.map_or_else(|| draw_card(svg, &source, &database), Ok);
            Ok((path.clone(), png.map_err(|reason| (path.clone(), reason))?))
        });
        // Collects all results before taking the first error, so that the reported error doesn't depend on thread
        // timing.
        drawn.collect::<Vec<_>>().into_iter().collect()
    }

    /// Returns one card as PNG, and draws it unless it is in the cache; `None` if there is no card at this path.
    ///
    /// # Errors
    /// The reason why the card can't be drawn.
    pub fn draw_one(&self, path: &str, cache: &CardCache) -> Option<Result<Bytes, String>> {
        let (svg, fonts) = (self.svgs.get(path)?, self.fonts.digest());
        let draw = || {
            let database = Arc::new(self.fonts.database());
            draw_card(svg, &source_hash(svg, fonts), &database).map(Bytes::from)
        };
        Some(cache.get_or_make(Digest::of(&[svg.as_bytes(), fonts.as_ref()]), draw))
    }
}

/// Returns the hash of everything that decides what a card looks like: SVG, fonts, and the version of the drawing code.
fn source_hash(svg: &str, fonts: Digest) -> String {
    sha256(&[VERSION, fonts.as_ref(), svg.as_bytes()].concat())
}

/// Draws a card on white, as a PNG with the embedded `source` hash.
fn draw_card(svg: &str, source: &str, fonts: &Arc<Database>) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, &options(fonts)).map_err(|error| error.to_string())?;
    let mut picture = Pixmap::new(WIDTH_PX, HEIGHT_PX).ok_or("its size is not valid for a picture")?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    encode_with_hash(picture.data(), (WIDTH_PX, HEIGHT_PX), source).map_err(|error| error.to_string())
}

fn options(fonts: &Arc<Database>) -> Options<'static> {
    Options {
        fontdb: fonts.clone(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            // Picks the first font that has the character: built-in fonts come before those of the site's author.
            select_fallback: Box::new(|c, used, fonts| {
                let mut others = fonts.faces().map(|face| face.id).filter(|id| !used.contains(id));
                others.find(|id| fonts.with_face_data(*id, |bytes, _| has_glyph(bytes, c)).unwrap_or(false))
            }),
        },
        // A card can't include other files, because its source hash covers only the SVG and the fonts.
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}
