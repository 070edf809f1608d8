//! Makes untrusted text safe to print. Documents, file names and keys may contain characters that control a terminal or
//! reorder the words around them. They may also contain text that a CI service takes for a command.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character controls a terminal, breaks a line, or reorders text (Unicode Standard Annex #9).
fn is_unsafe(c: char) -> bool {
    let is_directional =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || is_directional || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Replaces unsafe characters (see [`is_unsafe`]) by escapes, except those for which `is_kept` is true.
fn escape(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(|c| is_unsafe(c) && !is_kept(c)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if !is_unsafe(c) || is_kept(c) => escaped.push(c),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            // Writing to a string does not fail.
            _ => drop(write!(escaped, "\\u{:04x}", u32::from(c))),
        }
    }
    Cow::Owned(escaped)
}

/// Replaces characters that control terminals, break lines or reorder text by visible escapes such as `\u202e`. A
/// parser of JSON or TOML reads an escape in a string back as the same character. Keeps line feeds and tabs.
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, |c| matches!(c, '\n' | '\t'))
}

/// Does the same as [`visible`], but also escapes line feeds and tabs, for a text that must stay on one line, such as a
/// file name.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// Replaces one character of each command that CI services look for in the output of programs by an escape, as in
/// [`visible`]. Commands are `::` at the start of a line, after any white space (GitHub), and `##[` or `##word[`, such
/// as `##vso[`, anywhere (GitHub, Azure Pipelines, `TeamCity`).
pub fn without_ci_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut broken = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start().len();
        let (indent, mut rest) = line.split_at(start);
        broken.push_str(indent);
        if let Some(after) = rest.strip_prefix("::") {
            broken.push_str("\\u003a:");
            rest = after;
        }
        while let Some(at) = rest.find("##") {
            let (before, after) = rest.split_at(at + 1);
            let name = after[1..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
            broken.push_str(before);
            rest = if name.starts_with('[') {
                broken.push_str("\\u0023");
                &after[1..]
            } else {
                after
            };
        }
        broken.push_str(rest);
    }
    Cow::Owned(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        for c in ['\u{1b}', '\r', '\u{7f}', '\u{9b}', '\u{85}', '\u{61c}', '\u{200e}', '\u{200f}'] {
            assert_eq!(visible(&format!("a{c}b")).chars().filter(|c| is_unsafe(*c)).count(), 0, "{c:?}");
        }
        for c in ('\u{2028}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
            assert_eq!(visible_line(&c.to_string()), format!("\\u{:04x}", u32::from(c)));
        }
        assert_eq!(visible("one\n\ttwo\u{1b}[31m"), "one\n\ttwo\\u001b[31m");
        assert_eq!(visible_line("one\r\n\ttwo"), "one\\r\\n\\ttwo");
        // Joiners are part of words and emoji.
        assert_eq!(visible_line("می‌خواهم 👩‍🚀"), "می‌خواهم 👩‍🚀");
    }

    #[test]
    fn json_reads_visible_escapes_back() {
        let json = serde_json::to_string("mill\u{202e}\u{9b}\u{7f}\u{2028} ##[x").expect("a string is JSON");
        let printed = without_ci_commands(&visible(&json)).into_owned();
        assert!(!printed.contains(is_unsafe) && !printed.contains("##["));
        let read: String = serde_json::from_str(&printed).expect("escapes are JSON");
        assert_eq!(read, "mill\u{202e}\u{9b}\u{7f}\u{2028} ##[x");
    }

    #[test]
    fn commands_of_ci_services_are_broken() {
        let broken = |text| without_ci_commands(text).into_owned();
        assert_eq!(broken("a\n  ::error::x\nb::c"), "a\n  \\u003a:error::x\nb::c");
        assert_eq!(broken("\u{a0}:::x"), "\u{a0}\\u003a::x");
        assert_eq!(broken("a ##[mask] ##vso[x] ### ##[y"), "a #\\u0023[mask] #\\u0023vso[x] ### #\\u0023[y");
        assert_eq!(broken("###[x"), "##\\u0023[x");
        assert_eq!(broken("## Heading [1]"), "## Heading [1]");
    }
}
