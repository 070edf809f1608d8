//! Extracts the metadata of a web page from JSON-LD (`json_ld`), Open Graph and other `<meta>` elements, links and
//! text.
//!
//! Each value has its own order of sources, the most reliable first.

mod json_ld;

use std::borrow::Cow;
use std::collections::BTreeSet;

pub(crate) use self::json_ld::JsonLd;
use super::tree::{Id, Tree};
use crate::values::{day, is_web_address, language_tag};
use crate::{Meta, text};

/// Maximum number of nodes of an element from which the text of a value is read, and maximum length of that text.
const MAX_VALUE_NODES: usize = 1_000;
const MAX_VALUE_BYTES: usize = 10_000;
/// Maximum number of nodes in an `h1` that are searched for a link.
const MAX_HEADLINE_NODES: usize = 16;
/// Maximum number of nodes in an author's element that are searched for the name.
const MAX_AUTHOR_NODES: usize = 64;
/// Maximum number of `time` elements that are examined.
const MAX_TIMES: usize = 200;
/// Maximum length of an author's name. A longer value is probably a sentence.
const MAX_NAME_CHARS: usize = 120;
const MAX_NAME_WORDS: usize = 16;
/// Maximum number of words in the last part of a title that is taken for the site's name.
const MAX_SITE_NAME_WORDS: usize = 4;
/// A short last part of a title is removed only if at least this many words remain.
const MIN_TITLE_WORDS: usize = 3;

/// Extracts the metadata of a page. `json_ld` has the page's JSON-LD data.
pub(crate) fn of(tree: &Tree, json_ld: &JsonLd) -> Meta {
    let page = MetaReader::new(tree);
    let publisher = page.first(&["og:site_name"]).or_else(|| json_ld.name("publisher")).or_else(|| {
        page.first(&["dc.publisher", "dcterms.publisher", "citation_publisher", "application-name"])
    });
    let title = title(&page, json_ld, publisher.as_deref());
    let author = author(&page, json_ld).filter(|author| Some(author) != title.as_ref());
    Meta {
        title,
        author,
        publisher,
        published: published(&page, json_ld),
        url: url(&page),
        language: language(&page),
    }
}

/// Access to the elements of a page that contain metadata.
struct MetaReader<'t> {
    tree: &'t Tree,
    /// The name (or property) of each `<meta>` element in lower case, and its content.
    metas: Vec<(String, &'t str)>,
}

impl<'t> MetaReader<'t> {
    fn new(tree: &'t Tree) -> Self {
        let named = |id| {
            let key = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .find_map(|key| tree.attribute(id, key))?;
            Some((key.trim().to_ascii_lowercase(), tree.attribute(id, "content")?))
        };
        let metas = tree.below(Tree::ROOT).filter(|id| tree.name(*id) == "meta").filter_map(named).collect();
        Self { tree, metas }
    }

    /// Returns the cleaned contents of all `<meta>` elements of a name.
    fn all(&self, name: &str) -> Vec<String> {
        let contents = self.metas.iter().filter(|(key, _)| key == name);
        contents.filter_map(|(_, content)| clean_value(content)).collect()
    }

    /// Returns the first content of the first name in `names` that has one.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).into_iter().next())
    }

    fn elements(&self, wanted: impl Fn(Id) -> bool) -> impl Iterator<Item = Id> {
        self.tree.below(Tree::ROOT).filter(move |id| wanted(*id))
    }

    fn named(&self, name: &str) -> impl Iterator<Item = Id> {
        self.elements(move |id| self.tree.name(id) == name)
    }

    fn attribute(&self, id: Id, name: &str) -> &'t str {
        self.tree.attribute(id, name).unwrap_or_default()
    }

    fn text(&self, id: Id) -> Option<String> {
        let mut text = String::new();
        for piece in self.tree.below(id).take(MAX_VALUE_NODES).filter_map(|id| self.tree.text(id)) {
            text.push_str(&piece[..piece.floor_char_boundary(MAX_VALUE_BYTES - text.len())]);
        }
        text::clean_value(&text)
    }
}

/// Cleans a value. Entities are unescaped once more, because some sites escape twice.
fn clean_value(written: &str) -> Option<String> {
    text::clean_value(&unescape(written))
}

fn unescape(written: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, &str); 9] = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&#8217;", "’"),
        ("&#8211;", "–"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&amp;", "&"),
    ];
    if !written.contains('&') {
        return Cow::Borrowed(written);
    }
    Cow::Owned(ENTITIES.iter().fold(written.to_owned(), |text, (entity, plain)| text.replace(entity, plain)))
}

