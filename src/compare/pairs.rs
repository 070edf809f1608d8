//! Two sources side by side: what they say alike, what differently, and where one speaks and the other does not.

use std::collections::BTreeSet;

use super::{Cell, ColumnId, Columns, Comparison, Row};
use crate::ids::{PositionId, QuestionId};
use crate::load::Basis;
use crate::verify::Source;

/// How two sources stand to one another on one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// They have no position in common.
    Differ,
    /// They have some in common, and one of them has others besides.
    Partly,
    /// They have the same.
    Agree,
    /// Only the first answers.
    OnlyFirst,
    /// Only the second answers.
    OnlySecond,
    /// One of them or both were only searched by rule, and one at least has something to say.
    Unsorted,
    /// Neither answers.
    Neither,
}

impl Standing {
    /// All of them, in the order in which a reader wants them.
    pub const ALL: [Self; 7] = [
        Self::Differ,
        Self::Partly,
        Self::Agree,
        Self::OnlyFirst,
        Self::OnlySecond,
        Self::Unsorted,
        Self::Neither,
    ];
}

/// How two sources stand to one another, row by row.
pub fn standings(
    comparison: &Comparison,
    sources: &Columns<&Source>,
    first: ColumnId,
    second: ColumnId,
) -> Vec<(QuestionId, Standing)> {
    let of = |row: &Row| {
        let held = |column: ColumnId| positions(sources[column], &row.cells[column]);
        let cells = [&row.cells[first], &row.cells[second]];
        let searched = cells.iter().any(|cell| cell.basis() == Some(Basis::Automatic));
        let speaks = cells.iter().any(|cell| cell.state() == "says");
        let standing =
            if searched && speaks { Standing::Unsorted } else { standing(&held(first), &held(second)) };
        (row.question.clone(), standing)
    };
    comparison.rows.iter().map(of).collect()
}

fn positions<'s>(source: &'s Source, cell: &Cell) -> BTreeSet<&'s PositionId> {
    cell.answers().iter().map(|answer| &answer.of(&source.answers).position).collect()
}

fn standing(first: &BTreeSet<&PositionId>, second: &BTreeSet<&PositionId>) -> Standing {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => Standing::Neither,
        (false, true) => Standing::OnlyFirst,
        (true, false) => Standing::OnlySecond,
        (false, false) if first == second => Standing::Agree,
        (false, false) if first.is_disjoint(second) => Standing::Differ,
        (false, false) => Standing::Partly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_agree_who_hold_the_same_and_differ_who_hold_nothing_in_common() {
        let ids = ["a", "b", "c"].map(|id| PositionId::parse(id).expect("an id"));
        let set = |picked: &[usize]| picked.iter().map(|at| &ids[*at]).collect::<BTreeSet<_>>();
        assert_eq!(standing(&set(&[0, 1]), &set(&[0, 1])), Standing::Agree);
        assert_eq!(standing(&set(&[0, 1]), &set(&[1])), Standing::Partly);
        assert_eq!(standing(&set(&[0]), &set(&[1, 2])), Standing::Differ);
        assert_eq!(standing(&set(&[0]), &set(&[])), Standing::OnlyFirst);
        assert_eq!(standing(&set(&[]), &set(&[0])), Standing::OnlySecond);
        assert_eq!(standing(&set(&[]), &set(&[])), Standing::Neither);
    }
}
