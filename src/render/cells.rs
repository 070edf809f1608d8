//! Makes the views of cells: what the matrix shows of a source and a question.

use super::found::excerpt;
use super::view::{CellAnswer, CellView, PositionRef, Shared, SourceRef};
use super::views::Views;
use crate::compare::{Cell, Row};
use crate::load::Voice;

/// The cells of a column that show nothing of its source: one of each kind stands for all of them.
pub(super) struct PlainCells {
    unexamined: Shared<CellView>,
    nothing_found: Shared<CellView>,
    silent: Shared<CellView>,
}

impl PlainCells {
    pub(super) fn of(about: &Shared<SourceRef>) -> Self {
        let view = |cell| Shared::new(CellView::bare(about, &cell));
        Self {
            unexamined: view(Cell::Unexamined),
            nothing_found: view(Cell::NothingFound),
            silent: view(Cell::Silent(None)),
        }
    }

    /// The view of a cell, if it shows nothing.
    fn get(&self, cell: &Cell) -> Option<&Shared<CellView>> {
        match cell {
            Cell::Unexamined => Some(&self.unexamined),
            Cell::NothingFound => Some(&self.nothing_found),
            Cell::Silent(None) => Some(&self.silent),
            Cell::Silent(Some(_)) | Cell::Says(_) | Cell::Found(_) => None,
        }
    }
}

impl Views<'_> {
    /// A cell of a row. `known` are the answers of its cells so far, of which there are few that differ.
    pub(super) fn cell(
        &self,
        column: usize,
        cell: &Cell,
        row: &Row,
        known: &mut Vec<Shared<CellAnswer>>,
    ) -> Shared<CellView> {
        if let Some(plain) = self.plain(column).get(cell) {
            return plain.clone();
        }
        let source = self.column(column);
        let answers = cell.answers().iter().filter_map(|index| {
            let answer = &source.answers[*index];
            let position = self.position(&answer.question, &answer.position)?;
            let mut earlier = cell.answers().iter().take_while(|other| *other < index);
            let repeats = earlier.any(|other| source.answers[*other].position == answer.position);
            Some(self.cell_answer(position, answer.voice, repeats, known))
        });
        Shared::new(CellView {
            answers: answers.collect(),
            excerpt: excerpt(source, cell),
            same_as: self.same_as(row, &source.id),
            ..CellView::bare(self.about(column), cell)
        })
    }

    fn cell_answer(
        &self,
        position: &Shared<PositionRef>,
        voice: Voice,
        repeats: bool,
        known: &mut Vec<Shared<CellAnswer>>,
    ) -> Shared<CellAnswer> {
        let is_same = |other: &&Shared<CellAnswer>| {
            other.voice == voice && other.repeats == repeats && other.position.id == position.id
        };
        if let Some(same) = known.iter().find(is_same) {
            return same.clone();
        }
        let voice_text = self.words.voice(voice);
        let answer = Shared::new(CellAnswer { position: position.clone(), voice, voice_text, repeats });
        known.push(answer.clone());
        answer
    }
}

impl CellView {
    /// A cell without what it shows of its source.
    fn bare(about: &Shared<SourceRef>, cell: &Cell) -> Self {
        Self {
            source: about.clone(),
            state: cell.state(),
            basis: cell.basis(),
            found: cell.found().len(),
            excerpt: None,
            same_as: Vec::new(),
            answers: Vec::new(),
            reason: match cell {
                Cell::Silent(reason) => reason.clone(),
                _ => None,
            },
        }
    }
}
