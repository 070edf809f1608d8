//! What is shown in the browser while something is wrong: the same words as on the terminal, over the last good site.

use std::fmt::Write as _;

use super::site::OWN;
use crate::files::Files;
use crate::problem::{Problem, Severity};
use crate::render::escaped_text;
use crate::report::{self, Style};

/// Problems as HTML, to be laid over a page or to be one.
pub(super) fn of_problems(problems: &[Problem], files: &Files, site_is_shown: bool) -> String {
    let mut articles = String::new();
    for problem in problems {
        let kind = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let text = report::human(std::slice::from_ref(problem), files, Style::default());
        // Its first line is the message, which is the heading here.
        let place = text.split_once('\n').map_or("", |(_, place)| place.trim_end());
        article(&mut articles, kind, problem.code.as_str(), &problem.message, place);
    }
    sheet(&report::counts(problems), &articles, site_is_shown)
}

/// What kept the site from being read, as HTML.
pub(super) fn of_failure(message: &str, site_is_shown: bool) -> String {
    let (first, rest) = message.split_once('\n').unwrap_or((message, ""));
    let mut articles = String::new();
    article(&mut articles, "error", "could not run", first, rest);
    sheet("The site can’t be read", &articles, site_is_shown)
}

fn article(out: &mut String, kind: &str, code: &str, message: &str, text: &str) {
    let (code, message, text) = (escaped_text(code), escaped_text(message), escaped_text(text));
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<article class=\"{kind}\"><p class=\"kind\">{kind}: {code}</p>\n<h2>{message}</h2>\n<pre \
         tabindex=\"0\">{text}</pre></article>"
    );
}

fn sheet(title: &str, articles: &str, site_is_shown: bool) -> String {
    let title = escaped_text(title);
    let (say, button) = if site_is_shown {
        let say = "Behind this is the site as it was before. It changes as soon as this is mended.";
        (say, "<button type=\"button\">Show the site</button>\n")
    } else {
        ("The site shows here as soon as this is mended.", "")
    };
    format!(
        "<link rel=\"stylesheet\" href=\"/{OWN}problems.css\">\n<main role=\"alert\"><header><h1>{title}</h1>\n\
         {button}<p>{say}</p></header>\n{articles}</main>\n"
    )
}

/// A page of its own, for when there is no site yet.
pub(super) fn whole(sheet: &str, version: u64) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\" data-sourcewise=\"problems\"><head><meta charset=\"utf-8\"><meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Problems</title></head><body>\n\
         {sheet}{}</body></html>\n",
        script(version)
    )
}

/// The one thing that is added to what is sent.
pub(super) fn script(version: u64) -> String {
    format!("<script src=\"/{OWN}reload.js?v={version}\" defer></script>")
}
