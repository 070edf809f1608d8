//! The list of all pages, each with its template and the variables that the template sees.

use sourcewise_documents::url::split_origin;
use tera::{Context, Value};

use super::anchors::root_of;
use super::authored_fields::AuthoredFields;
use super::comparison;
use super::contents::{contents, headings};
use super::descriptions;
use super::exports::{MetadataBuilder, PageKind};
use super::markdown::{CiteStyle, Placement, render};
use super::mentions::mentions;
use super::pairs::{Pair, pair_view, pairs};
use super::questions::question_view;
use super::site_data::SiteData;
use super::source::source_view;
use super::theme::Theme;
use super::values::SourceValues;
use super::verdict::verdict_view;
use super::view::{ComparisonView, DateView, LinkView, MentionView, PairRef, QuestionView};
use super::{HOME, NOT_FOUND, SEARCH, section_of, url_path};
use crate::compare::ColumnId;
use crate::problem::{Code, Problem, Problems};
use crate::verify::{Page, Question};

/// A page to be rendered.
pub(super) struct PagePlan<'a> {
    pub(super) path: String,
    pub(super) page_kind: PageKind<'a>,
    pub(super) template: String,
    /// Builds the template's variables, on demand: those of all pages at once would take too much memory.
    context: Box<dyn Fn() -> Context + Send + Sync + 'a>,
}

impl PagePlan<'_> {
    /// Builds the template's variables, metadata included.
    pub(super) fn context(&self, metadata: &MetadataBuilder<'_>) -> Context {
        let mut context = (self.context)();
        let title = context.get("title").and_then(Value::as_str).unwrap_or_default();
        let head = metadata.of(&self.path, self.page_kind, title);
        context.insert("address", &head.address);
        context.insert("feed", &head.feed);
        context.insert("schema", &head.schema);
        context.insert("cite", &head.cite);
        context
    }
}

/// Builds the list of all pages, from data that is computed once for all of them.
pub(super) struct Pages<'a> {
    pub(super) data: &'a SiteData<'a>,
    /// For each page of the site's author, what the sources say about the subject that its front matter names.
    pub(super) mentions: Vec<Vec<MentionView>>,
    /// The variable `comparison` of templates.
    pub(super) comparison: ComparisonView,
    pub(super) values: SourceValues,
}

impl<'a> Pages<'a> {
    pub(super) fn new(data: &'a SiteData<'a>) -> Self {
        Self {
            data,
            mentions: mentions(data),
            comparison: comparison::of(data),
            values: SourceValues::of(data),
        }
    }

    /// Returns links to the comparison and to the list of sources.
    pub(super) fn generated(&self) -> [LinkView; 2] {
        [("compare_title", "compare.html"), ("sources_title", "sources.html")]
            .map(|(title, path)| self.menu_item(title, path))
    }

    /// Returns the menu: the comparison, the list of sources, pages with `nav` in their front matter in the order of
    /// that number, and the search page, if the site has one.
    pub(super) fn nav(&self) -> Vec<LinkView> {
        let mut pages: Vec<&Page> =
            self.data.verified.pages.iter().filter(|page| page.head.nav.is_some()).collect();
        pages.sort_by_key(|page| (page.head.nav, &page.path));
        let search = self.data.verified.site.search.then(|| self.menu_item("search_title", SEARCH));
        self.generated().into_iter().chain(pages.into_iter().map(link)).chain(search).collect()
    }

    fn menu_item(&self, title: &str, path: &str) -> LinkView {
        LinkView { title: self.data.locale.text(title), description: None, path: path.to_owned() }
    }

