//! Finds the declarations that apply to each element, in the order in which they override each other.

use std::collections::{BTreeMap, BTreeSet};

use super::declarations::{self, Declaration};
use super::places::Places;
use super::scan;
use super::selectors::Key;
use super::sheet::{MAX_LAYER, Rule, Sheets};
use super::variables::Variables;
use crate::ReadError;
use crate::deadline::Deadline;
use crate::html::tree::{Id, Tree};

/// The number of selectors that are matched between two checks of the deadline.
const MAX_UNCHECKED_SELECTORS: usize = 256;
/// Maximum number of comparisons in matching one selector with one element. Each selector within a selector could
/// multiply their number by the depth of the page.
const MAX_STEPS: usize = 200_000;

/// Where a declaration is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause<'t> {
    /// In the rule with this index.
    Rule(usize),
    /// In an attribute with this value. The same value on several elements is one cause.
    Attribute(&'t str),
}

/// A property and the place of its declaration. Together, they say which declaration hides a text.
pub(crate) type Blame<'t> = (&'static str, Cause<'t>);

/// The declarations that win on an element, by property.
#[derive(Debug, Default)]
pub(crate) struct Declared<'t> {
    values: BTreeMap<&'static str, (&'t str, Cause<'t>)>,
}

impl<'t> Declared<'t> {
    /// The value of a property; empty if it is not declared.
    pub(crate) fn value(&self, property: &str) -> &'t str {
        self.values.get(property).map_or("", |(value, _)| value)
    }

    pub(crate) fn blame(&self, property: &str) -> Option<Blame<'t>> {
        self.values.get_key_value(property).map(|(property, (_, cause))| (*property, *cause))
    }

    /// The value of a property together with the place of its declaration, if it is declared.
    pub(crate) fn get(&self, property: &str) -> Option<(&'t str, Blame<'t>)> {
        Some((self.value(property), self.blame(property)?))
    }
}

/// What applies to an element: the rules by index, and its own declarations.
#[derive(Debug, Default)]
pub(crate) struct Matched {
    rules: Vec<usize>,
    /// The rules of its pseudo-elements `before` and `after`.
    pseudo_rules: [Vec<usize>; 2],
    /// The declarations by attributes such as `bgcolor`, which all rules of the page override.
    hints: Vec<Declaration>,
    /// The declarations in the attribute `style`.
    inline: Vec<Declaration>,
}

impl Matched {
    /// The number of rules that apply.
    pub(crate) fn len(&self) -> usize {
        self.rules.len() + self.pseudo_rules.iter().map(Vec::len).sum::<usize>()
    }
}

