//! Parses `site.toml`: title, settings and limits of the site, the groups of its questions, and the origins that its
//! sources rest on.

use std::sync::Arc;

use indexmap::IndexMap;
use sourcewise_documents as documents;
use sourcewise_quotes::is_language_tag;

use super::choice::parse_choice;
use super::keep;
use super::labels;
use super::problems::{bad_id, id_help};
use super::table::Table;
use super::toml_line::mended_header;
use crate::files::{BYTES_PER_KB, FileId, Span, Spanned};
use crate::ids::{GroupId, OriginId};
use crate::problem::{Code, Problem, Problems};

// Defaults of keys under `[limits]` and `[check]`.
const DEFAULT_MAX_QUOTE_WORDS: u32 = 40;
const DEFAULT_MAX_DOCUMENT_KB: u32 = 50_000;
const DEFAULT_MAX_DOCUMENT_SECONDS: u32 = 20;
/// The limit is for a page together with the style sheets, scripts and images that it loads.
const DEFAULT_MAX_PAGE_KB: u32 = 500;
const DEFAULT_MAX_EXTERNAL_SECONDS: u32 = 300;
/// The decompressed content of a document may be this many times as large as the maximum size of its file.
const MAX_DECOMPRESSION_RATIO: usize = 8;

/// The settings of the site.
#[derive(Clone, Debug)]
pub struct Site {
    pub title: String,
    /// A sentence about the site, for search engines and the home page.
    pub description: Option<String>,
    /// Language of the pages, as a BCP 47 tag: `en`.
    pub language: String,
    pub language_span: Option<Span>,
    /// Address at which the site will be published, without a slash at the end. It is needed only for files with
    /// absolute links, such as the feed.
    pub base_url: Option<String>,
    /// The site's author, unlike [`super::About::author`].
    pub author: Option<String>,
    /// Maximum length of a quote in words.
    pub quote_words: usize,
    pub limits: documents::Limits,
    /// Maximum size of the search index in kB; a larger index is a warning. `None` if there is no maximum.
    pub search_kb: Option<Spanned<u32>>,
    /// Maximum size in kB of a page with everything that it loads; `check` reports a larger page.
    pub page_kb: u32,
    /// Maximum time that `check --external` takes for all requests.
    pub external_seconds: u32,
    /// Whether to report paragraphs without a citation.
    pub warn_uncited: bool,
    /// Whether to draw a social card (a preview image) for each page.
    pub cards: bool,
    /// Whether to render the search page and its index.
    pub search: bool,
    /// Files and folders in the output folder that builds don't remove: relative paths with `/`.
    pub keep: Vec<Spanned<String>>,
    pub origins: IndexMap<OriginId, Origin>,
    /// The groups of questions, each with its title, in the order of the comparison.
    pub groups: IndexMap<GroupId, String>,
}

/// An outlet, person or document that a source itself rests on.
#[derive(Clone, Debug)]
pub struct Origin {
    pub name: String,
    pub url: Option<String>,
    pub note: Option<String>,
}

/// The keys of `site.toml` that can only be above its first table.
pub const SITE_KEYS: &[&str] = &["title", "description", "language", "author", "base_url", "cards", "search"];

/// Parses `site.toml`. If there is no such file, `text` is `None` and all settings have their defaults. A site without
/// a title is named after its `folder`.
pub(super) fn read(text: Option<(FileId, Arc<str>)>, folder: &str, problems: &mut Problems) -> Site {
    let Some((file, text)) = text else {
        return Site {
            title: folder.to_owned(),
            description: None,
            language: "en".to_owned(),
            language_span: None,
            base_url: None,
            author: None,
            quote_words: DEFAULT_MAX_QUOTE_WORDS as usize,
            limits: SiteLimits::default().for_documents(),
            search_kb: None,
            page_kb: DEFAULT_MAX_PAGE_KB,
            external_seconds: DEFAULT_MAX_EXTERNAL_SECONDS,
            warn_uncited: false,
            cards: true,
            search: true,
            keep: Vec::new(),
            origins: IndexMap::new(),
            groups: IndexMap::new(),
        };
    };
    let mut table = Table::parse(file, &text, 0, problems).with_top_keys(SITE_KEYS);
    let title = table.required_text("title", "Who says what", problems);
    let language = table.text("language", problems);
    let base_url = table.text("base_url", problems);
    let limits = table.table("limits", problems);
    let limits = limits.map_or_else(SiteLimits::default, |limits| SiteLimits::read(limits, problems));
    let check = table.table("check", problems);
    let check = check.map_or_else(CheckSettings::default, |check| CheckSettings::read(check, problems));
    let output = table.table("output", problems);
    let origins = table.table("origins", problems);
    let groups = table.table("groups", problems);
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
        quote_words: limits.quote_words.unwrap_or(DEFAULT_MAX_QUOTE_WORDS) as usize,
        limits: limits.for_documents(),
        search_kb: limits.search_kb,
        cards: table.flag_or("cards", true, problems),
        search: table.flag_or("search", true, problems),
        page_kb: limits.page_kb.unwrap_or(DEFAULT_MAX_PAGE_KB),
        external_seconds: check.external_seconds.unwrap_or(DEFAULT_MAX_EXTERNAL_SECONDS),
        warn_uncited: check.warn_uncited,
        keep: output.map_or_else(Vec::new, |output| keep::read(output, problems)),
        origins: origins.map_or_else(IndexMap::new, |origins| read_origins(origins, problems)),
        groups: groups.map_or_else(IndexMap::new, |groups| {
            labels::read("a group", groups.into_texts(problems), GroupId::parse, problems)
        }),
    };
    table.finish(problems);
    site
}

