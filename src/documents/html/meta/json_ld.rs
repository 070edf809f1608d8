//! Reads JSON-LD data with the schema.org vocabulary.

use serde_json::{Map, Value};

use super::clean_value;
use crate::html::tree::{Id, Tree};

/// Maximum number of objects read per page.
const MAX_OBJECTS: usize = 1_000;
/// Maximum number of authors or publishers read per article.
const MAX_AUTHORS: usize = 20;

/// The objects of a page's JSON-LD scripts, articles first.
#[derive(Debug, Default)]
pub(crate) struct JsonLd {
    objects: Vec<Map<String, Value>>,
}

impl JsonLd {
    /// Reads a page's JSON-LD scripts. Invalid JSON is ignored.
    pub(crate) fn of(tree: &Tree) -> Self {
        let is_data = |id: &Id| {
            let kind = tree.attribute(*id, "type").unwrap_or_default();
            tree.name(*id) == "script" && kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
        };
        let scripts = tree.below(Tree::ROOT).filter(is_data);
        let mut objects = Vec::new();
        for value in scripts.filter_map(|id| serde_json::from_str(tree.text_below(id).trim()).ok()) {
            flatten(value, &mut objects);
        }
        // The sort is stable: of two articles, the first on the page comes first.
        objects.sort_by_key(rank);
        Self { objects }
    }

    /// Returns the string value of a key in the objects for articles, or else in those for pages.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.articles_and_pages().find_map(|object| clean_value(object.get(key)?.as_str()?))
    }

    /// Returns the text of the article, which may be HTML.
    pub(crate) fn article_body(&self) -> Option<&str> {
        let bodies = self.articles_and_pages().filter_map(|object| object.get("articleBody")?.as_str());
        bodies.map(str::trim).find(|body| !body.is_empty())
    }

    /// Returns the first of [`names`](Self::names).
    pub(crate) fn name(&self, key: &str) -> Option<String> {
        self.names(key).into_iter().next()
    }

    /// Returns the names of the people or organisations that are the value of a key.
    pub(crate) fn names(&self, key: &str) -> Vec<String> {
        let all = self.articles_and_pages().filter_map(|object| object.get(key)).map(|value| match value {
            Value::Array(values) => {
                values.iter().take(MAX_AUTHORS).filter_map(|value| self.name_of(value)).collect()
            }
            one => Vec::from_iter(self.name_of(one)),
        });
        all.into_iter().find(|names: &Vec<String>| !names.is_empty()).unwrap_or_default()
    }

    fn articles_and_pages(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.objects.iter().filter(|object| rank(object) < 2)
    }

    /// Returns the name of a person or organisation, which is a string, an object, or a reference to an object by
    /// `@id`.
    fn name_of(&self, agent: &Value) -> Option<String> {
        let object = match agent {
            Value::String(name) => return clean_value(name),
            Value::Object(object) => object,
            _ => return None,
        };
        let name = |object: &Map<String, Value>| match object.get("name")? {
            Value::Array(names) => names.first().and_then(Value::as_str).and_then(clean_value),
            name => name.as_str().and_then(clean_value),
        };
        let referred = || {
            let id = object.get("@id")?;
            self.objects.iter().filter(|other| other.get("@id") == Some(id)).find_map(name)
        };
        name(object).or_else(referred)
    }
}

/// Collects the objects in nested lists, graphs (`@graph`) and main entities (`mainEntity`).
fn flatten(value: Value, objects: &mut Vec<Map<String, Value>>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut object) if objects.len() < MAX_OBJECTS => {
                open.extend(["@graph", "mainEntity"].iter().filter_map(|key| object.remove(*key)));
                objects.push(object);
            }
            _ => {}
        }
    }
}

/// Returns 0 for an article, report, review or book, 1 for a page, and 2 for any other object.
fn rank(object: &Map<String, Value>) -> u8 {
    let is = |test: fn(&str) -> bool| match object.get("@type") {
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
