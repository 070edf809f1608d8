//! `sitemap.xml`: the URLs of all pages for search engines (sitemaps.org, version 0.9). The file is rendered by a
//! template.
//!
//! A file of that format has at most 50,000 URLs. Beyond that `sitemap.xml` lists other files: `sitemap-1.xml` and
//! so on.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{SITEMAP, absolute};
use crate::render::NOT_FOUND;
use crate::render::site_data::SiteData;
use crate::render::view::{SitemapPageView, SitemapView};
use crate::verify::source_path;

/// The format allows no more URLs in a file.
const MAX_ADDRESSES: usize = 50_000;

/// Builds the sitemap of these pages, as one file or several; no file if the site has no base URL.
pub(super) fn sitemap(data: &SiteData<'_>, pages: &[&str]) -> Vec<(String, SitemapView)> {
    let Some(base) = data.verified.site.base_url.as_deref() else { return Vec::new() };
    let dates = dates(data);
    let mut pages: Vec<&str> = pages.iter().copied().filter(|path| *path != NOT_FOUND).collect();
    pages.sort_unstable();
    let pages = pages.into_iter().map(|path| SitemapPageView {
        address: absolute(base, path),
        updated: dates.get(path).map(ToString::to_string),
    });
    split(base, pages.collect(), MAX_ADDRESSES)
}

/// Returns one file with all pages; if there are more than `max`, several files and an index of them.
fn split(base: &str, pages: Vec<SitemapPageView>, max: usize) -> Vec<(String, SitemapView)> {
    if pages.len() <= max {
        return vec![(SITEMAP.to_owned(), SitemapView { pages, parts: Vec::new() })];
    }
    let parts = pages.chunks(max).zip(1..).map(|(pages, number)| {
        (format!("sitemap-{number}.xml"), SitemapView { pages: pages.to_vec(), parts: Vec::new() })
    });
    let mut files: Vec<(String, SitemapView)> = parts.collect();
    let parts = files.iter().map(|(path, _)| absolute(base, path)).collect();
    files.push((SITEMAP.to_owned(), SitemapView { pages: Vec::new(), parts }));
    files
}

/// Returns the `updated` of each page of the site's author and the `retrieved` of each source, by the path of its page.
/// Pages without such a date are left out.
fn dates<'v>(data: &SiteData<'v>) -> BTreeMap<Cow<'v, str>, Date> {
    let verified = data.verified;
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
    fn a_large_sitemap_is_split_into_several_files() {
        let files = |count: usize| {
            let pages =
                (0..count).map(|number| SitemapPageView { address: number.to_string(), updated: None });
            split("https://a.example", pages.collect(), 2)
        };
        let paths = |files: &[(String, SitemapView)]| -> Vec<String> {
            files.iter().map(|(path, _)| path.clone()).collect()
        };
        assert_eq!(paths(&files(2)), ["sitemap.xml"]);
        let parts = files(3);
        assert_eq!(paths(&parts), ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        assert_eq!([&parts[0], &parts[1], &parts[2]].map(|(_, file)| file.pages.len()), [2, 1, 0]);
        assert_eq!(parts[1].1.pages[0].address, "2");
        let addresses = ["https://a.example/sitemap-1.xml", "https://a.example/sitemap-2.xml"];
        assert_eq!(parts[2].1.parts, addresses);
    }
}
