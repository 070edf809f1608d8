//! `--baseline FILE`: findings that somebody has decided to live with, each with a reason.
//!
//! Nothing here writes the file: what is accepted is somebody's decision, one by one.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::files::{Files, Spanned};
use crate::load::Table;
use crate::problem::{Code, Problem, Problems, Severity};

/// The file, read.
pub(super) struct Baseline {
    accepted: Vec<Accepted>,
}

/// One `[[accept]]`.
struct Accepted {
    id: Spanned<String>,
    /// The kind of finding, for people, and so that it isn't missed in a run that doesn't look for its kind.
    code: Option<String>,
}

impl Baseline {
    /// Reads the file. What is wrong with it is a problem.
    ///
    /// # Errors
    /// If the disk doesn't give it.
    pub(super) fn read(path: &Path, files: &mut Files, problems: &mut Problems) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(Error::read(path))?;
        let file = files.add_typed(path.display().to_string(), text.as_str());
        let mut table = Table::parse(file, &text, 0, problems);
        let mut accepted = Vec::new();
        for mut entry in table.tables("accept", problems) {
            let id = entry.required_text("id", "3f2a9c10", problems);
            let reason = entry.required_text("reason", "the archive lies behind a login", problems);
            let code = entry.text("code", problems).map(|code| code.value);
            // A comment for people.
            let _ = entry.text("path", problems);
            entry.finish(problems);
            if let (Some(id), Some(_)) = (id, reason) {
                accepted.push(Accepted { id, code });
            }
        }
        table.finish(problems);
        Ok(Self { accepted })
    }

    /// Takes what is accepted out of `list`, and returns what is wrong with the entries. `looked_for` says whether this
    /// run looked for problems of a kind, by its name, at all.
    pub(super) fn apply(
        &self,
        list: &mut Vec<Problem>,
        looked_for: impl Fn(Option<&str>) -> bool,
    ) -> Problems {
        let mut faults = Problems::default();
        for Accepted { id, code } in &self.accepted {
            match list.iter().find(|problem| problem.id == id.value) {
                Some(problem) if !problem.is_acceptable() => faults.push(refused(id, problem)),
                None if looked_for(code.as_deref()) => faults.push(stale(id)),
                Some(_) | None => {}
            }
        }
        list.retain(|problem| {
            !problem.is_acceptable() || self.accepted.iter().all(|accepted| accepted.id.value != problem.id)
        });
        faults
    }
}

fn refused(id: &Spanned<String>, problem: &Problem) -> Problem {
    let why = match problem.severity {
        Severity::Error => "stops the build",
        Severity::Warning => "is about one run alone",
    };
    Problem::error(
        Code::BaselineRefused,
        id.span,
        format!("`{}` can't be accepted: `{}` {why}", id.value, problem.code.as_str()),
        "mend it, and take this entry out",
    )
}

fn stale(id: &Spanned<String>) -> Problem {
    Problem::warning(
        Code::BaselineStale,
        id.span,
        format!("there is no finding `{}`", id.value),
        "it was mended, or is about other words now: take this entry out",
    )
}
