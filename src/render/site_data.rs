//! What holds and how it compares, with everything at hand by id and by column. The files that make views, pages, the
//! search index and exports read from it; nothing here changes once it is made.

use std::sync::Arc;

use super::HOME;
use super::anchors::{self, AnswerAnchors};
use super::letters::letter;
use super::view::{DateView, PositionRef, QuestionRef, SourceRef};
use super::words::Words;
use crate::compare::{AnswerRef, ColumnId, Columns, Comparison, PositionRow, Row};
use crate::ids::{FastMap, PositionId, QuestionId, SourceId};
use crate::verify::{Source, Verified, question_path, source_path};

/// How many colours the theme has for positions; after the last they begin again. The letter always tells.
const TONES: usize = 8;

/// With more sources, a matrix is no overview any more; then what each says stands on the page of its question alone.
const MATRIX_COLUMNS: usize = 60;

/// A source in its column: what a cell needs of it, at hand without a search.
pub(super) struct Column<'a> {
    pub(super) source: &'a Source,
    pub(super) about: Arc<SourceRef>,
    /// The ids of its answers and their quotes.
    pub(super) anchors: Vec<AnswerAnchors>,
}

/// All that there is to show.
pub(super) struct SiteData<'a> {
    pub(super) verified: &'a Verified,
    pub(super) comparison: &'a Comparison,
    pub(super) words: &'a Words,
    pub(super) sources: FastMap<SourceId, Arc<SourceRef>>,
    pub(super) questions: FastMap<QuestionId, Arc<QuestionRef>>,
    pub(super) by_id: FastMap<&'a SourceId, &'a Source>,
    pub(super) columns: Columns<Column<'a>>,
    rows: FastMap<&'a QuestionId, &'a Row>,
    /// The positions of every question, in their order.
    positions: FastMap<&'a QuestionId, Vec<Arc<PositionRef>>>,
    terms: FastMap<&'a QuestionId, &'a [String]>,
}

impl<'a> SiteData<'a> {
    pub(super) fn new(verified: &'a Verified, comparison: &'a Comparison, words: &'a Words) -> Self {
        let by_id: FastMap<_, _> = verified.sources.iter().map(|source| (&source.id, source)).collect();
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
            let about = Arc::new(about);
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
            (question.id.clone(), Arc::new(view))
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
    pub(super) fn about(&self, column: ColumnId) -> &Arc<SourceRef> {
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

    /// The positions of a question, in the author's order.
    pub(super) fn positions(&self, question: &QuestionId) -> &[Arc<PositionRef>] {
        self.positions.get(question).map_or(&[], Vec::as_slice)
    }

    /// A position of a question, named in passing.
    pub(super) fn position(&self, question: &QuestionId, id: &PositionId) -> Option<&Arc<PositionRef>> {
        self.positions(question).iter().find(|position| &position.id == id)
    }

    /// The row of a question.
    pub(super) fn row(&self, question: &QuestionId) -> Option<&'a Row> {
        self.rows.get(question).copied()
    }

    /// What to look for in documents that have no record, for a question.
    pub(super) fn terms(&self, question: &QuestionId) -> &'a [String] {
        self.terms.get(question).copied().unwrap_or_default()
    }

    /// The ids of an answer and its quotes.
    pub(super) fn anchors(&self, answer: AnswerRef) -> &AnswerAnchors {
        answer.of(&self.columns[answer.column].anchors)
    }

    /// What the author noted that the source of a column says, by question.
    pub(super) fn answers_of(&self, column: ColumnId) -> impl Iterator<Item = AnswerRef> + '_ {
        self.comparison.rows.iter().flat_map(move |row| row.cells[column].answers()).copied()
    }
}

/// The positions of a question, as they are named in passing.
fn positions(row: &Row) -> Vec<Arc<PositionRef>> {
    let name = |(at, position): (usize, &PositionRow)| {
        Arc::new(PositionRef {
            id: position.id.clone(),
            label: position.label.clone(),
            letter: letter(at),
            tone: at % TONES + 1,
        })
    };
    row.positions.iter().enumerate().map(name).collect()
}
