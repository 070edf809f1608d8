//! Whole sites for measuring, the same for the same numbers: pages, sources, questions, in the form that Sourcewise wants,
//! or the pages alone in that of another program.

mod evidence;
mod pages;
mod peers;
mod prose;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use pages::Page;

/// What a site consists of.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    pub(super) pages: usize,
    pub(super) sources: usize,
    pub(super) questions: usize,
}

/// For whom a site is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Sourcewise, with its own theme.
    Sourcewise,
    /// Sourcewise, with the bare frame around its pages that the others have.
    Framed,
    /// Hugo.
    Hugo,
    /// Programs that take Markdown with TOML before it, and have no settings.
    Plain,
}

impl Form {
    /// The form of a name.
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

/// Files of a site: path and text.
type Texts = Vec<(String, String)>;

/// Makes the site of a size in a folder that isn't there yet. `cards` and `search` are for sites whose other builders
/// make them, too.
///
/// # Errors
/// If the disk refuses.
pub(super) fn write(size: Size, form: Form, extras: bool, folder: &Path) -> io::Result<()> {
    let mut files = match form {
        Form::Sourcewise => own(extras),
        Form::Framed => own(extras).into_iter().chain(peers::framed()).collect(),
        Form::Hugo => peers::hugo(),
        Form::Plain => Vec::new(),
    };
    let is_own = matches!(form, Form::Sourcewise | Form::Framed);
    let ending = if is_own { ".md" } else { "/" };
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
        let path = format!("content/questions/{}.md", evidence::id(number));
        files.push((path, evidence::question(number)));
    }
    for number in 0..size.sources {
        let (document, record) = evidence::source(number, size.questions);
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

/// Settings, and the two pages that list others.
fn own(extras: bool) -> Texts {
    let settings = format!(
        "title = \"{}\"\ndescription = \"{}\"\nbase_url = \"{}\"\ncards = {extras}\nsearch = {extras}\n",
        peers::TITLE,
        peers::ABOUT,
        peers::ADDRESS,
    );
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\nnav = 1\n+++\n");
    vec![
        ("site.toml".to_owned(), settings),
        ("content/index.md".to_owned(), page(peers::TITLE)),
        ("content/pages/index.md".to_owned(), page("Pages")),
    ]
}
