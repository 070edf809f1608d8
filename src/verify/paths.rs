//! Every path of the site has one owner.

use std::collections::BTreeSet;

use super::links;
use super::problems as say;
use crate::files::Span;
use crate::load::{About, Asset, PageDraft, PageHead, Site, SourceDraft};
use crate::problem::Problems;

/// The paths that the program itself writes, besides those below `compare/` and `sources/`.
pub(super) const GENERATED: [&str; 11] = [
    "404.html",
    "compare.html",
    "sources.html",
    "search.html",
    "search-index.js",
    "assets/filter.css",
    "compare.json",
    "compare.csv",
    "annotations.jsonld",
    "sources.bib",
    "sources.csl.json",
];

/// The paths that it writes besides where the site's address is known.
pub(super) fn with_address(
    site: &Site,
    pages: &[PageDraft],
    sources: &[SourceDraft],
) -> &'static [&'static str] {
    let heads = pages.iter().map(|page| &page.head);
    if has_feed(site, heads, sources.iter().map(|source| &source.about)) {
        &["sitemap.xml", "feed.xml"]
    } else if site.base_url.is_some() {
        &["sitemap.xml"]
    } else {
        &[]
    }
}

/// Whether there is a feed: where the site's address is known, and anything in it has a day.
pub(super) fn has_feed<'a>(
    site: &Site,
    mut heads: impl Iterator<Item = &'a PageHead>,
    mut abouts: impl Iterator<Item = &'a About>,
) -> bool {
    site.base_url.is_some()
        && (heads.any(|head| head.updated.is_some()) || abouts.any(|about| about.retrieved.is_some()))
}

/// Drops pages and files whose place is taken; each is a problem. The first of two keeps the place. Paths that differ
/// only in case count as one: they would be one file on many disks.
pub(super) fn settle(
    pages: &mut Vec<PageDraft>,
    assets: &mut Vec<Asset>,
    theme_assets: &mut Vec<Asset>,
    with_address: &[&str],
    problems: &mut Problems,
) {
    let mut taken: BTreeSet<String> = GENERATED.map(str::to_owned).into();
    taken.extend(with_address.iter().map(ToString::to_string));
    // Folders in which an author's own files may lie: only a file can't have their names.
    taken.extend(["cards/.", "assets/."].map(str::to_owned));
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
