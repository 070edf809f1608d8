//! What the `<head>` of every page tells programs, and what its *cite this page* says.

use std::collections::BTreeMap;

use super::{absolute, cite, feed, schema};
use crate::render::view::CiteView;
use crate::render::views::Views;
use crate::render::{HOME, NOT_FOUND};
use crate::verify::{Page, Question, Source, pair_path, question_path, source_path};

/// What a page is about.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// The home page; its text, if the author wrote one.
    Home(Option<&'a Page>),
    /// A page that the author wrote.
    Page(&'a Page),
    /// One question.
    Question(&'a Question),
    /// One source.
    Source(&'a Source),
    /// Two sources side by side.
    Pair(&'a Source, &'a Source),
    /// All questions, or all sources, or a search in all.
    List,
    /// What isn't there.
    Missing,
}

/// What templates are told of one page for its head, each under its own name.
pub(in crate::render) struct Head {
    /// The page's whole address, if the site's is known.
    pub(in crate::render) address: Option<String>,
    /// Whether the site has a feed.
    pub(in crate::render) feed: bool,
    /// What the page is in schema.org's words, safe to stand in a `<script>`.
    pub(in crate::render) schema: Option<String>,
    /// How to cite it.
    pub(in crate::render) cite: Option<CiteView>,
}

/// Makes the heads of all pages.
pub(in crate::render) struct Heads<'a> {
    views: &'a Views<'a>,
    feed: bool,
    pages: BTreeMap<&'a str, &'a Page>,
    questions: BTreeMap<String, &'a Question>,
    sources: BTreeMap<String, &'a Source>,
    pairs: BTreeMap<String, (&'a Source, &'a Source)>,
}

impl<'a> Heads<'a> {
    pub(in crate::render) fn new(views: &'a Views<'a>) -> Self {
        let verified = views.verified;
        let question = |question: &'a Question| (question_path(&question.id), question);
        let source = |source: &'a Source| (source_path(&source.id), source);
        Self {
            views,
            feed: feed::has_feed(views),
            pages: verified.pages.iter().map(|page| (page.path.as_str(), page)).collect(),
            questions: verified.questions.iter().map(question).collect(),
            sources: verified.sources.iter().map(source).collect(),
            pairs: views.paired().map(|(one, other)| (pair_path(&one.id, &other.id), (one, other))).collect(),
        }
    }

    /// The head of the page at a path, under the title that it has.
    pub(in crate::render) fn of(&self, path: &str, title: &str) -> Head {
        let subject = self.subject(path);
        let base_url = self.views.verified.site.base_url.as_deref();
        let is_there = !matches!(subject, Subject::Missing);
        let address = base_url.filter(|_| is_there).map(|base| absolute(base, path));
        Head {
            feed: self.feed,
            schema: schema::script(self.views, subject, title, address.as_deref()),
            cite: cite::cite(self.views, subject, title, address.as_deref()),
            address,
        }
    }

    fn subject(&self, path: &str) -> Subject<'a> {
        match (path, self.pages.get(path), self.questions.get(path), self.sources.get(path)) {
            (HOME, page, ..) => Subject::Home(page.copied()),
            (NOT_FOUND, ..) => Subject::Missing,
            (_, Some(page), ..) => Subject::Page(page),
            (_, _, Some(question), _) => Subject::Question(question),
            (.., Some(source)) => Subject::Source(source),
            _ => self.pairs.get(path).map_or(Subject::List, |(one, other)| Subject::Pair(one, other)),
        }
    }
}
