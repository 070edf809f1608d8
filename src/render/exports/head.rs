//! What the `<head>` of every page tells programs, and what its *cite this page* says.

use super::schema::Schema;
use super::subject::Subject;
use super::{absolute, cite};
use crate::render::site_data::SiteData;
use crate::render::view::CiteView;

/// What templates are told of one page for its head, each under its own name.
pub(in crate::render) struct Head {
    /// The page's whole address, if the site's is known.
    pub(in crate::render) address: Option<String>,
    /// Whether the site has a feed.
    pub(in crate::render) feed: bool,
    /// What the page is in schema.org's words, safe to stand in a `<script>`.
    pub(in crate::render) schema: Option<String>,
    /// How to cite it.
    pub(in crate::render) cite: Option<CiteView>,
}

/// Makes the heads of all pages.
pub(in crate::render) struct Heads<'a> {
    data: &'a SiteData<'a>,
    schema: Schema<'a>,
    feed: bool,
}

impl<'a> Heads<'a> {
    pub(in crate::render) fn new(data: &'a SiteData<'a>) -> Self {
        Self { data, schema: Schema::new(data), feed: data.verified.has_feed() }
    }

    /// The head of the page at a path, about a subject, under the title that it has.
    pub(in crate::render) fn of(&self, path: &str, subject: Subject<'_>, title: &str) -> Head {
        let base_url = self.data.verified.site.base_url.as_deref();
        let is_there = !matches!(subject, Subject::Missing);
        let address = base_url.filter(|_| is_there).map(|base| absolute(base, path));
        Head {
            feed: self.feed,
            schema: self.schema.script(subject, title, address.as_deref()),
            cite: cite::cite(self.data, subject, title, address.as_deref()),
            address,
        }
    }
}
