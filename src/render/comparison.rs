//! The whole comparison: every question and every source, with what their authors' texts say in HTML. What a single
//! question or source shows is made in `views`.

use rayon::prelude::*;

use super::anchors::{root_of, text_prefix};
use super::markdown::{CiteStyle, Frame, render};
use super::view::{ComparisonView, QuestionView, SourceBrief};
use super::views::Views;
use crate::compare::{Agreement, ColumnId};
use crate::load::Basis;
use crate::verify::Text;

/// The comparison as templates see it.
pub(super) fn of(views: &Views<'_>) -> ComparisonView {
    let root = root_of("compare.html");
    let named = |text: &Text, root: &str, prefix: &str| {
        render(text, Frame { root, style: CiteStyle::Named, prefix, below: Some(2) }, views).body
    };
    let questions = views.verified.questions.iter();
    let texts = questions.map(|question| named(&question.text, &root, &text_prefix(&question.id)));
    let rows = views.comparison.rows.iter().zip(texts).enumerate();
    let brief = views.is_brief();
    let questions: Vec<QuestionView> =
        rows.map(|(at, (row, body))| views.question(at + 1, row, body, brief)).collect();
    let columns: Vec<ColumnId> = views.columns.ids().collect();
    let sources: Vec<SourceBrief> =
        columns.into_par_iter().map(|column| views.source_brief(column)).collect();
    let count = |wanted| questions.iter().filter(|question| question.agreement == wanted).count();
    ComparisonView {
        differ: count(Agreement::Differ),
        one_voice: count(Agreement::OneVoice),
        single: count(Agreement::Single),
        unanswered: count(Agreement::Unanswered),
        unexamined: questions.iter().map(|question| sources.len() - question.examined).sum(),
        searched: questions.iter().map(|question| question.searched).sum(),
        same_texts: views.comparison.rows.iter().filter(|row| !row.copies.is_empty()).count(),
        topics: questions.iter().any(|question| question.basis == Basis::Automatic),
        brief,
        quotes: views.verified.quotes().count(),
        dated: sources.iter().any(|source| source.source.published.is_some()),
        joins: views.joins(),
        widest: sources
            .iter()
            .map(|source| source.coverage.iter().map(|bar| bar.count).sum())
            .max()
            .unwrap_or(0),
        lineage: views.lineage(),
        pairs: views.pairs().into_iter().map(|pair| views.pair_ref(pair)).collect(),
        sources,
        questions,
    }
}
