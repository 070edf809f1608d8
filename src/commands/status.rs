//! `sourcewise status`: prints how far the work is, for people or as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Outcome, find_project, prefix, print, print_exactly};
use crate::cli::{StatusArgs, StatusFormat};
use crate::error::Error;
use crate::find::Scope;
use crate::pipeline::{Compared, run_to_comparison};
use crate::progress::Progress as CommandProgress;
use crate::report::pluralize;
use crate::status::{CellState, Counts, Progress, Status};
use crate::text::one_line;

/// Longer titles are cut in the tables, so that a line fits into 80 columns.
const MAX_TITLE_CHARS: usize = 28;

pub(super) fn run(args: &StatusArgs, progress: &CommandProgress) -> Result<Outcome, Error> {
    let project = find_project(&args.site)?;
    let compared = run_to_comparison(&project, prefix(&project.root), Scope::All, progress)?;
    progress.end_step();
    let Compared { problems, verified, comparison, found, .. } = &compared;
    let status = Status::of(verified, comparison, found);
    let errors = problems.count_errors();
    match args.format {
        StatusFormat::Human => print(&for_people(&status, errors, found.topics().len()))?,
        StatusFormat::Json => print_exactly(&json(&status, errors))?,
    }
    Ok(if errors > 0 { Outcome::Problems } else { Outcome::Fine })
}

#[derive(Serialize)]
struct JsonStatus<'a> {
    /// Number of errors in the site's files. If there are any, the states of cells can be wrong.
    errors: usize,
    #[serde(flatten)]
    status: &'a Status,
}

fn json(status: &Status, errors: usize) -> String {
    let mut text = serde_json::to_string_pretty(&JsonStatus { errors, status })
        .expect("strings and numbers serialize to JSON");
    text.push('\n');
    text
}

fn for_people(status: &Status, errors: usize, topics: usize) -> String {
    let mut out = String::new();
    if status.questions.is_empty() {
        let proposed = match topics {
            0 => String::new(),
            topics => format!("; rules propose {}", pluralize(topics, "topic")),
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "no questions yet for {}{proposed}\nwrite one in content/questions/; see: sourcewise help questions",
            pluralize(status.sources.len(), "source")
        );
    } else {
        let Counts { read, cells, .. } = status.counts;
        let _ = writeln!(out, "{read} of {} read: {}", pluralize(cells, "cell"), listed(status.counts));
        push_table(&mut out, "Questions", &status.questions);
        push_table(&mut out, "Sources", &status.sources);
        if let Some(next) = status.next() {
            let _ = writeln!(out, "\nnext: {} in {} ({})", next.question, next.source, meaning(next.state));
        }
    }
    if errors > 0 {
        let _ = writeln!(
            out,
            "\n{} in the site's files, so some cells may be counted wrongly; see: sourcewise check",
            pluralize(errors, "error")
        );
    }
    out
}

/// Lists the states that occur, with their numbers.
fn listed(counts: Counts) -> String {
    let states = CellState::ALL.into_iter().filter(|state| counts.of(*state) > 0);
    let listed: Vec<String> =
        states.map(|state| format!("{} {}", counts.of(state), meaning(state))).collect();
    listed.join(", ")
}

/// Returns the words with which the command prints a state.
fn meaning(state: CellState) -> &'static str {
    match state {
        CellState::Answered => "answered",
        CellState::Draft => "to be edited",
        CellState::Suggested => "suggested by rule",
        CellState::Silent => "silent",
        CellState::Unexamined => "not examined",
    }
}

fn push_table(out: &mut String, heading: &str, lines: &[Progress]) {
    // Columns for work that is left; a column without any figure is left out.
    let columns = [("to edit", CellState::Draft), ("suggested", CellState::Suggested)];
    let used = columns.iter().filter(|(_, state)| lines.iter().any(|line| line.counts.of(*state) > 0));
    let columns: Vec<&(&str, CellState)> = used.collect();
    let heads = columns.iter().map(|(head, _)| (*head).to_owned());
    out.push('\n');
    push_line(out, heading, "read", heads, "id");
    for Progress { id, title, counts } in lines {
        let read = format!("{} of {}", counts.read, counts.cells);
        let figures = columns.iter().map(|(_, state)| match counts.of(*state) {
            0 => String::new(),
            count => count.to_string(),
        });
        push_line(out, &short_title(title), &read, figures, id);
    }
}

fn push_line(out: &mut String, title: &str, read: &str, figures: impl Iterator<Item = String>, id: &str) {
    // Writing to a string does not fail.
    let _ = write!(out, "{title:MAX_TITLE_CHARS$}  {read:>9}");
    for figure in figures {
        let _ = write!(out, "  {figure:>9}");
    }
    let _ = writeln!(out, "  {id}");
}

/// Puts a title on one line, and cuts it to [`MAX_TITLE_CHARS`] with an ellipsis.
fn short_title(title: &str) -> String {
    let title = one_line(title);
    if title.chars().count() <= MAX_TITLE_CHARS {
        return title;
    }
    let cut: String = title.chars().take(MAX_TITLE_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}
