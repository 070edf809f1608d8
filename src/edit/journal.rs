//! The files of the journal: one for each change, with its state in its name, so that the state changes in one step and
//! takes no space on the disk.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::atomic;
use super::transaction::{ApplyError, Transaction};

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
    /// Part of the name of the entry's file, like `number`, by which entries are ordered.
    #[serde(skip)]
    pub(super) state: State,
    #[serde(skip)]
    pub(super) number: u64,
    /// Size of the file.
    #[serde(skip)]
    pub(super) bytes: usize,
}

/// The folder of the files.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
}

impl Journal {
    /// Opens a folder, which must exist. Returns all entries, in their order. A file that is no entry is left alone.
    pub(super) fn open(folder: PathBuf) -> io::Result<(Self, Vec<JournalEntry>)> {
        let mut entries = Vec::new();
        for file in fs::read_dir(&folder)? {
            let path = file?.path();
            atomic::remove_left_over(&path);
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let Some((number, state)) = number_and_state(&name) else { continue };
            let bytes = fs::read(&path)?;
            if let Ok(entry) = serde_json::from_slice::<JournalEntry>(&bytes) {
                entries.push(JournalEntry { number, state, bytes: bytes.len(), ..entry });
            }
        }
        entries.sort_by_key(|entry| entry.number);
        Ok((Self { folder }, entries))
    }

    /// Writes a new entry.
    pub(super) fn write(&self, entry: &mut JournalEntry) -> Result<(), ApplyError> {
        let text = serde_json::to_vec(&entry).expect("texts and lists are always JSON");
        entry.bytes = text.len();
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

fn number_and_state(name: &str) -> Option<(u64, State)> {
    let (number, state) = name.strip_suffix(".json")?.split_once('.')?;
    let state = State::ALL.into_iter().find(|known| known.name() == state)?;
    Some((number.parse().ok()?, state))
}

#[expect(clippy::disallowed_methods, reason = "says when a change was made; the time never affects the site")]
pub(super) fn now() -> String {
    let now = jiff::Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
