//! An author's Markdown → [`Text`]: every citation, quote, marker and link in it is looked up.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::cite::{self, Reference};
use super::headings::{Heading, HeadingIds};
use super::links::{LinkTarget, Place};
use super::quote::VerifiedQuote;
use super::{Verifier, problems};
use crate::files::{Span, Spanned};
use crate::ids::{QuestionId, SourceId, is_id};
use crate::load::Body;
use crate::problem::{Code, Problem};

/// Markdown in which everything that points somewhere points to something that exists.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// What it is made of, in order.
    pub pieces: Vec<Piece>,
    /// The ids of its headings.
    pub headings: Vec<Heading>,
    /// What it cites, in the order of first words.
    pub citations: Vec<Citation>,
    /// Links to headings of other pages, to be looked up when all pages are read.
    pub(super) anchors: Vec<Spanned<LinkTarget>>,
}

/// A piece of a [`Text`].
#[derive(Clone, Debug)]
pub enum Piece {
    /// Plain Markdown: no links, no headings, no raw HTML.
    Markdown(Event<'static>),
    /// A heading begins; a number into [`Text::headings`].
    Heading(usize),
    /// A link begins.
    Link(LinkTarget, String),
    /// A link ends.
    LinkEnd,
    /// A picture: where it is, its text, its title.
    Image(LinkTarget, String, String),
    /// A citation; a number into [`Text::citations`].
    Cite(usize),
    /// A marker that counts the answers to a question.
    Marker(QuestionId),
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
const REFERENCE: &str = "sourcewise:";

impl Verifier<'_> {
    /// Checks Markdown that stands at `place` among the pages.
    pub(super) fn text(&mut self, body: &Body, place: &Place) -> Text {
        let reference = |link: BrokenLink<'_>| {
            let label = link.reference.as_ref();
            cite::is_reference(label).then(|| (CowStr::from(format!("{REFERENCE}{label}")), CowStr::from("")))
        };
        let parser = Parser::new_with_broken_link_callback(&body.text, self.options(), Some(reference));
        let mut reader = Reader {
            verifier: self,
            body,
            place,
            text: Text::default(),
            images: Vec::new(),
            in_heading: false,
            in_code: false,
            html: None,
            ids: HeadingIds::default(),
        };
        let mut events = TextMergeWithOffset::new(parser.into_offset_iter());
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Link { dest_url, link_type, .. })
                    if is_unknown(link_type) && dest_url.starts_with(REFERENCE) =>
                {
                    // What stands between is the label once more.
                    let end = |event: &(Event<'_>, _)| matches!(event.0, Event::End(TagEnd::Link));
                    events.by_ref().find(end);
                    let label = &dest_url[REFERENCE.len()..];
                    match reader.images.last_mut() {
                        // The text of a picture is for those who don't see it: no place for a citation.
                        Some((_, alt, _)) => alt.push_str(label),
                        None => reader.reference(label, link_type, range),
                    }
                }
                event => reader.event(event, range),
            }
        }
        reader.text
    }

    fn options(&self) -> Options {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_GFM;
        // The quotation marks it makes are English ones.
        options.set(Options::ENABLE_SMART_PUNCTUATION, self.site.language.split('-').next() == Some("en"));
        options
    }
}

/// True for what only the callback for unknown references can have made a link.
fn is_unknown(link: LinkType) -> bool {
    matches!(link, LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown)
}

struct Reader<'r, 'v> {
    verifier: &'r mut Verifier<'v>,
    body: &'r Body,
    place: &'r Place,
    text: Text,
    /// Pictures whose text is being read, one within the other.
    images: Vec<(LinkTarget, String, String)>,
    /// True while a heading is being read, which is then the last of the text's.
    in_heading: bool,
    /// True while a code block is being read.
    in_code: bool,
    /// The HTML block that is being read.
    html: Option<String>,
    /// The ids of headings so far.
    ids: HeadingIds,
}

impl Reader<'_, '_> {
    fn span(&self, range: Range<usize>) -> Span {
        self.body.span(range)
    }

