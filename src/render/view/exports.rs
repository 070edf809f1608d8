//! What `feed.xml`, `sitemap.xml` and `robots.txt` see. Addresses are absolute; days have the form `2026-04-20`.

use serde::Serialize;

/// What `feed.xml` sees.
#[derive(Debug, Serialize)]
pub struct FeedView {
    /// The feed's own address.
    pub address: String,
    /// The home page's address.
    pub home: String,
    /// Newest first, never empty.
    pub entries: Vec<FeedEntryView>,
}

/// A page or a source that has a day.
#[derive(Debug, Serialize)]
pub struct FeedEntryView {
    /// Its address, which is also its id.
    pub address: String,
    /// The page's title, or a phrase that says that the source was added.
    pub title: String,
    /// The day on which the page was updated, or the source retrieved.
    pub updated: String,
    /// The page's description, or the source's publisher and caution; the title where there is none.
    pub summary: String,
}

/// What `sitemap.xml` sees: the pages, or the other files where these are too many for one.
#[derive(Debug, Serialize)]
pub struct SitemapView {
    /// The pages of this file.
    pub pages: Vec<SitemapPageView>,
    /// The addresses of the files that hold the pages, where `pages` is empty.
    pub parts: Vec<String>,
}

/// A page of the site.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapPageView {
    /// Its address.
    pub address: String,
    /// The day on which it was updated, or its source retrieved.
    pub updated: Option<String>,
}

/// What `robots.txt` sees.
#[derive(Debug, Serialize)]
pub struct RobotsView {
    /// The sitemap's address, if the site has one.
    pub sitemap: Option<String>,
}
