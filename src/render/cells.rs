//! Builds views of the cells of the matrix: one source × one question.

use super::found::same_as;
use super::site_data::SiteData;
use super::view::{CellAnswer, CellView, VoiceMark};
use crate::compare::{Cell, ColumnId, Row};
use crate::text::excerpt;
use crate::verify::{ShownPassage, Source};

pub(super) fn cell_view(data: &SiteData<'_>, row: &Row, column: ColumnId) -> CellView {
    let (cell, source) = (&row.cells[column], data.column(column));
    let answers = cell.answers().iter().filter_map(|at| {
        let answer = at.of(&source.answers);
        let position = data.position(&answer.question, &answer.position)?.clone();
        let mut earlier = cell.answers().iter().take_while(|other| *other < at);
        let repeats = earlier.any(|other| other.of(&source.answers).position == answer.position);
        let voice_text = data.locale.voice(answer.voice);
        let anchor = data.anchors(*at).answer.clone();
        Some(CellAnswer {
            anchor,
            position,
            summary: answer.summary.clone(),
            voice: answer.voice,
            voice_text,
            mark: VoiceMark::of(answer.voice, answer.to.as_deref()),
            to: answer.to.clone(),
            quote: answer.quotes.first().map(|quote| quote.text().to_owned()),
            repeats,
        })
    });
    CellView {
        source: data.summary(column).clone(),
        state: cell.state(),
        basis: cell.basis(),
        found: cell.found().len(),
        excerpt: best_excerpt(source, cell),
        same_as: same_as(data, row, &source.id),
        answers: answers.collect(),
        reason: match cell {
            Cell::Silent(reason) => reason.clone(),
            _ => None,
        },
    }
}

/// Returns an excerpt around the first matched word of the cell's best passage; `None` if the cell has no passage found
/// by rule.
fn best_excerpt(source: &Source, cell: &Cell) -> Option<String> {
    let found = cell.found().first()?;
    let ShownPassage { passage, text } = found.number.of(&source.passages);
    let first = found.words.first().map_or(0, |word| word.start.saturating_sub(passage.range.start));
    Some(excerpt(text, first))
}
