//! The preview server of `serve`: rebuilds the site in memory on every change and reloads the browser.
//!
//! | module | content |
//! | --- | --- |
//! | `watcher` | reports changed files |
//! | `site` | one version of the site, looked up by path |
//! | `rendering` | renders its files |
//! | `routes` | finds the response to a request |
//! | `headers` | response headers of the site's files |
//! | `page` | renders problems as HTML |
//! | `shared_state` | shares the current site and problems between threads |
//! | `desk_requests` | passes requests to the desk |
//! | `http` | reads requests and sends responses |
//!
//! A build runs the phases before `render`; a page is rendered when a browser asks for it, so that a large site is shown
//! as soon as a small one. When nothing changes, the rest is rendered, too, for the warnings that only this finds. If the
//! site has templates or interface texts of its own, which may have errors, all pages are rendered first.
//!
//! The site isn't written to the disk; only the desk changes files. Files are sent as `build` would write them; pages
//! get one script added.

mod desk_requests;
mod headers;
mod http;
mod page;
mod rendering;
mod routes;
mod shared_state;
mod site;
mod watcher;

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use crate::desk::{BuildResult, Desk};
use crate::edit::Ignored;
use crate::error::Error;
use crate::files::Files;
use crate::load::Project;
use crate::pipeline::{self, DocumentCache, Drafts};
use crate::problem::Problems;
use crate::progress::Progress;
use crate::render::cards::CardCache;
use crate::render::desk_texts;

use rendering::{Rest, Started};
use routes::AllowedHosts;
use shared_state::SharedState;
use site::{Change, ServedSite};
use watcher::FileWatcher;

/// The first port to try, unless `--port` is given.
const MIN_PORT: u16 = 4321;
/// If the first port is taken, at most this many of the ports after it are tried.
const MAX_FURTHER_PORTS: u16 = 50;

#[derive(Clone, Debug)]
pub struct ListenOptions {
    /// An IP address or a host name of this machine.
    pub host: String,
    /// The only port to try, or 0 for any free port. `None` tries `MIN_PORT`, then the `MAX_FURTHER_PORTS` after it.
    pub port: Option<u16>,
}

/// Something that happens while a site is served. The command prints it.
#[derive(Debug)]
pub enum Event {
    /// The server has started. `site` is the address of the site, `desk` that of the desk. `None` if there is no desk.
    Listening { site: String, desk: Option<String> },
    Built {
        pages: usize,
        time: Duration,
        /// Whether the site changed or problems were fixed.
        is_change: bool,
        /// Paths of the changed files that caused the build. The path `.` means that any file may have changed. Empty
        /// for the first build.
        changed: Vec<String>,
        problems: Problems,
        files: Files,
    },
    /// The site has errors. The previous site, if any, is still served.
    Failed {
        problems: Problems,
        files: Files,
        /// Whether a previous site is still served.
        site_is_served: bool,
    },
    /// Rendering what no browser has asked for found problems.
    Rendered { problems: Problems, files: Files },
    /// A file of the desk's history was not read.
    HistoryIgnored(Ignored),
    /// The site's files could not be read. The previous site, if any, is still served.
    Unreadable {
        error: Error,
        /// Whether a previous site is still served.
        site_is_served: bool,
    },
}

/// Serves a site, and its desk if wanted, until the program is stopped. Calls `on_event` for each event.
///
/// # Errors
/// If no port is free, files can't be watched, or the desk can't be opened.
pub fn run(
    project: &Project,
    prefix: &str,
    options: &ListenOptions,
    wants_desk: bool,
    progress: &Progress,
    on_event: &mut dyn FnMut(Event),
) -> Result<Infallible, Error> {
    let listener = listen(options)?;
    let address = listener.local_addr().map_err(|source| cannot_listen(&options.host, source))?;
    let desk = wants_desk.then(|| Desk::open(project, address.port())).transpose()?.map(Arc::new);
    for file in desk.iter().flat_map(|desk| desk.ignored()) {
        on_event(Event::HistoryIgnored(file));
    }
    let hosts = AllowedHosts { address: address.ip(), name: options.host.clone() };
    // Watching starts before the first build, so that changes during the build aren't lost.
    let mut watcher = FileWatcher::new(project)?;
    let state = Arc::new(SharedState::new());
    let mut preview = Preview {
        project,
        prefix,
        progress,
        documents: DocumentCache::default(),
        cards: Arc::default(),
        state: state.clone(),
        desk: desk.clone(),
    };
    on_event(preview.build(Vec::new()));
    let site = browser_url(&options.host, address);
    let desk_address = desk.as_ref().map(|desk| format!("{site}{}", desk.address()));
    std::thread::spawn(move || http::serve(&listener, hosts, state, desk));
    on_event(Event::Listening { site, desk: desk_address });
    loop {
        while !watcher.has_change()
            && let Some(rest) = preview.render_more()
        {
            if let Rest::Nothing(problems, files) = rest {
                preview.report(problems, files).into_iter().for_each(&mut *on_event);
                break;
            }
        }
        let changed = watcher.next();
        on_event(preview.build(changed));
    }
}

/// Builds the site and updates the state that connections read.
struct Preview<'a> {
    project: &'a Project,
    prefix: &'a str,
    progress: &'a Progress,
    documents: DocumentCache,
    cards: Arc<CardCache>,
    state: Arc<SharedState>,
    desk: Option<Arc<Desk>>,
}

