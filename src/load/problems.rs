//! The problems of the load phase: one function per message. `toml_problems` has the problems of unknown or misplaced
//! keys and wrong types, `toml_syntax` those of TOML syntax, `part_problems` those of parts of documents.

use std::collections::BTreeSet;

use sourcewise_analysis::passages::UselessTerm;
use sourcewise_documents::{KINDS, Limits, MAX_TEXT_BYTES, MAX_TEXT_LINES, ReadError};

use super::document::{Documents, Unreadable};
use super::part_problems::LOAD_WITH_SCRIPTS;
use crate::files::{BYTES_PER_KB, Span, Spanned};
use crate::ids::slug;
use crate::problem::{Code, Problem, Severity};
use crate::text::nearest::nearest_name;

/// The rule for ids, for help texts.
const ID_RULE: &str = "ids consist of letters, digits, `_` and single `-`, and begin with a letter or digit";

/// The endings of documents whose contents are compressed.
const PACKED_KINDS: [&str; 3] = [".docx", ".epub", ".pdf"];

fn is_web_page(path: &str) -> bool {
    super::document::ending(path).is_some_and(|ending| matches!(ending.as_str(), "html" | "htm" | "xhtml"))
}

/// Makes an id from a label: `8-3-percent` from `8.3 %`. Empty if the label has no letter or digit.
pub(super) fn id_of_label(label: &str) -> String {
    slug(&label.replace('%', " percent"))
}

/// The help for a text that can't be the id of a source: suggests an id made from it, or else states the rule for ids.
pub fn source_id_help(written: &str) -> String {
    match slug(written).as_str() {
        "" => ID_RULE.to_owned(),
        slug => id_help(slug),
    }
}

/// The help for a text that can't be an id. `line` is what to write: the id, or a whole line with it.
pub(super) fn id_help(line: &str) -> String {
    format!("write `{line}`: {ID_RULE}")
}

/// The help for the key of a position or of an unanswered question (`silent`) that can't be an id. `line` is the line
/// to write.
pub(super) fn labelled_id_help(line: &str) -> String {
    format!("{}; the text in quotation marks may have any words", id_help(line))
}

/// A key that can't be an id. `what` says of what, such as `a position`; `help` shows an id that fits.
pub(super) fn bad_id(what: &str, key: &str, help: String, span: Span) -> Problem {
    Problem::error(Code::BadId, span, format!("`{key}` is not a valid id for {what}"), help)
}

/// A record, document or question whose file name can't be an id, or that is in a subfolder. `what` is `source` or
/// `question`; `stem` is the path below the folder without its extension.
pub(super) fn bad_file_name(what: &str, path: &str, stem: &str, span: Span) -> Problem {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    let slug = slug(stem);
    let (message, help) = if stem.contains('/') {
        let folder = path.strip_suffix(&format!("{stem}.{kind}")).unwrap_or_default();
        (
            format!("`{path}` is in a subfolder, but must be directly in `{folder}`"),
            format!("move it to `{folder}{slug}.{kind}`"),
        )
    } else {
        let help = match slug.as_str() {
            "" => format!("rename the file: {ID_RULE}"),
            slug => format!("rename the file to `{slug}.{kind}`: {ID_RULE}"),
        };
        (format!("the file name `{name}` can't be the id of a {what}"), help)
    };
    Problem::error(Code::BadId, span, message, help)
}

fn is_record(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, kind)| kind == "toml")
}

/// A record, document or question whose id an earlier file already has. Both paths are relative to the site's root.
/// `what` is `source` or `question`.
pub(super) fn taken_id(what: &str, id: &str, path: &str, first: &str, span: Span) -> Problem {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let (message, help) = if path.to_lowercase() == first.to_lowercase() {
        (
            format!("`{}` and `{}` would be the same file on many disks", name(first), name(path)),
            "rename one of them".to_owned(),
        )
    } else if is_record(first) && !is_record(path) {
        (
            format!("`{path}` would get the id `{id}`, which `{first}` already has"),
            format!(
                "if it is the document of `{first}`, write `document = \"{}\"` in that record; otherwise rename one of the two files",
                name(path)
            ),
        )
    } else {
        (
            format!("`{path}` would be the {what} `{id}`, as `{first}` already is"),
            "rename one of them".to_owned(),
        )
    };
    Problem::error(Code::DuplicateId, span, message, help)
}

pub(super) fn not_text(name: &str, span: Span) -> Problem {
    Problem::error(
        Code::NotText,
        span,
        format!("`{name}` is not text in UTF-8"),
        "open it in a text editor and save it with the encoding UTF-8",
    )
}

