//! Compares two sources, question by question: where they agree, where they differ, and where only one of them answers.
//! Pages for pairs of sources print the result.

use std::collections::BTreeSet;

use super::{Cell, ColumnId, Columns, Comparison, Row};
use crate::ids::{PositionId, QuestionId};
use crate::load::{Basis, Relation};
use crate::verify::Source;

/// How far two sources agree on one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairAgreement {
    /// Both hold positions, but none in common, and the question's file says that different answers conflict.
    Conflict,
    /// Both hold positions, but none in common.
    Differ,
    /// They hold a position in common, and at least one of them also holds a position that the other does not.
    Partly,
    /// Both hold the same positions, at least one.
    Agree,
    /// Only the first source holds a position.
    OnlyFirst,
    /// Only the second source holds a position.
    OnlySecond,
    /// At least one of them answers, by record or by rule, but at least one was examined only by a rule. Rules assign
    /// no positions, so agreement is unknown. This value takes precedence over the others.
    Unsorted,
    /// Neither source answers.
    Neither,
}

impl PairAgreement {
    /// All values, in the order in which pages list them. Pages leave out `Neither`.
    pub const ALL: [Self; 8] = [
        Self::Conflict,
        Self::Differ,
        Self::Partly,
        Self::Agree,
        Self::OnlyFirst,
        Self::OnlySecond,
        Self::Unsorted,
        Self::Neither,
    ];
}

/// Returns how far two sources agree on each question, in the order of the comparison's rows.
pub fn pair_agreements(
    comparison: &Comparison,
    sources: &Columns<&Source>,
    first: ColumnId,
    second: ColumnId,
) -> Vec<(QuestionId, PairAgreement)> {
    let of = |row: &Row| {
        let held = |column: ColumnId| positions(sources[column], &row.cells[column]);
        let cells = [&row.cells[first], &row.cells[second]];
        let searched = cells.iter().any(|cell| cell.basis() == Some(Basis::Automatic));
        let answers = cells.iter().any(|cell| cell.state() == "says");
        let agreement = if searched && answers {
            PairAgreement::Unsorted
        } else {
            match pair_agreement(&held(first), &held(second)) {
                PairAgreement::Differ if row.relation == Some(Relation::Conflict) => PairAgreement::Conflict,
                other => other,
            }
        };
        (row.question.clone(), agreement)
    };
    comparison.rows.iter().map(of).collect()
}

fn positions<'s>(source: &'s Source, cell: &Cell) -> BTreeSet<&'s PositionId> {
    cell.answers().iter().map(|answer| &answer.of(&source.answers).position).collect()
}

fn pair_agreement(first: &BTreeSet<&PositionId>, second: &BTreeSet<&PositionId>) -> PairAgreement {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => PairAgreement::Neither,
        (false, true) => PairAgreement::OnlyFirst,
        (true, false) => PairAgreement::OnlySecond,
        (false, false) if first == second => PairAgreement::Agree,
        (false, false) if first.is_disjoint(second) => PairAgreement::Differ,
        (false, false) => PairAgreement::Partly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_agree_on_equal_positions_and_differ_on_disjoint_ones() {
        let ids = ["a", "b", "c"].map(|id| PositionId::parse(id).expect("an id"));
        let set = |picked: &[usize]| picked.iter().map(|at| &ids[*at]).collect::<BTreeSet<_>>();
        assert_eq!(pair_agreement(&set(&[0, 1]), &set(&[0, 1])), PairAgreement::Agree);
        assert_eq!(pair_agreement(&set(&[0, 1]), &set(&[1])), PairAgreement::Partly);
        assert_eq!(pair_agreement(&set(&[0]), &set(&[1, 2])), PairAgreement::Differ);
        assert_eq!(pair_agreement(&set(&[0]), &set(&[])), PairAgreement::OnlyFirst);
        assert_eq!(pair_agreement(&set(&[]), &set(&[0])), PairAgreement::OnlySecond);
        assert_eq!(pair_agreement(&set(&[]), &set(&[])), PairAgreement::Neither);
    }
}
