//! Variables of `feed.xml`, `sitemap.xml` and `robots.txt`. Addresses are absolute URLs; dates have the form
//! `2026-04-20`.

use serde::Serialize;

/// The variables of `feed.xml`.
#[derive(Debug, Serialize)]
pub struct FeedView {
    /// URL of the feed itself.
    pub address: String,
    /// URL of the home page.
    pub home: String,
    pub entries: Vec<FeedEntryView>,
}

/// An entry of the feed: a page with `updated`, or a source with `retrieved`.
#[derive(Debug, Serialize)]
pub struct FeedEntryView {
    /// URL of the page; also the entry's id.
    pub address: String,
    /// The page's title, or "Source added: …".
    pub title: String,
    /// Date of the page's update, or of the source's retrieval.
    pub updated: String,
    /// The page's description, or the source's publisher and caution; the title if there is neither.
    pub summary: String,
}

/// The variables of `sitemap.xml`: the site's pages; in the index of a site with too many pages for one file, the other
/// sitemap files.
#[derive(Debug, Serialize)]
pub struct SitemapView {
    pub pages: Vec<SitemapPageView>,
    /// URLs of the other sitemap files. If there are any, `pages` is empty.
    pub parts: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SitemapPageView {
    /// Absolute URL of the page.
    pub address: String,
    /// Date of the page's update, or of the source's retrieval if the page is a source's.
    pub updated: Option<String>,
}

/// The variables of `robots.txt`.
#[derive(Debug, Serialize)]
pub struct RobotsView {
    /// URL of the sitemap, if the site has one.
    pub sitemap: Option<String>,
}
