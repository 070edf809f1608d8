//! The result type of every check in this phase: a value, and findings such as problems. Each caller merges the
//! findings of the checks that it calls into its own. So all findings arrive in `verify`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sourcewise_quotes::LockedQuote;

use crate::files::Span;
use crate::ids::SourceId;
use crate::problem::{Problem, Problems};

#[derive(Clone, Debug)]
pub struct Checked<T> {
    pub(super) value: T,
    pub(super) findings: Findings,
}

impl<T> Checked<T> {
    /// Creates a result without findings.
    pub(super) fn clean(value: T) -> Self {
        Self { value, findings: Findings::default() }
    }

    /// Creates a result with one problem.
    pub(super) fn with_problem(value: T, problem: Problem) -> Self {
        let mut checked = Self::clean(value);
        checked.findings.problems.push(problem);
        checked
    }
}

/// The verified quotes of each source, from which the new lock is made.
pub(super) type Proved = BTreeMap<SourceId, BTreeSet<LockedQuote>>;

/// A source A, a source B that A rests on, and the span in A's record that names B.
pub(super) type RestsOnSource = (SourceId, SourceId, Span);

/// What a check found out besides its value.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    pub(super) proved: Proved,
    /// Sources whose quotes could not be checked, because the document or the lock can't be read.
    pub(super) unverifiable: BTreeSet<SourceId>,
    pub(super) rests_on: Vec<RestsOnSource>,
    pub(super) problems: Problems,
}

impl Findings {
    /// Merges the findings of another check and returns its value.
    pub(super) fn add<T>(&mut self, checked: Checked<T>) -> T {
        let Checked { value, findings } = checked;
        for (source, quotes) in findings.proved {
            self.proved.entry(source).or_default().extend(quotes);
        }
        self.unverifiable.extend(findings.unverifiable);
        self.rests_on.extend(findings.rests_on);
        self.problems.append(findings.problems);
        value
    }
}

/// Checks drafts in parallel. Values and findings are in the order of the drafts.
pub(super) fn check_all<D: Send, T: Send>(
    drafts: Vec<D>,
    check: impl Fn(D) -> Checked<T> + Send + Sync,
) -> Checked<Vec<T>> {
    let checked: Vec<Checked<T>> = drafts.into_par_iter().map(check).collect();
    let mut findings = Findings::default();
    let value = checked.into_iter().map(|checked| findings.add(checked)).collect();
    Checked { value, findings }
}
