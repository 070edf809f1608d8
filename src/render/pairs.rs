//! Pages of two sources side by side.

use super::view::{AnswerView, PairRef, PairRow, PairSection, PairView};
use super::views::Views;
use crate::compare::{Cell, Standing, standings};
use crate::ids::QuestionId;
use crate::verify::{Source, pair_path};

/// Two sources, by column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    first: usize,
    second: usize,
}

impl Views<'_> {
    /// Every two sources that have a page side by side. There are none where there would be too many.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        if !self.verified.has_pairs() {
            return Vec::new();
        }
        let columns = self.comparison.columns.len();
        (0..columns)
            .flat_map(|first| (first + 1..columns).map(move |second| Pair { first, second }))
            .collect()
    }

    /// The same as sources, by column.
    pub(super) fn paired(&self) -> impl Iterator<Item = (&Source, &Source)> {
        let columns: Vec<&Source> = self.columns().collect();
        self.pairs().into_iter().map(move |pair| (columns[pair.first], columns[pair.second]))
    }

    /// A pair, named in passing.
    pub(super) fn pair_ref(&self, pair: Pair) -> PairRef {
        let (first, second) = (&self.comparison.columns[pair.first], &self.comparison.columns[pair.second]);
        let standings = self.standings(pair);
        let count =
            |wanted: &[Standing]| standings.iter().filter(|(_, found)| wanted.contains(found)).count();
        PairRef {
            first: self.sources[first].clone(),
            second: self.sources[second].clone(),
            path: pair_path(first, second),
            agree: count(&[Standing::Agree]),
            differ: count(&[Standing::Differ, Standing::Partly]),
        }
    }

    /// A pair in full.
    pub(super) fn pair(&self, pair: Pair) -> PairView {
        let columns: Vec<&Source> = self.columns().collect();
        let (first, second) = (columns[pair.first], columns[pair.second]);
        let standings = self.standings(pair);
        let of = |wanted: Standing| {
            standings.iter().filter(move |(_, found)| *found == wanted).map(|(question, _)| question)
        };
        let row = |question: &QuestionId| PairRow {
            question: self.questions[question].clone(),
            first: self.answers_in(first, pair.first, question),
            second: self.answers_in(second, pair.second, question),
        };
        let sections = Standing::ALL.into_iter().filter_map(|standing| {
            let rows: Vec<PairRow> = of(standing).map(row).collect();
            let section = PairSection { standing: name(standing)?, rows };
            (!section.rows.is_empty()).then_some(section)
        });
        PairView {
            first: self.sources[&first.id].clone(),
            second: self.sources[&second.id].clone(),
            joined: self.comparison.witnesses.joined_with(&first.id).contains(&second.id),
            sections: sections.collect(),
            neither: of(Standing::Neither).map(|question| self.questions[question].clone()).collect(),
        }
    }

    fn standings(&self, pair: Pair) -> Vec<(QuestionId, Standing)> {
        let columns: Vec<&Source> = self.columns().collect();
        standings(self.comparison, &columns, pair.first, pair.second)
    }

    fn answers_in(&self, source: &Source, column: usize, question: &QuestionId) -> Vec<AnswerView> {
        match self.row(question).map(|row| &row.cells[column]) {
            Some(Cell::Says(answers)) => {
                answers.iter().filter_map(|index| self.answer(source, *index)).collect()
            }
            _ => Vec::new(),
        }
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
        Standing::Neither => None,
    }
}