    fn push(&mut self, event: Event<'_>) {
        self.text.pieces.push(Piece::Markdown(event.into_static()));
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if !self.images.is_empty()
            && !matches!(event, Event::End(TagEnd::Image) | Event::Start(Tag::Image { .. }))
        {
            self.image_text(&event);
            return;
        }
        if let Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) = event {
            self.in_code = matches!(event, Event::Start(_));
        }
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.in_heading = true;
                self.text.headings.push(Heading {
                    level: level as u8,
                    id: id.map_or_else(String::new, |id| id.to_string()),
                    text: String::new(),
                });
                self.text.pieces.push(Piece::Heading(self.text.headings.len() - 1));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.end_heading(range);
                self.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let address = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                let target = self.link(&address, range);
                self.text.pieces.push(Piece::Link(target, title.to_string()));
            }
            Event::End(TagEnd::Link) => self.text.pieces.push(Piece::LinkEnd),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let target = self.image(&dest_url, range);
                self.images.push((target, String::new(), title.to_string()));
            }
            Event::End(TagEnd::Image) => {
                if let Some((target, alt, title)) = self.images.pop() {
                    self.text.pieces.push(Piece::Image(target, alt, title));
                }
            }
            Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let html = self.html.take().unwrap_or_default();
                self.raw_html(&html, range);
            }
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.raw_html(&html, range),
            },
            Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::Text(words) => self.words(words, range),
            Event::Code(words) => {
                self.heading_text(&words);
                self.push(Event::Code(words));
            }
            other => self.push(other),
        }
    }

    fn words(&mut self, words: CowStr<'_>, range: Range<usize>) {
        if !self.in_code && words.contains("[@") {
            // A label of the Markdown parser can't hold brackets; what is left over shows as text.
            let written = &self.body.text[range.clone()];
            let mut open = written.match_indices("[@").map(|(at, _)| at);
            let Some(start) = open.find(|at| !written[..*at].ends_with('\\')) else {
                return self.plain_words(words);
            };
            let rest: String = written[start..].chars().take_while(|c| *c != '\n').take(30).collect();
            self.verifier.problems.push(problems::unreadable_citation(
                &rest,
                "it is not closed, or has a bracket within",
                self.span(range.start + start..range.start + start + rest.len()),
            ));
        }
        self.plain_words(words);
    }

    fn plain_words(&mut self, words: CowStr<'_>) {
        self.heading_text(&words);
        self.push(Event::Text(words));
    }

    fn heading_text(&mut self, words: &str) {
        if self.in_heading
            && let Some(heading) = self.text.headings.last_mut()
        {
            heading.text.push_str(words);
        }
    }

    fn end_heading(&mut self, range: Range<usize>) {
        self.in_heading = false;
        let Some(mut heading) = self.text.headings.pop() else { return };
        if heading.id.is_empty() {
            heading.id = self.ids.free(&heading.text);
        } else if !is_id(&heading.id) {
            let span = self.body.span(range);
            self.verifier.problems.push(problems::bad_heading_id(&heading.id, span));
        } else if !self.ids.take(&heading.id) {
            self.verifier.problems.push(problems::heading_taken(&heading.id, self.body.span(range)));
        }
        self.text.headings.push(heading);
    }

    fn image_text(&mut self, event: &Event<'_>) {
        if let (Event::Text(words) | Event::Code(words), Some((_, alt, _))) = (event, self.images.last_mut())
        {
            alt.push_str(words);
        }
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        let html = without_comments(html);
        let html = html.trim();
        if html.is_empty() {
            return;
        }
        let tag: String = html.lines().next().unwrap_or_default().chars().take(40).collect();
        let span = self.span(range);
        self.push(Event::Text(html.to_owned().into()));
        if html.starts_with("</") {
            // Its opening tag has been told of.
            return;
        }
        self.verifier.problems.push(Problem::warning(
            Code::RawHtml,
            span,
            format!("HTML in Markdown is shown as text: `{tag}`"),
            "write it in Markdown, or put it into a template in `templates/`",
        ));
    }

    fn link(&mut self, address: &str, range: Range<usize>) -> LinkTarget {
        let span = self.span(range);
        let target = self.verifier.link_target(address, self.place, span);
        if target.fragment().is_some() {
            self.text.anchors.push(Spanned::new(target.clone(), span));
        }
        target
    }

    fn image(&mut self, address: &str, range: Range<usize>) -> LinkTarget {
        let span = self.span(range);
        let target = self.verifier.link_target(address, self.place, span);
        if matches!(target, LinkTarget::Web(_)) {
            self.verifier.problems.push(Problem::error(
                Code::ThirdParty,
                span,
                "this picture lies on another site, which every reader's browser would call",
                "save the picture beside the page, if you may, and name the file",
            ));
        }
        target
    }

    fn reference(&mut self, label: &str, kind: LinkType, range: Range<usize>) {
        let span = self.span(range);
        if kind == LinkType::ReferenceUnknown {
            let reason = "text before it in brackets is not understood";
            self.verifier.problems.push(problems::unreadable_citation(label, reason, span));
            return;
        }
        match cite::parse(label) {
            Err(reason) => self.verifier.problems.push(problems::unreadable_citation(label, &reason, span)),
            Ok(Reference::Question(id)) => {
                if self.verifier.knows_question(&Spanned::new(id.to_string(), span)) {
                    self.text.pieces.push(Piece::Marker(id));
                }
            }
            Ok(Reference::Sources(sources)) => {
                for source in sources {
                    let name = Spanned::new(source.id.to_string(), span);
                    let Some(id) = self.verifier.source_id(&name) else { continue };
                    let quote = match source.quote {
                        Some(words) => match self.verifier.quote(&id, &Spanned::new(words, span)) {
                            Some(quote) => Some(quote),
                            None => continue,
                        },
                        None => None,
                    };
                    self.text.citations.push(Citation { source: id, quote });
                    self.text.pieces.push(Piece::Cite(self.text.citations.len() - 1));
                }
            }
        }
    }
}

/// HTML without its comments. One that never ends takes all that follows.
fn without_comments(html: &str) -> String {
    let mut rest = html;
    let mut kept = String::new();
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}
