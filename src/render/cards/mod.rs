//! Social cards: for nearly every page, the picture that chat programs and social networks display beside a link to it.
//!
//! The template `card.svg` renders a card as SVG from the variables of the page's own template; `lines.rs` breaks its
//! texts into lines. Later, `draw.rs` and `encode.rs` turn the SVG into PNG. This takes longer than rendering all
//! pages, so it is a separate step.

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
use super::exports::PageKind;
use super::pages::PagePlan;
use super::theme::{TemplateError, Theme};
use crate::cache::Cache;
use crate::files::{Files, Span};
use crate::load::Asset;
use crate::problem::{Code, Problem, Problems};

use fonts::Fonts;
use lines::FitRequest;

/// The template of all cards.
const TEMPLATE: &str = "card.svg";
const WIDTH_PX: u32 = 1200;
const HEIGHT_PX: u32 = 630;
/// The warning about missing glyphs names one page with at most this many characters, and at most this many more pages.
const MAX_NAMED: usize = 3;

/// The cards of a site as SVG, not drawn yet.
#[derive(Debug, Default)]
pub struct Cards {
    /// The SVG of every card, by the path of its PNG.
    svgs: BTreeMap<String, Arc<str>>,
    fonts: Arc<Fonts>,
    /// The pages whose card can't be drawn, by their number: path, and the characters of the card that no font has.
    missing: BTreeMap<usize, (String, BTreeSet<char>)>,
}

impl Cards {
    /// Adds the card of a page, which is given by number and path.
    pub(super) fn add(&mut self, (number, page): (usize, &str), card: Card) {
        match card {
            Card::Drawn(path, svg) => drop(self.svgs.insert(path, svg)),
            Card::MissingGlyphs(characters) => {
                self.missing.insert(number, (page.to_owned(), characters));
            }
            Card::None | Card::Own(_) => {}
        }
    }

    /// Returns the SVG of every card, by the path of its PNG.
    pub fn sources(&self) -> &BTreeMap<String, Arc<str>> {
        &self.svgs
    }

    /// Returns the card at a path alone, if there is one.
    pub fn only(&self, path: &str) -> Option<Self> {
        let svgs = BTreeMap::from([(path.to_owned(), self.svgs.get(path)?.clone())]);
        Some(Self { svgs, fonts: self.fonts.clone(), missing: BTreeMap::new() })
    }

    /// Returns the warning about the pages whose card can't be drawn; `None` if there are none. `span_of` returns the
    /// span of a page's text; `None` for generated pages.
    pub(super) fn problem(
        &self,
        span_of: impl Fn(&str) -> Option<Span>,
        files: &mut Files,
    ) -> Option<Problem> {
        let mut missing = self.missing.values();
        let (first, characters) = missing.next()?;
        let others: Vec<&String> = missing.map(|(page, _)| page).collect();
        let shown: Vec<String> = characters.iter().take(MAX_NAMED).map(|c| format!("`{c}`")).collect();
        let noun = if characters.len() == 1 { "character" } else { "characters" };
        let more = if characters.len() > MAX_NAMED { " and others of this page" } else { "" };
        let message = format!(
            "`{first}` has no preview picture (card): no card font has the {noun} {}{more}",
            shown.join(", ")
        );
        let help = format!(
            "put a font with the missing characters into `templates/fonts/` (`.ttf` or `.otf`), remove the {noun} \
                    from the title, or turn cards off: `cards = false` in `site.toml`"
        );
        let span = span_of(first).unwrap_or_else(|| Span::whole(files.add("templates/fonts", "")));
        let mut problem = Problem::warning(Code::CardFont, span, message, help);
        if !others.is_empty() {
            let named: Vec<String> = others.iter().take(MAX_NAMED).map(|page| format!("`{page}`")).collect();
            let more = if others.len() > MAX_NAMED {
                format!(" and {} more", others.len() - MAX_NAMED)
            } else {
                String::new()
            };
            problem = problem.note(format!("also without a card: {}{more}", named.join(", ")));
        }
        Some(problem)
    }
}

/// Drawn cards or the reasons why they can't be drawn, by the hash of SVG and fonts.
pub type CardCache = Cache<Result<Bytes, String>>;

/// What `CardRenderer` found out about the card of one page.
#[derive(Clone, Debug)]
pub(super) enum Card {
    /// The page has no card.
    None,
    /// A picture that the site's author put at the card's path. It is used as it is.
    Own(String),
    /// A card to be drawn, 1200 × 630 pixels: path and SVG.
    Drawn(String, Arc<str>),
    /// A card that can't be drawn, with the characters that no font has.
    MissingGlyphs(BTreeSet<char>),
}

