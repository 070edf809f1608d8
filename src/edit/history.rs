//! The journal of what the desk and `rename` wrote, in `.sourcewise/` below the site's root. With it, changes are
//! undone and redone, also after a restart, and a change that a crash interrupted is completed.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::atomic;
use super::file_lock::take_lock;
use super::transaction::{ApplyError, Direction, FileChange, FileMove, Transaction};

/// The journal keeps this many changes. Older ones can't be undone any more.
const MAX_ENTRIES: usize = 500;
/// If all entries together are larger, the oldest ones are removed. The last change is kept even if it is larger.
const MAX_JOURNAL_BYTES: usize = 32_000_000;

/// The folder of the journal, below the site's root. It is hidden, and its own `.gitignore` keeps it out of Git.
const FOLDER: &str = ".sourcewise";
const ENTRIES: &str = "history";

/// Why the journal can't be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another process has this folder's journal open.
    #[error("another `sourcewise desk` has this folder open")]
    AlreadyOpen,
    #[error("cannot write `{}`: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    /// A change that a crash interrupted can't be completed.
    #[error(transparent)]
    Recovery(#[from] ApplyError),
}

/// What a change is called in the interface, and the ids of the source and question that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

impl From<&str> for Label {
    fn from(what: &str) -> Self {
        Self { what: what.to_owned(), source: None, question: None }
    }
}

/// A change that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recent<'h> {
    pub label: &'h Label,
    /// When it was made: `2026-11-29T14:00:03Z`.
    pub at: &'h str,
}

/// What [`History::open`] found of a change that was interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    pub label: Label,
    /// Whether it was completed. If not, it was taken back, because a file could not be written.
    pub is_completed: bool,
    /// Paths of files that have changed since, and were left as they are.
    pub left: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Done,
    Undone,
    /// Being made, for the first time or again.
    Doing,
    Undoing,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    label: Label,
    at: String,
    state: State,
    #[serde(flatten)]
    transaction: Transaction,
    /// Numbers rise with each change. The entry's file is named by it.
    #[serde(skip)]
    number: u64,
    /// The size of the entry's file.
    #[serde(skip)]
    bytes: usize,
}

/// The changes in the journal, in the order in which they were made. Those that were undone are the last ones.
#[derive(Debug)]
pub struct History {
    root: PathBuf,
    entries: Vec<Entry>,
    recovered: Vec<Recovered>,
    /// An open file that is locked until this value is dropped, so that no other process opens the journal.
    _lock: File,
}

