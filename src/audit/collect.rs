//! What matters of a page, collected while its tags and texts go by: what it links to and loads, its ids, headings,
//! title and pictures.
//!
//! Comments, scripts and what stands in a `template` are no part of what a reader sees.

use std::collections::BTreeMap;
use std::ops::Range;

use html5ever::tokenizer::{Tag, TagKind, TokenSinkResult};

use super::css;
use super::elements::{self, Open};
use crate::text::one_line;

/// What matters of a finished page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Every address on it, in order.
    pub(super) links: Vec<Link>,
    /// The elements that can be linked to, and the first place of each.
    pub(super) ids: BTreeMap<String, Range<usize>>,
    /// Ids that another element has already.
    pub(super) twice: Vec<(String, Range<usize>)>,
    pub(super) headings: Vec<Heading>,
    /// Addresses of pictures without `alt`.
    pub(super) no_alt: Vec<(String, Range<usize>)>,
    /// Addresses of links that have no name.
    pub(super) no_name: Vec<(String, Range<usize>)>,
    /// Its title, with white space folded.
    pub(super) title: Option<(String, Range<usize>)>,
    /// It says which language it is in.
    pub(super) has_language: bool,
    /// It only leads on to another page.
    pub(super) leads_on: bool,
    /// Where its relative addresses begin, if not at itself.
    pub(super) base: Option<String>,
}

/// An address that stands in a page.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) address: String,
    /// The tag.
    pub(super) range: Range<usize>,
    /// A style sheet, script or picture: it comes with the page.
    pub(super) is_loaded: bool,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// 1 to 6.
    pub(super) level: u8,
    /// Its text, with white space folded.
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// What is open where the reading has come to.
#[derive(Default)]
pub(super) struct State {
    pub(super) page: Page,
    template: Option<Open>,
    /// Drawings and formulas, where other rules hold.
    foreign: Option<Open>,
    /// What is not read out.
    hidden: Option<Open>,
    /// An element whose text is no markup, by its name.
    raw: Option<String>,
    raw_text: String,
    raw_range: Range<usize>,
    link: Option<OpenLink>,
    heading: Option<Heading>,
}

struct OpenLink {
    address: String,
    range: Range<usize>,
    has_name: bool,
}

