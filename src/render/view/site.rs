//! What templates see of the site as a whole, and what is small and everywhere: days, links.

use jiff::civil::Date;
use serde::Serialize;

use crate::load::Site;
use crate::render::locale::Locale;
use crate::text::direction;

/// A day.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// For machines: `2026-04-20`.
    pub iso: String,
    /// For readers: `20 April 2026`.
    pub text: String,
}

impl DateView {
    /// Of a day of the calendar.
    pub(in crate::render) fn of(date: Date, locale: &Locale) -> Self {
        Self { iso: date.to_string(), text: locale.day(date) }
    }
}

/// The site, on every page as `site`.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// A BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`: which way its language is written.
    pub direction: &'static str,
    /// Who writes it.
    pub author: Option<String>,
    /// Where it will stand, if that is known.
    pub base_url: Option<String>,
    /// Whether readers can search it.
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

/// A place to go to: an entry of the menu, of a folder's list.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Its path in the site.
    pub path: String,
}
