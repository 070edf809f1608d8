//! Exports for programs: the comparison as data, feed, sitemap, citations, annotations, metadata for search
//! engines.
//!
//! Data files have fixed formats; `feed.xml`, `sitemap.xml` and `robots.txt` are templates. Files with absolute
//! URLs are written only if `base_url` is set in `site.toml`.

mod annotations;
mod bibliography;
mod cite;
mod compare_csv;
mod compare_json;
mod feed;
mod http_headers;
mod item_type;
mod metadata;
mod page_kind;
mod schema;
mod sitemap;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde::Serialize;
use sitemap::sitemap;

pub(super) use metadata::MetadataBuilder;
pub(super) use page_kind::PageKind;
pub(super) use schema::escape_for_script;

use super::site_data::SiteData;
use super::theme::{TemplateError, Theme};
use super::view::RobotsView;
use super::{HOME, url_path};
use crate::load::Asset;

const ANNOTATIONS: &str = "annotations.jsonld";
const BIBLIOGRAPHY: &str = "sources.bib";
const CSL: &str = "sources.csl.json";
const FEED: &str = "feed.xml";
const SITEMAP: &str = "sitemap.xml";
const ROBOTS: &str = "robots.txt";
/// The headers that some hosts send with the site's files.
pub(super) const HEADERS: &str = "_headers";

type MakeData = fn(&SiteData<'_>) -> Vec<u8>;

/// Makes the content of a file, or the error of its template.
pub(super) type Make<'a> = Box<dyn Fn(&Theme<'_>) -> Result<Vec<u8>, TemplateError> + Send + Sync + 'a>;

/// Returns the path of each export with the function that makes it. `pages` are the paths of the site's pages, `assets`
/// the files that the site's author provides. The author's `_headers` and `robots.txt` replace the generated ones.
pub(super) fn files<'a>(data: &'a SiteData<'_>, pages: &[&str], assets: &[Asset]) -> Vec<(String, Make<'a>)> {
    let data_files: [(&str, MakeData); 5] = [
        ("compare.json", compare_json::json),
        ("compare.csv", compare_csv::csv),
        (ANNOTATIONS, annotations::annotations),
        (BIBLIOGRAPHY, bibliography::bibtex),
        (CSL, bibliography::csl),
    ];
    let mut files: Vec<(String, Make<'a>)> = Vec::new();
    for (path, make) in data_files {
        files.push((path.to_owned(), Box::new(move |_| Ok(make(data)))));
    }
    files.extend(templates(data, pages));
    // The author's `_headers` and `robots.txt` cause no warning, because hosts ask authors to provide these files.
    files.push((HEADERS.to_owned(), Box::new(|_| Ok(http_headers::headers()))));
    files.retain(|(name, _)| {
        ![HEADERS, ROBOTS].contains(&name.as_str())
            || !assets.iter().any(|asset| asset.path.eq_ignore_ascii_case(name))
    });
    files
}

/// Returns the exports that templates render: always `robots.txt`; with `base_url` also the sitemap, and the feed if a
/// page or source has a date for it.
fn templates<'a>(data: &SiteData<'_>, pages: &[&str]) -> Vec<(String, Make<'a>)> {
    let base_url = data.verified.site.base_url.as_deref();
    let mut files: Vec<(String, Make<'a>)> = Vec::new();
    for (path, view) in sitemap(data, pages) {
        files.push((path, Box::new(move |theme| xml(theme, SITEMAP, &view))));
    }
    if let Some(view) = feed::feed(data) {
        files.push((FEED.to_owned(), Box::new(move |theme| xml(theme, FEED, &view))));
    }
    let robots = RobotsView { sitemap: base_url.map(|base| absolute(base, SITEMAP)) };
    let robots = move |theme: &Theme<'_>| theme.render_view(ROBOTS, &robots).map(String::into_bytes);
    files.push((ROBOTS.to_owned(), Box::new(robots)));
    files
}

/// Renders a template and removes characters that XML 1.0 can't contain, not even escaped (section 2.2, `Char`).
fn xml(theme: &Theme<'_>, template: &str, view: &impl Serialize) -> Result<Vec<u8>, TemplateError> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    Ok(theme.render_view(template, view)?.replace(forbidden, "").into_bytes())
}

/// Formats a value as JSON with one value per line, so that diffs are small.
fn json_file(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("strings, numbers and lists are always JSON");
    bytes.push(b'\n');
    bytes
}

/// Returns the absolute URL of a file. An index page has its folder's URL. Non-ASCII characters are percent-encoded,
/// since not all programs accept them.
fn absolute(base_url: &str, path: &str) -> String {
    let is_folder = |path: &&str| path.is_empty() || path.ends_with('/');
    let path = path.strip_suffix(HOME).filter(is_folder).unwrap_or(path);
    // `url_path` has already encoded the special ASCII characters, so this encodes only non-ASCII characters.
    format!("{base_url}/{}", utf8_percent_encode(&url_path(path), CONTROLS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_urls_are_ascii_and_name_the_folder_of_an_index() {
        let at = |path: &str| absolute("https://a.example/b", path);
        assert_eq!(at("index.html"), "https://a.example/b/");
        assert_eq!(at("places/index.html"), "https://a.example/b/places/");
        assert_eq!(at("myindex.html"), "https://a.example/b/myindex.html");
        assert_eq!(at("新 100%.html"), "https://a.example/b/%E6%96%B0%20100%25.html");
    }
}
