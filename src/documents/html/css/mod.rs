//! Decides what readers see of a page, from its style sheets and `style` attributes, as browsers do.
//!
//! `sheet` parses the style sheets with `variables`, `scan`, `selector_parser`, `media` and `declarations`. `cascade`
//! finds the declarations that apply to an element. `computed` walks through the page with what elements inherit, and
//! `hiding`, `values` and `colours` decide which values hide text; `list_numbers` numbers the items of lists. Nothing is laid out: text that other boxes cover
//! counts as seen.
//!
//! Where a page differs between screens, the text that a desktop screen shows counts.

mod calculation;
mod cascade;
mod colours;
mod computed;
mod conditions;
mod declarations;
mod generated;
mod hiding;
mod list_numbers;
mod media;
mod places;
mod scan;
mod select;
mod selector_parser;
mod selectors;
mod sheet;
mod shift;
#[cfg(test)]
mod tests;
mod text_colour;
mod units;
mod values;
mod variables;

use std::collections::BTreeMap;

use self::cascade::{Cascade, Matched};
use self::computed::StyledTree;
pub(crate) use self::generated::Generated;
use self::list_numbers::ListStyle;
use self::places::Places;
pub(crate) use self::select::ElementFinder;
use self::sheet::Sheets;
pub(crate) use self::shift::{Height, Shift};
use self::variables::Variables;
use super::tree::{Id, Tree};
use crate::deadline::Deadline;
use crate::{Limits, ReadError};

/// Maximum total length of the style sheets of a page. The sheet that exceeds it, and all sheets after it, are
/// left out.
const MAX_STYLE_BYTES: usize = 8_000_000;

/// Maximum number of pairs of a rule and an element to which it applies. It bounds the memory of these pairs.
const MAX_MATCHES: usize = 10_000_000;

