//! The problems of the verify phase: a function for each, with its message and help.

use std::collections::BTreeSet;

use sourcewise_quotes::{LockedQuote, Nearest};

use crate::files::{Span, Spanned};
use crate::ids::slug;
use crate::load::{RECORD_KEYS, misplaced_key};
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// If no name is similar to the written one, a help lists the valid names up to this number.
const MAX_LISTED_NAMES: usize = 8;

/// Returns a help that suggests the most similar name, or else lists the valid names; `none` if there are no valid names.
fn did_you_mean<'a>(written: &str, known: impl Iterator<Item = &'a str>, none: &str) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(name) = nearest_name(written, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    if known.is_empty() {
        return none.to_owned();
    }
    if let [only] = known.as_slice() {
        return format!("the only one is `{only}`");
    }
    let mut list =
        known.iter().take(MAX_LISTED_NAMES).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if known.len() > MAX_LISTED_NAMES {
        list.push_str(", …");
    }
    format!("use one of {list}")
}

pub(super) fn unknown_question<'a>(
    written: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let help = if RECORD_KEYS.contains(&written.value.as_str()) {
        misplaced_key(&written.value)
    } else {
        did_you_mean(&written.value, known, "write the question first, in `content/questions/<id>.md`")
    };
    Problem::error(
        Code::UnknownQuestion,
        written.span,
        format!("there is no question `{}`", written.value),
        help,
    )
}

pub(super) fn unknown_position<'a>(
    written: &Spanned<String>,
    question: &str,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let none = format!("add it under `[positions]` in `content/questions/{question}.md`");
    let help = did_you_mean(&written.value, known, &none);
    let message = format!("the question `{question}` has no position `{}`", written.value);
    Problem::error(Code::UnknownPosition, written.span, message, help)
}

pub(super) fn unknown_source<'a>(written: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Problem {
    let help = did_you_mean(&written.value, known, "add a record of the source: `seeds/<id>.toml`");
    Problem::error(Code::UnknownSource, written.span, format!("there is no source `{}`", written.value), help)
}

pub(super) fn unknown_origin<'a>(written: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Problem {
    let help = match nearest_name(&written.value, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("add the origin to `site.toml`: `[origins.{}]` with a `name`", slug(&written.value)),
    };
    let message = format!("there is no origin or source `{}`", written.value);
    Problem::error(Code::UnknownSource, written.span, message, help)
}

pub(super) fn answer_and_silence(question: &Spanned<String>) -> Problem {
    Problem::error(
        Code::AnswerAndSilence,
        question.span,
        format!("this record answers `{}` and also lists it under `silent`", question.value),
        "remove the question from `silent`, or remove the answer",
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
        [id, _] => (format!("the source `{id}` rests on itself"), "remove it from `rests_on`"),
        ids => (
            format!("these sources rest on one another in a circle: {}", ids.join(" → ")),
            "remove one of them from `rests_on`",
        ),
    };
    Problem::error(Code::CircularOrigin, span, message, help)
}

pub(super) fn quote_empty(span: Span) -> Problem {
    Problem::error(
        Code::QuoteEmpty,
        span,
        "this quote contains no words from a document",
        "quote a few words, or remove the quote",
    )
}

pub(super) fn quote_too_long(words: usize, limit: usize, span: Span) -> Problem {
    Problem::error(
        Code::QuoteTooLong,
        span,
        format!("this quote has {words} words, but the limit is {limit}"),
        "quote less and write the rest in your own words, or raise `quote_words` under `[limits]` in `site.toml`",
    )
}

pub(super) fn quote_unproved(
    source: &str,
    has_lock: bool,
    near: Option<&LockedQuote>,
    span: Span,
) -> Problem {
    let message = if has_lock {
        format!("the document of `{source}` is missing, and the lock file does not contain this quote")
    } else {
        format!("this quote can't be verified: there is neither a document nor a lock entry of `{source}`")
    };
    let help = "run `sourcewise verify` on a machine that has the document (in `originals/`, or with `--originals DIR`), and \
                commit `seeds/quotes.lock`";
    let problem = Problem::error(Code::QuoteUnproved, span, message, help);
    let problem = if has_lock { problem.label("not in the lock file") } else { problem };
    let Some(near) = near else { return problem };
    problem.note(format!(
        "the most similar quote in the lock file is “{}”, from paragraph {}",
        near.text, near.paragraph
    ))
}

