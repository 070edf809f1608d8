//! Makes the views of cells: what the matrix shows of a source and a question.

use super::found::excerpt;
use super::view::{CellAnswer, CellView};
use super::views::Views;
use crate::compare::{Cell, ColumnId, Row};

impl Views<'_> {
    /// A cell of a row.
    pub(super) fn cell(&self, column: ColumnId, cell: &Cell, row: &Row) -> CellView {
        let source = self.column(column);
        let answers = cell.answers().iter().filter_map(|at| {
            let answer = at.of(&source.answers);
            let position = self.position(&answer.question, &answer.position)?.clone();
            let mut earlier = cell.answers().iter().take_while(|other| *other < at);
            let repeats = earlier.any(|other| other.of(&source.answers).position == answer.position);
            let voice_text = self.words.voice(answer.voice);
            Some(CellAnswer { position, voice: answer.voice, voice_text, repeats })
        });
        CellView {
            source: self.about(column).clone(),
            state: cell.state(),
            basis: cell.basis(),
            found: cell.found().len(),
            excerpt: excerpt(source, cell),
            same_as: self.same_as(row, &source.id),
            answers: answers.collect(),
            reason: match cell {
                Cell::Silent(reason) => reason.clone(),
                _ => None,
            },
        }
    }
}