fn title(page: &MetaReader, json_ld: &JsonLd, site: Option<&str>) -> Option<String> {
    let element = page.named("title").find_map(|id| page.text(id));
    let headline = || {
        // The site's name may be an `h1` too, and the article's headline an `h2`.
        let lower = ["h2", "h3"].iter().flat_map(|level| page.named(level));
        let lower: BTreeSet<String> = lower.filter_map(|id| page.text(id)).map(|text| bare(&text)).collect();
        let has_link =
            |id: Id| page.tree.below(id).take(MAX_HEADLINE_NODES).any(|id| page.tree.name(id) == "a");
        let is_site = |h1: &str, has_link| {
            element.as_ref().is_some_and(|title| is_site_name(title, h1, has_link, &lower))
        };
        let headline = |id: Id| page.text(id).filter(|text| !is_site(text, has_link(id)));
        let mut headlines: Vec<String> = page.named("h1").filter_map(headline).collect();
        let is_in_title = |h1: &String| element.as_ref().is_some_and(|title| title.contains(h1.as_str()));
        let in_title = headlines.iter().position(|h1| is_in_title(h1) && Some(h1.as_str()) != site);
        (!headlines.is_empty()).then(|| headlines.swap_remove(in_title.unwrap_or_default()))
    };
    let found = page.first(&["og:title"]).or_else(|| json_ld.text("headline")).or_else(headline);
    match found {
        Some(title) => Some(strip_site_name(&title, site)),
        None => element.map(|title| strip_short_suffix(&strip_site_name(&title, site))),
    }
    .or_else(|| page.first(&["dc.title", "dcterms.title", "citation_title", "twitter:title"]))
}

/// Whether the `h1` with the text `name` is the site's name: the page title ends with the name, or starts with it and
/// the `h1` has a link; and the rest of the page title is a heading of its own, among the `lower` ones.
fn is_site_name(title: &str, name: &str, has_link: bool, lower: &BTreeSet<String>) -> bool {
    let title = title.trim();
    let opens = || title.strip_prefix(name).filter(|_| has_link);
    let rest = bare(title.strip_suffix(name).or_else(opens).unwrap_or_default());
    !rest.is_empty() && lower.contains(&rest)
}

/// Returns a text without the characters at its start and end that are neither letters nor digits.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Separators between a title and a site's name.
const TITLE_SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • "];

/// Removes the site's name from the end of a title.
fn strip_site_name(title: &str, site: Option<&str>) -> String {
    let site = site.unwrap_or_default().to_lowercase();
    let cut = |separator: &&str| {
        let (rest, last) = title.rsplit_once(*separator)?;
        let last = last.trim().to_lowercase();
        (!rest.trim().is_empty() && !site.is_empty() && last == site).then(|| rest.trim().to_owned())
    };
    TITLE_SEPARATORS.iter().find_map(cut).unwrap_or_else(|| title.to_owned())
}

/// Removes the last part of a title if it is short, because it probably is the site's name.
fn strip_short_suffix(title: &str) -> String {
    let cut = |separator: &&str| {
        let (rest, last) = title.rsplit_once(*separator)?;
        let short = last.split_whitespace().count() <= MAX_SITE_NAME_WORDS
            && rest.split_whitespace().nth(MIN_TITLE_WORDS - 1).is_some();
        short.then(|| rest.trim().to_owned())
    };
    TITLE_SEPARATORS.iter().find_map(cut).unwrap_or_else(|| title.to_owned())
}

fn author(page: &MetaReader, json_ld: &JsonLd) -> Option<String> {
    const NAMES: [&str; 8] = [
        "author",
        "citation_author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "article:author",
    ];
    let by_meta = || NAMES.iter().map(|name| names(page.all(name))).find(|names| !names.is_empty());
    let tree = page.tree;
    let by_link = || {
        let author = |id| page.attribute(id, "rel").split_whitespace().any(|rel| rel == "author");
        first_valid_name(
            page.elements(|id| tree.name(id) == "a" && author(id)).filter_map(|id| page.text(id)),
        )
    };
    let by_property = || {
        let author = |id| page.attribute(id, "itemprop") == "author";
        let name = |id| {
            tree.below(id)
                .take(MAX_AUTHOR_NODES)
                .find(|id| page.attribute(*id, "itemprop") == "name")
                .unwrap_or(id)
        };
        first_valid_name(page.elements(author).map(name).filter_map(|id| page.text(id)))
    };
    let by_class = || {
        let byline = |id| {
            let mut classes = page.attribute(id, "class").split_whitespace();
            classes.any(|class| {
                let class = class.to_ascii_lowercase();
                ["byline", "author-name", "byline-name", "article-author", "post-author"]
                    .contains(&class.as_str())
            })
        };
        first_valid_name(page.elements(byline).filter_map(|id| page.text(id)))
    };
    let found = Some(names(json_ld.names("author"))).filter(|names| !names.is_empty());
    let found = found.or_else(by_meta).or_else(by_link).or_else(by_property).or_else(by_class)?;
    text::clean_value(&found.join(", "))
}

/// Returns the name in the first value that has one.
fn first_valid_name(values: impl Iterator<Item = String>) -> Option<Vec<String>> {
    values.map(|value| names(vec![value])).find(|names| !names.is_empty())
}

