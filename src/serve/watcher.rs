//! Watches the site's input files and reports changes, with changes in quick succession reported together.
//!
//! The reported paths are only printed: a build reads all files and compares their content. Events are debounced here,
//! because neither crate that debounces events of `notify` fits: `notify-debouncer-mini` drops the kind of an event, so
//! that the build's own reads would start another build; `notify-debouncer-full` waits for each path separately.
//!
//! Systems report a change of a file only for the folder that holds it, not for symbolic links to it. They also keep
//! watching a folder that was moved away. So the targets of symbolic links, and whether a folder was replaced by
//! another, are checked at intervals.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;
use walkdir::WalkDir;

use crate::error::Error;
use crate::load::{FOLDERS, Project};

/// A change is reported when no event follows for this long, because editors save a file in several steps.
const MIN_QUIET: Duration = Duration::from_millis(15);
/// A change is reported after this time even if more events follow.
const MAX_REPORT_DELAY: Duration = Duration::from_secs(2);
/// After this time without events, the watcher checks whether folders or the targets of symbolic links were replaced,
/// because the system may not report that.
const CHECK_INTERVAL_MS: u64 = 500;
/// If the system can't report changes, all files are checked for changes at this interval.
const POLL_INTERVAL_MS: u64 = 1_000;

const SITE_FILE: &str = "site.toml";

/// Watches a site's input files: `site.toml`, the folders in [`FOLDERS`], and the folder of originals.
pub(super) struct FileWatcher {
    root: PathBuf,
    /// The path of the folder of originals before symbolic links are resolved.
    named_originals: PathBuf,
    /// The real path of the folder of originals, by which the system reports its files.
    originals: PathBuf,
    notifier: Box<dyn Watcher>,
    events: Receiver<notify::Result<Event>>,
    /// The site's folder and the input folders when they were last watched. `None` for a folder that is missing.
    identities: Vec<Option<Handle>>,
    /// `site.toml`, and those other input files that are symbolic links. Each has a stamp, of the link's target if
    /// it is a link. The stamp differs after a change.
    links: Vec<(PathBuf, Stamp)>,
    /// Changes that [`Self::has_change`] found and [`Self::next`] has not returned yet.
    seen: ChangedPaths,
}

/// Time of the last change, and length in bytes. `None` if the file can't be read.
type Stamp = Option<(SystemTime, u64)>;

/// Changed paths, relative to the site's root. The path `.` means that any file may have changed.
pub(super) type ChangedPaths = Vec<String>;

