//! The problems of keys and values in the author's TOML files: unknown and misplaced keys, values of the wrong type.
//! `toml_syntax` has the problems of TOML syntax.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::problems::{id_of_label, labelled_id_help};
use super::toml_line::{key_of, quoted};
use crate::files::{Span, Spanned};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

/// Key names that other programs and people use, each with Sourcewise's key of the same meaning. If a name occurs
/// twice in this list, the first key that the author's table may have is suggested.
const USUAL_NAMES: [(&str, &str); 27] = [
    ("accessed", "retrieved"),
    ("address", "url"),
    ("answers", "answer"),
    ("by", "author"),
    ("byline", "author"),
    ("date", "published"),
    ("date", "updated"),
    ("file", "document"),
    ("keywords", "terms"),
    ("label", "short"),
    ("lang", "language"),
    ("lastmod", "updated"),
    ("layout", "template"),
    ("link", "url"),
    ("menu", "nav"),
    ("modified", "updated"),
    ("name", "title"),
    ("options", "positions"),
    ("outlet", "publisher"),
    ("params", "extra"),
    ("quote", "quotes"),
    ("said_by", "to"),
    ("source", "publisher"),
    ("speaker", "to"),
    ("text", "summary"),
    ("type", "kind"),
    ("weight", "order"),
];

/// At most this many unknown keys of a table are reported.
const MAX_UNKNOWN_KEYS: usize = 20;

/// A key that a table may have, for [`unknown_keys`].
#[derive(Clone, Copy, Debug)]
pub(super) struct ValidKey {
    pub(super) name: &'static str,
    /// Whether the table has this key.
    pub(super) is_set: bool,
}

/// The type of value that a key needs, for [`wrong_type`].
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    Text,
    List,
    /// A text within a list.
    Entry,
    Number,
    Flag,
    Date,
    /// A table, written `[key]` with its keys below.
    Section,
    /// A list of tables, each written `[[key]]` with its keys below.
    Sections,
}

/// Reports that `found`, the value of `key`, has the wrong type. Always returns `None`, so that callers can return it.
pub(super) fn wrong_type<T>(
    key: &str,
    wanted: Wanted,
    found: &DeValue<'_>,
    span: Span,
    problems: &mut Problems,
) -> Option<T> {
    let text = text_of(found).unwrap_or_else(|| "…".to_owned());
    let text = text.as_str();
    let (wanted, help) = match wanted {
        Wanted::Text => ("text in quotation marks".to_owned(), format!("write `{key} = {}`", quoted(text))),
        Wanted::List => {
            let items: Vec<String> =
                text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(quoted).collect();
            let marks =
                if items.len() > 1 { "brackets, and quotation marks around each item" } else { "brackets" };
            ("a list".to_owned(), format!("write `{key} = [{}]`, with {marks}", items.join(", ")))
        }
        Wanted::Entry => {
            let message =
                format!("each item of `{key}` must be text in quotation marks, not {}", type_name(found));
            let help = "write each item in quotation marks: `[\"one\", \"two\"]`";
            problems.push(Problem::error(Code::WrongType, span, message, help));
            return None;
        }
        Wanted::Number => {
            let is_number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
            let number = if is_number { text } else { "1" };
            let help = format!("write a number without quotation marks, such as `{key} = {number}`");
            ("a whole number".to_owned(), help)
        }
        Wanted::Flag => (
            "`true` or `false`".to_owned(),
            format!("write `{key} = true` or `{key} = false`, without quotation marks"),
        ),
        Wanted::Date => {
            let help = match text.parse::<Date>() {
                Ok(date) => format!("write `{key} = {date}`, without quotation marks"),
                Err(_) => format!(
                    "write year, month and day without quotation marks: `{key} = 2026-04-20`; if you don't know the \
                     day, remove the line"
                ),
            };
            ("a date".to_owned(), help)
        }
        Wanted::Section => {
            let lines = section_lines(key, found);
            (format!("a section `[{key}]`"), format!("write a line `[{key}]`, and below it {lines}"))
        }
        Wanted::Sections => {
            let (each, fields) = match key {
                "answer" => ("answer", "`question`, `position`, `summary`"),
                _ => ("entry", "`id` and `reason`"),
            };
            if let DeValue::Table(_) = found {
                problems.push(single_brackets(key, span));
                return None;
            }
            let help = format!("begin each {each} with a line `[[{key}]]`, then write {fields} below it");
            (format!("`[[{key}]]` sections"), help)
        }
    };
    let message = format!("`{key}` must be {wanted}, not {}", type_name(found));
    problems.push(Problem::error(Code::WrongType, span, message, help));
    None
}

/// A section `[answer]` that must have double brackets.
pub(super) fn single_brackets(key: &str, span: Span) -> Problem {
    let message = format!("`{key}` must be `[[{key}]]` sections, not a table");
    let help = format!("write double brackets: `[[{key}]]` instead of `[{key}]`");
    Problem::error(Code::WrongType, span, message, help)
}