/// Returns the distinct names among values, without "By". Skips addresses and sentences.
fn names(values: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        let by = ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "By: "];
        let name = by.iter().find_map(|by| value.strip_prefix(by)).unwrap_or(&value).trim();
        let address = name.contains("://") || name.contains('@') || name.starts_with("www.");
        let long =
            name.chars().count() > MAX_NAME_CHARS || name.split_whitespace().nth(MAX_NAME_WORDS).is_some();
        if !(name.is_empty() || address || long || names.iter().any(|earlier| earlier == name)) {
            names.push(name.to_owned());
        }
    }
    names
}

fn published(page: &MetaReader, json_ld: &JsonLd) -> Option<jiff::civil::Date> {
    const NAMES: [&str; 20] = [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "citation_publication_date",
        "citation_online_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.created",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "article.published",
        "date",
    ];
    let by_meta = || NAMES.iter().flat_map(|name| page.all(name)).find_map(|date| day(&date));
    let dated = |id: Id| day(page.attribute(id, "datetime")).or_else(|| day(page.attribute(id, "content")));
    let by_property =
        || page.elements(|id| page.attribute(id, "itemprop") == "datePublished").find_map(dated);
    let by_time = || {
        let published = |id: &Id| {
            page.tree.attribute(*id, "pubdate").is_some() || page.attribute(*id, "class").contains("publish")
        };
        let marked = page.named("time").filter(published).find_map(dated);
        // A `time` outside of the article or main element may belong to a teaser.
        let inside = |id: &Id| page.tree.up(*id).any(|up| matches!(page.tree.name(up), "article" | "main"));
        marked.or_else(|| page.named("time").take(MAX_TIMES).filter(inside).find_map(dated))
    };
    json_ld
        .text("datePublished")
        .and_then(|date| day(&date))
        .or_else(by_meta)
        .or_else(by_property)
        .or_else(by_time)
}

fn url(page: &MetaReader) -> Option<String> {
    let canonical =
        page.named("link").filter(|id| page.attribute(*id, "rel").eq_ignore_ascii_case("canonical"));
    let mut found = canonical.map(|id| page.attribute(id, "href").to_owned()).chain(page.all("og:url"));
    found.find(|url| is_web_address(url))
}

fn language(page: &MetaReader) -> Option<String> {
    let root = page.named("html").next();
    let lang = |name| root.map(|id| page.attribute(id, name)).and_then(language_tag);
    let metas =
        || page.first(&["content-language", "og:locale", "dc.language"]).and_then(|tag| language_tag(&tag));
    lang("lang").or_else(|| lang("xml:lang")).or_else(metas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn meta(page: &str) -> Meta {
        let limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };
        let tree = Tree::parse(page, limits).expect("a page within limits");
        of(&tree, &JsonLd::of(&tree))
    }

    #[test]
    fn json_ld_is_read_with_graphs_and_references_despite_broken_scripts() {
        let page = r##"<html lang="en_GB"><title>Tide turns | The Harbour</title>
            <script type="application/ld+json">{"broken": </script>
            <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
              {"@type": "Organization", "@id": "#org", "name": "The Harbour"},
              {"@type": "Person", "@id": "#ada", "name": "Ada Quill"},
              {"@type": ["NewsArticle"], "headline": "Tide &amp; turn", "publisher": {"@id": "#org"},
               "author": [{"@id": "#ada"}, {"name": "Ben Rook"}], "datePublished": "2024-03-01T23:30:00-08:00"}]}
            </script><link rel=canonical href="/relative"><meta property="og:url" content="https://h.example/a">"##;
        let expected = Meta {
            title: Some("Tide & turn".into()),
            author: Some("Ada Quill, Ben Rook".into()),
            publisher: Some("The Harbour".into()),
            published: Some(jiff::civil::date(2024, 3, 1)),
            url: Some("https://h.example/a".into()),
            language: Some("en-GB".into()),
        };
        assert_eq!(meta(page), expected);
    }

    #[test]
    fn without_json_ld_metadata_comes_from_the_page() {
        let page = "<title>The lock is shut - The Harbour Times</title><meta name=DC.date content='1 May 2003'>\
                    <meta property=article:author content='https://x.example/ada'><div class=byline>By Ada Quill</div>";
        let found = meta(page);
        assert_eq!(found.title.as_deref(), Some("The lock is shut"));
        assert_eq!(found.author.as_deref(), Some("Ada Quill"));
        assert_eq!(found.published, Some(jiff::civil::date(2003, 5, 1)));
        assert_eq!(found.url, None);
    }

    #[test]
    fn long_pages_of_headings_and_nested_bylines_take_linear_time() {
        let heading = |n: usize| format!("<h1>The Mill</h1><h2>Head {n}</h2>");
        let headings: String = (0..10_000).map(heading).collect();
        let nested = "<div class=byline>".repeat(1_500) + &"The mill was shut. ".repeat(50_000);
        for page in [format!("<title>Weir | The Mill</title>{headings}"), nested] {
            let limits = Limits { file_bytes: 1 << 24, decompressed_bytes: 1 << 24, seconds: 60 };
            let tree = Tree::parse(&page, limits).expect("a page within limits");
            let start = std::time::Instant::now();
            of(&tree, &JsonLd::of(&tree));
            assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        }
    }
}
