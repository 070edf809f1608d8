//! Ensures that no two files of the finished site have the same path, and lists the paths of generated files.

use std::collections::{BTreeMap, BTreeSet};

use super::link_problems::{self, TakenBy};
use super::links;
use crate::files::Span;
use crate::load::{About, FrontMatter, PageDraft, Site, SiteFiles, SourceDraft};
use crate::problem::Problems;

/// Paths that are generated for every site, and that no file of the author may have. [`claim_path`] protects those
/// below `compare/` and `sources/`. The author may replace the home page, `robots.txt`, `_headers` and files of the
/// built-in theme.
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

/// Returns [`GENERATED`], and the paths that depend on the settings: of the search, the sitemap and the feed.
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

/// Drops pages and files whose path is taken by an earlier one or by a generated file; each is a problem. Pages come
/// first, then files in `content/`, then those of the theme. A path is also taken if it is a folder, or if one of its
/// folders is a file. Paths that differ only in case count as the same, because on many file systems they would be one
/// file.
pub(super) fn drop_conflicts(
    pages: &mut Vec<PageDraft>,
    site_files: &mut SiteFiles,
    generated: &[&str],
    problems: &mut Problems,
) {
    let mut taken = TakenPaths::default();
    taken.files.extend(generated.iter().map(|path| (path.to_string(), None)));
    // The author may put files into these folders, but no file may have such a name itself.
    taken.folders.extend(["cards", "assets"].map(str::to_owned));
    pages.retain(|page| {
        let own = format!("content/{}", page.path);
        claim_path(&own, &links::page_path(&page.path), page.span, &mut taken, problems)
    });
    // Without a page `index.md`, the home page is generated, so no other file may be `index.html`.
    taken.files.entry("index.html".to_owned()).or_default();
    for (folder, list) in [("content", &mut site_files.assets), ("templates", &mut site_files.theme_assets)] {
        list.retain(|asset| {
            let own = format!("{folder}/{}", asset.path);
            claim_path(&own, &asset.path, Span::whole(asset.file), &mut taken, problems)
        });
    }
}

/// The paths that are already in use, in lower case.
#[derive(Default)]
struct TakenPaths {
    /// Each with the author's file that is written there; `None` if it is generated.
    files: BTreeMap<String, Option<String>>,
    /// All parent folders of these files, and the folders of generated files to which the author may add files.
    folders: BTreeSet<String>,
}

impl TakenPaths {
    /// Registers the path of the author's file `own`. Fails if it is already a file or a folder, or if one of its
    /// folders is a file.
    fn register(&mut self, own: &str, path: &str) -> Result<(), TakenBy> {
        let lower = path.to_lowercase();
        let parents = || lower.match_indices('/').map(|(slash, _)| &lower[..slash]);
        if self.folders.contains(&lower) {
            return Err(TakenBy::Folder);
        }
        if let Some(file) = parents().find(|folder| self.files.contains_key(*folder)) {
            return Err(TakenBy::Parent(file.to_owned()));
        }
        if let Some(first) = self.files.get(&lower) {
            return Err(first.clone().map_or(TakenBy::Generated, TakenBy::File));
        }
        let new = parents().filter(|folder| !self.folders.contains(*folder)).map(str::to_owned);
        let new: Vec<String> = new.collect();
        self.folders.extend(new);
        self.files.insert(lower, Some(own.to_owned()));
        Ok(())
    }
}

/// Registers `path` for the author's file `own`. If the path is taken, or is below `compare/` or `sources/`, which are
/// generated, reports that and returns false.
fn claim_path(own: &str, path: &str, span: Span, taken: &mut TakenPaths, problems: &mut Problems) -> bool {
    let folder = path.split('/').next().unwrap_or_default();
    let claimed = if ["compare", "sources"].contains(&folder) {
        Err(TakenBy::GeneratedFolder(folder.to_owned()))
    } else {
        taken.register(own, path)
    };
    if let Err(taken_by) = &claimed {
        problems.push(link_problems::path_taken(own, path, taken_by, span));
    }
    claimed.is_ok()
}
