//! Parses `[verdict]` in the front matter of a page: the short answer that the page begins with.

use super::table::Table;
use crate::files::Spanned;
use crate::problem::Problems;

/// The short answer of a page. Its questions are not checked yet.
#[derive(Clone, Debug)]
pub struct VerdictDraft {
    /// A sentence that sums up the answers.
    pub text: Option<String>,
    /// The questions that the page's picture shows, a column each; empty for those of `answers`.
    pub questions: Vec<Spanned<String>>,
    pub answers: Vec<VerdictAnswerDraft>,
}

/// The short answer to one question, in the words of the site's author.
#[derive(Clone, Debug)]
pub struct VerdictAnswerDraft {
    /// The question's id; `None` if it is missing, which is already a problem.
    pub question: Option<Spanned<String>>,
    pub answer: String,
    /// What the answer rests on, in a sentence or two.
    pub note: Option<String>,
}

pub(super) fn read(mut table: Table<'_>, problems: &mut Problems) -> VerdictDraft {
    let answers = table.tables("answer", problems).into_iter().map(|table| read_answer(table, problems));
    let answers = answers.collect();
    let verdict = VerdictDraft {
        text: table.text("text", problems).map(|text| text.value),
        questions: table.texts("questions", problems),
        answers,
    };
    table.finish(problems);
    verdict
}

fn read_answer(mut table: Table<'_>, problems: &mut Problems) -> VerdictAnswerDraft {
    let answer = VerdictAnswerDraft {
        question: table.required_text("question", "cause", problems),
        answer: table
            .required_text("answer", "A lamp, say both reports.", problems)
            .map_or_else(String::new, |answer| answer.value),
        note: table.text("note", problems).map(|note| note.value),
    };
    table.finish(problems);
    answer
}