impl FileWatcher {
    /// Starts watching. Where the system can't report changes, polls the files.
    ///
    /// # Errors
    /// If the files can be neither watched nor polled.
    pub(super) fn new(project: &Project) -> Result<Self, Error> {
        let (sender, events) = channel();
        let originals = project.originals.clone().unwrap_or_else(|| project.root.join("originals"));
        let notifier =
            start_notifier::<RecommendedWatcher>(&sender).or_else(|_| start_notifier::<PollWatcher>(&sender));
        let mut watcher = Self {
            root: project.root.clone(),
            originals: originals.clone(),
            named_originals: originals,
            notifier: notifier.map_err(watch_error)?,
            events,
            identities: Vec::new(),
            links: Vec::new(),
            seen: Vec::new(),
        };
        if let Err(error) = watcher.watch_all() {
            if !matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_)) {
                return Err(watch_error(error));
            }
            watcher.notifier = start_notifier::<PollWatcher>(&sender).map_err(watch_error)?;
            watcher.watch_all().map_err(watch_error)?;
        }
        watcher.links = watcher.find_links();
        Ok(watcher)
    }

    /// Waits for a change and returns all paths that changed until no event followed for [`MIN_QUIET`], or until
    /// `MAX_REPORT_DELAY`.
    pub(super) fn next(&mut self) -> ChangedPaths {
        let mut changed = std::mem::take(&mut self.seen);
        if changed.is_empty() {
            changed = self.wait_for_change();
        }
        let start = Instant::now();
        while start.elapsed() < MAX_REPORT_DELAY
            && let Ok(event) = self.events.recv_timeout(MIN_QUIET)
        {
            changed.extend(self.changed_paths(event));
        }
        changed.sort();
        changed.dedup();
        self.links = self.find_links();
        changed
    }

    /// Whether a change was reported that [`Self::next`] will return. Does not wait for one.
    pub(super) fn has_change(&mut self) -> bool {
        while self.seen.is_empty()
            && let Ok(event) = self.events.try_recv()
        {
            self.seen = self.changed_paths(event);
        }
        !self.seen.is_empty()
    }

    fn wait_for_change(&mut self) -> ChangedPaths {
        let interval = Duration::from_millis(CHECK_INTERVAL_MS);
        loop {
            match self.events.recv_timeout(interval) {
                Ok(event) => {
                    let changed = self.changed_paths(event);
                    if !changed.is_empty() {
                        return changed;
                    }
                }
                Err(_) if self.identities != self.find_identities() => {
                    // A folder appeared, disappeared or was replaced. Errors are ignored: a folder that can't be
                    // watched now is tried again when it is replaced.
                    let _ = self.watch_all();
                    return vec![".".to_owned()];
                }
                Err(_) => {
                    let links = self.links.iter().filter(|(link, stamp)| stamp_of(link) != *stamp);
                    let changed: ChangedPaths = links.filter_map(|(link, _)| self.site_path(link)).collect();
                    if !changed.is_empty() {
                        return changed;
                    }
                }
            }
        }
    }

    /// The site's folder and all input folders, whether they exist or not.
    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        let folders = FOLDERS.iter().map(|name| self.root.join(name));
        folders.chain([self.root.clone(), self.named_originals.clone()])
    }

    fn find_identities(&self) -> Vec<Option<Handle>> {
        self.folders().map(|folder| Handle::from_path(folder).ok()).collect()
    }

    /// Finds `site.toml`, and those other input files that are symbolic links, even broken ones.
    fn find_links(&self) -> Vec<(PathBuf, Stamp)> {
        let folders = FOLDERS.iter().map(|name| self.root.join(name)).chain([self.originals.clone()]);
        let entries = folders.flat_map(|folder| WalkDir::new(folder).follow_links(true));
        let links = entries.filter_map(|entry| match entry {
            Ok(entry) => (entry.path_is_symlink() && entry.file_type().is_file()).then(|| entry.into_path()),
            // The link leads nowhere or in a circle, or the folder is missing.
            Err(error) => error.path().map(Path::to_path_buf),
        });
        let links = links.chain([self.root.join(SITE_FILE)]);
        links.map(|link| (link.clone(), stamp_of(&link))).collect()
    }

    /// Returns the input files that an event is about, or `.` if events were lost. Empty if the event isn't a change or
    /// is about other files. Watches input folders again that the event is about.
    fn changed_paths(&mut self, event: notify::Result<Event>) -> ChangedPaths {
        let event = match event {
            Ok(event) if may_be_change(event.kind) || event.need_rescan() => event,
            Ok(_) => return Vec::new(),
            // Events were lost: any file may have changed.
            Err(_) => return vec![".".to_owned()],
        };
        if event.need_rescan() {
            return vec![".".to_owned()];
        }
        let changed: ChangedPaths = event.paths.iter().filter_map(|path| self.site_path(path)).collect();
        // A folder that was created or replaced must be watched again.
        if changed.iter().any(|path| FOLDERS.contains(&path.as_str()) || *path == "originals") {
            let _ = self.watch_all();
        }
        changed
    }

    /// Returns a path relative to the root, separated by `/`. `None` if the path isn't an input of the site, or is
    /// hidden. For the folder of originals, wherever it is, the result begins with `originals`.
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

    /// Watches the input folders that exist, and the root, so that folders created or removed later are noticed.
    fn watch_all(&mut self) -> notify::Result<()> {
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|name| self.root.join(name)).collect();
        for path in folders.iter().chain([&self.root, &self.originals]) {
            // Errors are ignored: unwatching fails if the path isn't watched.
            let _ = self.notifier.unwatch(path);
        }
        self.originals = self.named_originals.canonicalize().unwrap_or_else(|_| self.named_originals.clone());
        self.identities = self.find_identities();
        self.notifier.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in folders.iter().chain([&self.originals]).filter(|folder| folder.is_dir()) {
            match self.notifier.watch(folder, RecursiveMode::Recursive) {
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

fn stamp_of(path: &Path) -> Stamp {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Starts an implementation of `notify`'s `Watcher` that sends its events to `sender`.
fn start_notifier<W: Watcher + 'static>(
    sender: &Sender<notify::Result<Event>>,
) -> notify::Result<Box<dyn Watcher>> {
    let config = Config::default().with_poll_interval(Duration::from_millis(POLL_INTERVAL_MS));
    Ok(Box::new(W::new(sender.clone(), config)?))
}

/// Whether an event may be a change. Opening and reading files isn't, because builds do that themselves.
fn may_be_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
