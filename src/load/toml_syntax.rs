//! The problems of TOML syntax. Authors need not know TOML, so most of them show the author's own line mended.

use std::ops::Range;

use jiff::civil::Date;
use toml::de::{DeTable, Error};

use super::keys::{DATE_KEYS, LIST_KEYS, RECORD_KEYS};
use super::problems::{id_of_label, labelled_id_help};
use super::single_brackets::SingleBrackets;
use super::toml_line::{Line, basic, is_key, key_of, mended_header, mended_list_line};
use crate::files::Span;
use crate::ids::slug;
use crate::problem::{Code, Problem, Problems};

/// A help repeats a line of words that the author wrote up to this length. Instead of a longer line, it shows `…`.
const MAX_SHOWN_CHARS: usize = 40;

/// What the keys of `[positions]` are ids of, for messages.
const POSITION: &str = "a position";

/// Message and help for a syntax error, and the byte range of the TOML text that they point to.
struct Finding {
    range: Range<usize>,
    message: String,
    help: String,
}

/// Reports the syntax errors of `text`, which begins at `start`, and returns the byte ranges of their lines. `errors`
/// are those that the parser found in all of it.
pub(super) fn syntax_errors(
    text: &str,
    mut errors: Vec<Error>,
    start: Span,
    problems: &mut Problems,
) -> Vec<Range<usize>> {
    let single = SingleBrackets::of(text);
    let mut lines = single.report(start, problems);
    let mut readable = text.to_owned();
    loop {
        errors.sort_by_key(|error| error.span().map(|range| range.start));
        let known = lines.len();
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            let line = line_at(text, range.start);
            if lines.contains(&line) || single.cause(&error) {
                continue;
            }
            // A text of several lines without quotation marks is one error, and not one for each line.
            let is_below = lines.last().is_some_and(|last| last.end + 1 >= line.start);
            let is_prose = !text[line.clone()].contains(['=', '[']);
            if !(is_below && is_prose && id_section(&text[..line.start]).is_none()) {
                problems.push(syntax_error(error.message().trim(), text, range, start));
            }
            lines.push(line);
        }
        // The parser skips lines after a key with an error, so it parses again with that key's line blanked.
        let keys = lines[known..].iter().filter(|line| is_unread(text, line));
        let keys: Vec<Range<usize>> = keys.cloned().collect();
        if keys.is_empty() {
            return lines;
        }
        for line in keys {
            readable.replace_range(line.clone(), &" ".repeat(line.len()));
        }
        errors = DeTable::parse_recoverable(&readable).1;
    }
}

/// Whether the parser can't read the key of a line.
fn is_unread(text: &str, line: &Range<usize>) -> bool {
    match Line::parse(&text[line.clone()]) {
        Some(written) => written.has_colon || !written.has_valid_key(),
        None => id_section(&text[..line.start]).is_some(),
    }
}

/// An error in TOML at `range` of `text`, which begins at `start`. `message` is the parser's.
fn syntax_error(message: &str, text: &str, range: Range<usize>, start: Span) -> Problem {
    let line_range = line_at(text, range.start);
    let line = Line::parse(&text[line_range.clone()]);
    let found = |(message, help): (String, String)| Finding { range: range.clone(), message, help };
    let mut code = Code::TomlSyntax;
    let finding = if message.contains("duplicate key") {
        let written = text.get(range.clone()).unwrap_or_default();
        found((format!("the key `{written}` occurs twice"), "remove one of the two, or rename it".to_owned()))
    } else if let Some(line) = line.filter(|line| !line.has_valid_key() && !line.key.is_empty()) {
        let key_start = line_range.start + text[line_range.clone()].find(line.key).unwrap_or_default();
        let (message, help) = match id_section(&text[..line_range.start]) {
            Some(what) => {
                code = Code::BadId;
                bad_id(what, &line)
            }
            None => bad_key(&line),
        };
        Finding { range: key_start..key_start + line.key.len(), message, help }
    } else if let Some((message, help)) =
        line.and_then(|line| bad_value(message, &line, has_more_lines(&text[line_range.end..])))
    {
        let value = line.map_or(range.clone(), |line| {
            let start = line_range.start + line.value_start;
            start..start + line.value.len()
        });
        Finding { range: value, message, help }
    } else if id_section(&text[..line_range.start]) == Some(POSITION) && is_label(&text[line_range.clone()]) {
        code = Code::BadId;
        Finding {
            help: unnamed_position(&text[line_range.clone()]),
            ..found(("this position has no id".to_owned(), String::new()))
        }
    } else {
        let (message, help) = other(message, text, &range, &line_range);
        Finding { range: marked(text, range.clone(), &line_range), message, help }
    };
    let span = Span::new(start.file, finding.range.start + start.start..finding.range.end + start.start);
    Problem::error(code, span, finding.message, finding.help)
}

