//! schema.org metadata of each page as JSON-LD, for search engines: articles with what they cite, questions with
//! their answers, sources with their quotes.
//!
//! The metadata has only what schema.org has a term for; agreement, voices and origins are in `compare.json`. Authors
//! have no type, because a name may be a person's or an organisation's.

use std::collections::BTreeSet;

use memchr::memchr3;
use serde::Serialize;

use super::absolute;
use super::item_type::ItemType;
use super::page_kind::PageKind;
use crate::ids::SourceId;
use crate::load::Site;
use crate::render::HOME;
use crate::render::anchors;
use crate::render::site_data::SiteData;
use crate::verify::{CheckedMarkdown, Page, Question, Source, source_path};

/// schema.org's `Thing`, with the properties that the metadata uses.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggested_answer: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_part: Vec<Thing<'a>>,
}

impl<'a> Thing<'a> {
    fn new(kind: &'static str) -> Self {
        Self { kind: Some(kind), ..Self::default() }
    }

    fn named(name: &'a str) -> Box<Self> {
        Box::new(Self { name: Some(name), ..Self::default() })
    }
}

/// Serializes to JSON for embedding in a `<script>`: escapes the characters that are special in HTML, and the two
/// line separators that older versions of JavaScript don't allow in strings. In JSON, all of these occur only in
/// strings.
pub(in crate::render) fn escape_for_script(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("strings, numbers and lists are always JSON");
    let signs = [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")];
    let lines = [('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    // Nearly always nothing needs escaping. This check is many times faster than the loop below.
    if memchr3(b'<', b'>', b'&', json.as_bytes()).is_none()
        && !lines.iter().any(|(sign, _)| json.contains(*sign))
    {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    let mut copied = 0;
    for (at, found) in json.match_indices(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let written = signs.iter().chain(&lines).find(|(sign, _)| found.starts_with(*sign));
        out.push_str(&json[copied..at]);
        out.push_str(written.map_or(found, |(_, written)| written));
        copied = at + found.len();
    }
    out.push_str(&json[copied..]);
    out
}

/// Builds the JSON-LD of pages, one page at a time.
pub(super) struct Schema<'a> {
    data: &'a SiteData<'a>,
    site: &'a Site,
}

impl<'a> Schema<'a> {
    pub(super) fn new(data: &'a SiteData<'a>) -> Self {
        Self { data, site: &data.verified.site }
    }

    /// Returns the JSON-LD of a page, escaped for `<script>`; `None` for the 404 page. `address` is the page's absolute
    /// URL, if the site has a base URL.
    pub(super) fn script(
        &self,
        page_kind: PageKind<'_>,
        title: &str,
        address: Option<&str>,
    ) -> Option<String> {
        let url = address.map(str::to_owned);
        let thing = match page_kind {
            PageKind::Home(page) => Thing { url, ..self.home(page) },
            PageKind::Page(page) => Thing { url, ..self.article(page) },
            PageKind::Question(question) => Thing { url, ..self.question(question) },
            PageKind::Source(source) => Thing { url, ..self.source(source, address) },
            PageKind::Pair(one, other) => Thing {
                url,
                name: Some(title),
                citation: self.works([&one.id, &other.id].into_iter()),
                ..self.page("WebPage")
            },
            PageKind::List => Thing { url, name: Some(title), ..self.page("CollectionPage") },
            PageKind::NotFound => return None,
        };
        Some(escape_for_script(&Thing { context: Some("https://schema.org"), ..thing }))
    }

    fn home<'s>(&'s self, page: Option<&'s Page>) -> Thing<'s> {
        let head = page.map(|page| &page.head);
        let description = head.and_then(|head| head.description.as_ref()).or(self.site.description.as_ref());
        Thing {
            name: Some(&self.site.title),
            headline: head.map(|head| head.title.as_str()).filter(|title| *title != self.site.title),
            description: description.map(String::as_str),
            in_language: Some(&self.site.language),
            author: self.site.author.as_deref().map(Thing::named),
            date_modified: head.and_then(|head| head.updated).map(|date| date.to_string()),
            citation: page.map(|page| self.works(cited_in(&page.text))).unwrap_or_default(),
            ..Thing::new("WebSite")
        }
    }

    /// Returns the metadata that all pages except the home page have in common, with the schema.org type `kind`.
    fn page(&self, kind: &'static str) -> Thing<'_> {
        let base_url = self.site.base_url.as_deref();
        let site = Thing {
            name: Some(&self.site.title),
            url: base_url.map(|base| absolute(base, HOME)),
            ..Thing::new("WebSite")
        };
        Thing {
            in_language: Some(&self.site.language),
            author: self.site.author.as_deref().map(Thing::named),
            is_part_of: Some(Box::new(site)),
            ..Thing::new(kind)
        }
    }

    fn article<'s>(&'s self, page: &'s Page) -> Thing<'s> {
        Thing {
            headline: Some(&page.head.title),
            description: page.head.description.as_deref(),
            date_modified: page.head.updated.map(|date| date.to_string()),
            citation: self.works(cited_in(&page.text)),
            ..self.page("Article")
        }
    }

    fn question<'s>(&'s self, question: &'s Question) -> Thing<'s> {
        let row = self.data.row(&question.id);
        let held =
            row.into_iter().flat_map(|row| &row.positions).filter(|position| !position.sources.is_empty());
        let answers = held.map(|position| Thing {
            text: Some(&position.label),
            citation: position.sources.iter().filter_map(|id| self.work_reference(id)).collect(),
            ..Thing::new("Answer")
        });
        let entity = Thing {
            name: Some(&question.title),
            suggested_answer: answers.collect(),
            ..Thing::new("Question")
        };
        let cells = self.data.columns().zip(row.into_iter().flat_map(|row| &row.cells));
        let speak = cells.filter(|(_, cell)| cell.state() == "says").map(|(source, _)| &source.id);
        Thing {
            name: Some(&question.title),
            main_entity: Some(Box::new(entity)),
            citation: self.works(speak.chain(cited_in(&question.text))),
            ..self.page("WebPage")
        }
    }

    fn source<'s>(&'s self, source: &'s Source, address: Option<&str>) -> Thing<'s> {
        let work = self.work(source);
        let answers = source.answers.iter().zip(anchors::of_answers(source));
        let quotes = answers.flat_map(|(answer, ids)| answer.quotes.iter().zip(ids.quotes));
        let quotes = quotes.map(|(quote, id)| Thing {
            text: Some(quote.text()),
            in_language: source.about.language.as_deref(),
            url: address.map(|address| format!("{address}#{id}")),
            // Nesting in `hasPart` already implies `isPartOf`, so it is left out if the source has no id to refer to.
            is_part_of: work.id.clone().map(|id| Box::new(Thing { id: Some(id), ..Thing::default() })),
            ..Thing::new("Quotation")
        });
        let quotes = quotes.collect();
        Thing {
            name: Some(&source.about.title),
            main_entity: Some(Box::new(Thing { has_part: quotes, ..work })),
            ..self.page("WebPage")
        }
    }

    /// Describes sources in full, each once, in the order of `ids`. Ids without a source are skipped.
    fn works<'s>(&'s self, ids: impl Iterator<Item = &'s SourceId>) -> Vec<Thing<'s>> {
        let mut seen = BTreeSet::new();
        let once = ids.filter(|id| seen.insert(*id));
        once.filter_map(|id| Some(self.work(self.data.by_id.get(id)?))).collect()
    }

    /// Returns a reference to a source that the same page's JSON-LD describes in full elsewhere.
    fn work_reference(&self, id: &SourceId) -> Option<Thing<'_>> {
        let Thing { kind, id, name, .. } = self.work(self.data.by_id.get(id)?);
        Some(Thing { kind, id, name, ..Thing::default() })
    }

    fn work<'s>(&self, source: &'s Source) -> Thing<'s> {
        let about = &source.about;
        let kind = if ItemType::of(about) == ItemType::Article { "NewsArticle" } else { "CreativeWork" };
        let base_url = self.site.base_url.as_deref();
        let publisher = about.publisher.as_deref();
        Thing {
            id: base_url.map(|base| format!("{}#source", absolute(base, &source_path(&source.id)))),
            url: about.url.clone(),
            name: Some(&about.title),
            author: about.author.as_deref().map(Thing::named),
            publisher: publisher
                .map(|name| Box::new(Thing { name: Some(name), ..Thing::new("Organization") })),
            date_published: about.published.map(|date| date.to_string()),
            in_language: about.language.as_deref(),
            ..Thing::new(kind)
        }
    }
}

/// Returns the sources that a text cites, with repetitions.
fn cited_in(text: &CheckedMarkdown) -> impl Iterator<Item = &SourceId> {
    text.citations.iter().map(|citation| &citation.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_string_can_end_the_script() {
        let hostile = "</script><!-- & \u{2028}";
        let json = escape_for_script(&hostile);
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("still JSON"), hostile);
    }
}
