//! Mistakes in the author's files: collected over all phases and shown together at the end.
//!
//! A problem has a source position, a message and a help. Messages begin in lower case, put the author's text in
//! backticks and have no final full stop; `help` names the next step. `report` prints problems.

mod code;

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_quotes::sha256;

use crate::files::{Files, Span};

pub use code::{Code, Group};

/// Length of a problem's id, in hexadecimal digits.
const ID_CHARS: usize = 8;

/// Ordered by severity, errors first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written anyway.
    Warning,
}

/// A mistake in the author's files or a finding in the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub severity: Severity,
    /// One line.
    pub message: String,
    pub span: Span,
    /// Text at the span itself; may be empty.
    pub label: String,
    /// Additional facts, such as the most similar passage.
    pub notes: Vec<String>,
    /// The next step. Never empty.
    pub help: String,
    /// Text that the id is hashed from; if empty, file and message are used.
    pub identity: String,
    /// Stable id among all problems of the site: eight hexadecimal digits, independent of line numbers. Set by
    /// [`Problems::sorted`].
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

    /// Sets the label at the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Sets the text that the id is hashed from: for messages that vary between runs, and for problems of no single file.
    #[must_use]
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.identity = identity.into();
        self
    }

    /// Whether a baseline may suppress it. Errors that stop the build can't be suppressed.
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

    /// Whether any of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Removes all problems of one kind, for commands that fix them.
    pub fn remove(&mut self, code: Code) {
        self.list.retain(|problem| problem.code != code);
    }

    /// Returns the problems sorted by file and position, without duplicates and with ids. Findings in the finished site
    /// come last.
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

/// Assigns the ids. Problems with the same identity get different ids, from an ordinal in their order.
fn assign_ids(problems: &mut [Problem], files: &Files) {
    let (mut numbers, mut taken) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    for problem in problems {
        let identity = match problem.identity.as_str() {
            "" => format!("{}\n{}", files.path_in_site(problem.span.file), problem.message),
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