    /// Returns all pages, written and generated. Front matter that names a missing template becomes a problem.
    pub(super) fn all(&'a self, theme: &Theme<'_>, problems: &mut Problems) -> Vec<PagePlan<'a>> {
        let (data, comparison) = (self.data, &self.comparison);
        let mut all: Vec<PagePlan<'a>> = Vec::new();
        let written = data.verified.pages.iter().zip(&self.mentions);
        all.extend(written.map(|(page, mentions)| self.authored(page, mentions, theme, problems)));
        if !data.has_home() {
            all.push(self.home());
        }
        let about = descriptions::of_comparison(comparison, data.locale);
        all.push(self.list("compare.html", "compare_title", about, "compare"));
        let about = descriptions::of_sources(comparison);
        all.push(self.list("sources.html", "sources_title", about, "sources"));
        if self.data.verified.site.search {
            all.push(self.list(SEARCH, "search_title", data.locale.text("everything"), "search"));
        }
        all.push(self.not_found());
        let questions = comparison.questions.iter().zip(&data.verified.questions);
        all.extend(questions.map(|(view, question)| self.question(view, question)));
        all.extend(data.columns.ids().map(|column| self.source(column)));
        let both = comparison.pairs.iter().zip(pairs(data));
        all.extend(both.map(|(summary, pair)| self.pair(summary, pair)));
        all
    }

    fn context(path: &str, title: &str, description: Option<&str>, kind: &str) -> Context {
        let mut context = Context::new();
        context.insert("root", &root_of(path));
        context.insert("path", &url_path(path));
        context.insert("section", &section_of(path, kind));
        context.insert("title", title);
        context.insert("description", &description);
        context.insert("kind", kind);
        context
    }

    /// Returns the home page of a site whose author wrote none.
    fn home(&self) -> PagePlan<'a> {
        let site = &self.data.verified.site;
        let context = || {
            let mut context = Self::context(HOME, &site.title, site.description.as_deref(), "home");
            AuthoredFields::default().insert_into(&mut context);
            context
        };
        PagePlan {
            path: HOME.to_owned(),
            page_kind: PageKind::Home(None),
            template: "home.html".to_owned(),
            context: Box::new(context),
        }
    }

    /// Returns the comparison, the list of sources or the search page. Its template has the same path as the page.
    /// `title` is the key of an interface text, `about` the page's meta description.
    fn list(&'a self, path: &'static str, title: &str, about: String, kind: &'static str) -> PagePlan<'a> {
        let title = self.data.locale.text(title);
        let context = move || {
            let mut context = Self::context(path, &title, Some(&about), kind);
            if kind == "search" {
                context.insert_value("contents", Value::from_serializable(&contents(self.data)));
            }
            context
        };
        let (page_kind, template) = (PageKind::List, path.to_owned());
        PagePlan { path: path.to_owned(), page_kind, template, context: Box::new(context) }
    }

    /// Returns the 404 page. A host may answer with it in any folder, so its links start at the host's root if
    /// `base_url` is set.
    fn not_found(&'a self) -> PagePlan<'a> {
        let context = || {
            let title = self.data.locale.text("not_found");
            let mut context = Self::context(NOT_FOUND, &title, None, "not-found");
            if let Some(base) = &self.data.verified.site.base_url {
                // A path without the host, so that the links also work in a preview on another host.
                context.insert("root", &format!("{}/", split_origin(base).1));
            }
            context
        };
        PagePlan {
            path: NOT_FOUND.to_owned(),
            page_kind: PageKind::NotFound,
            template: NOT_FOUND.to_owned(),
            context: Box::new(context),
        }
    }

    fn question(&'a self, view: &'a QuestionView, question: &'a Question) -> PagePlan<'a> {
        let path = &view.question.path;
        let context = move || {
            let about = descriptions::of_question(view);
            let mut context = Self::context(path, &view.question.title, Some(&about), "question");
            let at = view.number - 1;
            let near =
                |at: Option<usize>| at.and_then(|at| self.comparison.questions.get(at)).map(|q| &q.question);
            let root = root_of(path);
            let placement = Placement { root: &root, style: CiteStyle::Named, parent_level: Some(1) };
            let row = self.data.row(&question.id).filter(|_| self.comparison.brief);
            let whole = row.map(|row| question_view(self.data, view.number, row, false));
            context.insert_value("question", self.values.question(whole.as_ref().unwrap_or(view)));
            context.insert("body", &render(&question.text, placement, self.data).body);
            context.insert("previous", &near(at.checked_sub(1)));
            context.insert("next", &near(Some(at + 1)));
            context
        };
        PagePlan {
            path: path.clone(),
            page_kind: PageKind::Question(question),
            template: "question.html".to_owned(),
            context: Box::new(context),
        }
    }

    fn source(&'a self, column: ColumnId) -> PagePlan<'a> {
        let source = self.data.column(column);
        let path = &self.data.sources[&source.id].path;
        let context = move || {
            let root = root_of(path);
            let placement = Placement { root: &root, style: CiteStyle::Named, parent_level: Some(2) };
            let notes = source.notes.as_ref().map(|notes| render(notes, placement, self.data).body);
            let view = source_view(self.data, column, notes);
            let about =
                descriptions::of_source(&view.brief, self.comparison.questions.len(), self.data.locale);
            let mut context = Self::context(path, &source.about.title, Some(&about), "source");
            context.insert_value("source", Value::from_serializable(&view));
            context
        };
        PagePlan {
            path: path.clone(),
            page_kind: PageKind::Source(source),
            template: "source.html".to_owned(),
            context: Box::new(context),
        }
    }

    fn pair(&'a self, summary: &'a PairRef, pair: Pair<'a>) -> PagePlan<'a> {
        let context = move || {
            let (locale, path) = (self.data.locale, &summary.path);
            let title =
                locale.fill("pair_title", &[("a", &summary.first.short), ("b", &summary.second.short)]);
            let (agree, differ) = (summary.agree.to_string(), summary.differ.to_string());
            let about = locale.fill("pair_counts", &[("agree", &agree), ("differ", &differ)]);
            let mut context = Self::context(path, &title, Some(&about), "pair");
            context.insert_value("pair", Value::from_serializable(&pair_view(self.data, pair)));
            context
        };
        PagePlan {
            path: summary.path.clone(),
            page_kind: pair.page_kind(),
            template: "pair.html".to_owned(),
            context: Box::new(context),
        }
    }

    fn authored(
        &'a self,
        page: &'a Page,
        mentions: &'a [MentionView],
        theme: &Theme<'_>,
        problems: &mut Problems,
    ) -> PagePlan<'a> {
        let (default, kind, page_kind) = if page.path == HOME {
            ("home.html", "home", PageKind::Home(Some(page)))
        } else {
            ("page.html", "page", PageKind::Page(page))
        };
        let context = move || {
            let about = page.head.description.as_deref();
            let mut context = Self::context(&page.path, &page.head.title, about, kind);
            let root = root_of(&page.path);
            let placement = Placement { root: &root, style: CiteStyle::Numbered, parent_level: None };
            let html = render(&page.text, placement, self.data);
            let fields = AuthoredFields {
                content: html.body,
                headings: headings(&page.text, ""),
                references: html.references,
                updated: page.head.updated.map(|day| DateView::of(day, self.data.locale)),
                markers: html.markers,
                extra: page.head.extra.clone(),
                children: self.children(&page.path),
                verdict: page.verdict.as_ref().map(|verdict| verdict_view(self.data, verdict)),
                is_about: !page.head.mentions.is_empty(),
                mentions,
            };
            fields.insert_into(&mut context);
            context
        };
        let template = template_of(page, default, theme, problems);
        PagePlan { path: page.path.clone(), page_kind, template, context: Box::new(context) }
    }

    /// Returns the pages in an index page's folder, and its subfolders' indexes; none for home and non-index pages.
    fn children(&self, index: &str) -> Vec<LinkView> {
        let Some(folder) = index.strip_suffix(HOME) else { return Vec::new() };
        if folder.is_empty() {
            return Vec::new();
        }
        let listed = |page: &&Page| {
            let Some(below) = page.path.strip_prefix(folder) else { return false };
            below != HOME
                && (!below.contains('/')
                    || below.strip_suffix(HOME).is_some_and(|rest| rest.matches('/').count() == 1))
        };
        let mut pages: Vec<&Page> = self.data.verified.pages.iter().filter(listed).collect();
        pages.sort_by_key(|page| (page.head.order.unwrap_or(u32::MAX), &page.path));
        pages.into_iter().map(link).collect()
    }
}

/// Returns the template that the front matter names; the default if it names none, or a missing one (a problem).
fn template_of(page: &Page, default: &str, theme: &Theme<'_>, problems: &mut Problems) -> String {
    let Some(wanted) = &page.head.template else { return default.to_owned() };
    if theme.has(&wanted.value) {
        return wanted.value.clone();
    }
    let help = match theme.nearest(&wanted.value) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("create `templates/{}`, or remove `template`", wanted.value),
    };
    let message = format!("there is no template `{}`", wanted.value);
    problems.push(Problem::error(Code::Template, wanted.span, message, help));
    default.to_owned()
}

fn link(page: &Page) -> LinkView {
    LinkView {
        title: page.head.title.clone(),
        description: page.head.description.clone(),
        path: url_path(&page.path),
    }
}
