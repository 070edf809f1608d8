//! Formats problems for printing: for people, as JSON, and as GitHub annotations. No other file uses the crate
//! `annotate_snippets`.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;
use textwrap::core::Word;
use textwrap::{WordSeparator, WordSplitter};

use crate::files::{Files, LineColumn};
use crate::problem::{Problem, Severity};
pub use crate::text::pluralize;
use crate::text::{visible, visible_line, without_ci_commands};

/// Width of the output for people. If a line of a file is longer, only the part around the span is printed.
const MAX_LINE_CHARS: usize = 80;
/// The renderer gets at most this many bytes of text on each side of a span: more than it can print, so that it still
/// marks where it cuts a line. It reads all that it gets for each problem, and a long line may have many problems.
const MAX_BYTES_BESIDE_SPAN: usize = 4 * MAX_LINE_CHARS * 4;
/// Width of the text of a note or help. The rest of the line is for line numbers (5) and the prefix ` = help: ` (9).
const MAX_NOTE_CHARS: usize = MAX_LINE_CHARS - 14;
/// The character that begins an ANSI colour sequence.
const ESCAPE: &str = "\u{1b}";

/// The forms in which `build` and `check` print problems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: each problem with its line and help.
    #[default]
    Human,
    /// For programs: one JSON object with `problems`, `errors`, `warnings`, `accepted` if there is a baseline, and
    /// `failure` if the command could not run.
    Json,
    /// For GitHub Actions: GitHub shows each problem beside its line.
    Github,
}

/// Options of [`Format::Human`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    pub colour: bool,
    /// Whether to print the ids of problems that a baseline may accept.
    pub ids: bool,
}

/// Formats the number of errors and warnings: `2 errors, 1 warning`.
pub fn counts(problems: &[Problem]) -> String {
    match (count(problems, Severity::Error), count(problems, Severity::Warning)) {
        (0, warnings) => pluralize(warnings, "warning"),
        (errors, 0) => pluralize(errors, "error"),
        (errors, warnings) => format!("{}, {}", pluralize(errors, "error"), pluralize(warnings, "warning")),
    }
}

fn count(problems: &[Problem], severity: Severity) -> usize {
    problems.iter().filter(|problem| problem.severity == severity).count()
}

/// Formats problems for people, in the style of rustc.
pub fn human(problems: &[Problem], files: &Files, style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(MAX_LINE_CHARS);
    let mut out = String::new();
    for problem in problems {
        let text = render_one(problem, files, style, &renderer);
        // The rendered text contains lines of the file, whose control characters must become visible. Escape characters
        // are different: the renderer has replaced those of the file, so the ones that remain are its own colours.
        let parts: Vec<_> = text.split(ESCAPE).map(visible).collect();
        out.push_str(&without_ci_commands(&parts.join(ESCAPE)));
        out.push_str("\n\n");
    }
    out
}

/// Breaks a text into lines of [`MAX_NOTE_CHARS`]. Words with a backtick, such as ids, and lines of TOML in backticks
/// stay whole, however long, because they are there to be copied.
fn wrap(text: &str) -> String {
    let splitter = WordSplitter::Custom(|word| {
        let is_whole = word.contains([' ', '`']);
        if is_whole { Vec::new() } else { WordSplitter::HyphenSplitter.split_points(word) }
    });
    let options = textwrap::Options::new(MAX_NOTE_CHARS)
        .break_words(false)
        .word_separator(WordSeparator::Custom(|line| Box::new(words(line).into_iter())))
        .word_splitter(splitter);
    textwrap::fill(&visible(text), options)
}

/// Splits a text at spaces, except within a line of TOML in backticks: code that contains ` = `.
fn words(text: &str) -> Vec<Word<'_>> {
    let (mut words, mut word_start, mut is_after_space) = (Vec::new(), 0, false);
    let (mut is_code, mut is_whole) = (false, false);
    for (at, c) in text.char_indices() {
        if is_after_space && c != ' ' && !is_whole {
            words.push(Word::from(&text[word_start..at]));
            word_start = at;
        }
        is_after_space = c == ' ';
        if c == '`' {
            is_code = !is_code;
            is_whole = is_code && text[at + 1..].split('`').next().is_some_and(|code| code.contains(" = "));
        }
    }
    words.push(Word::from(&text[word_start..]));
    words
}

