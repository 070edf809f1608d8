//! Builds the metadata of pages: variables for the `<head>` and for *cite this page*. `schema.rs` and `cite.rs` build
//! the parts.

use super::page_kind::PageKind;
use super::schema::Schema;
use super::{absolute, cite};
use crate::render::site_data::SiteData;
use crate::render::view::CiteView;

/// A page's metadata. Each field is a variable of its template.
pub(in crate::render) struct PageMetadata {
    /// The page's absolute URL, if the site has a base URL and the page is not the 404 page.
    pub(in crate::render) address: Option<String>,
    /// Whether the site has a feed.
    pub(in crate::render) feed: bool,
    /// schema.org metadata as JSON-LD, escaped for `<script>`.
    pub(in crate::render) schema: Option<String>,
    /// The citations of the page; `None` for lists and the 404 page.
    pub(in crate::render) cite: Option<CiteView>,
}

/// Builds the metadata of pages, one page at a time.
pub(in crate::render) struct MetadataBuilder<'a> {
    data: &'a SiteData<'a>,
    schema: Schema<'a>,
    feed: bool,
}

impl<'a> MetadataBuilder<'a> {
    pub(in crate::render) fn new(data: &'a SiteData<'a>) -> Self {
        Self { data, schema: Schema::new(data), feed: data.verified.has_feed() }
    }

    /// Returns the metadata of the page at `path`. `title` is the variable `title` of its template.
    pub(in crate::render) fn of(&self, path: &str, page_kind: PageKind<'_>, title: &str) -> PageMetadata {
        let base_url = self.data.verified.site.base_url.as_deref();
        let has_address = !matches!(page_kind, PageKind::NotFound);
        let address = base_url.filter(|_| has_address).map(|base| absolute(base, path));
        PageMetadata {
            feed: self.feed,
            schema: self.schema.script(page_kind, title, address.as_deref()),
            cite: cite::cite(self.data, page_kind, title, address.as_deref()),
            address,
        }
    }
}
