//! Cards as pictures: SVG → PNG. Pure; old pictures come in as bytes, and one that would come out the same is kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use resvg::tiny_skia::{Color, PixmapMut, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};
use sha2::{Digest, Sha256};

use super::fonts::has;
use super::indexed::encode;
use super::{Cards, HEIGHT, WIDTH};

/// To be raised when the same SVG is drawn in another way than before.
const VERSION: &[u8] = b"1";
/// Under which word a picture says what it was drawn from.
const KEYWORD: &str = "Sourcewise";

impl Cards {
    /// Draws every card, path → PNG, unless `old` has one at that path that was drawn from the same.
    ///
    /// # Errors
    /// The first card that can't be drawn, and why.
    pub fn draw(
        &self,
        old: impl Fn(&str) -> Option<Vec<u8>> + Sync,
    ) -> Result<BTreeMap<String, Vec<u8>>, (String, String)> {
        let fonts = self.fonts.digest();
        let database = Arc::new(self.fonts.database());
        // One picture a thread, drawn over and over: to get its memory anew takes as long as to draw some text.
        let picture = || vec![0; WIDTH as usize * HEIGHT as usize * 4];
        let drawn = self.svgs.par_iter().map_init(picture, |pixels, (path, svg)| {
            let mark = mark(svg, &fonts);
            if let Some(bytes) = old(path).filter(|bytes| is_marked(bytes, &mark)) {
                return Ok((path.clone(), bytes));
            }
            paint(svg, &database, pixels).map_err(|reason| (path.clone(), reason))?;
            let png = encode(pixels, (WIDTH, HEIGHT), (KEYWORD, &mark));
            png.map(|png| (path.clone(), png)).map_err(|error| (path.clone(), error.to_string()))
        });
        drawn.collect()
    }
}

/// What a card is drawn from, in short.
fn mark(svg: &str, fonts: &[u8]) -> String {
    let digest = Sha256::new().chain_update(VERSION).chain_update(fonts).chain_update(svg).finalize();
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// True for a PNG that carries this mark.
fn is_marked(png: &[u8], mark: &str) -> bool {
    let Ok(reader) = png::Decoder::new(Cursor::new(png)).read_info() else { return false };
    let mut texts = reader.info().uncompressed_latin1_text.iter();
    texts.any(|text| text.keyword == KEYWORD && text.text == mark)
}

/// Draws a card on white, four bytes a pixel.
fn paint(svg: &str, fonts: &Arc<Database>, pixels: &mut [u8]) -> Result<(), String> {
    let options = Options {
        fontdb: fonts.clone(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            // Any font that has the character, in the order of their names, as when the text was measured.
            select_fallback: Box::new(|c, used, fonts| {
                let mut others = fonts.faces().map(|face| face.id).filter(|id| !used.contains(id));
                others.find(|id| fonts.with_face_data(*id, |bytes, _| has(bytes, c)).unwrap_or(false))
            }),
        },
        // A card is made of its template alone: nothing is read from the disk.
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let mut picture = PixmapMut::from_bytes(pixels, WIDTH, HEIGHT).ok_or("there is no such picture")?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::default(), &mut picture);
    Ok(())
}