/// Returns what the lines of a section `[key]` look like. If a text was written instead, they show it as a label or
/// `name`; if a list was written for `positions`, they show its texts as labels. Otherwise, they are an example.
fn section_lines(key: &str, found: &DeValue<'_>) -> String {
    let labels: Vec<&str> = match found {
        DeValue::Array(items) => {
            items.iter().filter_map(|item| item.get_ref().as_str()).filter(|_| key == "positions").collect()
        }
        DeValue::String(text) => vec![text.as_ref()],
        _ => Vec::new(),
    };
    let line = |label: &&str| match key {
        "positions" => format!("`{} = {}`", key_of(&id_of_label(label)), quoted(label)),
        _ => format!("`name = {}`", quoted(label)),
    };
    if labels.is_empty() {
        return match key {
            "check" => "a line such as `uncited = \"warn\"`",
            "limits" => "a line such as `quote_words = 40`",
            "output" => "a line such as `keep = [\"CNAME\"]`",
            "positions" => "a line such as `yes = \"Yes\"` for each position",
            _ => "lines such as `name = \"value\"`",
        }
        .to_owned();
    }
    labels.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// Returns the text that the author probably meant by a value of another type; `None` for tables, and for lists unless
/// they have a single value.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(items) if items.len() == 1 => text_of(items[0].get_ref()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// The only section of a record that may occur several times, as `[[answer]]`.
const REPEATED_SECTION: &str = "answer";

/// Reports keys that a table may not have: at most [`MAX_UNKNOWN_KEYS`] of `keys`, and how many more there are. `valid`
/// are the keys that the table may have; `top_keys` belong above the file's first table.
pub(super) fn unknown_keys(
    keys: &[Spanned<String>],
    valid: &[ValidKey],
    top_keys: &[&str],
    problems: &mut Problems,
) {
    let more = keys.len().saturating_sub(MAX_UNKNOWN_KEYS);
    for (index, key) in keys.iter().take(MAX_UNKNOWN_KEYS).enumerate() {
        let is_misplaced = top_keys.contains(&key.value.as_str());
        let mut problem = if is_misplaced { misplaced(key) } else { unknown_key(key, valid) };
        if more > 0 && index + 1 == MAX_UNKNOWN_KEYS {
            problem = problem.note(format!("{more} more unknown keys here are not reported"));
        }
        problems.push(problem);
    }
}

fn unknown_key(key: &Spanned<String>, valid: &[ValidKey]) -> Problem {
    let names = |is_set: bool| valid.iter().filter(move |key| key.is_set == is_set).map(|key| key.name);
    let usual = || USUAL_NAMES.iter().filter(|(usual, _)| *usual == key.value).map(|(_, name)| *name);
    let meant = |is_set: bool| {
        let usual = usual().find(|usual| names(is_set).any(|name| name == *usual));
        usual.or_else(|| nearest_name(&key.value, names(is_set)))
    };
    let help = if let Some(name) = meant(true).filter(|name| *name == REPEATED_SECTION) {
        format!("did you mean `[[{name}]]`? Each answer begins with such a line")
    } else if let Some(name) = meant(false) {
        format!("did you mean `{name}`?")
    } else if let Some(name) = meant(true) {
        format!("remove `{}`: `{name}` is already set", key.value)
    } else {
        let list: Vec<String> = valid.iter().map(|key| format!("`{}`", key.name)).collect();
        format!("valid keys here: {}", list.join(", "))
    };
    Problem::error(Code::UnknownKey, key.span, format!("unknown key `{}`", key.value), help)
        .label("this key has no effect")
}

/// A key that belongs above the file's first table, but is in one of its tables.
pub(super) fn misplaced(key: &Spanned<String>) -> Problem {
    let message = format!("`{}` is in the wrong section of this file", key.value);
    Problem::error(Code::UnknownKey, key.span, message, misplaced_key(&key.value))
}

/// Returns the help for a key that belongs above the file's first table, but is below a line such as `[silent]`.
pub fn misplaced_key(key: &str) -> String {
    format!("move `{key}` above the first line in brackets: it belongs to the whole file")
}

/// A key with a dot where a text must be: `8.5 = "…"` is TOML for a table `8` with a key `5`.
pub(super) fn dotted_key(key: &str, table: &DeTable<'_>, span: Span) -> Problem {
    let mut written = key.to_owned();
    let mut label = "…";
    let mut table = Some(table);
    while let Some((part, value)) = table.take().and_then(|table| table.iter().next()) {
        written.extend([".", part.get_ref()]);
        match value.get_ref() {
            DeValue::Table(inner) => table = Some(inner),
            DeValue::String(text) => label = text,
            _ => {}
        }
    }
    let line = format!("{} = {}", key_of(&id_of_label(&written)), quoted(label));
    let message = format!("the key `{written}` must not contain a dot, which has another meaning here");
    Problem::error(Code::WrongType, span, message, labelled_id_help(&line))
}

/// An integer that is negative or above `u32::MAX`.
pub(super) fn number_out_of_range(key: &str, number: &str, span: Span) -> Problem {
    let side = if number.starts_with('-') { "small" } else { "large" };
    let message = format!("`{number}` is too {side} for `{key}`");
    let help = format!("write a whole number from 0 to {}", u32::MAX);
    Problem::error(Code::BadValue, span, message, help)
}

/// A time of day without a date, or a date that is in no calendar.
pub(super) fn not_a_day(key: &str, written: &str, span: Span) -> Problem {
    let help = format!("write year, month and day: `{key} = 2026-04-20`");
    Problem::error(Code::BadValue, span, format!("`{key}` must be a date, not `{written}`"), help)
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