impl State {
    /// A tag goes by. Returns how what follows is to be read.
    pub(super) fn tag(&mut self, tag: &Tag, range: Range<usize>) -> TokenSinkResult<()> {
        match tag.kind {
            TagKind::StartTag => self.start(tag, range),
            TagKind::EndTag => {
                self.end(&tag.name);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let closes = elements::is_void(name) || (tag.self_closing && self.foreign.is_some());
        let open = |slot: &mut Option<Open>, begins: bool| match slot {
            Some(within) => within.start(name),
            None if begins && !closes => *slot = Some(Open::new(name)),
            None => {}
        };
        open(&mut self.template, name == "template");
        let is_foreign = matches!(name, "svg" | "math") && !tag.self_closing;
        open(&mut self.foreign, is_foreign);
        open(&mut self.hidden, attribute(tag, "aria-hidden") == Some("true"));
        if self.template.is_none() {
            self.element(tag, &range);
        }
        let raw = elements::raw_kind(name).filter(|_| self.foreign.is_none());
        let Some(kind) = raw else { return TokenSinkResult::Continue };
        self.raw = Some(name.to_owned());
        self.raw_text.clear();
        self.raw_range = range;
        TokenSinkResult::RawData(kind)
    }

    fn element(&mut self, tag: &Tag, range: &Range<usize>) {
        let name = &*tag.name;
        if elements::is_plain(name, tag.attrs.iter().map(|attribute| &*attribute.name.local)) {
            return;
        }
        let filled = |key| attribute(tag, key).map(str::trim).filter(|value| !value.is_empty());
        if let Some(id) = filled("id") {
            self.id(id, range);
        }
        if let Some(id) = filled("name").filter(|_| name == "a") {
            self.page.ids.entry(id.to_owned()).or_insert_with(|| range.clone());
        }
        self.addresses(tag, range);
        match name {
            "html" => self.page.has_language |= filled("lang").is_some(),
            "base" => self.page.base = self.page.base.take().or(filled("href").map(str::to_owned)),
            "img" | "area" => self.picture(tag, range),
            "a" => self.open_link(tag, range),
            _ => {}
        }
        if let Some(level) = elements::heading_level(name).filter(|_| self.foreign.is_none()) {
            self.close_heading();
            self.heading = Some(Heading { level, text: String::new(), range: range.clone() });
        }
        if self.link.is_some() && self.hidden.is_none() {
            let says =
                ["aria-label", "aria-labelledby", "title"].into_iter().any(|key| filled(key).is_some());
            let shows = name == "img" && filled("alt").is_some();
            if let Some(link) = self.link.as_mut().filter(|_| says || shows) {
                link.has_name = true;
            }
        }
    }

    fn id(&mut self, id: &str, range: &Range<usize>) {
        if self.page.ids.contains_key(id) {
            self.page.twice.push((id.to_owned(), range.clone()));
        } else {
            self.page.ids.insert(id.to_owned(), range.clone());
        }
    }

    fn addresses(&mut self, tag: &Tag, range: &Range<usize>) {
        if !tag.attrs.iter().any(|attribute| elements::may_hold_address(&attribute.name.local)) {
            return;
        }
        let found = elements::addresses(&tag.name, |key| attribute(tag, key));
        self.page.leads_on |= found.leads_on;
        for (address, is_loaded) in found.addresses {
            self.page.links.push(Link { address, range: range.clone(), is_loaded });
        }
        if let Some(style) = attribute(tag, "style") {
            self.styles(style, range);
        }
    }

    fn styles(&mut self, style: &str, range: &Range<usize>) {
        let found = css::addresses(style).into_iter();
        let link = |(address, _)| Link { address, range: range.clone(), is_loaded: false };
        self.page.links.extend(found.map(link));
    }

    fn picture(&mut self, tag: &Tag, range: &Range<usize>) {
        let decorates = matches!(attribute(tag, "role"), Some("presentation" | "none"));
        let named = ["alt", "aria-label", "aria-labelledby"].iter().any(|key| attribute(tag, key).is_some());
        let address = attribute(tag, if &*tag.name == "img" { "src" } else { "href" });
        if named || decorates || (&*tag.name == "area" && address.is_none()) {
            return;
        }
        self.page.no_alt.push((address.unwrap_or_default().to_owned(), range.clone()));
    }

    fn open_link(&mut self, tag: &Tag, range: &Range<usize>) {
        self.close_link();
        // What is kept from being read out needs no name.
        if let Some(address) = attribute(tag, "href").filter(|_| self.hidden.is_none()) {
            let address = address.trim().to_owned();
            self.link = Some(OpenLink { address, range: range.clone(), has_name: false });
        }
    }

    fn close_link(&mut self) {
        if let Some(link) = self.link.take().filter(|link| !link.has_name) {
            self.page.no_name.push((link.address, link.range));
        }
    }

    fn close_heading(&mut self) {
        if let Some(mut heading) = self.heading.take() {
            heading.text = one_line(&heading.text);
            self.page.headings.push(heading);
        }
    }

    fn end(&mut self, name: &str) {
        if self.raw.as_deref() == Some(name) {
            self.close_raw(name);
        }
        for slot in [&mut self.template, &mut self.foreign, &mut self.hidden] {
            if slot.as_mut().is_some_and(|open| open.end(name)) {
                *slot = None;
            }
        }
        if name == "a" {
            self.close_link();
        } else if elements::heading_level(name).is_some() {
            self.close_heading();
        }
    }

    fn close_raw(&mut self, name: &str) {
        self.raw = None;
        if self.template.is_some() {
            return;
        }
        let (text, range) = (std::mem::take(&mut self.raw_text), self.raw_range.clone());
        match name {
            "title" if self.page.title.is_none() => self.page.title = Some((one_line(&text), range)),
            "style" => self.styles(&text, &range),
            _ => {}
        }
    }

    /// A text goes by.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(name) = &self.raw {
            if matches!(name.as_str(), "title" | "style") {
                self.raw_text.push_str(text);
            }
            return;
        }
        if self.template.is_some() {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if let Some(link) = &mut self.link
            && self.hidden.is_none()
        {
            link.has_name |= !text.trim().is_empty();
        }
    }
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| *attribute.name.local == *name).map(|attribute| &*attribute.value)
}