/// Returns what to mark for an error: its line if that begins with a bracket or is only words, else `range`.
fn marked(text: &str, range: Range<usize>, line: &Range<usize>) -> Range<usize> {
    let written = text[line.clone()].trim();
    let is_whole = written.starts_with('[') || is_prose(written);
    if !is_whole || written.is_empty() {
        return range;
    }
    let start = line.start + text[line.clone()].find(written).unwrap_or_default();
    start..start + written.len()
}

/// Whether a line is several words without `=`, `:`, quotation marks and brackets.
fn is_prose(line: &str) -> bool {
    line.contains(' ') && !line.contains(['=', '"', '\'', '[', ']', '{', '}']) && Line::parse(line).is_none()
}

/// Returns the byte range of the line that contains a byte, without its end.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    start..start + text[start..].lines().next().map_or(0, str::len)
}

/// Whether the second line of `after` may continue the first: it is no blank line, key, section or comment.
fn has_more_lines(after: &str) -> bool {
    let next = after.lines().nth(1).unwrap_or_default().trim();
    !next.is_empty() && !next.starts_with(['[', '#']) && Line::parse(next).is_none()
}

/// Returns what has the keys of the last section of `text` as ids, such as `a position`; `None` if nothing has.
fn id_section(text: &str) -> Option<&'static str> {
    match text.lines().rev().find(|line| line.starts_with('['))?.trim() {
        "[positions]" => Some(POSITION),
        "[silent]" => Some("a question"),
        _ => None,
    }
}

fn bad_id(what: &str, line: &Line<'_>) -> (String, String) {
    let id = id_of_label(line.key);
    let mended = line.with_key(&key_of(&id)).mended().filter(|_| !id.is_empty());
    let is_only_unquoted = id.to_lowercase() == line.key.to_lowercase();
    let fact =
        if is_only_unquoted { "must be in quotation marks to be the id of" } else { "is not a valid id for" };
    (format!("`{}` {fact} {what}", line.key), labelled_id_help(mended.as_deref().unwrap_or("id = \"…\"")))
}

/// Whether a line of `[positions]` has nothing but a label.
fn is_label(line: &str) -> bool {
    Line::parse(line).is_none() && line.contains(char::is_alphanumeric) && !line.starts_with('[')
}

/// The help for a label without an id: `Yes, partly`.
fn unnamed_position(line: &str) -> String {
    let label = line.trim().trim_start_matches(['-', '*', ' ']).trim_matches('"');
    labelled_id_help(&format!("{} = {}", key_of(&id_of_label(label)), basic(label)))
}

fn bad_key(line: &Line<'_>) -> (String, String) {
    // `published on` most likely means the key `published`.
    let known = line.key.split_whitespace().find(|word| RECORD_KEYS.contains(word));
    let key = known.map_or_else(|| slug(line.key).replace('-', "_"), str::to_owned);
    let mended = Some(key).filter(|key| is_key(key)).and_then(|key| line.with_key(&key).mended());
    let help = match mended {
        Some(mended) => format!("write `{mended}`"),
        None => "write `key = \"value\"`".to_owned(),
    };
    let message = format!("`{}` can't be a key: keys have only letters, digits, `_` and `-`", line.key);
    (message, help)
}

