//! What can be asked for while a site is served: its files in memory, its cards once somebody asks for them.
//!
//! Everything is looked up by its whole path in the site. No path leads to the disk, so that none leads out of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use super::headers::HeaderRules;
use crate::render::Rendered;
use crate::render::cards::{CardCache, Cards};

/// Where everything lies that is there for serving alone. The site has no such path: files whose names begin with a dot
/// are no part of it.
pub(super) const OWN: &str = ".sourcewise/";

/// A whole site, ready to be sent.
pub(super) struct Site {
    files: BTreeMap<String, Bytes>,
    cards: Cards,
    /// Cards that were asked for, of this site and of those before it.
    drawn: Arc<CardCache>,
    /// What the site's own `_headers` asks of its host.
    pub(super) rules: HeaderRules,
}

/// What a path leads to.
pub(super) enum Found {
    /// A file, and its path in the site.
    File(String, Bytes),
    /// A card, by its path: it may have to be drawn.
    Card(String),
    /// A folder that was asked for as if it were a file.
    Folder,
}

/// How one site differs from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    None,
    /// In nothing but style sheets.
    Styles,
    /// In more than that.
    Pages,
}

impl Site {
    pub(super) fn new(rendered: Rendered, drawn: Arc<CardCache>) -> Self {
        let files = rendered.files;
        let rules = files.get("_headers").map(|text| HeaderRules::parse(&String::from_utf8_lossy(text)));
        let rules = rules.unwrap_or_default();
        Self { files, cards: rendered.cards, drawn, rules }
    }

    /// What a path from the site's root leads to: `systems/` to the folder's index, as on every host.
    pub(super) fn find(&self, path: &str) -> Option<Found> {
        let index = |folder: &str| format!("{folder}index.html");
        let file = if path.is_empty() || path.ends_with('/') { index(path) } else { path.to_owned() };
        if let Some(bytes) = self.files.get(&file) {
            return Some(Found::File(file, bytes.clone()));
        }
        if self.cards.sources().contains_key(&file) {
            return Some(Found::Card(file));
        }
        self.files.contains_key(&index(&format!("{path}/"))).then_some(Found::Folder)
    }

    /// A file of the site by its path, if it is one.
    pub(super) fn file(&self, path: &str) -> Option<Bytes> {
        self.files.get(path).cloned()
    }

    /// The picture of a card. Takes some milliseconds for the first who asks.
    pub(super) fn card(&self, path: &str) -> Option<Result<Bytes, String>> {
        self.cards.draw_one(path, &self.drawn)
    }

    /// How this site differs from an earlier one.
    pub(super) fn change_since(&self, before: &Self) -> Change {
        if self.files.len() != before.files.len() || !self.cards.has_same_output(&before.cards) {
            return Change::Pages;
        }
        let mut change = Change::None;
        for ((path, bytes), (old_path, old)) in self.files.iter().zip(&before.files) {
            if path != old_path {
                return Change::Pages;
            }
            if bytes != old {
                let is_style = path.rsplit_once('.').is_some_and(|(_, kind)| kind == "css");
                if !is_style {
                    return Change::Pages;
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

    fn site(files: &[(&str, &str)]) -> Site {
        let files =
            files.iter().map(|(path, text)| ((*path).to_owned(), Bytes::from(text.as_bytes().to_vec())));
        Site::new(Rendered { files: files.collect(), ..Rendered::default() }, Arc::default())
    }

    #[test]
    fn folders_are_their_index_and_nothing_else_is_guessed() {
        let site = site(&[("index.html", "home"), ("places/index.html", "places"), ("mill.html", "mill")]);
        let is =
            |path: &str, file: &str| matches!(site.find(path), Some(Found::File(found, _)) if found == file);
        assert!(is("", "index.html") && is("places/", "places/index.html") && is("mill.html", "mill.html"));
        assert!(matches!(site.find("places"), Some(Found::Folder)));
        for path in ["mill", "mill/", "../Cargo.toml", "/etc/passwd", "places/../mill.html", "places//"] {
            assert!(site.find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_change_of_style_sheets_alone_is_told_from_others() {
        let one = site(&[("a.css", "a"), ("a.html", "a")]);
        assert_eq!(site(&[("a.css", "a"), ("a.html", "a")]).change_since(&one), Change::None);
        assert_eq!(site(&[("a.css", "b"), ("a.html", "a")]).change_since(&one), Change::Styles);
        assert_eq!(site(&[("a.css", "b"), ("a.html", "b")]).change_since(&one), Change::Pages);
        assert_eq!(site(&[("b.css", "a"), ("a.html", "a")]).change_since(&one), Change::Pages);
    }
}
