//! `annotations.jsonld`: every quote of the comparison as an annotation of its source, in the W3C Web Annotation
//! Data Model, so that other programs can find the words and display the summary of this site beside them.
//!
//! The bodies are the summary by the site's author, the question and the position. By the model, the bodies of an
//! annotation apply to each of its targets. For each contiguous part of the quote (see below), an annotation has up to
//! three targets:
//!
//! - the page at the record's `url`, with the words only (`TextQuoteSelector`), since positions in the page are
//!   unknown. If `url` leads to a PDF and the quote's page is known, the target has the page, too
//!   (`FragmentSelector`);
//! - the PDF file, if the document is one, with the words and the page. The file is identified by its SHA-256 as
//!   `ni:///sha-256;…` (RFC 6920: a name that anyone can compute from the file);
//! - the text of the document, identified by the same name, with the words and their position.
//!
//! Positions are bytes (`DataPositionSelector`), as in `compare.json`. The model's `TextPositionSelector` counts
//! characters, which can't be counted if the document is missing and only the lock proves a quote. Bytes are those of
//! the document's UTF-8 text; for a document in UTF-8 these are the bytes of the hashed file.
//!
//! A quote with omissions or insertions is not contiguous. Each contiguous part becomes a target of its own; in the
//! document, the part is searched within the range of the whole quote (`refinedBy`). Brackets and ellipses of the
//! document itself look the same and are handled the same way. This is safe, since the parts are in the document
//! anyway.
//!
//! Text around a quote (`prefix`, `suffix`) is given only for a contiguous quote, and only where `publish` allows the
//! site to publish passages.

use std::borrow::Cow;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::civil::Date;
use serde::Serialize;
use sourcewise_quotes::VerifiedQuote;

use super::{ANNOTATIONS, absolute, json_file};
use crate::render::anchors;
use crate::render::places::{PageRange, is_pdf};
use crate::render::site_data::SiteData;
use crate::verify::{Answer, Source};

const PDF: &str = "application/pdf";
/// Names the specification of fragments such as `page=12`, as the annotation model lists it. RFC 8118 has replaced that
/// specification.
const PDF_FRAGMENTS: &str = "http://tools.ietf.org/rfc/rfc3778";

/// `prefix` and `suffix` are at most this long. They distinguish a quote from other occurrences of the same words.
const MAX_CONTEXT_CHARS: usize = 32;

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Agent<'a>>,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<AnnotationPage<'a>>,
}

/// The site's author, without a type: it is unknown whether the name is a person's or an organisation's.
#[derive(Serialize)]
struct Agent<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct AnnotationPage<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "startIndex")]
    start_index: usize,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    body: Vec<TextualBody<'a>>,
    target: Vec<Target<'a>>,
}

#[derive(Serialize)]
struct TextualBody<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    value: &'a str,
    format: &'static str,
    language: &'a str,
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: Resource<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TimeState>,
    selector: Vec<Selector<'a>>,
}

#[derive(Serialize)]
struct Resource<'a> {
    id: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// The day on which the site's author retrieved the page.
#[derive(Serialize)]
struct TimeState {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "sourceDateStart")]
    start: String,
    #[serde(rename = "sourceDateEnd")]
    end: String,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "TextQuoteSelector")]
    TextQuote {
        exact: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        prefix: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    #[serde(rename = "FragmentSelector")]
    Fragment {
        #[serde(rename = "conformsTo")]
        conforms_to: &'static str,
        value: String,
        #[serde(rename = "refinedBy")]
        refined_by: Box<Selector<'a>>,
    },
    #[serde(rename = "DataPositionSelector")]
    DataPosition {
        start: usize,
        end: usize,
        #[serde(rename = "refinedBy", skip_serializing_if = "Option::is_none")]
        refined_by: Option<Box<Selector<'a>>>,
    },
}

