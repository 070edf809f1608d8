//! Fifth phase: questions × sources → [`Comparison`]. Every pair of a question and a source has a cell. A cell without
//! an answer says whether the source is silent or was not examined. `columns` decides the order of the sources.
//!
//! Every count comes with the number that it is a part of, such as how many of the examined sources answer. Sources are
//! not scored, and pages never say that sources contradict each other, only that they *differ*.

mod cells;
mod columns;
mod origins;
mod pairs;
mod shared;

use std::collections::BTreeSet;
use std::vec;

use rayon::prelude::*;

pub use cells::{AnswerRef, Cell};
pub use columns::{ColumnId, Columns};
pub use origins::{IndependentSources, UltimateOrigin};
pub use pairs::{PairAgreement, pair_agreements};
pub use shared::SharedPassage;

use crate::find::Found;
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::{Basis, Relation};
use crate::verify::{Question, Source, Verified};

/// All questions and sources compared: the result of this phase.
#[derive(Debug)]
pub struct Comparison {
    /// The id of each column's source.
    pub columns: Columns<SourceId>,
    /// A row for every question, in the order of [`Verified::questions`].
    pub rows: Vec<Row>,
    /// The ultimate origins of every source, for counting independent sources.
    pub independence: IndependentSources,
    /// Passages that two sources share word for word.
    pub shared: Vec<SharedPassage>,
}

/// The row of one question.
#[derive(Debug)]
pub struct Row {
    pub question: QuestionId,
    /// Whether the site's author wrote the question, or a rule found it as a topic.
    pub basis: Basis,
    /// How far the answers in records agree. Passages found by rule don't count.
    pub agreement: Agreement,
    /// How the answers relate, if they differ and the question's file says so.
    pub relation: Option<Relation>,
    /// How many sources answer: with an answer in the record, or with a passage found by rule.
    pub answered: usize,
    /// How many of the sources that answer have only passages found by rule.
    pub found: usize,
    /// How many sources were examined: by the author of their record, or by a rule.
    pub examined: usize,
    /// How many of the examined sources were examined only by a rule.
    pub searched: usize,
    /// How many of the sources that answer are independent. Sources that share an origin, or answer with the same text,
    /// count as one.
    pub independent: usize,
    /// Groups of two sources or more that answer this question with the same text. No source is in two groups.
    pub copies: Vec<BTreeSet<SourceId>>,
    /// All positions of the question, in the order of its file; also those that no source holds.
    pub positions: Vec<PositionRow>,
    pub cells: Columns<Cell>,
}

/// A position and the sources that hold it.
#[derive(Debug)]
pub struct PositionRow {
    pub id: PositionId,
    pub label: String,
    pub sources: Vec<SourceId>,
    /// How many of `sources` are independent: those that share an origin, or answer with the same text, count as one.
    pub independent: usize,
}

/// How far the answers in records to a question agree. Passages found by rule have no position and don't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// One position is held, and at least two independent sources hold it.
    OneVoice,
    /// One position is held, by one source or by several that count as one independent source.
    Single,
    /// Two positions or more are held, by several sources or by one.
    Differ,
    /// No source holds a position.
    Unanswered,
}

impl Agreement {
    /// Returns the name in `compare.json`, which is also the theme's CSS class.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneVoice => "one-voice",
            Self::Single => "single",
            Self::Differ => "differ",
            Self::Unanswered => "unanswered",
        }
    }
}