/// The rules of browsers, and those of common frameworks for some classes, because a saved page often lacks the style
/// sheets of its framework. The rules of a page override them.
const DEFAULT_RULES: &str = "
    [hidden], dialog:not([open]), [popover] { display: none }
    .d-none, .hidden, .is-hidden, .u-hidden { display: none }
    .a11y-hidden, .element-invisible, .sr-only, .screen-reader-text, .screenreader-only, .visually-hidden,
    .visuallyhidden { position: absolute; clip: rect(0, 0, 0, 0) }
    a[href] { color: #00e }
    mark { color: black; background-color: yellow }
    button { color: black; background-color: #efefef }
    dialog, [popover] { color: black; background-color: white }
    [dir=rtl] { direction: rtl }
    [dir=ltr] { direction: ltr }
    bdo { unicode-bidi: bidi-override }
    sub, sup { font-size: smaller }
";

/// How styles present each node of a page.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    nodes: Vec<NodeStyle>,
    /// The numbers that are shown before list items.
    list_numbers: BTreeMap<Id, String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct NodeStyle {
    /// The property that hides the node with everything in it.
    hidden_by: Option<&'static str>,
    is_struck: bool,
    is_block: bool,
    height: Height,
    /// How the number of a list item is written.
    list_style: ListStyle,
    /// The content that styles generate before and after the element.
    generated: [Generated; 2],
}

impl Styles {
    /// Computes the style of each node, from the style sheets in other files (`linked`), and then from the page's
    /// `style` elements and attributes.
    ///
    /// # Errors
    ///
    /// If the computation takes longer than the limit, or too many rules apply.
    pub(crate) fn of(tree: &Tree, linked: &[String], limits: Limits) -> Result<Self, ReadError> {
        let deadline = Deadline::start(limits);
        let (mut sheets, variables) = read_sheets(tree, linked);
        let cascade = Cascade::of(&mut sheets);
        let places = Places::of(tree);
        let mut matched = Vec::with_capacity(tree.len());
        let mut left = MAX_MATCHES;
        for id in 0..tree.len() {
            let is_element = !tree.name(id).is_empty();
            let rules = if is_element {
                cascade.matched(tree, &places, &variables, id, deadline)?
            } else {
                Matched::default()
            };
            left = left.checked_sub(rules.len()).ok_or(ReadError::TooSlow)?;
            matched.push(rules);
        }
        let styled = StyledTree { tree, cascade: &cascade, matched: &matched };
        let mut nodes = styled.nodes(deadline)?;
        for (id, node) in nodes.iter_mut().enumerate() {
            node.generated =
                [0, 1].map(|which| Generated::of(&cascade.declared_of_pseudo(&matched[id], which), tree, id));
        }
        let list_numbers = list_numbers::of(tree, &nodes);
        Ok(Self { nodes, list_numbers })
    }

    /// Whether readers don't see a text, or don't see an element and everything in it.
    pub(crate) fn is_hidden(&self, id: Id) -> bool {
        self.node(id).hidden_by.is_some()
    }

    /// Whether a hidden node takes up space in its line, which separates the words on both sides.
    pub(crate) fn leaves_gap(&self, id: Id) -> bool {
        const WITHOUT_GAP: [&str; 4] = ["display", "font-size", "clip", "text-indent"];
        self.node(id).hidden_by.is_some_and(|property| !WITHOUT_GAP.contains(&property))
    }

    /// Whether an element's text is struck out by a style.
    pub(crate) fn is_struck(&self, id: Id) -> bool {
        self.node(id).is_struck
    }

    /// Whether a style makes an element a block.
    pub(crate) fn is_block(&self, id: Id) -> bool {
        self.node(id).is_block
    }

    /// Returns whether a style raises or lowers an element's text.
    pub(crate) fn height(&self, id: Id) -> Height {
        self.node(id).height
    }

    /// Returns the content that a style generates before an element's text.
    pub(crate) fn generated_before(&self, id: Id) -> Generated {
        self.node(id).generated[0]
    }

    /// Returns the content that a style generates after an element's text.
    pub(crate) fn generated_after(&self, id: Id) -> Generated {
        self.node(id).generated[1]
    }

    /// Returns the number that is shown before a list item, such as `1.` or `iv.`; `None` if there is none.
    pub(crate) fn list_number(&self, id: Id) -> Option<&str> {
        self.list_numbers.get(&id).map(String::as_str)
    }

    fn node(&self, id: Id) -> NodeStyle {
        self.nodes.get(id).copied().unwrap_or_default()
    }
}

fn read_sheets(tree: &Tree, linked: &[String]) -> (Sheets, Variables) {
    let is_template = |id: Id| tree.up(id).any(|up| tree.name(up) == "template");
    let own = tree.below(Tree::ROOT).filter(|id| tree.name(*id) == "style" && !is_template(*id));
    let own = own.filter(|id| {
        let kind = tree.attribute(*id, "type").unwrap_or_default().trim();
        let is_css = kind.is_empty() || kind.eq_ignore_ascii_case("text/css");
        is_css && media::matches(tree.attribute(*id, "media").unwrap_or_default())
    });
    let mut left = MAX_STYLE_BYTES;
    let texts: Vec<String> = linked
        .iter()
        .cloned()
        .chain(own.map(|id| tree.text_below(id)))
        .take_while(|sheet| {
            let fits = sheet.len() <= left;
            left = left.saturating_sub(sheet.len());
            fits
        })
        .map(|sheet| scan::without_comments(&sheet))
        .collect();
    let attributes: Vec<String> = tree
        .below(Tree::ROOT)
        .filter_map(|id| tree.attribute(id, "style"))
        .filter(|style| style.contains("--"))
        .map(scan::without_comments)
        .collect();
    let declaring = texts.iter().chain(&attributes).map(String::as_str);
    let variables = Variables::of(declaring, !linked.is_empty() || !links_sheets(tree, &texts));
    let mut sheets = Sheets::default();
    sheets.add_default(DEFAULT_RULES);
    for sheet in texts {
        sheets.add(&variables.replace(&sheet));
    }
    (sheets, variables)
}

/// Whether a page uses style sheets in other files.
fn links_sheets(tree: &Tree, own: &[String]) -> bool {
    let is_sheet =
        |rel: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet"));
    own.iter().any(|sheet| sheet.contains("@import"))
        || tree
            .below(Tree::ROOT)
            .any(|id| tree.name(id) == "link" && tree.attribute(id, "rel").is_some_and(is_sheet))
}
