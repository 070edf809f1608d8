//! Decides which elements a browser does not show, from `style` attributes and from the page's own style sheets.
//!
//! Of the style sheets, only rules are read whose selector is a class, an id or an element name, alone or joined as in
//! `p.note`. Rules for print and for some screens only are skipped.

use std::collections::BTreeMap;

use super::tree::{Id, Tree};

/// Style sheets are read up to this length in all.
const MAX_STYLE_BYTES: usize = 2_000_000;
/// Text this far off the page is out of sight.
const MIN_OFF_SCREEN_PX: f64 = 900.0;
/// A box of at most this size hides its overflow.
const MAX_HIDDEN_BOX_PX: f64 = 1.0;
/// Maximum number of ancestors that are searched for a background.
const MAX_BACKGROUND_LEVELS: usize = 64;

/// The properties that can hide or strike out text, or decide whether it can be seen. Other declarations are dropped.
#[rustfmt::skip]
const PROPERTIES: [&str; 29] = [
    "background", "background-color", "bottom", "clip", "clip-path", "color", "content-visibility", "display", "filter",
    "font-size", "height", "left", "margin-left", "margin-top", "max-height", "max-width", "opacity", "overflow",
    "overflow-x", "overflow-y", "position", "right", "text-decoration", "text-decoration-line", "text-indent", "top",
    "transform", "visibility", "width",
];

/// The rules of a page that may hide elements, by selector: a class with `.`, an id with `#`, or an element name.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_selector: BTreeMap<String, Declarations>,
}

/// Properties and their values, in lower case and without white space. A later declaration replaces an earlier one.
type Declarations = BTreeMap<String, String>;

impl Styles {
    /// Reads the style sheets in `style` elements, after those from outside the page.
    pub(crate) fn of(tree: &Tree, linked: &[String]) -> Self {
        let mut styles = Self::default();
        let sheets = tree.below(Tree::ROOT).filter(|id| tree.name(*id) == "style");
        let mut left = MAX_STYLE_BYTES;
        for sheet in linked.iter().cloned().chain(sheets.map(|id| tree.text_below(id))) {
            if sheet.len() > left {
                break;
            }
            left -= sheet.len();
            styles.add_rules(&without_comments(&sheet));
        }
        styles
    }

    fn add_rules(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some(open) = rest.find('{') {
            let prelude = rest[..open].rsplit(['}', ';']).next().unwrap_or_default().trim();
            if prelude.starts_with('@') {
                let block = block_end(&rest[open..]);
                if prelude == "@media screen" || prelude == "@media all" || prelude.starts_with("@supports") {
                    self.add_rules(&rest[open + 1..open + block]);
                }
                rest = &rest[(open + block + 1).min(rest.len())..];
                continue;
            }
            let Some(close) = rest[open..].find('}') else { return };
            let declared = declarations(&rest[open + 1..open + close]);
            let selectors = prelude.split(',').map(str::trim).filter(|_| !declared.is_empty());
            for selector in selectors.filter(|selector| is_simple(selector)) {
                self.by_selector.entry(selector.to_owned()).or_default().extend(declared.clone());
            }
            rest = &rest[open + close + 1..];
        }
    }

    /// The declarations that apply to an element: those of its name, its classes, its id and its own style.
    fn declarations(&self, tree: &Tree, id: Id) -> Declarations {
        let attribute = |key| tree.attribute(id, key).unwrap_or_default();
        let mut all = Declarations::new();
        if !self.by_selector.is_empty() {
            let name = tree.name(id);
            let classes = attribute("class").split_ascii_whitespace().map(|class| format!(".{class}"));
            let mut selectors = vec![name.to_owned()];
            selectors.extend(classes.flat_map(|class| [class.clone(), format!("{name}{class}")]));
            selectors.extend([format!("#{}", attribute("id")), format!("{name}#{}", attribute("id"))]);
            for selector in selectors {
                all.extend(
                    self.by_selector
                        .get(&selector)
                        .into_iter()
                        .flatten()
                        .map(|(k, v)| (k.clone(), v.clone())),
                );
            }
        }
        all.extend(declarations(attribute("style")));
        all
    }

    /// Whether an element's text is struck out by a style.
    pub(crate) fn is_struck(&self, tree: &Tree, id: Id) -> bool {
        let declared = self.declarations(tree, id);
        ["text-decoration", "text-decoration-line"]
            .iter()
            .any(|key| declared.get(*key).is_some_and(|value| value.contains("line-through")))
    }

