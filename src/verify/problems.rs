//! What this phase says when something doesn't hold, one small function a message.

use std::collections::BTreeSet;

use sourcewise_quotes::{LockedQuote, Nearest};

use crate::files::{Span, Spanned};
use crate::ids::slug;
use crate::problem::{Code, Problem};
use crate::text::nearest::nearest_name;

/// How many names a help lists where none is near.
const MAX_LISTED_NAMES: usize = 8;

fn did_you_mean<'a>(written: &str, known: impl Iterator<Item = &'a str>, none: &str) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(name) = nearest_name(written, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    if known.is_empty() {
        return none.to_owned();
    }
    if let [only] = known.as_slice() {
        return format!("there is only `{only}`");
    }
    let mut list =
        known.iter().take(MAX_LISTED_NAMES).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if known.len() > MAX_LISTED_NAMES {
        list.push_str(", …");
    }
    format!("there are {list}")
}

pub(super) fn unknown_question<'a>(
    written: &Spanned<String>,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let help = did_you_mean(&written.value, known, "write the question first: `content/questions/<id>.md`");
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
    let help = did_you_mean(&written.value, known, "add its record: `seeds/<id>.toml`");
    Problem::error(Code::UnknownSource, written.span, format!("there is no source `{}`", written.value), help)
}

pub(super) fn unknown_origin<'a>(written: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Problem {
    let help = match nearest_name(&written.value, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("describe it in `site.toml`: `[origins.{}]` with a `name`", slug(&written.value)),
    };
    let message = format!("there is no origin or source `{}` to rest on", written.value);
    Problem::error(Code::UnknownSource, written.span, message, help)
}

pub(super) fn answer_and_silence(question: &Spanned<String>) -> Problem {
    Problem::error(
        Code::AnswerAndSilence,
        question.span,
        format!("this record answers `{}` and calls itself silent on it", question.value),
        "take it out of `silent`, or remove the answer",
    )
}

pub(super) fn silent_twice(question: &Spanned<String>) -> Problem {
    Problem::error(
        Code::DuplicateId,
        question.span,
        format!("`{}` is listed as silent twice", question.value),
        "remove one of the two",
    )
}

pub(super) fn circular_origin(ids: &[String], span: Span) -> Problem {
    let (message, help) = match ids {
        [id, _] => (format!("the source `{id}` is said to rest on itself"), "take it out of `rests_on`"),
        ids => (
            format!("these sources rest on one another in a circle: {}", ids.join(" → ")),
            "take one of them out of `rests_on`",
        ),
    };
    Problem::error(Code::CircularOrigin, span, message, help)
}

pub(super) fn quote_empty(span: Span) -> Problem {
    Problem::error(
        Code::QuoteEmpty,
        span,
        "this quote has no words that could stand in a document",
        "quote a few words, or remove it",
    )
}

pub(super) fn quote_too_long(words: usize, limit: usize, span: Span) -> Problem {
    Problem::error(
        Code::QuoteTooLong,
        span,
        format!("this quote has {words} words, and the limit is {limit}"),
        "quote less and say the rest in your own words; the limit is `quote_words` under `[limits]` in `site.toml`",
    )
}

pub(super) fn quote_unproved(
    source: &str,
    has_lock: bool,
    near: Option<&LockedQuote>,
    span: Span,
) -> Problem {
    let message = if has_lock {
        format!("this quote is not in the lock, nor the document of `{source}` at hand")
    } else {
        format!("nothing proves this quote: neither document nor lock of `{source}`")
    };
    let help = "run `sourcewise verify` where the document is (`originals/`, or `--originals DIR`), and keep the \
                `seeds/quotes.lock` that it writes";
    let problem = Problem::error(Code::QuoteUnproved, span, message, help);
    let problem = if has_lock { problem.label("not in the lock") } else { problem };
    let Some(near) = near else { return problem };
    problem
        .note(format!("the nearest quote in the lock is “{}”, from paragraph {}", near.text, near.paragraph))
}

/// What was found near a quote that doesn't stand.
pub(super) struct Near<'a> {
    pub(super) paragraph: usize,
    /// The document's characters.
    pub(super) passage: &'a str,
    pub(super) nearest: &'a Nearest,
}

/// The parts of a quote with elisions stand in the document, but not so.
pub(super) fn quote_segments_apart(source: &str, span: Span) -> Problem {
    let message = format!("these words stand in `{source}`, but not so near or not in this order");
    let help = "what `…` leaves out ends in the same paragraph or the next; `[words]` add and take nothing away: write \
                `… [words]` for what they stand in the place of";
    Problem::error(Code::QuoteNotFound, span, message, help)
}

