//! `--baseline FILE`: a list of accepted problems, each with a reason.
//!
//! No command writes the file, because a person must decide about each problem.

use std::path::Path;

use crate::error::Error;
use crate::files::{Files, Spanned};
use crate::load::{Table, read_string};
use crate::problem::{Code, Problem, Problems, Severity};

pub(super) struct Baseline {
    accepted: Vec<Accepted>,
}

struct Accepted {
    id: Spanned<String>,
    /// The code of the accepted problem. A run that doesn't check for this code doesn't report the entry as stale.
    code: Option<String>,
}

impl Baseline {
    /// Reads a baseline. Entries without an id or a reason are left out and become problems, as do unknown keys.
    ///
    /// # Errors
    /// If the file can't be read.
    pub(super) fn read(path: &Path, files: &mut Files, problems: &mut Problems) -> Result<Self, Error> {
        let text = read_string(path).map_err(Error::read(path))?;
        let file = files.add_typed(path.display().to_string(), text.as_str());
        let mut table = Table::parse(file, &text, 0, problems);
        let mut accepted = Vec::new();
        for mut entry in table.tables("accept", problems) {
            let id = entry.required_text("id", "3f2a9c10", problems);
            let reason = entry.required_text("reason", "the archive requires a login", problems);
            let code = entry.text("code", problems).map(|code| code.value);
            // `path` is allowed, so that people see what the entry is about, but it isn't used.
            let _ = entry.text("path", problems);
            entry.finish(problems);
            if let (Some(id), Some(_)) = (id, reason) {
                accepted.push(Accepted { id, code });
            }
        }
        table.finish(problems);
        Ok(Self { accepted })
    }

    /// Removes accepted problems from `list`. Returns a problem for each entry whose problem can't be accepted, and for
    /// each stale entry: no problem has its id, although this run checks for its code. `is_checked` tells whether it
    /// does; its argument is `None` for an entry without a code.
    pub(super) fn apply(
        &self,
        list: &mut Vec<Problem>,
        files: &Files,
        is_checked: impl Fn(Option<&str>) -> bool,
    ) -> Problems {
        let mut entry_problems = Problems::default();
        for Accepted { id, code } in &self.accepted {
            match list.iter().find(|problem| problem.id == id.value) {
                Some(problem) if !problem.is_acceptable() => entry_problems.push(refused(id, problem, files)),
                None if is_checked(code.as_deref()) => entry_problems.push(stale(id)),
                Some(_) | None => {}
            }
        }
        list.retain(|problem| {
            !problem.is_acceptable() || self.accepted.iter().all(|accepted| accepted.id.value != problem.id)
        });
        entry_problems
    }
}

fn refused(id: &Spanned<String>, problem: &Problem, files: &Files) -> Problem {
    let why = match problem.severity {
        Severity::Error => "stops the build",
        Severity::Warning => "is about this run only",
    };
    let (path, line) = (files.path(problem.span.file), files.line_column(problem.span).line);
    let code = problem.code.as_str();
    Problem::error(
        Code::BaselineRefused,
        id.span,
        format!("`{}` can't be accepted, because it {why}: `{code}` in `{path}`, line {line}", id.value),
        "fix that problem, and remove this entry",
    )
}

fn stale(id: &Spanned<String>) -> Problem {
    Problem::warning(
        Code::BaselineStale,
        id.span,
        format!("no problem has the id `{}`", id.value),
        "if the problem was fixed, remove this entry; if it is still printed, write the id that it has now",
    )
}
