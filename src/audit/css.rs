//! Finds the addresses in a style sheet or `style` attribute: `url(…)` and `@import "…"`.

use std::ops::Range;

/// Returns the addresses with their byte ranges, in order. Skips comments and quoted strings that are not addresses.
pub(super) fn addresses(css: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = css[at..].find(['/', 'u', 'U', '@', '"', '\'']) {
        at += next;
        let rest = &css[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            at += 2 + comment.find("*/").map_or(comment.len(), |end| end + 2);
        } else if let Some(length) = keyword(rest, "url(").filter(|_| begins_word(css, at)) {
            at += length;
            at = push_address(css, at, ")", &mut found);
        } else if let Some(length) = keyword(rest, "@import") {
            at += length;
            if css[at..].starts_with(['"', '\'']) {
                at = push_address(css, at, ";", &mut found);
            }
        } else if rest.starts_with(['"', '\'']) {
            at += quoted(rest).map_or(1, |text| text.len() + 2);
        } else {
            at += 1;
        }
    }
    found
}

/// If `text` begins with `word` in any case, returns the length in bytes of the word and the white space after it.
fn keyword(text: &str, word: &str) -> Option<usize> {
    let start = text.get(..word.len())?;
    let after = &text[word.len()..];
    start.eq_ignore_ascii_case(word).then(|| word.len() + after.len() - after.trim_start().len())
}

fn begins_word(css: &str, at: usize) -> bool {
    !css[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns the content of the quoted string at the start of `text`; `None` if the string is not closed.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next()?;
    text[1..].split_once(quote).map(|(inner, _)| inner)
}

/// Adds the address at byte `at` to `found`, unless it is empty. It is in quotation marks, or ends before `end`.
/// Returns the byte offset after the address and its closing quotation mark, if it has one.
fn push_address(css: &str, at: usize, end: &str, found: &mut Vec<(String, Range<usize>)>) -> usize {
    let rest = &css[at..];
    let is_quoted = usize::from(rest.starts_with(['"', '\'']));
    let text = match is_quoted {
        1 => quoted(rest).unwrap_or_default(),
        _ => rest.split(end).next().unwrap_or_default().trim_end(),
    };
    let range = at + is_quoted..at + is_quoted + text.len();
    let after = (range.end + is_quoted).min(css.len());
    if !text.is_empty() {
        found.push((text.to_owned(), range));
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_address_is_found_with_its_range() {
        let css = "/* url(no) */ @import 'a.css'; p { background: URL( \"b c.png\" ), url(d.png) } q { content: \"url(no)\" }";
        let found = addresses(css);
        let texts: Vec<&str> = found.iter().map(|(address, _)| address.as_str()).collect();
        assert_eq!(texts, ["a.css", "b c.png", "d.png"]);
        for (address, range) in found {
            assert_eq!(css[range], address);
        }
    }

    #[test]
    fn unterminated_tokens_are_read_to_the_end() {
        for css in ["/*", "url(", "url(\"a", "@import 'a", "u"] {
            assert!(addresses(css).len() <= 1, "{css}");
        }
    }
}
