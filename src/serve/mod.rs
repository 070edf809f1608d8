//! `serve`: the site in memory, made anew on every change, for a browser on this machine.
//!
//! | file | what it is about |
//! | --- | --- |
//! | `watch` | when to build |
//! | `site` | what was built, and what a path leads to |
//! | `answer` | what is answered to a request |
//! | `headers` | what is sent with a file |
//! | `page` | what is shown while something is wrong |
//! | `published` | what is shown now, and waiting for the next |
//! | `http` | connections |
//!
//! Nothing is written. What is sent are the bytes that `build` would write; pages get one script more.

mod answer;
mod headers;
mod http;
mod page;
mod published;
mod site;
mod watch;

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;
use crate::files::Files;
use crate::load::Project;
use crate::pipeline::{self, DocumentCache};
use crate::problem::Problems;
use crate::progress::Progress;
use crate::render::cards::CardCache;

use answer::Hosts;
use published::Published;
use site::{Change, Site};
use watch::Watch;

/// The port that is tried first where none is asked for.
const PORT: u16 = 4321;
/// How many more are tried.
const MORE_PORTS: u16 = 50;

/// Where to listen.
#[derive(Clone, Debug)]
pub struct Options {
    /// An address or a name of this machine.
    pub host: String,
    /// A port, where only that one will do; 0 for any.
    pub port: Option<u16>,
}

/// What happens while a site is served.
#[derive(Debug)]
pub enum News {
    /// It can be asked for at this address.
    Listening(String),
    /// It was built.
    Built {
        /// How many pages it has.
        pages: usize,
        /// How long that took.
        time: Duration,
        /// Whether anything is to be seen that was not before: the site is another one, or what was wrong is mended.
        is_news: bool,
        /// What made it be built anew, as far as that is known; empty at the beginning.
        changed: Vec<String>,
        /// Warnings.
        problems: Problems,
        /// The files that they are in.
        files: Files,
    },
    /// Something is wrong. What was served before still is, if anything was.
    Wrong {
        /// What.
        problems: Problems,
        /// The files that it is in.
        files: Files,
        /// Whether a site is still shown.
        shown: bool,
    },
    /// The files could not be read: likewise.
    Unreadable {
        /// Why.
        error: Error,
        /// Whether a site is still shown.
        shown: bool,
    },
}

/// Serves a site until the program is ended, and tells what happens.
///
/// # Errors
/// If there is no port to listen on, or files can't be watched.
pub fn run(
    project: &Project,
    prefix: &str,
    options: &Options,
    progress: &Progress,
    tell: &mut dyn FnMut(News),
) -> Result<Infallible, Error> {
    let listener = listen(options)?;
    let address = listener.local_addr().map_err(|source| cannot_listen(&options.host, source))?;
    let hosts = Hosts { address: address.ip(), name: options.host.clone() };
    // Before the first build, so that nothing that changes meanwhile is missed.
    let mut watch = Watch::new(project)?;
    let state = Arc::new(Published::default());
    let mut preview = Preview {
        project,
        prefix,
        progress,
        documents: DocumentCache::default(),
        cards: Arc::default(),
        state: state.clone(),
    };
    tell(preview.build(Vec::new()));
    std::thread::spawn(move || http::serve(&listener, hosts, state));
    tell(News::Listening(shown(&options.host, address)));
    loop {
        let changed = watch.next();
        tell(preview.build(changed));
    }
}

/// The site as it is seen, and what it is made from.
struct Preview<'a> {
    project: &'a Project,
    prefix: &'a str,
    progress: &'a Progress,
    documents: DocumentCache,
    cards: Arc<CardCache>,
    state: Arc<Published>,
}

impl Preview<'_> {
    /// Builds the site and shows what came of it.
    fn build(&mut self, changed: Vec<String>) -> News {
        let start = self.progress.elapsed();
        if !self.project.root.is_dir() {
            let path = self.project.root.clone();
            return self.failed(Error::Read { path, source: std::io::ErrorKind::NotFound.into() });
        }
        let run = pipeline::run(self.project, self.prefix.to_owned(), &self.documents, self.progress);
        self.progress.end_phase();
        let run = match run {
            Ok(run) => run,
            Err(error) => return self.failed(error),
        };
        let (problems, files) = (run.problems, run.files);
        if let Some(rendered) = run.rendered.filter(|_| !problems.has_errors()) {
            let pages = rendered.pages;
            let is_news = self.show(Site::new(rendered, self.cards.clone()));
            self.cards.end_build();
            let time = self.progress.elapsed().saturating_sub(start);
            return News::Built { pages, time, is_news, changed, problems, files };
        }
        let list = problems.clone().sorted(&files);
        self.wrong(|site_is_shown| page::of_problems(&list, &files, site_is_shown));
        News::Wrong { problems, files, shown: self.is_shown() }
    }

    fn is_shown(&self) -> bool {
        self.state.now().site.is_some()
    }

    /// Takes a new site for the old one, as a whole. True if there is something new to be seen.
    fn show(&mut self, site: Site) -> bool {
        let change = self.state.now().site.as_ref().map_or(Change::Pages, |old| site.change_since(old));
        self.state.update(|state| {
            let mended = state.problems.take().is_some();
            if change != Change::None {
                state.version += 1;
                state.site = Some(Arc::new(site));
            }
            if change == Change::Pages {
                state.styles_since = state.version;
            }
            mended || change != Change::None
        })
    }

    fn wrong(&mut self, page: impl FnOnce(bool) -> String) {
        self.state.update(|state| {
            let page: Arc<str> = page(state.site.is_some()).into();
            if state.site.is_none() && state.problems.as_ref() != Some(&page) {
                // Then the problems are all there is to be seen, and are shown as pages are.
                state.version += 1;
                state.styles_since = state.version;
            }
            state.problems = Some(page);
            true
        });
    }

    fn failed(&mut self, error: Error) -> News {
        let message = error.to_string();
        self.wrong(|site_is_shown| page::of_failure(&message, site_is_shown));
        News::Unreadable { error, shown: self.is_shown() }
    }
}

fn listen(options: &Options) -> Result<TcpListener, Error> {
    let wanted = options.port.unwrap_or(PORT);
    let more = if options.port.is_some() { 0 } else { MORE_PORTS };
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

/// The address to be typed into a browser.
fn shown(host: &str, address: SocketAddr) -> String {
    match address.ip() {
        ip if ip.is_unspecified() => format!("http://localhost:{}/", address.port()),
        ip if host.parse::<IpAddr>().is_ok() => format!("http://{}/", SocketAddr::new(ip, address.port())),
        _ => format!("http://{host}:{}/", address.port()),
    }
}