pub(super) fn quote_not_found(
    source: &str,
    near: Option<&Near<'_>>,
    elsewhere: &[&str],
    span: Span,
) -> Problem {
    let message = format!("these words do not stand in the document of `{source}`");
    let help = match (near, elsewhere) {
        (_, [first, ..]) => format!("they stand in the document of `{first}`: is this its quote?"),
        (Some(near), []) => format!("write it as it stands there: “{}”", near.passage),
        (None, []) => "copy the words from the document; nothing in it comes near them".to_owned(),
    };
    let problem = Problem::error(Code::QuoteNotFound, span, message, help);
    let Some(near) = near else { return problem };
    let problem =
        problem.note(format!("the nearest passage is in paragraph {}: “{}”", near.paragraph, near.passage));
    let differences =
        near.nearest.differences.iter().map(|(wrote, stands)| match (wrote.as_str(), stands.as_str()) {
            (wrote, "") => format!("“{wrote}” is not there"),
            ("", stands) => format!("“{stands}” is left out"),
            (wrote, stands) => format!("“{wrote}” is “{stands}” there"),
        });
    let differences: Vec<String> = differences.collect();
    let by_case = |(wrote, stands): &(String, String)| wrote.to_lowercase() == stands.to_lowercase();
    if !differences.is_empty() && near.nearest.differences.iter().all(by_case) {
        return problem.note(format!("only capitals differ, and they count: {}", differences.join("; ")));
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
        format!("`{written}` can't be read: {reason}"),
        "write `[@source]`, `[@source \"some words\"]`, `[@one; @other]` or `[?question]`",
    )
}

/// Why a link leads nowhere, and where it may have been meant to lead.
pub(super) enum BrokenLinkReason<'a> {
    Draft,
    NoFeed,
    Near(&'a str),
    Unknown,
}

pub(super) fn broken_link(written: &str, why: &BrokenLinkReason<'_>, folder: &str, span: Span) -> Problem {
    let message = format!("`{written}` leads nowhere");
    let help = match why {
        BrokenLinkReason::Draft => {
            let message = format!("`{written}` is a draft, and not part of the site");
            let help = "take `draft = true` out of its front matter, or the link out of this page";
            return Problem::error(Code::BrokenLink, span, message, help);
        }
        BrokenLinkReason::NoFeed => {
            "there is a feed only with `base_url` in `site.toml`, and with a page that has `updated` or a \
                             source that has `retrieved`"
                .to_owned()
        }
        BrokenLinkReason::Near(path) => format!("did you mean `{}`?", relative(folder, path)),
        BrokenLinkReason::Unknown => {
            "link to the file that a page is made from, such as `../story.md`, or to a whole web address"
                .to_owned()
        }
    };
    Problem::error(Code::BrokenLink, span, message, help)
}

/// A path from the root as it is written in `folder`.
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
    let none = "link to the page without `#…`: it has no headings";
    let help = did_you_mean(fragment, known.iter().map(String::as_str), none);
    let what = if path == "compare.html" { "row" } else { "heading" };
    Problem::error(Code::BrokenAnchor, span, format!("`{path}` has no {what} `{fragment}`"), help)
}

pub(super) fn path_taken(path: &str, span: Span) -> Problem {
    Problem::error(
        Code::PathTaken,
        span,
        format!("this file would be written to `{path}`, which is taken"),
        match path {
            "assets/filter.css" => {
                "Sourcewise makes this file: to change it, put a `filter.css` into `templates/`"
            }
            "assets" | "cards" | "compare" | "sources" => {
                "the site has a folder of this name: give the file another"
            }
            _ => "give the file another name",
        },
    )
}

pub(super) fn heading_taken(id: &str, span: Span) -> Problem {
    Problem::error(
        Code::DuplicateId,
        span,
        format!("a heading with the id `{id}` exists already on this page"),
        "give one of the two another id, or none",
    )
}

pub(super) fn bad_heading_id(id: &str, span: Span) -> Problem {
    Problem::error(
        Code::BadId,
        span,
        format!("a heading can't have the id `{id}`"),
        "an id is made of letters, digits, `-` and `_`; two hyphens in a row are kept for ids that the theme gives",
    )
}

pub(super) fn stale_lock(span: Span) -> Problem {
    Problem::warning(
        Code::StaleLock,
        span,
        "the lock is not what `sourcewise verify` would write now",
        "run `sourcewise verify` where the documents are, and commit the lock",
    )
}

pub(super) fn origin_and_source(written: &Spanned<String>) -> Problem {
    Problem::error(
        Code::DuplicateId,
        written.span,
        format!("`{}` is the id of a source and of an origin", written.value),
        "give the origin another id in `site.toml`, or remove it there",
    )
}

pub(super) fn document_changed(source: &str, span: Span) -> Problem {
    Problem::error(
        Code::DocumentChanged,
        span,
        format!("the document of `{source}` has changed since the lock was written"),
        "if the new document is right, run `sourcewise verify`; else put the old one back",
    )
    .label("of the old one")
}

pub(super) fn uncited(span: Span) -> Problem {
    Problem::warning(
        Code::Uncited,
        span,
        "this paragraph states something and cites nothing",
        "add `[@source]` where it rests on one",
    )
}

pub(super) fn unreadable_quotation(span: Span) -> Problem {
    Problem::error(
        Code::BadCitation,
        span,
        "this block quotation can't be checked",
        "end it with one citation of the source whose words it is: `> words [@source]`; what are your own words is no \
         quotation",
    )
}

pub(super) fn unknown_note(label: &str, span: Span) -> Problem {
    Problem::warning(
        Code::UnknownNote,
        span,
        format!("there is no note `{label}`, so that its mark shows as text"),
        format!(
            "write the note, on a line of its own: `[^{label}]: …`; or `\\[^` for the characters themselves"
        ),
    )
}
