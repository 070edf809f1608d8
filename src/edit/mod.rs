//! Edits of the author's files that keep everything else as it is: comments, order, spaces, quotation marks and line
//! ends.
//!
//! An edit takes a text and returns a text: `syntax` finds the byte ranges of all parts, `entries`, `blocks` and
//! `text_map` splice new text between them, and `meaning` compares the result with what was meant.
//!
//! `atomic` writes a file in one step, `transaction` several files, and `history` keeps what was written, so that it
//! can be undone. `folders` says which files may be changed at all.

mod answer;
mod apply_error;
mod atomic;
mod blocks;
mod change;
mod entries;
mod file_lock;
mod folders;
mod history;
mod journal;
mod meaning;
mod new_record;
mod question;
mod quoting;
mod record;
mod rename;
mod splices;
mod syntax;
mod text_map;
mod transaction;

pub use answer::AnswerText;
pub use apply_error::ApplyError;
pub use atomic::replace as replace_file;
pub use folders::replace_site_file;
pub use history::{History, OpenError, Recent, Recovered};
pub use journal::{Ignored, Label};
pub use new_record::new_record;
pub use question::{QuestionText, new_question};
pub use quoting::toml_string;
pub use record::RecordText;
pub use rename::{Rename, RenameFault, RenamePlan, Renamed, RenamedPlace, plan_rename};
pub use text_map::Silence;
pub use transaction::{FileChange, FileMove, read_text};

use thiserror::Error;

/// Why a text can't be parsed: its TOML has an error, or a question has no front matter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {message}")]
pub struct SyntaxFault {
    /// The number of the line, from 1.
    pub line: usize,
    pub message: String,
}

/// Why an edit is refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditFault {
    #[error("the value of `{key}` in line {line} has the wrong type: correct it in an editor first")]
    WrongType { key: String, line: usize },
    #[error(
        "there are comments within `{key}` in line {line}, which this change would lose: make it in an editor"
    )]
    Comments { key: String, line: usize },
    #[error("this answer is not there any more")]
    NoSuchAnswer,
    #[error("`{0}` is not there any more")]
    NoSuchKey(String),
    #[error("`{0}` is there already")]
    KeyTaken(String),
    #[error("this change would change other parts of the file: make it in an editor")]
    Unfit,
}
