//! What this phase says when a file can't be understood, one small function a message.

use toml::de::DeValue;

use super::document::Documents;
use super::words::FORMS;
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

pub(super) fn no_text(path: &str, span: Span) -> Problem {
    Problem::error(
        Code::NotText,
        span,
        format!("`{path}` is no text in any known encoding"),
        "open the document in the program it was made with, and save it as plain text",
    )
}

pub(super) fn other_kind(severity: Severity, name: &str, span: Span) -> Problem {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let help = format!("save its text as `{stem}.txt`");
    let message = format!("`{name}` is not read: documents are `.txt` or `.md`");
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

pub(super) fn bad_plural(key: &str, span: Span) -> Problem {
    Problem::error(
        Code::BadValue,
        span,
        format!("`{key}` is no table of plural forms"),
        format!("write texts under the names {}; `other` must be there", FORMS.join(", ")),
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
