//! Ensures that no two files of the finished site have the same path, and lists the paths of generated files.

use std::collections::BTreeSet;

use super::links;
use super::problems;
use crate::files::Span;
use crate::load::{About, FrontMatter, PageDraft, Site, SiteFiles, SourceDraft};
use crate::problem::Problems;

/// Paths that are generated for every site, besides those below `compare/` and `sources/`.
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

/// Returns the paths that are generated for this site, besides those below `compare/` and `sources/`.
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

/// Whether the site has a feed: it needs `base_url`, and a page with `updated` or a source with `retrieved`.
pub(super) fn has_feed<'a>(
    site: &Site,
    mut heads: impl Iterator<Item = &'a FrontMatter>,
    mut abouts: impl Iterator<Item = &'a About>,
) -> bool {
    site.base_url.is_some()
        && (heads.any(|head| head.updated.is_some()) || abouts.any(|about| about.retrieved.is_some()))
}

/// Drops pages and files whose path is taken by an earlier one or by a generated file; each is a problem. Paths that
/// differ only in case count as the same, because on many file systems they would be one file.
pub(super) fn drop_conflicts(
    pages: &mut Vec<PageDraft>,
    site_files: &mut SiteFiles,
    generated: &[&str],
    problems: &mut Problems,
) {
    let mut taken = TakenPaths::default();
    taken.files.extend(generated.iter().map(ToString::to_string));
    // The site's own files may be in these folders, but no file may have the name of one of these folders.
    taken.folders.extend(["cards", "assets"].map(str::to_owned));
    pages.retain(|page| claim_path(&links::page_path(&page.path), page.span, &mut taken, problems));
    // Only the page `index.md` may become `index.html`. Without that page, the home page is generated.
    taken.files.insert("index.html".to_owned());
    for list in [&mut site_files.assets, &mut site_files.theme_assets] {
        list.retain(|asset| claim_path(&asset.path, Span::whole(asset.file), &mut taken, problems));
    }
}

/// The paths that are already in use, in lower case.
#[derive(Default)]
struct TakenPaths {
    files: BTreeSet<String>,
    /// All folders that contain the files, at any depth.
    folders: BTreeSet<String>,
}

impl TakenPaths {
    /// Registers the path of a file. Returns false if the path is already a file or a folder, or if a folder in it is
    /// already a file.
    fn register(&mut self, path: &str) -> bool {
        let lower = path.to_lowercase();
        let parents = || lower.match_indices('/').map(|(slash, _)| &lower[..slash]);
        if self.folders.contains(&lower) || parents().any(|folder| self.files.contains(folder)) {
            return false;
        }
        let new = parents().filter(|folder| !self.folders.contains(*folder)).map(str::to_owned);
        let new: Vec<String> = new.collect();
        self.folders.extend(new);
        self.files.insert(lower)
    }
}

/// Registers the path of a file; a path that is taken is a problem. Returns whether the path was free.
fn claim_path(path: &str, span: Span, taken: &mut TakenPaths, problems: &mut Problems) -> bool {
    let generated = ["compare", "sources"].contains(&path.split('/').next().unwrap_or_default());
    let is_free = !generated && taken.register(path);
    if !is_free {
        problems.push(problems::path_taken(path, span));
    }
    is_free
}
