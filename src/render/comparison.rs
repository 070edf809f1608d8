//! Builds the view of the whole comparison. Views of a single question are built in `questions.rs`, views of a source
//! in `source.rs`.

use rayon::prelude::*;

use super::diagrams::{joins, lineage};
use super::pairs::{pair_ref, pairs};
use super::questions::question_view;
use super::site_data::SiteData;
use super::source::source_brief;
use super::view::{ComparisonView, GroupView, QuestionView, SourceBrief};
use crate::compare::{Agreement, ColumnId};
use crate::load::{Basis, Relation};

/// Number of rows on the home page: more would not fit on a laptop's screen.
const MAX_HIGHLIGHTS: usize = 7;
/// Each cell's preview adds about ten elements to the page, and browsers are slow with tens of thousands.
const MAX_PREVIEWS: usize = 600;

pub(super) fn of(data: &SiteData<'_>) -> ComparisonView {
    let brief = data.is_brief();
    let rows = data.comparison.rows.iter().enumerate();
    let questions: Vec<QuestionView> =
        rows.map(|(at, row)| question_view(data, at + 1, row, brief)).collect();
    let columns: Vec<ColumnId> = data.columns.ids().collect();
    let sources: Vec<SourceBrief> =
        columns.into_par_iter().map(|column| source_brief(data, column)).collect();
    let count = |wanted| questions.iter().filter(|question| question.agreement == wanted).count();
    ComparisonView {
        differ: count(Agreement::Differ),
        conflicts: questions.iter().filter(|question| question.relation == Some(Relation::Conflict)).count(),
        one_voice: count(Agreement::OneVoice),
        single: count(Agreement::Single),
        unanswered: count(Agreement::Unanswered),
        unexamined: questions.iter().map(|question| sources.len() - question.examined).sum(),
        searched: questions.iter().map(|question| question.searched).sum(),
        same_texts: data.comparison.rows.iter().filter(|row| !row.copies.is_empty()).count(),
        topics: questions.iter().any(|question| question.basis == Basis::Automatic),
        brief,
        quotes: data.verified.quotes().count(),
        dated: sources.iter().any(|source| source.source.published.is_some()),
        joins: joins(data),
        widest: sources
            .iter()
            .map(|source| source.coverage.iter().map(|bar| bar.count).sum())
            .max()
            .unwrap_or(0),
        lineage: lineage(data),
        pairs: pairs(data).into_iter().map(|pair| pair_ref(data, pair)).collect(),
        groups: groups(data, &questions),
        highlights: highlights(&questions),
        previews: !brief && sources.len() * questions.len() <= MAX_PREVIEWS,
        sources,
        questions,
    }
}

/// Returns the rows of the home page. A minor question is among them only if there are too few others.
fn highlights(questions: &[QuestionView]) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..questions.len()).collect();
    chosen.sort_by_key(|at| (questions[*at].minor, questions[*at].relation != Some(Relation::Conflict)));
    chosen.truncate(MAX_HIGHLIGHTS);
    chosen.sort_unstable();
    chosen
}

/// Returns the groups that have questions. `load` sorts the questions by group, so each group is a run of them.
fn groups(data: &SiteData<'_>, questions: &[QuestionView]) -> Vec<GroupView> {
    let of = |at: usize| data.verified.questions[at].group.as_ref();
    let indexes: Vec<usize> = (0..questions.len()).collect();
    let runs = indexes.chunk_by(|a, b| of(*a) == of(*b)).map(|run| {
        let id = run.first().and_then(|at| of(*at));
        GroupView {
            title: id.and_then(|id| data.verified.site.groups.get(id)).cloned(),
            id: id.cloned(),
            minor: run.iter().filter(|at| questions[**at].minor).count(),
            questions: run.to_vec(),
        }
    });
    runs.collect()
}
