//! The files of the desk's app (folder `templates/desk`), embedded in the program.

use crate::render::escaped_text;

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/desk/", $name)))),*]
    };
}

/// The page, in which the site's language and title are filled in.
const PAGE: &str = include_str!("../../templates/desk/index.html");

/// The scripts and styles: name and text.
const FILES: &[(&str, &str)] = embedded![
    "api.js",
    "app.js",
    "board.js",
    "cells.js",
    "combobox.js",
    "conflict.js",
    "desk.css",
    "dialog.js",
    "document.js",
    "dom.js",
    "drafts.js",
    "fields.js",
    "form.js",
    "help.js",
    "keys.js",
    "marks.js",
    "move.js",
    "notices.js",
    "panel.js",
    "positions.js",
    "problems.js",
    "question.js",
    "questions.js",
    "quotebar.js",
    "quotes.js",
    "reader.js",
    "selection.js",
    "units.js",
    "words.js",
];

/// Returns all files of the app: name and text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().chain([("index.html", PAGE)])
}

/// Returns the media type and text of one of the app's scripts and style sheets.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    let (name, text) = FILES.iter().find(|(known, _)| *known == name)?;
    let media_type = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };
    Some((media_type, text))
}

/// Returns the app's page for a site.
pub(super) fn page(language: &str, title: &str) -> String {
    PAGE.replace("{{ language }}", &escaped_text(language)).replace("{{ title }}", &escaped_text(title))
}
