//! Measures the extraction of articles from web pages: precision and recall, by kind of page.
//!
//! `cargo run --release --example extraction -- FOLDER [--list] [--write DIR | --texts DIR]`. The folder holds pages and
//! either
//!
//! - `pages.json`: for each page, snippets of its article (`with`), snippets of the clutter around it (`without`), and
//!   optionally its `kind`. A snippet is found if the text contains it, with white space collapsed. This is the method
//!   of trafilatura's evaluation, whose pages and snippets can be used unchanged; or
//! - for each `NAME.html` a file `NAME.expected.txt` with the article's paragraphs, one per line. Only whole paragraphs
//!   count.
//!
//! The kind of a page that has none in `pages.json` is what the page says of itself: see [`page_kind`].
//!
//! `--list` prints each error; `--write` writes the text of each page to DIR, to compare before and after a change.
//! `--texts` measures the texts in DIR, a file `NAME.txt` for each page, instead of reading the pages:
//! `trafilatura.py` writes such texts.

#![expect(clippy::print_stdout, reason = "prints a table")]
#![expect(clippy::disallowed_methods, reason = "writes to the folder that `--write` names")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;
use sourcewise_documents::{ExtractedText, Limits, read};

const LIMITS: Limits = Limits { file_bytes: 64 << 20, decompressed_bytes: 64 << 20, seconds: 30 };
const EXPECTED: &str = "expected.txt";

type Failure = Box<dyn Error>;

/// A page and its expected text.
struct Page {
    name: String,
    kind: Option<String>,
    expected: Expected,
}

enum Expected {
    Snippets { with: Vec<String>, without: Vec<String> },
    Paragraphs(Vec<String>),
}

/// An entry of `pages.json`.
#[derive(Deserialize)]
struct Entry {
    kind: Option<String>,
    with: Vec<String>,
    without: Vec<String>,
}

#[derive(Default)]
struct Counts {
    pages: u32,
    found: u32,
    missed: u32,
    clutter: u32,
}

/// A difference between the extracted and the expected text.
enum Mismatch {
    /// Part of the article that was not extracted.
    Missing(String),
    /// Extracted text that is not part of the article.
    Clutter(String),
}

struct Options {
    folder: PathBuf,
    list: bool,
    write: Option<PathBuf>,
    texts: Option<PathBuf>,
}

