//! Walks through a page, with the properties that elements inherit, and decides which text a reader sees.

use std::collections::{BTreeMap, BTreeSet};

use super::NodeStyle;
use super::cascade::{Blame, Cascade, Declared, Matched};
use super::colours::MIN_ALPHA;
use super::declarations::is_global;
use super::hiding::StyledBox;
use super::list_numbers::ListStyle;
use super::shift::height_of;
use super::text_colour::TextColour;
use super::values::{DEFAULT_FONT_PX, Length, fraction, length, length_of};
use crate::ReadError;
use crate::deadline::Deadline;
use crate::html::names::{NON_TEXT_ELEMENTS, is_block, prose_chars};
use crate::html::tree::{Id, Step, Tree};

/// Smaller text can't be read.
const MIN_FONT_PX: f64 = 2.0;
/// The size of `larger` text, in percent of the text around it. The factor for `smaller` text is the inverse.
const LARGER_PERCENT: f64 = 120.0;
/// A line that is indented to the left by at least this is out of sight. A line indented to the right by as much
/// is out of sight only if the box hides its overflow.
const MIN_INDENT_PX: f64 = 900.0;
/// Maximum number of nodes beside an element that are searched for a picture.
const MAX_SIBLING_NODES: usize = 64;
/// If more of the text is hidden than this, a script of the page probably shows it. Then the declaration that hides
/// most is ignored.
const MAX_HIDDEN_PERCENT: usize = 80;
/// Maximum number of declarations that are ignored.
const MAX_IGNORED_RULES: usize = 8;

/// The properties of an element that apply to everything in it. The fields with a [`Blame`] hold the declaration that
/// makes text invisible, if there is one.
#[derive(Clone)]
struct Inherited<'t> {
    /// The declaration that hides the element with everything in it.
    hidden: Option<Blame<'t>>,
    /// The declaration that hides the element's text, except in elements within it that are visible again.
    invisible: Option<Blame<'t>>,
    /// The declaration that moves the first line out of sight.
    indented: Option<Blame<'t>>,
    font_px: f64,
    /// The declaration that makes the text too small to read.
    font: Option<Blame<'t>>,
    text: TextColour<'t>,
    opacity: f64,
    is_right_to_left: bool,
    /// The declaration that makes all letters run in one direction, whatever their script.
    overrides_direction: Option<Blame<'t>>,
    /// Whether child elements are blocks, as in flex boxes.
    makes_blocks: bool,
    is_in_link: bool,
    list_style: ListStyle,
}

impl Inherited<'_> {
    const INITIAL: Self = Self {
        hidden: None,
        invisible: None,
        indented: None,
        font_px: DEFAULT_FONT_PX,
        font: None,
        text: TextColour::INITIAL,
        opacity: 1.0,
        is_right_to_left: false,
        overrides_direction: None,
        makes_blocks: false,
        is_in_link: false,
        list_style: ListStyle::Unnumbered,
    };
}

/// The rules of a page with the elements to which they apply.
pub(crate) struct StyledTree<'t> {
    pub(crate) tree: &'t Tree,
    pub(crate) cascade: &'t Cascade<'t>,
    /// For each node, the rules that apply to it.
    pub(crate) matched: &'t [Matched],
}

impl StyledTree<'_> {
    /// Computes the style of each node. Ignores declarations that hide most of the page, which a script probably shows.
    pub(crate) fn nodes(&self, deadline: Deadline) -> Result<Vec<NodeStyle>, ReadError> {
        let mut ignored = BTreeSet::new();
        loop {
            let pass = Pass::run(self, &ignored);
            deadline.check()?;
            let hidden: usize = pass.hidden_chars.values().sum();
            let most = pass.hidden_chars.iter().max_by_key(|(_, chars)| **chars).map(|(blame, _)| *blame);
            match most {
                Some(blame)
                    if hidden * 100 > pass.chars * MAX_HIDDEN_PERCENT
                        && ignored.len() < MAX_IGNORED_RULES =>
                {
                    ignored.insert(blame);
                }
                _ => return Ok(pass.nodes),
            }
        }
    }
}

