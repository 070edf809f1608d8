//! Changes of several files that belong together: all of them are made, or none.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sourcewise_quotes::sha256;

use super::apply_error::{ApplyError, io_error};
use super::atomic::{MAX_TOKEN_BYTES, StagedFile, random_token, remove_staged, sync_folder_of};
use super::folders::Folders;
use crate::load::read_at_most;

/// A larger record, question, page or lock is not changed.
const MAX_TEXT_FILE_BYTES: u64 = 64_000_000;
/// A larger document is not renamed.
const MAX_DOCUMENT_BYTES: u64 = 1_000_000_000;

/// A text file before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// Relative to the site's root, separated by `/`.
    pub path: String,
    /// `None` if the file doesn't exist before the change.
    pub before: Option<String>,
    /// `None` if the file doesn't exist after the change.
    pub after: Option<String>,
}

/// A document that gets another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMove {
    /// Relative to the site's root, separated by `/`; absolute if the folder of originals is elsewhere.
    pub from: String,
    pub to: String,
    /// The SHA-256 of the document's content.
    pub sha256: String,
}

/// Whether changes are made or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Back,
}

impl Direction {
    pub(super) fn reverse(self) -> Self {
        match self {
            Self::Forward => Self::Back,
            Self::Back => Self::Forward,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Transaction {
    /// Part of the names of its staged files, which hold new content until it is put in place.
    pub(super) token: String,
    pub(super) changes: Vec<FileChange>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) moves: Vec<FileMove>,
}

/// Whether a file is as before a change in some direction (`Old`), as after it (`New`), or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Old,
    New,
    Other,
}

impl FileChange {
    fn texts(&self, direction: Direction) -> (Option<&str>, Option<&str>) {
        let (before, after) = (self.before.as_deref(), self.after.as_deref());
        match direction {
            Direction::Forward => (before, after),
            Direction::Back => (after, before),
        }
    }

    fn state(&self, folders: &Folders, direction: Direction) -> Result<State, ApplyError> {
        let bytes = read(&folders.text_file(&self.path)?, &self.path, MAX_TEXT_FILE_BYTES)?;
        let (old, new) = self.texts(direction);
        let is = |text: Option<&str>| bytes.as_deref() == text.map(str::as_bytes);
        Ok(if is(new) {
            State::New
        } else if is(old) {
            State::Old
        } else {
            State::Other
        })
    }
}

impl FileMove {
    fn paths(&self, direction: Direction) -> (&str, &str) {
        match direction {
            Direction::Forward => (&self.from, &self.to),
            Direction::Back => (&self.to, &self.from),
        }
    }

    fn state(&self, folders: &Folders, direction: Direction) -> Result<State, ApplyError> {
        let (from, to) = self.paths(direction);
        let is_document = |path: &str| {
            let bytes = read(&folders.document(path)?, path, MAX_DOCUMENT_BYTES)?;
            Ok(bytes.map(|bytes| sha256(&bytes) == self.sha256))
        };
        Ok(match (is_document(from)?, is_document(to)?) {
            (Some(true), None) => State::Old,
            (None, Some(true)) => State::New,
            _ => State::Other,
        })
    }

    fn make(&self, folders: &Folders, direction: Direction) -> Result<(), ApplyError> {
        let (from, to) = self.paths(direction);
        let (full_from, full_to) = (folders.document(from)?, folders.document(to)?);
        fs::rename(full_from, &full_to).map_err(io_error(to))?;
        sync_folder_of(&full_to);
        Ok(())
    }
}

impl Transaction {
    /// Creates a transaction. Leaves out files whose text doesn't change.
    ///
    /// # Errors
    /// If a file may not be changed.
    pub(super) fn new(
        changes: Vec<FileChange>,
        moves: Vec<FileMove>,
        folders: &Folders,
    ) -> Result<Self, ApplyError> {
        let changes = changes.into_iter().filter(|change| change.before != change.after).collect();
        let transaction = Self { token: random_token(), changes, moves };
        transaction.check_paths(folders)?;
        Ok(transaction)
    }

    /// Checks that a transaction that was read from a file is one that [`Self::new`] could have made. The site may be
    /// from someone else, and so may its journal.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub(super) fn check_read(&self, folders: &Folders) -> Result<(), String> {
        let is_token = !self.token.is_empty() && self.token.chars().all(|char| char.is_ascii_hexdigit());
        if !is_token || self.token.len() > MAX_TOKEN_BYTES {
            return Err("its `token` is not a hexadecimal number".to_owned());
        }
        self.check_paths(folders).map_err(|error| error.to_string())
    }

