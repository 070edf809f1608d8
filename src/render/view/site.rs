//! Views of the site as a whole, dates and links.

use jiff::civil::Date;
use serde::Serialize;

use crate::load::Site;
use crate::render::locale::Locale;
use crate::text::direction;

#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// ISO 8601: `2026-04-20`.
    pub iso: String,
    /// In the site's language: `20 April 2026`.
    pub text: String,
}

impl DateView {
    pub(in crate::render) fn of(date: Date, locale: &Locale) -> Self {
        Self { iso: date.to_string(), text: locale.day(date) }
    }
}

/// The variable `site` of every page.
#[derive(Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: Option<String>,
    /// Language of the interface, as a BCP 47 tag.
    pub language: String,
    /// Writing direction of this language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Name of the site's author, if given.
    pub author: Option<String>,
    /// URL at which the site will be published, without a final slash.
    pub base_url: Option<String>,
    /// True if the site has a search page.
    pub search: bool,
}

impl SiteView {
    pub(in crate::render) fn of(site: &Site) -> Self {
        Self {
            title: site.title.clone(),
            description: site.description.clone(),
            language: site.language.clone(),
            direction: direction(&site.language),
            author: site.author.clone(),
            base_url: site.base_url.clone(),
            search: site.search,
        }
    }
}

/// A link to a page: in the menu, a folder's list or the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    pub title: String,
    pub description: Option<String>,
    /// Path relative to the site's root.
    pub path: String,
}