pub(super) fn annotations(data: &SiteData<'_>) -> Vec<u8> {
    let site = &data.verified.site;
    // Without a base URL, ids are relative to the file's location.
    let address = site.base_url.as_deref().map(|base| absolute(base, ANNOTATIONS)).unwrap_or_default();
    let total = data.columns().flat_map(|source| &source.answers).map(|answer| answer.quotes.len()).sum();
    let collection = Collection {
        context: "http://www.w3.org/ns/anno.jsonld",
        id: format!("{address}#quotes"),
        kind: "AnnotationCollection",
        label: &site.title,
        creator: site.author.as_deref().map(|name| Agent { name }),
        total,
        first: (total > 0).then(|| AnnotationPage {
            id: format!("{address}#page"),
            kind: "AnnotationPage",
            start_index: 0,
            items: data.columns().flat_map(|source| of_source(data, source, &address)).collect(),
        }),
    };
    json_file(&collection)
}

fn of_source<'a>(data: &'a SiteData<'_>, source: &'a Source, address: &str) -> Vec<Annotation<'a>> {
    let answers = source.answers.iter().zip(anchors::of_answers(source));
    let quotes = answers
        .flat_map(|(answer, ids)| answer.quotes.iter().zip(ids.quotes).map(move |quote| (answer, quote)));
    let document = source.document.as_ref().and_then(|document| ni_uri(&document.sha256));
    let annotations = quotes.map(|(answer, (quote, quote_id))| Annotation {
        // The source's id, then the quote's id on the source's page.
        id: format!("{address}#{}--{quote_id}", source.id),
        kind: "Annotation",
        motivation: "describing",
        body: bodies(data, answer),
        target: targets(source, quote, document.as_deref()),
    });
    annotations.collect()
}

fn bodies<'a>(data: &'a SiteData<'_>, answer: &'a Answer) -> Vec<TextualBody<'a>> {
    let language = &data.verified.site.language;
    let body =
        |purpose, value| TextualBody { kind: "TextualBody", purpose, value, format: "text/plain", language };
    let question = data.questions.get(&answer.question);
    let row = data.row(&answer.question).map(|row| row.positions.iter());
    let position = row.into_iter().flatten().find(|position| position.id == answer.position);
    let mut bodies = vec![body("describing", answer.summary.as_str())];
    bodies.extend(question.map(|question| body("tagging", &question.title)));
    bodies.extend(position.map(|position| body("classifying", &position.label)));
    bodies
}

fn targets<'a>(source: &'a Source, quote: &'a VerifiedQuote, document: Option<&str>) -> Vec<Target<'a>> {
    let about = &source.about;
    let language = about.language.as_deref();
    let (parts, whole) = parts(quote.text());
    let mut targets = Vec::new();
    let target = |source, state, selector| Target { kind: "SpecificResource", source, state, selector };
    let page = PageRange::of(source, &quote.place().range()).page;
    let on_page = |words| {
        Some(Selector::Fragment {
            conforms_to: PDF_FRAGMENTS,
            value: format!("page={}", page?),
            refined_by: Box::new(words),
        })
    };
    for part in &parts {
        let words = || if whole { quoted(source, quote) } else { exact(part) };
        if let Some(url) = &about.url {
            let page = Resource { id: url.into(), kind: "Text", format: None, language };
            let selectors = on_page(words()).filter(|_| is_pdf(url)).into_iter().chain([words()]).collect();
            targets.push(target(page, about.retrieved.map(TimeState::of), selectors));
        }
        // A checked quote's document always has a hash. It has no URI only if someone edited the lock by hand.
        if let (Some(id), Some(selector)) = (document, on_page(words())) {
            let file = Resource { id: id.to_owned().into(), kind: "Text", format: Some(PDF), language };
            targets.push(target(file, None, vec![selector]));
        }
        if let Some(id) = document {
            let (start, end) = (quote.place().start, quote.place().end);
            let document =
                Resource { id: id.to_owned().into(), kind: "Text", format: Some("text/plain"), language };
            let position = |refined_by| Selector::DataPosition { start, end, refined_by };
            let selectors =
                if whole { vec![words(), position(None)] } else { vec![position(Some(Box::new(words())))] };
            targets.push(target(document, None, selectors));
        }
    }
    targets
}

