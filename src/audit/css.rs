//! The addresses in a style sheet: `url(…)` and `@import "…"`.

use std::ops::Range;

/// Every address with its place, in order. What stands in a comment is left out.
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
            at = address(css, at, ")", &mut found);
        } else if let Some(length) = keyword(rest, "@import") {
            at += length;
            if css[at..].starts_with(['"', '\'']) {
                at = address(css, at, ";", &mut found);
            }
        } else if rest.starts_with(['"', '\'']) {
            at += quoted(rest).map_or(1, |text| text.len() + 2);
        } else {
            at += 1;
        }
    }
    found
}

/// The bytes of a keyword and the white space after it.
fn keyword(text: &str, word: &str) -> Option<usize> {
    let start = text.get(..word.len())?;
    let after = &text[word.len()..];
    start.eq_ignore_ascii_case(word).then(|| word.len() + after.len() - after.trim_start().len())
}

fn begins_word(css: &str, at: usize) -> bool {
    !css[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// What stands in the quotation marks that a text begins with.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next()?;
    text[1..].split_once(quote).map(|(inner, _)| inner)
}

/// Keeps the address that begins here, in quotation marks or up to `end`. Returns where it ends.
fn address(css: &str, at: usize, end: &str, found: &mut Vec<(String, Range<usize>)>) -> usize {
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
    fn addresses_are_found_in_all_their_forms_with_their_places() {
        let css = "/* url(no) */ @import 'a.css'; p { background: URL( \"b c.png\" ), url(d.png) } q { content: \"url(no)\" }";
        let found = addresses(css);
        let texts: Vec<&str> = found.iter().map(|(address, _)| address.as_str()).collect();
        assert_eq!(texts, ["a.css", "b c.png", "d.png"]);
        for (address, range) in found {
            assert_eq!(css[range], address);
        }
    }

    #[test]
    fn what_never_ends_is_read_to_the_end() {
        for css in ["/*", "url(", "url(\"a", "@import 'a", "u"] {
            assert!(addresses(css).len() <= 1, "{css}");
        }
    }
}