impl Preview<'_> {
    /// Rebuilds the site and serves it. If its files have errors or can't be read, keeps serving the previous site,
    /// with the problems over it; without a previous site, serves the problems as a page. Gives the result of a build
    /// to the desk, if there is one. `changed` is only passed on to the event.
    fn build(&mut self, changed: Vec<String>) -> Event {
        let start = self.progress.elapsed();
        if !self.project.root.is_dir() {
            let path = self.project.root.clone();
            return self.serve_failure(Error::Read { path, source: std::io::ErrorKind::NotFound.into() });
        }
        let drafts = if self.desk.is_some() { Drafts::Kept } else { Drafts::Dropped };
        let prefix = self.prefix.to_owned();
        let run = pipeline::run_cached(self.project, prefix, drafts, &self.documents, self.progress);
        let mut compared = match run {
            Ok(compared) => compared,
            Err(error) => return self.serve_failure(error),
        };
        self.progress.start_step("render");
        let drafts = compared.drafts.take();
        let compared = Arc::new(compared);
        let Started { problems: found, files, site } = rendering::start(compared.clone());
        self.progress.end_step();
        let mut problems = compared.problems.clone();
        problems.append(found);
        if let Some((desk, drafts)) = self.desk.as_ref().zip(drafts) {
            let words = desk_texts(&compared.verified.site.language, &compared.site_files.words);
            let (problems, files) = (problems.clone().sorted(&files), files.clone());
            desk.update(BuildResult { drafts, compared: compared.clone(), problems, files, words });
        }
        if let Some(site) = site.filter(|_| !problems.has_errors()) {
            let pages = site.pages;
            let is_change = self.serve_site(ServedSite::new(site, compared, self.cards.clone()));
            self.cards.end_build();
            let time = self.progress.elapsed().saturating_sub(start);
            return Event::Built { pages, time, is_change, changed, problems, files };
        }
        let list = problems.clone().sorted(&files);
        self.serve_problems(|site_is_served| page::render_problems(&list, &files, site_is_served));
        Event::Failed { problems, files, site_is_served: self.site_is_served() }
    }

    /// Renders a page of the served site that no browser has asked for, or reports the problems of those. `None` if no
    /// site is served, or if it is not the one of the last build.
    fn render_more(&self) -> Option<Rest> {
        let state = self.state.current();
        state.site.filter(|_| state.problems.is_none())?.render_more()
    }

    /// Passes problems that were found after a build to the desk. Returns the event for them, if there are any.
    fn report(&self, problems: Problems, files: Files) -> Option<Event> {
        if problems.is_empty() {
            return None;
        }
        if let Some(desk) = &self.desk {
            desk.add_problems(problems.clone().sorted(&files), files.clone());
        }
        Some(Event::Rendered { problems, files })
    }

    fn site_is_served(&self) -> bool {
        self.state.current().site.is_some()
    }

    /// Replaces the served site if the new one differs, and clears the problems. Returns whether the site changed or
    /// problems were fixed.
    fn serve_site(&mut self, site: ServedSite) -> bool {
        let change = self.state.current().site.as_ref().map_or(Change::Other, |old| site.change_since(old));
        self.state.update(|state| {
            let fixed = state.problems.take().is_some();
            if change != Change::None {
                state.version += 1;
                state.site = Some(Arc::new(site));
            }
            if change == Change::Other {
                state.styles_since = state.version;
            }
            fixed || change != Change::None
        })
    }

    /// Serves problems as an overlay over the site, or as a page if there is no site. `page` renders them; its argument
    /// is whether a site is served.
    fn serve_problems(&mut self, page: impl FnOnce(bool) -> String) {
        self.state.update(|state| {
            let page: Arc<str> = page(state.site.is_some()).into();
            if state.site.is_none() && state.problems.as_ref() != Some(&page) {
                // Without a site, the browser displays the problems as a page. A new version makes it reload that page.
                state.version += 1;
                state.styles_since = state.version;
            }
            state.problems = Some(page);
            true
        });
    }

    fn serve_failure(&mut self, error: Error) -> Event {
        let message = error.to_string();
        self.serve_problems(|site_is_served| page::render_failure(&message, site_is_served));
        Event::Unreadable { error, site_is_served: self.site_is_served() }
    }
}

fn listen(options: &ListenOptions) -> Result<TcpListener, Error> {
    let wanted = options.port.unwrap_or(MIN_PORT);
    let more = if options.port.is_some() { 0 } else { MAX_FURTHER_PORTS };
    let mut port = wanted;
    loop {
        match TcpListener::bind((options.host.as_str(), port)) {
            Ok(listener) => return Ok(listener),
            Err(source) if source.kind() == std::io::ErrorKind::AddrInUse => {
                if port >= wanted.saturating_add(more) {
                    return Err(Error::PortTaken { port });
                }
                port += 1;
            }
            Err(source) => return Err(cannot_listen(&options.host, source)),
        }
    }
}

fn cannot_listen(host: &str, source: std::io::Error) -> Error {
    Error::Listen { host: host.to_owned(), source }
}

/// Returns the URL to open in a browser. For an address such as `0.0.0.0`, the URL's host is `localhost`.
fn browser_url(host: &str, address: SocketAddr) -> String {
    match address.ip() {
        ip if ip.is_unspecified() => format!("http://localhost:{}/", address.port()),
        ip if host.parse::<IpAddr>().is_ok() => format!("http://{}/", SocketAddr::new(ip, address.port())),
        _ => format!("http://{host}:{}/", address.port()),
    }
}
