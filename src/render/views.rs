//! Makes the views: from what holds and how it compares to what templates see.

use std::collections::BTreeSet;

use super::HOME;
use super::anchors::{self, AnswerAnchors};
use super::fragment;
use super::view::{
    AnswerView, DateView, PositionRef, PositionView, QuestionRef, QuestionView, QuotePiece, QuoteView,
    Shared, SourceRef,
};
use super::words::Words;
use crate::compare::{AnswerRef, ColumnId, Columns, Comparison, PositionRow, Row};
use crate::find::voice::{cues, cut_at_cues};
use crate::ids::{Lookup, PositionId, QuestionId, SourceId};
use crate::load::{Basis, Voice};
use crate::verify::{Source, Verified, question_path, source_path};
use sourcewise_quotes::VerifiedQuote;

/// How many colours the theme has for positions; after the last they begin again. The letter always tells.
const TONES: usize = 8;

/// With more sources, a matrix is no overview any more; then what each says stands on the page of its question alone.
const MATRIX_COLUMNS: usize = 60;

/// A source in its column: what a cell needs of it, at hand without a search.
pub(super) struct Column<'a> {
    pub(super) source: &'a Source,
    about: Shared<SourceRef>,
    /// The ids of its answers and their quotes.
    anchors: Vec<AnswerAnchors>,
}

/// Makes views; holds what is needed to name things.
pub(super) struct Views<'a> {
    pub(super) verified: &'a Verified,
    pub(super) comparison: &'a Comparison,
    pub(super) words: &'a Words,
    pub(super) sources: Lookup<SourceId, Shared<SourceRef>>,
    pub(super) questions: Lookup<QuestionId, Shared<QuestionRef>>,
    pub(super) by_id: Lookup<&'a SourceId, &'a Source>,
    pub(super) columns: Columns<Column<'a>>,
    rows: Lookup<&'a QuestionId, &'a Row>,
    /// The positions of every question, in their order.
    positions: Lookup<&'a QuestionId, Vec<Shared<PositionRef>>>,
    terms: Lookup<&'a QuestionId, &'a [String]>,
}

impl<'a> Views<'a> {
    pub(super) fn new(verified: &'a Verified, comparison: &'a Comparison, words: &'a Words) -> Self {
        let by_id: Lookup<_, _> = verified.sources.iter().map(|source| (&source.id, source)).collect();
        let rows = comparison.rows.iter().map(|row| (&row.question, row)).collect();
        let columns = comparison.columns.enumerate().map(|(column, id)| {
            let source: &Source = by_id[id];
            let about = SourceRef {
                id: id.clone(),
                column,
                number: column.number(),
                title: source.about.title.clone(),
                short: source.short().to_owned(),
                publisher: source.about.publisher.clone(),
                published: source.about.published.map(|day| DateView::of(day, words)),
                caution: source.about.caution.clone(),
                path: source_path(id),
                recorded: source.has_record,
            };
            let about = Shared::new(about);
            Column { source, about, anchors: anchors::of_answers(source) }
        });
        let columns: Columns<Column<'_>> = columns.collect();
        let questions = verified.questions.iter().map(|question| {
            let view = QuestionRef {
                id: question.id.clone(),
                title: question.title.clone(),
                short: question.short.clone(),
                path: question_path(&question.id),
            };
            (question.id.clone(), Shared::new(view))
        });
        Self {
            sources: columns.iter().map(|column| (column.source.id.clone(), column.about.clone())).collect(),
            columns,
            questions: questions.collect(),
            verified,
            comparison,
            words,
            terms: verified.questions.iter().map(|question| (&question.id, &*question.terms)).collect(),
            positions: comparison.rows.iter().map(|row| (&row.question, positions(row))).collect(),
            by_id,
            rows,
        }
    }