/// Message and help for a wrong value, a missing key, or `:` instead of `=`; `None` if it is unclear how to mend it.
fn bad_value(message: &str, line: &Line<'_>, has_more_lines: bool) -> Option<(String, String)> {
    let Line { key, value, .. } = *line;
    let is_date_wrong = message.contains("invalid date");
    if is_date_wrong || (DATE_KEYS.contains(&key) && !value.is_empty() && !value.starts_with(['"', '\''])) {
        return Some(bad_date(key, value, is_date_wrong));
    }
    let mended = line.mended()?;
    let curly = |c: &char| matches!(c, '“' | '”' | '„' | '«' | '»' | '‘' | '’');
    let write = format!("write `{mended}`");
    if key.is_empty() {
        return Some((
            "there is no key before `=`".to_owned(),
            format!("write a key before it, such as `title {}`", mended.trim_start()),
        ));
    }
    if line.has_colon {
        return Some((format!("`{key}` has a `:` after it instead of `=`"), write));
    }
    Some(match value.chars().next() {
        None => (format!("there is no value after `{key} =`"), write),
        Some(mark) if curly(&mark) => (format!("`{mark}` is not a straight quotation mark (`\"`)"), write),
        Some(_) if line.is_bare() => (
            "this text is not in quotation marks".to_owned(),
            format!("put the text in quotation marks: `{mended}`"),
        ),
        Some('[') if message.contains("string values must be quoted") => (
            "the texts of this list are not in quotation marks".to_owned(),
            format!("put each text in quotation marks: `{mended}`"),
        ),
        Some('[') if message.contains("missing comma between array elements") => {
            ("the commas or quotation marks of this list are not right".to_owned(), write)
        }
        Some('\'') if line.has_inner_marks() => ("the `'` within this text ends it".to_owned(), write),
        Some(_) if line.has_inner_marks() => {
            let other_way = line
                .in_single_marks()
                .map_or_else(String::new, |line| format!(", or with single marks around the text: `{line}`"));
            ("the quotation marks within this text end it too early".to_owned(), write + &other_way)
        }
        Some('"') if message.contains("escaped value") => {
            let other_way = line.in_single_marks().map_or_else(String::new, |line| format!(" or `{line}`"));
            ("a text in quotation marks can't contain a single `\\`".to_owned(), write + &other_way)
        }
        Some(_) if message.contains("expected `\"`") => {
            let more = "; if it continues in the next line, write `\"\"\"` before and after it";
            let more = if has_more_lines { more } else { "" };
            ("this text has no closing quotation mark".to_owned(), write + more)
        }
        Some(_) if message.contains("expected newline") => {
            ("more follows after the end of this value".to_owned(), write)
        }
        Some(_) => return None,
    })
}

fn bad_date(key: &str, value: &str, is_of_no_calendar: bool) -> (String, String) {
    let is_month = value.len() == 7 && value.chars().all(|c| c.is_ascii_digit() || c == '-');
    let day = with_two_digits(value);
    let wrong = match (is_month, is_of_no_calendar && day.is_none()) {
        (true, _) => "a whole date: the day is missing",
        (false, true) => "a date of the calendar",
        (false, false) => "a date in the form 2026-04-20",
    };
    let help = match day {
        Some(day) => format!("write month and day with two digits: `{key} = {day}`"),
        None => format!(
            "write year, month and day, such as `{key} = 2026-04-20`; if you don't know the day, remove the line"
        ),
    };
    (format!("`{value}` is not {wrong}"), help)
}