impl History {
    /// Opens the journal of a site. Completes changes that were interrupted, or takes them back if that fails.
    ///
    /// # Errors
    /// If another process has it open, or if it can't be written.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        let folder = root.join(FOLDER);
        let entries_folder = folder.join(ENTRIES);
        fs::create_dir_all(&entries_folder).map_err(open_error(&entries_folder))?;
        let lock_path = folder.join("lock");
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
        let entries = read_entries(&entries_folder).map_err(open_error(&entries_folder))?;
        let mut history = Self { root: root.to_path_buf(), entries, recovered: Vec::new(), _lock: lock };
        history.recover()?;
        history.remove_overtaken();
        Ok(history)
    }

    /// What was found of changes that were interrupted before the journal was opened.
    pub fn recovered(&self) -> &[Recovered] {
        &self.recovered
    }

    /// Makes changes, all or none. Changes that were undone can't be redone after this. If nothing changes, does
    /// nothing.
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
        let transaction = Transaction::new(changes, moves)?;
        if transaction.is_empty() {
            return Ok(());
        }
        transaction.check(&self.root, Direction::Forward)?;
        let number = self.entries.last().map_or(1, |last| last.number + 1);
        let (label, at) = (label.into(), now());
        let mut entry = Entry { label, at, state: State::Doing, transaction, number, bytes: 0 };
        self.write(&mut entry)?;
        if let Err(error) = entry.transaction.make(&self.root, Direction::Forward) {
            match error {
                // The next start completes it.
                ApplyError::Partly { .. } => self.entries.push(entry),
                _ => self.remove_file_of(&entry),
            }
            return Err(error);
        }
        entry.state = State::Done;
        // The change is made, so that an error is no reason to fail: the next start finds it completed.
        let _ = self.write(&mut entry);
        self.entries.push(entry);
        self.remove_overtaken();
        self.remove_oldest();
        Ok(())
    }

    /// Undoes the last change. Returns its label; `None` if there is no change to undo.
    ///
    /// # Errors
    /// If a file has changed since, or can't be written.
    pub fn undo(&mut self) -> Result<Option<String>, ApplyError> {
        self.step(self.last_done(), Direction::Back)
    }

    /// Redoes the change that was undone last. Returns its label; `None` if there is none to redo.
    ///
    /// # Errors
    /// See [`Self::undo`].
    pub fn redo(&mut self) -> Result<Option<String>, ApplyError> {
        self.step(self.first_undone(), Direction::Forward)
    }

    /// Returns the label of the change that [`Self::undo`] would undo.
    pub fn next_undo(&self) -> Option<&str> {
        self.last_done().map(|index| self.entries[index].label.what.as_str())
    }

    /// Returns the label of the change that [`Self::redo`] would redo.
    pub fn next_redo(&self) -> Option<&str> {
        self.first_undone().map(|index| self.entries[index].label.what.as_str())
    }

    /// The changes that are made and not undone, the last one first.
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
        self.entries[index].transaction.check(&self.root, direction)?;
        let before = self.entries[index].state;
        self.set_state(index, during)?;
        if let Err(error) = self.entries[index].transaction.make(&self.root, direction) {
            if !matches!(error, ApplyError::Partly { .. }) {
                self.set_state(index, before)?;
            }
            return Err(error);
        }
        self.set_state(index, after)?;
        Ok(Some(self.entries[index].label.what.clone()))
    }

    fn set_state(&mut self, index: usize, state: State) -> Result<(), ApplyError> {
        let mut entry = self.entries.remove(index);
        let before = std::mem::replace(&mut entry.state, state);
        let written = self.write(&mut entry);
        if written.is_err() {
            entry.state = before;
        }
        self.entries.insert(index, entry);
        written
    }

    /// Completes changes that were interrupted, or takes them back. Fails if neither can be done.
    fn recover(&mut self) -> Result<(), ApplyError> {
        for index in 0..self.entries.len() {
            let (direction, completed, taken_back) = match self.entries[index].state {
                State::Doing => (Direction::Forward, State::Done, State::Undone),
                State::Undoing => (Direction::Back, State::Undone, State::Done),
                State::Done | State::Undone => continue,
            };
            let transaction = &self.entries[index].transaction;
            let completion = transaction.settle(&self.root, direction);
            let is_completed = completion.is_ok();
            let left = completion.or_else(|_| transaction.settle(&self.root, direction.reverse()))?;
            let label = self.entries[index].label.clone();
            self.recovered.push(Recovered { label, is_completed, left });
            self.set_state(index, if is_completed { completed } else { taken_back })?;
        }
        Ok(())
    }

    /// Removes changes that were undone before a later one was made.
    fn remove_overtaken(&mut self) {
        let last = self.last_done().unwrap_or(0);
        for (index, entry) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            if index < last && entry.state == State::Undone {
                self.remove_file_of(&entry);
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
            self.remove_file_of(&oldest);
        }
    }

    fn write(&self, entry: &mut Entry) -> Result<(), ApplyError> {
        let text = serde_json::to_vec(&entry).expect("texts and lists are always JSON");
        entry.bytes = text.len();
        let path = self.path_of(entry);
        let shown = format!("{FOLDER}/{ENTRIES}");
        atomic::replace(&path, &text).map_err(|source| ApplyError::Io { path: shown, source })
    }

    /// Removes an entry's file. If that fails, the entry is only kept longer than it needs to be.
    fn remove_file_of(&self, entry: &Entry) {
        let _ = fs::remove_file(self.path_of(entry));
    }

    fn path_of(&self, entry: &Entry) -> PathBuf {
        self.root.join(FOLDER).join(ENTRIES).join(format!("{:010}.json", entry.number))
    }
}

/// Reads all entries, in their order. Removes staged files that a killed process left; ignores other files that are no
/// entries.
fn read_entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        atomic::remove_left_over(&path);
        let number = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        let Some(number) = number.filter(|_| path.extension().is_some_and(|ending| ending == "json")) else {
            continue;
        };
        let bytes = fs::read(&path)?;
        if let Ok(entry) = serde_json::from_slice::<Entry>(&bytes) {
            entries.push(Entry { number, bytes: bytes.len(), ..entry });
        }
    }
    entries.sort_by_key(|entry| entry.number);
    Ok(entries)
}

#[expect(clippy::disallowed_methods, reason = "says when a change was made; the time never affects the site")]
fn now() -> String {
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn open_error(path: &Path) -> impl FnOnce(io::Error) -> OpenError + use<> {
    let path = path.to_path_buf();
    |source| OpenError::Io { path, source }
}