/// Compares what the sources say about each question: the answers in records, or else the passages in `found`.
pub fn compare(verified: &Verified, found: &Found) -> Comparison {
    let columns = columns::sort_columns(&verified.sources);
    let independence = IndependentSources::of(&columns);
    let sources: Vec<(ColumnId, &&Source)> = columns.enumerate().collect();
    let cells = sources
        .into_par_iter()
        .map(|(column, source)| cells::column_of(column, source, &verified.questions, found).into_iter());
    let mut cells: Vec<vec::IntoIter<Cell>> = cells.collect();
    let cells_of_rows: Vec<(&Question, Columns<Cell>)> = verified
        .questions
        .iter()
        .map(|question| (question, cells.iter_mut().filter_map(Iterator::next).collect()))
        .collect();
    let rows = cells_of_rows
        .into_par_iter()
        .map(|(question, cells)| row(question, cells, &columns, &independence, found));
    Comparison {
        rows: rows.collect(),
        columns: columns.iter().map(|source| source.id.clone()).collect(),
        shared: shared::shared_passages(&columns, found),
        independence,
    }
}

fn row(
    question: &Question,
    cells: Columns<Cell>,
    columns: &Columns<&Source>,
    independence: &IndependentSources,
    found: &Found,
) -> Row {
    let positions = question.positions.iter().zip(holders(question, &cells, columns));
    let positions = positions.map(|((id, label), sources)| {
        let copies = shared::copies(found, columns, &cells, Some(id));
        let independent = independence.count(&sources, &copies);
        PositionRow { id: id.clone(), label: label.clone(), independent, sources }
    });
    let positions: Vec<PositionRow> = positions.collect();
    let copies = shared::copies(found, columns, &cells, None);
    let by_rule = |cell: &&Cell| cell.basis() == Some(Basis::Automatic);
    let answering: Vec<SourceId> = columns
        .iter()
        .zip(&cells)
        .filter(|(_, cell)| cell.state() == "says")
        .map(|(source, _)| source.id.clone())
        .collect();
    let agreement = agreement(&positions);
    Row {
        question: question.id.clone(),
        basis: question.basis,
        agreement,
        relation: question.relation.filter(|_| agreement == Agreement::Differ),
        answered: answering.len(),
        examined: cells.iter().filter(|cell| cell.basis().is_some()).count(),
        found: cells.iter().filter(|cell| !cell.found().is_empty()).count(),
        searched: cells.iter().filter(by_rule).count(),
        independent: independence.count(&answering, &copies),
        copies,
        positions,
        cells,
    }
}

/// Returns the sources that hold each position of a question, by column.
fn holders(question: &Question, cells: &Columns<Cell>, columns: &Columns<&Source>) -> Vec<Vec<SourceId>> {
    let mut holders = vec![Vec::new(); question.positions.len()];
    for (source, cell) in columns.iter().zip(cells) {
        for answer in cell.answers() {
            let at = question.positions.get_index_of(&answer.of(&source.answers).position);
            // A source can have several answers with one position.
            if let Some(sources) =
                at.map(|at| &mut holders[at]).filter(|sources| sources.last() != Some(&source.id))
            {
                sources.push(source.id.clone());
            }
        }
    }
    holders
}

fn agreement(positions: &[PositionRow]) -> Agreement {
    let mut held = positions.iter().filter(|position| !position.sources.is_empty());
    match (held.next(), held.next()) {
        (None, _) => Agreement::Unanswered,
        (Some(_), Some(_)) => Agreement::Differ,
        (Some(only), None) if only.independent > 1 => Agreement::OneVoice,
        (Some(_), None) => Agreement::Single,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(sources: &[&str], independent: usize) -> PositionRow {
        let sources = sources.iter().filter_map(|id| SourceId::parse(id)).collect();
        PositionRow { id: PositionId::parse("p").expect("id"), label: String::new(), sources, independent }
    }

    #[test]
    fn agreement_counts_independent_sources() {
        assert_eq!(agreement(&[]), Agreement::Unanswered);
        assert_eq!(agreement(&[held(&[], 0)]), Agreement::Unanswered);
        assert_eq!(agreement(&[held(&["a", "b"], 1), held(&[], 0)]), Agreement::Single);
        assert_eq!(agreement(&[held(&["a", "b"], 2)]), Agreement::OneVoice);
        assert_eq!(agreement(&[held(&["a"], 1), held(&["b"], 1)]), Agreement::Differ);
    }
}
