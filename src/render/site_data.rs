//! What views, pages, the search index and exports are built from: verified data and the comparison, with lookups by id
//! and by column. It never changes after it is built.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::HOME;
use super::anchors::{self, AnswerAnchors};
use super::letters::letter;
use super::locale::Locale;
use super::view::{DateView, PositionRef, QuestionRef, SourceRef};
use crate::cache::{Cache, Digest};
use crate::compare::{AnswerRef, ColumnId, Columns, Comparison, PositionRow, Row};
use crate::ids::{FastMap, PassageId, PositionId, QuestionId, SourceId};
use crate::verify::{Source, Verified, question_path, source_path};

/// The theme has this many colours for positions. In a question with more positions, colours repeat; the positions
/// still have different letters.
const MAX_TONES: usize = 8;

/// With more sources a matrix gives no overview: the comparison page leaves it out, together with all answers.
const MAX_MATRIX_COLUMNS: usize = 60;

/// A source with the data that views of its cells and answers need.
pub(super) struct Column<'a> {
    pub(super) source: &'a Source,
    pub(super) summary: Arc<SourceRef>,
    /// The HTML ids of the source's answers and quotes.
    pub(super) anchors: Arc<Vec<AnswerAnchors>>,
    /// The HTML ids of the passages that rules found.
    passage_anchors: Arc<PassageAnchors>,
}

type PassageAnchors = BTreeMap<PassageId, String>;

/// Caches the HTML ids in each source by the hash of the source.
#[derive(Debug, Default)]
pub struct RenderCache {
    answers: Cache<Arc<Vec<AnswerAnchors>>>,
    passages: Cache<Arc<PassageAnchors>>,
}

impl RenderCache {
    /// Ends a build: drops what the last builds didn't use.
    pub fn end_build(&self) {
        self.answers.end_build();
        self.passages.end_build();
    }

    fn passage_anchors(&self, source: &Source, shown: &BTreeSet<PassageId>) -> Arc<PassageAnchors> {
        if shown.is_empty() {
            return Arc::default();
        }
        let key = Digest::of(&[source.digest.as_ref(), format!("{shown:?}").as_bytes()]);
        self.passages.get_or_make(key, || anchors::of_passages(&source.passages, shown).into())
    }
}

pub(super) struct SiteData<'a> {
    pub(super) verified: &'a Verified,
    pub(super) comparison: &'a Comparison,
    pub(super) locale: &'a Locale,
    pub(super) sources: FastMap<SourceId, Arc<SourceRef>>,
    pub(super) questions: FastMap<QuestionId, Arc<QuestionRef>>,
    pub(super) by_id: FastMap<&'a SourceId, &'a Source>,
    pub(super) columns: Columns<Column<'a>>,
    rows: FastMap<&'a QuestionId, &'a Row>,
    /// The positions of every question, in the order of the question's file.
    positions: FastMap<&'a QuestionId, Vec<Arc<PositionRef>>>,
    terms: FastMap<&'a QuestionId, &'a [String]>,
}

impl<'a> SiteData<'a> {
    pub(super) fn new(
        verified: &'a Verified,
        comparison: &'a Comparison,
        locale: &'a Locale,
        cache: &RenderCache,
    ) -> Self {
        let by_id: FastMap<_, _> =
            verified.sources.iter().map(|source| (&source.id, source.as_ref())).collect();
        let rows = comparison.rows.iter().map(|row| (&row.question, row)).collect();
        let ids: Vec<(ColumnId, &SourceId)> = comparison.columns.enumerate().collect();
        let columns = ids.into_par_iter().map(|(column, id)| {
            let source: &Source = by_id[id];
            let summary = SourceRef {
                id: id.clone(),
                column,
                number: column.number(),
                title: source.about.title.clone(),
                short: source.short().to_owned(),
                short_note: source.about.short_note.clone(),
                publisher: source.about.publisher.clone(),
                published: source.about.published.map(|day| DateView::of(day, locale)),
                caution: source.about.caution.clone(),
                path: source_path(id),
                recorded: source.has_record,
            };
            let summary = Arc::new(summary);
            let found = comparison.rows.iter().flat_map(|row| row.cells[column].found());
            let shown = found.map(|found| found.number).collect();
            Column {
                source,
                summary,
                anchors: cache.answers.get_or_make(source.digest, || anchors::of_answers(source).into()),
                passage_anchors: cache.passage_anchors(source, &shown),
            }
        });
        let columns: Columns<Column<'_>> = columns.collect::<Vec<_>>().into_iter().collect();
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
            sources: columns
                .iter()
                .map(|column| (column.source.id.clone(), column.summary.clone()))
                .collect(),
            columns,
            questions: questions.collect(),
            verified,
            comparison,
            locale,
            terms: verified.questions.iter().map(|question| (&question.id, &*question.terms)).collect(),
            positions: comparison.rows.iter().map(|row| (&row.question, positions(row))).collect(),
            by_id,
            rows,
        }
    }

    /// The sources in column order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'a Source> + '_ {
        self.columns.iter().map(|column| column.source)
    }

    pub(super) fn column(&self, column: ColumnId) -> &'a Source {
        self.columns[column].source
    }

    /// Returns the summary of a column's source.
    pub(super) fn summary(&self, column: ColumnId) -> &Arc<SourceRef> {
        &self.columns[column].summary
    }

    pub(super) fn has_home(&self) -> bool {
        self.verified.pages.iter().any(|page| page.path == HOME)
    }

    /// Whether there are too many sources for a matrix, so that the comparison page leaves out what each source says.
    pub(super) fn is_brief(&self) -> bool {
        self.comparison.columns.count() > MAX_MATRIX_COLUMNS
    }

    pub(super) fn positions(&self, question: &QuestionId) -> &[Arc<PositionRef>] {
        self.positions.get(question).map_or(&[], Vec::as_slice)
    }

    /// Returns the summary of a question's position, if the question has it.
    pub(super) fn position(&self, question: &QuestionId, id: &PositionId) -> Option<&Arc<PositionRef>> {
        self.positions(question).iter().find(|position| &position.id == id)
    }

    pub(super) fn row(&self, question: &QuestionId) -> Option<&'a Row> {
        self.rows.get(question).copied()
    }

    /// Returns the `terms` of a question, which rules search for in documents.
    pub(super) fn terms(&self, question: &QuestionId) -> &'a [String] {
        self.terms.get(question).copied().unwrap_or_default()
    }

    pub(super) fn anchors(&self, answer: AnswerRef) -> &AnswerAnchors {
        answer.of(&self.columns[answer.column].anchors)
    }

    /// Returns the HTML id of a passage that rules found in a column's source. Panics for any other passage.
    pub(super) fn passage_anchor(&self, column: ColumnId, passage: PassageId) -> &str {
        &self.columns[column].passage_anchors[&passage]
    }

    /// Returns the recorded answers of a column's source, in the order of the questions.
    pub(super) fn answers_of(&self, column: ColumnId) -> impl Iterator<Item = AnswerRef> + '_ {
        self.comparison.rows.iter().flat_map(move |row| row.cells[column].answers()).copied()
    }
}

/// Builds the summaries of a question's positions.
fn positions(row: &Row) -> Vec<Arc<PositionRef>> {
    let name = |(at, position): (usize, &PositionRow)| {
        Arc::new(PositionRef {
            id: position.id.clone(),
            label: position.label.clone(),
            letter: letter(at),
            tone: at % MAX_TONES + 1,
        })
    };
    row.positions.iter().enumerate().map(name).collect()
}
