//! Writes the search entries as a script that sets a variable to JSON, in which repeated strings are stored once.
//!
//! ```text
//! var searchIndex = {"strings": […], "sources": [id, …], "entries": [
//!   [kind, path, anchor, title, [under, …], [source, …], [text, …]], …]};
//! ```
//!
//! A number in place of a text is an index into `strings`; source numbers are indexes into `sources`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::SearchEntry;
use crate::compare::{ColumnId, Columns};
use crate::ids::{FastMap, SourceId};
use crate::render::exports::escape_for_script;

/// Shorter texts are written out where they occur, because an index would take as much space.
const MIN_SHARED_BYTES: usize = 4;

/// A text, or its index in `strings`.
#[derive(Serialize)]
#[serde(untagged)]
enum IndexedText<'a> {
    Inline(&'a str),
    Index(usize),
}

/// Texts with their number of occurrences, in the order of first occurrence.
type Counts<'a> = FastMap<&'a str, usize>;

type EntryRow<'a> = (
    IndexedText<'a>,
    IndexedText<'a>,
    IndexedText<'a>,
    IndexedText<'a>,
    Vec<IndexedText<'a>>,
    &'a BTreeSet<ColumnId>,
    Vec<IndexedText<'a>>,
);

pub(super) fn script(sources: &Columns<SourceId>, entries: &[SearchEntry<'_>]) -> String {
    let mut repeated: Counts<'_> = Counts::default();
    for text in entries.iter().flat_map(texts).filter(|text| text.len() >= MIN_SHARED_BYTES) {
        *repeated.entry(text).or_default() += 1;
    }
    repeated.retain(|_, count| *count > 1);
    let strings: Vec<&str> = repeated.keys().copied().collect();
    let lines: Vec<String> =
        entries.par_iter().map(|entry| escape_for_script(&line(entry, &repeated))).collect();
    format!(
        "var searchIndex = {{\"strings\":{},\n\"sources\":{},\n\"entries\":[\n{}\n]}};\n",
        escape_for_script(&strings),
        escape_for_script(&sources),
        lines.join(",\n")
    )
}

fn line<'a>(entry: &'a SearchEntry<'_>, repeated: &Counts<'_>) -> EntryRow<'a> {
    let one =
        |text: &'a str| repeated.get_index_of(text).map_or(IndexedText::Inline(text), IndexedText::Index);
    let all = |texts: &'a [Cow<'_, str>]| texts.iter().map(|text| one(text)).collect();
    let [kind, path, anchor, title] = [entry.kind, &entry.path, &entry.anchor, &entry.title].map(one);
    (kind, path, anchor, title, all(&entry.under), &entry.sources, all(&entry.text))
}

/// All texts of an entry.
fn texts<'a>(entry: &'a SearchEntry<'_>) -> impl Iterator<Item = &'a str> {
    let own = [entry.kind, &entry.path, &entry.anchor, &entry.title];
    own.into_iter().chain(entry.under.iter().chain(&entry.text).map(AsRef::as_ref))
}
