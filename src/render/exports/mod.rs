//! The site for programs: the comparison as data, a feed, a map, citations, annotations, what search engines read.
//!
//! Nothing here is for a reader's eyes; what is, templates make. Whatever needs the site's whole address is made only
//! where `base_url` in `site.toml` tells it.

mod annotations;
mod bibliography;
mod cite;
mod comparison;
mod feed;
mod head;
mod host;
mod schema;
mod sitemap;
mod table;
mod works;
mod xml;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use serde::Serialize;
use sitemap::sitemap;

pub(super) use head::{Heads, Subject};
pub(super) use schema::harmless;

use super::views::Views;
use super::{HOME, url_path};

const ANNOTATIONS: &str = "annotations.jsonld";
const BIBLIOGRAPHY: &str = "sources.bib";
const CSL: &str = "sources.csl.json";
const FEED: &str = "feed.xml";
const SITEMAP: &str = "sitemap.xml";

/// A way to make one of the files.
type Make = fn(&Views<'_>) -> Vec<u8>;

/// Every file for programs, by its path. `pages` are the paths of the site's pages.
pub(super) fn files(views: &Views<'_>, pages: &[&str]) -> Vec<(String, Vec<u8>)> {
    let of_evidence: [(&str, Make); 5] = [
        ("compare.json", comparison::json),
        ("compare.csv", table::csv),
        (ANNOTATIONS, annotations::annotations),
        (BIBLIOGRAPHY, bibliography::bibtex),
        (CSL, bibliography::csl),
    ];
    let (mut files, mut of_pages): (Vec<_>, Vec<_>) = rayon::join(
        || of_evidence.par_iter().map(|(path, make)| ((*path).to_owned(), make(views))).collect(),
        || sitemap(views, pages),
    );
    files.append(&mut of_pages);
    files.extend(feed::feed(views).map(|feed| (FEED.to_owned(), feed)));
    let base_url = views.verified.site.base_url.as_deref();
    let of_hosts = [("_headers", host::headers()), ("robots.txt", host::robots(base_url))];
    // Of these the author's goes before, and nobody needs to be told: both are files that hosts ask authors for.
    let assets = &views.verified.assets;
    let is_authors = |name: &str| assets.iter().any(|asset| asset.path.eq_ignore_ascii_case(name));
    let of_hosts = of_hosts.into_iter().filter(|(name, _)| !is_authors(name));
    files.extend(of_hosts.map(|(name, bytes)| (name.to_owned(), bytes)));
    files
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
