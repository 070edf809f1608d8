//! Entries → a script: JSON in which what repeats is stored once.
//!
//! ```text
//! var searchIndex = {"strings": […], "sources": [id, …], "entries": [
//!   [kind, path, anchor, title, [under, …], [source, …], [text, …]], …]};
//! ```
//!
//! A number where a text is expected is a place in `strings`; the numbers of sources are places in `sources`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::Entry;
use crate::compare::{ColumnId, Columns};
use crate::ids::{FastMap, SourceId};
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

/// Texts, each with how often it stands in the entries.
type Counts<'a> = FastMap<&'a str, usize>;

type Line<'a> = (
    Shared<'a>,
    Shared<'a>,
    Shared<'a>,
    Shared<'a>,
    Vec<Shared<'a>>,
    &'a BTreeSet<ColumnId>,
    Vec<Shared<'a>>,
);

/// The script.
pub(super) fn script(sources: &Columns<SourceId>, entries: &[Entry<'_>]) -> String {
    // How often each stands there, in the order in which they first do.
    let mut repeated: Counts<'_> = Counts::default();
    for text in entries.iter().flat_map(texts).filter(|text| text.len() >= WORTH_SHARING) {
        *repeated.entry(text).or_default() += 1;
    }
    repeated.retain(|_, count| *count > 1);
    let strings: Vec<&str> = repeated.keys().copied().collect();
    let lines: Vec<String> = entries.par_iter().map(|entry| harmless(&line(entry, &repeated))).collect();
    format!(
        "var searchIndex = {{\"strings\":{},\n\"sources\":{},\n\"entries\":[\n{}\n]}};\n",
        harmless(&strings),
        harmless(&sources),
        lines.join(",\n")
    )
}

fn line<'a>(entry: &'a Entry<'_>, repeated: &Counts<'_>) -> Line<'a> {
    let one = |text: &'a str| repeated.get_index_of(text).map_or(Shared::Here(text), Shared::There);
    let all = |texts: &'a [Cow<'_, str>]| texts.iter().map(|text| one(text)).collect();
    let [kind, path, anchor, title] = [entry.kind, &entry.path, &entry.anchor, &entry.title].map(one);
    (kind, path, anchor, title, all(&entry.under), &entry.sources, all(&entry.text))
}

/// Every text of an entry.
fn texts<'a>(entry: &'a Entry<'_>) -> impl Iterator<Item = &'a str> {
    let own = [entry.kind, &entry.path, &entry.anchor, &entry.title];
    own.into_iter().chain(entry.under.iter().chain(&entry.text).map(AsRef::as_ref))
}
