//! What this phase says when a file can't be understood, one small function a message.

use sourcewise_documents::{KINDS, Limits, ReadError};
use toml::de::DeValue;

use super::document::{Documents, Unreadable};
use crate::files::{Span, Spanned};
use crate::ids::slug;
use crate::problem::{Code, Problem, Problems, Severity};
use crate::text::nearest::nearest_name;

pub(super) fn bad_id(what: &str, name: &str, span: Span) -> Problem {
    let suggestion = slug(name);
    let help = match suggestion.as_str() {
        "" => "an id is made of letters, digits, `-` and `_`, and begins with a letter or digit".to_owned(),
        slug => format!("an id is made of letters, digits, `-` and `_`: name it `{slug}`"),
    };
    Problem::error(Code::BadId, span, format!("{what} can't be called `{name}`"), help)
}

pub(super) fn not_text(name: &str, span: Span) -> Problem {
    Problem::error(
        Code::NotText,
        span,
        format!("`{name}` is not text in UTF-8"),
        "open it in an editor and save it as plain text with the encoding UTF-8",
    )
}

/// Why a document was not read. One that a record speaks of is missed; another is only left out.
pub(super) fn unread(severity: Severity, unreadable: &Unreadable, limits: Limits, span: Span) -> Problem {
    let Unreadable { path, why } = unreadable;
    let (code, message, help) = match why {
        ReadError::NotText => (
            Code::NotText,
            format!("`{path}` is no text in any known encoding"),
            "open the document in the program it was made with, and save it as plain text".to_owned(),
        ),
        ReadError::Damaged(reason) => (
            Code::DocumentUnread,
            format!("`{path}` can't be read: {reason}"),
            "get it once more from where it came, or save its text as `.txt`".to_owned(),
        ),
        ReadError::NoText => (
            Code::DocumentUnread,
            format!("`{path}` has no text: it is empty, or its pages are pictures"),
            "run it through a program that recognises text (OCR), and save that as `.txt`".to_owned(),
        ),
        ReadError::Encrypted => (
            Code::DocumentUnread,
            format!("`{path}` is locked with a password"),
            "open it with the password, and save it without one or as `.txt`".to_owned(),
        ),
        ReadError::TooDeep => (
            Code::DocumentUnread,
            format!("`{path}` is nested deeper than any document is"),
            "save its text as `.txt`".to_owned(),
        ),
        ReadError::TooLarge => (
            Code::DocumentTooLarge,
            format!("`{path}` is larger, or unfolds to more, than documents may be"),
            format!(
                "if it is what you think it is, raise `document_kb` under `[limits]` (it is {}), or save its text as `.txt`",
                limits.file_bytes / 1000
            ),
        ),
        ReadError::TooSlow => (
            Code::DocumentTooLarge,
            format!("reading `{path}` took more than {} seconds", limits.seconds),
            "raise `document_seconds` under `[limits]`, or save its text as `.txt`".to_owned(),
        ),
    };
    Problem { severity, ..Problem::error(code, span, message, help) }
}

pub(super) fn other_kind(severity: Severity, name: &str, span: Span) -> Problem {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let help = format!("save it as `{stem}.docx`, or its text as `{stem}.txt`");
    let kinds = KINDS.iter().map(|kind| format!("`.{kind}`")).collect::<Vec<_>>().join(", ");
    let message = format!("`{name}` is not read: documents are {kinds}");
    Problem { severity, ..Problem::error(Code::DocumentKind, span, message, help) }
}

pub(super) fn document_missing(given: &Spanned<String>, documents: &Documents) -> Problem {
    let help = match nearest_name(&given.value, documents.names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "put it into `seeds/` or `originals/`, or say with `--originals DIR` where it is".to_owned(),
    };
    Problem::error(
        Code::DocumentMissing,
        given.span,
        format!("the document `{}` is not at hand", given.value),
        help,
    )
    .label("neither found nor in `seeds/quotes.lock`")
}

pub(super) fn syntax_error(message: &str, span: Span) -> Problem {
    let help = if message.contains("duplicate key") {
        "remove one of the two lines"
    } else {
        "write `key = \"value\"`, text in straight quotes; dates like 2026-04-20"
    };
    Problem::error(Code::TomlSyntax, span, format!("this is not TOML: {message}"), help)
}

/// Answers that a rule suggested, and that nobody has turned into the author's yet.
pub(super) fn answer_unedited(count: usize, first: Span) -> Problem {
    let message = match count {
        1 => "an answer has neither position nor summary yet".to_owned(),
        count => format!("{count} answers have neither position nor summary yet"),
    };
    let help = "read the passage and fill in both, or take the answer out: until then it is not shown";
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
        format!("`{key}` must be {wanted}, and is {}", a_kind(found)),
        format!("write {wanted}"),
    ));
    None
}

fn a_kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn bad_plural(key: &str, forms: &[&str], span: Span) -> Problem {
    Problem::error(
        Code::BadValue,
        span,
        format!("`{key}` is no table of plural forms"),
        format!("write texts under the names {}; `other` must be there", forms.join(", ")),
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
