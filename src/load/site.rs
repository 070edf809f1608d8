//! `site.toml`: what the site is called, and the origins that its sources rest on.

use std::sync::Arc;

use indexmap::IndexMap;
use sourcewise_documents as documents;
use sourcewise_quotes::is_language_tag;

use super::choice::choose;
use super::keep;
use super::table::Table;
use crate::files::{FileId, Span, Spanned};
use crate::ids::OriginId;
use crate::problem::{Code, Problem, Problems};

/// How many words a quote may have where `limits.quote_words` doesn't say.
const QUOTE_WORDS: u32 = 40;

/// How many kB a document may have where `limits.document_kb` doesn't say.
const DOCUMENT_KB: u32 = 50_000;
/// How many seconds reading one may take where `limits.document_seconds` doesn't say.
const DOCUMENT_SECONDS: u32 = 20;
/// How many kB a page may weigh, with all that it loads, where `limits.page_kb` doesn't say.
const PAGE_KB: u32 = 500;
/// For how many seconds other sites are asked where `check.external_seconds` doesn't say.
const EXTERNAL_SECONDS: u32 = 300;
/// How many times as large as the largest document what is packed in one may be.
const UNFOLDS: usize = 8;
/// A thousand bytes are a kB.
const KB: usize = 1000;

/// What holds for the whole site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its name.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// The language of its pages, as a BCP 47 tag: `en`.
    pub language: String,
    /// Where that is written, if it is.
    pub language_span: Option<Span>,
    /// Where it will stand, without a slash at the end. Nothing needs it but absolute addresses.
    pub base_url: Option<String>,
    /// Who writes it.
    pub author: Option<String>,
    /// How many words a quote may have.
    pub quote_words: usize,
    /// What a document may take to be read.
    pub limits: documents::Limits,
    /// How many kB the search index may have before the author is told.
    pub search_kb: Option<Spanned<u32>>,
    /// How many kB a page may weigh, with all that it loads, before the author is told.
    pub page_kb: u32,
    /// For how many seconds `check --external` asks other sites.
    pub external_seconds: u32,
    /// Whether to tell of paragraphs that state something and cite nothing.
    pub warn_uncited: bool,
    /// Whether every page gets a social card.
    pub cards: bool,
    /// Whether readers can search the site.
    pub search: bool,
    /// What of the output folder is not the site's and stays there: paths with `/`.
    pub keep: Vec<Spanned<String>>,
    /// What sources rest on, as the author ordered it.
    pub origins: IndexMap<OriginId, Origin>,
}

/// An outlet, person or document that a source itself rests on.
#[derive(Clone, Debug)]
pub struct Origin {
    /// What it is called; its id where nothing is said.
    pub name: String,
    /// Where it can be found.
    pub url: Option<String>,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// Reads `site.toml`. `text` is `None` for a site without one: then its folder's name is its title.
pub(super) fn read(text: Option<(FileId, Arc<str>)>, folder: &str, problems: &mut Problems) -> Site {
    let Some((file, text)) = text else {
        return Site {
            title: folder.to_owned(),
            description: None,
            language: "en".to_owned(),
            language_span: None,
            base_url: None,
            author: None,
            quote_words: QUOTE_WORDS as usize,
            limits: Limits::default().of_documents(),
            search_kb: None,
            page_kb: PAGE_KB,
            external_seconds: EXTERNAL_SECONDS,
            warn_uncited: false,
            cards: true,
            search: true,
            keep: Vec::new(),
            origins: IndexMap::new(),
        };
    };
    let mut table = Table::parse(file, &text, 0, problems);
    let title = table.required_text("title", "Who says what", problems);
    let language = table.text("language", problems);
    let base_url = table.text("base_url", problems);
    let limits = table.table("limits", problems);
    let limits = limits.map_or_else(Limits::default, |limits| Limits::read(limits, problems));
    let check = table.table("check", problems);
    let check = check.map_or_else(Check::default, |check| Check::read(check, problems));
    let output = table.table("output", problems);
    let origins = table.table("origins", problems);
    let site = Site {
        title: title.map_or_else(|| folder.to_owned(), |title| title.value),
        description: table.text("description", problems).map(|text| text.value),
        language_span: language.as_ref().map(|tag| tag.span),
        language: language
            .map_or_else(|| "en".to_owned(), |tag| language_tag(&tag.value, tag.span, problems)),
        base_url: base_url
            .and_then(|url| base_address(&url.value, url.span, problems))
            .map(|url| url.trim_end_matches('/').to_owned()),
        author: table.text("author", problems).map(|text| text.value),
        quote_words: limits.quote_words.unwrap_or(QUOTE_WORDS) as usize,
        limits: limits.of_documents(),
        search_kb: limits.search_kb,
        cards: table.flag_or("cards", true, problems),
        search: table.flag_or("search", true, problems),
        page_kb: limits.page_kb.unwrap_or(PAGE_KB),
        external_seconds: check.external_seconds.unwrap_or(EXTERNAL_SECONDS),
        warn_uncited: check.warn_uncited,
        keep: output.map_or_else(Vec::new, |output| keep::read(output, problems)),
        origins: origins.map_or_else(IndexMap::new, |origins| read_origins(origins, problems)),
    };
    table.finish(problems);
    site
}

#[derive(Default)]
struct Limits {
    quote_words: Option<u32>,
    search_kb: Option<Spanned<u32>>,
    document_kb: Option<u32>,
    document_seconds: Option<u32>,
    page_kb: Option<u32>,
}

impl Limits {
    fn read(mut table: Table<'_>, problems: &mut Problems) -> Self {
        let words = table.number("quote_words", problems);
        let search_kb = table.number("search_kb", problems);
        let document_kb = table.number("document_kb", problems).map(|size| size.value);
        let document_seconds = table.number("document_seconds", problems).map(|time| time.value);
        let page_kb = table.number("page_kb", problems).map(|size| size.value);
        table.finish(problems);
        let quote_words = words.map(|words| words.value);
        Self { quote_words, search_kb, document_kb, document_seconds, page_kb }
    }

