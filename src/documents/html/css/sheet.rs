//! Parses style sheets to the rules that can decide whether text is seen, and how it reads.

use std::rc::Rc;

use super::declarations::{self, Declaration};
use super::selectors::Selector;
use super::values::function;
use super::{conditions, media, scan, selector_parser};

/// Maximum depth of blocks within blocks.
const MAX_DEPTH: usize = 16;
/// A rule with more bytes of selectors is skipped, with the rules in its block. Selectors of nested rules contain those
/// around them once for each `&`, so their length could double at each level.
const MAX_SELECTORS_BYTES: usize = 20_000;
/// The layer of rules that are in no `@layer`: it wins over all others.
pub(crate) const MAX_LAYER: usize = usize::MAX;

#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) selector: Selector,
    pub(crate) declarations: Rc<[Declaration]>,
    pub(crate) layer: usize,
    /// Whether the rule is a default one, which the rules of pages override.
    pub(crate) is_default: bool,
}

/// The rules of all style sheets of a page, in their order.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    pub(crate) rules: Vec<Rule>,
    /// The names of the layers. Later layers override earlier ones.
    layers: Vec<String>,
    /// The declarations of the last frame of each `@keyframes`, by its name.
    pub(crate) keyframes: Vec<(String, Rc<[Declaration]>)>,
}

/// The properties of a rule that depend on the blocks around it.
#[derive(Clone)]
struct Context {
    layer: Option<String>,
    /// The selectors of the rule around a nested rule.
    parent: Option<String>,
    depth: usize,
    is_default: bool,
}

/// Whether browsers support a declaration, or a selector in `selector()`; `None` if that is not known.
fn is_supported(condition: &str) -> Option<bool> {
    if let Some(("selector", selector)) = function(condition) {
        return Some(selector_parser::parse_list(selector).is_some());
    }
    let (name, value) = condition.split_once(':')?;
    declarations::is_supported(name, value)
}

impl Sheets {
    /// Adds the rules of a style sheet. Its comments must have been removed.
    pub(crate) fn add(&mut self, sheet: &str) {
        let context = Context { layer: None, parent: None, depth: 0, is_default: false };
        self.read_block(sheet, &context);
    }

    /// Adds default rules, which the rules of the page override.
    pub(crate) fn add_default(&mut self, sheet: &str) {
        let context = Context { layer: None, parent: None, depth: 0, is_default: true };
        self.read_block(sheet, &context);
    }

    /// Reads the rules of a sheet, or of the block of an at-rule; or the declarations and rules of a rule's block.
    fn read_block(&mut self, block: &str, context: &Context) {
        let mut own = String::new();
        let mut rest = block;
        while let Some(end) = scan::find(rest, &['{', ';', '}']) {
            let (prelude, after) = (rest[..end].trim(), &rest[end + 1..]);
            rest = after;
            if block.as_bytes()[block.len() - after.len() - 1] != b'{' {
                if let Some(names) = prelude.strip_prefix("@layer") {
                    for name in scan::split(names, ',') {
                        self.layer(name.trim(), context);
                    }
                } else if !prelude.starts_with('@') {
                    own.extend([prelude, ";"]);
                }
                continue;
            }
            let close = scan::find(after, &['}']).unwrap_or(after.len());
            let inside = &after[..close];
            rest = after.get(close + 1..).unwrap_or_default();
            if context.depth >= MAX_DEPTH {
                continue;
            }
            let inner = Context { depth: context.depth + 1, ..context.clone() };
            match prelude.strip_prefix('@') {
                Some(rule) => self.read_at_rule(rule, inside, inner),
                None => self.read_rule(prelude, inside, inner),
            }
        }
        if let Some(parent) = &context.parent {
            own.push_str(rest);
            self.push(parent, &own, context);
        }
    }

    fn read_at_rule(&mut self, rule: &str, inside: &str, mut context: Context) {
        let end = rule.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rule.len());
        let (name, condition) = (rule[..end].to_ascii_lowercase(), rule[end..].trim());
        match name.as_str() {
            "media" if !media::matches(condition) => return,
            "supports" if conditions::evaluate(condition, &is_supported) == Some(false) => return,
            "media" | "supports" => {}
            "layer" => {
                let index = self.layer(condition, &context);
                context.layer = self.layers.get(index).cloned();
            }
            "keyframes" | "-webkit-keyframes" => return self.read_keyframes(condition, inside),
            _ => return,
        }
        self.read_block(inside, &context);
    }

    /// Reads a rule. In the block of another rule, its selectors are relative to those of that rule.
    fn read_rule(&mut self, prelude: &str, inside: &str, mut context: Context) {
        let prelude = prelude.trim_start_matches("<!--").trim_start_matches("-->").trim();
        context.parent = Some(match &context.parent {
            None => prelude.to_owned(),
            Some(parent) => {
                let parent = format!(":is({parent})");
                let relative = |selector: &str| {
                    if selector.contains('&') {
                        selector.replace('&', &parent)
                    } else {
                        format!("{parent} {selector}")
                    }
                };
                scan::split(prelude, ',')
                    .into_iter()
                    .map(|one| relative(one.trim()))
                    .collect::<Vec<_>>()
                    .join(",")
            }
        });
        if context.parent.as_ref().is_some_and(|selectors| selectors.len() <= MAX_SELECTORS_BYTES) {
            self.read_block(inside, &context);
        }
    }

    fn push(&mut self, selectors: &str, declared: &str, context: &Context) {
        let declarations: Rc<[Declaration]> = declarations::parse(declared).into();
        if declarations.is_empty() {
            return;
        }
        let layer = context.layer.as_ref().and_then(|name| self.layers.iter().position(|one| one == name));
        for selector in selector_parser::parse_list(selectors).unwrap_or_default() {
            self.rules.push(Rule {
                selector,
                declarations: Rc::clone(&declarations),
                layer: layer.unwrap_or(MAX_LAYER),
                is_default: context.is_default,
            });
        }
    }

    /// Returns the index of a layer, and adds the layer if it is new. A layer without a name is always new.
    fn layer(&mut self, name: &str, context: &Context) -> usize {
        let within = context.layer.as_ref().map_or(String::new(), |outer| format!("{outer}."));
        let name = if name.is_empty() { format!("{within}({})", self.layers.len()) } else { within + name };
        self.layers.iter().position(|one| *one == name).unwrap_or_else(|| {
            self.layers.push(name);
            self.layers.len() - 1
        })
    }

    /// Stores the declarations of the last frame of an animation.
    fn read_keyframes(&mut self, name: &str, inside: &str) {
        let mut rest = inside;
        while let Some(open) = scan::find(rest, &['{']) {
            let (prelude, after) = (&rest[..open], &rest[open + 1..]);
            let close = scan::find(after, &['}']).unwrap_or(after.len());
            if prelude
                .split(',')
                .any(|frame| matches!(frame.trim().to_ascii_lowercase().as_str(), "to" | "100%"))
            {
                self.keyframes.push((name.to_owned(), declarations::parse(&after[..close]).into()));
            }
            rest = after.get(close + 1..).unwrap_or_default();
        }
    }
}
