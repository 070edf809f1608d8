//! The served site: its files in memory, and its cards, which are drawn on the first request.
//!
//! Files are looked up in memory by their full path in the site, never on the disk, so that no request can read other
//! files.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use super::headers::HeaderRules;
use crate::render::Rendered;
use crate::render::cards::{CardCache, Cards};

/// The path prefix of the server's own files. It can't conflict with the site, which has no files whose names start
/// with a dot.
pub(super) const OWN_PREFIX: &str = ".sourcewise/";

/// A complete site in memory.
pub(super) struct ServedSite {
    files: BTreeMap<String, Bytes>,
    cards: Cards,
    /// Images of the cards that were requested. Earlier versions of the site share them, because most cards stay the
    /// same.
    drawn: Arc<CardCache>,
    /// The rules of the site's `_headers` file.
    pub(super) rules: HeaderRules,
}

/// The result of looking up a path.
pub(super) enum Resolved {
    /// A file, and its path in the site.
    File(String, Bytes),
    /// The path of a card. Its image may not be drawn yet.
    Card(String),
    /// A folder that was requested without a final slash.
    Folder,
}

/// How a site differs from the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// The content of style sheets differs, and nothing else.
    Styles,
    /// Cards or files other than style sheets differ, or files were added or removed.
    Other,
}

impl ServedSite {
    pub(super) fn new(rendered: Rendered, drawn: Arc<CardCache>) -> Self {
        let files = rendered.files;
        let rules = files.get("_headers").map(|text| HeaderRules::parse(&String::from_utf8_lossy(text)));
        let rules = rules.unwrap_or_default();
        Self { files, cards: rendered.cards, drawn, rules }
    }

    /// Looks up a path from the site's root: first as a file, then as a card, then as a folder. `places/` is looked up
    /// as `places/index.html`, as static hosts do. `None` if the site has nothing at this path.
    pub(super) fn resolve(&self, path: &str) -> Option<Resolved> {
        let index = |folder: &str| format!("{folder}index.html");
        let file = if path.is_empty() || path.ends_with('/') { index(path) } else { path.to_owned() };
        if let Some(bytes) = self.files.get(&file) {
            return Some(Resolved::File(file, bytes.clone()));
        }
        if self.cards.sources().contains_key(&file) {
            return Some(Resolved::Card(file));
        }
        self.files.contains_key(&index(&format!("{path}/"))).then_some(Resolved::Folder)
    }

    pub(super) fn file(&self, path: &str) -> Option<Bytes> {
        self.files.get(path).cloned()
    }

    /// Returns the image of a card; an error is the reason why it can't be drawn. `None` if the site has no such card.
    /// The first request draws the image, which takes some milliseconds.
    pub(super) fn card(&self, path: &str) -> Option<Result<Bytes, String>> {
        self.cards.draw_one(path, &self.drawn)
    }

    /// Compares this site with an earlier version of it.
    pub(super) fn change_since(&self, before: &Self) -> Change {
        if self.files.len() != before.files.len() || !self.cards.has_same_output(&before.cards) {
            return Change::Other;
        }
        let mut change = Change::None;
        for ((path, bytes), (old_path, old)) in self.files.iter().zip(&before.files) {
            if path != old_path {
                return Change::Other;
            }
            if bytes != old {
                let is_style = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "css");
                if !is_style {
                    return Change::Other;
                }
                change = Change::Styles;
            }
        }
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> ServedSite {
        let files =
            files.iter().map(|(path, text)| ((*path).to_owned(), Bytes::from(text.as_bytes().to_vec())));
        ServedSite::new(Rendered { files: files.collect(), ..Rendered::default() }, Arc::default())
    }

    #[test]
    fn folders_resolve_to_their_index_and_nothing_else_is_guessed() {
        let site = site(&[("index.html", "home"), ("places/index.html", "places"), ("mill.html", "mill")]);
        let is = |path: &str, file: &str| matches!(site.resolve(path), Some(Resolved::File(found, _)) if found == file);
        assert!(is("", "index.html") && is("places/", "places/index.html") && is("mill.html", "mill.html"));
        assert!(matches!(site.resolve("places"), Some(Resolved::Folder)));
        for path in ["mill", "mill/", "../Cargo.toml", "/etc/passwd", "places/../mill.html", "places//"] {
            assert!(site.resolve(path).is_none(), "{path}");
        }
    }

    #[test]
    fn changes_of_style_sheets_only_are_distinguished_from_others() {
        let one = site(&[("a.css", "a"), ("a.html", "a")]);
        assert_eq!(site(&[("a.css", "a"), ("a.html", "a")]).change_since(&one), Change::None);
        assert_eq!(site(&[("a.css", "b"), ("a.html", "a")]).change_since(&one), Change::Styles);
        assert_eq!(site(&[("a.css", "b"), ("a.html", "b")]).change_since(&one), Change::Other);
        assert_eq!(site(&[("b.css", "a"), ("a.html", "a")]).change_since(&one), Change::Other);
    }
}
