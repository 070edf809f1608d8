//! A thread that renders one version of the site: each file when a browser asks for it, and the rest when there is
//! nothing else to do. The thread owns what the files are rendered from, and ends when its site is dropped.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use bytes::Bytes;

use crate::files::Files;
use crate::pipeline::Compared;
use crate::problem::Problems;
use crate::render::cards::Cards;
use crate::render::{Rendered, Renderer, with_renderer};
use crate::report::{self, Style};

/// What a version of the site consists of, and the problems that are known before its files are rendered.
pub(super) struct Started {
    pub(super) problems: Problems,
    /// The site's files and those of the theme that the problems point into.
    pub(super) files: Files,
    /// `None` if the templates of the site's author can't be parsed.
    pub(super) site: Option<RenderedSite>,
}

/// The paths of a site's files. Their contents come from the thread.
pub(super) struct RenderedSite {
    pub(super) files: BTreeSet<String>,
    /// The paths of cards, also of some that turn out to have characters that no font has.
    pub(super) cards: BTreeSet<String>,
    /// Number of HTML pages.
    pub(super) pages: usize,
    requests: Sender<Request>,
}

/// A file of the site.
pub(super) enum Content {
    File(Bytes),
    /// Only this card, not drawn yet.
    Card(Cards),
    /// The file's template failed, for this reason.
    Failed(String),
}

/// What remains to be rendered.
pub(super) enum Rest {
    Some,
    /// Nothing. These problems were found by rendering the rest.
    Nothing(Problems, Files),
}

enum Request {
    /// The content of the file or card at a path; `None` if the site has none.
    Content(String, Sender<Option<Content>>),
    /// Renders one more page.
    Rest(Sender<Rest>),
}

/// Starts the thread of a site. If its templates or interface texts are the author's own, all files are rendered
/// first, because any may have an error.
///
/// # Panics
/// If rendering panics, as a build would.
pub(super) fn start(compared: Arc<Compared>) -> Started {
    let (requests, requested) = channel();
    let (started, first) = channel();
    thread::spawn(move || serve(&compared, &started, requests, &requested));
    first.recv().expect("the thread sends this unless it panics")
}

impl RenderedSite {
    /// Returns the content of the file or card at a path; `None` if the site has none.
    pub(super) fn content(&self, path: &str) -> Option<Content> {
        self.ask(|reply| Request::Content(path.to_owned(), reply))?
    }

    /// Renders a page that no browser has asked for. `None` if the thread has ended.
    pub(super) fn render_more(&self) -> Option<Rest> {
        self.ask(Request::Rest)
    }

    fn ask<T>(&self, request: impl FnOnce(Sender<T>) -> Request) -> Option<T> {
        let (reply, answer) = channel();
        self.requests.send(request(reply)).ok()?;
        answer.recv().ok()
    }
}

fn serve(
    compared: &Compared,
    started: &Sender<Started>,
    requests: Sender<Request>,
    requested: &Receiver<Request>,
) {
    let Compared { files, site_files, verified, comparison, render_cache, .. } = compared;
    let (mut files, mut problems) = (files.clone(), Problems::default());
    let served = with_renderer(
        verified,
        comparison,
        site_files,
        render_cache,
        &mut files,
        &mut problems,
        |renderer, files, problems| {
            let is_complete = renderer.can_fail();
            let made = if is_complete { renderer.all(files, problems) } else { renderer.start() };
            let site = list(renderer, &made, is_complete, requests);
            // If nothing waits for it any more, there will be no requests either.
            let _ = started.send(Started {
                problems: std::mem::take(problems),
                files: files.clone(),
                site: Some(site),
            });
            let next = (!is_complete).then_some(0);
            let (files, problems) = (files.clone(), Problems::default());
            answer_all(Session { renderer, made, next, files, problems }, requested);
        },
    );
    if served.is_none() {
        let _ = started.send(Started { problems, files, site: None });
    }
}

fn list(
    renderer: &Renderer<'_>,
    made: &Rendered,
    is_complete: bool,
    requests: Sender<Request>,
) -> RenderedSite {
    let (files, cards) = if is_complete {
        (made.files.keys().cloned().collect(), made.cards.sources().keys().cloned().collect())
    } else {
        (renderer.paths().map(str::to_owned).collect(), renderer.card_paths().collect())
    };
    RenderedSite { files, cards, pages: made.pages, requests }
}

/// What the thread has while it answers requests.
struct Session<'a> {
    renderer: &'a Renderer<'a>,
    /// What was rendered so far.
    made: Rendered,
    /// The number of the page from which on pages may not be rendered. `None` if all were rendered at the start, and
    /// their problems reported.
    next: Option<usize>,
    files: Files,
    /// The problems of the pages before `next`.
    problems: Problems,
}

fn answer_all(mut session: Session<'_>, requested: &Receiver<Request>) {
    for request in requested {
        // A browser may have closed the connection that waited for a reply.
        match request {
            Request::Content(path, reply) => drop(reply.send(session.content(&path))),
            Request::Rest(reply) => drop(reply.send(session.render_more())),
        }
    }
}

impl Session<'_> {
    fn content(&mut self, path: &str) -> Option<Content> {
        let mut problems = Problems::default();
        self.renderer.add(path, &mut self.made, &mut self.files, &mut problems);
        if let Some(bytes) = self.made.files.get(path) {
            return Some(Content::File(bytes.clone()));
        }
        if let Some(card) = self.made.cards.only(path) {
            return Some(Content::Card(card));
        }
        let list = problems.sorted(&self.files);
        (!list.is_empty()).then(|| Content::Failed(report::human(&list, &self.files, Style::default())))
    }

    fn render_more(&mut self) -> Rest {
        let Self { renderer, made, next, files, problems } = self;
        if let Some(next) = next {
            if *next < renderer.pages() {
                renderer.add_page(*next, made, files, problems);
                *next += 1;
                return Rest::Some;
            }
            renderer.report_rest(made, files, problems);
        }
        Rest::Nothing(std::mem::take(problems), files.clone())
    }
}
