//! Makes the views: from what holds and how it compares to what templates see.

use std::collections::{BTreeMap, BTreeSet};

use super::HOME;
use super::found::{excerpt, quote_id};
use super::fragment;
use super::view::{
    AnswerView, CellAnswer, CellView, DateView, PositionRef, PositionView, QuestionRef, QuestionView,
    QuotePiece, QuoteView, SourceRef,
};
use super::words::Words;
use crate::compare::{Cell, Comparison, PositionRow, Row};
use crate::find::voice::{cues, cut_at_cues};
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::{Basis, Voice};
use crate::verify::{Answer, Source, Verified, VerifiedQuote, question_path, source_path};

/// How many colours the theme has for positions; after the last they begin again. The letter always tells.
const TONES: usize = 8;

/// With more sources, a matrix is no overview any more; then what each says stands on the page of its question alone.
const MATRIX_COLUMNS: usize = 60;

/// Makes views; holds what is needed to name things.
pub(super) struct Views<'a> {
    pub(super) verified: &'a Verified,
    pub(super) comparison: &'a Comparison,
    pub(super) words: &'a Words,
    pub(super) sources: BTreeMap<SourceId, SourceRef>,
    pub(super) questions: BTreeMap<QuestionId, QuestionRef>,
    pub(super) by_id: BTreeMap<&'a SourceId, &'a Source>,
    rows: BTreeMap<&'a QuestionId, &'a Row>,
    terms: BTreeMap<&'a QuestionId, &'a [String]>,
}

impl<'a> Views<'a> {
    pub(super) fn new(verified: &'a Verified, comparison: &'a Comparison, words: &'a Words) -> Self {
        let by_id: BTreeMap<_, _> = verified.sources.iter().map(|source| (&source.id, source)).collect();
        let rows = comparison.rows.iter().map(|row| (&row.question, row)).collect();
        let sources = comparison.columns.iter().enumerate().map(|(column, id)| {
            let source = by_id[id];
            let view = SourceRef {
                id: id.clone(),
                number: column + 1,
                title: source.about.title.clone(),
                short: source.short().to_owned(),
                publisher: source.about.publisher.clone(),
                published: source.about.published.map(|day| DateView::of(day, words)),
                caution: source.about.caution.clone(),
                path: source_path(id),
                recorded: source.has_record,
            };
            (id.clone(), view)
        });
        let questions = verified.questions.iter().map(|question| {
            let view = QuestionRef {
                id: question.id.clone(),
                title: question.title.clone(),
                short: question.short.clone(),
                path: question_path(&question.id),
            };
            (question.id.clone(), view)
        });
        Self {
            sources: sources.collect(),
            questions: questions.collect(),
            verified,
            comparison,
            words,
            terms: verified.questions.iter().map(|question| (&question.id, &*question.terms)).collect(),
            by_id,
            rows,
        }
    }

