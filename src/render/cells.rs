//! Makes the views of cells: what the matrix shows of a source and a question.

use super::found::excerpt;
use super::view::{CellAnswer, CellView, PositionRef, Shared, SourceRef};
use super::views::{Column, Views};
use crate::compare::{Cell, Row};
use crate::load::Voice;

impl Views<'_> {
    /// A cell of a row. `known` are the answers of its cells so far, of which there are few that differ.
    pub(super) fn cell(
        &self,
        column: usize,
        cell: &Cell,
        row: &Row,
        known: &mut Vec<Shared<CellAnswer>>,
    ) -> Shared<CellView> {
        let Column { source, about, plain: [unexamined, nothing, silent], .. } = &self.columns[column];
        let answers = cell.answers().iter().filter_map(|index| {
            let answer = &source.answers[*index];
            let position = self.position(&answer.question, &answer.position)?;
            let mut earlier = cell.answers().iter().take_while(|other| *other < index);
            let repeats = earlier.any(|other| source.answers[*other].position == answer.position);
            Some(self.cell_answer(position, answer.voice, repeats, known))
        });
        match cell {
            Cell::Unexamined => unexamined.clone(),
            Cell::NothingFound => nothing.clone(),
            Cell::Silent(None) => silent.clone(),
            Cell::Silent(_) | Cell::Says(_) | Cell::Found(_) => Shared::new(CellView {
                answers: answers.collect(),
                excerpt: excerpt(source, cell),
                same_as: self.same_as(row, &source.id),
                ..CellView::plain(about, cell)
            }),
        }
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
    pub(super) fn plain(about: &Shared<SourceRef>, cell: &Cell) -> Self {
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
