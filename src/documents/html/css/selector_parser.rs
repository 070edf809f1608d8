//! Parses selectors (Selectors Level 4, without named namespaces and without `of` in `:nth-child()`).
//!
//! Pseudo-classes that depend on what a reader does, such as `:hover`, never match. A selector with an unknown
//! pseudo-class is invalid.

use super::scan;
use super::selectors::{Attribute, Combinator, Counted, Nth, Selector, Simple};

/// Maximum depth of selectors within selectors, as in `:not(:is(p))`.
const MAX_NESTED: usize = 8;

/// Pseudo-classes for what a reader does, and for the state of forms, media and windows. They never match.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "active", "active-view-transition", "autofill", "buffering", "default", "dir", "disabled", "enabled", "focus",
    "focus-visible", "focus-within", "fullscreen", "future", "has-slotted", "host", "host-context", "hover", "in-range",
    "indeterminate", "invalid", "modal", "muted", "optional", "out-of-range", "past", "paused", "picture-in-picture",
    "placeholder-shown", "playing", "popover-open", "read-write", "required", "seeking", "stalled", "state", "target",
    "user-invalid", "user-valid", "valid", "visited", "volume-locked", "xr-overlay",
];
/// Pseudo-elements that need two colons, unlike `:before`.
#[rustfmt::skip]
const PSEUDO_ELEMENTS: &[&str] = &[
    "backdrop", "cue", "details-content", "file-selector-button", "grammar-error", "highlight", "marker", "part",
    "placeholder", "scroll-button", "scroll-marker", "scroll-marker-group", "search-text", "selection", "slotted",
    "spelling-error", "target-text", "view-transition", "view-transition-group", "view-transition-image-pair",
    "view-transition-new", "view-transition-old", "checkmark", "column", "picker", "picker-icon",
];

/// Parses a list of selectors. `None` if one of them is invalid: browsers then ignore the rule.
pub(crate) fn parse_list(text: &str) -> Option<Vec<Selector>> {
    parse_nested(text, 0)
}

fn parse_nested(text: &str, depth: usize) -> Option<Vec<Selector>> {
    scan::split(text, ',').into_iter().map(|part| parse_one(part.trim(), depth)).collect()
}

fn parse_one(text: &str, depth: usize) -> Option<Selector> {
    let mut parser = Parser { rest: text, depth, selector: Selector::default() };
    let mut combinator = Combinator::default();
    loop {
        let simples = parser.compound()?;
        parser.selector.compounds.push((combinator, simples));
        let rest = parser.rest.trim_start();
        if rest.is_empty() {
            return Some(parser.selector);
        }
        combinator = match combinator_at(rest) {
            Some(combinator) => combinator,
            None if rest.len() < parser.rest.len() => Combinator::Descendant,
            None => return None,
        };
        parser.rest = without_combinator(rest);
    }
}

/// Parses selectors as in `:has(> p, + ul)`, which start with a combinator or are descendants.
fn parse_relative_list(text: &str, depth: usize) -> Option<Vec<Selector>> {
    let relative = |part: &str| {
        let part = part.trim();
        let mut selector = parse_one(without_combinator(part), depth)?;
        selector.compounds.first_mut()?.0 = combinator_at(part).unwrap_or_default();
        selector.compounds.insert(0, (Combinator::default(), vec![Simple::Scope]));
        selector.pseudo_element.is_none().then_some(selector)
    };
    scan::split(text, ',').into_iter().map(relative).collect()
}

/// The combinator with which a text starts, if it is not a space.
fn combinator_at(text: &str) -> Option<Combinator> {
    match text.as_bytes().first()? {
        b'>' => Some(Combinator::Child),
        b'+' => Some(Combinator::NextSibling),
        b'~' => Some(Combinator::LaterSibling),
        _ => None,
    }
}

fn without_combinator(text: &str) -> &str {
    text[usize::from(combinator_at(text).is_some())..].trim_start()
}

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
    selector: Selector,
}

