//! Escapes text for HTML: in attributes and between tags.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Escapes text for an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html(&mut out, text);
    out
}

/// Escapes text between tags, where quotation marks need no escaping.
pub(crate) fn escaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut out, text);
    out
}
