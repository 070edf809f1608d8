//! The problems of the load phase: a function for each, with its message and help.

use sourcewise_documents::{KINDS, Limits, ReadError};
use toml::de::DeValue;

use super::document::{Documents, Unreadable};
use super::site::BYTES_PER_KB;
use crate::files::{Span, Spanned};
use crate::ids::slug;
use crate::problem::{Code, Problem, Problems, Severity};
use crate::text::nearest::nearest_name;

pub(super) fn bad_id(what: &str, name: &str, span: Span) -> Problem {
    let suggestion = slug(name);
    let help = match suggestion.as_str() {
        "" => "use only letters, digits, `-` and `_`, and begin with a letter or digit".to_owned(),
        slug => format!("use only letters, digits, `-` and `_`: rename it to `{slug}`"),
    };
    Problem::error(Code::BadId, span, format!("`{name}` is not a valid id for {what}"), help)
}

pub(super) fn not_text(name: &str, span: Span) -> Problem {
    Problem::error(
        Code::NotText,
        span,
        format!("`{name}` is not text in UTF-8"),
        "open it in a text editor and save it with the encoding UTF-8",
    )
}

/// A document that could not be read. Callers pass [`Severity::Error`] if a source can't do without the document.
pub(super) fn unread(severity: Severity, unreadable: &Unreadable, limits: Limits, span: Span) -> Problem {
    let Unreadable { path, reason } = unreadable;
    let (code, message, help) = match reason {
        ReadError::NotText => (
            Code::NotText,
            format!("`{path}` is not text in any known encoding"),
            "open the document in the program that made it, and save it as plain text".to_owned(),
        ),
        ReadError::Damaged(cause) => (
            Code::DocumentUnread,
            format!("`{path}` can't be read: {cause}"),
            "download it again, or save its text as `.txt`".to_owned(),
        ),
        ReadError::NoText => (
            Code::DocumentUnread,
            format!("`{path}` contains no text: it is empty, or its pages are images"),
            "recognise its text with an OCR program, and save that as `.txt`".to_owned(),
        ),
        ReadError::Encrypted => (
            Code::DocumentUnread,
            format!("`{path}` is protected by a password"),
            "open it with the password, and save it without a password or as `.txt`".to_owned(),
        ),
        ReadError::TooDeep => (
            Code::DocumentUnread,
            format!("`{path}` is nested too deeply to be read"),
            "save its text as `.txt`".to_owned(),
        ),
        ReadError::TooLarge => (
            Code::DocumentTooLarge,
            format!("`{path}` is larger than the limit for documents, or decompresses to more than that"),
            format!(
                "if you trust the document, raise `document_kb` under `[limits]` in `site.toml` (now {}), or save its text as `.txt`",
                limits.file_bytes / BYTES_PER_KB
            ),
        ),
        ReadError::TooSlow => (
            Code::DocumentTooLarge,
            format!("reading `{path}` took more than {} seconds", limits.seconds),
            "raise `document_seconds` under `[limits]` in `site.toml`, or save its text as `.txt`".to_owned(),
        ),
    };
    Problem { severity, ..Problem::error(code, span, message, help) }
}

pub(super) fn other_kind(severity: Severity, name: &str, span: Span) -> Problem {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let help = format!("save it as `{stem}.docx`, or save its text as `{stem}.txt`");
    let kinds = KINDS.iter().map(|kind| format!("`.{kind}`")).collect::<Vec<_>>().join(", ");
    let message = format!("`{name}` has an unsupported format; supported are {kinds}");
    Problem { severity, ..Problem::error(Code::DocumentKind, span, message, help) }
}

pub(super) fn document_missing(given: &Spanned<String>, documents: &Documents) -> Problem {
    let help = match nearest_name(&given.value, documents.names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "put it into `seeds/` or `originals/`, or name its folder with `--originals DIR`".to_owned(),
    };
    Problem::error(
        Code::DocumentMissing,
        given.span,
        format!("the document `{}` does not exist", given.value),
        help,
    )
    .label("no such file, and no quotes of it in `seeds/quotes.lock`")
}

pub(super) fn syntax_error(message: &str, span: Span) -> Problem {
    let help = if message.contains("duplicate key") {
        "remove one of the two lines"
    } else if message.contains("invalid date") {
        "write the whole date, without quotation marks: 2026-04-20; if the day is not known, leave the date out"
    } else {
        "write `key = \"value\"` with straight quotation marks, and dates without any: 2026-04-20"
    };
    Problem::error(Code::TomlSyntax, span, format!("invalid TOML: {message}"), help)
}

/// Answers from `sourcewise suggest` that the site's author has not edited yet. `first` is the first of them.
pub(super) fn answer_unedited(count: usize, first: Span) -> Problem {
    let message = match count {
        1 => "an answer has no position and no summary yet".to_owned(),
        count => format!("{count} answers have no position and no summary yet"),
    };
    let help = "read the passage and fill in both, or delete the answer; until then it is not shown";
    Problem::warning(Code::AnswerUnedited, first, message, help)
}

pub(super) fn wrong_type<T>(
    key: &str,
    wanted: &str,
    found: &DeValue<'_>,
    span: Span,
    problems: &mut Problems,
) -> Option<T> {
    problems.push(Problem::error(
        Code::WrongType,
        span,
        format!("`{key}` must be {wanted}, not {}", type_name(found)),
        format!("write {wanted}"),
    ));
    None
}

/// A key that belongs above the first table of the file, but is written in a table.
pub(super) fn misplaced(key: &Spanned<String>) -> Problem {
    let message = format!("`{}` does not belong in this table", key.value);
    Problem::error(Code::UnknownKey, key.span, message, misplaced_key(&key.value))
}

/// Returns the help for a key that belongs above the first table, but is written below a line such as `[silent]`.
pub fn misplaced_key(key: &str) -> String {
    format!("`{key}` belongs to the whole file: move it above the first line in brackets")
}

/// A key with a dot where a text is expected: `8.5 = "…"` is TOML for a table `8` with a key `5`.
pub(super) fn dotted_key(key: &str, span: Span) -> Problem {
    Problem::error(
        Code::WrongType,
        span,
        format!("`{key}` must be text in quotes, not a table"),
        "a dot in a key makes a table: write `-` instead of the dot, such as `8-5`",
    )
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn bad_plural(key: &str, forms: &[&str], span: Span) -> Problem {
    Problem::error(
        Code::BadValue,
        span,
        format!("`{key}` is not a table of plural forms"),
        format!("write a text for each form: {}; `other` is required", forms.join(", ")),
    )
}

pub(super) fn bad_list(key: &str, span: Span) -> Problem {
    Problem::error(
        Code::WrongType,
        span,
        format!("`{key}` must be a list of texts"),
        "write a list such as [\"one\", \"two\"]",
    )
}
