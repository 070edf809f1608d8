//! Cards as pictures: SVG → PNG. Pure; old pictures come in as bytes, and one that would come out the same is kept.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex};

use ab_glyph_rasterizer::Rasterizer;
use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use resvg::tiny_skia::{PixmapMut, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};
use sourcewise_quotes::sha256;

use super::fill::outlines;
use super::fonts::has;
use super::indexed::Indexed;
use super::letters::Letters;
use super::{CardCache, Cards, HEIGHT, WIDTH};
use crate::cache::Digest;
use crate::sync::locked;

/// What draws: a card that another version drew is drawn anew. A test holds it to what is compiled in.
const VERSION: &[u8] = b"4, ab_glyph_rasterizer 0.1.10, resvg 0.49.0, tiny-skia 0.12.0, usvg 0.49.0";
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
        // Few canvases, drawn on over and over: to get their memory and their letters anew takes longer than to draw a text.
        let canvases = Mutex::new(Vec::new());
        let drawn = self.svgs.par_iter().map(|(path, svg)| {
            let source = source(svg, &fonts);
            if let Some(bytes) = old(path).filter(|bytes| is_marked(bytes, &source)) {
                return Ok((path.clone(), bytes));
            }
            let idle = locked(&canvases).pop();
            let mut canvas = idle.unwrap_or_else(|| Canvas::new(database.clone()));
            let png = canvas.picture_of(svg, &source);
            locked(&canvases).push(canvas);
            Ok((path.clone(), png.map_err(|reason| (path.clone(), reason))?))
        });
        // All of them before the first error is looked for: which one comes first must not depend on the threads.
        drawn.collect::<Vec<_>>().into_iter().collect()
    }

    /// Draws one card unless it is in the cache; `None` if there is no card at this path.
    ///
    /// # Errors
    /// Why it can't be drawn.
    pub fn draw_one(&self, path: &str, cache: &CardCache) -> Option<Result<Bytes, String>> {
        let (svg, fonts) = (self.svgs.get(path)?, self.fonts.digest());
        let draw = || {
            let mut canvas = Canvas::new(Arc::new(self.fonts.database()));
            canvas.picture_of(svg, &source(svg, &fonts)).map(Bytes::from)
        };
        Some(cache.get_or_make(Digest::of(&[svg.as_bytes(), &fonts]), draw))
    }
}

/// What cards are drawn on. It takes no room before one is.
struct Canvas {
    /// Four bytes a pixel, for what resvg draws.
    pixels: Vec<u8>,
    /// One byte a pixel, for what is filled here: the room that the last picture took.
    indexes: Vec<u8>,
    rasterizer: Rasterizer,
    letters: Letters,
    fonts: Arc<Database>,
}

impl Canvas {
    fn new(fonts: Arc<Database>) -> Self {
        let letters = Letters::new(fonts.clone());
        Self { pixels: Vec::new(), indexes: Vec::new(), rasterizer: Rasterizer::new(0, 0), letters, fonts }
    }

    /// Draws a card as PNG that says what it was drawn from.
    fn picture_of(&mut self, svg: &str, source: &str) -> Result<Vec<u8>, String> {
        let tree = tree(svg, &self.fonts)?;
        let picture = if let Some(picture) = self.number(&tree) {
            picture
        } else {
            self.draw(&tree)?;
            Indexed::of(&self.pixels, WIDTH)
        };
        let png = picture.png((WIDTH, HEIGHT)).map_err(|error| error.to_string())?;
        self.indexes = picture.indexes;
        marked(&png, source).ok_or_else(|| "it has no end".to_owned())
    }

    /// Draws a card of few colours in their numbers. `None` for any other, and where something takes more than filling.
    fn number(&mut self, card: &Tree) -> Option<Indexed> {
        let mut picture = Indexed::white(mem::take(&mut self.indexes), WIDTH as usize * HEIGHT as usize);
        for outline in outlines(card)? {
            outline.number(&mut self.rasterizer, &mut self.letters, &mut picture)?;
        }
        Some(picture)
    }

    /// Draws any card, on white.
    fn draw(&mut self, card: &Tree) -> Result<(), String> {
        self.pixels.clear();
        self.pixels.resize(WIDTH as usize * HEIGHT as usize * 4, u8::MAX);
        let picture = PixmapMut::from_bytes(&mut self.pixels, WIDTH, HEIGHT);
        let mut picture = picture.ok_or_else(|| "there is no such picture".to_owned())?;
        resvg::render(card, Transform::identity(), &mut picture);
        Ok(())
    }
}

/// What a card is drawn from, in short.
fn source(svg: &str, fonts: &[u8]) -> String {
    sha256(&[VERSION, fonts, svg.as_bytes()].concat())
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
    let text = format!("{KEYWORD}\0{source} {}", sha256(body));
    let chunk = [b"tEXt", text.as_bytes()].concat();
    let length = u32::try_from(text.len()).expect("two digests are short");
    [&length.to_be_bytes()[..], &chunk, &crc32fast::hash(&chunk).to_be_bytes()].concat()
}

