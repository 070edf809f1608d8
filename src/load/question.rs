//! Parses a question, `content/questions/<id>.md`: one row of the comparison.

use std::sync::Arc;

use indexmap::IndexMap;
use sourcewise_analysis::passages::useless;

use super::basis::Basis;
use super::front_matter::{self, MarkdownSource};
use super::problems::{bad_id, id_of_label, labelled_id_help, useless_term};
use super::table::Table;
use super::toml_line::{key_of, quoted};
use super::toml_problems::misplaced;
use crate::files::{FileId, Span, Spanned};
use crate::ids::{PositionId, QuestionId};
use crate::problem::Problems;

/// The keys of a question that belong above `[positions]`.
pub const QUESTION_KEYS: &[&str] = &["title", "short", "order", "terms"];

/// A question that every source is compared on.
#[derive(Clone, Debug)]
pub struct Question {
    pub id: QuestionId,
    /// Whether the site's author wrote the question, or a rule found it as a topic.
    pub basis: Basis,
    pub title: String,
    /// A shorter form of the title, for the comparison and for navigation.
    pub short: Option<String>,
    /// Sort key among the questions: lower numbers first, questions without one last.
    pub order: Option<u32>,
    /// Words and phrases to search documents for. A passage must contain one; without terms, a word of the title.
    pub terms: Vec<String>,
    /// The place of the first term in the file; `None` if there are no terms.
    pub terms_span: Option<Span>,
    /// The possible answers, each with its label, in the order of the file.
    pub positions: IndexMap<PositionId, String>,
    /// Whether the front matter has a syntax error, so that positions may be missing. The problem is already recorded.
    pub has_unread_positions: bool,
    /// The text of the question's page; `None` if a rule found the question.
    pub body: Option<MarkdownSource>,
}

pub(super) fn read(
    id: QuestionId,
    file: FileId,
    text: &Arc<str>,
    problems: &mut Problems,
) -> Option<Question> {
    let (table, body) = front_matter::split(file, text, problems)?;
    let mut table = table.with_top_keys(QUESTION_KEYS);
    let has_unread_positions = table.has_syntax_errors();
    let positions = table.table("positions", problems);
    let mut positions = positions.map_or_else(Vec::new, |positions| positions.into_texts(problems));
    // A title that is missing above and present below `[positions]` is not the label of a position.
    let below = positions.iter().position(|(key, _)| key.value == "title" && !table.has("title"));
    let title = if let Some(below) = below {
        problems.push(misplaced(&positions.remove(below).0));
        None
    } else {
        table.required_text("title", "What set fire to the mill?", problems)
    };
    let terms = read_terms(&mut table, problems);
    let question = Question {
        title: title.map_or_else(|| id.to_string(), |title| title.value),
        short: table.text("short", problems).map(|short| short.value),
        order: table.number("order", problems).map(|order| order.value),
        terms_span: terms.first().map(|term| term.span),
        terms: terms.into_iter().map(|term| term.value).collect(),
        positions: positions
            .into_iter()
            .filter_map(|(key, label)| read_position(&key, label.value, problems))
            .collect(),
        has_unread_positions,
        id,
        body: Some(body),
        basis: Basis::Editor,
    };
    table.finish(problems);
    Some(question)
}

/// Reads the terms. Reports those that are never found as their author means them, but keeps them.
fn read_terms(table: &mut Table<'_>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let terms = table.texts("terms", problems);
    let reasons = terms.iter().filter_map(|term| Some((term, useless(&term.value)?)));
    problems.extend(reasons.map(|(term, reason)| useless_term(term, reason)));
    terms
}

fn read_position(
    key: &Spanned<String>,
    label: String,
    problems: &mut Problems,
) -> Option<(PositionId, String)> {
    let Some(id) = PositionId::parse(&key.value) else {
        let id = Some(id_of_label(&key.value)).filter(|id| !id.is_empty());
        let line = format!("{} = {}", key_of(id.as_deref().unwrap_or("id")), quoted(&label));
        problems.push(bad_id("a position", &key.value, labelled_id_help(&line), key.span));
        return None;
    };
    Some((id, if label.is_empty() { key.value.clone() } else { label }))
}