    /// The sources, by column.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'a Source> + '_ {
        self.comparison.columns.iter().map(|id| self.by_id[id])
    }

    /// Whether the author wrote a home page.
    pub(super) fn has_home(&self) -> bool {
        self.verified.pages.iter().any(|page| page.path == HOME)
    }

    /// Whether there are too many sources for a matrix.
    pub(super) fn is_brief(&self) -> bool {
        self.comparison.columns.len() > MATRIX_COLUMNS
    }

    fn position(row: &Row, id: &PositionId) -> Option<PositionRef> {
        let at = row.positions.iter().position(|position| &position.id == id)?;
        Some(Self::position_at(at, &row.positions[at]))
    }

    fn position_at(at: usize, position: &PositionRow) -> PositionRef {
        PositionRef {
            id: position.id.clone(),
            label: position.label.clone(),
            letter: letter(at),
            tone: at % TONES + 1,
        }
    }

    /// The row of a question.
    pub(super) fn row(&self, question: &QuestionId) -> Option<&'a Row> {
        self.rows.get(question).copied()
    }

    /// An answer of a source, by its number.
    pub(super) fn answer(&self, source: &Source, index: usize) -> Option<AnswerView> {
        let answer: &Answer = source.answers.get(index)?;
        let row = self.row(&answer.question)?;
        let before: usize = source.answers[..index].iter().map(|answer| answer.quotes.len()).sum();
        let quotes =
            answer.quotes.iter().enumerate().map(|(at, quote)| {
                quote_view(quote, before + at + 1, answer.voice, source.about.url.as_deref())
            });
        let nth = source.answers[..=index].iter().filter(|other| other.question == answer.question).count();
        Some(AnswerView {
            anchor: format!("{}--{nth}", source.id),
            source: self.sources[&source.id].clone(),
            question: self.questions[&answer.question].clone(),
            position: Self::position(row, &answer.position)?,
            summary: answer.summary.clone(),
            voice: answer.voice,
            voice_text: self.words.voice(answer.voice),
            to: answer.to.clone(),
            quotes: quotes.collect(),
        })
    }

    /// A row of the comparison; `body` is the question's text as HTML. A `brief` one lacks what each source says.
    pub(super) fn question(&self, number: usize, row: &Row, body: String, brief: bool) -> QuestionView {
        let held = row.positions.iter().enumerate().filter(|(_, position)| !position.sources.is_empty());
        let unheld = row.positions.iter().enumerate().filter(|(_, position)| position.sources.is_empty());
        let positions: Vec<PositionView> =
            held.map(|(at, position)| self.position_view(at, position, row, brief)).collect();
        let shown = if brief { 0 } else { row.cells.len() };
        let cells = self.columns().zip(&row.cells).take(shown);
        QuestionView {
            question: self.questions[&row.question].clone(),
            basis: row.basis,
            terms: self.terms.get(&row.question).map(|terms| terms.to_vec()).unwrap_or_default(),
            number,
            body,
            agreement: row.agreement,
            agreement_text: self.words.agreement(row, positions.len()),
            count_text: self.words.marker(row, positions.len()),
            answered: row.answered,
            answered_text: self.words.answered(row),
            examined: row.examined,
            found_in: row.found,
            searched: row.searched,
            found_text: self.words.found(row),
            independent_text: self.words.independent(row),
            found: (0..shown).filter_map(|column| self.found(row, column)).collect(),
            figures: self.figures(row),
            positions,
            unheld: unheld.map(|(at, position)| Self::position_at(at, position)).collect(),
            cells: cells.map(|(source, cell)| self.cell(source, cell, row)).collect(),
        }
    }

    fn position_view(&self, at: usize, position: &PositionRow, row: &Row, brief: bool) -> PositionView {
        let shown = if brief { 0 } else { row.cells.len() };
        let answers = self.columns().take(shown).flat_map(|source| {
            let here = |answer: &Answer| answer.question == row.question && answer.position == position.id;
            let numbers = (0..source.answers.len()).filter(move |index| here(&source.answers[*index]));
            numbers.filter_map(|index| self.answer(source, index))
        });
        PositionView {
            position: Self::position_at(at, position),
            sources: position.sources.iter().map(|id| self.sources[id].clone()).collect(),
            independent: position.independent,
            count_text: self.words.witnesses(position.sources.len(), position.independent),
            answers: answers.collect(),
        }
    }

    fn cell(&self, source: &Source, cell: &Cell, row: &Row) -> CellView {
        let answers = cell.answers().iter().filter_map(|index| {
            let answer = &source.answers[*index];
            let position = Self::position(row, &answer.position)?;
            let earlier = &source.answers[..*index];
            let same =
                |other: &Answer| other.question == answer.question && other.position == answer.position;
            let repeats = earlier.iter().any(same);
            Some(CellAnswer {
                position,
                voice: answer.voice,
                voice_text: self.words.voice(answer.voice),
                repeats,
            })
        });
        CellView {
            source: self.sources[&source.id].clone(),
            state: cell.state(),
            basis: cell.basis(),
            answers: answers.collect(),
            found: cell.found().len(),
            excerpt: excerpt(source, cell),
            same_as: self.same_as(row, &source.id),
            reason: match cell {
                Cell::Silent(reason) => reason.clone(),
                _ => None,
            },
        }
    }
}

/// Who found what is known of a source.
pub(super) fn basis(source: &Source) -> Basis {
    if source.has_record { Basis::Editor } else { Basis::Automatic }
}

fn quote_view(quote: &VerifiedQuote, number: usize, voice: Voice, url: Option<&str>) -> QuoteView {
    let cues = cues(quote.text(), voice);
    let pieces = cut_at_cues(quote.text(), &cues);
    QuoteView {
        id: quote_id(number),
        text: quote.text().to_owned(),
        pieces: pieces.into_iter().map(|(text, cue)| QuotePiece { text: text.to_owned(), cue }).collect(),
        paragraph: quote.place().paragraph,
        start: quote.place().start,
        end: quote.place().end,
        also: {
            let others: BTreeSet<usize> = quote.also().iter().map(|place| place.paragraph).collect();
            others.into_iter().filter(|paragraph| *paragraph != quote.place().paragraph).collect()
        },
        checked: quote.checked(),
        original: url.map(|url| fragment::link(url, quote.text())),
    }
}

/// A, B, … Z, AA, AB …
pub(super) fn letter(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(letter), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
