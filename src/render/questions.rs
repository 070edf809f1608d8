//! Builds views of questions: each is a row of the comparison with its positions, cells and answers.

use std::sync::Arc;

use super::answers::answer_view;
use super::cells::cell_view;
use super::found::found_view;
use super::site_data::SiteData;
use super::view::{PositionRef, PositionView, QuestionView};
use crate::compare::{PositionRow, Row};
use crate::load::Weight;

/// Builds the view of a row. `number` counts rows from 1. A `brief` view omits
/// what each source says: cells, answers and passages.
pub(super) fn question_view(data: &SiteData<'_>, number: usize, row: &Row, brief: bool) -> QuestionView {
    let named = row.positions.iter().zip(data.positions(&row.question));
    let (held, unheld): (Vec<_>, Vec<_>) = named.partition(|(position, _)| !position.sources.is_empty());
    let positions: Vec<PositionView> =
        held.into_iter().map(|(position, name)| position_view(data, position, name, row, brief)).collect();
    let shown = if brief { 0 } else { row.cells.count() };
    QuestionView {
        question: data.questions[&row.question].clone(),
        basis: row.basis,
        terms: data.terms(&row.question).to_vec(),
        number,
        agreement: row.agreement,
        minor: data.verified.questions[number - 1].weight == Weight::Minor,
        relation: row.relation,
        agreement_text: data.locale.agreement(row, positions.len()),
        count_text: data.locale.marker(row, positions.len()),
        answered: row.answered,
        answered_text: data.locale.answered(row),
        examined: row.examined,
        found_in: row.found,
        searched: row.searched,
        found_text: data.locale.found(row),
        independent_text: data.locale.independent(row),
        found: row.cells.ids().take(shown).filter_map(|column| found_view(data, row, column)).collect(),
        positions,
        unheld: unheld.into_iter().map(|(_, name)| name.clone()).collect(),
        cells: row.cells.ids().take(shown).map(|column| cell_view(data, row, column)).collect(),
    }
}

fn position_view(
    data: &SiteData<'_>,
    position: &PositionRow,
    name: &Arc<PositionRef>,
    row: &Row,
    brief: bool,
) -> PositionView {
    let shown = if brief { 0 } else { row.cells.count() };
    let answers = row.cells.enumerate().take(shown).flat_map(|(column, cell)| {
        let source = data.column(column);
        let answers = cell.answers().iter().copied();
        let answers = answers.filter(|answer| answer.of(&source.answers).position == position.id);
        answers.filter_map(|answer| answer_view(data, answer))
    });
    PositionView {
        position: name.clone(),
        sources: position.sources.iter().map(|id| data.sources[id].clone()).collect(),
        independent: position.independent,
        count_text: data.locale.sources_and_origins(position.sources.len(), position.independent),
        answers: answers.collect(),
    }
}