/// The rules of a page, in the order in which they override each other.
pub(crate) struct Cascade<'s> {
    rules: &'s [Rule],
    keyframes: &'s [(String, std::rc::Rc<[Declaration]>)],
    by_id: BTreeMap<&'s str, Vec<usize>>,
    by_class: BTreeMap<&'s str, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl<'s> Cascade<'s> {
    /// Sorts the rules, and indexes them by the id, class or name that the last part of their selector requires.
    pub(crate) fn of(sheets: &'s mut Sheets) -> Self {
        sheets.rules.sort_by_key(|rule| (!rule.is_default, rule.layer, rule.selector.specificity));
        let Sheets { rules, keyframes, .. } = sheets;
        let (by_id, by_class, by_name) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut cascade = Self { rules, keyframes, by_id, by_class, by_name, others: Vec::new() };
        for (index, rule) in cascade.rules.iter().enumerate() {
            match rule.selector.key() {
                Key::Id(id) => cascade.by_id.entry(id).or_default().push(index),
                Key::Class(class) => cascade.by_class.entry(class).or_default().push(index),
                Key::Name(name) => cascade.by_name.entry(name.to_ascii_lowercase()).or_default().push(index),
                Key::Any => cascade.others.push(index),
            }
        }
        cascade
    }

    /// Returns the rules that apply to an element, and its own declarations.
    pub(crate) fn matched(
        &self,
        tree: &Tree,
        places: &Places,
        variables: &Variables,
        id: Id,
        deadline: Deadline,
    ) -> Result<Matched, ReadError> {
        let mut matched = Matched { hints: hints(tree, id), ..Matched::default() };
        if let Some(style) = tree.attribute(id, "style") {
            matched.inline = declarations::parse(&variables.replace(&scan::without_comments(style)));
        }
        let classes: BTreeSet<&str> =
            tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace().collect();
        let mut lists = vec![&self.others];
        lists.extend(tree.attribute(id, "id").and_then(|id| self.by_id.get(id)));
        lists.extend(classes.into_iter().filter_map(|class| self.by_class.get(class)));
        lists.extend(self.by_name.get(tree.name(id)));
        for (count, index) in lists.into_iter().flatten().enumerate() {
            if count % MAX_UNCHECKED_SELECTORS == 0 {
                deadline.check()?;
            }
            let selector = &self.rules[*index].selector;
            let list = match selector.pseudo_element.as_deref() {
                None => &mut matched.rules,
                Some("before") => &mut matched.pseudo_rules[0],
                Some("after") => &mut matched.pseudo_rules[1],
                Some(_) => continue,
            };
            places.allow_steps(MAX_STEPS);
            let is_match = selector.matches(tree, places, id);
            if !places.has_steps() {
                return Err(ReadError::TooSlow);
            }
            if is_match {
                list.push(*index);
            }
        }
        matched.rules.sort_unstable();
        matched.pseudo_rules.iter_mut().for_each(|list| list.sort_unstable());
        Ok(matched)
    }

    /// Returns the declarations that win on an element, as if the `ignored` ones didn't exist.
    pub(crate) fn declared<'t>(
        &'t self,
        tree: &'t Tree,
        id: Id,
        matched: &'t Matched,
        ignored: &BTreeSet<Blame<'t>>,
    ) -> Declared<'t> {
        let mut winners = Winners { ignored, normal: BTreeMap::new(), important: BTreeMap::new() };
        let is_default = |index: &&usize| self.rules[**index].is_default;
        let defaults = matched.rules.iter().take_while(is_default).count();
        self.add_rules(&mut winners, &matched.rules[..defaults]);
        for hint in &matched.hints {
            winners.add(hint, Cause::Attribute(&hint.value), MAX_LAYER);
        }
        self.add_rules(&mut winners, &matched.rules[defaults..]);
        let style = tree.attribute(id, "style").unwrap_or_default();
        for declaration in &matched.inline {
            // With layer 0, important declarations of the attribute win over those of all layers.
            winners.add(declaration, Cause::Attribute(style), 0);
        }
        self.animate(winners)
    }

    /// Returns the declarations that win on a pseudo-element: `before` (0) or `after` (1).
    pub(crate) fn declared_of_pseudo<'t>(&'t self, matched: &'t Matched, which: usize) -> Declared<'t> {
        let ignored = BTreeSet::new();
        let mut winners = Winners { ignored: &ignored, normal: BTreeMap::new(), important: BTreeMap::new() };
        self.add_rules(&mut winners, &matched.pseudo_rules[which]);
        self.animate(winners)
    }

    fn add_rules<'t>(&'t self, winners: &mut Winners<'t, '_>, rules: &[usize]) {
        for index in rules {
            let rule = &self.rules[*index];
            for declaration in rule.declarations.iter() {
                winners.add(declaration, Cause::Rule(*index), rule.layer);
            }
        }
    }

    /// Adds the declarations of an animation's last frame, if they still apply after the end of the animation.
    fn animate<'t>(&'t self, winners: Winners<'t, '_>) -> Declared<'t> {
        let Winners { mut normal, important, ignored } = winners;
        let value = |property: &str| normal.get(property).map_or("", |(value, _)| value);
        let names = [value("animation"), value("animation-name")].join(" ");
        if !names.trim().is_empty() {
            let words = [names.as_str(), value("animation-fill-mode")].join(" ");
            let has = |wanted: &str| words.split([' ', ',']).any(|word| word == wanted);
            let ends = (has("forwards") || has("both")) && !has("infinite") && !has("paused");
            let is_used = |name: &str| names.split([' ', ',']).any(|word| word == name.to_lowercase());
            let cause = ["animation", "animation-name"]
                .iter()
                .find_map(|property| normal.get(property))
                .map(|(_, cause)| *cause);
            let frames = self.keyframes.iter().filter(|(name, _)| ends && is_used(name));
            for declaration in frames.flat_map(|(_, declarations)| declarations.iter()) {
                let Some(cause) = cause.filter(|cause| !ignored.contains(&(declaration.property, *cause)))
                else {
                    continue;
                };
                normal.insert(declaration.property, (&declaration.value, cause));
            }
        }
        normal.extend(important.into_iter().map(|(property, (value, cause, _))| (property, (value, cause))));
        Declared { values: normal }
    }
}

struct Winners<'t, 'i> {
    ignored: &'i BTreeSet<Blame<'t>>,
    normal: BTreeMap<&'static str, (&'t str, Cause<'t>)>,
    /// Each with its layer: important declarations of earlier layers win.
    important: BTreeMap<&'static str, (&'t str, Cause<'t>, usize)>,
}

impl<'t> Winners<'t, '_> {
    /// Adds a declaration, which overrides earlier ones. But an important declaration doesn't override an important one
    /// of an earlier layer.
    fn add(&mut self, declaration: &'t Declaration, cause: Cause<'t>, layer: usize) {
        let Declaration { property, value, is_important } = declaration;
        if self.ignored.contains(&(property, cause)) {
            return;
        }
        if !is_important {
            self.normal.insert(property, (value, cause));
        } else if self.important.get(property).is_none_or(|(.., earlier)| layer <= *earlier) {
            self.important.insert(property, (value, cause, layer));
        }
    }
}

/// Returns the declarations that correspond to attributes of old pages, such as `bgcolor`.
fn hints(tree: &Tree, id: Id) -> Vec<Declaration> {
    let attributes: &[(&str, &str)] = match tree.name(id) {
        "body" => &[("bgcolor", "background-color"), ("background", "background-image"), ("text", "color")],
        "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" => {
            &[("bgcolor", "background-color"), ("background", "background-image")]
        }
        "font" => &[("color", "color")],
        _ => &[],
    };
    let hint = |(attribute, property): &(&str, &str)| {
        let value = tree.attribute(id, attribute)?.trim();
        let is_hexadecimal = value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = match *property {
            "background-image" => "url()".to_owned(),
            // The `#` may be left out.
            _ if is_hexadecimal => format!("#{value}"),
            _ => value.to_owned(),
        };
        Some(declarations::parse(&format!("{property}: {value}")))
    };
    attributes.iter().filter_map(hint).flatten().collect()
}