/// A document that could not be read. Callers pass [`Severity::Warning`] if the site is built without it, otherwise
/// [`Severity::Error`].
pub(super) fn unread(severity: Severity, unreadable: &Unreadable, limits: Limits, span: Span) -> Problem {
    let Unreadable { path, reason, bytes } = unreadable;
    let as_text = match path.rsplit_once('.') {
        Some((_, "txt")) => "split it into several documents".to_owned(),
        Some((stem, _)) => format!("save its text as `{stem}.txt`"),
        None => "save its text as `.txt`".to_owned(),
    };
    let (code, message, help) = match reason {
        ReadError::NotText => (
            Code::NotText,
            format!("`{path}` is not a text file, or its encoding is unknown"),
            "save it as plain text in UTF-8; if it is no text at all, give it the ending of its kind"
                .to_owned(),
        ),
        ReadError::Damaged(cause) => (
            Code::DocumentUnread,
            format!("`{path}` can't be read: {cause}"),
            format!("download it again, or {as_text}"),
        ),
        ReadError::NoText if is_web_page(path) => (
            Code::DocumentUnread,
            format!("`{path}` contains no text that a reader sees"),
            format!("{LOAD_WITH_SCRIPTS}, or {as_text}"),
        ),
        ReadError::NoText => (
            Code::DocumentUnread,
            format!("`{path}` contains no text: it is empty, or its pages are images"),
            format!("if its pages are images, run a program for text recognition (OCR), and {as_text}"),
        ),
        ReadError::Encrypted => (
            Code::DocumentUnread,
            format!("`{path}` is protected by a password"),
            format!("open it with the password and save it without one, or {as_text}"),
        ),
        ReadError::TooDeep => (
            Code::DocumentUnread,
            format!("`{path}` is nested too deeply to be read"),
            format!("open it in another program, and {as_text}"),
        ),
        ReadError::TooLarge => (
            Code::DocumentTooLarge,
            too_large(severity, path, *bytes, limits),
            format!(
                "if you trust it, raise `document_kb` under `[limits]` in `site.toml`; otherwise {as_text}"
            ),
        ),
        ReadError::TooLong => (
            Code::DocumentTooLarge,
            format!(
                "the text of `{path}` is too long: the limit is {} kB and {MAX_TEXT_LINES} lines",
                MAX_TEXT_BYTES / BYTES_PER_KB
            ),
            format!("save the parts that you quote as documents of their own, such as `{}`", part_of(path)),
        ),
        ReadError::TooSlow => (
            Code::DocumentTooLarge,
            format!("reading `{path}` took more than {} seconds", limits.seconds),
            format!("raise `document_seconds` under `[limits]` in `site.toml`, or {as_text}"),
        ),
    };
    Problem { severity, ..Problem::error(code, span, message, help) }
}

/// The message for a document that exceeds a limit: its file is too large, or has too much content when unpacked, or
/// too many parts.
fn too_large(severity: Severity, path: &str, bytes: u64, limits: Limits) -> String {
    let fact = match severity {
        Severity::Error => "can't be read",
        Severity::Warning => "is left out",
    };
    let is_packed = PACKED_KINDS.iter().any(|kind| path.to_lowercase().ends_with(kind));
    if bytes > limits.file_bytes as u64 {
        let (max, size) = (limits.file_bytes / BYTES_PER_KB, bytes.div_ceil(BYTES_PER_KB as u64));
        format!("`{path}` {fact}, because it is larger than {max} kB (it has {size} kB)")
    } else if is_packed {
        let max = limits.decompressed_bytes / BYTES_PER_KB;
        format!("`{path}` {fact}, because it is too large when unpacked (over {max} kB, or too many parts)")
    } else {
        format!("`{path}` {fact}, because it has too many parts")
    }
}

/// Returns a file name for a part of a document: `report-1.txt` for `report.pdf`.
fn part_of(path: &str) -> String {
    format!("{}-1.txt", path.rsplit_once('.').map_or(path, |(stem, _)| stem))
}

pub(super) fn other_kind(severity: Severity, name: &str, span: Span) -> Problem {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let help = format!(
        "open it in the program that made it, and save it as `{stem}.docx` or its text as `{stem}.txt`"
    );
    let kinds = KINDS.iter().map(|kind| format!("`.{kind}`")).collect::<Vec<_>>().join(", ");
    let message = format!("Sourcewise can't read the format of `{name}`");
    let problem = Problem::error(Code::DocumentKind, span, message, help);
    Problem { severity, ..problem.note(format!("it reads {kinds}")) }
}

/// If the record names the unreadable document (`is_named`), adds to the help that the record must name the new
/// file: following the help, the author may save the document under another name. For [`Code::NotText`], the name
/// stays.
pub(super) fn renamed_document(mut problem: Problem, is_named: bool) -> Problem {
    if is_named && problem.code != Code::NotText {
        let when = if problem.code == Code::DocumentKind { "then" } else { "if its name changes," };
        problem.help = format!("{}; {when} change `document` in the record to the new name", problem.help);
    }
    problem
}