    /// The sources, by column.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'a Source> + '_ {
        self.columns.iter().map(|column| column.source)
    }

    /// The source of a column.
    pub(super) fn column(&self, column: ColumnId) -> &'a Source {
        self.columns[column].source
    }

    /// The same, named in passing.
    pub(super) fn about(&self, column: ColumnId) -> &Shared<SourceRef> {
        &self.columns[column].about
    }

    /// Whether the author wrote a home page.
    pub(super) fn has_home(&self) -> bool {
        self.verified.pages.iter().any(|page| page.path == HOME)
    }

    /// Whether there are too many sources for a matrix.
    pub(super) fn is_brief(&self) -> bool {
        self.comparison.columns.count() > MATRIX_COLUMNS
    }

    /// A position of a question, named in passing.
    pub(super) fn position(&self, question: &QuestionId, id: &PositionId) -> Option<&Shared<PositionRef>> {
        self.positions.get(question)?.iter().find(|position| &position.id == id)
    }

    /// The row of a question.
    pub(super) fn row(&self, question: &QuestionId) -> Option<&'a Row> {
        self.rows.get(question).copied()
    }

    /// The ids of an answer and its quotes.
    pub(super) fn anchors(&self, answer: AnswerRef) -> &AnswerAnchors {
        answer.of(&self.columns[answer.column].anchors)
    }

    /// What a source says, if its position exists.
    pub(super) fn answer(&self, at: AnswerRef) -> Option<AnswerView> {
        let Column { source, about, anchors } = &self.columns[at.column];
        let (answer, anchors) = (at.of(&source.answers), at.of(anchors));
        let quotes = answer.quotes.iter().zip(&anchors.quotes);
        let quotes =
            quotes.map(|(quote, id)| quote_view(quote, id, answer.voice, source.about.url.as_deref()));
        Some(AnswerView {
            anchor: anchors.answer.clone(),
            source: about.clone(),
            question: self.questions[&answer.question].clone(),
            position: self.position(&answer.question, &answer.position)?.clone(),
            summary: answer.summary.clone(),
            voice: answer.voice,
            voice_text: self.words.voice(answer.voice),
            to: answer.to.clone(),
            quotes: quotes.collect(),
        })
    }

    /// A row of the comparison; `body` is the question's text as HTML. A `brief` one lacks what each source says.
    pub(super) fn question(&self, number: usize, row: &Row, body: String, brief: bool) -> QuestionView {
        let named = row.positions.iter().zip(&self.positions[&row.question]);
        let (held, unheld): (Vec<_>, Vec<_>) = named.partition(|(position, _)| !position.sources.is_empty());
        let positions: Vec<PositionView> =
            held.into_iter().map(|(position, name)| self.position_view(position, name, row, brief)).collect();
        let shown = if brief { 0 } else { row.cells.count() };
        let cells = row.cells.enumerate().take(shown);
        let cells = cells.map(|(column, cell)| self.cell(column, cell, row)).collect();
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
            found: row.cells.ids().take(shown).filter_map(|column| self.found(row, column)).collect(),
            positions,
            unheld: unheld.into_iter().map(|(_, name)| name.clone()).collect(),
            cells,
        }
    }

    fn position_view(
        &self,
        position: &PositionRow,
        name: &Shared<PositionRef>,
        row: &Row,
        brief: bool,
    ) -> PositionView {
        let shown = if brief { 0 } else { row.cells.count() };
        let answers = row.cells.enumerate().take(shown).flat_map(|(column, cell)| {
            let source = self.column(column);
            let answers = cell.answers().iter().copied();
            let answers = answers.filter(|answer| answer.of(&source.answers).position == position.id);
            answers.filter_map(|answer| self.answer(answer))
        });
        PositionView {
            position: name.clone(),
            sources: position.sources.iter().map(|id| self.sources[id].clone()).collect(),
            independent: position.independent,
            count_text: self.words.witnesses(position.sources.len(), position.independent),
            answers: answers.collect(),
        }
    }
}

/// The positions of a question, as they are named in passing.
fn positions(row: &Row) -> Vec<Shared<PositionRef>> {
    let name = |(at, position): (usize, &PositionRow)| {
        Shared::new(PositionRef {
            id: position.id.clone(),
            label: position.label.clone(),
            letter: letter(at),
            tone: at % TONES + 1,
        })
    };
    row.positions.iter().enumerate().map(name).collect()
}

/// Who found what is known of a source.
pub(super) fn basis(source: &Source) -> Basis {
    if source.has_record { Basis::Editor } else { Basis::Automatic }
}

fn quote_view(quote: &VerifiedQuote, id: &str, voice: Voice, url: Option<&str>) -> QuoteView {
    let cues = cues(quote.text(), voice);
    let pieces = cut_at_cues(quote.text(), &cues);
    QuoteView {
        id: id.to_owned(),
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