fn render_one(problem: &Problem, files: &Files, style: Style, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // The renderer reads all of the text that it is given, so it gets only the lines of the span.
    let (text, text_start) = files.lines_of(problem.span);
    let end = problem.span.end.saturating_sub(text_start).min(text.len());
    let start = problem.span.start.saturating_sub(text_start).min(end);
    let from = text.floor_char_boundary(start.saturating_sub(MAX_BYTES_BESIDE_SPAN));
    let to = text.ceil_char_boundary(end.saturating_add(MAX_BYTES_BESIDE_SPAN).min(text.len()));
    let (text, start, end) = (&text[from..to], start - from, end - from);
    let annotation = AnnotationKind::Primary.span(start..end);
    let annotation = match problem.label.as_str() {
        "" => annotation,
        label => annotation.label(visible_line(label)),
    };
    let LineColumn { line, column } = files.line_column(problem.span);
    let path = visible_line(files.path(problem.span.file));
    let mut group = level
        .primary_title(visible_line(&problem.message))
        .id(problem.code.as_str())
        .element(Snippet::source(text).line_start(line).path(path.clone()).annotation(annotation));
    for note in &problem.notes {
        group = group.element(Level::NOTE.message(wrap(note)));
    }
    group = group.element(Level::HELP.message(wrap(&problem.help)));
    if style.ids && problem.is_acceptable() {
        group = group.element(Level::NOTE.with_name("id").message(problem.id.as_str()));
    }
    let printed = renderer.render(&[group]);
    // The renderer counts columns from where the line was cut.
    let printed_column = text[..start].chars().count() + 1;
    if printed_column == column {
        return printed;
    }
    let [wrong, right] = [printed_column, column].map(|column| format!("{path}:{line}:{column}"));
    printed.replacen(&wrong, &right, 1)
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    code: &'a str,
    id: &'a str,
    severity: &'a str,
    message: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    help: &'a str,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    problems: Vec<JsonProblem<'a>>,
    /// Why the command could not run, or could not finish.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a str>,
    errors: usize,
    warnings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<usize>,
}

pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Formats problems as one JSON object. `accepted` is the number of problems that a baseline accepts; `None` without a
/// baseline. `failure` is why the command could not run, which counts as an error.
///
/// # Panics
/// Never: strings and numbers serialize to JSON.
pub fn json(problems: &[Problem], files: &Files, accepted: Option<usize>, failure: Option<&str>) -> String {
    let report = JsonReport {
        errors: count(problems, Severity::Error) + usize::from(failure.is_some()),
        failure,
        warnings: count(problems, Severity::Warning),
        accepted,
        problems: problems
            .iter()
            .map(|problem| {
                let position = files.line_column(problem.span);
                JsonProblem {
                    code: problem.code.as_str(),
                    id: &problem.id,
                    severity: severity_word(problem.severity),
                    message: &problem.message,
                    path: files.path(problem.span.file),
                    line: position.line,
                    column: position.column,
                    label: &problem.label,
                    notes: &problem.notes,
                    help: &problem.help,
                }
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).expect("strings and numbers serialize to JSON");
    text.push('\n');
    text
}

/// Formats problems as GitHub annotations.
///
/// The format is that of "Workflow commands for GitHub Actions": `%`, CR and LF are escaped everywhere, `:` and `,`
/// also in properties such as `file=`.
pub fn github(problems: &[Problem], files: &Files) -> String {
    let property = |text: &str| github_data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for problem in problems {
        let position = files.line_column(problem.span);
        let mut message = problem.message.clone();
        for note in &problem.notes {
            message.push_str("\nnote: ");
            message.push_str(note);
        }
        message.push_str("\nhelp: ");
        message.push_str(&problem.help);
        if problem.is_acceptable() {
            message.push_str("\nid: ");
            message.push_str(&problem.id);
        }
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "::{} file={},line={},col={},title={}::{}",
            severity_word(problem.severity),
            property(&visible(files.path(problem.span.file))),
            position.line,
            position.column,
            property(problem.code.as_str()),
            github_data(&visible(&message)),
        );
    }
    out
}

/// Formats why a command could not run as a GitHub annotation.
pub fn github_failure(message: &str) -> String {
    format!("::error title=could not run::{}\n", github_data(&visible(message)))
}

fn github_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
