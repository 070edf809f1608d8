//! Entries → a script: JSON in which what repeats is stored once.
//!
//! ```text
//! var searchIndex = {"strings": […], "sources": [id, …], "entries": [
//!   [kind, path, anchor, title, [under, …], [source, …], [text, …]], …]};
//! ```
//!
//! A number where a text is expected is a place in `strings`; the numbers of sources are places in `sources`.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rayon::prelude::*;
use serde::Serialize;

use super::Entry;
use crate::ids::SourceId;
use crate::render::exports::harmless;

/// Shorter texts than this take less room than a number.
const WORTH_SHARING: usize = 4;

/// A text, or where it stands among those that repeat.
#[derive(Serialize)]
#[serde(untagged)]
enum Shared<'a> {
    Here(&'a str),
    There(usize),
}

type Line<'a> =
    (Shared<'a>, Shared<'a>, Shared<'a>, Shared<'a>, Vec<Shared<'a>>, &'a BTreeSet<usize>, Vec<Shared<'a>>);

/// The script.
pub(super) fn script(sources: &[SourceId], entries: &[Entry]) -> String {
    // In the order in which they first stand.
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for text in entries.iter().flat_map(texts) {
        *counts.entry(text).or_default() += 1;
    }
    let repeated = counts.into_iter().filter(|(text, count)| *count > 1 && text.len() >= WORTH_SHARING);
    let strings: Vec<&str> = repeated.map(|(text, _)| text).collect();
    let numbers: IndexMap<&str, usize> = strings.iter().copied().zip(0..).collect();
    let lines: Vec<String> = entries.par_iter().map(|entry| json(&line(entry, &numbers))).collect();
    format!(
        "var searchIndex = {{\"strings\":{},\n\"sources\":{},\n\"entries\":[\n{}\n]}};\n",
        json(&strings),
        json(&sources),
        lines.join(",\n")
    )
}

fn line<'a>(entry: &'a Entry, numbers: &IndexMap<&str, usize>) -> Line<'a> {
    let one = |text: &'a str| numbers.get(text).map_or(Shared::Here(text), |number| Shared::There(*number));
    let all = |texts: &'a [String]| texts.iter().map(|text| one(text)).collect();
    let [kind, path, anchor, title] = [entry.kind, &entry.path, &entry.anchor, &entry.title].map(one);
    (kind, path, anchor, title, all(&entry.under), &entry.sources, all(&entry.text))
}

/// Every text of an entry.
fn texts(entry: &Entry) -> impl Iterator<Item = &str> {
    let own = [entry.kind, &entry.path, &entry.anchor, &entry.title];
    own.into_iter().chain(entry.under.iter().chain(&entry.text).map(String::as_str))
}

/// JSON that is safe in any script.
fn json(value: &impl Serialize) -> String {
    harmless(&serde_json::to_string(value).expect("strings, numbers and lists are always JSON"))
}
