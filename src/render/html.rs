//! Text made safe to stand in HTML.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Safe within an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html(&mut out, text);
    out
}

/// Safe between tags.
pub(crate) fn escaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut out, text);
    out
}
