//! The files of the journal: one for each change. The file's name has the state of the change, so that renaming the
//! file sets the state in one step and needs no space on the disk.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::apply_error::ApplyError;
use super::atomic;
use super::folders::Folders;
use super::transaction::Transaction;
use crate::load::read_at_most;
use crate::text::visible_line;

/// A larger entry is neither written nor read. A rename in a very large site needs less.
const MAX_ENTRY_BYTES: usize = 256_000_000;
/// A file with a longer number isn't read as an entry, so that higher numbers always fit into `u64`.
const MAX_NUMBER_DIGITS: usize = 18;
const MIN_NUMBER_DIGITS: usize = 10;

/// What a change is called, and what it is about.
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Done,
    Undone,
    /// Being made, for the first time or again.
    Doing,
    Undoing,
}

impl State {
    const ALL: [Self; 4] = [Self::Done, Self::Undone, Self::Doing, Self::Undoing];

    /// The part of a file's name that says the state.
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Doing => "doing",
            Self::Undoing => "undoing",
        }
    }
}

/// A change in the journal.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct JournalEntry {
    pub(super) label: Label,
    /// When the change was made: `2026-11-29T14:00:03Z`.
    pub(super) at: String,
    #[serde(flatten)]
    pub(super) transaction: Transaction,
    /// Part of the name of the entry's file, and so not of its content. The same is true of `number`, which orders
    /// the entries.
    #[serde(skip)]
    pub(super) state: State,
    #[serde(skip)]
    pub(super) number: u64,
    /// Size of the file.
    #[serde(skip)]
    pub(super) bytes: usize,
}

/// A file of the journal that is left alone, because it is no entry, or an entry that the desk and `rename` can't
/// have written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    pub file: String,
    pub reason: String,
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`.sourcewise/history/{}` was ignored: {}", self.file, visible_line(&self.reason))
    }
}

/// The folder with the journal's files.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    /// The highest number of a file, also of one that is ignored.
    last_number: u64,
    pub(super) ignored: Vec<Ignored>,
}

impl Journal {
    /// Opens a folder, which must exist, and removes staged files left in it. Returns all readable entries by number.
    pub(super) fn open(folder: PathBuf, folders: &Folders) -> io::Result<(Self, Vec<JournalEntry>)> {
        let mut entries = Vec::new();
        let (mut last_number, mut ignored) = (0, Vec::new());
        for file in fs::read_dir(&folder)? {
            let path = file?.path();
            atomic::remove_left_over(&path);
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let Some((number, state)) = number_and_state(&file) else { continue };
            last_number = last_number.max(number);
            match read_entry(&path, folders) {
                Ok(entry) => entries.push(JournalEntry { state, number, ..entry }),
                Err(reason) => ignored.push(Ignored { file, reason }),
            }
        }
        entries.sort_by_key(|entry| entry.number);
        ignored.sort_by(|one, other| one.file.cmp(&other.file));
        Ok((Self { folder, last_number, ignored }, entries))
    }

    /// Returns a number that no file has.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Writes an entry to its file, and sets its `bytes`.
    pub(super) fn write(&self, entry: &mut JournalEntry) -> Result<(), ApplyError> {
        let text = serde_json::to_vec(&entry).expect("texts and lists are always JSON");
        entry.bytes = text.len();
        if entry.bytes > MAX_ENTRY_BYTES {
            return Err(self.error(io::ErrorKind::FileTooLarge.into()));
        }
        let path = self.path_of(entry.number, entry.state);
        // The folder may be removed while the desk runs, because Git ignores it.
        let written = fs::create_dir_all(&self.folder).and_then(|()| atomic::replace(&path, &text));
        written.map_err(|source| self.error(source))
    }

    pub(super) fn set_state(&self, entry: &mut JournalEntry, state: State) -> Result<(), ApplyError> {
        let new = self.path_of(entry.number, state);
        let before = std::mem::replace(&mut entry.state, state);
        let noted = match fs::rename(self.path_of(entry.number, before), &new) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.write(entry),
            renamed => renamed.map_err(|source| self.error(source)),
        };
        if noted.is_err() {
            entry.state = before;
        }
        atomic::sync_folder_of(&new);
        noted
    }

    /// Removes an entry's file. If that fails, the entry is only kept longer than it needs to be.
    pub(super) fn remove(&self, entry: &JournalEntry) {
        let _ = fs::remove_file(self.path_of(entry.number, entry.state));
    }

    /// The file of an entry: `0000000007.done.json`.
    fn path_of(&self, number: u64, state: State) -> PathBuf {
        self.folder.join(format!("{number:010}.{}.json", state.name()))
    }

    fn error(&self, source: io::Error) -> ApplyError {
        ApplyError::Io { path: self.folder.display().to_string(), source }
    }
}

/// Reads an entry. The error is the reason why the file is ignored.
fn read_entry(path: &Path, folders: &Folders) -> Result<JournalEntry, String> {
    if fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink()) {
        return Err("it is a link".to_owned());
    }
    let bytes = read_at_most(path, MAX_ENTRY_BYTES as u64).map_err(|error| error.to_string())?;
    let entry: JournalEntry = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    entry.transaction.check_read(folders)?;
    Ok(JournalEntry { bytes: bytes.len(), ..entry })
}

fn number_and_state(name: &str) -> Option<(u64, State)> {
    let (number, state) = name.strip_suffix(".json")?.split_once('.')?;
    let state = State::ALL.into_iter().find(|known| known.name() == state)?;
    let is_number = (MIN_NUMBER_DIGITS..=MAX_NUMBER_DIGITS).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit());
    Some((number.parse().ok().filter(|_| is_number)?, state))
}

#[expect(clippy::disallowed_methods, reason = "says when a change was made; the time never affects the site")]
pub(super) fn now() -> String {
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
