//! Builds the view of a page's verdict.

use super::site_data::SiteData;
use super::view::{VerdictAnswerView, VerdictView};
use crate::ids::QuestionId;
use crate::verify::Verdict;

/// The picture of a verdict has a row for each source, so a site with more sources has no picture: readers would see
/// neither its end nor the page.
const MAX_PICTURED_SOURCES: usize = 12;

pub(super) fn verdict_view(data: &SiteData<'_>, verdict: &Verdict) -> VerdictView {
    let rows = &data.comparison.rows;
    let index = |question: &QuestionId| rows.iter().position(|row| row.question == *question);
    let has_picture = data.comparison.columns.count() <= MAX_PICTURED_SOURCES;
    let answers = verdict.answers.iter().map(|answer| VerdictAnswerView {
        question: data.questions[&answer.question].clone(),
        answer: answer.answer.clone(),
        note: answer.note.clone(),
    });
    VerdictView {
        text: verdict.text.clone(),
        answers: answers.collect(),
        columns: verdict.questions.iter().filter(|_| has_picture).filter_map(index).collect(),
    }
}
