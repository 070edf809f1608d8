//! Renders the files of a site: all at once for `build`, or each when it is asked for, as `serve` does.

use std::collections::BTreeMap;

use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::cards::{Card, CardRenderer, Cards};
use super::exports::{self, Make, MetadataBuilder};
use super::pages::{PagePlan, Pages};
use super::preserved::check_preserved;
use super::site_data::SiteData;
use super::theme::{TemplateError, Theme};
use super::{Rendered, embedded, search, url_path};
use crate::files::{Files, Span};
use crate::load::SiteFiles;
use crate::problem::{Code, Problem, Problems};

/// The path of the style sheet that a template makes.
const FILTER: &str = "assets/filter.css";

/// Everything that the site's files are rendered from.
pub struct Renderer<'a> {
    pub(super) data: &'a SiteData<'a>,
    pub(super) pages: &'a Pages<'a>,
    pub(super) site_files: &'a SiteFiles,
    pub(super) theme: Theme<'a>,
    pub(super) cards: CardRenderer,
    metadata: MetadataBuilder<'a>,
    plans: Vec<PagePlan<'a>>,
    copied: BTreeMap<String, Bytes>,
    made: Vec<(String, Make<'a>)>,
}

impl<'a> Renderer<'a> {
    /// Plans all files. Front matter that names a missing template, and colliding paths, become problems.
    pub(super) fn new(
        (data, pages): (&'a SiteData<'a>, &'a Pages<'a>),
        site_files: &'a SiteFiles,
        theme: Theme<'a>,
        cards: CardRenderer,
        problems: &mut Problems,
    ) -> Self {
        let plans = pages.all(&theme, problems);
        let copied = copied_files(data.verified.site.search, site_files, problems);
        let paths: Vec<&str> = plans.iter().map(|page| page.path.as_str()).collect();
        let mut made: Vec<(String, Make<'a>)> = vec![(FILTER.to_owned(), Box::new(filter))];
        made.extend(exports::files(data, &paths, &site_files.assets));
        let metadata = MetadataBuilder::new(data);
        Self { data, pages, site_files, theme, cards, metadata, plans, copied, made }
    }

    /// Returns the number of HTML pages.
    pub fn pages(&self) -> usize {
        self.plans.len()
    }

    /// Returns the paths of all files except the cards.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let made = self.made.iter().map(|(path, _)| path.as_str());
        let index = self.data.verified.site.search.then_some(search::INDEX);
        let pages = self.plans.iter().map(|page| page.path.as_str());
        self.copied.keys().map(String::as_str).chain(made).chain(index).chain(pages)
    }

    /// Returns the paths of all cards, also of those that turn out to have characters that no font has.
    pub fn card_paths(&self) -> impl Iterator<Item = String> {
        let paths = self.plans.iter().filter_map(|page| self.cards.path_for(page));
        paths.filter(|path| !self.copied.contains_key(path))
    }

    /// Whether rendering can fail, or collides with a path in `[output] keep`. Only templates and interface texts of
    /// the site's author can be wrong; those of the theme are not.
    pub fn can_fail(&self) -> bool {
        let mut collisions = Problems::default();
        let cards: Vec<String> = self.card_paths().collect();
        let paths = self.paths().chain(cards.iter().map(String::as_str));
        check_preserved(&self.data.verified.site.keep, paths, &mut collisions);
        !self.site_files.templates.is_empty() || !self.site_files.words.is_empty() || !collisions.is_empty()
    }

    /// Returns a site of which only the copied files are there.
    pub fn start(&self) -> Rendered {
        Rendered {
            files: self.copied.clone(),
            cards: self.cards.none(),
            pages: self.pages(),
            search_index: None,
        }
    }

