//! An author's Markdown → [`CheckedMarkdown`]: every citation, quote, marker and link in it is looked up.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};
use sourcewise_quotes::{VerifiedQuote, primary};

use super::checked::{Checked, Findings};
use super::citation;
use super::context::Context;
use super::headings::{Heading, HeadingIds};
use super::links::{LinkTarget, TextLocation};
use super::owned_event::OwnedEvent;
use super::problems;
use crate::files::{Span, Spanned};
use crate::ids::{QuestionId, SourceId, is_id};
use crate::load::MarkdownSource;

/// Markdown in which everything that points somewhere points to something that exists.
#[derive(Clone, Debug, Default)]
pub struct CheckedMarkdown {
    /// What it is made of, in order.
    pub nodes: Vec<MarkdownNode>,
    /// The ids of its headings.
    pub headings: Vec<Heading>,
    /// What it cites, in the order of first words.
    pub citations: Vec<Citation>,
    /// Whether it has markers that count answers.
    pub has_markers: bool,
    /// Links to headings of other pages, to be looked up when all pages are read.
    pub(super) anchors: Vec<Spanned<LinkTarget>>,
}

/// A node of a [`CheckedMarkdown`].
#[derive(Clone, Debug)]
pub enum MarkdownNode {
    /// OwnedEvent Markdown: no links, no headings, no raw HTML.
    Event(OwnedEvent),
    /// A heading begins; a number into [`CheckedMarkdown::headings`].
    Heading(usize),
    /// A link begins.
    Link(Box<Link>),
    /// A link ends.
    LinkEnd,
    /// A picture.
    Image(Box<Image>),
    /// A citation; a number into [`CheckedMarkdown::citations`].
    Citation(usize),
    /// A block of quoted words; a number into [`CheckedMarkdown::citations`].
    BlockQuote(usize),
    /// A marker that counts the answers to a question.
    Marker(QuestionId),
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// Its title; may be empty.
    pub title: String,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where it is.
    pub target: LinkTarget,
    /// Its text, for those who don't see it.
    pub text: String,
    /// Its title; may be empty.
    pub title: String,
}

/// One `@source` of a citation.
#[derive(Clone, Debug)]
pub struct Citation {
    /// Which source.
    pub source: SourceId,
    /// Its words, if the author quotes some.
    pub quote: Option<VerifiedQuote>,
}

/// Marks what stands in the place of a URL for a reference that the Markdown parser could not resolve.
const REFERENCE_SCHEME: &str = "sourcewise:";

/// Checks Markdown that stands at `place` among the pages.
pub(super) fn check_markdown(
    context: &Context<'_>,
    body: &MarkdownSource,
    place: &TextLocation,
) -> Checked<CheckedMarkdown> {
    let reference = |link: BrokenLink<'_>| {
        let label = link.reference.as_ref();
        citation::is_reference(label)
            .then(|| (CowStr::from(format!("{REFERENCE_SCHEME}{label}")), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(body.text(), options(context), Some(reference));
    let mut reader = MarkdownReader {
        context,
        findings: Findings::default(),
        body,
        place,
        text: CheckedMarkdown::default(),
        images: Vec::new(),
        in_heading: false,
        in_code: false,
        html: None,
        ids: HeadingIds::default(),
        open: Vec::new(),
    };
    let mut events = TextMergeWithOffset::new(parser.into_offset_iter());
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Link { dest_url, link_type, .. })
                if is_unresolved(link_type) && dest_url.starts_with(REFERENCE_SCHEME) =>
            {
                // What stands between is the label once more.
                let end = |event: &(Event<'_>, _)| matches!(event.0, Event::End(TagEnd::Link));
                events.by_ref().find(end);
                let label = &dest_url[REFERENCE_SCHEME.len()..];
                match reader.images.last_mut() {
                    // The text of a picture is for those who don't see it: no place for a citation.
                    Some(image) => image.text.push_str(label),
                    None => reader.reference(label, link_type, range),
                }
            }
            event => reader.event(event, range),
        }
    }
    Checked { value: reader.text, findings: reader.findings }
}

fn options(context: &Context<'_>) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    // The quotation marks it makes are English ones.
    options.set(Options::ENABLE_SMART_PUNCTUATION, primary(&context.site.language) == "en");
    options
}

/// True for what only the callback for unknown references can have made a link.
fn is_unresolved(link: LinkType) -> bool {
    matches!(link, LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown)
}

pub(super) struct MarkdownReader<'r, 'v> {
    pub(super) context: &'r Context<'v>,
    pub(super) findings: Findings,
    body: &'r MarkdownSource,
    pub(super) place: &'r TextLocation,
    pub(super) text: CheckedMarkdown,
    /// Pictures whose text is being read, one within the other.
    pub(super) images: Vec<Image>,
    /// True while a heading is being read, which is then the last of the text's.
    in_heading: bool,
    /// True while a code block is being read.
    in_code: bool,
    /// The HTML block that is being read.
    pub(super) html: Option<String>,
    /// The ids of headings so far.
    ids: HeadingIds,
    /// Where, among the nodes, each open block began.
    open: Vec<usize>,
}

