//! Formats texts as TOML strings and keys. A text that replaces another gets the same quotation marks if they allow it.

use toml::Value;

use crate::load::quoted_text;

/// Formats a text as a TOML string on one line: in double quotation marks, or in single ones if that saves escapes.
pub fn toml_string(text: &str) -> String {
    let literal = text.contains(['"', '\\']).then(|| literal(text)).flatten();
    literal.unwrap_or_else(|| quoted_text(text))
}

/// Formats a text with the quotation marks of the TOML string `old`. Falls back to [`toml_string`] if these don't
/// allow it, or if they are three marks (`"""`) although neither text needs several lines. `newline` is the line
/// end of the file.
pub(super) fn toml_string_like(text: &str, old: &str, newline: &str) -> String {
    let like_old = match marks(old) {
        Marks::Single => literal(text),
        Marks::Double => Some(quoted_text(text)),
        Marks::ThreeSingle | Marks::ThreeDouble if !text.contains('\n') && !old.contains('\n') => None,
        Marks::ThreeSingle => text_in(&lines(text, "'''", old, newline), text),
        Marks::ThreeDouble => {
            let escaped = text.replace('\\', "\\\\").replace("\"\"\"", "\"\"\\\"");
            let escaped = match escaped.strip_suffix('"') {
                Some(rest) => format!("{rest}\\\""),
                None => escaped,
            };
            text_in(&lines(&escaped, "\"\"\"", old, newline), text)
        }
    };
    like_old.unwrap_or_else(|| toml_string(text))
}

/// Formats an id as a TOML key: in double quotes if it has other characters than ASCII letters, digits, `-` and `_`.
pub(super) fn toml_key(id: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !id.is_empty() && id.chars().all(is_bare) { id.to_owned() } else { quoted_text(id) }
}

/// Formats an id as a TOML key with the quotation marks of the key `old`; if `old` has none, as [`toml_key`] does.
pub(super) fn toml_key_like(id: &str, old: &str) -> String {
    match old.chars().next() {
        Some('"') => quoted_text(id),
        Some('\'') => literal(id).unwrap_or_else(|| quoted_text(id)),
        _ => toml_key(id),
    }
}

enum Marks {
    Single,
    Double,
    ThreeSingle,
    ThreeDouble,
}

fn marks(written: &str) -> Marks {
    match written {
        _ if written.starts_with("'''") => Marks::ThreeSingle,
        _ if written.starts_with("\"\"\"") => Marks::ThreeDouble,
        _ if written.starts_with('\'') => Marks::Single,
        _ => Marks::Double,
    }
}

/// Puts a text of several lines between marks, with line ends as in the file. Begins it on a new line if `old` does:
/// TOML ignores a line end directly after the marks.
fn lines(text: &str, marks: &str, old: &str, newline: &str) -> String {
    let first = if old[marks.len()..].starts_with(['\r', '\n']) { newline } else { "" };
    let text =
        if newline == "\n" { text.to_owned() } else { text.replace("\r\n", "\n").replace('\n', newline) };
    format!("{marks}{first}{text}{marks}")
}

/// Returns `written` if it is a TOML string that means `text`; `\r\n` and `\n` count as the same.
fn text_in(written: &str, text: &str) -> Option<String> {
    let read = format!("key = {written}").parse::<toml::Table>().ok()?;
    let means = |read: &str| read == text || read.replace("\r\n", "\n") == text;
    read.get("key").and_then(Value::as_str).is_some_and(means).then(|| written.to_owned())
}

fn literal(text: &str) -> Option<String> {
    let is_plain = !text.contains(|c: char| c == '\'' || (c.is_control() && c != '\t'));
    is_plain.then(|| format!("'{text}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 9] = [
        "",
        "plain",
        "said \"yes\"",
        "it's",
        "\"it's\"",
        "C:\\papers",
        "one\ntwo",
        "\u{1}\t\r\u{7f}\u{85}",
        "a\"\"\"\"b'''c\"",
    ];

    fn read(written: &str) -> String {
        let table: toml::Table = format!("key = {written}").parse().expect("valid TOML");
        table["key"].as_str().expect("a text").to_owned()
    }

    #[test]
    fn a_text_is_read_as_it_was_meant_whatever_it_contains() {
        for text in TEXTS {
            assert_eq!(read(&toml_string(text)), text);
            for old in ["\"a\"", "'a'", "'''a\nb'''", "\"\"\"\na\n\"\"\""] {
                let written = toml_string_like(text, old, "\n");
                assert_eq!(read(&written), text, "{written}");
            }
        }
    }

    #[test]
    fn marks_stay_if_the_text_allows_it() {
        assert_eq!(toml_string_like("no \"way\"", "'a'", "\n"), "'no \"way\"'");
        assert_eq!(toml_string_like("it's", "'a'", "\n"), "\"it's\"");
        assert_eq!(toml_string_like("no \"way\"", "\"a\"", "\n"), "\"no \\\"way\\\"\"");
        assert_eq!(
            toml_string_like("one\ntwo\n", "\"\"\"\r\na\r\n\"\"\"", "\r\n"),
            "\"\"\"\r\none\r\ntwo\r\n\"\"\""
        );
        assert_eq!(toml_string("no \"way\""), "'no \"way\"'");
    }

    #[test]
    fn a_key_has_marks_only_if_it_needs_them() {
        assert_eq!(toml_key("8-5_a"), "8-5_a");
        assert_eq!(toml_key("größe"), "\"größe\"");
    }
}
