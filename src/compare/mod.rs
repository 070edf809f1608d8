//! Fourth phase: questions × sources → [`Comparison`]. No cell is missing; silence differs from "nobody looked".
//!
//! Counts have denominators. Nothing is scored, and nothing is said to contradict: sources *differ*.

mod cues;
mod origins;
mod pairs;

pub use cues::{cues, cut_at_cues};
pub use origins::{Root, Witnesses};
pub use pairs::{Standing, standings};

use crate::ids::{PositionId, QuestionId, SourceId};
use crate::verify::{Answer, Source, Verified};

/// The whole comparison.
#[derive(Debug)]
pub struct Comparison {
    /// The sources in the order of the columns: by date of publication, then `order`, then id.
    pub columns: Vec<SourceId>,
    /// A row for every question, in order.
    pub rows: Vec<Row>,
    /// What every source rests on in the end, so that witnesses can be counted.
    pub witnesses: Witnesses,
}

/// One question.
#[derive(Debug)]
pub struct Row {
    /// Which.
    pub question: QuestionId,
    /// How the answers stand to one another.
    pub agreement: Agreement,
    /// How many sources answer.
    pub answered: usize,
    /// How many sources were read for it.
    pub examined: usize,
    /// The positions, in the author's order; those that nobody holds have no sources.
    pub positions: Vec<PositionRow>,
    /// A cell for every column.
    pub cells: Vec<Cell>,
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

/// What one source says to one question.
#[derive(Debug)]
pub enum Cell {
    /// It answers; numbers into the answers of the source.
    Says(Vec<usize>),
    /// It was read, and nothing is there. With the reason, if the author gave one.
    Silent(Option<String>),
    /// Nobody looked.
    Unexamined,
}

/// Compares what the sources say.
pub fn compare(verified: &Verified) -> Comparison {
    let mut columns: Vec<&Source> = verified.sources.iter().collect();
    columns.sort_by_key(|source| {
        let undated = source.about.published.is_none();
        (undated, source.about.published, source.about.order.unwrap_or(u32::MAX), source.id.clone())
    });
    let witnesses = Witnesses::of(&columns);
    let rows = verified.questions.iter().map(|question| {
        let cells: Vec<Cell> = columns.iter().map(|source| cell(source, &question.id)).collect();
        let positions: Vec<PositionRow> = question
            .positions
            .iter()
            .map(|(id, label)| position(id, label, &question.id, &columns, &witnesses))
            .collect();
        Row {
            question: question.id.clone(),
            agreement: agreement(&positions),
            answered: cells.iter().filter(|cell| matches!(cell, Cell::Says(_))).count(),
            examined: cells.iter().filter(|cell| !matches!(cell, Cell::Unexamined)).count(),
            positions,
            cells,
        }
    });
    Comparison {
        rows: rows.collect(),
        columns: columns.iter().map(|source| source.id.clone()).collect(),
        witnesses,
    }
}

fn cell(source: &Source, question: &QuestionId) -> Cell {
    let says = |(_, answer): &(usize, &Answer)| &answer.question == question;
    let answers: Vec<usize> =
        source.answers.iter().enumerate().filter(says).map(|(index, _)| index).collect();
    match source.silences.get(question) {
        _ if !answers.is_empty() => Cell::Says(answers),
        Some(reason) => Cell::Silent(reason.clone()),
        None => Cell::Unexamined,
    }
}

fn position(
    id: &PositionId,
    label: &str,
    question: &QuestionId,
    columns: &[&Source],
    witnesses: &Witnesses,
) -> PositionRow {
    let holds =
        |source: &&&Source| source.answers.iter().any(|a| &a.question == question && &a.position == id);
    let sources: Vec<SourceId> = columns.iter().filter(holds).map(|source| source.id.clone()).collect();
    PositionRow { id: id.clone(), label: label.to_owned(), independent: witnesses.count(&sources), sources }
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