/// Parses a date without leading zeros: `2026-3-4`, which prints as `2026-03-04`. `None` if there is no such day.
fn with_two_digits(value: &str) -> Option<Date> {
    let numbers: Option<Vec<i16>> = value.split('-').map(|part| part.parse().ok()).collect();
    let &[year, month, day] = numbers?.as_slice() else { return None };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Message and help for a line such as `[silent` without its closing bracket. A known key with one `[` is taken for a
/// key that was written like a section, unless lines with keys follow. Anything else is taken for a section.
fn closed_header(line: &str, has_keys_below: bool) -> (String, String) {
    let name = line.trim_matches(['[', ' ']);
    let is_list = LIST_KEYS.contains(&name);
    let is_known = is_list || RECORD_KEYS.contains(&name);
    if has_keys_below || line.starts_with("[[") || !is_known {
        return ("the closing `]` is missing".to_owned(), format!("write `{}`", mended_header(line)));
    }
    let value = if is_list { "[\"…\"]" } else { "\"…\"" };
    (
        format!("`{name}` is a key, but it is written like a section, with `[`"),
        format!("write `{name} = {value}`"),
    )
}

/// The help for a line of words without `=`: suggests them as `title`, if the file has none yet.
fn prose_help(line: &str, text: &str) -> String {
    let has_title = text.lines().any(|line| Line::parse(line).is_some_and(|line| line.key == "title"));
    let name = if has_title { "name" } else { "title" };
    let words = if line.chars().count() <= MAX_SHOWN_CHARS { line } else { "…" };
    let example = format!("{name} = {}", basic(words));
    format!("write a name, `=` and the text: `{example}`; longer texts stand between `\"\"\"` and `\"\"\"`")
}

/// Message and help for errors that `bad_value` can't mend, often because their cause is on another line.
fn other(message: &str, text: &str, range: &Range<usize>, line: &Range<usize>) -> (String, String) {
    let is = |part: &str| message.contains(part);
    let written = text[line.clone()].trim();
    let above = text[..line.start].trim_end().lines().next_back().unwrap_or_default().trim();
    if is("missing comma between array elements") {
        let is_text = written.starts_with(['"', '\'']);
        let (message, help) = if is_text && text[line.start..range.start].trim().is_empty() {
            let help = format!("write `,` at the end of the line above: `{above},`");
            ("a `,` is missing between this text and the one above", help)
        } else if let Some(mended) = mended_list_line(written).filter(|_| is_text) {
            ("the commas or quotation marks of this line are not right", format!("write `{mended}`"))
        } else if let Some(mended) =
            Line::parse(above).filter(|line| line.value.starts_with('[')).and_then(|line| line.mended())
        {
            let help = format!("write `]` at the end of the list: `{mended}`");
            ("the list above has no closing `]`", help)
        } else {
            let help = "write `,` between the texts of a list, and `]` at its end".to_owned();
            ("a `,` or the closing `]` of a list is missing here", help)
        };
        return (message.to_owned(), help);
    }
    if let Some(mended) = mended_list_line(written).filter(|_| written.starts_with(['"', '\''])) {
        return ("the quotation marks of this text are not right".to_owned(), format!("write `{mended}`"));
    }
    if written.starts_with('[') && !written.contains(']') {
        let below = text[line.end..].lines().nth(1).unwrap_or_default();
        return closed_header(written, Line::parse(below).is_some());
    }
    if written.starts_with('[') {
        let message = format!("`{written}` is not a valid line in brackets");
        return (
            message,
            format!("write `{}`: names in it have only letters, digits, `-` and `_`", mended_header(written)),
        );
    }
    let (message, help) = if is("key with no value") && is_key(written) {
        return (format!("there is no value after `{written}`"), format!("write `{written} = \"…\"`"));
    } else if is("key with no value") {
        return ("this line has no `=`".to_owned(), prose_help(written, text));
    } else if is("expected `]`") {
        ("the closing `]` is missing", "add `]` at the end of the list")
    } else if is("expected newline") {
        let help = "write one value per line; within `\"…\"`, write `\\\"` for a quotation mark";
        ("this text follows a value that already ended", help)
    } else if is("escaped value") {
        let help = "write `\\\\` for each `\\`, or put the text into `'…'`";
        ("a text in quotation marks can't contain a single `\\`", help)
    } else if is("expected `\"`") {
        ("this text has no closing quotation mark", "add `\"` at the end of the text")
    } else {
        let help = "write `key = \"value\"` with straight quotation marks, and dates without any: 2026-04-20";
        return (format!("invalid TOML: {message}"), help.to_owned());
    };
    (message.to_owned(), help.to_owned())
}