struct Pass<'t> {
    nodes: Vec<NodeStyle>,
    /// The length of the text outside of links. A text that is too short for a sentence counts as one character.
    chars: usize,
    /// The length of hidden text, by the declaration that hides it.
    hidden_chars: BTreeMap<Blame<'t>, usize>,
}

impl<'t> Pass<'t> {
    fn run(styled: &StyledTree<'t>, ignored: &BTreeSet<Blame<'t>>) -> Self {
        let tree = styled.tree;
        let nodes = vec![NodeStyle::default(); tree.len()];
        let mut pass = Self { nodes, chars: 0, hidden_chars: BTreeMap::new() };
        let mut stack = vec![Inherited::INITIAL];
        let mut skipped: Option<Id> = None;
        for step in tree.walk(Tree::ROOT) {
            let Some(around) = stack.last_mut() else { break };
            match step {
                Step::In(id) if skipped.is_some() || NON_TEXT_ELEMENTS.contains(&tree.name(id)) => {
                    skipped = skipped.or(Some(id));
                }
                Step::In(id) => {
                    if let Some(text) = tree.text(id) {
                        pass.add_text(id, text, around);
                    } else if !tree.name(id).is_empty() {
                        let declared = styled.cascade.declared(tree, id, &styled.matched[id], ignored);
                        let inner = pass.enter(tree, id, &declared, around);
                        stack.push(inner);
                    }
                }
                Step::Out(id) if skipped == Some(id) => skipped = None,
                Step::Out(id) if skipped.is_none() && !tree.name(id).is_empty() => {
                    stack.pop();
                }
                Step::Out(_) => {}
            }
        }
        pass
    }

    fn add_text(&mut self, id: Id, text: &str, around: &Inherited<'t>) {
        if text.trim().is_empty() {
            return;
        }
        let chars = if around.is_in_link { 0 } else { prose_chars(text).max(1) };
        self.chars += chars;
        if let Some(blame) = why_unseen(text, around) {
            self.nodes[id].hidden_by = Some(blame.0);
            *self.hidden_chars.entry(blame).or_default() += chars;
        }
    }

    /// Sets the style of an element, and returns the properties that apply to everything in it.
    fn enter(
        &mut self,
        tree: &Tree,
        id: Id,
        declared: &Declared<'t>,
        around: &mut Inherited<'t>,
    ) -> Inherited<'t> {
        let name = tree.name(id);
        let mut inner = around.clone();
        inner.is_in_link |= name == "a";
        set_font(&mut inner, declared);
        let is_out_of_line = matches!(declared.value("position"), "absolute" | "fixed")
            || !matches!(declared.value("float"), "" | "none");
        let display = declared.value("display");
        let is_blockish = around.makes_blocks || is_out_of_line || is_block_display(display);
        self.nodes[id].is_block = is_blockish;
        inner.makes_blocks = display.contains("flex") || display.contains("grid");
        let is_inline =
            !is_blockish && if display.is_empty() { !is_block(name) } else { display == "inline" };
        let flows_in_line = is_inline || !is_blockish && display.starts_with("inline");
        if flows_in_line {
            self.nodes[id].height = height_of(declared, inner.font_px, around.font_px);
        }
        inner.list_style = ListStyle::of(tree, id, declared.value("list-style-type"), around.list_style);
        self.nodes[id].list_style = match (name, display) {
            ("li", "" | "list-item") => inner.list_style,
            _ => ListStyle::Unnumbered,
        };
        self.nodes[id].is_struck = declared.value("text-decoration-line").contains("line-through");
        let styled = StyledBox { declared, is_inline, font_px: inner.font_px };
        set_visibility(&mut inner, &styled);
        inner.text.set(declared);
        set_direction(&mut inner, declared);
        if matches!(declared.value("position"), "absolute" | "fixed") {
            if is_picture(name) {
                around.text.backdrop = None;
            } else if inner.text.backdrop == around.text.backdrop && is_beside_picture(tree, id) {
                inner.text.backdrop = None;
            }
        }
        self.nodes[id].hidden_by = inner.hidden.map(|(property, _)| property);
        inner
    }
}

