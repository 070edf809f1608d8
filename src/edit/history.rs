//! The journal of changes that the desk and `rename` made, in `.sourcewise/` below the site's root. With it, changes
//! are taken back and made again, also after a restart. A change that a crash interrupted is completed or taken back.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::apply_error::ApplyError;
use super::atomic;
use super::file_lock::take_lock;
use super::folders::Folders;
use super::journal::{Ignored, Journal, JournalEntry, Label, State, now};
use super::transaction::{Direction, FileChange, FileMove, Transaction};

/// The journal keeps this many changes. Older ones can't be taken back any more.
const MAX_ENTRIES: usize = 500;
/// Maximum size of all changes in the journal together, unless the last one alone is larger.
const MAX_JOURNAL_BYTES: usize = 32_000_000;

/// The folder of the journal, below the site's root. It is hidden, and its own `.gitignore` keeps it out of Git.
const FOLDER: &str = ".sourcewise";
const ENTRIES: &str = "history";
const LOCK: &str = "lock";

/// Why the journal can't be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another process has this folder's journal open.
    #[error("another `sourcewise desk` has this folder open")]
    AlreadyOpen,
    #[error("cannot write `{}`: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    /// A change that a crash interrupted can be neither completed nor taken back.
    #[error(transparent)]
    Recovery(#[from] ApplyError),
}

/// A change that was made and not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recent<'h> {
    pub label: &'h Label,
    /// When it was made: `2026-11-29T14:00:03Z`.
    pub at: &'h str,
}

/// What [`History::open`] did with a change that was interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    pub label: Label,
    /// Whether it was completed. If not, completing it failed, and it was taken back.
    pub is_completed: bool,
    /// Files that were neither as before nor as after the change. They were left as they are.
    pub left: Vec<String>,
}

/// The changes that the desk and `rename` made, in the order in which they were made. Those that were taken back
/// are at the end.
#[derive(Debug)]
pub struct History {
    folders: Folders,
    journal: Journal,
    entries: Vec<JournalEntry>,
    recovered: Vec<Recovered>,
    /// The file whose lock keeps other processes out, as long as this value lives.
    _lock: File,
}

