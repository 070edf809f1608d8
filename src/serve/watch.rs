//! Watches the author's files and reports changes, once for all that belong together.
//!
//! What has changed is only shown to the author, and never relied on: a build reads everything, and content decides.
//! Changes are gathered here and not by a debouncer crate: those of `notify` either don't say what kind an event is, so that
//! the build's own reads would begin the next one, or wait for each path by itself.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;
use crate::load::{FOLDERS, Project};

/// How long nothing may happen before a change counts as complete: editors write a file in several steps.
const DEBOUNCE: Duration = Duration::from_millis(15);
/// After this long a change is reported even if there is more to come.
const MAX_DEBOUNCE: Duration = Duration::from_secs(2);
/// How often to see whether the site's folder is still there.
const ROOT_CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// How often all files are looked at where the system doesn't report changes.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

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
        let watcher = start::<RecommendedWatcher>(&sender).or_else(|_| start::<PollWatcher>(&sender));
        let mut watch = Self {
            root: project.root.clone(),
            originals,
            watcher: watcher.map_err(failed)?,
            events,
            lost: false,
        };
        if let Err(error) = watch.look_at_all() {
            if !matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_)) {
                return Err(failed(error));
            }
            watch.watcher = start::<PollWatcher>(&sender).map_err(failed)?;
            watch.look_at_all().map_err(failed)?;
        }
        Ok(watch)
    }

    /// Waits for the next change, and until it is complete.
    pub(super) fn next(&mut self) -> Changed {
        let mut changed = self.first();
        let begun = Instant::now();
        while begun.elapsed() < MAX_DEBOUNCE
            && let Ok(event) = self.events.recv_timeout(DEBOUNCE)
        {
            changed.extend(self.take(event));
        }
        changed.sort();
        changed.dedup();
        changed
    }

    /// Waits for the first change.
    fn first(&mut self) -> Changed {
        loop {
            match self.events.recv_timeout(ROOT_CHECK_INTERVAL) {
                Ok(event) => {
                    let changed = self.take(event);
                    if !changed.is_empty() {
                        return changed;
                    }
                }
                Err(_) if self.lost == self.root.is_dir() => {
                    // It is there and was not, or the other way round.
                    self.lost = !self.lost;
                    if !self.lost {
                        // What can't be watched now is looked at again with the next change.
                        let _ = self.look_at_all();
                    }
                    return vec![".".to_owned()];
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

/// A watcher that sends what it sees.
fn start<W: Watcher + 'static>(sender: &Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher>> {
    Ok(Box::new(W::new(sender.clone(), Config::default().with_poll_interval(POLL_INTERVAL))?))
}

/// Whether a file may have changed: that it was read, or opened, says nothing; the build does so itself.
fn counts(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