/// Returns the declaration that hides a text.
fn why_unseen<'t>(text: &str, around: &Inherited<'t>) -> Option<Blame<'t>> {
    let unseen = around.hidden.or(around.invisible).or(around.font).or(around.indented);
    unseen.or_else(|| around.text.hidden_by()).or_else(|| {
        let is_reversed = |c: char| c.is_alphabetic() && is_right_to_left(c) != around.is_right_to_left;
        around.overrides_direction.filter(|_| text.chars().any(is_reversed))
    })
}

fn set_font(inner: &mut Inherited<'_>, declared: &Declared<'_>) {
    let Some((value, _)) = declared.get("font-size") else { return };
    let around_px = inner.font_px;
    inner.font_px = match value {
        "inherit" | "unset" => around_px,
        "smaller" => around_px * 100.0 / LARGER_PERCENT,
        "larger" => around_px * LARGER_PERCENT / 100.0,
        _ => length_of(value, around_px, around_px).unwrap_or(DEFAULT_FONT_PX),
    };
}

fn set_visibility<'t>(inner: &mut Inherited<'t>, styled: &StyledBox<'_, 't>) {
    let declared = styled.declared;
    let blame = |property: &str| declared.blame(property);
    if let Some(blame) = declared.blame("font-size") {
        let is_tiny = inner.font_px < MIN_FONT_PX;
        inner.font = is_tiny.then(|| inner.font.unwrap_or(blame));
    }
    inner.opacity *= fraction(declared.value("opacity")).map_or(1.0, |opacity| opacity.clamp(0.0, 1.0));
    if inner.hidden.is_none() {
        let hidden_by = styled.hidden_by().and_then(blame);
        inner.hidden = hidden_by.or_else(|| blame("opacity").filter(|_| inner.opacity < MIN_ALPHA));
    }
    match declared.value("visibility") {
        "hidden" | "collapse" => inner.invisible = blame("visibility"),
        "" | "inherit" | "unset" => {}
        _ => inner.invisible = None,
    }
    if let Some((value, blame)) = declared.get("text-indent").filter(|(value, _)| *value != "inherit") {
        let first = value.split(' ').find_map(|part| length(part, inner.font_px));
        let is_far = match first {
            Some(Length::Px(px)) => px <= -MIN_INDENT_PX || px >= MIN_INDENT_PX && styled.hides_overflow(),
            Some(Length::Percent(percent)) => {
                percent <= -100.0 || percent >= 100.0 && styled.hides_overflow()
            }
            None => false,
        };
        inner.indented = is_far.then_some(blame);
    }
}

fn set_direction<'t>(inner: &mut Inherited<'t>, declared: &Declared<'t>) {
    match declared.value("direction") {
        "rtl" => inner.is_right_to_left = true,
        "ltr" | "initial" => inner.is_right_to_left = false,
        _ => {}
    }
    match declared.get("unicode-bidi") {
        None => {}
        Some((value, blame)) => inner.overrides_direction = value.contains("override").then_some(blame),
    }
}

fn is_block_display(display: &str) -> bool {
    let is_inline = matches!(display, "" | "none" | "contents" | "run-in" | "-webkit-inline-box")
        || display.starts_with("inline")
        || display.starts_with("ruby");
    !is_inline && !super::values::is_unknown(display) && !is_global(display)
}

fn is_picture(name: &str) -> bool {
    matches!(name, "img" | "picture" | "video" | "canvas" | "svg" | "iframe" | "object")
}

/// Whether a picture is beside an element. If so, the element may be in front of the picture, and its background
/// is unknown.
fn is_beside_picture(tree: &Tree, id: Id) -> bool {
    tree.parent(id).is_some_and(|parent| {
        tree.children(parent)
            .filter(|child| *child != id)
            .flat_map(|child| tree.below(child).take(MAX_SIBLING_NODES))
            .take(MAX_SIBLING_NODES)
            .any(|node| is_picture(tree.name(node)))
    })
}

/// Whether a letter is of a script that runs from right to left, such as Hebrew and Arabic.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
