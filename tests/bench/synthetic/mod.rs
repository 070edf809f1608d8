//! Generates whole sites for benchmarks: pages, sources and questions for Sourcewise, or only the pages for another
//! site generator. The same numbers give the same bytes.

mod pages;
mod prose;
mod sources;
mod themes;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use pages::Page;

/// Number of pages, sources and questions.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    pub(super) pages: usize,
    pub(super) sources: usize,
    pub(super) questions: usize,
}

/// The site generator that a site is for, and its theme.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Sourcewise, with its own theme.
    Sourcewise,
    /// Sourcewise, with the same minimal templates as the other generators.
    Framed,
    Hugo,
    /// Programs that read Markdown with TOML front matter and need no configuration.
    Plain,
}

impl Form {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sourcewise" => Self::Sourcewise,
            "framed" => Self::Framed,
            "hugo" => Self::Hugo,
            "plain" => Self::Plain,
            _ => return None,
        })
    }
}

/// Files of a site: (path, text).
type TextFiles = Vec<(String, String)>;

/// Writes a site of the given size into a folder, which must not exist yet. `extras` turns on cards and search, which
/// other generators don't have.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(size: Size, form: Form, extras: bool, folder: &Path) -> io::Result<()> {
    let mut files = match form {
        Form::Sourcewise => base_files(extras),
        Form::Framed => base_files(extras).into_iter().chain(themes::framed()).collect(),
        Form::Hugo => themes::hugo(),
        Form::Plain => Vec::new(),
    };
    let is_sourcewise = matches!(form, Form::Sourcewise | Form::Framed);
    let ending = if is_sourcewise { ".md" } else { "/" };
    for number in 0..size.pages {
        let Page { name, title, day, body } = Page::new(number, size.pages, ending);
        let front = match form {
            Form::Sourcewise | Form::Framed => format!("title = \"{title}\"\nupdated = {day}"),
            Form::Hugo => format!("title = \"{title}\"\ndate = {day}"),
            Form::Plain => format!("title = \"{title}\"\ndate = {day}\n[taxonomies]\ntags = []"),
        };
        files.push((format!("content/pages/{name}.md"), format!("+++\n{front}\n+++\n\n{body}")));
    }
    for number in 0..size.questions {
        let path = format!("content/questions/{}.md", sources::id(number));
        files.push((path, sources::question(number)));
    }
    for number in 0..size.sources {
        let (document, record) = sources::source(number, size.questions);
        files.push((format!("seeds/source-{number:04}.txt"), document));
        files.push((format!("seeds/source-{number:04}.toml"), record));
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        File::create_new(path)?.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// `site.toml`, and the two pages that list other pages.
fn base_files(extras: bool) -> TextFiles {
    let settings = format!(
        "title = \"{}\"\ndescription = \"{}\"\nbase_url = \"{}\"\ncards = {extras}\nsearch = {extras}\n",
        themes::TITLE,
        themes::ABOUT,
        themes::ADDRESS,
    );
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\nnav = 1\n+++\n");
    vec![
        ("site.toml".to_owned(), settings),
        ("content/index.md".to_owned(), page(themes::TITLE)),
        ("content/pages/index.md".to_owned(), page("Pages")),
    ]
}