    /// Renders all files. Template errors become problems.
    pub fn all(&self, files: &mut Files, problems: &mut Problems) -> Rendered {
        let mut rendered = self.start();
        // Pages, exports and the search index are rendered in parallel.
        let (pages, (made, index)) = {
            let page = |buffer: &mut Vec<u8>, page| self.page(page, buffer);
            let make = |(path, make): &(String, Make<'a>)| (path.clone(), make(&self.theme));
            let index = || self.data.verified.site.search.then(|| search::index(self.data, self.pages));
            rayon::join(
                || self.plans.par_iter().map_init(Vec::new, page).collect::<Vec<RenderedPage>>(),
                || rayon::join(|| self.made.par_iter().map(make).collect::<Vec<_>>(), index),
            )
        };
        for (path, result) in made {
            self.add_made(path, result, &mut rendered, files, problems);
        }
        if let Some(index) = index {
            add_index(index, &mut rendered, problems);
        }
        rendered.pages = pages.iter().filter(|page| page.html.is_ok()).count();
        for (at, page) in pages.into_iter().enumerate() {
            self.add_rendered(at, page, &mut rendered, files, problems);
        }
        self.report_cards(&rendered.cards, files, problems);
        check_preserved(&self.data.verified.site.keep, rendered.paths(), problems);
        rendered
    }

    /// Renders the file or the card at a path into `rendered`, unless it is there. Does nothing if the site has no such
    /// path. Template errors become problems.
    pub fn add(&self, path: &str, rendered: &mut Rendered, files: &mut Files, problems: &mut Problems) {
        if rendered.files.contains_key(path) || rendered.cards.sources().contains_key(path) {
            return;
        }
        let has_path =
            |page: &PagePlan<'_>| page.path == path || self.cards.path_for(page).as_deref() == Some(path);
        if let Some(at) = self.plans.iter().position(has_path) {
            self.add_page(at, rendered, files, problems);
        } else if let Some((path, make)) = self.made.iter().find(|(made, _)| made == path) {
            self.add_made(path.clone(), make(&self.theme), rendered, files, problems);
        } else if path == search::INDEX && self.data.verified.site.search {
            add_index(search::index(self.data, self.pages), rendered, problems);
        }
    }

    /// Renders a page and its card into `rendered`, unless they are there. `at` counts pages from 0.
    pub fn add_page(&self, at: usize, rendered: &mut Rendered, files: &mut Files, problems: &mut Problems) {
        if !rendered.files.contains_key(&self.plans[at].path) {
            let page = self.page(&self.plans[at], &mut Vec::new());
            self.add_rendered(at, page, rendered, files, problems);
        }
    }

    /// Reports what is known only after all pages are rendered: cards that can't be drawn, and a search index that is
    /// larger than its limit.
    pub fn report_rest(&self, rendered: &mut Rendered, files: &mut Files, problems: &mut Problems) {
        self.report_cards(&rendered.cards, files, problems);
        if self.data.verified.site.search_kb.is_some() {
            self.add(search::INDEX, rendered, files, problems);
        }
    }

    fn page(&self, page: &PagePlan<'_>, buffer: &mut Vec<u8>) -> RenderedPage {
        let mut context = page.context(&self.metadata);
        let card = self.cards.render(page, &context, &self.copied, &self.theme);
        let path = card.as_ref().ok().and_then(Card::path).map(url_path);
        context.insert("card", &path);
        context.insert("card_is_drawn", &card.as_ref().is_ok_and(Card::is_drawn));
        let html = self.theme.render_into(buffer, &page.template, &context);
        RenderedPage { html, card, path: page.path.clone() }
    }

    fn add_rendered(
        &self,
        at: usize,
        page: RenderedPage,
        rendered: &mut Rendered,
        files: &mut Files,
        problems: &mut Problems,
    ) {
        let card = page.card.map(|card| rendered.cards.add((at, &page.path), card));
        let written = || self.span_of(&page.path).map(|span| files.path_in_site(span.file).to_owned());
        let written = (card.is_err() || page.html.is_err()).then(written).flatten();
        let html = page.html.map(|html| drop(rendered.files.insert(page.path, html)));
        for error in [card, html].into_iter().filter_map(Result::err) {
            problems.push(self.theme.problem_of(&error, written.as_deref(), files));
        }
    }

    fn add_made(
        &self,
        path: String,
        result: Result<Vec<u8>, TemplateError>,
        rendered: &mut Rendered,
        files: &mut Files,
        problems: &mut Problems,
    ) {
        match result {
            Ok(bytes) => drop(rendered.files.insert(path, bytes.into())),
            Err(error) => problems.push(self.theme.problem_of(&error, None, files)),
        }
    }

    fn report_cards(&self, cards: &Cards, files: &mut Files, problems: &mut Problems) {
        problems.extend(cards.problem(|path| self.span_of(path), files));
    }

    /// Returns the start of the file from which a page is made; `None` for generated pages.
    fn span_of(&self, path: &str) -> Option<Span> {
        self.data.verified.pages.iter().find(|page| page.path == path).map(|page| page.span)
    }
}

/// A page after its templates have run: HTML and card, or the errors.
struct RenderedPage {
    path: String,
    card: Result<Card, TemplateError>,
    html: Result<Bytes, TemplateError>,
}

fn filter(theme: &Theme<'_>) -> Result<Vec<u8>, TemplateError> {
    theme.render_alone("filter.css").map(String::into_bytes)
}

fn add_index(
    (index, too_large): (Vec<u8>, Option<Problem>),
    rendered: &mut Rendered,
    problems: &mut Problems,
) {
    problems.extend(too_large);
    rendered.search_index = Some(search::size_text(index.len()));
    rendered.files.insert(search::INDEX.to_owned(), index.into());
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
