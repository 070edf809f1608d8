//! Changes of several files that belong together: all of them are made, or none.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sourcewise_quotes::sha256;
use thiserror::Error;

use super::atomic::{StagedFile, random_token, remove_staged, sync_folder_of};

/// A text file before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// Below the site's root, with `/`.
    pub path: String,
    /// `None` if the file doesn't exist before the change.
    pub before: Option<String>,
    /// `None` if the file doesn't exist after the change.
    pub after: Option<String>,
}

/// A document that gets another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMove {
    /// Below the site's root, with `/`; absolute if the folder of originals is elsewhere.
    pub from: String,
    pub to: String,
    /// The SHA-256 of the document's content.
    pub sha256: String,
}

/// Why changes were not made. All files are as before, unless the error says otherwise.
#[derive(Debug, Error)]
pub enum ApplyError {
    /// A file is not as it was when the change was prepared, or when it was made.
    #[error("`{path}` has changed since; nothing was written")]
    Changed { path: String },
    #[error("cannot write `{path}`: {source}; nothing was changed")]
    Io { path: String, source: io::Error },
    /// The disk failed during the change and again when it was taken back.
    #[error(
        "cannot write `{path}`: {source}; some files are changed already, the others when the desk or `rename` next starts"
    )]
    Partly { path: String, source: io::Error },
    /// A path doesn't stay below the site's root.
    #[error("`{path}` is not a path within the site")]
    Outside { path: String },
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
    /// Part of the names of files that are not in place yet.
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

    fn state(&self, root: &Path, direction: Direction) -> Result<State, ApplyError> {
        let bytes = read(root, &self.path)?;
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

    fn state(&self, root: &Path, direction: Direction) -> Result<State, ApplyError> {
        let (from, to) = self.paths(direction);
        let is_document = |path: &str| Ok(read(root, path)?.map(|bytes| sha256(&bytes) == self.sha256));
        Ok(match (is_document(from)?, is_document(to)?) {
            (Some(true), None) => State::Old,
            (None, Some(true)) => State::New,
            _ => State::Other,
        })
    }

    fn make(&self, root: &Path, direction: Direction) -> Result<(), ApplyError> {
        let (from, to) = self.paths(direction);
        let (full_from, full_to) = (full_path(root, from)?, full_path(root, to)?);
        fs::rename(full_from, &full_to).map_err(io_error(to))?;
        sync_folder_of(&full_to);
        Ok(())
    }
}

impl Transaction {
    /// Creates a transaction. Leaves out files whose text doesn't change.
    ///
    /// # Errors
    /// If a text file is not below the site's root.
    pub(super) fn new(changes: Vec<FileChange>, moves: Vec<FileMove>) -> Result<Self, ApplyError> {
        if let Some(change) = changes.iter().find(|change| !is_below(&change.path)) {
            return Err(ApplyError::Outside { path: change.path.clone() });
        }
        let changes = changes.into_iter().filter(|change| change.before != change.after).collect();
        Ok(Self { token: random_token(), changes, moves })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.moves.is_empty()
    }

    /// Checks that every file is as before the changes, or, to take them back, as after them.
    pub(super) fn check(&self, root: &Path, direction: Direction) -> Result<(), ApplyError> {
        for change in &self.changes {
            if change.state(root, direction)? != State::Old {
                return Err(ApplyError::Changed { path: change.path.clone() });
            }
        }
        for moved in &self.moves {
            if moved.state(root, direction)? != State::Old {
                return Err(ApplyError::Changed { path: moved.paths(direction).0.to_owned() });
            }
        }
        Ok(())
    }

