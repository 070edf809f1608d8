//! The type of all problems: mistakes in the site's files and defects of the finished site. Problems are collected over
//! all phases and printed together at the end, by `report`.
//!
//! A problem has a span, a message and a help. Messages begin in lower case, put text from the site's files in
//! backticks and have no final full stop; the help names the next step. The messages of the phases `load` and
//! `verify` are in their `problems.rs` and the files `…_problems.rs` beside it, those of `audit` in
//! `audit::finding`. For other phases and commands, they are where the problem occurs.

mod code;

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_quotes::sha256;

use crate::files::{Files, Span};

pub use code::{Code, Group};

/// Length of a problem's id in hexadecimal digits.
const ID_CHARS: usize = 8;

/// How severe a problem is: `build` and `check` fail if there is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// An error in the site's files stops a build. Only `check` finds errors in pages, links and the baseline.
    Error,
    /// The site is written although it has a warning.
    Warning,
}

/// A mistake in the site's files, or a defect of the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub severity: Severity,
    /// One line, without a final full stop.
    pub message: String,
    pub span: Span,
    /// Text that is printed directly below the marked span; may be empty.
    pub label: String,
    /// Additional facts, such as the most similar passage.
    pub notes: Vec<String>,
    /// How to fix the problem. Never empty.
    pub help: String,
    /// The text from which the id is computed, together with the code. If empty, the file's path and the text in the
    /// span are used instead.
    pub identity: String,
    /// Hexadecimal id, unique in the site, by which a baseline accepts the problem. It does not depend on line numbers
    /// or on the message, so that it stays the same between builds. Empty until [`Problems::sorted`] sets it.
    pub id: String,
}

impl Problem {
    pub fn error(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            notes: Vec::new(),
            help: help.into(),
            identity: String::new(),
            id: String::new(),
        }
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message, help) }
    }

    /// Sets the text that is printed directly below the marked span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Sets the text from which the id is computed, for problems that their span does not identify, such as a defect of
    /// several pages.
    #[must_use]
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.identity = identity.into();
        self
    }

    /// Whether a baseline may accept the problem. It can't accept errors that stop the build, links that were not
    /// checked in time, and problems of the baseline itself.
    pub fn is_acceptable(&self) -> bool {
        match self.code.group() {
            Group::Input => self.severity == Severity::Warning,
            Group::Page => true,
            Group::Web => self.code != Code::LinksNotAsked,
            Group::Baseline => false,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// The problems found so far.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
    }

    pub fn append(&mut self, mut others: Self) {
        self.list.append(&mut others.list);
    }

    /// Whether at least one problem is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub fn count_errors(&self) -> usize {
        self.list.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Removes all problems with a code, for commands that fix that kind of problem themselves.
    pub fn remove(&mut self, code: Code) {
        self.list.retain(|problem| problem.code != code);
    }

    /// Returns the problems sorted by path, position and code, without duplicates and with ids. Problems of the
    /// finished site, and of links, come last.
    pub fn sorted(mut self, files: &Files) -> Vec<Problem> {
        let key = |p: &Problem| {
            let is_of_finished_site = matches!(p.code.group(), Group::Page | Group::Web);
            (is_of_finished_site, files.path(p.span.file), p.span.start, p.code)
        };
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        // An error in a template occurs on every page that uses it, with a different message for each page.
        let is_duplicate =
            |p: &Problem, first: &Problem| p == first || (p.code == Code::Template && key(p) == key(first));
        self.list.dedup_by(|p, first| is_duplicate(p, first));
        assign_ids(&mut self.list, files);
        self.list
    }
}

/// Sets the id of each problem. Problems with the same code and identity are numbered in their order, and the number is
/// hashed, too, so that their ids differ.
fn assign_ids(problems: &mut [Problem], files: &Files) {
    let (mut numbers, mut taken) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    for problem in problems {
        let identity = match problem.identity.as_str() {
            // The message is not hashed, so that the id stays the same if a new version words the message differently.
            "" => {
                let marked = files.text(problem.span.file);
                let marked = marked.get(problem.span.start..problem.span.end).unwrap_or_default();
                format!("{}\n{marked}", files.path_in_site(problem.span.file))
            }
            identity => identity.to_owned(),
        };
        let identity = format!("{}\n{identity}", problem.code.as_str());
        let number = numbers.entry(identity.clone()).or_default();
        while problem.id.is_empty() || !taken.insert(problem.id.clone()) {
            *number += 1;
            problem.id = sha256(format!("{identity}\n{number}").as_bytes());
            problem.id.truncate(ID_CHARS);
        }
    }
}
