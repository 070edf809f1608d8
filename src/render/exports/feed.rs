//! `feed.xml`: recent changes, as Atom 1.0 (RFC 4287). The file is rendered by a template.
//!
//! Entries are pages with `updated` in their front matter and sources with `retrieved` in their record. Only these
//! dates count, never the clock, so that rebuilding doesn't change the feed. Atom has no dates without a time: a
//! date is written as midnight UTC.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{FEED, absolute};
use crate::render::HOME;
use crate::render::site_data::SiteData;
use crate::render::view::{FeedEntryView, FeedView};
use crate::verify::{Page, Source, source_path};

/// The feed has at most this many entries, the newest ones, because feed readers fetch the file often.
const MAX_ENTRIES: usize = 50;

/// An entry with its sort key: entries are sorted newest first, then by path.
type FeedEntry = (Reverse<Date>, String, FeedEntryView);

/// Builds the feed; `None` if the site has no base URL or no page or source has a date.
pub(super) fn feed(data: &SiteData<'_>) -> Option<FeedView> {
    let base = data.verified.site.base_url.as_deref()?;
    let pages = data.verified.pages.iter().filter_map(|page| of_page(base, page));
    let sources = data.columns().filter_map(|source| of_source(data, base, source));
    let mut entries: Vec<FeedEntry> = pages.chain(sources).collect();
    if entries.is_empty() {
        return None;
    }
    entries.sort_by(|(day, path, _), (other_day, other_path, _)| (day, path).cmp(&(other_day, other_path)));
    let entries = entries.into_iter().take(MAX_ENTRIES).map(|(_, _, entry)| entry).collect();
    Some(FeedView { address: absolute(base, FEED), home: absolute(base, HOME), entries })
}

fn of_page(base: &str, page: &Page) -> Option<FeedEntry> {
    let head = &page.head;
    let summary = head.description.as_ref().unwrap_or(&head.title).clone();
    Some(entry(base, page.path.clone(), head.updated?, head.title.clone(), summary))
}

fn of_source(data: &SiteData<'_>, base: &str, source: &Source) -> Option<FeedEntry> {
    let about = &source.about;
    let known = [&about.publisher, &about.caution].into_iter().flatten().map(String::as_str);
    let known: Vec<&str> = known.collect();
    let summary = if known.is_empty() { about.title.clone() } else { known.join(" · ") };
    let title = data.locale.fill("source_added", &[("title", &about.title)]);
    Some(entry(base, source_path(&source.id), about.retrieved?, title, summary))
}

fn entry(base: &str, path: String, day: Date, title: String, summary: String) -> FeedEntry {
    let entry = FeedEntryView { address: absolute(base, &path), title, updated: day.to_string(), summary };
    (Reverse(day), path, entry)
}
