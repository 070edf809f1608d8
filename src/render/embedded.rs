//! The files of the built-in theme (folder `templates`), embedded in the program.

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

/// The theme's templates: name and text.
pub const TEMPLATES: &[(&str, &str)] = embedded![
    "404.html",
    "base.html",
    "card.svg",
    "cite.html",
    "compare.html",
    "components.html",
    "feed.xml",
    "filter.css",
    "head.html",
    "home.html",
    "page.html",
    "pair.html",
    "question.html",
    "robots.txt",
    "search.html",
    "sitemap.xml",
    "source.html",
    "sources.html",
];

/// The theme's other files: path in the site and text.
pub const ASSETS: &[(&str, &str)] = embedded![
    "assets/copy.js",
    "assets/filter.js",
    "assets/icon.svg",
    "assets/search.js",
    "assets/site.css",
    "assets/theme.js",
    "assets/tokens.css",
];

/// The interface texts, one file per language: name and text.
pub const WORDS: &[(&str, &str)] = embedded!["words/de.toml", "words/en.toml"];
