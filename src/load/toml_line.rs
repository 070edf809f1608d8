//! Mends a line of TOML that its author wrote without quotation marks, or with too many, so that a problem's help can
//! show the author's own line as it should be.

use std::fmt::Write as _;

use toml::de::DeTable;

use super::keys::LIST_KEYS;
use crate::ids::slug;

/// Quotation marks of word processors and of other languages. TOML knows none of them.
const CURLY_MARKS: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‚'];

/// A line `key = value # comment`, as it is written. The parts have no white space around them, and no comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// May be empty, and may be no key of TOML.
    pub(super) key: &'t str,
    /// May be empty, and may be no value of TOML.
    pub(super) value: &'t str,
    /// The byte of the line where the value begins.
    pub(super) value_start: usize,
    /// Whether `:` is written instead of `=`.
    pub(super) has_colon: bool,
}

impl<'t> Line<'t> {
    /// Splits a line at its first `=`, or at its first `:` if it has no `=`. A key in quotation marks ends at its
    /// closing mark. Returns `None` for a line that is empty, begins with `[`, or has neither sign.
    pub(super) fn parse(line: &'t str) -> Option<Self> {
        let line = line.trim_end();
        let begin = line.len() - line.trim_start().len();
        let key_end = match line[begin..].chars().next()? {
            '[' => return None,
            quote @ ('"' | '\'') => begin + 1 + line[begin + 1..].find(quote)? + 1,
            _ => line.find('=').or_else(|| line.find(':'))?,
        };
        let rest = line[key_end..].trim_start();
        let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':'))?.trim_start();
        let value_start = line.len() - value.len();
        let has_colon = rest.starts_with(':');
        Some(Self { key: line[..key_end].trim(), value: without_comment(value), value_start, has_colon })
    }

    pub(super) fn has_valid_key(&self) -> bool {
        is_key(self.key)
    }

    /// Returns the line with another key.
    pub(super) fn with_key(&self, key: &'t str) -> Self {
        Self { key, ..*self }
    }

    /// Returns the line with a value that TOML accepts: the value as written, but without a comma or semicolon at
    /// its end; if TOML doesn't accept that, a text in quotation marks, or a list of such texts. A missing value
    /// becomes `"…"`. Returns `None` if there are two keys on the line, if the value begins a text of several
    /// lines or an inline table, or if the result is still no TOML.
    pub(super) fn mended(&self) -> Option<String> {
        if is_value(without_end(self.value)) {
            return self.with(without_end(self.value));
        }
        if self.is_two_lines() {
            return None;
        }
        match self.value.chars().next() {
            None => self.with("\"…\""),
            Some('[') => self.with(&format!("[{}]", mended_items(self.value)?)),
            Some('{') => None,
            Some(_) if self.value.starts_with("\"\"\"") || self.value.starts_with("'''") => None,
            Some(_) if LIST_KEYS.contains(&self.key) => {
                self.with(&format!("[{}]", basic(text_of(self.value))))
            }
            Some(_) => self.with(&basic(text_of(self.value))),
        }
    }

    /// Returns the line with its text in single quotation marks, within which nothing needs a `\`. Returns `None` for a
    /// list or an inline table, and if the text contains a single quotation mark or `\"`.
    pub(super) fn in_single_marks(&self) -> Option<String> {
        let text = text_of(self.value);
        let is_list = LIST_KEYS.contains(&self.key) || self.value.starts_with(['[', '{']);
        let is_plain = !text.contains('\'') && !text.contains("\\\"") && !is_list;
        is_plain.then(|| self.with(&format!("'{text}'"))).flatten()
    }

    fn with(&self, value: &str) -> Option<String> {
        is_value(value).then(|| format!("{} = {value}", self.key))
    }

    /// Whether the value is text without quotation marks, and no number, date or `true` either.
    pub(super) fn is_bare(&self) -> bool {
        !self.value.is_empty() && !self.value.starts_with(['"', '\'', '[', '{']) && !is_value(self.value)
    }

    /// Whether the value begins with a quotation mark, and more of them are before its end.
    pub(super) fn has_inner_marks(&self) -> bool {
        let Some(mark) = self.value.chars().next().filter(|mark| matches!(mark, '"' | '\'')) else {
            return false;
        };
        let value = without_end(self.value);
        value.len() > 1 && value[1..].trim_end_matches(mark).contains(mark)
    }

    /// Whether another key with a text follows on the same line: `a = "b" c = "d"`.
    fn is_two_lines(&self) -> bool {
        let parts: Vec<&str> = self.value.split(['"', '\'']).collect();
        parts.len() > 1 && parts[1..].iter().any(|part| part.trim_end().ends_with('='))
    }
}