impl MarkdownReader<'_, '_> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.body.span(range)
    }

    pub(super) fn push(&mut self, event: Event<'_>) {
        self.text.nodes.push(MarkdownNode::Event(OwnedEvent::new(event)));
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if !self.images.is_empty()
            && !matches!(event, Event::End(TagEnd::Image) | Event::Start(Tag::Image { .. }))
        {
            self.add_image_text(&event);
            return;
        }
        if let Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) = event {
            self.in_code = matches!(event, Event::Start(_));
        }
        let Some(event) = self.html_event(event, &range) else { return };
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => self.start_heading(level as u8, id.as_deref()),
            Event::End(TagEnd::Heading(level)) => {
                self.end_heading(range);
                self.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let target = self.link(&format!("{scheme}{dest_url}"), range);
                let link = Link { target, title: title.into_string() };
                self.text.nodes.push(MarkdownNode::Link(Box::new(link)));
            }
            Event::End(TagEnd::Link) => self.text.nodes.push(MarkdownNode::LinkEnd),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let target = self.image(&dest_url, range);
                self.images.push(Image { target, text: String::new(), title: title.into_string() });
            }
            Event::End(TagEnd::Image) => {
                if let Some(image) = self.images.pop() {
                    self.text.nodes.push(MarkdownNode::Image(Box::new(image)));
                }
            }
            Event::Text(words) => self.text_event(words, range),
            Event::Code(words) => {
                self.add_heading_text(&words);
                self.push(Event::Code(words));
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::BlockQuote(None)) => {
                self.open.push(self.text.nodes.len());
                self.push(event);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                let from = self.open.pop().unwrap_or_default();
                self.check_uncited(from, range);
                self.push(event);
            }
            Event::End(TagEnd::BlockQuote(None)) => {
                let from = self.open.pop().unwrap_or_default();
                if !self.check_block_quote(from, &range) {
                    self.push(event);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.add_heading_text(" ");
                self.push(event);
            }
            other => self.push(other),
        }
    }

    fn text_event(&mut self, words: CowStr<'_>, range: Range<usize>) {
        if !self.in_code {
            self.report_unparsed(&range);
        }
        self.add_heading_text(&words);
        self.push(Event::Text(words));
    }

    /// Tells of what the Markdown parser has made nothing of, so that it would show as text: a citation with brackets
    /// within, the mark of a note that nobody wrote.
    fn report_unparsed(&mut self, range: &Range<usize>) {
        let written = &self.body.text()[range.clone()];
        // Nearly no text has one.
        if memchr::memchr(b'[', written.as_bytes()).is_none() {
            return;
        }
        let first = |open: &str| {
            let escaped = |at: &usize| self.body.text()[..range.start + at].ends_with('\\');
            written.match_indices(open).map(|(at, _)| at).find(|at| !escaped(at))
        };
        if let Some(start) = first("[@") {
            let rest: String = written[start..].chars().take_while(|c| *c != '\n').take(30).collect();
            let span = self.span(range.start + start..range.start + start + rest.len());
            let reason = "a bracket is open, or within";
            self.findings.problems.push(problems::unreadable_citation(&rest, reason, span));
        }
        if let Some(start) = first("[^")
            && let Some(end) = written[start..].find(']').map(|end| start + end)
            && !written[start..end].contains(char::is_whitespace)
            && end > start + 2
        {
            let span = self.span(range.start + start..range.start + end + 1);
            self.findings.problems.push(problems::unknown_note(&written[start + 2..end], span));
        }
    }

    fn add_heading_text(&mut self, words: &str) {
        if self.in_heading
            && let Some(heading) = self.text.headings.last_mut()
        {
            heading.text.push_str(words);
        }
    }

    fn start_heading(&mut self, level: u8, id: Option<&str>) {
        self.in_heading = true;
        let id = id.unwrap_or_default().to_owned();
        self.text.headings.push(Heading { level, id, text: String::new() });
        self.text.nodes.push(MarkdownNode::Heading(self.text.headings.len() - 1));
    }

    fn end_heading(&mut self, range: Range<usize>) {
        self.in_heading = false;
        let Some(mut heading) = self.text.headings.pop() else { return };
        if heading.id.is_empty() {
            heading.id = self.ids.free(&heading.text);
        } else if !is_id(&heading.id) {
            let span = self.body.span(range);
            self.findings.problems.push(problems::bad_heading_id(&heading.id, span));
        } else if !self.ids.take(&heading.id) {
            self.findings.problems.push(problems::heading_taken(&heading.id, self.body.span(range)));
        }
        self.text.headings.push(heading);
    }
}