pub(super) fn document_missing(given: &Spanned<String>, documents: &Documents) -> Problem {
    let near = nearest_name(&given.value, documents.names());
    let help = match near.or_else(|| name_with_words(&given.value, documents.names())) {
        Some(name) => format!("did you mean `document = \"{name}\"`?"),
        None => "put it into `seeds/` (or into `originals/` if it must not be published), or correct the name; if it is \
                 in another folder, name the folder with `--originals DIR`"
            .to_owned(),
    };
    Problem::error(Code::DocumentMissing, given.span, format!("there is no document `{}`", given.value), help)
        .label("no such file in `seeds/` or `originals/`")
}

/// Returns the file name that has all words of `written`, or no words but those of `written`; extensions don't
/// count: `mill_report_final.pdf` for `mill-report.pdf`. `None` if no name fits, or several do.
fn name_with_words<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let words = |name: &str| -> BTreeSet<String> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
        stem.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let wanted = words(written);
    let mut fitting = names.filter(|name| {
        let own = words(name);
        !own.is_empty() && !wanted.is_empty() && (own.is_superset(&wanted) || own.is_subset(&wanted))
    });
    fitting.next().filter(|first| fitting.all(|name| name == *first))
}

/// Answers from `sourcewise suggest` that the site's author has not edited yet. `first` is the place of the first.
pub(super) fn answer_unedited(count: usize, first: Span) -> Problem {
    let (message, each) = match count {
        1 => ("this answer has no position and no summary yet".to_owned(), ""),
        count => (format!("{count} answers have no position and no summary yet"), "for each of them, "),
    };
    let help = format!(
        "{each}read the quoted passage and fill in `position` and `summary`, or delete the answer; the site shows only \
         complete answers"
    );
    Problem::warning(Code::AnswerUnedited, first, message, help)
}

/// An answer with the key `to`, which names who says so, although its voice is `own`: the source itself says so.
/// Without the key `voice` (`has_voice` is false), the voice is `own`, too.
pub(super) fn to_without_voice(has_voice: bool, span: Span) -> Problem {
    let (why, help) = if has_voice {
        (
            "`voice = \"own\"` means that the source says it itself",
            "change `voice = \"own\"` to `voice = \"attributed\"`, or remove `to`",
        )
    } else {
        (
            "an answer without `voice` counts as said by the source itself",
            "add the line `voice = \"attributed\"` (or `\"hedged\"`, `\"forecast\"`), or remove `to`",
        )
    };
    Problem::error(Code::MissingKey, span, format!("`to` names who says so, but {why}"), help)
}

/// An interface phrase without the plural form `other`, which every language has.
pub(super) fn no_plural_other(key: &str, span: Span) -> Problem {
    Problem::error(
        Code::BadValue,
        span,
        format!("`{key}` has no plural form `other`"),
        "add `other = \"…\"` within the braces: it is the text for all numbers without a form of their own, with `{n}` for the number",
    )
}

/// An interface phrase with a plural form that does not exist or is not text. `forms` are those that exist.
pub(super) fn bad_plural(key: &str, forms: &[&str], span: Span) -> Problem {
    Problem::error(
        Code::BadValue,
        span,
        format!("`{key}` has a plural form that does not exist, or one that is not text"),
        format!("use only these forms, each with a text in quotation marks: {}", forms.join(", ")),
    )
}

/// A term of a question that no document can contain, or that does not find what its author means. See [`UselessTerm`].
pub(super) fn useless_term(term: &Spanned<String>, reason: UselessTerm) -> Problem {
    let written = &term.value;
    let (fact, help) = match reason {
        UselessTerm::MisplacedStar if written.contains(',') => {
            let each: Vec<String> =
                written.split(',').map(|term| super::toml_line::quoted(term.trim())).collect();
            let help = format!("put each term in quotation marks of its own: `{}`", each.join(", "));
            ("is several terms in one text, so it is never found as meant", help)
        }
        UselessTerm::NoWord => (
            "has no letter or digit, so it is never found",
            "write words, figures or the beginning of a word, such as `\"pound*\"`; or remove the term"
                .to_owned(),
        ),
        UselessTerm::MisplacedStar => {
            let before = written.trim_start_matches('*').split('*').next().unwrap_or_default();
            let help = format!("write the beginning of the word, with the star at its end: `\"{before}*\"`");
            ("has a `*` that is not at the end of a word, so it is never found as meant", help)
        }
    };
    Problem::error(Code::BadValue, term.span, format!("the term `{written}` {fact}"), help)
}

pub(super) fn bad_list(key: &str, span: Span) -> Problem {
    Problem::error(
        Code::WrongType,
        span,
        format!("`{key}` must be a list of texts"),
        format!("put each entry in quotation marks: `{key} = [\"…\", \"…\"]`"),
    )
}
