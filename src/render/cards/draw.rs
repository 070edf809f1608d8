//! Cards as pictures: SVG → PNG. Pure; old pictures come in as bytes, and one that would come out the same is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use resvg::tiny_skia::{Color, PixmapMut, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};
use sha2::{Digest, Sha256};

use super::fonts::has;
use super::indexed::encode;
use super::{Cards, HEIGHT, WIDTH};

/// What draws: a card that another version drew is drawn anew. A test holds it to what is compiled in.
const VERSION: &[u8] = b"1, resvg 0.49.0, tiny-skia 0.12.0, usvg 0.49.0";
/// Under which word a picture says what it was drawn from.
const KEYWORD: &str = "Sourcewise";
/// The last chunk of every PNG.
const END: [u8; 12] = *b"\0\0\0\0IEND\xaeB`\x82";

impl Cards {
    /// Draws every card, path → PNG, unless `old` has one at that path that was drawn from the same.
    ///
    /// # Errors
    /// The first card that can't be drawn, and why.
    pub fn draw(
        &self,
        old: impl Fn(&str) -> Option<Vec<u8>> + Sync,
    ) -> Result<BTreeMap<String, Vec<u8>>, (String, String)> {
        if self.svgs.is_empty() {
            return Ok(BTreeMap::new());
        }
        let fonts = self.fonts.digest();
        let database = Arc::new(self.fonts.database());
        // One picture a thread, drawn over and over: to get its memory anew takes as long as to draw some text.
        let picture = Vec::new;
        let drawn = self.svgs.par_iter().map_init(picture, |pixels, (path, svg)| {
            let source = source(svg, &fonts);
            if let Some(bytes) = old(path).filter(|bytes| is_marked(bytes, &source)) {
                return Ok((path.clone(), bytes));
            }
            let png = picture_of(svg, &source, &database, pixels).map_err(|reason| (path.clone(), reason))?;
            Ok((path.clone(), png))
        });
        // All of them before the first error is looked for: which one comes first must not depend on the threads.
        drawn.collect::<Vec<_>>().into_iter().collect()
    }

    /// Draws one card, for whoever shows single pages; `None` if there is no card at this path.
    ///
    /// # Errors
    /// Why it can't be drawn.
    pub fn draw_one(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        let svg = self.svgs.get(path)?;
        let database = Arc::new(self.fonts.database());
        Some(picture_of(svg, &source(svg, &self.fonts.digest()), &database, &mut Vec::new()))
    }
}

/// Draws a card as PNG that says what it was drawn from. `pixels` is memory to draw in.
fn picture_of(
    svg: &str,
    source: &str,
    database: &Arc<Database>,
    pixels: &mut Vec<u8>,
) -> Result<Vec<u8>, String> {
    pixels.resize(WIDTH as usize * HEIGHT as usize * 4, 0);
    paint(svg, database, pixels)?;
    let png = encode(pixels, (WIDTH, HEIGHT)).map_err(|error| error.to_string())?;
    marked(&png, source).ok_or_else(|| "it has no end".to_owned())
}

/// What a card is drawn from, in short.
fn source(svg: &str, fonts: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::new().chain_update(VERSION).chain_update(fonts).chain_update(svg).finalize())
}

/// A PNG with a text chunk before its end that says what it was drawn from, and what stands before the chunk: so a
/// picture that somebody has changed since is known, too.
fn marked(png: &[u8], source: &str) -> Option<Vec<u8>> {
    let body = png.strip_suffix(&END)?;
    Some([body, &mark(body, source), &END].concat())
}

/// True for a PNG that was drawn from this and has not been changed.
fn is_marked(png: &[u8], source: &str) -> bool {
    let length = mark(b"", source).len();
    let parts =
        png.strip_suffix(&END).and_then(|rest| rest.split_at_checked(rest.len().checked_sub(length)?));
    parts.is_some_and(|(body, found)| found == mark(body, source))
}

/// The text chunk that goes behind `body`.
fn mark(body: &[u8], source: &str) -> Vec<u8> {
    let text = format!("{KEYWORD}\0{source} {}", HEXLOWER.encode(&Sha256::digest(body)));
    let chunk = [b"tEXt", text.as_bytes()].concat();
    let length = u32::try_from(text.len()).expect("two digests are short");
    [&length.to_be_bytes()[..], &chunk, &crc32fast::hash(&chunk).to_be_bytes()].concat()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_kept_if_it_was_drawn_from_the_same_and_not_changed_since() {
        let old = marked(&[b"any picture", &END[..]].concat(), "from this").expect("it has an end");
        assert!(is_marked(&old, "from this") && !is_marked(&old, "from that"));
        let mut changed = old.clone();
        changed[0] ^= 1;
        assert!(
            !is_marked(&changed, "from this") && !is_marked(&old[1..], "from this") && !is_marked(b"", "x")
        );
    }
}