/// Splits a quote into contiguous parts of the document. The bool is true if the only part is the whole quote.
fn parts(text: &str) -> (Vec<&str>, bool) {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = text[at..].find(['…', '[']).map(|found| at + found) {
        match editorial_mark_len(&text[start..]) {
            Some(length) => {
                parts.push(&text[from..start]);
                at = start + length;
                from = at;
            }
            None => at = start + 1,
        }
    }
    parts.push(&text[from..]);
    let whole = parts.len() == 1;
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    (parts.collect(), whole)
}

/// Returns the length in bytes of the ellipsis or brackets at the start of `rest`; `None` for empty or unclosed
/// brackets, which are the document's own.
fn editorial_mark_len(rest: &str) -> Option<usize> {
    if rest.starts_with('…') {
        return Some('…'.len_utf8());
    }
    let (inner, _) = rest.strip_prefix('[')?.split_once(']')?;
    (!inner.trim().is_empty()).then_some(inner.len() + 2)
}

/// Selects a part of a quote without the text around it.
fn exact(words: &str) -> Selector<'_> {
    Selector::TextQuote { exact: words, prefix: None, suffix: None }
}

/// Selects a whole quote, with up to [`MAX_CONTEXT_CHARS`] characters on each side from the quote's first and last
/// passage, if these may be published.
fn quoted<'a>(source: &'a Source, quote: &'a VerifiedQuote) -> Selector<'a> {
    let place = quote.place();
    let first = source.passage_at(place.start);
    let last = source.passage_at(place.end - 1);
    let prefix = first.and_then(|shown| {
        let before = shown.text.get(..place.start - shown.passage.range.start)?;
        let (from, _) = before.char_indices().rev().take(MAX_CONTEXT_CHARS).last()?;
        before.get(from..)
    });
    let suffix = last.and_then(|shown| {
        let after = shown.text.get(place.end - shown.passage.range.start..)?;
        let (at, c) = after.char_indices().take(MAX_CONTEXT_CHARS).last()?;
        after.get(..at + c.len_utf8())
    });
    Selector::TextQuote { exact: quote.text(), prefix, suffix }
}

/// Returns the `ni:` URI of a document's hash; `None` if `sha256` is not hexadecimal.
fn ni_uri(sha256: &str) -> Option<String> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok();
    let (pairs, rest) = sha256.as_bytes().as_chunks();
    let digest: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    rest.is_empty().then(|| format!("ni:///sha-256;{}", BASE64_URL_SAFE_NO_PAD.encode(digest)))
}

impl TimeState {
    fn of(date: Date) -> Self {
        let at = |time| format!("{date}T{time}Z");
        Self { kind: "TimeState", start: at("00:00:00"), end: at("23:59:59") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_split_at_omissions_and_insertions() {
        assert_eq!(parts("burnt down"), (vec!["burnt down"], true));
        assert_eq!(parts("[the] mill … [it] burnt […] down"), (vec!["mill", "burnt", "down"], false));
        assert_eq!(parts("[t]he mill"), (vec!["he mill"], false));
        assert_eq!(parts("[of it … all] burnt"), (vec!["burnt"], false));
        assert_eq!(parts("a [] b [x] c"), (vec!["a [] b", "c"], false));
        assert_eq!(parts("a [] b [c"), (vec!["a [] b [c"], true));
    }

    #[test]
    fn documents_have_rfc_6920_names() {
        // The hash of `Hello World!`, the example in RFC 6920.
        let sha256 = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
        assert_eq!(
            ni_uri(sha256).as_deref(),
            Some("ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")
        );
        assert_eq!(ni_uri("zz"), None);
    }
}
