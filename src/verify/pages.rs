//! Checks the texts of pages and questions, and determines the path of each in the finished site. `markdown` checks a
//! single text.

use super::checked::Checked;
use super::context::Context;
use super::links::{TextLocation, page_path, question_path};
use super::markdown::check_markdown;
use super::verdict::check_verdict;
use super::{Page, Question};
use crate::load::{self, PageDraft};

pub(super) fn check_page(context: &Context<'_>, draft: PageDraft) -> Checked<Page> {
    let path = page_path(&draft.path);
    let Checked { value: text, mut findings } =
        check_markdown(context, &draft.body, &TextLocation::of_file(&draft.path, &path));
    let verdict = draft.verdict.map(|verdict| findings.add(check_verdict(context, verdict)));
    Checked { value: Page { path, head: draft.head, verdict, text, span: draft.span }, findings }
}

pub(super) fn check_question(context: &Context<'_>, draft: load::Question) -> Checked<Question> {
    let path = question_path(&draft.id);
    let location = TextLocation::of_file(&format!("questions/{}.md", draft.id), &path);
    let text = draft.body.map(|body| check_markdown(context, &body, &location));
    let Checked { value: text, findings } =
        text.unwrap_or_else(|| Checked::clean(super::CheckedMarkdown::default()));
    let value = Question {
        text,
        basis: draft.basis,
        terms: draft.terms,
        relation: draft.relation,
        group: draft.group,
        weight: draft.weight,
        short: draft.short.unwrap_or_else(|| draft.title.clone()),
        id: draft.id,
        title: draft.title,
        positions: draft.positions,
    };
    Checked { value, findings }
}
