//! `feed.xml`: what is new, as Atom 1.0 (RFC 4287). The file itself is a template's.
//!
//! An entry is a page that has `updated` in its front matter, or a source that has `retrieved` in its record: both are
//! days that the author wrote down. No clock is asked, so that a build changes nothing in the feed by itself. A day is
//! written as its first second in UTC, since Atom knows no dates without a time.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{FEED, absolute};
use crate::render::HOME;
use crate::render::site_data::SiteData;
use crate::render::view::{FeedEntryView, FeedView};
use crate::verify::{Page, Source, source_path};

/// Feed readers fetch the feed again and again.
const MAX_ENTRIES: usize = 50;

/// An entry, as it is sorted: newest first; of one day, by path.
type Entry = (Reverse<Date>, String, FeedEntryView);

/// `feed.xml`, if the site's address is known and anything in it has a date.
pub(super) fn feed(data: &SiteData<'_>) -> Option<FeedView> {
    let base = data.verified.site.base_url.as_deref()?;
    let pages = data.verified.pages.iter().filter_map(|page| of_page(base, page));
    let sources = data.columns().filter_map(|source| of_source(data, base, source));
    let mut entries: Vec<Entry> = pages.chain(sources).collect();
    if entries.is_empty() {
        return None;
    }
    entries.sort_by(|(day, path, _), (other_day, other_path, _)| (day, path).cmp(&(other_day, other_path)));
    let entries = entries.into_iter().take(MAX_ENTRIES).map(|(_, _, entry)| entry).collect();
    Some(FeedView { address: absolute(base, FEED), home: absolute(base, HOME), entries })
}

fn of_page(base: &str, page: &Page) -> Option<Entry> {
    let head = &page.head;
    let summary = head.description.as_ref().unwrap_or(&head.title).clone();
    Some(entry(base, page.path.clone(), head.updated?, head.title.clone(), summary))
}

fn of_source(data: &SiteData<'_>, base: &str, source: &Source) -> Option<Entry> {
    let about = &source.about;
    let known = [&about.publisher, &about.caution].into_iter().flatten().map(String::as_str);
    let known: Vec<&str> = known.collect();
    let summary = if known.is_empty() { about.title.clone() } else { known.join(" · ") };
    let title = data.words.fill("source_added", &[("title", &about.title)]);
    Some(entry(base, source_path(&source.id), about.retrieved?, title, summary))
}

fn entry(base: &str, path: String, day: Date, title: String, summary: String) -> Entry {
    let entry = FeedEntryView { address: absolute(base, &path), title, updated: day.to_string(), summary };
    (Reverse(day), path, entry)
}
