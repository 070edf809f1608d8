//! `content/**/*.md`: the pages that the author writes by hand.

use std::sync::Arc;

use jiff::civil::Date;

use super::front_matter::{self, MarkdownSource};
use crate::files::{FileId, Span, Spanned};
use crate::problem::Problems;

/// What a page's front matter says of it.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// Its place in its folder's list.
    pub order: Option<u32>,
    /// Its place in the menu, if it has one.
    pub nav: Option<u32>,
    /// The template it asks for.
    pub template: Option<Spanned<String>>,
    /// When it was last gone over, as the author says.
    pub updated: Option<Date>,
    /// Names of a thing: the page then lists what the sources say of it.
    pub mentions: Vec<String>,
    /// Anything the author's templates want.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A page as written: its citations and links are not yet checked.
#[derive(Clone, Debug)]
pub struct PageDraft {
    /// The file, relative to `content`, with `/`: `systems/ascend.md`.
    pub path: String,
    /// What its front matter says.
    pub head: FrontMatter,
    /// The Markdown.
    pub body: MarkdownSource,
    /// Where it is written.
    pub span: Span,
}

/// What became of a page's file.
#[derive(Debug)]
pub(super) enum ParsedPage {
    /// It can be shown.
    Page(Box<PageDraft>),
    /// The author holds it back.
    Draft(String),
    /// It has no front matter that could be read; that is a problem already.
    Invalid(String),
}

/// Reads one page.
pub(super) fn read(path: String, file: FileId, text: &Arc<str>, problems: &mut Problems) -> ParsedPage {
    let Some((mut table, body)) = front_matter::split(file, text, problems) else {
        return ParsedPage::Invalid(path);
    };
    let title = table.required_text("title", "How to read this site", problems);
    let draft = table.flag("draft", problems);
    let head = FrontMatter {
        title: title.map_or_else(|| path.clone(), |title| title.value),
        description: table.text("description", problems).map(|text| text.value),
        order: table.number("order", problems).map(|order| order.value),
        nav: table.number("nav", problems).map(|nav| nav.value),
        template: table.text("template", problems),
        updated: table.date("updated", problems),
        mentions: table.texts("mentions", problems).into_iter().map(|name| name.value).collect(),
        extra: table.json_object("extra", problems),
    };
    let page = PageDraft { path, head, body, span: Span::whole(file) };
    table.finish(problems);
    if draft { ParsedPage::Draft(page.path) } else { ParsedPage::Page(Box::new(page)) }
}
