//! JSON-LD: data on a page, in the words of schema.org.

use serde_json::{Map, Value};

use super::value;
use crate::html::tree::{Id, Tree};

/// The most things that are looked at.
const THINGS: usize = 1_000;
/// No article has more authors that are worth naming.
const NAMES: usize = 20;

/// The things that a page's scripts of linked data speak of, the article first.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    things: Vec<Map<String, Value>>,
}

impl Linked {
    /// What a page's scripts say. Scripts that are no JSON say nothing.
    pub(crate) fn of(tree: &Tree) -> Self {
        let is_data = |id: &Id| {
            let kind = tree.attribute(*id, "type").unwrap_or_default();
            tree.name(*id) == "script" && kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
        };
        let scripts = tree.below(Tree::ROOT).filter(is_data);
        let mut things = Vec::new();
        for value in scripts.filter_map(|id| serde_json::from_str(tree.text_below(id).trim()).ok()) {
            gather(value, &mut things);
        }
        // Stable: of two articles the first on the page leads.
        things.sort_by_key(rank);
        Self { things }
    }

    /// A text that the article's data, or else a page's, gives.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.articles().find_map(|thing| value(thing.get(key)?.as_str()?))
    }

    /// The first name of those a key gives.
    pub(crate) fn name(&self, key: &str) -> Option<String> {
        self.names(key).into_iter().next()
    }

    /// The names of the people or organisations that a key gives.
    pub(crate) fn names(&self, key: &str) -> Vec<String> {
        let all = self.articles().filter_map(|thing| thing.get(key)).map(|value| match value {
            Value::Array(values) => values.iter().take(NAMES).filter_map(|value| self.named(value)).collect(),
            one => Vec::from_iter(self.named(one)),
        });
        all.into_iter().find(|names: &Vec<String>| !names.is_empty()).unwrap_or_default()
    }

    fn articles(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.things.iter().filter(|thing| rank(thing) < 2)
    }

    /// The name of a person or organisation: itself, in an object, or in one that is referred to.
    fn named(&self, who: &Value) -> Option<String> {
        let thing = match who {
            Value::String(name) => return value(name),
            Value::Object(thing) => thing,
            _ => return None,
        };
        let name = |thing: &Map<String, Value>| match thing.get("name")? {
            Value::Array(names) => names.first().and_then(Value::as_str).and_then(value),
            name => name.as_str().and_then(value),
        };
        let referred = || {
            let id = thing.get("@id")?;
            self.things.iter().filter(|other| other.get("@id") == Some(id)).find_map(name)
        };
        name(thing).or_else(referred)
    }
}

/// Takes lists and graphs apart.
fn gather(value: Value, things: &mut Vec<Map<String, Value>>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut thing) if things.len() < THINGS => {
                open.extend(["@graph", "mainEntity"].iter().filter_map(|key| thing.remove(*key)));
                things.push(thing);
            }
            _ => {}
        }
    }
}

/// 0 for articles, 1 for pages, 2 for all else.
fn rank(thing: &Map<String, Value>) -> u8 {
    let is = |test: fn(&str) -> bool| match thing.get("@type") {
        Some(Value::String(kind)) => test(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(test),
        _ => false,
    };
    if is(|kind| {
        kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "Review" | "Book")
    }) {
        0
    } else if is(|kind| kind.ends_with("Page") || kind == "CreativeWork") {
        1
    } else {
        2
    }
}
