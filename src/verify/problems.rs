//! The problems of the verify phase: a function for each, with its message and help.

use sourcewise_quotes::DivisionKind;
use sourcewise_quotes::divisions::clock;

use super::citation::CitationError;
use super::locator::Locator;
use crate::files::{Span, Spanned};
use crate::ids::slug;
use crate::load::{RECORD_KEYS, misplaced_key};
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// If no name is similar to the written one, a help lists the existing names, up to this number.
const MAX_LISTED_NAMES: usize = 8;

/// Suggests the name that was meant, or else the existing names and how to add this one. `what` is `source` or
/// `question`.
fn did_you_mean<'a>(
    written: &str,
    what: &str,
    known: impl Iterator<Item = &'a str>,
    how_to_add: &str,
) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(name) = nearest_name(written, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    match known.as_slice() {
        [] => how_to_add.to_owned(),
        [only] => format!("use `{only}`, the only {what}, or {how_to_add}"),
        _ => format!("use one of {}, or {how_to_add}", listed(&known)),
    }
}

/// Joins the names, up to [`MAX_LISTED_NAMES`], and adds `…` if there are more.
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(MAX_LISTED_NAMES).map(|name| format!("`{name}`"));
    let list = shown.collect::<Vec<_>>().join(", ");
    if names.len() > MAX_LISTED_NAMES { format!("{list}, …") } else { list }
}

pub(super) fn unknown_question<'a>(
    written: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let help = if RECORD_KEYS.contains(&written.value.as_str()) {
        format!("below `[silent]`, each key is a question; {}", misplaced_key(&written.value))
    } else {
        let how_to_add = format!("write the question in `content/questions/{}.md`", slug(&written.value));
        did_you_mean(&written.value, "question", known, &how_to_add)
    };
    Problem::error(
        Code::UnknownQuestion,
        written.span,
        format!("there is no question `{}`", written.value),
        help,
    )
}

/// `known` are the question's positions, each with its label.
pub(super) fn unknown_position<'a>(
    written: &Spanned<String>,
    question: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Problem {
    let key = slug(&written.value);
    let how_to_add = format!("add `{key} = \"…\"` under `[positions]` in `content/questions/{question}.md`");
    let (known, labels): (Vec<&str>, Vec<&str>) = known.unzip();
    let of_label = || {
        let label = nearest_name(&written.value, labels.iter().copied())?;
        known.get(labels.iter().position(|other| *other == label)?).copied()
    };
    let near = nearest_name(&written.value, known.iter().copied()).or_else(of_label);
    let help = match (near, known.as_slice()) {
        (Some(name), _) if labels.iter().any(|label| *label == written.value) => {
            format!("`position` takes the id of a position, not its label: write `position = \"{name}\"`")
        }
        (Some(name), _) => format!("did you mean `position = \"{name}\"`?"),
        (None, []) => format!(
            "`{question}` has no `[positions]` yet: add the lines `[positions]` and `{key} = \"…\"` (its label for \
             readers) above the closing `+++` in `content/questions/{question}.md`"
        ),
        (None, [only]) => format!("write `position = \"{only}\"`, the only one, or {how_to_add}"),
        (None, _) => format!("write `position = \"…\"` with one of {}, or {how_to_add}", listed(&known)),
    };
    let message = format!("the question `{question}` has no position `{}`", written.value);
    Problem::error(Code::UnknownPosition, written.span, message, help)
}

pub(super) fn unknown_source<'a>(written: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Problem {
    let id = slug(&written.value);
    let how_to_add = format!(
        "save the document as `seeds/{id}.pdf` (or `.txt`, `.html` …), or write `seeds/{id}.toml` with a line \
         `title = \"…\"`"
    );
    let help = did_you_mean(&written.value, "source", known, &how_to_add);
    Problem::error(Code::UnknownSource, written.span, format!("there is no source `{}`", written.value), help)
}

pub(super) fn unknown_origin<'a>(written: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Problem {
    let help = if let Some(name) = nearest_name(&written.value, known) {
        format!("did you mean `{name}`?")
    } else {
        let id = slug(&written.value);
        let here = if id == written.value { String::new() } else { format!(", and write `\"{id}\"` here") };
        format!("add the lines `[origins.{id}]` and `name = \"…\"` to `site.toml`{here}")
    };
    let message = format!("there is no origin or source `{}`", written.value);
    Problem::error(Code::UnknownSource, written.span, message, help)
}

pub(super) fn answer_and_silence(question: &Spanned<String>) -> Problem {
    Problem::error(
        Code::AnswerAndSilence,
        question.span,
        format!("this record answers `{}` and also lists it under `silent`", question.value),
        format!("remove `{0}` from `silent`, or remove the answer to `{0}`", question.value),
    )
}

pub(super) fn silent_twice(question: &Spanned<String>) -> Problem {
    Problem::error(
        Code::DuplicateId,
        question.span,
        format!("`{}` is listed twice under `silent`", question.value),
        "remove one of the two entries",
    )
}

pub(super) fn circular_origin(ids: &[String], span: Span) -> Problem {
    let (message, help) = match ids {
        [id, _] => {
            (format!("the source `{id}` rests on itself"), format!("remove `{id}` from its own `rests_on`"))
        }
        ids => (
            format!("these sources rest on one another in a circle: {}", ids.join(" → ")),
            "find the source that reported first, and remove the others from its `rests_on`".to_owned(),
        ),
    };
    Problem::error(Code::CircularOrigin, span, message, help)
}

