//! Fifth phase: questions × sources → [`Comparison`]. Every pair has a cell; a silent source differs from an unexamined
//! one.
//!
//! Every count comes with its total. Sources are not scored, and are never said to contradict: they *differ*.

mod cells;
mod columns;
mod origins;
mod pairs;
mod shared;

use std::collections::BTreeSet;

use rayon::prelude::*;

pub use cells::{AnswerRef, Cell};
pub use columns::{ColumnId, Columns};
pub use origins::{IndependentSources, UltimateOrigin};
pub use pairs::{PairAgreement, pair_agreements};
pub use shared::SharedRun;

use crate::find::Found;
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::Basis;
use crate::verify::{Question, Source, Verified};

#[derive(Debug)]
pub struct Comparison {
    /// The sources, sorted by date of publication, then `order`, then id. Undated ones come last.
    pub columns: Columns<SourceId>,
    /// A row for every question, in order.
    pub rows: Vec<Row>,
    /// The ultimate origins of every source, for counting independent sources.
    pub independence: IndependentSources,
    /// Passages that two sources share.
    pub shared: Vec<SharedRun>,
}

/// The row of one question.
#[derive(Debug)]
pub struct Row {
    pub question: QuestionId,
    /// Whether the author wrote the question, or a rule found it as a topic.
    pub basis: Basis,
    /// How far the author's answers agree.
    pub agreement: Agreement,
    /// How many sources answer, by the author's notes or by rule.
    pub answered: usize,
    /// In how many of these rules found passages.
    pub found: usize,
    /// How many sources the author read or a rule searched.
    pub examined: usize,
    /// How many of these only a rule searched.
    pub searched: usize,
    /// How many of the answering sources are independent: those that share an origin or text count as one.
    pub independent: usize,
    /// Groups of sources that answer with the same text.
    pub copies: Vec<BTreeSet<SourceId>>,
    /// In the author's order. Positions that no source holds have no sources.
    pub positions: Vec<PositionRow>,
    pub cells: Columns<Cell>,
}

/// A position and the sources that hold it.
#[derive(Debug)]
pub struct PositionRow {
    pub id: PositionId,
    pub label: String,
    /// In column order.
    pub sources: Vec<SourceId>,
    /// How many of the sources are independent.
    pub independent: usize,
}

/// How far the answers to a question agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// One position, held by two independent sources or more.
    OneVoice,
    /// One position, held by one independent source.
    Single,
    /// Two positions or more.
    Differ,
    /// No answer.
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

/// Compares the author's answers, and what rules found where there are none.
pub fn compare(verified: &Verified, found: &Found) -> Comparison {
    let mut sources: Vec<&Source> = verified.sources.iter().collect();
    sources.sort_by_key(|source| {
        let undated = source.about.published.is_none();
        (undated, source.about.published, source.about.order.unwrap_or(u32::MAX), source.id.clone())
    });
    let independence = IndependentSources::of(&sources);
    let columns: Columns<&Source> = sources.into_iter().collect();
    let answers = columns.enumerate().map(|(column, source)| cells::by_question(column, source));
    let answers: Columns<_> = answers.collect();
    let rows = verified.questions.par_iter().map(|question| {
        let cells = columns.iter().zip(&answers);
        let cells = cells.map(|(source, answers)| Cell::new(source, answers, &question.id, found)).collect();
        row(question, cells, &columns, &independence, found)
    });
    Comparison {
        rows: rows.collect(),
        columns: columns.iter().map(|source| source.id.clone()).collect(),
        shared: shared::runs(&columns, found),
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
    let positions = question.positions.iter().map(|(id, label)| {
        let holds = |cell: &Cell, source: &Source| {
            cell.answers().iter().any(|answer| &answer.of(&source.answers).position == id)
        };
        let sources = columns.iter().zip(&cells).filter(|(source, cell)| holds(cell, source));
        let sources: Vec<SourceId> = sources.map(|(source, _)| source.id.clone()).collect();
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
    Row {
        question: question.id.clone(),
        basis: question.basis,
        agreement: agreement(&positions),
        answered: answering.len(),
        examined: cells.iter().filter(|cell| cell.state() != "unexamined").count(),
        found: cells.iter().filter(|cell| !cell.found().is_empty()).count(),
        searched: cells.iter().filter(by_rule).count(),
        independent: independence.count(&answering, &copies),
        copies,
        positions,
        cells,
    }
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