impl Card {
    /// Returns the picture's path in the site; `None` if the page has no picture.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Own(path) | Self::Drawn(path, _) => Some(path),
            Self::None | Self::MissingGlyphs(_) => None,
        }
    }

    /// Whether the picture is drawn from an SVG and so has a known size, rather than provided by the site's author.
    pub(super) fn is_drawn(&self) -> bool {
        matches!(self, Self::Drawn(..))
    }
}

/// Renders the cards of pages as SVG.
pub(super) struct CardRenderer {
    fonts: Arc<Fonts>,
    is_enabled: bool,
}

/// Whether a page gets a card if cards are enabled: all do except the 404 page and pages of sources without a record.
fn has_card(page: &PagePlan<'_>) -> bool {
    match page.page_kind {
        PageKind::NotFound => false,
        PageKind::Source(source) => source.has_record,
        _ => true,
    }
}

impl CardRenderer {
    pub(super) fn new(is_enabled: bool, fonts: &[Asset], problems: &mut Problems) -> Self {
        Self { fonts: Arc::new(Fonts::new(fonts, problems)), is_enabled }
    }

    /// Returns the template function `fit`, which breaks a text into lines at the largest size that fits.
    pub(super) fn fit(&self) -> impl Function<TeraResult<Value>> + use<> {
        let fonts = self.fonts.clone();
        move |arguments: Kwargs, _: &State<'_>| {
            let request = FitRequest {
                text: arguments.must_get::<String>("text")?,
                sizes: arguments.must_get("sizes")?,
                width: arguments.must_get("width")?,
                lines: arguments.must_get("lines")?,
                bold: arguments.get("bold")?.unwrap_or(false),
            };
            Ok(Value::from_serializable(&lines::fit(&request, &fonts)))
        }
    }

    /// Returns the path of a page's card; `None` if the page has none. A card that can't be drawn is not at its path.
    pub(super) fn path_for(&self, page: &PagePlan<'_>) -> Option<String> {
        (self.is_enabled && has_card(page)).then(|| card_path(&page.path))
    }

    /// Renders the card of a page. `taken` are the files that the site copies, by path. One at the card's path replaces
    /// the card.
    pub(super) fn render(
        &self,
        page: &PagePlan<'_>,
        context: &Context,
        taken: &BTreeMap<String, Bytes>,
        theme: &Theme<'_>,
    ) -> Result<Card, TemplateError> {
        let Some(path) = self.path_for(page) else { return Ok(Card::None) };
        if taken.contains_key(&path) {
            return Ok(Card::Own(path));
        }
        let svg = theme.render(TEMPLATE, context)?;
        let invalid = |reason| TemplateError::Invalid { template: TEMPLATE.to_owned(), reason };
        let missing = self.missing_glyphs(&svg).map_err(invalid)?;
        Ok(if missing.is_empty() { Card::Drawn(path, svg.into()) } else { Card::MissingGlyphs(missing) })
    }

    /// Returns the characters of a card that no font has. Fails if the card is not an SVG of the right size.
    fn missing_glyphs(&self, svg: &str) -> Result<BTreeSet<char>, String> {
        let card = Document::parse(svg).map_err(|error| format!("the card is not valid SVG: {error}"))?;
        let root = card.root_element();
        let is = |name: &str, size: u32| root.attribute(name).is_some_and(|value| value == size.to_string());
        let svg_name = ("http://www.w3.org/2000/svg", "svg");
        if !root.has_tag_name(svg_name) || !is("width", WIDTH_PX) || !is("height", HEIGHT_PX) {
            return Err(format!(
                "the card must be an `<svg xmlns=\"{}\" width=\"{WIDTH_PX}\" height=\"{HEIGHT_PX}\">`",
                svg_name.0
            ));
        }
        let in_text = |node: &Node<'_, '_>| node.ancestors().any(|above| above.tag_name().name() == "text");
        let texts = card.descendants().filter(|node| node.is_text() && in_text(node));
        let characters = texts.filter_map(|node| node.text()).flat_map(str::chars).collect();
        Ok(self.fonts.missing(characters))
    }

    /// Returns an empty collection of cards.
    pub(super) fn none(&self) -> Cards {
        Cards { fonts: self.fonts.clone(), ..Cards::default() }
    }
}
