//! Renders problems as HTML, for an overlay over the last site without errors, or as a page if there is no such site
//! yet. The texts are the same as in the terminal.

use std::fmt::Write as _;

use super::site::OWN_PREFIX;
use crate::files::Files;
use crate::problem::Problem;
use crate::render::escaped_text;
use crate::report::{self, Style};
use crate::text::visible;

/// Renders problems as HTML, for an overlay or for [`standalone`].
pub(super) fn render_problems(problems: &[Problem], files: &Files, site_is_served: bool) -> String {
    let mut articles = String::new();
    for problem in problems {
        let kind = report::severity_word(problem.severity);
        let text = report::human(std::slice::from_ref(problem), files, Style::default());
        // The first line has the code and the message, which are added separately.
        let details = text.split_once('\n').map_or("", |(_, details)| details.trim_end());
        push_article(&mut articles, kind, problem.code.as_str(), &problem.message, details);
    }
    overlay(&report::counts(problems), &articles, site_is_served)
}

/// Renders the error that prevented reading the site's files, as [`render_problems`] does.
pub(super) fn render_failure(message: &str, site_is_served: bool) -> String {
    let (first, rest) = message.split_once('\n').unwrap_or((message, ""));
    let mut articles = String::new();
    push_article(&mut articles, "error", "could not run", first, rest);
    overlay("The site can’t be read", &articles, site_is_served)
}

fn push_article(out: &mut String, kind: &str, code: &str, message: &str, text: &str) {
    let (code, message, text) =
        (escaped_text(code), escaped_text(&visible(message)), escaped_text(&visible(text)));
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<article class=\"{kind}\"><p class=\"kind\">{kind}: {code}</p>\n<h2>{message}</h2>\n<pre \
         tabindex=\"0\">{text}</pre></article>"
    );
}

fn overlay(title: &str, articles: &str, site_is_served: bool) -> String {
    let title = escaped_text(title);
    let (hint, button) = if site_is_served {
        let hint =
            "Behind this is the last version without errors. It is updated as soon as the errors are fixed.";
        (hint, "<button type=\"button\">Show the site</button>\n")
    } else {
        ("The site appears here as soon as the errors are fixed.", "")
    };
    format!(
        "<link rel=\"stylesheet\" href=\"/{OWN_PREFIX}problems.css\">\n<main role=\"alert\"><header><h1>{title}</h1>\n\
         {button}<p>{hint}</p></header>\n{articles}</main>\n"
    )
}

/// Wraps rendered problems in a page, for requests while there is no site yet.
pub(super) fn standalone(overlay: &str, version: u64) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\" data-sourcewise=\"problems\"><head><meta charset=\"utf-8\"><meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Problems</title></head><body>\n\
         {overlay}{}</body></html>\n",
        script(version)
    )
}

/// Returns the element that loads the script `reload.js`. `version` is the version of the page that contains it.
pub(super) fn script(version: u64) -> String {
    format!("<script src=\"/{OWN_PREFIX}reload.js?v={version}\" defer></script>")
}
