//! `sitemap.xml`: every page's address, for search engines (sitemaps.org, version 0.9).
//!
//! A file of that format holds 50,000 addresses. Beyond that `sitemap.xml` lists the files that do: `sitemap-1.xml` and
//! so on.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::xml::Element;
use super::{SITEMAP, absolute};
use crate::render::NOT_FOUND;
use crate::render::views::Views;
use crate::verify::source_path;

/// How many addresses a file may hold.
const ADDRESSES: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The map of these pages, as one file or several. None where the site's address is not known.
pub(super) fn sitemap(views: &Views<'_>, pages: &[&str]) -> Vec<(String, Vec<u8>)> {
    let Some(base) = views.verified.site.base_url.as_deref() else { return Vec::new() };
    let dates = dates(views);
    let mut pages: Vec<&str> = pages.iter().copied().filter(|path| *path != NOT_FOUND).collect();
    pages.sort_unstable();
    let url = |path: &&str| {
        let url = Element::new("url").child(Element::text("loc", &absolute(base, path)));
        let date = dates.get(*path).map(|date| Element::text("lastmod", &date.to_string()));
        url.children(date)
    };
    files(base, &pages, ADDRESSES, url)
}

fn files(base: &str, pages: &[&str], most: usize, url: impl Fn(&&str) -> Element) -> Vec<(String, Vec<u8>)> {
    let one =
        |pages: &[&str]| Element::new("urlset").with("xmlns", NAMESPACE).document_of(pages.iter().map(&url));
    if pages.len() <= most {
        return vec![(SITEMAP.to_owned(), one(pages))];
    }
    let parts =
        pages.chunks(most).zip(1..).map(|(pages, number)| (format!("sitemap-{number}.xml"), one(pages)));
    let mut files: Vec<(String, Vec<u8>)> = parts.collect();
    let listed = files
        .iter()
        .map(|(path, _)| Element::new("sitemap").child(Element::text("loc", &absolute(base, path))));
    let index = Element::new("sitemapindex").with("xmlns", NAMESPACE).children(listed).document();
    files.push((SITEMAP.to_owned(), index));
    files
}

/// When pages were last gone over, as far as the author says.
fn dates<'v>(views: &Views<'v>) -> BTreeMap<Cow<'v, str>, Date> {
    let verified = views.verified;
    let pages =
        verified.pages.iter().filter_map(|page| Some((Cow::from(page.path.as_str()), page.head.updated?)));
    let sources = verified.sources.iter();
    let sources =
        sources.filter_map(|source| Some((source_path(&source.id).into(), source.about.retrieved?)));
    pages.chain(sources).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_addresses_than_a_file_may_hold_go_into_several() {
        let url = |path: &&str| Element::text("loc", path);
        let whole = files("https://a.example", &["a.html", "b.html"], 2, url);
        assert_eq!(whole.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["sitemap.xml"]);
        let parts = files("https://a.example", &["a.html", "b.html", "c.html"], 2, url);
        let text = |at: usize| String::from_utf8_lossy(&parts[at].1);
        assert_eq!(parts.len(), 3);
        assert!(text(1).contains("c.html") && !text(1).contains("b.html"), "{}", text(1));
        assert!(text(2).contains("<loc>https://a.example/sitemap-2.xml</loc>"), "{}", text(2));
    }
}
