//! Pages of two sources side by side.

use super::exports::Subject;
use super::view::{AnswerView, PairRef, PairRow, PairSection, PairView};
use super::views::Views;
use crate::compare::{ColumnId, Columns, Standing, standings};
use crate::ids::QuestionId;
use crate::verify::{Source, pair_path};

/// Two sources, each with its column.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    first: (ColumnId, &'a Source),
    second: (ColumnId, &'a Source),
}

impl<'a> Pair<'a> {
    pub(super) fn subject(self) -> Subject<'a> {
        Subject::Pair(self.first.1, self.second.1)
    }
}

impl<'a> Views<'a> {
    /// Every two sources that have a page side by side. There are none where there would be too many.
    pub(super) fn pairs(&self) -> Vec<Pair<'a>> {
        if !self.verified.has_pairs() {
            return Vec::new();
        }
        let columns: Vec<_> = self.columns.enumerate().map(|(id, column)| (id, column.source)).collect();
        let pairs = columns.iter().enumerate().flat_map(|(at, first)| {
            columns[at + 1..].iter().map(|second| Pair { first: *first, second: *second })
        });
        pairs.collect()
    }

    /// A pair, named in passing.
    pub(super) fn pair_ref(&self, pair: Pair<'_>) -> PairRef {
        let (first, second) = (&pair.first.1.id, &pair.second.1.id);
        let standings = self.standings(pair);
        let count =
            |wanted: &[Standing]| standings.iter().filter(|(_, found)| wanted.contains(found)).count();
        PairRef {
            first: self.about(pair.first.0).clone(),
            second: self.about(pair.second.0).clone(),
            path: pair_path(first, second),
            agree: count(&[Standing::Agree]),
            differ: count(&[Standing::Differ, Standing::Partly]),
        }
    }

    /// A pair in full.
    pub(super) fn pair(&self, pair: Pair<'_>) -> PairView {
        let (first, second) = (pair.first.1, pair.second.1);
        let standings = self.standings(pair);
        let of = |wanted: Standing| {
            standings.iter().filter(move |(_, found)| *found == wanted).map(|(question, _)| question)
        };
        let row = |question: &QuestionId| PairRow {
            question: self.questions[question].clone(),
            first: self.answers_in(pair.first.0, question),
            second: self.answers_in(pair.second.0, question),
            first_found: self.row(question).and_then(|row| self.found(row, pair.first.0)),
            second_found: self.row(question).and_then(|row| self.found(row, pair.second.0)),
        };
        let sections = Standing::ALL.into_iter().filter_map(|standing| {
            let rows: Vec<PairRow> = of(standing).map(row).collect();
            let section = PairSection { standing: name(standing)?, rows };
            (!section.rows.is_empty()).then_some(section)
        });
        PairView {
            first: self.about(pair.first.0).clone(),
            second: self.about(pair.second.0).clone(),
            joined: self.comparison.witnesses.joined_with(&first.id).contains(&second.id),
            sections: sections.collect(),
            neither: of(Standing::Neither).map(|question| self.questions[question].clone()).collect(),
        }
    }

    fn standings(&self, pair: Pair<'_>) -> Vec<(QuestionId, Standing)> {
        let columns: Columns<&Source> = self.columns().collect();
        standings(self.comparison, &columns, pair.first.0, pair.second.0)
    }

    fn answers_in(&self, column: ColumnId, question: &QuestionId) -> Vec<AnswerView> {
        let answers = self.row(question).into_iter().flat_map(|row| row.cells[column].answers());
        answers.filter_map(|answer| self.answer(*answer)).collect()
    }
}

/// As templates know it; `None` for what is only listed.
fn name(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Differ => Some("differ"),
        Standing::Partly => Some("partly"),
        Standing::Agree => Some("agree"),
        Standing::OnlyFirst => Some("first"),
        Standing::OnlySecond => Some("second"),
        Standing::Unsorted => Some("unsorted"),
        Standing::Neither => None,
    }
}
