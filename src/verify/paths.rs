//! Every path of the site has one owner.

use std::collections::BTreeSet;

use super::links;
use super::problems;
use crate::files::Span;
use crate::load::{About, FrontMatter, PageDraft, Site, SiteFiles, SourceDraft};
use crate::problem::Problems;

/// The paths that the program itself writes for every site, besides those below `compare/` and `sources/`.
const GENERATED: [&str; 9] = [
    "404.html",
    "compare.html",
    "sources.html",
    "assets/filter.css",
    "compare.json",
    "compare.csv",
    "annotations.jsonld",
    "sources.bib",
    "sources.csl.json",
];

/// The paths that the program itself writes for this site, besides those below `compare/` and `sources/`.
pub(super) fn generated(site: &Site, pages: &[PageDraft], sources: &[SourceDraft]) -> Vec<&'static str> {
    let heads = pages.iter().map(|page| &page.head);
    let mut paths = GENERATED.to_vec();
    if site.search {
        paths.extend(["search.html", "search-index.js"]);
    }
    if site.base_url.is_some() {
        paths.push("sitemap.xml");
    }
    if has_feed(site, heads, sources.iter().map(|source| &source.about)) {
        paths.push("feed.xml");
    }
    paths
}

/// Whether there is a feed: where the site's address is known, and anything in it has a day.
pub(super) fn has_feed<'a>(
    site: &Site,
    mut heads: impl Iterator<Item = &'a FrontMatter>,
    mut abouts: impl Iterator<Item = &'a About>,
) -> bool {
    site.base_url.is_some()
        && (heads.any(|head| head.updated.is_some()) || abouts.any(|about| about.retrieved.is_some()))
}

/// Drops pages and files whose place is taken; each is a problem. The first of two keeps the place. Paths that differ
/// only in case count as one: they would be one file on many disks.
pub(super) fn drop_conflicts(
    pages: &mut Vec<PageDraft>,
    site_files: &mut SiteFiles,
    generated: &[&str],
    problems: &mut Problems,
) {
    let mut taken = TakenPaths::default();
    taken.files.extend(generated.iter().map(ToString::to_string));
    // Folders in which an author's own files may lie: only a file can't have their names.
    taken.folders.extend(["cards", "assets"].map(str::to_owned));
    pages.retain(|page| claim_path(&links::page_path(&page.path), page.span, &mut taken, problems));
    // If nobody writes a home page, the program does: no file beside the pages may be it.
    taken.files.insert("index.html".to_owned());
    for list in [&mut site_files.assets, &mut site_files.theme_assets] {
        list.retain(|asset| claim_path(&asset.path, Span::whole(asset.file), &mut taken, problems));
    }
}

/// What has an owner, in lower case.
#[derive(Default)]
struct TakenPaths {
    files: BTreeSet<String>,
    /// The folders that they lie in, and those above.
    folders: BTreeSet<String>,
}

impl TakenPaths {
    /// Takes a path, if nobody has it: neither as a file nor as a folder, and no file is where one of its folders would be.
    fn take(&mut self, path: &str) -> bool {
        let lower = path.to_lowercase();
        let above = || lower.match_indices('/').map(|(slash, _)| &lower[..slash]);
        if self.folders.contains(&lower) || above().any(|folder| self.files.contains(folder)) {
            return false;
        }
        let new = above().filter(|folder| !self.folders.contains(*folder)).map(str::to_owned);
        let new: Vec<String> = new.collect();
        self.folders.extend(new);
        self.files.insert(lower)
    }
}

fn claim_path(path: &str, span: Span, taken: &mut TakenPaths, problems: &mut Problems) -> bool {
    let generated = ["compare", "sources"].contains(&path.split('/').next().unwrap_or_default());
    let free = !generated && taken.take(path);
    if !free {
        problems.push(problems::path_taken(path, span));
    }
    free
}
