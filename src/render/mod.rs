//! Sixth phase: what holds → every file of the site, in memory. Pure: no disk, no clock.

mod anchors;
mod answers;
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
pub mod embedded;
mod exports;
mod footnotes;
mod found;
mod fragment;
mod html;
mod kept;
mod letters;
mod markdown;
mod mentions;
mod pages;
mod pairs;
mod pictures;
mod questions;
mod search;
mod site_data;
mod source;
pub mod theme;
pub mod view;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tera::{Context, Value};

use crate::compare::Comparison;
use crate::files::{Files, Span};
use crate::load::SiteFiles;
use crate::problem::{Code, Problem, Problems};
use crate::verify::Verified;

use cards::{Card, CardMaker, Cards};
#[cfg(feature = "serve")]
pub(crate) use html::escaped_text;
use pages::{PageToRender, Pages};
use site_data::SiteData;
use theme::{Fault, Theme};
use words::Words;

/// The path of a page's card.
fn card_path(page: &str) -> String {
    format!("cards/{}.png", page.strip_suffix(".html").unwrap_or(page))
}

/// The home page's path.
const HOME: &str = "index.html";
/// The path of the search page, which lists all pages with their headings.
const SEARCH: &str = "search.html";
/// The path of the page for what isn't there, which nobody shares and nothing lists.
const NOT_FOUND: &str = "404.html";

/// The whole site, ready to be written: path → bytes, in order.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Every file but the cards, by its path, with `/`.
    pub files: BTreeMap<String, Bytes>,
    /// What becomes a picture for each page, where the site is written.
    pub cards: Cards,
    /// How many of them are pages.
    pub pages: usize,
    /// How large the search index is, for reading: `84 kB`; `None` where the author wants no search.
    pub search_index: Option<String>,
}

impl Rendered {
    /// The path of every file, cards included.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.cards.sources().keys()).map(String::as_str)
    }

    /// Adds a page and its card. Returns what was wrong with either.
    fn add(&mut self, made: Made, cards: &mut CardMaker) -> impl Iterator<Item = Fault> {
        let card = made.card.map(|card| cards.keep(&made.path, card));
        let html = made.html.map(|html| {
            self.pages += 1;
            self.files.insert(made.path, html);
        });
        [card, html].into_iter().filter_map(Result::err)
    }
}

/// Begins, on a thread of its own, what rendering needs of the theme alone: for who will render, and has other things to do
/// before.
pub fn prepare() {
    rayon::spawn(words::prepare);
    rayon::spawn(theme::prepare);
}

/// Makes every file of the site. Faults of templates are problems.
pub fn render(
    verified: &Verified,
    comparison: &Comparison,
    site_files: &SiteFiles,
    files: &mut Files,
    problems: &mut Problems,
) -> Option<Rendered> {
    let site = &verified.site;
    let words = Words::new(&site.language, site.language_span, &site_files.words, files, problems);
    let data = SiteData::new(verified, comparison, &words);
    let pages = Pages::new(&data);
    let globals = vec![
        ("site", Value::from_serializable(&view::SiteView::of(site))),
        ("nav", Value::from_serializable(&pages.nav())),
        ("comparison", Value::from_serializable(&pages.comparison)),
    ];
    let mut cards = CardMaker::new(site.cards, &site_files.fonts, problems);
    let theme = Theme::new(&site_files.templates, globals, &words, cards.fit(), files, problems)?;
    let all = pages.all(&theme, problems);
    let mut rendered = Rendered { files: copied(site.search, site_files, problems), ..Rendered::default() };
    match theme.run("filter.css", &Context::new()) {
        Ok(css) => drop(rendered.files.insert("assets/filter.css".to_owned(), css.into())),
        Err(fault) => problems.push(theme.problem_of(&fault, files)),
    }
    let heads = exports::Heads::new(&data);
    // Pages are made side by side, and beside them what else is made of all that holds.
    let (made, (exported, index)) = {
        let of = |buffer: &mut Vec<u8>, page: &PageToRender<'_>| {
            Made::of(page, &heads, &cards, &rendered.files, &theme, buffer)
        };
        let paths: Vec<&str> = all.iter().map(|page| page.path.as_str()).collect();
        let index = || site.search.then(|| search::index(&data, &pages));
        rayon::join(
            || all.par_iter().map_init(Vec::new, of).collect::<Vec<Made>>(),
            || rayon::join(|| exports::files(&data, &theme, &paths, &site_files.assets), index),
        )
    };
    for (path, made) in exported {
        match made {
            Ok(bytes) => drop(rendered.files.insert(path, bytes.into())),
            Err(fault) => problems.push(theme.problem_of(&fault, files)),
        }
    }
    if let Some((index, too_large)) = index {
        problems.extend(too_large);
        rendered.search_index = Some(search::size_text(index.len()));
        rendered.files.insert(search::INDEX.to_owned(), index.into());
    }
    for made in made {
        let faults = rendered.add(made, &mut cards);
        problems.extend(faults.map(|fault| theme.problem_of(&fault, files)));
    }
    let place = |path: &str| verified.pages.iter().find(|page| page.path == path).map(|page| page.span);
    rendered.cards = cards.finish(place, files, problems);
    kept::settle(&site.keep, rendered.paths(), problems);
    Some(rendered)
}

/// Files that go into the site as they are: those of the theme, and the author's.
fn copied(has_search: bool, site_files: &SiteFiles, problems: &mut Problems) -> BTreeMap<String, Bytes> {
    let wanted = embedded::ASSETS.iter().filter(|(path, _)| *path != search::SCRIPT || has_search);
    let theme = wanted.map(|(path, text)| ((*path).to_owned(), Bytes::from_static(text.as_bytes())));
    let mut files: BTreeMap<String, Bytes> = theme.collect();
    for asset in &site_files.assets {
        if files.contains_key(&asset.path) {
            let help = "give the file another name; to replace a file of the theme, put it into `templates/`";
            let message = format!("`{}` is a file of the theme", asset.path);
            problems.push(Problem::error(Code::PathTaken, Span::whole(asset.file), message, help));
        }
    }
    let own = site_files.theme_assets.iter().chain(&site_files.assets);
    files.extend(own.map(|asset| (asset.path.clone(), asset.bytes.clone())));
    files
}

/// What the templates have made of a page.
struct Made {
    path: String,
    card: Result<Card, Fault>,
    html: Result<Bytes, Fault>,
}

impl Made {
    fn of(
        page: &PageToRender<'_>,
        heads: &exports::Heads<'_>,
        cards: &CardMaker,
        taken: &BTreeMap<String, Bytes>,
        theme: &Theme<'_>,
        buffer: &mut Vec<u8>,
    ) -> Self {
        let mut context = page.context(heads);
        let card = cards.make(page, &context, taken, theme);
        let path = card.as_ref().ok().and_then(Card::path).map(url_path);
        context.insert("card", &path);
        context.insert("card_is_drawn", &card.as_ref().is_ok_and(Card::is_drawn));
        Self { html: theme.run_in(buffer, &page.template, &context), card, path: page.path.clone() }
    }
}

/// A path as it stands in a URL: what has a meaning there is written as `%XX`.
pub(crate) fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            // A colon before the first slash would make a scheme of what precedes it.
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
                // Writing to a string does not fail.
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
    fn paths_keep_their_letters_and_lose_what_means_something_in_a_url() {
        assert_eq!(url_path("sources/新华社.html"), "sources/新华社.html");
        assert_eq!(url_path("a b#c?.html"), "a%20b%23c%3F.html");
        assert_eq!(url_path("javascript:x.html"), "javascript%3Ax.html");
    }
}
