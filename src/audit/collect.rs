//! Collects the facts that the rules need from a page's tokens: links, ids, headings, title and images.
//!
//! Skips comments and the content of `script` and `template` elements, because browsers don't display it.

use std::collections::BTreeMap;
use std::ops::Range;

use html5ever::tokenizer::{Tag, TagKind, TokenSinkResult};

use super::css;
use super::elements::{self, OpenElement};
use crate::text::one_line;

/// The facts about a finished page that the rules need.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    pub(super) links: Vec<Link>,
    /// Every `id`, and every `name` of an `a`, with the range of the first tag that has it.
    pub(super) ids: BTreeMap<String, Range<usize>>,
    /// Each `id` that an earlier tag of the page already has, as its `id` or as the `name` of an `a`. The range is that
    /// of the later tag.
    pub(super) duplicate_ids: Vec<(String, Range<usize>)>,
    pub(super) headings: Vec<Heading>,
    /// Images and `area`s without a text alternative: address, and range of the tag.
    pub(super) images_without_alt: Vec<(String, Range<usize>)>,
    /// Links without an accessible name: address, and range of the tag.
    pub(super) unnamed_links: Vec<(String, Range<usize>)>,
    /// The text of the first `title` with white space collapsed, and the range of its start tag.
    pub(super) title: Option<(String, Range<usize>)>,
    /// Whether the `html` element has a `lang`.
    pub(super) has_language: bool,
    /// Whether a `meta` refresh names an address: such a page needs no title and no headings.
    pub(super) redirects: bool,
    /// The `href` of the first `base` element whose `href` is not empty.
    pub(super) base: Option<String>,
}

/// An address in a page or style sheet.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) address: String,
    /// The range of the tag with the address; for an address in a `style` element, of the element's start tag; for one
    /// in a style sheet, of the address itself.
    pub(super) range: Range<usize>,
    /// Whether the address leads to a style sheet, or is the `src` of a script or image: browsers load these with the
    /// page.
    pub(super) is_loaded: bool,
}

#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// The heading's text with white space collapsed.
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// Collects [`PageFacts`] from tokens. The `Option` fields are the elements that are open at the current token.
#[derive(Default)]
pub(super) struct PageCollector {
    pub(super) page: PageFacts,
    /// The outermost open `template`.
    template: Option<OpenElement>,
    /// `svg` or `math`, in which tags such as `<path/>` close themselves.
    foreign: Option<OpenElement>,
    /// The outermost open element with `aria-hidden`.
    hidden: Option<OpenElement>,
    /// The name of the open element whose content is not markup, such as `title` or `script`.
    raw: Option<String>,
    /// The content so far of the element in `raw`; kept only for `title` and `style`.
    raw_text: String,
    /// The range of the start tag of the element in `raw`.
    raw_range: Range<usize>,
    link: Option<OpenLink>,
    heading: Option<Heading>,
}

/// An `a` element whose end tag has not been read yet.
struct OpenLink {
    address: String,
    range: Range<usize>,
    has_name: bool,
}

impl PageCollector {
    /// Handles a start or end tag. Returns how the tokenizer must read the text after it.
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
        let open = |slot: &mut Option<OpenElement>, begins: bool| match slot {
            Some(within) => within.start(name),
            None if begins && !closes => *slot = Some(OpenElement::new(name)),
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

    /// Collects the facts from a start tag outside of templates.
    fn element(&mut self, tag: &Tag, range: &Range<usize>) {
        let name = &*tag.name;
        if elements::is_irrelevant(name, tag.attrs.iter().map(|attribute| &*attribute.name.local)) {
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
            "img" | "area" => self.image(tag, range),
            "a" => self.open_link(tag, range),
            _ => {}
        }
        if let Some(level) = elements::heading_level(name).filter(|_| self.foreign.is_none()) {
            self.close_heading();
            self.heading = Some(Heading { level, text: String::new(), range: range.clone() });
        }
        if self.link.is_some() && self.hidden.is_none() {
            let has_label =
                ["aria-label", "aria-labelledby", "title"].into_iter().any(|key| filled(key).is_some());
            let has_alt = name == "img" && filled("alt").is_some();
            if let Some(link) = self.link.as_mut().filter(|_| has_label || has_alt) {
                link.has_name = true;
            }
        }
    }

    fn id(&mut self, id: &str, range: &Range<usize>) {
        if self.page.ids.contains_key(id) {
            self.page.duplicate_ids.push((id.to_owned(), range.clone()));
        } else {
            self.page.ids.insert(id.to_owned(), range.clone());
        }
    }

    fn addresses(&mut self, tag: &Tag, range: &Range<usize>) {
        if !tag.attrs.iter().any(|attribute| elements::may_hold_address(&attribute.name.local)) {
            return;
        }
        let found = elements::addresses(&tag.name, |key| attribute(tag, key));
        self.page.redirects |= found.redirects;
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

    fn image(&mut self, tag: &Tag, range: &Range<usize>) {
        let is_decorative = matches!(attribute(tag, "role"), Some("presentation" | "none"));
        let named = ["alt", "aria-label", "aria-labelledby"].iter().any(|key| attribute(tag, key).is_some());
        let address = attribute(tag, if &*tag.name == "img" { "src" } else { "href" });
        if named || is_decorative || (&*tag.name == "area" && address.is_none()) {
            return;
        }
        self.page.images_without_alt.push((address.unwrap_or_default().to_owned(), range.clone()));
    }

    fn open_link(&mut self, tag: &Tag, range: &Range<usize>) {
        self.close_link();
        // Screen readers skip hidden links, so they need no name.
        if let Some(address) = attribute(tag, "href").filter(|_| self.hidden.is_none()) {
            let address = address.trim().to_owned();
            self.link = Some(OpenLink { address, range: range.clone(), has_name: false });
        }
    }

    fn close_link(&mut self) {
        if let Some(link) = self.link.take().filter(|link| !link.has_name) {
            self.page.unnamed_links.push((link.address, link.range));
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

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| *attribute.name.local == *name).map(|attribute| &*attribute.value)
}