    fn of_documents(&self) -> documents::Limits {
        let file_bytes = self.document_kb.unwrap_or(DOCUMENT_KB) as usize * KB;
        documents::Limits {
            file_bytes,
            decompressed_bytes: file_bytes * UNFOLDS,
            seconds: u64::from(self.document_seconds.unwrap_or(DOCUMENT_SECONDS)),
        }
    }
}

#[derive(Default)]
struct Check {
    warn_uncited: bool,
    external_seconds: Option<u32>,
}

impl Check {
    fn read(mut table: Table<'_>, problems: &mut Problems) -> Self {
        let word = table.text("uncited", problems);
        let external_seconds = table.number("external_seconds", problems).map(|time| time.value);
        table.finish(problems);
        let choices = [("warn", true), ("off", false)];
        let warn_uncited = word.and_then(|word| choose("uncited", &word, &choices, problems));
        Self { warn_uncited: warn_uncited.unwrap_or(false), external_seconds }
    }
}

fn read_origins(origins: Table<'_>, problems: &mut Problems) -> IndexMap<OriginId, Origin> {
    let mut read = IndexMap::new();
    for (key, mut table) in origins.into_tables(problems) {
        let url = table.text("url", problems);
        let origin = Origin {
            name: table.text("name", problems).map_or_else(|| key.value.clone(), |name| name.value),
            url: url.and_then(|url| web_address("url", &url.value, url.span, problems)),
            note: table.text("note", problems).map(|note| note.value),
        };
        table.finish(problems);
        match OriginId::parse(&key.value) {
            Some(id) => {
                read.insert(id, origin);
            }
            None => problems.push(super::problems::bad_id("an origin", &key.value, key.span)),
        }
    }
    read
}

/// An address of the web, or a problem: anything else (`javascript:`, a path) has no business in an `href`.
pub(super) fn web_address(key: &str, url: &str, span: Span, problems: &mut Problems) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_some_and(|rest| {
        !rest.trim_matches('/').is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    }) {
        return Some(url.to_owned());
    }
    problems.push(Problem::error(
        Code::BadValue,
        span,
        format!("`{key}` is no web address: `{url}`"),
        "write the whole address, such as `https://example.org/page`",
    ));
    None
}

/// The site's own address: other addresses are made by adding to it, so that nothing may follow on its path.
fn base_address(url: &str, span: Span, problems: &mut Problems) -> Option<String> {
    let fits = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '?' | '#' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    if url.chars().all(fits) {
        return web_address("base_url", url, span, problems);
    }
    problems.push(Problem::error(
        Code::BadValue,
        span,
        format!("`base_url` is no address that others can be made from: `{url}`"),
        "write host and path alone, such as `https://example.org/mill`; other letters as `%XX`, in the host as `xn--…`",
    ));
    None
}

/// A language tag in the shape of BCP 47 (`en`, `pt-BR`, `zh-Hans`), since it goes into `lang`.
pub(super) fn language_tag(tag: &str, span: Span, problems: &mut Problems) -> String {
    if !is_language_tag(tag) {
        problems.push(Problem::error(
            Code::BadValue,
            span,
            format!("`{tag}` is no language tag"),
            "write a tag such as `en`, `de` or `zh-Hans`",
        ));
        return "en".to_owned();
    }
    tag.to_owned()
}
