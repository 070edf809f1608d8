//! Checked Markdown → HTML: citations get numbers, footnotes go to the end, links become relative.
//!
//! Nothing written here has an inline style or script, whatever the author's Markdown asks for.

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd, html};

use super::anchors;
use super::footnotes::Footnotes;
use super::html::{escaped, escaped_text};
use super::site_data::SiteData;
use super::view::ReferenceView;
use crate::ids::{QuestionId, SourceId};
use crate::verify::{CheckedMarkdown, Image, Link, LinkTarget, MarkdownNode};

/// How citations look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CiteStyle {
    /// A number into the page's list of references.
    Numbered,
    /// The source's short name: for texts that several pages show.
    Named,
}

/// A text as HTML.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// The HTML itself, footnotes at its end.
    pub(super) body: String,
    /// What it cites, by number.
    pub(super) references: Vec<ReferenceView>,
    /// The rows of the comparison that it has a marker of, by number from 0, each once.
    pub(super) markers: Vec<usize>,
}

/// The page that a text is rendered for.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The way from the page to the site's root.
    pub(super) root: &'a str,
    /// How citations look there.
    pub(super) style: CiteStyle,
    /// What goes before the ids of the text, where it shares the page with others.
    pub(super) prefix: &'a str,
    /// The level of the heading that the text stands below, where its own headings follow on that: a text that stands
    /// on several pages can't know it. `None` leaves them as they are written.
    pub(super) below: Option<u8>,
}

/// Renders a text.
pub(super) fn render(text: &CheckedMarkdown, frame: Frame<'_>, data: &SiteData<'_>) -> Html {
    let mut writer = Writer {
        text,
        frame,
        data,
        // Every piece becomes an event, some become two.
        streams: vec![Vec::with_capacity(text.nodes.len() + text.nodes.len() / 8)],
        footnotes: Footnotes::default(),
        labels: Vec::new(),
        cited: Vec::new(),
        references: Vec::new(),
        markers: Vec::new(),
        depth: 0,
        table: Vec::new(),
        cell: 0,
        in_head: false,
        quotes: Vec::new(),
        run: Vec::new(),
        held_space: false,
    };
    for piece in &text.nodes {
        writer.piece(piece);
    }
    writer.end_cites();
    writer.finish()
}

pub(super) struct Writer<'a> {
    pub(super) text: &'a CheckedMarkdown,
    pub(super) frame: Frame<'a>,
    pub(super) data: &'a SiteData<'a>,
    /// The body, and on top of it the footnote that is being read.
    pub(super) streams: Vec<Vec<Event<'a>>>,
    footnotes: Footnotes<'a>,
    /// Labels of the footnotes that are being read.
    labels: Vec<String>,
    pub(super) cited: Vec<SourceId>,
    pub(super) references: Vec<ReferenceView>,
    markers: Vec<usize>,
    /// How many tables, quotes and headings are open: in none of them a note can stand beside the text.
    depth: usize,
    table: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Which of the open block quotes are alerts.
    quotes: Vec<bool>,
    /// Citations that follow one another, not yet written: they share one pair of brackets.
    pub(super) run: Vec<usize>,
    /// A space stood after them, which belongs to what follows if that is no citation.
    pub(super) held_space: bool,
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

    fn piece(&mut self, piece: &'a MarkdownNode) {
        match piece {
            MarkdownNode::Citation(index) => {
                if self.text.citations[*index].quote.is_some() {
                    self.end_cites();
                }
                self.run.push(*index);
                self.held_space = false;
                return;
            }
            MarkdownNode::Event(plain) if !self.run.is_empty() && is_space(&plain.event()) => {
                self.held_space = true;
                return;
            }
            _ => self.end_cites(),
        }
        match piece {
            MarkdownNode::Event(plain) => self.event(plain.event()),
            MarkdownNode::Heading(index) => {
                self.depth += 1;
                let heading = &self.text.headings[*index];
                self.html(format!(
                    "\n<h{} id=\"{}{}\">",
                    self.level(heading.level),
                    self.frame.prefix,
                    escaped(&heading.id)
                ));
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
            Event::FootnoteReference(label) => self.mark(&label),
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

    /// The mark of a footnote.
    fn mark(&mut self, label: &str) {
        let beside = self.depth == 0 && self.labels.is_empty() && self.frame.style == CiteStyle::Numbered;
        let place = beside.then(|| {
            self.html("");
            self.streams[0].len() - 1
        });
        let mark = self.footnotes.mention(label, self.frame.prefix, place, self.data.words);
        self.html(mark);
    }

    /// The level of a heading where the text stands: its highest is one below what it stands under.
    fn level(&self, written: u8) -> u8 {
        let highest = self.text.headings.iter().map(|heading| heading.level).min().unwrap_or(written);
        self.frame.below.map_or(written, |below| (below + 1 + written - highest).min(6))
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.quotes.push(kind.is_some());
        match kind {
            None => self.html("\n<blockquote>\n"),
            Some(kind) => {
                let (class, title) = self.data.words.alert(kind);
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
        let root = self.frame.root;
        let class = row.agreement.as_str();
        let gist = escaped_text(&self.data.words.marker(row, held));
        let short = self.data.questions.get(question).map_or("", |question| question.short.as_str());
        let text = format!("<b>{}:</b> {gist}", escaped_text(short));
        let link = format!("class=\"marker {class}\" href=\"{root}compare.html#{question}\"");
        if self.frame.style == CiteStyle::Named {
            self.html(format!("<a {link}>{text}</a>"));
            return;
        }
        if !self.markers.contains(&at) {
            self.markers.push(at);
        }
        // Where popovers are not known, the theme shows the link in place of the button.
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
                escaped(&format!("{}{}{fragment}", self.frame.root, super::url_path(path)))
            }
        }
    }

    fn finish(mut self) -> Html {
        let (words, prefix) = (self.data.words, self.frame.prefix);
        let mut text = self.streams.swap_remove(0);
        self.footnotes.beside(&mut text, prefix, words);
        let mut body = String::with_capacity(text.iter().map(length).sum());
        html::push_html(&mut body, text.into_iter());
        body.push_str(&self.footnotes.finish(prefix, words));
        Html { body, references: self.references, markers: self.markers }
    }
}

/// About as many bytes as an event becomes.
fn length(event: &Event<'_>) -> usize {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => text.len() + 2,
        _ => 6,
    }
}

/// Whether an event is nothing but white space.
fn is_space(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(text) if text.trim().is_empty())
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escaped(value)) }
}
