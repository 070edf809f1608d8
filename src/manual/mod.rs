//! The list of the manual's chapters, which are Markdown files beside this file. `sourcewise help CHAPTER` and
//! `sourcewise man` print them. They are compiled into the program, so they always describe the version that prints
//! them.

mod blocks;
mod man;
mod terminal;

pub use man::man_page;
pub use terminal::plain_text;

/// One chapter of the manual.
#[derive(Debug)]
pub struct Chapter {
    /// The name to type after `sourcewise help`.
    pub name: &'static str,
    /// What the chapter is about, for the list of chapters.
    pub summary: &'static str,
    pub markdown: &'static str,
}

macro_rules! chapters {
    ($($name:literal: $summary:literal,)*) => {
        /// All chapters, in reading order.
        pub const CHAPTERS: &[Chapter] = &[
            $(Chapter { name: $name, summary: $summary, markdown: include_str!(concat!($name, ".md")) },)*
        ];
    };
}

chapters! {
    "getting-started": "install, look at an example, make a first site",
    "records": "what you note about a source, and its answers",
    "questions": "the rows of the comparison, and passages found by rule",
    "pages": "Markdown, citations, links",
    "quotes": "how quotes are verified, and the lock file",
    "comparison": "how to read “What each source says”",
    "documents": "formats that are read, and their limits",
    "reading": "read the sources and write the answers in a browser",
    "suggestions": "answers suggested by rules or by a program",
    "checks": "problems, links to other sites, accepted problems",
    "output": "the files that are built, search, cards, feed",
    "templates": "your own styles, page templates and interface texts",
    "hosting": "GitHub, GitLab, Netlify, Cloudflare, nginx, S3, disk",
    "files": "reference: every key of every file",
}

/// Words for which `sourcewise help` prints the chapter that explains them.
const TOPICS: &[(&str, &str)] = &[
    ("answers", "records"),
    ("baseline", "checks"),
    ("cards", "output"),
    ("citations", "pages"),
    ("context", "quotes"),
    ("exclude", "documents"),
    ("feed", "output"),
    ("formats", "documents"),
    ("include", "documents"),
    ("limits", "files"),
    ("links", "pages"),
    ("lock", "quotes"),
    ("markers", "pages"),
    ("origins", "records"),
    ("positions", "questions"),
    ("problems", "checks"),
    ("publish", "records"),
    ("search", "output"),
    ("silent", "records"),
    ("sources", "records"),
    ("summary", "records"),
    ("terms", "questions"),
    ("voice", "records"),
    ("warnings", "checks"),
];

/// Finds a chapter by its name, or by one of the `TOPICS` that it explains. A topic may lack its final `s`.
pub fn chapter(name: &str) -> Option<&'static Chapter> {
    let is_same = |known: &str| known == name || known.strip_suffix('s') == Some(name);
    let topic = TOPICS.iter().find(|(topic, _)| is_same(topic)).map(|(_, chapter)| *chapter);
    CHAPTERS.iter().find(|chapter| chapter.name == topic.unwrap_or(name))
}

/// Formats the list of chapters that the program's help contains.
pub fn list_of_chapters() -> String {
    let width = CHAPTERS.iter().map(|chapter| chapter.name.len()).max().unwrap_or(0);
    let mut list = String::from("Chapters of the manual, printed by `sourcewise help CHAPTER`:\n");
    list.extend(CHAPTERS.iter().map(|Chapter { name, summary, .. }| format!("  {name:width$}  {summary}\n")));
    list
}
