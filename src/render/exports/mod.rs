//! The site for programs: the comparison as data, a feed, a map, citations, annotations, what search engines read.
//!
//! Nothing here is for a reader's eyes. Data has fixed forms; `feed.xml`, `sitemap.xml` and `robots.txt` are templates.
//! Whatever needs the site's whole address is made only where `base_url` in `site.toml` tells it.

mod annotations;
mod bibliography;
mod cite;
mod comparison;
mod feed;
mod head;
mod host;
mod schema;
mod sitemap;
mod subject;
mod table;
mod works;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use serde::Serialize;
use sitemap::sitemap;

pub(super) use head::Heads;
pub(super) use schema::harmless;
pub(super) use subject::Subject;

use super::site_data::SiteData;
use super::theme::{Fault, Theme};
use super::view::RobotsView;
use super::{HOME, url_path};
use crate::load::Asset;

const ANNOTATIONS: &str = "annotations.jsonld";
const BIBLIOGRAPHY: &str = "sources.bib";
const CSL: &str = "sources.csl.json";
const FEED: &str = "feed.xml";
const SITEMAP: &str = "sitemap.xml";
const ROBOTS: &str = "robots.txt";

/// A way to make one of the files.
type Make = fn(&SiteData<'_>) -> Vec<u8>;

/// Files by path; a faulty template has made none.
pub(super) type Exported = Vec<(String, Result<Vec<u8>, Fault>)>;

/// Every file for programs, by its path. `pages` are the paths of the site's pages, `assets` the author's own files.
pub(super) fn files(data: &SiteData<'_>, theme: &Theme<'_>, pages: &[&str], assets: &[Asset]) -> Exported {
    let of_evidence: [(&str, Make); 5] = [
        ("compare.json", comparison::json),
        ("compare.csv", table::csv),
        (ANNOTATIONS, annotations::annotations),
        (BIBLIOGRAPHY, bibliography::bibtex),
        (CSL, bibliography::csl),
    ];
    let fixed = || of_evidence.par_iter().map(|(path, make)| ((*path).to_owned(), Ok(make(data)))).collect();
    let (mut files, templates): (Vec<_>, Vec<_>) = rayon::join(fixed, || templates(data, theme, pages));
    files.extend(templates);
    // An author's own file of one of these names replaces ours without a warning: hosts ask authors for them.
    files.push(("_headers".to_owned(), Ok(host::headers())));
    files.retain(|(name, _)| {
        !["_headers", ROBOTS].contains(&name.as_str())
            || !assets.iter().any(|asset| asset.path.eq_ignore_ascii_case(name))
    });
    files
}

/// The files that templates make.
fn templates(data: &SiteData<'_>, theme: &Theme<'_>, pages: &[&str]) -> Exported {
    let base_url = data.verified.site.base_url.as_deref();
    let robots = RobotsView { sitemap: base_url.map(|base| absolute(base, SITEMAP)) };
    let sitemaps = sitemap(data, pages).into_iter().map(|(path, view)| (path, xml(theme, SITEMAP, &view)));
    let feed = feed::feed(data).map(|view| (FEED.to_owned(), xml(theme, FEED, &view)));
    let robots = (ROBOTS.to_owned(), theme.run_on(ROBOTS, &robots).map(String::into_bytes));
    sitemaps.chain(feed).chain([robots]).collect()
}

/// A file of XML 1.0 as a template makes it, without the characters that XML cannot hold, not even escaped (section 2.2,
/// `Char`).
fn xml(theme: &Theme<'_>, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    Ok(theme.run_on(template, view)?.replace(forbidden, "").into_bytes())
}

/// JSON with a line for every value, so that a change to one shows as one.
fn json_file(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("strings, numbers and lists are always JSON");
    bytes.push(b'\n');
    bytes
}

/// The whole address of a file of the site. A folder's index is the folder; letters beyond ASCII are written as `%XX`,
/// since not all who read addresses take them as they are.
fn absolute(base_url: &str, path: &str) -> String {
    let is_folder = |path: &&str| path.is_empty() || path.ends_with('/');
    let path = path.strip_suffix(HOME).filter(is_folder).unwrap_or(path);
    // Of ASCII nothing is left to encode: control characters neither.
    format!("{base_url}/{}", utf8_percent_encode(&url_path(path), CONTROLS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_folder_of_an_index_and_holds_ascii_alone() {
        let at = |path: &str| absolute("https://a.example/b", path);
        assert_eq!(at("index.html"), "https://a.example/b/");
        assert_eq!(at("places/index.html"), "https://a.example/b/places/");
        assert_eq!(at("myindex.html"), "https://a.example/b/myindex.html");
        assert_eq!(at("新 100%.html"), "https://a.example/b/%E6%96%B0%20100%25.html");
    }
}
