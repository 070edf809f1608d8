//! Lists what a document's file has and its text lacks, for `add` and `check --verbose`: parts of a web page that don't
//! belong to its article, hidden or struck out words, and headers and footers of printed pages. Also says if the text
//! is not the one that the file shows: if it was recognized in a scan, or is that of a web page's metadata.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sourcewise_documents::{LeftOut, LeftOutKind, SetAside, SetAsideReason, WholeDocument};

use super::pluralize;
use crate::text::excerpt;

/// Returns a line for each way in which the text of a document is not the one that its file shows. `source` is the
/// source's id.
pub(super) fn text_origin(source: &str, is_machine_read: bool, is_from_metadata: bool) -> String {
    let mut lines = String::new();
    // Writing to a string can't fail.
    if is_machine_read {
        let _ = writeln!(
            lines,
            "the text of `{source}` was recognized by a program in a scan: compare quotes with the pages"
        );
    }
    if is_from_metadata {
        let _ = writeln!(
            lines,
            "the text of `{source}` is that of the page's metadata (JSON-LD), because the page shows none"
        );
    }
    lines
}

/// A line of the list: all parts of a web page with one kind and name, or all words that are set aside for one reason.
struct Entry<'a> {
    place: String,
    what: &'static str,
    name: Option<&'a str>,
    /// The words of each part, in order.
    all_words: Vec<&'a str>,
}

impl Entry<'_> {
    fn words(&self) -> usize {
        self.all_words.iter().map(|words| words.split_whitespace().count()).sum()
    }

    fn line(&self) -> String {
        let Self { place, what, name, all_words } = self;
        let name = name.map_or_else(String::new, |name| format!(" `{name}`"));
        let times = if all_words.len() == 1 { String::new() } else { format!(", {} times", all_words.len()) };
        let first = all_words.first().map_or_else(String::new, |words| excerpt(words, 0));
        format!("  {place}{what}{name}{times}, {}: “{first}”\n", pluralize(self.words(), "word"))
    }
}

/// Returns the list as lines of text, with the `max` entries that have most words. Parts of a page come first, in the
/// order of the document, then words by reason. Says how many entries are left out, and how to include a part. Empty if
/// the text lacks nothing. `source` is the source's id.
pub(super) fn set_aside_list(
    source: &str,
    all: Option<&WholeDocument>,
    set_aside: &[SetAside],
    max: usize,
) -> String {
    let mut entries = all.map(parts).unwrap_or_default();
    let is_excluded = |part: &LeftOut| part.kind == LeftOutKind::Excluded;
    let can_include = all.is_some_and(|all| !all.left_out.iter().all(is_excluded));
    entries.extend(words(set_aside));
    if entries.is_empty() {
        return String::new();
    }
    let mut sizes: Vec<usize> = entries.iter().map(Entry::words).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let least = sizes.get(max.saturating_sub(1)).copied().unwrap_or_default();
    let shown: Vec<String> =
        entries.iter().filter(|entry| entry.words() >= least).take(max).map(Entry::line).collect();
    let mut list = format!("not in the text of `{source}`:\n{}", shown.concat());
    // Writing to a string can't fail.
    if entries.len() > shown.len() {
        let more = entries.len() - shown.len();
        let _ = writeln!(list, "  and {more} more: sourcewise check --verbose");
    }
    if can_include {
        let _ = writeln!(list, "to take a part in, write its name into the record: `include = \"…\"`");
    }
    list
}

/// Returns an entry for each kind and name of part that a page's text lacks.
fn parts(all: &WholeDocument) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut index_of: BTreeMap<(LeftOutKind, &str), usize> = BTreeMap::new();
    for part in &all.left_out {
        let LeftOut { kind, name, place, .. } = part;
        let index = *index_of.entry((*kind, name)).or_insert(entries.len());
        match entries.get_mut(index) {
            Some(entry) => entry.all_words.push(all.words_of(part)),
            None => entries.push(Entry {
                place: format!("{place}, "),
                what: kind_name(*kind),
                name: Some(name),
                all_words: vec![all.words_of(part)],
            }),
        }
    }
    entries
}

fn kind_name(kind: LeftOutKind) -> &'static str {
    match kind {
        LeftOutKind::Navigation => "navigation",
        LeftOutKind::Teaser => "links to other pages",
        LeftOutKind::Comments => "comments",
        LeftOutKind::Other => "another part",
        LeftOutKind::Excluded => "excluded",
    }
}

/// Returns an entry for each reason for which words are set aside.
fn words(set_aside: &[SetAside]) -> Vec<Entry<'_>> {
    let entry = |(reason, what)| Entry {
        place: String::new(),
        what,
        name: None,
        all_words: set_aside
            .iter()
            .filter(|aside| aside.reason == reason)
            .map(|aside| &*aside.words)
            .collect(),
    };
    let reasons = [
        (SetAsideReason::Hidden, "hidden"),
        (SetAsideReason::Struck, "struck out"),
        (SetAsideReason::PageEdge, "headers and footers"),
    ];
    reasons.map(entry).into_iter().filter(|entry| !entry.all_words.is_empty()).collect()
}
