//! The result of a check: a value and the findings. Every check of this phase returns one. The caller merges the
//! findings into its own, up to `verify`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sourcewise_quotes::LockedQuote;

use crate::files::Span;
use crate::ids::SourceId;
use crate::problem::{Problem, Problems};

pub(super) struct Checked<T> {
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

/// Every verified quote, for the lock.
pub(super) type Proved = BTreeMap<SourceId, BTreeSet<LockedQuote>>;

/// A source, the source that it rests on, and where the record says so.
pub(super) type RestsOnSource = (SourceId, SourceId, Span);

/// Side results of a check.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) proved: Proved,
    /// Quoted sources whose document or lock can't be read.
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

/// Checks the drafts in parallel. Values and findings keep the order of the drafts.
pub(super) fn check_all<D: Send, T: Send>(
    drafts: Vec<D>,
    check: impl Fn(D) -> Checked<T> + Send + Sync,
) -> Checked<Vec<T>> {
    let checked: Vec<Checked<T>> = drafts.into_par_iter().map(check).collect();
    let mut findings = Findings::default();
    let value = checked.into_iter().map(|checked| findings.add(checked)).collect();
    Checked { value, findings }
}