pub(super) fn bad_citation(written: &str, error: &CitationError, span: Span) -> Problem {
    let what = if written.starts_with("[?") { "marker" } else { "citation" };
    let message = format!("`{written}` is not a valid {what}: {}", error.reason);
    Problem::error(Code::BadCitation, span, message, error.help.as_str())
}

/// A citation names a place, but its quote is elsewhere, at `right`. `is_counted` is true for pages without printed
/// numbers.
pub(super) fn wrong_place(
    source: &str,
    written: &Locator,
    right: &str,
    is_counted: bool,
    span: Span,
) -> Problem {
    let message =
        format!("the document of `{source}` has these words at `{right}`, not at `{}`", written.text);
    let problem = Problem::warning(Code::WrongPlace, span, message, format!("write `{right}`"));
    if is_counted { problem.note(COUNTED_PAGES) } else { problem }
}

/// A citation names a page, chapter or time after the last one.
pub(super) fn no_such_place(
    source: &str,
    written: &Locator,
    kind: DivisionKind,
    highest: usize,
    span: Span,
) -> Problem {
    let what = match kind {
        DivisionKind::Page => "page",
        DivisionKind::Chapter => "chapter",
        DivisionKind::Time => "time",
    };
    let last = if kind == DivisionKind::Time { clock(highest) } else { highest.to_string() };
    let message =
        format!("the document of `{source}` has nothing at `{}`: its last {what} is {last}", written.text);
    let problem = Problem::warning(Code::WrongPlace, span, message, format!("correct the {what}"));
    if kind == DivisionKind::Page { problem.note(COUNTED_PAGES) } else { problem }
}

const COUNTED_PAGES: &str =
    "if a PDF does not state its printed page numbers, its pages are counted from the first";

/// The id of a source or question that is not written as a citation or marker. `meant` is the right form; `as_text` is
/// how to write the same characters as plain text.
pub(super) fn mistyped_id(written: &str, meant: &str, as_text: &str, span: Span) -> Problem {
    let (what, shown) = if meant.starts_with("[?") { ("marker", "question") } else { ("citation", "source") };
    Problem::warning(
        Code::BadCitation,
        span,
        format!("`{written}` names a {shown}, but a {what} is written `{meant}`, so this is shown as text"),
        format!("write `{meant}`; to show the characters themselves, write `{as_text}`"),
    )
}

pub(super) fn heading_taken(id: &str, span: Span) -> Problem {
    Problem::error(
        Code::DuplicateId,
        span,
        format!("another heading on this page already has the id `{id}`"),
        format!("change one of the two `{{#{id}}}`, or remove it"),
    )
}

pub(super) fn bad_heading_id(id: &str, span: Span) -> Problem {
    Problem::error(
        Code::BadId,
        span,
        format!("`{id}` is not a valid id for a heading"),
        format!("write `{{#{}}}`: ids consist of letters, digits, `_` and single `-`", slug(id)),
    )
}

pub(super) fn stale_lock(span: Span) -> Problem {
    Problem::warning(
        Code::StaleLock,
        span,
        "the lock file is out of date: quotes or documents have changed since it was written",
        "run `sourcewise verify` on a machine that has the documents, and pass the new `seeds/quotes.lock` on (in Git, \
         commit it)",
    )
}

pub(super) fn origin_and_source(written: &Spanned<String>) -> Problem {
    Problem::error(
        Code::DuplicateId,
        written.span,
        format!("`{}` is the id of both a source and an origin", written.value),
        format!("rename or remove `[origins.{}]` in `site.toml`", written.value),
    )
}

/// A record without a document, and the document `other` without a record, whose ids are similar.
pub(super) fn half_renamed(source: &str, other: &str, span: Span) -> Problem {
    Problem::warning(
        Code::DocumentMissing,
        span,
        format!("the record `{source}` has no document, and the document `{other}` has no record"),
        "if they belong together, give them the same name, or write the document's file name into the record: \
         `document = \"…\"`; if not, accept this warning by its id: see `sourcewise help checks`",
    )
}

pub(super) fn document_changed(source: &str, span: Span) -> Problem {
    Problem::error(
        Code::DocumentChanged,
        span,
        format!("the document of `{source}` has changed since the lock file was written"),
        "if the new document is right, run `sourcewise verify`; otherwise restore the old document",
    )
    .label("fingerprint of the old document")
}

pub(super) fn uncited(span: Span) -> Problem {
    Problem::warning(
        Code::Uncited,
        span,
        "this paragraph makes a statement without a citation",
        "add `[@source]` if the statement rests on a source; otherwise you can leave it as it is",
    )
}

pub(super) fn unreadable_quotation(span: Span) -> Problem {
    Problem::error(
        Code::BadCitation,
        span,
        "this block quotation can't be verified: it must contain only words of one source, and a citation at its end",
        "write `> words of the document [@source]`, and put your own words outside the quotation",
    )
}

pub(super) fn unknown_note(label: &str, span: Span) -> Problem {
    Problem::warning(
        Code::UnknownNote,
        span,
        format!("this page has no footnote `{label}`, so `[^{label}]` is shown as text"),
        format!(
            "add a line `[^{label}]: …` to this page, or correct the name; to show the characters themselves, write \
             `\\[^{label}]`"
        ),
    )
}

/// Block quotations and lists that are nested more than `max` deep.
pub(super) fn nested_too_deep(max: usize, span: Span) -> Problem {
    Problem::error(
        Code::NestedTooDeep,
        span,
        format!("block quotations and lists are nested more than {max} deep here"),
        "remove `>` or list marks at the start of the line",
    )
}