impl History {
    /// Opens the journal of a site. Completes a change that was interrupted, or takes it back if that fails.
    /// `originals` is the folder of originals that was named for this run. Documents in any other folder outside the
    /// site are not renamed, whatever the journal says.
    ///
    /// # Errors
    /// If another process has it open, or if it can't be written.
    pub fn open(root: &Path, originals: Option<&Path>) -> Result<Self, OpenError> {
        let folders = Folders::new(root, originals).map_err(open_error(root))?;
        let folder = root.join(FOLDER);
        let entries_folder = folder.join(ENTRIES);
        for path in [&folder, &entries_folder, &folder.join(LOCK)] {
            check_no_link(path).map_err(open_error(path))?;
        }
        fs::create_dir_all(&entries_folder).map_err(open_error(&entries_folder))?;
        let lock_path = folder.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&lock_path);
        let lock = lock.map_err(open_error(&lock_path))?;
        take_lock(&lock).map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::AlreadyOpen,
            TryLockError::Error(source) => OpenError::Io { path: lock_path, source },
        })?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            atomic::replace(&ignore, b"*\n").map_err(open_error(&ignore))?;
        }
        let opened = Journal::open(entries_folder.clone(), &folders);
        let (journal, entries) = opened.map_err(open_error(&entries_folder))?;
        let mut history = Self { folders, journal, entries, recovered: Vec::new(), _lock: lock };
        history.recover()?;
        history.remove_overtaken();
        Ok(history)
    }

    /// The changes that were interrupted earlier, and whether opening the journal completed them.
    pub fn recovered(&self) -> &[Recovered] {
        &self.recovered
    }

    /// Files of the journal that are left alone, because the desk and `rename` can't have written them.
    pub fn ignored(&self) -> &[Ignored] {
        &self.journal.ignored
    }

    /// Makes changes, all or none. Changes that were taken back can't be made again after this.
    ///
    /// # Errors
    /// If a file is not as it is before its change, or can't be written.
    pub fn apply(&mut self, label: impl Into<Label>, changes: Vec<FileChange>) -> Result<(), ApplyError> {
        self.apply_with_moves(label, changes, Vec::new())
    }

    /// Makes changes and renames documents, all or none.
    ///
    /// # Errors
    /// See [`Self::apply`].
    pub fn apply_with_moves(
        &mut self,
        label: impl Into<Label>,
        changes: Vec<FileChange>,
        moves: Vec<FileMove>,
    ) -> Result<(), ApplyError> {
        let transaction = Transaction::new(changes, moves, &self.folders)?;
        if transaction.is_empty() {
            return Ok(());
        }
        transaction.check(&self.folders, Direction::Forward)?;
        let number = self.journal.next_number();
        let (label, at) = (label.into(), now());
        let mut entry = JournalEntry { label, at, transaction, state: State::Doing, number, bytes: 0 };
        self.journal.write(&mut entry)?;
        if let Err(error) = entry.transaction.make(&self.folders, Direction::Forward) {
            match error {
                // When the journal is next opened, the change is completed or taken back.
                ApplyError::Partly { .. } => self.entries.push(entry),
                _ => self.journal.remove(&entry),
            }
            return Err(error);
        }
        self.entries.push(entry);
        // The change is made, so that an error here is no reason to fail: the next start finds it completed.
        let _ = self.set_state(self.entries.len() - 1, State::Done);
        self.remove_overtaken();
        self.remove_oldest();
        Ok(())
    }

    /// Takes back the last change. Returns what it was; `None` if there is none.
    ///
    /// # Errors
    /// If a file has changed since, or can't be written.
    pub fn undo(&mut self) -> Result<Option<String>, ApplyError> {
        self.step(self.last_done(), Direction::Back)
    }

    /// Makes the change again that was taken back last.
    ///
    /// # Errors
    /// See [`Self::undo`].
    pub fn redo(&mut self) -> Result<Option<String>, ApplyError> {
        self.step(self.first_undone(), Direction::Forward)
    }

    /// The name of the change that [`Self::undo`] would take back; `None` if there is none.
    pub fn next_undo(&self) -> Option<&str> {
        self.last_done().map(|index| self.entries[index].label.what.as_str())
    }

    /// The name of the change that [`Self::redo`] would make again; `None` if there is none.
    pub fn next_redo(&self) -> Option<&str> {
        self.first_undone().map(|index| self.entries[index].label.what.as_str())
    }

    /// The changes that were made and not taken back, the latest first.
    pub fn recent(&self) -> impl Iterator<Item = Recent<'_>> {
        let done = self.entries.iter().rev().filter(|entry| entry.state == State::Done);
        done.map(|entry| Recent { label: &entry.label, at: &entry.at })
    }

    fn last_done(&self) -> Option<usize> {
        self.entries.iter().rposition(|entry| entry.state == State::Done)
    }

    fn first_undone(&self) -> Option<usize> {
        let next = self.last_done().map_or(0, |last| last + 1);
        self.entries.get(next).filter(|entry| entry.state == State::Undone).map(|_| next)
    }

    fn step(&mut self, index: Option<usize>, direction: Direction) -> Result<Option<String>, ApplyError> {
        let Some(index) = index else { return Ok(None) };
        let (during, after) = match direction {
            Direction::Forward => (State::Doing, State::Done),
            Direction::Back => (State::Undoing, State::Undone),
        };
        self.entries[index].transaction.check(&self.folders, direction)?;
        let before = self.entries[index].state;
        self.set_state(index, during)?;
        if let Err(error) = self.entries[index].transaction.make(&self.folders, direction) {
            if !matches!(error, ApplyError::Partly { .. }) {
                self.set_state(index, before)?;
            }
            return Err(error);
        }
        self.set_state(index, after)?;
        Ok(Some(self.entries[index].label.what.clone()))
    }

    fn set_state(&mut self, index: usize, state: State) -> Result<(), ApplyError> {
        self.journal.set_state(&mut self.entries[index], state)
    }

    /// Completes changes that were interrupted, or takes them back if completing them fails.
    fn recover(&mut self) -> Result<(), ApplyError> {
        for index in 0..self.entries.len() {
            let (direction, completed, taken_back) = match self.entries[index].state {
                State::Doing => (Direction::Forward, State::Done, State::Undone),
                State::Undoing => (Direction::Back, State::Undone, State::Done),
                State::Done | State::Undone => continue,
            };
            let transaction = &self.entries[index].transaction;
            let completion = transaction.settle(&self.folders, direction);
            let is_completed = completion.is_ok();
            let left = completion.or_else(|_| transaction.settle(&self.folders, direction.reverse()))?;
            let label = self.entries[index].label.clone();
            self.recovered.push(Recovered { label, is_completed, left });
            self.set_state(index, if is_completed { completed } else { taken_back })?;
        }
        Ok(())
    }

    /// Removes changes that were taken back before a later change was made: they can't be made again.
    fn remove_overtaken(&mut self) {
        let last = self.last_done().unwrap_or(0);
        for (index, entry) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            if index < last && entry.state == State::Undone {
                self.journal.remove(&entry);
            } else {
                self.entries.push(entry);
            }
        }
    }

    fn remove_oldest(&mut self) {
        let mut bytes: usize = self.entries.iter().map(|entry| entry.bytes).sum();
        while self.entries.len() > 1 && (self.entries.len() > MAX_ENTRIES || bytes > MAX_JOURNAL_BYTES) {
            let oldest = self.entries.remove(0);
            bytes -= oldest.bytes;
            self.journal.remove(&oldest);
        }
    }
}

/// An error if a path of the journal is a link, which may lead out of the site, or a pipe, which would block.
fn check_no_link(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_dir() && !about.is_file() => {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link, pipe or device; remove it"))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn open_error(path: &Path) -> impl FnOnce(io::Error) -> OpenError + use<> {
    let path = path.to_path_buf();
    |source| OpenError::Io { path, source }
}
