//! Every path of the site has one owner.

use std::collections::BTreeSet;

use super::links;
use super::problems as say;
use crate::files::Span;
use crate::load::{Asset, PageDraft};
use crate::problem::Problems;

/// The paths that the program itself writes, besides those below `compare/` and `sources/`.
pub(super) const GENERATED: [&str; 10] = [
    "404.html",
    "compare.html",
    "sources.html",
    "search.html",
    "search-index.js",
    "compare.json",
    "compare.csv",
    "annotations.jsonld",
    "sources.bib",
    "sources.csl.json",
];

/// The paths that it writes besides where the site's address is known.
const WITH_ADDRESS: [&str; 2] = ["feed.xml", "sitemap.xml"];

/// Drops pages and files whose place is taken; each is a problem. The first of two keeps the place. Paths that differ
/// only in case count as one: they would be one file on many disks.
pub(super) fn settle(
    pages: &mut Vec<PageDraft>,
    assets: &mut Vec<Asset>,
    theme_assets: &mut Vec<Asset>,
    has_address: bool,
    problems: &mut Problems,
) {
    let mut taken: BTreeSet<String> = GENERATED.map(str::to_owned).into();
    taken.extend(WITH_ADDRESS.iter().filter(|_| has_address).map(ToString::to_string));
    // The cards' folder, in which an author's own pictures may lie: only a file can't have its name.
    taken.insert("cards/.".to_owned());
    pages.retain(|page| claim(&links::page_path(&page.path), page.span, &mut taken, problems));
    // If nobody writes a home page, the program does: no file beside the pages may be it.
    taken.insert("index.html".to_owned());
    for list in [assets, theme_assets] {
        list.retain(|asset| claim(&asset.path, Span::whole(asset.file), &mut taken, problems));
    }
}

fn claim(path: &str, span: Span, taken: &mut BTreeSet<String>, problems: &mut Problems) -> bool {
    let generated = ["compare", "sources"].contains(&path.split('/').next().unwrap_or_default());
    let lower = path.to_lowercase();
    // A file can't be a folder, too.
    let folder = format!("{lower}/");
    let is_folder = taken.range(folder.clone()..).next().is_some_and(|other| other.starts_with(&folder));
    let within_file = lower.match_indices('/').any(|(slash, _)| taken.contains(&lower[..slash]));
    let free = !generated && !is_folder && !within_file && taken.insert(lower);
    if !free {
        problems.push(say::path_taken(path, span));
    }
    free
}
