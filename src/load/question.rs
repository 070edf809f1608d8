//! Parses a question, `content/questions/<id>.md`: one row of the comparison.

use std::sync::Arc;

use indexmap::IndexMap;
use sourcewise_analysis::passages::useless;

use super::basis::Basis;
use super::choice::parse_choice;
use super::front_matter::{self, MarkdownSource};
use super::labels;
use super::problems::useless_term;
use super::table::Table;
use super::toml_line::quoted;
use super::toml_problems::misplaced;
use crate::files::{FileId, Span, Spanned};
use crate::ids::{GroupId, PositionId, QuestionId, slug};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

/// The keys of a question that belong above `[positions]`.
pub const QUESTION_KEYS: &[&str] = &["title", "short", "order", "terms", "relation", "group", "weight"];

/// How different answers to one question relate to each other. Only the site's author can judge this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The answers can't all be true.
    Conflict,
    /// Some answers say more than others, without contradicting them.
    Detail,
    /// Each answer adds something.
    Several,
}

impl Relation {
    /// Returns the word of the question's file, which is also in `compare.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Detail => "detail",
            Self::Several => "several",
        }
    }
}

const RELATIONS: [Relation; 3] = [Relation::Conflict, Relation::Detail, Relation::Several];

/// How much space the comparison gives a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    #[default]
    Normal,
    /// The matrix shows the question's row on request.
    Minor,
}

const WEIGHTS: [(&str, Weight); 2] = [("normal", Weight::Normal), ("minor", Weight::Minor)];

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
    /// The group in which the comparison lists the question; `None` if it is in none.
    pub group: Option<GroupId>,
    pub weight: Weight,
    /// How different answers relate, if the author says so.
    pub relation: Option<Relation>,
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
    groups: &IndexMap<GroupId, String>,
    problems: &mut Problems,
) -> Option<Question> {
    let (table, body) = front_matter::split(file, text, problems)?;
    let mut table = table.with_top_keys(QUESTION_KEYS);
    let has_unread_positions = table.has_syntax_errors();
    let positions = table.table("positions", problems);
    let mut positions = positions.map_or_else(Vec::new, |positions| positions.into_texts(problems));
    // If there is no `title` above `[positions]` but one below, that one is the misplaced title, and not the label
    // of a position.
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
        group: table.text("group", problems).and_then(|group| known_group(&group, groups, problems)),
        weight: table
            .text("weight", problems)
            .and_then(|word| parse_choice("weight", &word, &WEIGHTS, problems))
            .unwrap_or_default(),
        relation: table.text("relation", problems).and_then(|word| {
            parse_choice("relation", &word, &RELATIONS.map(|of| (of.as_str(), of)), problems)
        }),
        terms_span: terms.first().map(|term| term.span),
        terms: terms.into_iter().map(|term| term.value).collect(),
        positions: labels::read("a position", positions, PositionId::parse, problems),
        has_unread_positions,
        id,
        body: Some(body),
        basis: Basis::Editor,
    };
    table.finish(problems);
    Some(question)
}

/// Returns the group if `site.toml` lists it, otherwise records a problem.
fn known_group(
    written: &Spanned<String>,
    groups: &IndexMap<GroupId, String>,
    problems: &mut Problems,
) -> Option<GroupId> {
    let known = groups.keys().find(|id| id.as_str() == written.value).cloned();
    if known.is_none() {
        problems.push(unknown_group(written, groups));
    }
    known
}

/// A question's `group` that `site.toml` doesn't list.
fn unknown_group(written: &Spanned<String>, groups: &IndexMap<GroupId, String>) -> Problem {
    let is_label =
        |(id, label): (&GroupId, &String)| (*label == written.value).then(|| id.as_str().to_owned());
    let near = groups
        .iter()
        .find_map(is_label)
        .or_else(|| nearest_name(&written.value, groups.keys().map(GroupId::as_str)).map(str::to_owned));
    let help = near.map_or_else(
        || help_for_new_group(&written.value),
        |id| format!("write `group = \"{id}\"`, or leave the key out"),
    );
    let message = format!("`site.toml` has no group `{}`", written.value);
    Problem::error(Code::UnknownGroup, written.span, message, help)
}

/// Help for a group that is like none of `site.toml`: how to add it, with the id that its name becomes.
fn help_for_new_group(written: &str) -> String {
    let id = Some(slug(written)).filter(|id| !id.is_empty()).unwrap_or_else(|| "id".to_owned());
    let place = "below `[groups]` in `site.toml`";
    if id == written {
        return format!("add the line `{id} = \"…\"` (its title for readers) {place}");
    }
    format!("write `group = \"{id}\"`, and add the line `{id} = {}` {place}", quoted(written))
}

/// Reads the terms. Reports those that are never found as their author means them, but keeps them.
fn read_terms(table: &mut Table<'_>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let terms = table.texts("terms", problems);
    let reasons = terms.iter().filter_map(|term| Some((term, useless(&term.value)?)));
    problems.extend(reasons.map(|(term, reason)| useless_term(term, reason)));
    terms
}