    /// Checks that every file may be changed, and that every document stays in its folder.
    fn check_paths(&self, folders: &Folders) -> Result<(), ApplyError> {
        for change in &self.changes {
            folders.text_file(&change.path)?;
        }
        for moved in &self.moves {
            let (from, to) = (folders.document(&moved.from)?, folders.document(&moved.to)?);
            if from.parent() != to.parent() {
                return Err(ApplyError::Outside { path: moved.to.clone() });
            }
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.moves.is_empty()
    }

    /// Checks that every file is as before the changes, or, to take them back, as after them.
    pub(super) fn check(&self, folders: &Folders, direction: Direction) -> Result<(), ApplyError> {
        for change in &self.changes {
            if change.state(folders, direction)? != State::Old {
                return Err(ApplyError::Changed { path: change.path.clone() });
            }
        }
        for moved in &self.moves {
            if moved.state(folders, direction)? != State::Old {
                return Err(ApplyError::Changed { path: moved.paths(direction).0.to_owned() });
            }
        }
        Ok(())
    }

    /// Makes all changes, or none if a file has changed or can't be written. First writes all new content beside the
    /// files, so that a full disk is noticed before anything has changed. The error is `ApplyError::Partly` if a later
    /// write fails and the changes made until then can't be taken back.
    pub(super) fn make(&self, folders: &Folders, direction: Direction) -> Result<(), ApplyError> {
        let staged = self.stage(folders, direction)?;
        self.check(folders, direction)?;
        let made = self.put_in_place(folders, direction, staged);
        made.map_err(|error| match (self.settle(folders, direction.reverse()), error) {
            (Err(_), ApplyError::Io { path, source }) => ApplyError::Partly { path, source },
            (_, error) => error,
        })
    }

    /// Makes the changes, or takes them back, in all files where that isn't done yet. Returns the paths of files that
    /// are neither as before nor as after the changes; these stay as they are. Removes staged files left by a crash.
    pub(super) fn settle(&self, folders: &Folders, direction: Direction) -> Result<Vec<String>, ApplyError> {
        let mut left = Vec::new();
        for change in &self.changes {
            remove_staged(&folders.text_file(&change.path)?, &self.token);
            match change.state(folders, direction)? {
                State::New => {}
                State::Old => self.write_one(folders, change, direction)?,
                State::Other => left.push(change.path.clone()),
            }
        }
        for moved in &self.moves {
            match moved.state(folders, direction)? {
                State::New => {}
                State::Old => moved.make(folders, direction)?,
                State::Other => left.push(moved.paths(direction).0.to_owned()),
            }
        }
        Ok(left)
    }

    fn stage<'s>(
        &'s self,
        folders: &Folders,
        direction: Direction,
    ) -> Result<Vec<(&'s FileChange, Option<StagedFile>)>, ApplyError> {
        let stage = |change: &'s FileChange| Ok((change, self.stage_one(folders, change, direction)?));
        self.changes.iter().map(stage).collect()
    }

    /// Writes the new content of a file to a staged file beside it, and creates the folder if it is missing. `None` if
    /// the change removes the file.
    fn stage_one(
        &self,
        folders: &Folders,
        change: &FileChange,
        direction: Direction,
    ) -> Result<Option<StagedFile>, ApplyError> {
        let Some(new) = change.texts(direction).1 else { return Ok(None) };
        let path = folders.text_file(&change.path)?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io_error(&change.path))?;
        }
        StagedFile::write(&path, new.as_bytes(), &self.token).map(Some).map_err(io_error(&change.path))
    }

    fn put_in_place(
        &self,
        folders: &Folders,
        direction: Direction,
        staged: Vec<(&FileChange, Option<StagedFile>)>,
    ) -> Result<(), ApplyError> {
        for (change, staged) in staged {
            put_one_in_place(folders, change, staged)?;
        }
        self.moves.iter().try_for_each(|moved| moved.make(folders, direction))
    }

    fn write_one(
        &self,
        folders: &Folders,
        change: &FileChange,
        direction: Direction,
    ) -> Result<(), ApplyError> {
        let staged = self.stage_one(folders, change, direction)?;
        put_one_in_place(folders, change, staged)
    }
}

fn put_one_in_place(
    folders: &Folders,
    change: &FileChange,
    staged: Option<StagedFile>,
) -> Result<(), ApplyError> {
    let done = if let Some(staged) = staged {
        staged.put_in_place()
    } else {
        let path = folders.text_file(&change.path)?;
        fs::remove_file(&path).map(|()| sync_folder_of(&path))
    };
    done.map_err(io_error(&change.path))
}

/// Reads a file; `None` if it doesn't exist.
fn read(full: &Path, path: &str, max_bytes: u64) -> Result<Option<Vec<u8>>, ApplyError> {
    match read_at_most(full, max_bytes) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path)(error)),
    }
}

/// Reads a text file of the site that is to be changed; `None` if it doesn't exist.
///
/// # Errors
/// If it can't be read, is no regular file, is too large, or is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<Option<String>> {
    let bytes = match read_at_most(path, MAX_TEXT_FILE_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        bytes => bytes?,
    };
    let text = String::from_utf8(bytes);
    text.map(Some).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not text in UTF-8"))
}
