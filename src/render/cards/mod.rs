//! Social cards: for every page a picture that is shown where its address is shared.
//!
//! The template `card.svg` makes them, from what the page's own template sees; `lines` breaks its texts into lines.
//! `draw` and `encode` turn the SVG into PNG, apart from rendering pages: drawing costs more than all the rest.

mod draw;
mod encode;
mod fonts;
mod lines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use resvg::usvg::roxmltree::{Document, Node};
use tera::{Context, Function, Kwargs, State, TeraResult, Value};

use super::card_path;
use super::exports::Subject;
use super::pages::PageToRender;
use super::theme::{Fault, Theme};
use crate::cache::Cache;
use crate::files::{Files, Span};
use crate::load::Asset;
use crate::problem::{Code, Problem, Problems};

use fonts::Fonts;
use lines::Wanted;

/// The template that all cards are made by.
const TEMPLATE: &str = "card.svg";
/// The size of a card in pixels.
const WIDTH: u32 = 1200;
/// Likewise.
const HEIGHT: u32 = 630;
/// How many pages without a card are named.
const NAMED: usize = 3;

/// The cards of a site, yet to be drawn.
#[derive(Debug, Default)]
pub struct Cards {
    /// Every card as SVG, by the path of its picture.
    svgs: BTreeMap<String, Arc<str>>,
    fonts: Arc<Fonts>,
}

impl Cards {
    /// What every card is drawn from, by the path of its picture.
    pub fn sources(&self) -> &BTreeMap<String, Arc<str>> {
        &self.svgs
    }

    /// True if the cards of both would come out the same.
    pub fn are_like(&self, other: &Self) -> bool {
        self.svgs == other.svgs && self.fonts.digest() == other.fonts.digest()
    }
}

/// Cards that were drawn, or why they can't be, by their SVG and fonts.
pub type CardCache = Cache<Result<Bytes, String>>;

/// The card of one page.
#[derive(Clone, Debug)]
pub(super) enum Card {
    /// There is none.
    None,
    /// The author's own picture, by its path.
    Own(String),
    /// One that is drawn here, 1200 by 630 pixels: its path and its SVG.
    Drawn(String, Arc<str>),
    /// One that can't be drawn: the characters that no font has.
    Lacking(BTreeSet<char>),
}

impl Card {
    /// The picture's path in the site, if there is one.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Own(path) | Self::Drawn(path, _) => Some(path),
            Self::None | Self::Lacking(_) => None,
        }
    }

    /// Whether it is drawn here.
    pub(super) fn is_drawn(&self) -> bool {
        matches!(self, Self::Drawn(..))
    }
}

/// Collects the cards while the pages are made.
pub(super) struct CardMaker {
    cards: Cards,
    on: bool,
    /// Pages without a card, each with the characters that no font has.
    lacking: Vec<(String, BTreeSet<char>)>,
}

/// Whether somebody may share the page's address: not that of what isn't there, nor of a document that nobody has read.
fn is_shared(page: &PageToRender<'_>) -> bool {
    match page.subject {
        Subject::Missing => false,
        Subject::Source(source) => source.has_record,
        _ => true,
    }
}

impl CardMaker {
    pub(super) fn new(on: bool, fonts: &[Asset], problems: &mut Problems) -> Self {
        let fonts = Arc::new(Fonts::new(fonts, problems));
        Self { cards: Cards { svgs: BTreeMap::new(), fonts }, on, lacking: Vec::new() }
    }

    /// The function `fit` of templates: a text as lines, at the largest size that holds it.
    pub(super) fn fit(&self) -> impl Function<TeraResult<Value>> + use<> {
        let fonts = self.cards.fonts.clone();
        move |arguments: Kwargs, _: &State<'_>| {
            let wanted = Wanted {
                text: arguments.must_get::<String>("text")?,
                sizes: arguments.must_get("sizes")?,
                width: arguments.must_get("width")?,
                lines: arguments.must_get("lines")?,
                bold: arguments.get("bold")?.unwrap_or(false),
            };
            Ok(Value::from_serializable(&lines::fit(&wanted, &fonts)))
        }
    }

    /// Makes the card of a page. `taken` are the author's own files, which go before.
    pub(super) fn make(
        &self,
        page: &PageToRender<'_>,
        context: &Context,
        taken: &BTreeMap<String, Bytes>,
        theme: &Theme<'_>,
    ) -> Result<Card, Fault> {
        let path = card_path(&page.path);
        if !self.on || !is_shared(page) {
            return Ok(Card::None);
        }
        if taken.contains_key(&path) {
            return Ok(Card::Own(path));
        }
        let svg = theme.run(TEMPLATE, context)?;
        let fault = |reason| Fault::Made { template: TEMPLATE.to_owned(), reason };
        let lacking = self.lacking(&svg).map_err(fault)?;
        Ok(if lacking.is_empty() { Card::Drawn(path, svg.into()) } else { Card::Lacking(lacking) })
    }

    /// Keeps the card of a page.
    pub(super) fn keep(&mut self, page: &str, card: Card) {
        match card {
            Card::Drawn(path, svg) => drop(self.cards.svgs.insert(path, svg)),
            Card::Lacking(characters) => self.lacking.push((page.to_owned(), characters)),
            Card::None | Card::Own(_) => {}
        }
    }

    /// The characters of a card that no font has. Fails for what is no SVG, or not of a card's size.
    fn lacking(&self, svg: &str) -> Result<BTreeSet<char>, String> {
        let card = Document::parse(svg).map_err(|error| format!("it makes no SVG: {error}"))?;
        let root = card.root_element();
        let is = |name: &str, size: u32| root.attribute(name).is_some_and(|value| value == size.to_string());
        let svg_name = ("http://www.w3.org/2000/svg", "svg");
        if !root.has_tag_name(svg_name) || !is("width", WIDTH) || !is("height", HEIGHT) {
            return Err(format!(
                "it must make an `<svg xmlns=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\">`",
                svg_name.0
            ));
        }
        let in_text = |node: &Node<'_, '_>| node.ancestors().any(|above| above.tag_name().name() == "text");
        let texts = card.descendants().filter(|node| node.is_text() && in_text(node));
        let characters = texts.filter_map(|node| node.text()).flat_map(str::chars).collect();
        Ok(self.cards.fonts.missing(characters))
    }

    /// All cards, and one warning for the pages that get none. `place` is where a page is written, if it is.
    pub(super) fn finish(
        self,
        place: impl Fn(&str) -> Option<Span>,
        files: &mut Files,
        problems: &mut Problems,
    ) -> Cards {
        if let Some(((first, characters), others)) = self.lacking.split_first() {
            let shown: Vec<String> = characters.iter().take(NAMED).map(|c| format!("`{c}`")).collect();
            let more = if characters.len() > NAMED { " and others of its characters" } else { "" };
            let message = format!("no font has {}{more}, so that `{first}` has no card", shown.join(", "));
            let help = "put a font for such text into `templates/fonts/`, as `.ttf` or `.otf`; or turn cards off: \
                        `cards = false` in `site.toml`";
            let span = place(first).unwrap_or_else(|| Span::whole(files.add("templates/fonts", "")));
            let mut problem = Problem::warning(Code::CardFont, span, message, help);
            if !others.is_empty() {
                let named: Vec<String> =
                    others.iter().take(NAMED).map(|(page, _)| format!("`{page}`")).collect();
                let more = if others.len() > NAMED {
                    format!(" and {} more", others.len() - NAMED)
                } else {
                    String::new()
                };
                problem = problem.note(format!("likewise: {}{more}", named.join(", ")));
            }
            problems.push(problem);
        }
        self.cards
    }
}
