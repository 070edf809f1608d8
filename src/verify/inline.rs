//! Checks inline Markdown: links, images, citations, and HTML, which is not allowed. `markdown` calls these methods.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::citation::{self, CitationError, Reference, SourceReference};
use super::links::LinkTarget;
use super::markdown::{Citation, Image, MarkdownNode, MarkdownReader};
use super::places::check_locator;
use super::problems;
use super::quotation_marks::DOUBLE_MARKS;
use super::quote_context::Statement;
use super::quotes::check_quote;
use crate::files::{Span, Spanned};
use crate::ids::slug;
use crate::problem::{Code, Problem};

/// A problem about raw HTML shows the first line of the HTML, up to this length.
const MAX_QUOTED_TAG_CHARS: usize = 40;

impl MarkdownReader<'_, '_> {
    /// Handles an event of raw HTML: collects a block of HTML until its end, and reports it. Returns any other event.
    pub(super) fn html_event<'e>(&mut self, event: Event<'e>, range: &Range<usize>) -> Option<Event<'e>> {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let html = self.html.take().unwrap_or_default();
                self.raw_html(&html, range.clone());
            }
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.raw_html(&html, range.clone()),
            },
            Event::InlineHtml(html) => self.raw_html(&html, range.clone()),
            other => return Some(other),
        }
        None
    }

    /// Adds the words of an event inside an image's brackets to the alternative text. Formatting is lost.
    pub(super) fn add_image_text(&mut self, event: &Event<'_>) {
        let Some(Image { text: alt, .. }) = self.images.last_mut() else { return };
        match event {
            Event::Text(words) | Event::Code(words) => alt.push_str(words),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }

    /// Adds raw HTML to the page as text, without its comments, and reports it. A closing tag is not reported again.
    /// HTML that is only a comment is dropped.
    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        let html = without_comments(html);
        let html = html.trim();
        if html.is_empty() {
            return;
        }
        let tag: String =
            html.lines().next().unwrap_or_default().chars().take(MAX_QUOTED_TAG_CHARS).collect();
        let span = self.span(range);
        self.push(Event::Text(html.to_owned().into()));
        if html.starts_with("</") {
            // The opening tag has already been reported.
            return;
        }
        self.findings.problems.push(Problem::warning(
            Code::RawHtml,
            span,
            format!("HTML in Markdown is shown as text: `{tag}`"),
            "write it as Markdown, or put the HTML into a template in `templates/`",
        ));
    }

    /// Resolves a link's address. If it has a fragment, keeps the link for `links::check_anchors`.
    pub(super) fn link(&mut self, address: &str, range: Range<usize>) -> LinkTarget {
        let span = self.span(range);
        let target = self.findings.add(self.context.links.target(address, self.location, span));
        if target.fragment().is_some() {
            self.text.anchors.push(Spanned::new(target.clone(), span));
        }
        target
    }

    /// Resolves an image's address. An image on another site is a problem, because readers' browsers would load it.
    pub(super) fn image(&mut self, address: &str, range: Range<usize>) -> LinkTarget {
        let span = self.span(range);
        let target = self.findings.add(self.context.links.target(address, self.location, span));
        if matches!(target, LinkTarget::Web(_)) {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let name =
                path.rsplit('/').next().filter(|name| name.contains('.') && path.matches('/').count() > 2);
            let name = name.map_or_else(|| "its file name".to_owned(), |name| format!("`{name}`"));
            self.findings.problems.push(Problem::error(
                Code::ThirdParty,
                span,
                "this image is on another site, so readers' browsers would contact that site",
                format!(
                    "if its licence allows, save the image beside this file and write {name} as its address; otherwise link to it"
                ),
            ));
        }
        target
    }

    /// Adds a citation or marker. `label` is the text in its brackets. If it can't be parsed, has an unknown id, or
    /// directly follows other brackets as in `[text][@source]`, that is a problem and it is left out.
    pub(super) fn add_reference(&mut self, label: &str, kind: LinkType, range: Range<usize>) {
        let span = self.span(range);
        if kind == LinkType::ReferenceUnknown {
            let error = CitationError::new(
                "it follows text in brackets, as in a link",
                format!("write the text without brackets, then a space, then `[{label}]`"),
            );
            self.findings.problems.push(problems::bad_citation(&format!("[{label}]"), &error, span));
            return;
        }
        match citation::parse(label, self.context.example_ids()) {
            Err(error) => {
                let error = self.spaced_id_error(label).unwrap_or(error);
                self.findings.problems.push(problems::bad_citation(&format!("[{label}]"), &error, span));
            }
            Ok(Reference::Question(id)) => {
                let written = Spanned::new(id.to_string(), span);
                if self.findings.add(self.context.question_id(&written)).is_some() {
                    self.text.nodes.push(MarkdownNode::Marker(id));
                    self.text.has_markers = true;
                }
            }
            Ok(Reference::Sources(sources)) => {
                for source in sources {
                    self.add_citation(source, span);
                }
            }
        }
    }

    /// Adds a citation of one source. If its id is unknown or its quote is not verified, that is a problem and the
    /// citation is left out. If only its place is wrong, it is reported and stays.
    fn add_citation(&mut self, written: SourceReference, span: Span) {
        let SourceReference { prefix, id, quote, locator } = written;
        let name = Spanned::new(id.to_string(), span);
        let Some(source) = self.findings.add(self.context.source_id(&name)) else { return };
        let quote = match quote {
            Some(words) => {
                let words = Spanned::new(words, span);
                let quote = check_quote(self.context, &source, &words, Statement::Markdown);
                let Some(quote) = self.findings.add(quote) else { return };
                Some(quote)
            }
            None => None,
        };
        let misplaced = locator
            .as_ref()
            .and_then(|locator| check_locator(self.context, &source, quote.as_ref(), locator, span));
        self.findings.problems.extend(misplaced);
        self.text.citations.push(Citation { source, quote, prefix, locator });
        self.text.nodes.push(MarkdownNode::Citation(self.text.citations.len() - 1));
    }
}

impl MarkdownReader<'_, '_> {
    /// Returns the error for an id with spaces: `@mill report`, if `mill-report` is the id of a source. The same for
    /// questions.
    fn spaced_id_error(&self, label: &str) -> Option<CitationError> {
        let (sign, rest) = label.split_at_checked(1)?;
        let end =
            rest.find(|c| matches!(c, ';' | ',' | ':') || DOUBLE_MARKS.contains(&c)).unwrap_or(rest.len());
        let (name, after) = (rest[..end].trim(), rest[end..].trim());
        let id = slug(name);
        let (what, is_known) = match sign {
            "?" => ("question", self.question(&id).is_some()),
            "@" => ("source", self.source(&id).is_some()),
            _ => return None,
        };
        let space = if after.starts_with([';', ',', ':']) || after.is_empty() { "" } else { " " };
        (is_known && id != name).then(|| {
            let help = format!("write `[{sign}{id}{space}{after}]`");
            CitationError::new(format!("`{name}` is not the id of a {what}"), help)
        })
    }
}

/// Removes HTML comments. A comment that is not closed extends to the end of the text.
fn without_comments(html: &str) -> String {
    let mut rest = html;
    let mut result = String::new();
    while let Some((before, comment)) = rest.split_once("<!--") {
        result.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    result.push_str(rest);
    result
}
