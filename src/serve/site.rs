//! The served site: its files, each rendered on the first request, and its cards, which are drawn on the first request.
//!
//! Files are looked up by their full path in the site, never on the disk, so that no request can read other files.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;

use super::headers::HeaderRules;
use super::rendering::{Content, RenderedSite, Rest};
use crate::load::{Asset, SiteFiles};
use crate::pipeline::Compared;
use crate::render::cards::CardCache;

/// The path prefix of the server's own files. It can't conflict with the site, which has no files whose names start
/// with a dot.
pub(super) const OWN_PREFIX: &str = ".sourcewise/";

/// One version of the site.
pub(super) struct ServedSite {
    rendered: RenderedSite,
    /// What the site was made from.
    compared: Arc<Compared>,
    /// Images of the cards that were requested. Earlier versions of the site share them, because most cards stay the
    /// same.
    drawn: Arc<CardCache>,
    /// The rules of the site's `_headers` file.
    pub(super) rules: HeaderRules,
}

/// The result of looking up a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// The path of a file or a card in the site.
    File(String),
    /// A folder that was requested without a final slash.
    Folder,
}

/// How a site differs from the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// The content of style sheets that are copied into the site differs, and nothing else.
    Styles,
    Other,
}

impl ServedSite {
    pub(super) fn new(rendered: RenderedSite, compared: Arc<Compared>, drawn: Arc<CardCache>) -> Self {
        let headers = match rendered.content("_headers") {
            Some(Content::File(text)) => HeaderRules::parse(&String::from_utf8_lossy(&text)),
            _ => HeaderRules::default(),
        };
        Self { rendered, compared, drawn, rules: headers }
    }

    /// Looks up a path from the site's root: first as a file or card, then as a folder. `places/` is looked up as
    /// `places/index.html`, as static hosts do. `None` if the site has nothing at this path.
    pub(super) fn resolve(&self, path: &str) -> Option<Resolved> {
        resolve(path, &[&self.rendered.files, &self.rendered.cards])
    }

    /// Returns a file, or the image of a card; an error is the reason why it can't be rendered or drawn. `None` if the
    /// site has no such file or card. The first request renders the file, which takes some milliseconds.
    pub(super) fn content(&self, path: &str) -> Option<Result<Bytes, String>> {
        match self.rendered.content(path)? {
            Content::File(bytes) => Some(Ok(bytes)),
            Content::Card(card) => card.draw_one(path, &self.drawn),
            Content::Failed(reason) => Some(Err(reason)),
        }
    }

    /// Renders a page that no browser has asked for, if there is one. Otherwise returns the problems that were found in
    /// this way.
    pub(super) fn render_more(&self) -> Option<Rest> {
        self.rendered.render_more()
    }

    /// Compares what this site is made from with that of an earlier version.
    pub(super) fn change_since(&self, before: &Self) -> Change {
        change_between(&before.compared, &self.compared)
    }
}

fn resolve(path: &str, known: &[&BTreeSet<String>]) -> Option<Resolved> {
    let is_known = |path: &str| known.iter().any(|paths| paths.contains(path));
    let index = |folder: &str| format!("{folder}index.html");
    let file = if path.is_empty() || path.ends_with('/') { index(path) } else { path.to_owned() };
    if is_known(&file) {
        return Some(Resolved::File(file));
    }
    is_known(&index(&format!("{path}/"))).then_some(Resolved::Folder)
}

/// Compares what two versions of the site are made from: texts, documents, and files that are used as they are.
fn change_between(before: &Compared, after: &Compared) -> Change {
    if !before.files.has_same_texts(&after.files) || !before.has_same_documents(after) {
        return Change::Other;
    }
    // The assets have the same paths, because their files have.
    let pairs = assets(&before.site_files).zip(assets(&after.site_files));
    let changed: Vec<&Asset> =
        pairs.filter(|(old, new)| old.bytes != new.bytes).map(|(_, new)| new).collect();
    if changed.is_empty() {
        Change::None
    } else if changed.iter().all(|asset| is_style(&asset.path)) {
        Change::Styles
    } else {
        Change::Other
    }
}

fn is_style(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "css")
}

fn assets(files: &SiteFiles) -> impl Iterator<Item = &Asset> {
    files.assets.iter().chain(&files.theme_assets).chain(&files.fonts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_resolve_to_their_index_and_nothing_else_is_guessed() {
        let files: BTreeSet<String> =
            ["index.html", "places/index.html", "mill.html"].map(str::to_owned).into();
        let cards = BTreeSet::from(["cards/mill.png".to_owned()]);
        let resolve = |path: &str| resolve(path, &[&files, &cards]);
        let is = |path: &str, file: &str| resolve(path) == Some(Resolved::File(file.to_owned()));
        assert!(is("", "index.html") && is("places/", "places/index.html") && is("mill.html", "mill.html"));
        assert!(is("cards/mill.png", "cards/mill.png"));
        assert_eq!(resolve("places"), Some(Resolved::Folder));
        for path in ["mill", "mill/", "../Cargo.toml", "/etc/passwd", "places/../mill.html", "places//"] {
            assert_eq!(resolve(path), None, "{path}");
        }
    }
}
