//! Fifth phase: questions × sources → [`Comparison`]. No cell is missing; silence differs from "nobody looked".
//!
//! Counts have denominators. Nothing is scored, and nothing is said to contradict: sources *differ*.

mod cells;
mod columns;
mod origins;
mod pairs;
mod shared;

use std::collections::BTreeSet;

use rayon::prelude::*;

pub use cells::{AnswerRef, Cell};
pub use columns::{ColumnId, Columns};
pub use origins::{Root, Witnesses};
pub use pairs::{Standing, standings};
pub use shared::SharedRun;

use crate::find::Found;
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::Basis;
use crate::verify::{Question, Source, Verified};

/// The whole comparison.
#[derive(Debug)]
pub struct Comparison {
    /// The sources in the order of the columns: by date of publication, then `order`, then id.
    pub columns: Columns<SourceId>,
    /// A row for every question, in order.
    pub rows: Vec<Row>,
    /// What every source rests on in the end, so that witnesses can be counted.
    pub witnesses: Witnesses,
    /// Text that two sources share.
    pub shared: Vec<SharedRun>,
}

/// One question.
#[derive(Debug)]
pub struct Row {
    /// Which.
    pub question: QuestionId,
    /// Whether the author wrote it, or it is a topic that a rule found.
    pub basis: Basis,
    /// How the answers stand to one another that the author noted.
    pub agreement: Agreement,
    /// How many sources answer.
    pub answered: usize,
    /// In how many of these a rule found passages.
    pub found: usize,
    /// How many sources were read for it.
    pub examined: usize,
    /// How many of these were searched by rule.
    pub searched: usize,
    /// How many of those that answer have no origin and no text in common.
    pub independent: usize,
    /// Sources that answer with the same text.
    pub copies: Vec<BTreeSet<SourceId>>,
    /// The positions, in the author's order; those that nobody holds have no sources.
    pub positions: Vec<PositionRow>,
    /// A cell for every column.
    pub cells: Columns<Cell>,
}

/// One of the answers that exist, and who gives it.
#[derive(Debug)]
pub struct PositionRow {
    /// Which.
    pub id: PositionId,
    /// Its name.
    pub label: String,
    /// Who gives it, by column.
    pub sources: Vec<SourceId>,
    /// How many of those have no origin in common.
    pub independent: usize,
}

/// How the answers to a question stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// One position, two independent origins or more.
    OneVoice,
    /// One position, one origin.
    Single,
    /// Two positions or more.
    Differ,
    /// No answer.
    Unanswered,
}

impl Agreement {
    /// As it is written in `compare.json`, and as the theme's class.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneVoice => "one-voice",
            Self::Single => "single",
            Self::Differ => "differ",
            Self::Unanswered => "unanswered",
        }
    }
}

/// Compares what the sources say, and what was found in those that nobody has read.
pub fn compare(verified: &Verified, found: &Found) -> Comparison {
    let mut sources: Vec<&Source> = verified.sources.iter().collect();
    sources.sort_by_key(|source| {
        let undated = source.about.published.is_none();
        (undated, source.about.published, source.about.order.unwrap_or(u32::MAX), source.id.clone())
    });
    let witnesses = Witnesses::of(&sources);
    let columns: Columns<&Source> = sources.into_iter().collect();
    let answers = columns.enumerate().map(|(column, source)| cells::by_question(column, source));
    let answers: Columns<_> = answers.collect();
    let rows = verified.questions.par_iter().map(|question| {
        let cells = columns.iter().zip(&answers);
        let cells = cells.map(|(source, answers)| Cell::of(source, answers, &question.id, found)).collect();
        row(question, cells, &columns, &witnesses, found)
    });
    Comparison {
        rows: rows.collect(),
        columns: columns.iter().map(|source| source.id.clone()).collect(),
        shared: shared::runs(&columns, found),
        witnesses,
    }
}

fn row(
    question: &Question,
    cells: Columns<Cell>,
    columns: &Columns<&Source>,
    witnesses: &Witnesses,
    found: &Found,
) -> Row {
    let positions = question.positions.iter().map(|(id, label)| {
        let holds = |cell: &Cell, source: &Source| {
            cell.answers().iter().any(|answer| &answer.of(&source.answers).position == id)
        };
        let sources = columns.iter().zip(&cells).filter(|(source, cell)| holds(cell, source));
        let sources: Vec<SourceId> = sources.map(|(source, _)| source.id.clone()).collect();
        let copies = shared::copies(found, columns, &cells, Some(id));
        let independent = witnesses.count(&sources, &copies);
        PositionRow { id: id.clone(), label: label.clone(), independent, sources }
    });
    let positions: Vec<PositionRow> = positions.collect();
    let copies = shared::copies(found, columns, &cells, None);
    let by_rule = |cell: &&Cell| cell.basis() == Some(Basis::Automatic);
    let speak: Vec<SourceId> = columns
        .iter()
        .zip(&cells)
        .filter(|(_, cell)| cell.state() == "says")
        .map(|(source, _)| source.id.clone())
        .collect();
    Row {
        question: question.id.clone(),
        basis: question.basis,
        agreement: agreement(&positions),
        answered: speak.len(),
        examined: cells.iter().filter(|cell| cell.state() != "unexamined").count(),
        found: cells.iter().filter(|cell| !cell.found().is_empty()).count(),
        searched: cells.iter().filter(by_rule).count(),
        independent: witnesses.count(&speak, &copies),
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
    fn agreement_counts_origins_not_sources() {
        assert_eq!(agreement(&[]), Agreement::Unanswered);
        assert_eq!(agreement(&[held(&[], 0)]), Agreement::Unanswered);
        assert_eq!(agreement(&[held(&["a", "b"], 1), held(&[], 0)]), Agreement::Single);
        assert_eq!(agreement(&[held(&["a", "b"], 2)]), Agreement::OneVoice);
        assert_eq!(agreement(&[held(&["a"], 1), held(&["b"], 1)]), Agreement::Differ);
    }
}
