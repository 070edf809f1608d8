//! The sources for citation managers: `sources.bib` (BibTeX with biblatex fields) and `sources.csl.json`
//! (CSL-JSON, as read by Zotero and pandoc).
//!
//! Fields that a record lacks are omitted. The author of a source is not split into names (`{{…}}` in BibTeX, `literal`
//! in CSL-JSON), because the field may name a person, several persons or an organisation, and splitting would be a
//! guess.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;
use sourcewise_quotes::primary;

use super::item_type::ItemType;
use super::json_file;
use crate::ids::SourceId;
use crate::load::About;
use crate::render::site_data::SiteData;
use crate::text::one_line;
use crate::verify::Source;

/// biblatex's language names by language tag.
const LANGUAGES: [(&str, &str); 25] = [
    ("cs", "czech"),
    ("da", "danish"),
    ("de", "ngerman"),
    ("de-AT", "naustrian"),
    ("de-CH", "nswissgerman"),
    ("el", "greek"),
    ("en", "english"),
    ("en-AU", "australian"),
    ("en-CA", "canadian"),
    ("en-GB", "british"),
    ("en-NZ", "newzealand"),
    ("en-US", "american"),
    ("es", "spanish"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("hu", "hungarian"),
    ("it", "italian"),
    ("nl", "dutch"),
    ("pl", "polish"),
    ("pt", "portuguese"),
    ("pt-BR", "brazilian"),
    ("ru", "russian"),
    ("sv", "swedish"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
];

pub(super) fn bibtex(data: &SiteData<'_>) -> Vec<u8> {
    data.columns().map(entry).collect::<Vec<_>>().join("\n").into_bytes()
}

fn entry(source: &Source) -> String {
    let about = &source.about;
    let (kind, publisher) = match ItemType::of(about) {
        ItemType::Article => ("article", "journaltitle"),
        ItemType::Page => ("online", "organization"),
        ItemType::Document => ("misc", "organization"),
    };
    // A second pair of braces preserves capitals and stops `and` from separating two names.
    let braced = |text: &String| format!("{{{}}}", tex(text));
    let date = |date: Date| date.to_string();
    let fields = [
        ("author", about.author.as_ref().map(braced)),
        ("title", Some(braced(&about.title))),
        (publisher, about.publisher.as_ref().map(braced)),
        ("date", about.published.map(date)),
        ("url", about.url.as_deref().map(verbatim)),
        ("urldate", about.retrieved.filter(|_| about.url.is_some()).map(date)),
        ("langid", about.language.as_deref().and_then(language).map(str::to_owned)),
        ("note", about.caution.as_deref().map(tex)),
    ];
    let mut entry = format!("@{kind}{{{},\n", key(&source.id));
    for (name, value) in fields {
        if let Some(value) = value {
            // Writing to a string can't fail.
            let _ = writeln!(entry, "  {name} = {{{value}}},");
        }
    }
    entry.push_str("}\n");
    entry
}

/// Returns a source's citation key in ASCII, as older programs require. `é` becomes `ue9.`; since ids contain no full
/// stop, keys stay unique.
fn key(id: &SourceId) -> String {
    let mut key = String::new();
    for c in id.as_str().chars() {
        if c.is_ascii() {
            key.push(c);
        } else {
            // Writing to a string can't fail.
            let _ = write!(key, "u{:x}.", u32::from(c));
        }
    }
    key
}

/// Escapes TeX's special characters and joins lines. Braces become commands, since programs that read BibTeX count
/// braces even after a backslash.
fn tex(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '$' | '&' | '#' | '%' | '_' => out.extend(['\\', c]),
            other => out.push(other),
        }
    }
    out
}

/// Percent-encodes braces and backslashes in a URL. BibTeX takes such a field literally, so only these are special.
fn verbatim(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

/// Returns biblatex's name for a language tag, or else for the tag's primary language; `None` if [`LANGUAGES`] has
/// neither.
fn language(tag: &str) -> Option<&'static str> {
    let known = |wanted: &str| LANGUAGES.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let name = known(tag).or_else(|| known(primary(tag)))?;
    Some(name.1)
}

#[derive(Serialize)]
struct CslItem<'a> {
    id: &'a SourceId,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[CslName<'a>; 1]>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<CslDate>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct CslName<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct CslDate {
    #[serde(rename = "date-parts")]
    date_parts: [(i16, i8, i8); 1],
}

impl CslDate {
    fn new(date: Date) -> Self {
        Self { date_parts: [(date.year(), date.month(), date.day())] }
    }
}

pub(super) fn csl(data: &SiteData<'_>) -> Vec<u8> {
    json_file(&data.columns().map(item).collect::<Vec<_>>())
}

fn item(source: &Source) -> CslItem<'_> {
    let about: &About = &source.about;
    let item_type = ItemType::of(about);
    let kind = match item_type {
        ItemType::Article => "article-newspaper",
        ItemType::Page => "webpage",
        ItemType::Document => "document",
    };
    let publisher = about.publisher.as_deref();
    CslItem {
        id: &source.id,
        kind,
        title: &about.title,
        author: about.author.as_deref().map(|literal| [CslName { literal }]),
        container_title: publisher.filter(|_| item_type != ItemType::Document),
        publisher: publisher.filter(|_| item_type == ItemType::Document),
        genre: about.kind.as_deref(),
        issued: about.published.map(CslDate::new),
        accessed: about.retrieved.filter(|_| about.url.is_some()).map(CslDate::new),
        url: about.url.as_deref(),
        language: about.language.as_deref(),
        note: about.caution.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_special_characters_are_escaped() {
        assert_eq!(
            tex("50% & \\more\n{x}\u{7}"),
            "50\\% \\& \\textbackslash{}more \\textbraceleft{}x\\textbraceright{}"
        );
        assert_eq!(verbatim("https://a.example/{x}#y_z%20"), "https://a.example/%7Bx%7D#y_z%20");
    }

    #[test]
    fn keys_are_ascii_and_unique() {
        let key = |id: &str| key(&SourceId::parse(id).expect("an id"));
        assert_eq!([key("wsj-insiders"), key("é"), key("ue9")], ["wsj-insiders", "ue9.", "ue9"]);
    }

    #[test]
    fn languages_are_found_by_tag_or_primary_language() {
        assert_eq!(
            ["en-GB", "en-ZA", "PT-br", "zh"].map(language),
            [Some("british"), Some("english"), Some("brazilian"), None]
        );
    }
}
