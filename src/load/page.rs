//! Parses a page that the site's author wrote: `content/**/*.md`, except questions. `verify::markdown` parses its text.

use std::sync::Arc;

use jiff::civil::Date;

use super::front_matter::{self, MarkdownSource};
use super::verdict::{self, VerdictDraft};
use crate::files::{FileId, Span, Spanned};
use crate::problem::Problems;

/// The keys of a page's front matter, except `draft` and `verdict`.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    pub title: String,
    /// A sentence about the page, for lists and search engines.
    pub description: Option<String>,
    /// Sort key among the pages of its folder: lower numbers first, pages without one last.
    pub order: Option<u32>,
    /// Sort key in the menu, lower numbers first; `None` if the menu does not link to the page.
    pub nav: Option<u32>,
    /// Name of the template, if it is not the default one.
    pub template: Option<Spanned<String>>,
    /// Date of the page's last revision.
    pub updated: Option<Date>,
    /// Names of the person or thing that the page is about. The page lists the answers and passages that name it.
    pub mentions: Vec<String>,
    /// Arbitrary values for the site's own templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A page whose citations and links are not checked yet.
#[derive(Clone, Debug)]
pub struct PageDraft {
    /// The file's path below `content`, with `/`: `places/ferry.md`.
    pub path: String,
    pub head: FrontMatter,
    pub body: MarkdownSource,
    pub verdict: Option<VerdictDraft>,
    /// The start of the page's file, for problems of the whole page.
    pub span: Span,
}

/// The result of parsing a page's file.
#[derive(Debug)]
pub(super) enum ParsedPage {
    Page(Box<PageDraft>),
    /// The path of a page with `draft = true`.
    Draft(String),
    /// The path of a page whose front matter is missing or not closed. The problem is already recorded.
    Invalid(String),
}

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
    let verdict = table.table("verdict", problems).map(|table| verdict::read(table, problems));
    let page = PageDraft { path, head, body, verdict, span: Span::whole(file) };
    table.finish(problems);
    if draft { ParsedPage::Draft(page.path) } else { ParsedPage::Page(Box::new(page)) }
}
