//! The site's Markdown → [`CheckedMarkdown`]: walks through the parser's events. `inline` checks citations, links,
//! images and HTML, `blocks` block quotations and paragraphs, `quotations` words in quotation marks, `unparsed`
//! mistyped syntax.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};
use sourcewise_quotes::{VerifiedQuote, primary};

use super::checked::{Checked, Findings};
use super::citation;
use super::context::Context;
use super::headings::{Heading, HeadingIds, Term};
use super::links::{LinkTarget, TextLocation};
use super::locator::Locator;
use super::owned_event::OwnedEvent;
use super::problems;
use crate::files::{Span, Spanned};
use crate::ids::{QuestionId, SourceId, is_id};
use crate::load::MarkdownSource;

/// Parsed Markdown in which every citation, quote, marker and link is checked. Citations and markers that fail are left
/// out. Broken links and images lead to the text's own page. A block quotation that is not verified stays as an
/// ordinary one.
#[derive(Clone, Debug, Default)]
pub struct CheckedMarkdown {
    pub nodes: Vec<MarkdownNode>,
    pub headings: Vec<Heading>,
    /// The terms of definition lists.
    pub terms: Vec<Term>,
    /// The citations in the order of the text.
    pub citations: Vec<Citation>,
    /// Whether the text contains a [`MarkdownNode::Marker`].
    pub has_markers: bool,
    /// Links with a fragment, which `links::check_anchors` checks after all pages are parsed.
    pub(super) anchors: Vec<Spanned<LinkTarget>>,
}

/// A node of a [`CheckedMarkdown`]. Nesting is flat: blocks and links have start and end nodes.
#[derive(Clone, Debug)]
pub enum MarkdownNode {
    /// A parser event that is kept as it is: never a link, an image, the start of a heading or term, or raw HTML.
    Event(OwnedEvent),
    /// The start of a heading: its index in [`CheckedMarkdown::headings`].
    Heading(usize),
    /// The start of a term: its index in [`CheckedMarkdown::terms`].
    Term(usize),
    Link(Box<Link>),
    LinkEnd,
    Image(Box<Image>),
    /// A citation: its index in [`CheckedMarkdown::citations`].
    Citation(usize),
    /// A verified block quotation: the index of its citation in [`CheckedMarkdown::citations`].
    BlockQuote(usize),
    /// `[?question]`, in place of which the page shows how many sources answer the question.
    Marker(QuestionId),
}

#[derive(Clone, Debug)]
pub struct Link {
    pub target: LinkTarget,
    pub title: String,
}

#[derive(Clone, Debug)]
pub struct Image {
    pub target: LinkTarget,
    pub text: String,
    pub title: String,
}

/// One `@source` in the brackets of a citation.
#[derive(Clone, Debug)]
pub struct Citation {
    pub source: SourceId,
    /// The quoted words, if the citation has any.
    pub quote: Option<VerifiedQuote>,
    /// The words before the source, such as *see*.
    pub prefix: Option<String>,
    /// The page, chapter or other place that the citation names.
    pub locator: Option<Locator>,
}

/// Citations and markers look like reference links to the Markdown parser, which asks for their URL. It gets one with
/// this prefix, by which their events are recognized.
pub(super) const REFERENCE_SCHEME: &str = "sourcewise:";

/// Maximum number of blocks within one another. Each block is checked with all blocks inside it, so the time would be
/// quadratic in the depth. Text after a deeper block is not read.
const MAX_NESTED_BLOCKS: usize = 100;

/// Parses Markdown and checks its citations, quotes, markers and links. `location` is where the text is in the site. If
/// blocks are nested too deep, that is a problem, and the rest of the text is dropped.
pub(super) fn check_markdown(
    context: &Context<'_>,
    body: &MarkdownSource,
    location: &TextLocation,
) -> Checked<CheckedMarkdown> {
    let reference = |link: BrokenLink<'_>| {
        let label = link.reference.as_ref();
        citation::is_reference(label, |id| context.may_be_source(id))
            .then(|| (CowStr::from(format!("{REFERENCE_SCHEME}{label}")), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(body.text(), options(context), Some(reference));
    let mut reader = MarkdownReader {
        context,
        findings: Findings::default(),
        body,
        location,
        text: CheckedMarkdown::default(),
        images: Vec::new(),
        in_heading: false,
        in_term: false,
        in_code: false,
        html: None,
        ids: HeadingIds::default(),
        open: Vec::new(),
        quotation_before: None,
    };
    let mut events = TextMergeWithOffset::new(parser.into_offset_iter());
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Link { dest_url, link_type, .. })
                if is_unresolved(link_type) && dest_url.starts_with(REFERENCE_SCHEME) =>
            {
                // Skips the link's text, which repeats the label.
                let end = |event: &(Event<'_>, _)| matches!(event.0, Event::End(TagEnd::Link));
                events.by_ref().find(end);
                let label = &dest_url[REFERENCE_SCHEME.len()..];
                match reader.images.last_mut() {
                    // Alternative text is only text, so a citation in it becomes the words between its brackets.
                    Some(image) => image.text.push_str(label),
                    None => reader.add_reference(label, link_type, range),
                }
            }
            event => {
                let start = range.start;
                reader.add_event(event, range);
                if reader.open.len() > MAX_NESTED_BLOCKS {
                    let span = reader.span(start..start + 1);
                    reader.findings.problems.push(problems::nested_too_deep(MAX_NESTED_BLOCKS, span));
                    break;
                }
            }
        }
    }
    Checked { value: reader.text, findings: reader.findings }
}

