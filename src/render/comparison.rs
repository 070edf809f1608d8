//! The whole comparison: every question and every source, with what their authors' texts say in HTML. What a single
//! question or source shows is made in `views`.

use super::markdown::{CiteStyle, Frame, render};
use super::pages::root_of;
use super::url_path;
use super::view::{ComparisonView, QuestionView, SourceView, UseView};
use super::views::Views;
use crate::compare::Agreement;
use crate::ids::SourceId;
use crate::verify::Text;

/// The comparison as templates see it.
pub(super) fn of(views: &Views<'_>) -> ComparisonView {
    let root = root_of("compare.html");
    let named = |text: &Text, root: &str, prefix: &str| {
        render(text, Frame { root, style: CiteStyle::Named, prefix }, views).body
    };
    let questions = views.verified.questions.iter();
    let texts = questions.map(|question| named(&question.text, &root, &format!("{}--text--", question.id)));
    let rows = views.comparison.rows.iter().zip(texts).enumerate();
    let questions: Vec<QuestionView> =
        rows.map(|(at, (row, body))| views.question(at + 1, row, body)).collect();
    let sources: Vec<SourceView> = views
        .columns()
        .map(|source| {
            let root = root_of(&views.sources[&source.id].path);
            let notes = source.notes.as_ref().map(|notes| named(notes, &root, ""));
            views.source(source, notes, uses(views, &source.id))
        })
        .collect();
    let count = |wanted| questions.iter().filter(|question| question.agreement == wanted).count();
    ComparisonView {
        differ: count(Agreement::Differ),
        one_voice: count(Agreement::OneVoice),
        single: count(Agreement::Single),
        unanswered: count(Agreement::Unanswered),
        unexamined: questions.iter().map(|question| sources.len() - question.examined).sum(),
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

/// The pages that cite a source, each with its first place; and the questions whose texts do.
fn uses(views: &Views<'_>, source: &SourceId) -> Vec<UseView> {
    let places = |text: &Text| -> Vec<usize> {
        let cited = text.citations.iter().enumerate().filter(|(_, citation)| &citation.source == source);
        cited.map(|(at, _)| at + 1).collect()
    };
    let pages = views.verified.pages.iter().filter_map(|page| {
        let places = places(&page.text);
        let path = format!("{}#cite--{}", url_path(&page.path), places.first()?);
        Some(UseView { title: page.head.title.clone(), path, count: places.len() })
    });
    let questions = views.verified.questions.iter().filter_map(|question| {
        let count = places(&question.text).len();
        let path = views.questions[&question.id].path.clone();
        (count > 0).then(|| UseView { title: question.title.clone(), path, count })
    });
    pages.chain(questions).collect()
}