/// Returns one of the lines of a list, `"one", "two",`, with its texts in quotation marks. Returns `None` if the result
/// is no TOML.
pub(super) fn mended_list_line(line: &str) -> Option<String> {
    let items = mended_items(line)?;
    is_value(&format!("[{items}]")).then(|| format!("{items},"))
}

/// Returns the name in a line such as `[answer]` or `[[answer]]`, which may end in a comment; `None` for other lines.
pub(super) fn header_name(line: &str) -> Option<&str> {
    let (names, after) = line.strip_prefix('[')?.split_once(']')?;
    let is_header = after.trim_start_matches(']').trim_start().is_empty() || after.contains('#');
    is_header.then(|| names.trim_start_matches('[').trim())
}

/// Returns a line such as `[origins.The Gazette]` with names that TOML accepts: `[origins.the-gazette]`.
pub(super) fn mended_header(line: &str) -> String {
    let names = line.trim_matches(['[', ']', ' ', ';', ':', ',']);
    let names = names.split('.').map(|name| if is_key(name) { name.to_owned() } else { key_of(&slug(name)) });
    let names = names.collect::<Vec<_>>().join(".");
    if line.starts_with("[[") { format!("[[{names}]]") } else { format!("[{names}]") }
}

/// Returns an id as a key of TOML, which needs quotation marks if it has other letters than those from A to Z.
pub(super) fn key_of(id: &str) -> String {
    if is_key(id) { id.to_owned() } else { basic(id) }
}

/// Whether a text can be a key in TOML: bare, in quotation marks, or several joined by dots.
pub(super) fn is_key(text: &str) -> bool {
    is_valid(&format!("{text} = 1"))
}

/// Whether a text is one line `key = value` that TOML accepts.
fn is_valid(line: &str) -> bool {
    !line.contains('\n') && DeTable::parse(line).is_ok()
}

fn is_value(text: &str) -> bool {
    is_valid(&format!("key = {text}"))
}

/// Removes a comment after a value: everything from the first ` #`. If the value begins with a quotation mark or
/// bracket, the part before ` #` must end with one or with a comma; otherwise the `#` is within the text and stays.
fn without_comment(value: &str) -> &str {
    let end_of_text = match value.chars().next() {
        Some('"' | '\'' | '[' | '{') => value.find(" #").and_then(|mark| {
            // A `#` within the text is not a comment.
            let closed = value[..mark].trim_end().ends_with(['"', '\'', ']', '}', ',']);
            closed.then_some(mark)
        }),
        _ => value.find(" #"),
    };
    end_of_text.map_or(value, |end| value[..end].trim_end())
}

/// Removes a comma or semicolon after a value, which TOML doesn't have there.
fn without_end(value: &str) -> &str {
    value.strip_suffix([',', ';']).unwrap_or(value).trim()
}

/// Returns the text that a value means, without the quotation marks around it.
fn text_of(value: &str) -> &str {
    let value = without_end(value);
    for mark in ['"', '\''] {
        let Some(rest) = value.strip_prefix(mark) else { continue };
        if let Some(text) = rest.strip_suffix(mark).or_else(|| rest.strip_suffix(CURLY_MARKS)) {
            return text;
        }
        // In `"The mill`, the closing mark is missing, so the opening one is removed. `"Gazette" of the ford` only
        // begins with a quoted word, so its marks belong to the text.
        return if rest.contains(mark) { value } else { rest };
    }
    value.trim_matches(CURLY_MARKS)
}

