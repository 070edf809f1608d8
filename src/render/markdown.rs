//! Renders checked Markdown as HTML: shifts headings, makes links relative, writes question markers and tables.
//! `citations.rs` writes citations, `footnotes.rs` writes sidenotes and the list of notes.
//!
//! The output never contains inline styles or scripts, which `_headers` (`exports/http_headers.rs`) forbids.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd, html};

use super::anchors::{self, Repeats};
use super::footnotes::Footnotes;
use super::html::{escaped, escaped_text};
use super::site_data::SiteData;
use super::view::ReferenceView;
use crate::ids::QuestionId;
use crate::verify::{CheckedMarkdown, Image, Link, LinkTarget, MarkdownNode, question_path};

/// HTML has no headings below `h6`.
const MAX_HEADING_LEVEL: u8 = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CiteStyle {
    /// A number that refers to the page's list of references.
    Numbered,
    /// The source's short name, for texts of questions and sources, whose pages have no list of references.
    Named,
}

/// A text rendered as HTML.
#[derive(Debug, Default)]
pub(super) struct RenderedText {
    /// The HTML, with footnotes at its end.
    pub(super) body: String,
    /// The cited sources, in the order of their numbers. Empty for named style.
    pub(super) references: Vec<ReferenceView>,
    /// Row indexes (from 0) of the questions that have a marker in the text, without duplicates. Empty for named
    /// style.
    pub(super) markers: Vec<usize>,
}

/// Where a text is placed on the site, which decides its links, ids, citations and headings.
#[derive(Clone, Copy)]
pub(super) struct Placement<'a> {
    /// The relative path from the page to the site's root.
    pub(super) root: &'a str,
    pub(super) style: CiteStyle,
    /// The level of the heading above the text; the text's own headings are shifted to follow it. `None` leaves
    /// them as they are written.
    pub(super) parent_level: Option<u8>,
}

pub(super) fn render(text: &CheckedMarkdown, placement: Placement<'_>, data: &SiteData<'_>) -> RenderedText {
    let mut writer = Writer {
        text,
        placement,
        data,
        // Most nodes become one event, some become two.
        streams: vec![Vec::with_capacity(text.nodes.len() + text.nodes.len() / 8)],
        footnotes: Footnotes::default(),
        labels: Vec::new(),
        cite_repeats: Repeats::default(),
        references: BTreeMap::new(),
        markers: Vec::new(),
        depth: 0,
        table: Vec::new(),
        cell: 0,
        in_head: false,
        quotes: Vec::new(),
        pending_cites: Vec::new(),
        pending_space: false,
    };
    for node in &text.nodes {
        writer.node(node);
    }
    writer.flush_cites();
    writer.finish()
}

