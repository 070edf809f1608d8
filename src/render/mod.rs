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
mod search;
mod site_data;
mod source;
pub mod template_names;
mod theme;
mod verdict;
pub mod view;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tera::{Context, Value};

use crate::compare::Comparison;
use crate::files::{Files, Span};
use crate::load::{SiteFiles, WordsFile};
use crate::problem::{Code, Problem, Problems};
use crate::verify::Verified;

use cards::{Card, CardRenderer, Cards};
#[cfg(feature = "serve")]
pub(crate) use html::escaped_text;
use locale::Locale;
use pages::{PagePlan, Pages};
use site_data::SiteData;
use theme::{TemplateError, Theme};

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

    /// Adds a page and its card. Returns the template errors of both.
    fn add(&mut self, page: RenderedPage, cards: &mut CardRenderer) -> impl Iterator<Item = TemplateError> {
        let card = page.card.map(|card| cards.add(&page.path, card));
        let html = page.html.map(|html| {
            self.pages += 1;
            self.files.insert(page.path, html);
        });
        [card, html].into_iter().filter_map(Result::err)
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
    files: &mut Files,
    problems: &mut Problems,
) -> Option<Rendered> {
    let site = &verified.site;
    let locale = Locale::new(&site.language, site.language_span, &site_files.words, files, problems);
    let data = SiteData::new(verified, comparison, &locale);
    let pages = Pages::new(&data);
    let globals = vec![
        ("site", Value::from_serializable(&view::SiteView::of(site))),
        ("nav", Value::from_serializable(&pages.nav())),
        ("comparison", Value::from_serializable(&pages.comparison)),
    ];
    let mut cards = CardRenderer::new(site.cards, &site_files.fonts, problems);
    let theme = Theme::new(&site_files.templates, globals, &locale, cards.fit(), files, problems)?;
    let all = pages.all(&theme, problems);
    let mut rendered =
        Rendered { files: copied_files(site.search, site_files, problems), ..Rendered::default() };
    match theme.render("filter.css", &Context::new()) {
        Ok(css) => drop(rendered.files.insert("assets/filter.css".to_owned(), css.into())),
        Err(error) => problems.push(theme.problem_of(&error, None, files)),
    }
    let metadata = exports::MetadataBuilder::new(&data);
    // Pages, exports and the search index are rendered in parallel.
    let (rendered_pages, (exported, index)) = {
        let render_page = |buffer: &mut Vec<u8>, page: &PagePlan<'_>| {
            RenderedPage::new(page, &metadata, &cards, &rendered.files, &theme, buffer)
        };
        let paths: Vec<&str> = all.iter().map(|page| page.path.as_str()).collect();
        let index = || site.search.then(|| search::index(&data, &pages));
        rayon::join(
            || all.par_iter().map_init(Vec::new, render_page).collect::<Vec<RenderedPage>>(),
            || rayon::join(|| exports::files(&data, &theme, &paths, &site_files.assets), index),
        )
    };
    for (path, result) in exported {
        match result {
            Ok(bytes) => drop(rendered.files.insert(path, bytes.into())),
            Err(error) => problems.push(theme.problem_of(&error, None, files)),
        }
    }
    if let Some((index, too_large)) = index {
        problems.extend(too_large);
        rendered.search_index = Some(search::size_text(index.len()));
        rendered.files.insert(search::INDEX.to_owned(), index.into());
    }
    let span_of = |path: &str| verified.pages.iter().find(|page| page.path == path).map(|page| page.span);
    for page in rendered_pages {
        let written = span_of(&page.path).map(|span| files.path_in_site(span.file).to_owned());
        let errors = rendered.add(page, &mut cards);
        problems.extend(errors.map(|error| theme.problem_of(&error, written.as_deref(), files)));
    }
    rendered.cards = cards.finish(span_of, files, problems);
    preserved::check_preserved(&site.keep, rendered.paths(), problems);
    Some(rendered)
}

/// Returns the files that are copied unchanged: the theme's assets and those of the site's author. A file in `content`
/// at the path of a theme's asset is a problem; one in `templates` replaces that asset without a problem. The theme's
/// search script is included only if `has_search`.
fn copied_files(
    has_search: bool,
    site_files: &SiteFiles,
    problems: &mut Problems,
) -> BTreeMap<String, Bytes> {
    let wanted = embedded::ASSETS.iter().filter(|(path, _)| *path != search::SCRIPT || has_search);
    let theme = wanted.map(|(path, text)| ((*path).to_owned(), Bytes::from_static(text.as_bytes())));
    let mut files: BTreeMap<String, Bytes> = theme.collect();
    for asset in &site_files.assets {
        if files.contains_key(&asset.path) {
            let help = format!(
                "rename this file; to replace the theme's file, move it to `templates/{}`",
                asset.path
            );
            let message = format!("the theme already has a file `{}`", asset.path);
            problems.push(Problem::error(Code::PathTaken, Span::whole(asset.file), message, help));
        }
    }
    let own = site_files.theme_assets.iter().chain(&site_files.assets);
    files.extend(own.map(|asset| (asset.path.clone(), asset.bytes.clone())));
    files
}

/// A page after its templates have run: HTML and card, or the errors.
struct RenderedPage {
    path: String,
    card: Result<Card, TemplateError>,
    html: Result<Bytes, TemplateError>,
}

impl RenderedPage {
    fn new(
        page: &PagePlan<'_>,
        metadata: &exports::MetadataBuilder<'_>,
        cards: &CardRenderer,
        taken: &BTreeMap<String, Bytes>,
        theme: &Theme<'_>,
        buffer: &mut Vec<u8>,
    ) -> Self {
        let mut context = page.context(metadata);
        let card = cards.render(page, &context, taken, theme);
        let path = card.as_ref().ok().and_then(Card::path).map(url_path);
        context.insert("card", &path);
        context.insert("card_is_drawn", &card.as_ref().is_ok_and(Card::is_drawn));
        Self { html: theme.render_into(buffer, &page.template, &context), card, path: page.path.clone() }
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