/// The extensions of Markdown that are on, whatever the language of the site is.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

fn options(context: &Context<'_>) -> Options {
    let mut options = OPTIONS;
    // The parser's smart quotation marks are English, so they would be wrong in other languages.
    options.set(Options::ENABLE_SMART_PUNCTUATION, primary(&context.site.language) == "en");
    options
}

/// Whether the Markdown gives no URL for a link, so that the parser asked the callback for one. Only citations and
/// markers get a URL then.
pub(super) fn is_unresolved(link: LinkType) -> bool {
    matches!(link, LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown)
}

/// Builds a [`CheckedMarkdown`] from the parser's events.
pub(super) struct MarkdownReader<'r, 'v> {
    pub(super) context: &'r Context<'v>,
    pub(super) findings: Findings,
    pub(super) body: &'r MarkdownSource,
    pub(super) location: &'r TextLocation,
    pub(super) text: CheckedMarkdown,
    /// Stack of images whose alternative text is being read; images can be nested.
    pub(super) images: Vec<Image>,
    /// Whether the parser is inside a heading: the last entry of `text.headings`.
    in_heading: bool,
    /// Whether the parser is inside a term: the last entry of `text.terms`.
    in_term: bool,
    /// Whether the parser is inside a code block.
    in_code: bool,
    /// The content so far of the HTML block that the parser is inside of.
    pub(super) html: Option<String>,
    ids: HeadingIds,
    /// Stack of the open paragraphs, list items, table cells and block quotations: the index in `text.nodes` of the
    /// first node of each.
    pub(super) open: Vec<usize>,
    /// The words and place of the last block quotation without a citation, until the next paragraph, list item or cell
    /// ends.
    pub(super) quotation_before: Option<(String, Span)>,
}

impl MarkdownReader<'_, '_> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.body.span(range)
    }

    pub(super) fn push(&mut self, event: Event<'_>) {
        self.text.nodes.push(MarkdownNode::Event(OwnedEvent::new(event)));
    }

    /// Handles an event of the parser, except those of citations and markers. `range` is its byte range in the
    /// Markdown.
    fn add_event(&mut self, event: Event<'_>, range: Range<usize>) {
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
            Event::Start(Tag::DefinitionListTitle) => self.start_term(),
            Event::End(TagEnd::DefinitionListTitle) => {
                self.end_term();
                self.push(Event::End(TagEnd::DefinitionListTitle));
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
                self.add_words_of_id(&words);
                self.push(Event::Code(words));
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::BlockQuote(None)) => {
                self.open.push(self.text.nodes.len());
                self.push(event);
            }
            Event::End(
                end @ (TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::BlockQuote(None)),
            ) => self.close_block(end, range),
            Event::SoftBreak | Event::HardBreak => {
                self.add_words_of_id(" ");
                self.push(event);
            }
            other => self.push(other),
        }
    }

    /// Checks the quotations and citations of the block that ends here, and adds its end. A verified block quotation
    /// has become one node, which has no end.
    fn close_block(&mut self, end: TagEnd, range: Range<usize>) {
        let from = self.open.pop().unwrap_or_default();
        if matches!(end, TagEnd::BlockQuote(_)) {
            if self.check_block_quote(from, &range) {
                return;
            }
        } else {
            self.check_quotations(from, &range);
            self.check_quotation_before(from);
        }
        if matches!(end, TagEnd::Paragraph | TagEnd::Item) {
            self.check_uncited(from, range);
        }
        self.push(Event::End(end));
    }

    fn text_event(&mut self, words: CowStr<'_>, range: Range<usize>) {
        if !self.in_code {
            self.report_unparsed(&range);
        }
        self.add_words_of_id(&words);
        self.push(Event::Text(words));
    }

    /// Adds words to the open heading or term, from which its id is made.
    fn add_words_of_id(&mut self, words: &str) {
        if self.in_heading
            && let Some(heading) = self.text.headings.last_mut()
        {
            heading.text.push_str(words);
        }
        if self.in_term
            && let Some(term) = self.text.terms.last_mut()
        {
            term.text.push_str(words);
        }
    }

    /// Starts a heading. `id` is the id written in its `{#…}`; without one, the end of the heading makes it from the
    /// words.
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
            heading.id = self.ids.unique(&heading.text);
        } else if !is_id(&heading.id) {
            let span = self.body.span(range);
            self.findings.problems.push(problems::bad_heading_id(&heading.id, span));
        } else if !self.ids.register(&heading.id) {
            self.findings.problems.push(problems::heading_taken(&heading.id, self.body.span(range)));
        }
        self.text.headings.push(heading);
    }

    fn start_term(&mut self) {
        self.in_term = true;
        self.text.terms.push(Term { id: String::new(), text: String::new() });
        self.text.nodes.push(MarkdownNode::Term(self.text.terms.len() - 1));
    }

    fn end_term(&mut self) {
        self.in_term = false;
        if let Some(term) = self.text.terms.last_mut() {
            term.id = self.ids.unique(&term.text);
        }
    }
}
