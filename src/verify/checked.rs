//! The result of a check: a value, and what was found out on the way. Every check of this phase returns one; the caller
//! adds the findings to its own, up to `verify`, which has them all.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sourcewise_quotes::LockedQuote;

use crate::files::Span;
use crate::ids::SourceId;
use crate::problem::{Problem, Problems};

/// A value that was checked.
pub(super) struct Checked<T> {
    pub(super) value: T,
    pub(super) findings: Findings,
}

impl<T> Checked<T> {
    /// A value with nothing wrong and nothing to note.
    pub(super) fn clean(value: T) -> Self {
        Self { value, findings: Findings::default() }
    }

    /// A value with one thing wrong.
    pub(super) fn with_problem(value: T, problem: Problem) -> Self {
        let mut checked = Self::clean(value);
        checked.findings.problems.push(problem);
        checked
    }
}

/// Every quote that held, for the lock.
pub(super) type Proved = BTreeMap<SourceId, BTreeSet<LockedQuote>>;

/// Which source rests on which other, and where that is written.
pub(super) type RestsOnSource = (SourceId, SourceId, Span);

/// What was found out besides the value.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) proved: Proved,
    /// Those of the unreadable sources that are quoted.
    pub(super) unverifiable: BTreeSet<SourceId>,
    pub(super) rests: Vec<RestsOnSource>,
    pub(super) problems: Problems,
}

impl Findings {
    /// Adds what another check found out; returns that check's value.
    pub(super) fn add<T>(&mut self, checked: Checked<T>) -> T {
        let Checked { value, findings } = checked;
        for (source, quotes) in findings.proved {
            self.proved.entry(source).or_default().extend(quotes);
        }
        self.unverifiable.extend(findings.unverifiable);
        self.rests.extend(findings.rests);
        self.problems.append(findings.problems);
        value
    }
}

/// Checks each draft by itself, side by side. Values and findings are in the order of the drafts.
pub(super) fn check_all<D: Send, T: Send>(
    drafts: Vec<D>,
    check: impl Fn(D) -> Checked<T> + Send + Sync,
) -> Checked<Vec<T>> {
    let checked: Vec<Checked<T>> = drafts.into_par_iter().map(check).collect();
    let mut findings = Findings::default();
    let value = checked.into_iter().map(|checked| findings.add(checked)).collect();
    Checked { value, findings }
}