/// The passage that is most similar to a quote that is not in the document.
pub(super) struct Near<'a> {
    pub(super) paragraph: usize,
    /// The passage's text, exactly as in the document.
    pub(super) passage: &'a str,
    pub(super) nearest: &'a Nearest,
}

/// A quote with ellipses whose segments are all in the document, but too far apart or in another order.
pub(super) fn quote_segments_apart(source: &str, span: Span) -> Problem {
    let message =
        format!("these words are in the document of `{source}`, but too far apart or in another order");
    let help = "`…` may leave out text only up to the end of the next paragraph; `[words]` are added to the text: to replace \
                words of the document, write `… [words]`";
    Problem::error(Code::QuoteNotFound, span, message, help)
}

pub(super) fn quote_not_found(
    source: &str,
    near: Option<&Near<'_>>,
    elsewhere: &[&str],
    span: Span,
) -> Problem {
    let message = format!("these words are not in the document of `{source}`");
    let help = match (near, elsewhere) {
        (_, [first, ..]) => format!("they are in the document of `{first}`: did you mean that source?"),
        (Some(near), []) => format!("quote the document exactly: “{}”", near.passage),
        (None, []) => "copy the words from the document; it contains nothing similar".to_owned(),
    };
    let problem = Problem::error(Code::QuoteNotFound, span, message, help);
    let Some(near) = near else { return problem };
    let problem = problem
        .note(format!("the most similar passage is in paragraph {}: “{}”", near.paragraph, near.passage));
    let differences =
        near.nearest.differences.iter().map(|(quoted, actual)| match (quoted.as_str(), actual.as_str()) {
            (quoted, "") => format!("“{quoted}” is not in the document"),
            ("", actual) => format!("“{actual}” is missing from the quote"),
            (quoted, actual) => format!("“{quoted}” is “{actual}” in the document"),
        });
    let differences: Vec<String> = differences.collect();
    let is_case_only = |(quoted, actual): &(String, String)| quoted.to_lowercase() == actual.to_lowercase();
    if !differences.is_empty() && near.nearest.differences.iter().all(is_case_only) {
        return problem
            .note(format!("only capital letters differ, but they must match: {}", differences.join("; ")));
    }
    if differences.is_empty() {
        return problem.note("only punctuation differs");
    }
    problem.note(differences.join("; "))
}

pub(super) fn unreadable_citation(written: &str, reason: &str, span: Span) -> Problem {
    Problem::error(
        Code::BadCitation,
        span,
        format!("invalid citation `{written}`: {reason}"),
        "write `[@source]`, `[@source \"some words\"]`, `[@one; @other]` or `[?question]`",
    )
}

/// Why there is no file at the target of a link.
pub(super) enum BrokenLinkReason<'a> {
    /// The target is a page with `draft = true`.
    Draft,
    /// The target is the feed, which this site does not have.
    NoFeed,
    /// The target is probably misspelt: the path of a similar file.
    Near(&'a str),
    Unknown,
}

pub(super) fn broken_link(written: &str, reason: &BrokenLinkReason<'_>, folder: &str, span: Span) -> Problem {
    let message = format!("`{written}` is not a page or file of this site");
    let help = match reason {
        BrokenLinkReason::Draft => {
            let message = format!("`{written}` is a draft and not part of the site");
            let help = "remove `draft = true` from its front matter, or remove this link";
            return Problem::error(Code::BrokenLink, span, message, help);
        }
        BrokenLinkReason::NoFeed => {
            "there is a feed only with `base_url` in `site.toml`, and with a page that has `updated` or a \
                             source that has `retrieved`"
                .to_owned()
        }
        BrokenLinkReason::Near(path) => format!("did you mean `{}`?", relative(folder, path)),
        BrokenLinkReason::Unknown => {
            "link to the file of a page, such as `../story.md`, or to a full web address".to_owned()
        }
    };
    Problem::error(Code::BrokenLink, span, message, help)
}