/// Puts a text into double quotation marks, with `\` before its quotation marks and backslashes. A `\"` that is already
/// written stays.
pub(super) fn basic(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next_if_eq(&'"').is_some() => quoted.push_str("\\\""),
            '\\' | '"' => quoted.extend(['\\', c]),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns any text as a value of TOML on one line, in double quotation marks.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Writing to a string does not fail.
            c if c.is_control() => drop(write!(quoted, "\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns the texts of a list in quotation marks, joined by commas; `None` if it has none.
fn mended_items(list: &str) -> Option<String> {
    let mut rest =
        list.trim().trim_start_matches('[').trim_end_matches([',', ' ']).trim_end_matches(']').trim();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let (item, after) = split_item(rest);
        items.push(basic(text_of(item)));
        rest = after.trim_start_matches([',', ' ']);
    }
    (!items.is_empty()).then(|| items.join(", "))
}

/// Splits off the first text of a list. A text in quotation marks ends at the first mark of its kind after which the
/// list ends, a comma follows, or (after a space) another such text. Any other text ends at a comma.
fn split_item(list: &str) -> (&str, &str) {
    let Some(mark) = list.chars().next().filter(|mark| matches!(mark, '"' | '\'')) else {
        return list.split_at(list.find(',').unwrap_or(list.len()));
    };
    let ends = list.match_indices(mark).skip(1).map(|(at, _)| at + 1);
    let is_end = |end: &usize| {
        let after = &list[*end..];
        let next = after.trim_start();
        next.is_empty() || next.starts_with(',') || (next.len() < after.len() && next.starts_with(mark))
    };
    list.split_at(ends.into_iter().find(is_end).unwrap_or(list.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(line: &str) -> Option<String> {
        Line::parse(line)?.mended()
    }

    #[test]
    fn a_text_without_quotation_marks_gets_them() {
        for (line, expected) in [
            ("answer = No, it was not", r#"answer = "No, it was not""#),
            ("date = March 2026", r#"date = "March 2026""#),
            ("voice = own   # as a fact", r#"voice = "own""#),
            ("title: The mill", r#"title = "The mill""#),
            ("title = “The mill”", r#"title = "The mill""#),
            ("title = C:\\papers", r#"title = "C:\\papers""#),
            ("title =", r#"title = "…""#),
            ("silent = owner", r#"silent = ["owner"]"#),
            ("terms = [mill, fire]", r#"terms = ["mill", "fire"]"#),
        ] {
            assert_eq!(mended(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn quotation_marks_within_a_text_are_escaped() {
        for (line, expected) in [
            (r#"title = "The "new" bridge""#, r#"title = "The \"new\" bridge""#),
            (r#"title = ""New" bridge" # a comment"#, r#"title = "\"New\" bridge""#),
            (r#"title = "The \"new\" "bridge"""#, r#"title = "The \"new\" \"bridge\"""#),
            (r#"title = "Gazette" of the ford"#, r#"title = "\"Gazette\" of the ford""#),
            ("title = 'The miller's lamp'", r#"title = "The miller's lamp""#),
            (r#"terms = ["the "new" mill", "fire"]"#, r#"terms = ["the \"new\" mill", "fire"]"#),
        ] {
            assert_eq!(mended(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_quoted_text_is_a_value_of_toml_whatever_it_contains() {
        for text in ["said \"it burnt\"", "C:\\papers", "one\ntwo\t\u{1}", "\\\"", "– ‚ja‘"] {
            let line = format!("key = {}", quoted(text));
            let table = DeTable::parse(&line).expect("valid TOML").into_inner();
            assert_eq!(table["key"].get_ref().as_str(), Some(text), "{line}");
        }
    }

    #[test]
    fn commas_and_ends_are_mended() {
        for (line, expected) in [
            (r#"title = "The mill","#, r#"title = "The mill""#),
            ("order = 1,", "order = 1"),
            (r#"title = "The mill"#, r#"title = "The mill""#),
            (r#"terms = ["mill" "fire""#, r#"terms = ["mill", "fire"]"#),
        ] {
            assert_eq!(mended(line).as_deref(), Some(expected), "{line}");
        }
        assert_eq!(mended_list_line(r#"  "the "new" mill","#).as_deref(), Some(r#""the \"new\" mill","#));
    }

    #[test]
    fn a_line_is_not_mended_into_what_its_author_did_not_mean() {
        let two_keys = Line::parse(r#"title = "The mill" publisher = "The Gazette""#).expect("has a key");
        assert_eq!(two_keys.mended(), None);
        assert_eq!(mended(r#"notes = """a "b" c"#), None);
        assert_eq!(mended("[positions"), None);
    }
}