    /// Makes all changes, or none if a file has changed or can't be written. First writes all new content beside the
    /// files, so that a full disk is noticed before anything has changed. If a later error can't be reverted either,
    /// it is `ApplyError::Partly`.
    pub(super) fn make(&self, root: &Path, direction: Direction) -> Result<(), ApplyError> {
        let staged = self.stage(root, direction)?;
        self.check(root, direction)?;
        let made = self.put_in_place(root, direction, staged);
        made.map_err(|error| match (self.settle(root, direction.reverse()), error) {
            (Err(_), ApplyError::Io { path, source }) => ApplyError::Partly { path, source },
            (_, error) => error,
        })
    }

    /// Brings all files into the state after the changes that are in the state before them. Returns the paths of those
    /// that are in neither and are left as they are.
    pub(super) fn settle(&self, root: &Path, direction: Direction) -> Result<Vec<String>, ApplyError> {
        let mut left = Vec::new();
        for change in &self.changes {
            remove_staged(&full_path(root, &change.path)?, &self.token);
            match change.state(root, direction)? {
                State::New => {}
                State::Old => self.write_one(root, change, direction)?,
                State::Other => left.push(change.path.clone()),
            }
        }
        for moved in &self.moves {
            match moved.state(root, direction)? {
                State::New => {}
                State::Old => moved.make(root, direction)?,
                State::Other => left.push(moved.paths(direction).0.to_owned()),
            }
        }
        Ok(left)
    }

    fn stage<'s>(
        &'s self,
        root: &Path,
        direction: Direction,
    ) -> Result<Vec<(&'s FileChange, Option<StagedFile>)>, ApplyError> {
        let stage = |change: &'s FileChange| Ok((change, self.stage_one(root, change, direction)?));
        self.changes.iter().map(stage).collect()
    }

    /// Writes the new content of a file to a staged file beside it, and creates their folder if it is missing. `None`
    /// if the file is to be removed.
    fn stage_one(
        &self,
        root: &Path,
        change: &FileChange,
        direction: Direction,
    ) -> Result<Option<StagedFile>, ApplyError> {
        let Some(new) = change.texts(direction).1 else { return Ok(None) };
        let path = full_path(root, &change.path)?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io_error(&change.path))?;
        }
        StagedFile::write(&path, new.as_bytes(), &self.token).map(Some).map_err(io_error(&change.path))
    }

    fn put_in_place(
        &self,
        root: &Path,
        direction: Direction,
        staged: Vec<(&FileChange, Option<StagedFile>)>,
    ) -> Result<(), ApplyError> {
        for (change, staged) in staged {
            put_one_in_place(root, change, staged)?;
        }
        self.moves.iter().try_for_each(|moved| moved.make(root, direction))
    }

    fn write_one(&self, root: &Path, change: &FileChange, direction: Direction) -> Result<(), ApplyError> {
        let staged = self.stage_one(root, change, direction)?;
        put_one_in_place(root, change, staged)
    }
}

fn put_one_in_place(root: &Path, change: &FileChange, staged: Option<StagedFile>) -> Result<(), ApplyError> {
    let done = if let Some(staged) = staged {
        staged.put_in_place()
    } else {
        let path = full_path(root, &change.path)?;
        fs::remove_file(&path).map(|()| sync_folder_of(&path))
    };
    done.map_err(io_error(&change.path))
}

/// Reads a file; `None` if it doesn't exist.
fn read(root: &Path, path: &str) -> Result<Option<Vec<u8>>, ApplyError> {
    match fs::read(full_path(root, path)?) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path)(error)),
    }
}

/// Returns the full path of a file. Only documents that are elsewhere have an absolute path.
fn full_path(root: &Path, path: &str) -> Result<PathBuf, ApplyError> {
    if Path::new(path).is_absolute() || is_below(path) {
        return Ok(root.join(path));
    }
    Err(ApplyError::Outside { path: path.to_owned() })
}

/// Whether a path stays below the folder that it begins in.
fn is_below(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

fn io_error(path: &str) -> impl FnOnce(io::Error) -> ApplyError + use<> {
    let path = path.to_owned();
    |source| ApplyError::Io { path, source }
}
