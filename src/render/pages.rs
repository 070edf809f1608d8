//! Which pages there are, and what each shows.

use tera::{Context, Value};

use super::descriptions;
use super::exports::Heads;
use super::markdown::{CiteStyle, Frame, render};
use super::mentions::Said;
use super::pairs::Pair;
use super::search;
use super::theme::Theme;
use super::view::{ComparisonView, DateView, LinkView, QuestionView, SourceView, UseView};
use super::views::Views;
use super::{HOME, NOT_FOUND, url_path};
use crate::compare::Agreement;
use crate::ids::SourceId;
use crate::problem::{Code, Problem, Problems};
use crate::verify::{Page, Text};

/// A page that is ready for its template.
pub(super) struct PageToRender {
    pub(super) path: String,
    pub(super) template: String,
    pub(super) context: Context,
}

impl PageToRender {
    fn describe(&mut self, about: &str) {
        self.context.insert("description", about);
    }

    /// Tells the template what it needs for the page's head.
    pub(super) fn insert_head(&mut self, heads: &Heads<'_>) {
        let title = self.context.get("title").and_then(Value::as_str).unwrap_or_default();
        let head = heads.of(&self.path, title);
        self.context.insert("address", &head.address);
        self.context.insert("feed", &head.feed);
        self.context.insert("schema", &head.schema);
        self.context.insert("cite", &head.cite);
    }
}

/// All pages of the site.
pub(super) struct Pages<'a> {
    pub(super) views: &'a Views<'a>,
    /// What each source says, by column, to be searched for names.
    pub(super) said: Vec<Said>,
    /// The comparison as templates see it.
    pub(super) comparison: ComparisonView,
}

impl<'a> Pages<'a> {
    pub(super) fn new(views: &'a Views<'a>) -> Self {
        let said = views.columns().map(Said::of).collect();
        Self { views, said, comparison: comparison(views) }
    }

    /// The comparison and the sources.
    pub(super) fn generated(&self) -> [LinkView; 2] {
        [("compare_title", "compare.html"), ("sources_title", "sources.html")]
            .map(|(title, path)| self.menu_item(title, path))
    }

    /// The menu: the comparison, the sources, every page with a place in it, and last the search.
    pub(super) fn nav(&self) -> Vec<LinkView> {
        let mut pages: Vec<&Page> =
            self.views.verified.pages.iter().filter(|page| page.head.nav.is_some()).collect();
        pages.sort_by_key(|page| (page.head.nav, &page.path));
        let search = self.menu_item("search_title", "search.html");
        self.generated().into_iter().chain(pages.into_iter().map(link)).chain([search]).collect()
    }

    fn menu_item(&self, title: &str, path: &str) -> LinkView {
        LinkView { title: self.views.words.text(title), description: None, path: path.to_owned() }
    }