/// What a card's SVG means, its text laid out.
fn tree(svg: &str, fonts: &Arc<Database>) -> Result<Tree, String> {
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
    Tree::from_str(svg, &options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::problem::Problems;
    use crate::render::cards::fonts::Fonts;

    fn canvas() -> Canvas {
        Canvas::new(Arc::new(Fonts::new(&[], &mut Problems::default()).database()))
    }

    /// The SVG of a card with this on it, as it is drawn on this canvas.
    fn card(canvas: &Canvas, inner: &str) -> Tree {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' font-family='Inter'>\
             <rect width='1200' height='630' fill='#fcfbf8'/>{inner}</svg>"
        );
        tree(&svg, &canvas.fonts).expect("it is SVG")
    }

    /// The pixels of a card as resvg draws it.
    fn by_resvg(mut canvas: Canvas, card: &Tree) -> Vec<u8> {
        canvas.draw(card).expect("there is room");
        canvas.pixels
    }

    /// How far two pictures are from one another where they are farthest.
    fn difference(one: &[u8], other: &[u8]) -> u8 {
        one.iter().zip(other).map(|(one, other)| one.abs_diff(*other)).max().unwrap_or_default()
    }

    #[test]
    fn text_and_simple_shapes_are_filled_here_as_resvg_would_but_for_shades_at_their_edges() {
        let text = "<text x='80' y='153.6' font-size='68' fill='#1b1c20'>Whose chips, № 4?</text>";
        let turned = format!("<g transform='translate(900 40) rotate(20) scale(.4)'>{text}</g>");
        let bars = "<rect x='80.3' y='466' width='33.1' height='40' fill='#b4480a'/><rect y='90' width='9' height='9'/>";
        let chip = "<rect x='80' y='466' width='40' height='40' rx='9' fill='#b4480a'/><circle cx='300' cy='90' r='50'/>";
        let barred = "<path d='M80 80h900l-40 300H300z' fill='#b4480a'/><path d='M500 500l-9 90 50 -20z'/>";
        let spaced = "<text x='80.1' y='99.7' font-size='30' letter-spacing='.3' textLength='700'>At some mill <tspan fill='#b4480a'>by the ford</tspan></text>";
        let under = "<text x='80' y='99' font-size='60' text-decoration='underline'>By the ford</text>";
        for inner in [text, &turned, spaced, under, bars, chip, barred] {
            let mut canvas = canvas();
            let card = card(&canvas, inner);
            let picture = canvas.number(&card).expect("it has few colours");
            let colours = picture.indexes.iter().map(|number| picture.colours[usize::from(*number)]);
            let pixels: Vec<u8> =
                colours.flat_map(|[red, green, blue]| [red, green, blue, u8::MAX]).collect();
            let worst = difference(&pixels, &by_resvg(canvas, &card));
            assert!((1..80).contains(&worst), "{inner}: {worst}");
        }
    }

    #[test]
    fn a_card_comes_out_the_same_whatever_was_drawn_before() {
        let text = "<text x='80' y='90' font-size='60'>The ferry lies at the ford</text>";
        let sizes = (40..450).map(|size| {
            format!("<text x='9' y='99' font-size='{size}e-1' fill='#fcfbf8'>Twenty letters, or so</text>")
        });
        let other = sizes.collect::<String>();
        let mut canvas = canvas();
        let [text, other] = [text, &other].map(|inner| card(&canvas, inner));
        let mut draw = |card| canvas.number(card).expect("it has few colours").indexes;
        let first = draw(&text);
        // More letters than are kept, in the colour of the paper.
        draw(&other);
        assert!(draw(&text) == first);
    }

    #[test]
    fn what_takes_more_than_filling_is_left_to_resvg() {
        let bars =
            (0..300).map(|x| format!("<rect x='{x}' width='1' height='9' fill='rgb({}, {x}, 0)'/>", x / 2));
        let cases = [
            "<text x='80' y='90' font-size='60' fill='none' stroke='#000'>Only lines</text>",
            "<text x='80' y='90' font-size='60' fill-opacity='.5'>Seen through</text>",
            "<g opacity='.5'><text x='80' y='90' font-size='60'>Seen through together</text></g>",
            "<text x='1150' y='90' font-size='60'>Beyond the edge</text>",
            "<text x='80' y='90' font-size='60'>Beside a line</text><path d='M80 200H900' stroke='#000'/>",
            "<linearGradient id='g'><stop stop-color='#000'/><stop offset='1' stop-color='#fff'/></linearGradient>\
             <text x='80' y='90' font-size='60' fill='url(#g)'>In many colours</text>",
            "<path d='M600 80L720 450L405 221H795L480 450Z'/>",
            "<path d='M80 80h200v200h-200zM100 100v100h100v-100z'/>",
            "<path d='M80 80h200v200l-100 -180z'/>",
            &bars.collect::<String>(),
        ];
        for inner in cases {
            let mut canvas = canvas();
            let card = card(&canvas, inner);
            assert!(canvas.number(&card).is_none(), "{inner}");
        }
    }

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
