//! The sources for citation managers: `sources.bib` (BibTeX with the fields of biblatex) and `sources.csl.json`
//! (CSL-JSON, as Zotero and pandoc read it).
//!
//! What a record doesn't say is left out. Names are kept whole (`{{…}}`, `literal`): who wrote a source may be a person,
//! two, or an office, and cutting the name up would be a guess.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;
use sourcewise_quotes::primary;

use super::json_file;
use super::works::Work;
use crate::ids::SourceId;
use crate::load::About;
use crate::render::site_data::SiteData;
use crate::text::one_line;
use crate::verify::Source;

/// The languages that biblatex knows by a name of its own, by tag.
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

/// `sources.bib`.
pub(super) fn bibtex(data: &SiteData<'_>) -> Vec<u8> {
    data.columns().map(entry).collect::<Vec<_>>().join("\n").into_bytes()
}

fn entry(source: &Source) -> String {
    let about = &source.about;
    let (kind, publisher) = match Work::of(about) {
        Work::Article => ("article", "journaltitle"),
        Work::Page => ("online", "organization"),
        Work::Document => ("misc", "organization"),
    };
    // A second pair of braces keeps capitals as they are, and `and` from parting two names.
    let kept = |text: &String| format!("{{{}}}", tex(text));
    let date = |date: Date| date.to_string();
    let fields = [
        ("author", about.author.as_ref().map(kept)),
        ("title", Some(kept(&about.title))),
        (publisher, about.publisher.as_ref().map(kept)),
        ("date", about.published.map(date)),
        ("url", about.url.as_deref().map(verbatim)),
        ("urldate", about.retrieved.filter(|_| about.url.is_some()).map(date)),
        ("langid", about.language.as_deref().and_then(language).map(str::to_owned)),
        ("note", about.caution.as_deref().map(tex)),
    ];
    let mut entry = format!("@{kind}{{{},\n", key(&source.id));
    for (name, value) in fields {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = writeln!(entry, "  {name} = {{{value}}},");
        }
    }
    entry.push_str("}\n");
    entry
}

/// A key that old programs take, too: ASCII. `é` becomes `ue9.`, and since no id holds a full stop, no two become one.
fn key(id: &SourceId) -> String {
    let mut key = String::new();
    for c in id.as_str().chars() {
        if c.is_ascii() {
            key.push(c);
        } else {
            // Writing to a string does not fail.
            let _ = write!(key, "u{:x}.", u32::from(c));
        }
    }
    key
}

/// Text in one line, with what means something to TeX written out. Braces have names, since programs count them even
/// behind a backslash.
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

/// An address: TeX takes it as it is, so that only braces and backslashes must not stand in it.
fn verbatim(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

/// biblatex's name of a language: that of the whole tag, or of its first part.
fn language(tag: &str) -> Option<&'static str> {
    let known = |wanted: &str| LANGUAGES.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let name = known(tag).or_else(|| known(primary(tag)))?;
    Some(name.1)
}

/// A source in CSL-JSON.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a SourceId,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name<'a>; 1]>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Day>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct Day {
    #[serde(rename = "date-parts")]
    date_parts: [(i16, i8, i8); 1],
}

impl Day {
    fn of(date: Date) -> Self {
        Self { date_parts: [(date.year(), date.month(), date.day())] }
    }
}

/// `sources.csl.json`.
pub(super) fn csl(data: &SiteData<'_>) -> Vec<u8> {
    json_file(&data.columns().map(item).collect::<Vec<_>>())
}

fn item(source: &Source) -> Item<'_> {
    let about: &About = &source.about;
    let work = Work::of(about);
    let kind = match work {
        Work::Article => "article-newspaper",
        Work::Page => "webpage",
        Work::Document => "document",
    };
    let publisher = about.publisher.as_deref();
    Item {
        id: &source.id,
        kind,
        title: &about.title,
        author: about.author.as_deref().map(|literal| [Name { literal }]),
        container_title: publisher.filter(|_| work != Work::Document),
        publisher: publisher.filter(|_| work == Work::Document),
        genre: about.kind.as_deref(),
        issued: about.published.map(Day::of),
        accessed: about.retrieved.filter(|_| about.url.is_some()).map(Day::of),
        url: about.url.as_deref(),
        language: about.language.as_deref(),
        note: about.caution.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_tex_is_written_out() {
        assert_eq!(
            tex("50% & \\more\n{x}\u{7}"),
            "50\\% \\& \\textbackslash{}more \\textbraceleft{}x\\textbraceright{}"
        );
        assert_eq!(verbatim("https://a.example/{x}#y_z%20"), "https://a.example/%7Bx%7D#y_z%20");
    }

    #[test]
    fn keys_are_ascii_and_no_two_ids_share_one() {
        let key = |id: &str| key(&SourceId::parse(id).expect("an id"));
        assert_eq!([key("wsj-insiders"), key("é"), key("ue9")], ["wsj-insiders", "ue9.", "ue9"]);
    }

    #[test]
    fn a_language_is_known_by_its_tag_or_the_first_part_of_it() {
        assert_eq!(
            ["en-GB", "en-ZA", "PT-br", "zh"].map(language),
            [Some("british"), Some("english"), Some("brazilian"), None]
        );
    }
}
