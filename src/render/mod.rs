//! Sixth phase: builds every file of the site in memory, from verified data. Uses neither the disk nor the clock.

mod anchors;
mod answers;
mod authored_fields;
#[cfg(feature = "cards")]
pub mod cards;
#[cfg(not(feature = "cards"))]
#[path = "no_cards.rs"]
pub mod cards;
mod cells;
mod citations;
mod comparison;
mod contents;
mod descriptions;
mod diagrams;
pub mod embedded;
mod exports;
mod footnotes;
mod found;
mod fragment;
mod html;
mod letters;
mod locale;
mod markdown;
mod mentions;
mod pages;
mod pairs;
mod places;
mod preserved;
mod questions;
mod renderer;
mod search;
mod site_data;
mod source;
pub mod template_names;
mod theme;
mod values;
mod verdict;
pub mod view;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use tera::Value;

use crate::compare::Comparison;
use crate::files::Files;
use crate::load::{SiteFiles, WordsFile};
use crate::problem::Problems;
use crate::verify::Verified;

use cards::{CardRenderer, Cards};
#[cfg(feature = "serve")]
pub(crate) use html::escaped_text;
use locale::Locale;
use pages::Pages;
pub use renderer::Renderer;
pub use site_data::RenderCache;
use site_data::SiteData;
use theme::Theme;

fn card_path(page: &str) -> String {
    format!("cards/{}.png", page.strip_suffix(".html").unwrap_or(page))
}

const HOME: &str = "index.html";
/// The search page, which also lists the pages of the site's author with their headings.
const SEARCH: &str = "search.html";
/// The page that hosts answer with if an address doesn't exist. It has no card and is not in the sitemap.
const NOT_FOUND: &str = "404.html";

/// The whole site, ready to be written.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Every file except the cards, by path with forward slashes.
    pub files: BTreeMap<String, Bytes>,
    /// The social cards as SVG. They are drawn when the site is written or the preview server needs them.
    pub cards: Cards,
    /// Number of HTML pages in `files`.
    pub pages: usize,
    /// Size of the search index as text (`84 kB`); `None` if the site has no search.
    pub search_index: Option<String>,
}

impl Rendered {
    /// Returns the paths of all files, cards included.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.cards.sources().keys()).map(String::as_str)
    }
}

/// Parses the built-in theme and interface texts on background threads, before [`render`] needs them.
pub fn prepare() {
    rayon::spawn(locale::prepare);
    rayon::spawn(theme::prepare);
}

/// Returns the texts of the desk (the local editing program) in a language, by key. A text that the language lacks is
/// in English.
pub fn desk_texts(language: &str, author: &[WordsFile]) -> BTreeMap<String, String> {
    // Problems in the author's files are dropped here, because `render` reports them.
    Locale::new(language, None, author, &mut Files::default(), &mut Problems::default()).desk_texts()
}

/// Renders every file of the site. Template errors and colliding paths become problems. Returns `None` if the templates
/// of the site's author can't be parsed.
pub fn render(
    verified: &Verified,
    comparison: &Comparison,
    site_files: &SiteFiles,
    cache: &RenderCache,
    files: &mut Files,
    problems: &mut Problems,
) -> Option<Rendered> {
    with_renderer(verified, comparison, site_files, cache, files, problems, |renderer, files, problems| {
        renderer.all(files, problems)
    })
}

/// Calls `render` with what renders the site's files, which borrows from this function. Problems that are known before
/// any file is rendered are among those that `render` gets. Returns `None` if the templates of the site's author can't
/// be parsed.
pub fn with_renderer<R>(
    verified: &Verified,
    comparison: &Comparison,
    site_files: &SiteFiles,
    cache: &RenderCache,
    files: &mut Files,
    problems: &mut Problems,
    render: impl FnOnce(&Renderer<'_>, &mut Files, &mut Problems) -> R,
) -> Option<R> {
    let site = &verified.site;
    let locale = Locale::new(&site.language, site.language_span, &site_files.words, files, problems);
    let data = SiteData::new(verified, comparison, &locale, cache);
    let pages = Pages::new(&data);
    let globals = vec![
        ("site", Value::from_serializable(&view::SiteView::of(site))),
        ("nav", Value::from_serializable(&pages.nav())),
        ("comparison", pages.values.comparison(&pages.comparison)),
    ];
    let cards = CardRenderer::new(site.cards, &site_files.fonts, problems);
    let theme = Theme::new(&site_files.templates, globals, &locale, cards.fit(), files, problems)?;
    let renderer = Renderer::new((&data, &pages), site_files, theme, cards, problems);
    Some(render(&renderer, files, problems))
}

/// Returns the path of the menu entry that a page belongs to, such as its folder's index; empty for pages in the root.
fn section_of(path: &str, kind: &str) -> String {
    match kind {
        "question" | "pair" => "compare.html".to_owned(),
        "source" => "sources.html".to_owned(),
        _ => path
            .rsplit_once('/')
            .map_or_else(String::new, |(folder, _)| url_path(&format!("{folder}/{HOME}"))),
    }
}

/// Percent-encodes the characters of a path that browsers would misread in a relative URL, or that are not allowed in
/// one. All others stay, including `/` and non-ASCII characters.
pub(crate) fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            // A colon before the first slash would make the text before it a URL scheme.
            '%'
            | '?'
            | '#'
            | ' '
            | '"'
            | '<'
            | '>'
            | '`'
            | '{'
            | '}'
            | '\\'
            | '^'
            | '|'
            | '['
            | ']'
            | ':'
            | '\0'..='\x1f'
            | '\x7f' => {
                // Writing to a string can't fail.
                let _ = write!(url, "%{:02X}", u32::from(c));
            }
            other => url.push(other),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_paths_keep_letters_and_encode_special_characters() {
        assert_eq!(url_path("sources/新华社.html"), "sources/新华社.html");
        assert_eq!(url_path("a b#c?.html"), "a%20b%23c%3F.html");
        assert_eq!(url_path("javascript:x.html"), "javascript%3Ax.html");
    }
}