fn main() -> Result<(), Failure> {
    let options = options(std::env::args().skip(1))?;
    let pages = pages(&options.folder)?;
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut seconds = 0.0;
    for page in &pages {
        let bytes = fs::read(options.folder.join(&page.name))?;
        let kind =
            page.kind.clone().unwrap_or_else(|| page_kind(&String::from_utf8_lossy(&bytes)).to_owned());
        let started = Instant::now();
        let reading = match &options.texts {
            Some(folder) => read("txt", fs::read(folder.join(&page.name).with_extension("txt"))?, LIMITS),
            None => read("html", bytes, LIMITS),
        };
        seconds += started.elapsed().as_secs_f64();
        if let Err(refusal) = &reading {
            println!("{}: cannot be read: {refusal:?}", page.name);
        }
        let reading = reading.unwrap_or_default();
        if let Some(folder) = &options.write {
            fs::write(folder.join(&page.name).with_extension("txt"), describe(&reading))?;
        }
        let (found, mismatches) = compare(&reading, &page.expected);
        for kind in [kind.as_str(), "all"] {
            counts.entry(kind.to_owned()).or_default().add(found, &mismatches);
        }
        for mismatch in mismatches.iter().filter(|_| options.list) {
            match mismatch {
                Mismatch::Missing(text) => println!("{}: missing: {text}", page.name),
                Mismatch::Clutter(text) => println!("{}: clutter: {text}", page.name),
            }
        }
    }
    println!("{:16}{:>7}{:>11}{:>11}{:>9}", "", "pages", "precision", "recall", "F1");
    for (kind, counts) in &counts {
        println!("{kind:16}{counts}");
    }
    if options.texts.is_none() {
        println!("{:.4} seconds per page", seconds / f64::from(u32::try_from(pages.len())?));
    }
    Ok(())
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, Failure> {
    const USAGE: &str = "usage: extraction FOLDER [--list] [--write DIR | --texts DIR]";
    let (mut folder, mut list, mut write, mut texts) = (None, false, None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--list" => list = true,
            "--write" => write = Some(PathBuf::from(arguments.next().ok_or(USAGE)?)),
            "--texts" => texts = Some(PathBuf::from(arguments.next().ok_or(USAGE)?)),
            _ if folder.is_none() => folder = Some(PathBuf::from(argument)),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(Options { folder: folder.ok_or(USAGE)?, list, write, texts })
}

fn pages(folder: &Path) -> Result<Vec<Page>, Failure> {
    let list = folder.join("pages.json");
    if list.exists() {
        let entries: BTreeMap<String, Entry> = serde_json::from_str(&fs::read_to_string(list)?)?;
        let page = |(name, Entry { kind, with, without })| Page {
            name,
            kind,
            expected: Expected::Snippets { with, without },
        };
        return Ok(entries.into_iter().map(page).collect());
    }
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let expected = path.with_extension(EXPECTED);
        if path.extension().is_some_and(|ending| ending == "html") && expected.exists() {
            let paragraphs = fs::read_to_string(expected)?.lines().map(collapsed).collect();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            pages.push(Page { name, kind: None, expected: Expected::Paragraphs(paragraphs) });
        }
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    if pages.is_empty() {
        Err("the folder has no `pages.json` and no page with an `.expected.txt`".into())
    } else {
        Ok(pages)
    }
}

/// Returns the number of expected texts that were found, and all mismatches.
fn compare(reading: &ExtractedText, expected: &Expected) -> (usize, Vec<Mismatch>) {
    let mut mismatches = Vec::new();
    let wanted = match expected {
        Expected::Snippets { with, without } => {
            let text = collapsed(&reading.text);
            let is_found = |snippet: &String| text.contains(&collapsed(snippet));
            mismatches.extend(with.iter().filter(|one| !is_found(one)).cloned().map(Mismatch::Missing));
            mismatches.extend(without.iter().filter(|one| is_found(one)).cloned().map(Mismatch::Clutter));
            with
        }
        Expected::Paragraphs(paragraphs) => {
            let read: Vec<String> =
                reading.blocks.iter().map(|block| collapsed(&reading.text[block.range.clone()])).collect();
            mismatches
                .extend(paragraphs.iter().filter(|one| !read.contains(one)).cloned().map(Mismatch::Missing));
            mismatches
                .extend(read.iter().filter(|one| !paragraphs.contains(one)).cloned().map(Mismatch::Clutter));
            paragraphs
        }
    };
    let missing = mismatches.iter().filter(|mismatch| matches!(mismatch, Mismatch::Missing(_))).count();
    (wanted.len() - missing, mismatches)
}

/// Returns the kind of a page, by the first of these that it says of itself: its types in JSON-LD, the program that made
/// it (`generator`), its `og:type`, and how many `<article>` elements it has.
fn page_kind(page: &str) -> &'static str {
    /// The beginning of the value of a key or attribute that is searched.
    const MAX_VALUE_CHARS: usize = 80;
    /// A page with as many `<article>` elements is a list of them.
    const MIN_LISTED_ARTICLES: usize = 4;
    #[rustfmt::skip]
    const SIGNS: [(&str, &str, &[&str]); 9] = [
        ("forum", "\"@type\":", &["discussionforumposting", "qapage"]),
        ("product, manual", "\"@type\":", &["\"product\"", "techarticle", "recipe", "howto", "apireference"]),
        ("news", "\"@type\":", &["newsarticle"]),
        ("blog", "\"@type\":", &["blogposting", "\"blog\""]),
        ("forum", "\"generator\"content=\"", &["phpbb", "vbulletin", "discourse", "mybb", "xenforo"]),
        ("product, manual", "\"generator\"content=\"", &["mediawiki", "sphinx", "docusaurus", "mkdocs", "shop"]),
        ("blog", "\"generator\"content=\"", &["wordpress", "blogger", "ghost", "tumblr", "jekyll", "hugo", "serendipity"]),
        ("product, manual", "\"og:type\"content=\"", &["product"]),
        ("article", "\"og:type\"content=\"", &["article"]),
    ];
    let page: String =
        page.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase().replace('\'', "\"");
    let says = |key: &str, values: &[&str]| {
        page.match_indices(key).any(|(at, _)| {
            let value: String = page[at + key.len()..].chars().take(MAX_VALUE_CHARS).collect();
            let value = value.split([',', '}', '>']).next().unwrap_or_default();
            values.iter().any(|one| value.contains(one))
        })
    };
    let by_sign = SIGNS.iter().find(|(_, key, values)| says(key, values)).map(|(kind, ..)| *kind);
    let lists_articles = page.matches("<article").count() >= MIN_LISTED_ARTICLES;
    by_sign.unwrap_or(if lists_articles { "list" } else { "other" })
}

/// Collapses white space.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lists the page's metadata, then its blocks with their kinds.
fn describe(reading: &ExtractedText) -> String {
    let blocks = reading
        .blocks
        .iter()
        .map(|block| format!("{:?}: {}\n", block.kind, &reading.text[block.range.clone()]));
    format!("{:#?}\n\n{}", reading.meta, blocks.collect::<String>())
}

impl Counts {
    fn add(&mut self, found: usize, mismatches: &[Mismatch]) {
        let to_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let clutter = mismatches.iter().filter(|mismatch| matches!(mismatch, Mismatch::Clutter(_))).count();
        self.pages += 1;
        self.found += to_u32(found);
        self.clutter += to_u32(clutter);
        self.missed += to_u32(mismatches.len() - clutter);
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |of: u32, rest: u32| f64::from(of) / f64::from((of + rest).max(1));
        let f1 = share(2 * self.found, self.missed + self.clutter);
        let (precision, recall) = (share(self.found, self.clutter), share(self.found, self.missed));
        write!(f, "{:>7}{precision:>11.4}{recall:>11.4}{f1:>9.4}", self.pages)?;
        write!(f, "   {} found, {} missing, {} clutter", self.found, self.missed, self.clutter)
    }
}