pub(super) struct Writer<'a> {
    pub(super) text: &'a CheckedMarkdown,
    pub(super) placement: Placement<'a>,
    pub(super) data: &'a SiteData<'a>,
    /// The outputs that are being written: first the text itself, then the footnote whose definition is being read, if
    /// any.
    pub(super) streams: Vec<Vec<Event<'a>>>,
    footnotes: Footnotes<'a>,
    /// Labels of the footnotes whose definitions are being read, in the order of `streams`.
    labels: Vec<String>,
    pub(super) cite_repeats: Repeats,
    /// The cited sources, by number.
    pub(super) references: BTreeMap<usize, ReferenceView>,
    markers: Vec<usize>,
    /// Number of open tables, block quotes and headings. Inside these, footnotes can't become sidenotes.
    depth: usize,
    /// The alignment of each column of the open table.
    table: Vec<Alignment>,
    /// Column of the next cell, from 0.
    cell: usize,
    in_head: bool,
    /// For each open block quote, whether it is an alert.
    quotes: Vec<bool>,
    /// Indexes of adjacent citations that are not written yet, because they share one superscript or pair of brackets.
    pub(super) pending_cites: Vec<usize>,
    /// Whether white space followed the pending citations. It is dropped if a citation without a quote follows.
    pub(super) pending_space: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn push(&mut self, event: Event<'a>) {
        if let Some(stream) = self.streams.last_mut() {
            stream.push(event);
        }
    }

    pub(super) fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.push(Event::InlineHtml(html.into()));
    }

    fn node(&mut self, node: &'a MarkdownNode) {
        match node {
            MarkdownNode::Citation(index) => {
                if self.text.citations[*index].quote.is_some() {
                    self.flush_cites();
                }
                self.pending_cites.push(*index);
                self.pending_space = false;
                return;
            }
            MarkdownNode::Event(plain) if !self.pending_cites.is_empty() && is_space(&plain.event()) => {
                self.pending_space = true;
                return;
            }
            _ => self.flush_cites(),
        }
        match node {
            MarkdownNode::Event(plain) => self.event(plain.event()),
            MarkdownNode::Heading(index) => {
                self.depth += 1;
                let heading = &self.text.headings[*index];
                self.html(format!("\n<h{} id=\"{}\">", self.level(heading.level), escaped(&heading.id)));
            }
            MarkdownNode::Term(index) => {
                let id = &self.text.terms[*index].id;
                self.html(format!("\n<dt id=\"{}\">", escaped(id)));
            }
            MarkdownNode::Link(link) => {
                let Link { target, title } = &**link;
                let title = attribute("title", title);
                let outside =
                    if matches!(target, LinkTarget::Web(_)) { " rel=\"noopener external\"" } else { "" };
                self.html(format!("<a href=\"{}\"{title}{outside}>", self.href(target)));
            }
            MarkdownNode::LinkEnd => self.html("</a>"),
            MarkdownNode::Image(image) => {
                let Image { target, text, title } = &**image;
                let title = attribute("title", title);
                self.html(format!(
                    "<img src=\"{}\" alt=\"{}\"{title} loading=\"lazy\">",
                    self.href(target),
                    escaped(text)
                ));
            }
            MarkdownNode::Citation(_) => {}
            MarkdownNode::BlockQuote(index) => self.quotation(*index),
            MarkdownNode::Marker(question) => self.marker(question),
        }
    }

    fn event(&mut self, event: Event<'a>) {
        match &event {
            Event::Start(Tag::Table(_) | Tag::BlockQuote(_)) => self.depth += 1,
            Event::End(TagEnd::Table | TagEnd::BlockQuote(_) | TagEnd::Heading(_)) => {
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.labels.push(label.to_string());
                self.streams.push(Vec::new());
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let (Some(label), Some(note)) = (self.labels.pop(), self.streams.pop()) {
                    self.footnotes.define(label, note);
                }
            }
            Event::FootnoteReference(label) => self.footnote_mention(&label),
            Event::End(TagEnd::Heading(level)) => self.html(format!("</h{}>\n", self.level(level as u8))),
            Event::Start(Tag::BlockQuote(kind)) => self.start_quote(kind),
            Event::End(TagEnd::BlockQuote(_)) => {
                let end = if self.quotes.pop() == Some(true) { "</aside>\n" } else { "</blockquote>\n" };
                self.html(end);
            }
            Event::Start(Tag::Table(alignments)) => {
                self.html("\n<div class=\"scroll\" tabindex=\"0\">");
                self.push(Event::Start(Tag::Table(vec![Alignment::None; alignments.len()])));
                self.table = alignments;
            }
            Event::End(TagEnd::Table) => {
                self.push(Event::End(TagEnd::Table));
                self.html("</div>\n");
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.cell = 0;
                self.in_head = matches!(event, Event::Start(Tag::TableHead));
                self.push(event);
            }
            Event::Start(Tag::TableCell) => {
                let name = if self.in_head { "th scope=\"col\"" } else { "td" };
                let class = match self.table.get(self.cell) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"centre\"",
                    _ => "",
                };
                self.cell += 1;
                self.html(format!("<{name}{class}>"));
            }
            Event::End(TagEnd::TableCell) => self.html(if self.in_head { "</th>" } else { "</td>" }),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            other => self.push(other),
        }
    }

    /// Writes a footnote mention. Where a sidenote may go, an empty event precedes it, which the sidenote replaces.
    fn footnote_mention(&mut self, label: &str) {
        let beside = self.depth == 0 && self.labels.is_empty() && self.placement.style == CiteStyle::Numbered;
        let placeholder = beside.then(|| {
            self.html("");
            self.streams[0].len() - 1
        });
        let mark = self.footnotes.mention(label, placeholder, self.data.locale);
        self.html(mark);
    }

    /// Returns the level of a heading in the output: the highest level in the text becomes the one below
    /// `parent_level`, but never more than [`MAX_HEADING_LEVEL`].
    fn level(&self, written: u8) -> u8 {
        let highest = self.text.headings.iter().map(|heading| heading.level).min().unwrap_or(written);
        self.placement
            .parent_level
            .map_or(written, |parent| (parent + 1 + written - highest).min(MAX_HEADING_LEVEL))
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.quotes.push(kind.is_some());
        match kind {
            None => self.html("\n<blockquote>\n"),
            Some(kind) => {
                let (class, title) = self.data.locale.alert(kind);
                self.html(format!(
                    "\n<aside class=\"alert alert-{class}\"><p class=\"alert-title\">{}</p>\n",
                    escaped_text(&title)
                ));
            }
        }
    }

    fn marker(&mut self, question: &QuestionId) {
        let rows = &self.data.comparison.rows;
        let Some(at) = rows.iter().position(|row| &row.question == question) else { return };
        let row = &rows[at];
        let held = row.positions.iter().filter(|position| !position.sources.is_empty()).count();
        let root = self.placement.root;
        let class = row.agreement.as_str();
        let gist = escaped_text(&self.data.locale.marker(row, held));
        let short = self.data.questions.get(question).map_or("", |question| question.short.as_str());
        let text = format!("<b>{}:</b> {gist}", escaped_text(short));
        let link = format!("class=\"marker {class}\" href=\"{root}{}\"", question_path(question));
        if self.placement.style == CiteStyle::Named {
            self.html(format!("<a {link}>{text}</a>"));
            return;
        }
        if !self.markers.contains(&at) {
            self.markers.push(at);
        }
        // In browsers without popovers, the style sheet displays the link instead of the button.
        self.html(format!(
            "<button type=\"button\" class=\"marker {class}\" popovertarget=\"{}\">{text}</button>\
             <a {link} hidden>{text}</a>",
            anchors::gist(question)
        ));
    }

    fn href(&self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::Web(address) => escaped(address),
            LinkTarget::Site { path, fragment } => {
                let fragment = fragment.as_deref().map_or_else(String::new, |id| format!("#{id}"));
                escaped(&format!("{}{}{fragment}", self.placement.root, super::url_path(path)))
            }
        }
    }

    fn finish(mut self) -> RenderedText {
        let locale = self.data.locale;
        let mut text = self.streams.swap_remove(0);
        self.footnotes.beside(&mut text, locale);
        let mut body = String::with_capacity(text.iter().map(estimated_len).sum());
        html::push_html(&mut body, text.into_iter());
        body.push_str(&self.footnotes.finish(locale));
        RenderedText { body, references: self.references.into_values().collect(), markers: self.markers }
    }
}

/// Estimates how many bytes an event's HTML has, to reserve memory.
fn estimated_len(event: &Event<'_>) -> usize {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => text.len() + 2,
        _ => 6,
    }
}

/// Whether an event is text that consists of white space.
fn is_space(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(text) if text.trim().is_empty())
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escaped(value)) }
}
