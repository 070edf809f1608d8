//! Watches the author's files and reports changes, with changes in quick succession reported together.
//!
//! The reported paths are only shown to the author: a build reads all files and compares their content. Events are
//! debounced here because the debouncer crates for `notify` don't fit: one drops the kind of an event, so that the
//! build's own reads would start another build; the other waits for each path separately.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;
use crate::load::{FOLDERS, Project};

/// Debounce time: a change is complete when nothing happens for this long. Editors write a file in several steps.
const MIN_DEBOUNCE: Duration = Duration::from_millis(15);
/// After this time, changes are reported even if more follow.
const MAX_DEBOUNCE: Duration = Duration::from_secs(2);
/// How often to check whether the site's folder still exists.
const MAX_ROOT_CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// How often all files are checked where the system doesn't report changes.
const MAX_POLL_INTERVAL: Duration = Duration::from_secs(1);

const SITE_FILE: &str = "site.toml";

/// Watches a site's input files. The output folder isn't watched.
pub(super) struct FileWatcher {
    root: PathBuf,
    originals: PathBuf,
    watcher: Box<dyn Watcher>,
    events: Receiver<notify::Result<Event>>,
    /// Whether the site's folder is currently missing.
    is_missing: bool,
}

/// The changed paths, relative to the site's root. `.` if they aren't known.
pub(super) type Changed = Vec<String>;

impl FileWatcher {
    /// Starts watching. Where the system can't report changes, files are polled every second.
    ///
    /// # Errors
    /// If neither is possible.
    pub(super) fn new(project: &Project) -> Result<Self, Error> {
        let (sender, events) = channel();
        let originals = project.originals.clone().unwrap_or_else(|| project.root.join("originals"));
        let watcher =
            start_watcher::<RecommendedWatcher>(&sender).or_else(|_| start_watcher::<PollWatcher>(&sender));
        let mut files = Self {
            root: project.root.clone(),
            originals,
            watcher: watcher.map_err(watch_error)?,
            events,
            is_missing: false,
        };
        if let Err(error) = files.watch_all() {
            if !matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_)) {
                return Err(watch_error(error));
            }
            files.watcher = start_watcher::<PollWatcher>(&sender).map_err(watch_error)?;
            files.watch_all().map_err(watch_error)?;
        }
        Ok(files)
    }

    /// Waits for the next change and returns it when it is complete.
    pub(super) fn next(&mut self) -> Changed {
        let mut changed = self.wait_for_change();
        let start = Instant::now();
        while start.elapsed() < MAX_DEBOUNCE
            && let Ok(event) = self.events.recv_timeout(MIN_DEBOUNCE)
        {
            changed.extend(self.changed_paths(event));
        }
        changed.sort();
        changed.dedup();
        changed
    }

    fn wait_for_change(&mut self) -> Changed {
        loop {
            match self.events.recv_timeout(MAX_ROOT_CHECK_INTERVAL) {
                Ok(event) => {
                    let changed = self.changed_paths(event);
                    if !changed.is_empty() {
                        return changed;
                    }
                }
                Err(_) if self.is_missing == self.root.is_dir() => {
                    // The folder appeared or disappeared.
                    self.is_missing = !self.is_missing;
                    if !self.is_missing {
                        // On failure, the next change tries again.
                        let _ = self.watch_all();
                    }
                    return vec![".".to_owned()];
                }
                Err(_) => {}
            }
        }
    }

    /// Returns the site's files that an event is about.
    fn changed_paths(&mut self, event: notify::Result<Event>) -> Changed {
        let event = match event {
            Ok(event) if may_be_change(event.kind) || event.need_rescan() => event,
            Ok(_) => return Vec::new(),
            // Events were lost: any file may have changed.
            Err(_) => return vec![".".to_owned()],
        };
        if event.need_rescan() {
            return vec![".".to_owned()];
        }
        let changed: Changed = event.paths.iter().filter_map(|path| self.site_path(path)).collect();
        // A folder that was created, removed or replaced must be watched again.
        if changed.iter().any(|path| FOLDERS.contains(&path.as_str()) || *path == "originals") {
            let _ = self.watch_all();
        }
        changed
    }

    /// The path relative to the root, if it is an input of the site.
    fn site_path(&self, path: &Path) -> Option<String> {
        let below = match path.strip_prefix(&self.originals) {
            Ok(below) => Path::new("originals").join(below),
            Err(_) => path.strip_prefix(&self.root).ok()?.to_path_buf(),
        };
        let mut parts = below.iter().map(|part| part.to_string_lossy());
        let first = parts.next()?;
        let is_input = FOLDERS.contains(&first.as_ref()) || first == SITE_FILE || first == "originals";
        let is_hidden = below.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        (is_input && !is_hidden).then(|| {
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            parts.join("/")
        })
    }

    /// Watches all existing folders, and the root for folders that are created or removed.
    fn watch_all(&mut self) -> notify::Result<()> {
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|name| self.root.join(name)).collect();
        for path in folders.iter().chain([&self.root, &self.originals]) {
            // Fails if the path isn't watched, which is fine.
            let _ = self.watcher.unwatch(path);
        }
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in folders.iter().chain([&self.originals]).filter(|folder| folder.is_dir()) {
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                // The folder was removed meanwhile.
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                other => other?,
            }
        }
        Ok(())
    }
}

fn watch_error(error: impl std::fmt::Display) -> Error {
    Error::Watch { reason: error.to_string() }
}

/// Starts a watcher that sends its events to `sender`.
fn start_watcher<W: Watcher + 'static>(
    sender: &Sender<notify::Result<Event>>,
) -> notify::Result<Box<dyn Watcher>> {
    Ok(Box::new(W::new(sender.clone(), Config::default().with_poll_interval(MAX_POLL_INTERVAL))?))
}

/// Whether the event may be a change. Read and open events are ignored: the build itself causes them.
fn may_be_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