impl Parser<'_> {
    /// Parses simple selectors up to a combinator or the end.
    fn compound(&mut self) -> Option<Vec<Simple>> {
        let mut simples = Vec::new();
        let start = self.rest.len();
        // `*|` allows any namespace, as a selector without a prefix does.
        self.rest = self.rest.strip_prefix("*|").unwrap_or(self.rest);
        if let Some(rest) = self.rest.strip_prefix('*') {
            self.rest = rest;
        } else if let Some(name) = self.identifier() {
            self.selector.specificity[2] += 1;
            simples.push(Simple::Name(name));
        }
        // A named namespace, as in `svg|a`, is not supported.
        if self.rest.starts_with('|') {
            return None;
        }
        while let Some(first) = self.rest.chars().next().filter(|c| matches!(c, '.' | '#' | '[' | ':')) {
            self.rest = &self.rest[1..];
            let (simple, rank) = match first {
                '.' => (Simple::Class(self.identifier()?), 1),
                '#' => (Simple::Id(self.identifier()?), 0),
                '[' => (Simple::Attribute(self.attribute()?), 1),
                _ => {
                    simples.extend(self.pseudo()?);
                    continue;
                }
            };
            self.selector.specificity[rank] += 1;
            simples.push(simple);
        }
        (self.rest.len() < start).then_some(simples)
    }

    fn identifier(&mut self) -> Option<String> {
        let (name, rest) = scan::identifier(self.rest)?;
        self.rest = rest;
        Some(name)
    }

    /// Parses an attribute selector after its `[`.
    fn attribute(&mut self) -> Option<Attribute> {
        let (inside, rest) = self.rest.split_at(scan::find(self.rest, &[']'])?);
        self.rest = &rest[1..];
        let (name, after) = scan::identifier(inside.trim_start())?;
        let name = name.to_ascii_lowercase();
        let after = after.trim();
        if after.is_empty() {
            return Some(Attribute { name, operator: None, value: String::new(), ignores_case: false });
        }
        let operator = after.chars().next().filter(|c| "~|^$*=".contains(*c))?;
        let after = after[1..].strip_prefix('=').or_else(|| (operator == '=').then_some(&after[1..]))?;
        let after = after.trim_start();
        let (value, flags) = scan::string(after).or_else(|| scan::identifier(after))?;
        // HTML compares the values of some attributes without regard to case; `type` and `dir` matter here.
        let ignores_case = flags.trim().eq_ignore_ascii_case("i") || matches!(name.as_str(), "type" | "dir");
        Some(Attribute { name, operator: Some(operator), value, ignores_case })
    }

    /// Parses a pseudo-class or pseudo-element after its first colon.
    fn pseudo(&mut self) -> Option<Vec<Simple>> {
        let is_element = self.rest.starts_with(':');
        self.rest = self.rest.trim_start_matches(':');
        let name = self.identifier()?.to_ascii_lowercase();
        let argument = match self.rest.strip_prefix('(') {
            None => None,
            Some(inside) => {
                let (argument, rest) = inside.split_at(scan::find(inside, &[')'])?);
                self.rest = &rest[1..];
                Some(argument)
            }
        };
        let has_one_colon = matches!(name.as_str(), "before" | "after" | "first-line" | "first-letter");
        if is_element
            && !has_one_colon
            && !PSEUDO_ELEMENTS.contains(&name.as_str())
            && !name.starts_with("-webkit-")
        {
            return None;
        }
        if is_element || has_one_colon {
            self.selector.pseudo_element = Some(name);
            self.selector.specificity[2] += 1;
            return Some(Vec::new());
        }
        Some(vec![self.pseudo_class(&name, argument)?])
    }

    /// Parses a pseudo-class whose argument is a list of selectors.
    fn list_class(&mut self, name: &str, argument: &str) -> Option<Simple> {
        let nested = self.depth + 1;
        if nested > MAX_NESTED {
            return Some(Simple::Never);
        }
        let list = match name {
            "not" => parse_nested(argument, nested)?,
            "has" => parse_relative_list(argument, nested)?,
            // `:is()` and `:where()` ignore invalid selectors in their list.
            _ => {
                scan::split(argument, ',').iter().filter_map(|part| parse_one(part.trim(), nested)).collect()
            }
        };
        if name != "where" {
            self.add_specificity(&list);
        }
        Some(match name {
            "not" => Simple::Not(list),
            "has" => Simple::Has(list),
            _ => Simple::Any(list),
        })
    }

    /// Adds the specificity of the most specific selector of a list.
    fn add_specificity(&mut self, list: &[Selector]) {
        let most = list.iter().map(|selector| selector.specificity).max().unwrap_or_default();
        self.selector.specificity.iter_mut().zip(most).for_each(|(sum, more)| *sum += more);
    }

    /// Parses a pseudo-class for a position among siblings, such as `:nth-child`. `:nth-child(2 of .note)` counts only
    /// the siblings that a selector after `of` matches.
    fn nth_class(&mut self, name: &str, argument: &str) -> Option<Simple> {
        let of = argument.to_ascii_lowercase().find("of");
        let (position, list) = match of.filter(|_| !name.ends_with("type")) {
            None => (argument, None),
            Some(at) => {
                let (position, list) = (&argument[..at], &argument[at + "of".len()..]);
                let is_word = position.ends_with(char::is_whitespace) && !list.starts_with(scan::is_in_name);
                (position, Some(is_word.then_some(list)?))
            }
        };
        let counted = match list {
            None => Counted::of_class(name),
            Some(_) if self.depth == MAX_NESTED => return Some(Simple::Never),
            Some(list) => Counted::Matching(parse_nested(list, self.depth + 1)?),
        };
        if let Counted::Matching(list) = &counted {
            self.add_specificity(list);
        }
        Some(Simple::Nth(Nth { counted, from_end: name.contains("last"), ..Nth::parse(position)? }))
    }

    fn pseudo_class(&mut self, name: &str, argument: Option<&str>) -> Option<Simple> {
        if let "is" | "where" | "not" | "has" | "matches" | "-webkit-any" = name {
            return self.list_class(name, argument?);
        }
        self.selector.specificity[1] += 1;
        let has = |attribute: &str| {
            let name = attribute.to_owned();
            Simple::Attribute(Attribute { name, operator: None, value: String::new(), ignores_case: false })
        };
        Some(match name {
            "first-child" | "last-child" | "first-of-type" | "last-of-type" => Simple::Nth(Nth {
                counted: Counted::of_class(name),
                from_end: name.starts_with("last"),
                ..Nth::FIRST
            }),
            "only-child" | "only-of-type" => {
                let one =
                    |from_end| Simple::Nth(Nth { counted: Counted::of_class(name), from_end, ..Nth::FIRST });
                let compounds = vec![(Combinator::default(), vec![one(false), one(true)])];
                Simple::Any(vec![Selector { compounds, ..Selector::default() }])
            }
            "nth-child" | "nth-last-child" | "nth-of-type" | "nth-last-of-type" => {
                self.nth_class(name, argument?)?
            }
            "root" | "scope" => Simple::Root,
            "empty" => Simple::Empty,
            "lang" => {
                let unquoted = |tag: &str| tag.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
                Simple::Language(argument?.split(',').map(unquoted).collect())
            }
            "link" | "any-link" | "-webkit-any-link" => has("href"),
            "checked" => has("checked"),
            "open" => has("open"),
            "defined" => Simple::Any(vec![Selector {
                compounds: vec![(Combinator::default(), Vec::new())],
                ..Selector::default()
            }]),
            "read-only" => {
                let editable = parse_nested("input, textarea, [contenteditable]", self.depth)?;
                Simple::Not(editable)
            }
            _ if STATES.contains(&name) || name.starts_with("-webkit-") => Simple::Never,
            _ => return None,
        })
    }
}

impl Counted {
    /// Returns what a pseudo-class such as `:nth-child` or `:nth-of-type` counts.
    fn of_class(name: &str) -> Self {
        if name.ends_with("type") { Self::OfType } else { Self::All }
    }
}

impl Nth {
    /// The first of all siblings.
    const FIRST: Self = Self { step: 0, offset: 1, counted: Counted::All, from_end: false };

    /// Parses the position in a pseudo-class such as `:nth-child`: `2n+1`, `odd` or `3`.
    fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        let (step, offset) = match text.as_str() {
            "odd" => (2, 1),
            "even" => (2, 0),
            text => match text.split_once('n') {
                None => (0, text.parse().ok()?),
                Some((step, offset)) => {
                    let step = match step {
                        "" | "+" => 1,
                        "-" => -1,
                        step => step.parse().ok()?,
                    };
                    (step, if offset.is_empty() { 0 } else { offset.parse().ok()? })
                }
            },
        };
        Some(Self { step, offset, ..Self::FIRST })
    }
}