    /// Everything that a template is to make.
    pub(super) fn all(&self, theme: &Theme<'_>, problems: &mut Problems) -> Vec<PageToRender> {
        let mut all: Vec<PageToRender> = Vec::new();
        let written = &self.views.verified.pages;
        all.extend(written.iter().map(|page| self.written(page, theme, problems)));
        if !written.iter().any(|page| page.path == HOME) {
            all.push(self.plain("home.html", HOME, &self.views.verified.site.title, "home"));
        }
        let words = self.views.words;
        let mut compare = self.plain("compare.html", "compare.html", &words.text("compare_title"), "compare");
        compare.describe(&descriptions::of_comparison(&self.comparison, words));
        let mut sources = self.plain("sources.html", "sources.html", &words.text("sources_title"), "sources");
        sources.describe(&descriptions::of_sources(&self.comparison));
        all.extend([compare, sources]);
        all.push(self.search());
        all.push(self.not_found());
        for question in &self.comparison.questions {
            all.push(self.question(question));
        }
        for source in &self.comparison.sources {
            all.push(self.source(source));
        }
        all.extend(self.views.pairs().into_iter().map(|pair| self.pair(pair)));
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

    /// A page without text of the author's.
    fn plain(&self, template: &str, path: &str, title: &str, kind: &str) -> PageToRender {
        let description = self.views.verified.site.description.as_deref();
        let mut context = Self::context(path, title, description.filter(|_| path == HOME), kind);
        if path == HOME {
            insert_written(&mut context, None);
        }
        PageToRender { path: path.to_owned(), template: template.to_owned(), context }
    }

    /// The page that searches, and lists everything while it does not.
    fn search(&self) -> PageToRender {
        let mut page =
            self.plain("search.html", "search.html", &self.views.words.text("search_title"), "search");
        let contents = search::contents(&self.views.verified.site, &self.views.verified.pages);
        page.describe(&self.views.words.text("everything"));
        page.context.insert_value("contents", Value::from_serializable(&contents));
        page
    }

    /// The page for what isn't there. A host shows it at any depth, so that its links need the site's whole address.
    fn not_found(&self) -> PageToRender {
        let mut page = self.plain("404.html", NOT_FOUND, &self.views.words.text("not_found"), "not-found");
        if let Some(base) = &self.views.verified.site.base_url {
            // The way from the host's root, so that it holds wherever else the same pages are shown.
            let host = base.split_once("://").map_or("", |(_, host)| host);
            let path = host.split_once('/').map_or("", |(_, path)| path);
            page.context.insert("root", &if path.is_empty() { "/".to_owned() } else { format!("/{path}/") });
        }
        page
    }

    fn question(&self, question: &QuestionView) -> PageToRender {
        let path = &question.question.path;
        let about = descriptions::of_question(question, self.views.words);
        let mut context = Self::context(path, &question.question.title, Some(&about), "question");
        let at = question.number - 1;
        let near =
            |at: Option<usize>| at.and_then(|at| self.comparison.questions.get(at)).map(|q| &q.question);
        // The texts of questions are rendered once, for the root; here they need their own way there.
        let text = self.views.verified.questions.get(at).map(|question| &question.text);
        let body = text.map(|text| {
            render(text, Frame { root: &root_of(path), style: CiteStyle::Named, prefix: "" }, self.views).body
        });
        context.insert_value("question", Value::from_serializable(question));
        context.insert("body", &body);
        context.insert("previous", &near(at.checked_sub(1)));
        context.insert("next", &near(Some(at + 1)));
        PageToRender { path: path.clone(), template: "question.html".to_owned(), context }
    }

    fn pair(&self, pair: Pair) -> PageToRender {
        let named = self.views.pair_ref(pair);
        let title =
            self.views.words.fill("pair_title", &[("a", &named.first.short), ("b", &named.second.short)]);
        let (agree, differ) = (named.agree.to_string(), named.differ.to_string());
        let about = self.views.words.fill("pair_counts", &[("agree", &agree), ("differ", &differ)]);
        let mut context = Self::context(&named.path, &title, Some(&about), "pair");
        context.insert_value("pair", Value::from_serializable(&self.views.pair(pair)));
        PageToRender { path: named.path, template: "pair.html".to_owned(), context }
    }

    fn source(&self, source: &SourceView) -> PageToRender {
        let path = &source.source.path;
        let about = descriptions::of_source(source, self.comparison.questions.len(), self.views.words);
        let mut context = Self::context(path, &source.source.title, Some(&about), "source");
        context.insert_value("source", Value::from_serializable(source));
        PageToRender { path: path.clone(), template: "source.html".to_owned(), context }
    }

    fn written(&self, page: &Page, theme: &Theme<'_>, problems: &mut Problems) -> PageToRender {
        let (default, kind) = if page.path == HOME { ("home.html", "home") } else { ("page.html", "page") };
        let mut context = Self::context(&page.path, &page.head.title, page.head.description.as_deref(), kind);
        insert_written(&mut context, Some((self, page)));
        let template = match &page.head.template {
            Some(wanted) if theme.has(&wanted.value) => wanted.value.clone(),
            Some(wanted) => {
                let help = match theme.nearest(&wanted.value) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => format!("write it: `templates/{}`", wanted.value),
                };
                let message = format!("there is no template `{}`", wanted.value);
                problems.push(Problem::error(Code::Template, wanted.span, message, help));
                default.to_owned()
            }
            None => default.to_owned(),
        };
        PageToRender { path: page.path.clone(), template, context }
    }

    /// The pages that a folder's index lists: those of the folder, and the indexes of folders in it.
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
        let mut pages: Vec<&Page> = self.views.verified.pages.iter().filter(listed).collect();
        pages.sort_by_key(|page| (page.head.order.unwrap_or(u32::MAX), &page.path));
        pages.into_iter().map(link).collect()
    }
}

