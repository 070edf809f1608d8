//! `feed.xml`: what is new, as Atom 1.0 (RFC 4287).
//!
//! An entry is a page that has `updated` in its front matter, or a source that has `retrieved` in its record: both are
//! days that the author wrote down. No clock is asked, so that a build changes nothing in the feed by itself. A day is
//! written as its first second in UTC, since Atom knows no dates without a time.

use std::borrow::Cow;
use std::cmp::Reverse;

use jiff::civil::Date;

use super::xml::Element;
use super::{FEED, absolute};
use crate::render::HOME;
use crate::render::views::Views;
use crate::verify::{Page, Source, source_path};

/// How many entries a feed has at most: readers fetch it again and again.
const ENTRIES: usize = 50;

/// Something new.
enum New<'v> {
    Page(&'v Page),
    Source(&'v Source),
}

/// An entry of the feed.
struct Entry<'v> {
    date: Date,
    path: Cow<'v, str>,
    new: New<'v>,
}

/// `feed.xml`, if the site's address is known and anything in it has a date.
pub(super) fn feed(views: &Views<'_>) -> Option<Vec<u8>> {
    let site = &views.verified.site;
    let base = site.base_url.as_deref()?;
    let entries = entries(views);
    let newest = entries.first()?.date;
    let address = absolute(base, FEED);
    let mut feed = Element::new("feed")
        .with("xmlns", "http://www.w3.org/2005/Atom")
        .with("xml:lang", &site.language)
        .child(Element::text("id", &address))
        .child(Element::text("title", &site.title));
    if let Some(description) = &site.description {
        feed = feed.child(Element::text("subtitle", description));
    }
    let link = |rel: &str, kind: &str, href: &str| {
        Element::new("link").with("rel", rel).with("type", kind).with("href", href)
    };
    // Every feed names an author (RFC 4287, 4.1.1); a site that doesn't say who writes it speaks for itself.
    let author = site.author.as_deref().unwrap_or(&site.title);
    let feed = feed
        .child(link("self", "application/atom+xml", &address))
        .child(link("alternate", "text/html", &absolute(base, HOME)))
        .child(Element::text("updated", &first_second(newest)))
        .child(Element::new("author").child(Element::text("name", author)))
        .children(entries.iter().take(ENTRIES).map(|entry| element(views, base, entry)));
    Some(feed.document())
}

/// Newest first; of one day, by path.
fn entries<'v>(views: &Views<'v>) -> Vec<Entry<'v>> {
    let pages = views.verified.pages.iter().filter_map(|page| {
        Some(Entry { date: page.head.updated?, path: page.path.as_str().into(), new: New::Page(page) })
    });
    let sources = views.columns().filter_map(|source| {
        let path = source_path(&source.id).into();
        Some(Entry { date: source.about.retrieved?, path, new: New::Source(source) })
    });
    let mut entries: Vec<Entry<'_>> = pages.chain(sources).collect();
    entries.sort_by(|a, b| (Reverse(a.date), &a.path).cmp(&(Reverse(b.date), &b.path)));
    entries
}

fn element(views: &Views<'_>, base: &str, entry: &Entry<'_>) -> Element {
    let address = absolute(base, &entry.path);
    let (title, summary) = match entry.new {
        New::Page(page) => {
            let title = page.head.title.clone();
            (title.clone(), page.head.description.clone().unwrap_or(title))
        }
        New::Source(source) => {
            let about = &source.about;
            let told: Vec<&str> =
                [&about.publisher, &about.caution].into_iter().flatten().map(String::as_str).collect();
            let summary = if told.is_empty() { about.title.clone() } else { told.join(" · ") };
            (views.words.fill("source_added", &[("title", &about.title)]), summary)
        }
    };
    Element::new("entry")
        .child(Element::text("id", &address))
        .child(Element::text("title", &title))
        .child(Element::new("link").with("rel", "alternate").with("type", "text/html").with("href", &address))
        .child(Element::text("updated", &first_second(entry.date)))
        .child(Element::text("summary", &summary))
}

fn first_second(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