#[derive(Default)]
struct SiteLimits {
    quote_words: Option<u32>,
    search_kb: Option<Spanned<u32>>,
    document_kb: Option<u32>,
    document_seconds: Option<u32>,
    page_kb: Option<u32>,
}

impl SiteLimits {
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

    fn for_documents(&self) -> documents::Limits {
        let file_bytes = self.document_kb.unwrap_or(DEFAULT_MAX_DOCUMENT_KB) as usize * BYTES_PER_KB;
        documents::Limits {
            file_bytes,
            decompressed_bytes: file_bytes * MAX_DECOMPRESSION_RATIO,
            seconds: u64::from(self.document_seconds.unwrap_or(DEFAULT_MAX_DOCUMENT_SECONDS)),
        }
    }
}

#[derive(Default)]
struct CheckSettings {
    warn_uncited: bool,
    external_seconds: Option<u32>,
}

impl CheckSettings {
    fn read(mut table: Table<'_>, problems: &mut Problems) -> Self {
        let word = table.text("uncited", problems);
        let external_seconds = table.number("external_seconds", problems).map(|time| time.value);
        table.finish(problems);
        let choices = [("warn", true), ("off", false)];
        let warn_uncited = word.and_then(|word| parse_choice("uncited", &word, &choices, problems));
        Self { warn_uncited: warn_uncited.unwrap_or(false), external_seconds }
    }
}

fn read_origins(origins: Table<'_>, problems: &mut Problems) -> IndexMap<OriginId, Origin> {
    let mut read = IndexMap::new();
    for (key, mut table) in origins.into_tables("origins", problems) {
        let url = table.text("url", problems);
        let origin = Origin {
            name: table.text("name", problems).map_or_else(|| key.value.clone(), |name| name.value),
            url: url.and_then(|url| web_address("url", &url.value, url.span, problems)),
            note: table.text("note", problems).map(|note| note.value),
        };
        table.finish(problems);
        if let Some(id) = OriginId::parse(&key.value) {
            read.insert(id, origin);
        } else {
            let help = id_help(&mended_header(&format!("[origins.{}]", key.value.replace('.', " "))));
            problems.push(bad_id("an origin", &key.value, help, key.span));
        }
    }
    read
}

/// Checks an `http` or `https` address, and returns it unchanged. It must have a host, and no white space. Anything
/// else is a problem, because pages put the address into `href`, where `javascript:` would run.
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
        format!("`{key}` must be a web address, not `{url}`"),
        match (key, url.contains('.') && !url.contains([':', ' ', '/'])) {
            (_, true) => format!("write `https://{url}`"),
            ("base_url", false) => {
                "write the site's full address, such as `https://example.org/mill`".to_owned()
            }
            _ => "write the full address, such as `https://example.org/page`".to_owned(),
        },
    ));
    None
}

/// Checks `base_url`. Paths are appended to it, so it must not have a query or fragment. It may only contain characters
/// that URLs need not encode.
fn base_address(url: &str, span: Span, problems: &mut Problems) -> Option<String> {
    let fits = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '?' | '#' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    let Some(wrong) = url.chars().find(|c| !fits(*c)) else {
        return web_address("base_url", url, span, problems);
    };
    let help = match url.split_once(['?', '#']) {
        Some((address, _)) if address.chars().all(fits) => {
            format!("write only the site's address: `{address}`")
        }
        _ => "encode this character: as `%XX` in the path, as `xn--…` in the host".to_owned(),
    };
    problems.push(Problem::error(Code::BadValue, span, format!("`base_url` can't contain `{wrong}`"), help));
    None
}

/// Returns the tag if it has the form of BCP 47 (`en`, `pt-BR`, `zh-Hans`), which `lang` in HTML requires. Any other
/// tag is a problem, and `en` is returned.
pub(super) fn language_tag(tag: &str, span: Span, problems: &mut Problems) -> String {
    if !is_language_tag(tag) {
        problems.push(Problem::error(
            Code::BadValue,
            span,
            format!("`{tag}` is not the code of a language"),
            "write the code of the language, such as `language = \"en\"`; other codes are `\"en-GB\"`, `\"de\"`, `\"zh-Hans\"`",
        ));
        return "en".to_owned();
    }
    tag.to_owned()
}
