//! Checks the questions that the `[verdict]` of a page names.

use indexmap::IndexSet;

use super::checked::{Checked, Findings};
use super::context::Context;
use crate::files::Spanned;
use crate::ids::QuestionId;
use crate::load::VerdictDraft;

/// The short answer that a page begins with.
#[derive(Debug)]
pub struct Verdict {
    /// A sentence that sums up the answers.
    pub text: Option<String>,
    /// The questions that the page's picture shows, a column each, without repetitions.
    pub questions: IndexSet<QuestionId>,
    pub answers: Vec<VerdictAnswer>,
}

/// The short answer to one question, in the words of the site's author.
#[derive(Debug)]
pub struct VerdictAnswer {
    pub question: QuestionId,
    pub answer: String,
    /// What the answer rests on.
    pub note: Option<String>,
}

/// Drops answers and columns whose question doesn't exist, and reports them.
pub(super) fn check_verdict(context: &Context<'_>, draft: VerdictDraft) -> Checked<Verdict> {
    let mut findings = Findings::default();
    let mut known = |written: &Spanned<String>| findings.add(context.question_id(written));
    let answers = draft.answers.into_iter().filter_map(|answer| {
        let question = known(&answer.question?)?;
        Some(VerdictAnswer { question, answer: answer.answer, note: answer.note })
    });
    let answers: Vec<VerdictAnswer> = answers.collect();
    let mut questions: IndexSet<QuestionId> = draft.questions.iter().filter_map(&mut known).collect();
    if questions.is_empty() {
        questions = answers.iter().map(|answer| answer.question.clone()).collect();
    }
    Checked { value: Verdict { text: draft.text, questions, answers }, findings }
}