fn link(page: &Page) -> LinkView {
    LinkView {
        title: page.head.title.clone(),
        description: page.head.description.clone(),
        path: url_path(&page.path),
    }
}

/// What only pages of the author's have; empty for a home page that nobody wrote.
fn insert_written(context: &mut Context, page: Option<(&Pages<'_>, &Page)>) {
    let html = page.map(|(pages, page)| {
        let frame = Frame { root: &root_of(&page.path), style: CiteStyle::Numbered, prefix: "" };
        render(&page.text, frame, pages.views)
    });
    let html = html.unwrap_or_default();
    context.insert("content", &html.body);
    context.insert_value("references", Value::from_serializable(&html.references));
    let updated = page.and_then(|(pages, page)| Some(DateView::of(page.head.updated?, pages.views.words)));
    context.insert("updated", &updated);
    context.insert("markers", &html.markers);
    context.insert("extra", &page.map(|(_, page)| page.head.extra.clone()).unwrap_or_default());
    context.insert("children", &page.map(|(pages, page)| pages.children(&page.path)).unwrap_or_default());
    context.insert("is_about", &page.is_some_and(|(_, page)| !page.head.mentions.is_empty()));
    let mentions = page.map(|(pages, page)| pages.mentions(page)).unwrap_or_default();
    context.insert_value("mentions", Value::from_serializable(&mentions));
}

/// The page of the menu that a page stands below.
fn section_of(path: &str, kind: &str) -> String {
    match kind {
        "question" | "pair" => "compare.html".to_owned(),
        "source" => "sources.html".to_owned(),
        _ => path
            .rsplit_once('/')
            .map_or_else(String::new, |(folder, _)| url_path(&format!("{folder}/{HOME}"))),
    }
}

/// The way from a page to the site's root.
fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

fn comparison(views: &Views<'_>) -> ComparisonView {
    let root = root_of("compare.html");
    let named = |text: &Text, root: &str, prefix: &str| {
        render(text, Frame { root, style: CiteStyle::Named, prefix }, views).body
    };
    let questions = views.verified.questions.iter();
    let texts = questions.map(|question| named(&question.text, &root, &format!("{}--text--", question.id)));
    let rows = views.comparison.rows.iter().zip(texts).enumerate();
    let questions: Vec<QuestionView> =
        rows.map(|(at, (row, body))| views.question(at + 1, row, body)).collect();
    let sources: Vec<SourceView> = views
        .columns()
        .map(|source| {
            let root = root_of(&views.sources[&source.id].path);
            let notes = source.notes.as_ref().map(|notes| named(notes, &root, ""));
            views.source(source, notes, uses(views, &source.id))
        })
        .collect();
    let count = |wanted| questions.iter().filter(|question| question.agreement == wanted).count();
    ComparisonView {
        differ: count(Agreement::Differ),
        one_voice: count(Agreement::OneVoice),
        single: count(Agreement::Single),
        unanswered: count(Agreement::Unanswered),
        unexamined: questions.iter().map(|question| sources.len() - question.examined).sum(),
        quotes: views.verified.quotes().count(),
        dated: sources.iter().any(|source| source.source.published.is_some()),
        joins: views.joins(),
        widest: sources
            .iter()
            .map(|source| source.coverage.iter().map(|bar| bar.count).sum())
            .max()
            .unwrap_or(0),
        lineage: views.lineage(),
        pairs: views.pairs().into_iter().map(|pair| views.pair_ref(pair)).collect(),
        sources,
        questions,
    }
}

/// The pages that cite a source, each with its first place; and the questions whose texts do.
fn uses(views: &Views<'_>, source: &SourceId) -> Vec<UseView> {
    let places = |text: &Text| -> Vec<usize> {
        let cited = text.citations.iter().enumerate().filter(|(_, citation)| &citation.source == source);
        cited.map(|(at, _)| at + 1).collect()
    };
    let pages = views.verified.pages.iter().filter_map(|page| {
        let places = places(&page.text);
        let path = format!("{}#cite--{}", url_path(&page.path), places.first()?);
        Some(UseView { title: page.head.title.clone(), path, count: places.len() })
    });
    let questions = views.verified.questions.iter().filter_map(|question| {
        let count = places(&question.text).len();
        let path = views.questions[&question.id].path.clone();
        (count > 0).then(|| UseView { title: question.title.clone(), path, count })
    });
    pages.chain(questions).collect()
}
