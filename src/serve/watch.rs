//! When to build anew: tells of changes to the author's files, once for all that belong together.
//!
//! What has changed is only guessed at here, and never relied on: a build reads everything, and content decides.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;
use crate::load::{FOLDERS, Project};

/// So long nothing may happen before a change counts as complete: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(15);
/// And so long if all that happened is that one file was written and closed: most editors save so.
const QUIET_OF_ONE: Duration = Duration::from_millis(4);
/// And so long where many files change: then it is a program that does so, and it may stop to think.
const QUIET_OF_MANY: Duration = Duration::from_millis(80);
/// How many are many.
const MANY: usize = 20;
/// After this long it does even if there is more to come.
const LONGEST: Duration = Duration::from_secs(2);
/// How often to see whether the site's folder is still there.
const GLANCE: Duration = Duration::from_secs(1);
/// How often all files are looked at, where the system doesn't tell of changes.
const POLL: Duration = Duration::from_secs(1);

/// The file beside them.
const SITE: &str = "site.toml";

/// Watches a site's files. What it makes itself is not among them.
pub(super) struct Watch {
    root: PathBuf,
    originals: PathBuf,
    watcher: Box<dyn Watcher>,
    events: Receiver<notify::Result<Event>>,
    /// The site's folder is gone, and may come back.
    lost: bool,
}

/// What has changed: paths from the site's root as far as they are known.
pub(super) type Changed = Vec<String>;

impl Watch {
    /// Begins to watch. Where the system can't tell of changes, files are looked at every second.
    ///
    /// # Errors
    /// If neither can be done.
    pub(super) fn new(project: &Project) -> Result<Self, Error> {
        let (sender, events) = channel();
        let originals = project.originals.clone().unwrap_or_else(|| project.root.join("originals"));
        let mut watch = Self {
            root: project.root.clone(),
            originals,
            watcher: system(sender.clone()).or_else(|_| polling(sender.clone())).map_err(failed)?,
            events,
            lost: false,
        };
        if let Err(error) = watch.look_at_all() {
            if !matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_)) {
                return Err(failed(error));
            }
            watch.watcher = polling(sender).map_err(failed)?;
            watch.look_at_all().map_err(failed)?;
        }
        Ok(watch)
    }

    /// Waits for the next change, and until it is complete.
    pub(super) fn next(&mut self) -> Changed {
        let (mut changed, mut closed) = self.first();
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            let is_one = closed && changed.iter().all(|path| *path == changed[0]);
            let quiet = if is_one {
                QUIET_OF_ONE
            } else if changed.len() > MANY {
                QUIET_OF_MANY
            } else {
                QUIET
            };
            match self.events.recv_timeout(quiet) {
                Ok(event) => {
                    closed = is_close(&event);
                    changed.extend(self.take(event));
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        changed.sort();
        changed.dedup();
        changed
    }

    /// The first change, and whether it was the end of writing a file.
    fn first(&mut self) -> (Changed, bool) {
        loop {
            match self.events.recv_timeout(GLANCE) {
                Ok(event) => {
                    let closed = is_close(&event);
                    let changed = self.take(event);
                    if !changed.is_empty() {
                        return (changed, closed);
                    }
                }
                Err(_) if self.lost == self.root.is_dir() => {
                    // It is there and was not, or the other way round.
                    self.lost = !self.lost;
                    if !self.lost {
                        // What can't be watched now is looked at again with the next change.
                        let _ = self.look_at_all();
                    }
                    return (vec![".".to_owned()], false);
                }
                Err(_) => {}
            }
        }
    }

    /// What an event is about, as far as it concerns the site.
    fn take(&mut self, event: notify::Result<Event>) -> Changed {
        let event = match event {
            Ok(event) if counts(event.kind) || event.need_rescan() => event,
            Ok(_) => return Vec::new(),
            // Something was missed: everything may have changed.
            Err(_) => return vec![".".to_owned()],
        };
        if event.need_rescan() {
            return vec![".".to_owned()];
        }
        let changed: Changed = event.paths.iter().filter_map(|path| self.name(path)).collect();
        // A folder that has come, gone or been replaced is another one to watch.
        if changed.iter().any(|path| FOLDERS.contains(&path.as_str()) || *path == "originals") {
            let _ = self.look_at_all();
        }
        changed
    }

    /// The path from the root, if it is one of those that a site is made from.
    fn name(&self, path: &Path) -> Option<String> {
        let below = match path.strip_prefix(&self.originals) {
            Ok(below) => Path::new("originals").join(below),
            Err(_) => path.strip_prefix(&self.root).ok()?.to_path_buf(),
        };
        let mut parts = below.iter().map(|part| part.to_string_lossy());
        let first = parts.next()?;
        let ours = FOLDERS.contains(&first.as_ref()) || first == SITE || first == "originals";
        let hidden = below.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        (ours && !hidden).then(|| {
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            parts.join("/")
        })
    }

    /// Watches everything that is there. The folder itself is watched for what comes and goes in it.
    fn look_at_all(&mut self) -> notify::Result<()> {
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|name| self.root.join(name)).collect();
        for path in folders.iter().chain([&self.root, &self.originals]) {
            // Of what was never watched, or is gone, there is nothing to forget.
            let _ = self.watcher.unwatch(path);
        }
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in folders.iter().chain([&self.originals]).filter(|folder| folder.is_dir()) {
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                // It went while it was looked at.
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                other => other?,
            }
        }
        Ok(())
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Watch { reason: error.to_string() }
}

fn system(sender: Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher>> {
    // That nobody listens any more is the end of the program.
    let tell = move |event| drop(sender.send(event));
    Ok(Box::new(RecommendedWatcher::new(tell, Config::default())?))
}

fn polling(sender: Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher>> {
    let tell = move |event| drop(sender.send(event));
    Ok(Box::new(PollWatcher::new(tell, Config::default().with_poll_interval(POLL))?))
}

/// Whether a file was written and is closed.
fn is_close(event: &notify::Result<Event>) -> bool {
    let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.as_ref().is_ok_and(|event| event.kind == close)
}

/// Whether a file may have changed: that it was read, or opened, is none of our business; we do so ourselves.
fn counts(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
