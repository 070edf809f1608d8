//! What is wrong in the author's files: collected over all phases, shown at the end, all at once.
//!
//! A problem is a place, a fact and a next step. Messages begin in lower case, put what was written in backticks
//! and have no full stop; `help` says what to do. How problems look on a terminal is `report`'s business.

mod code;

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_quotes::sha256;

use crate::files::{Files, Span};

pub use code::{Code, Group};

/// How many hexadecimal digits the id of a problem has.
const ID_CHARS: usize = 8;

/// How bad it is. A site with an error is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the build.
    Error,
    /// Worth knowing; the site is built.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The fact, in one line.
    pub message: String,
    /// Where it is.
    pub span: Span,
    /// What is to be said at the place itself; may be empty.
    pub label: String,
    /// More that helps to see it: the nearest passage, the first of two places.
    pub notes: Vec<String>,
    /// The next step. Never empty.
    pub help: String,
    /// What its id is made of, where that is not its file and message.
    pub identity: String,
    /// Its stable name among all problems of the site, once they are [sorted](Problems::sorted): eight hexadecimal
    /// digits that no line number goes into.
    pub id: String,
}

impl Problem {
    /// An error at a place.
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

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message, help) }
    }

    /// Says something at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what its id is made of: for messages that change from run to run, and what no one file is identity.
    #[must_use]
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.identity = identity.into();
        self
    }

    /// Whether somebody may decide to live with it: not with what stops a build.
    pub fn is_acceptable(&self) -> bool {
        match self.code.group() {
            Group::Input => self.severity == Severity::Warning,
            Group::Page => true,
            Group::Web => self.code != Code::LinksNotAsked,
            Group::Baseline => false,
        }
    }

    /// Adds what helps to see it.
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
    /// Records a problem.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Records several, or none.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
    }

    /// Takes over those that were found elsewhere.
    pub fn append(&mut self, mut others: Self) {
        self.list.append(&mut others.list);
    }

    /// True if any of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// True if nothing is wrong at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Drops the problems of one kind: for a command that mends it.
    pub fn remove(&mut self, code: Code) {
        self.list.retain(|problem| problem.code != code);
    }

    /// All of them, by file and place, each once and with its id; what is found in the finished site comes last.
    pub fn sorted(mut self, files: &Files) -> Vec<Problem> {
        let place = |p: &Problem| {
            let is_of_finished_site = matches!(p.code.group(), Group::Page | Group::Web);
            (is_of_finished_site, files.path(p.span.file), p.span.start, p.code)
        };
        self.list.sort_by(|a, b| place(a).cmp(&place(b)));
        // One fault of a template is met on every page that it makes, in words that name what was met first.
        let again = |p: &Problem, first: &Problem| {
            p == first || (p.code == Code::Template && place(p) == place(first))
        };
        self.list.dedup_by(|p, first| again(p, first));
        assign_ids(&mut self.list, files);
        self.list
    }
}

/// Gives every problem its id. Of those that are identity the same each has a number, in their order.
fn assign_ids(problems: &mut [Problem], files: &Files) {
    let (mut numbers, mut taken) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    for problem in problems {
        let identity = match problem.identity.as_str() {
            "" => format!("{}\n{}", files.name(problem.span.file), problem.message),
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