    /// Whether a style hides an element.
    pub(crate) fn is_hidden(&self, tree: &Tree, id: Id) -> bool {
        let declared = self.declarations(tree, id);
        let value = |key: &str| declared.get(key).map_or("", String::as_str);
        let is_zero = |key: &str| number(value(key)) == Some(0.0);
        let is_tiny = |key: &str| number(value(key)).is_some_and(|size| size <= MAX_HIDDEN_BOX_PX);
        let is_far = |key: &str| {
            number(value(key)).is_some_and(|px| px.abs() >= MIN_OFF_SCREEN_PX && value(key).starts_with('-'))
        };
        let hides_overflow = ["overflow", "overflow-x", "overflow-y"]
            .iter()
            .any(|key| matches!(value(key), "hidden" | "clip"));
        let is_placed = matches!(value("position"), "absolute" | "fixed");
        let transform = value("transform");
        value("display") == "none"
            || matches!(value("visibility"), "hidden" | "collapse")
            || value("content-visibility") == "hidden"
            || is_zero("opacity")
            || is_zero("font-size")
            || value("filter").contains("opacity(0")
            || hides_overflow && ["width", "height", "max-width", "max-height"].iter().any(|key| is_tiny(key))
            || is_placed && ["left", "right", "top", "bottom"].iter().any(|key| is_far(key))
            || ["text-indent", "margin-left", "margin-top"].iter().any(|key| is_far(key))
            || transform.contains("scale(0") && !transform.contains("scale(0.")
            || transform.contains("translate") && transform.contains("(-9")
            || is_placed && value("clip").starts_with("rect(") && !value("clip").contains("auto")
            || value("clip-path").starts_with("inset(50%")
            || value("clip-path").starts_with("inset(100%")
            || value("clip-path").starts_with("circle(0")
            || self.is_in_background_colour(tree, id, &declared)
    }

    /// Whether the text has the colour of what is behind it. Pages are white where they declare nothing else.
    fn is_in_background_colour(&self, tree: &Tree, id: Id, declared: &Declarations) -> bool {
        let Some(text) = declared.get("color").map(|value| colour(value)) else { return false };
        if text == TRANSPARENT {
            return true;
        }
        let background = |declared: &Declarations| {
            ["background-color", "background"]
                .iter()
                .find_map(|key| declared.get(*key))
                .map(|value| colour(value))
        };
        let own = background(declared).filter(|own| own != TRANSPARENT);
        let above = || {
            let mut above = tree.up(id).skip(1).take(MAX_BACKGROUND_LEVELS);
            above.find_map(|up| background(&self.declarations(tree, up)).filter(|up| up != TRANSPARENT))
        };
        text == own.or_else(above).unwrap_or_else(|| WHITE.to_owned())
    }
}

const WHITE: &str = "#ffffff";
const TRANSPARENT: &str = "transparent";

/// Returns a colour in the form `#rrggbb` where it is white, black or hexadecimal; any other value as it is written.
fn colour(value: &str) -> String {
    let value = value.trim_end_matches("!important");
    match value {
        "white" | "rgb(255,255,255)" | "rgba(255,255,255,1)" | "hsl(0,0%,100%)" => WHITE.to_owned(),
        "black" | "rgb(0,0,0)" => "#000000".to_owned(),
        TRANSPARENT => TRANSPARENT.to_owned(),
        _ if value.starts_with("rgba(") && (value.ends_with(",0)") || value.ends_with(",0.0)")) => {
            TRANSPARENT.to_owned()
        }
        _ => match value.strip_prefix('#').filter(|digits| digits.len() == 3) {
            Some(digits) => {
                std::iter::once('#').chain(digits.chars().flat_map(|digit| [digit, digit])).collect()
            }
            None => value.to_owned(),
        },
    }
}

fn declarations(style: &str) -> Declarations {
    let pair = |part: &str| {
        let (key, value) = part.split_once(':')?;
        let key = key.trim().to_lowercase();
        if !PROPERTIES.contains(&key.as_str()) {
            return None;
        }
        let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        let value = value.trim_end_matches("!important").to_lowercase();
        Some((key, value))
    };
    style.split(';').filter_map(pair).collect()
}

/// The number at the start of a value, without its sign: 9999 of `-9999px`.
fn number(value: &str) -> Option<f64> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    digits[..end].parse().ok()
}

/// Whether a selector is a class, an id or an element name, or an element name joined to one of them.
fn is_simple(selector: &str) -> bool {
    !selector.is_empty()
        && selector.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '#'))
        && selector.matches(['.', '#']).count() <= 1
}

/// The offset of the bracket that closes the block at the start of a text.
fn block_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..].split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