/// Converts a path from the site's root to a path relative to `folder`.
fn relative(folder: &str, path: &str) -> String {
    let mut from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut to: Vec<&str> = path.split('/').collect();
    while from.first().is_some_and(|first| to.len() > 1 && to.first() == Some(first)) {
        from.remove(0);
        to.remove(0);
    }
    format!("{}{}", "../".repeat(from.len()), to.join("/"))
}

pub(super) fn broken_anchor(path: &str, fragment: &str, known: &BTreeSet<String>, span: Span) -> Problem {
    let none = "the page has no headings: link to it without `#…`";
    let help = did_you_mean(fragment, known.iter().map(String::as_str), none);
    let what = if path == "compare.html" { "row" } else { "heading" };
    Problem::error(Code::BrokenAnchor, span, format!("`{path}` has no {what} `{fragment}`"), help)
}

pub(super) fn path_taken(path: &str, span: Span) -> Problem {
    Problem::error(
        Code::PathTaken,
        span,
        format!("this file would be written to `{path}`, but that path is taken"),
        match path {
            "assets/filter.css" => {
                "Sourcewise generates this file; to change it, put a `filter.css` into `templates/`"
            }
            "assets" | "cards" | "compare" | "sources" => {
                "the site has a folder with this name: rename the file"
            }
            _ => "rename the file",
        },
    )
}

pub(super) fn heading_taken(id: &str, span: Span) -> Problem {
    Problem::error(
        Code::DuplicateId,
        span,
        format!("another heading on this page already has the id `{id}`"),
        "change or remove one of the two ids",
    )
}

pub(super) fn bad_heading_id(id: &str, span: Span) -> Problem {
    Problem::error(
        Code::BadId,
        span,
        format!("`{id}` is not a valid id for a heading"),
        "use only letters, digits, `-` and `_`; two hyphens in a row are reserved for the theme",
    )
}

pub(super) fn stale_lock(span: Span) -> Problem {
    Problem::warning(
        Code::StaleLock,
        span,
        "the lock file is out of date",
        "run `sourcewise verify` on a machine that has the documents, and commit `seeds/quotes.lock`",
    )
}

pub(super) fn origin_and_source(written: &Spanned<String>) -> Problem {
    Problem::error(
        Code::DuplicateId,
        written.span,
        format!("`{}` is the id of both a source and an origin", written.value),
        "rename or remove the origin in `site.toml`",
    )
}

pub(super) fn document_changed(source: &str, span: Span) -> Problem {
    Problem::error(
        Code::DocumentChanged,
        span,
        format!("the document of `{source}` has changed since the lock file was written"),
        "if the new document is right, run `sourcewise verify`; otherwise restore the old one",
    )
    .label("hash of the old document")
}

pub(super) fn uncited(span: Span) -> Problem {
    Problem::warning(
        Code::Uncited,
        span,
        "this paragraph makes a statement without a citation",
        "add `[@source]` if the statement rests on a source",
    )
}

pub(super) fn unreadable_quotation(span: Span) -> Problem {
    Problem::error(
        Code::BadCitation,
        span,
        "this block quotation can't be verified",
        "end it with one citation of its source: `> words [@source]`; don't put words of your own into a block \
         quotation",
    )
}

pub(super) fn unknown_note(label: &str, span: Span) -> Problem {
    Problem::warning(
        Code::UnknownNote,
        span,
        format!("there is no footnote `{label}`, so its reference is shown as text"),
        format!(
            "add the footnote on a line of its own: `[^{label}]: …`; to show the characters themselves, write `\\[^`"
        ),
    )
}
