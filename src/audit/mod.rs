//! Seventh phase: checks the finished pages for broken links, duplicate ids, missing accessible names, bad headings and
//! titles, and page weight. The rules are in `rules`, the messages in `finding`.
//!
//! Only `sourcewise check` runs this phase, after [`crate::render`] and instead of [`crate::output`]. It reads the
//! bytes that would be written, not the Markdown, so it also finds errors in templates. It uses neither disk nor
//! network: it only collects the addresses of other sites, so that the caller can check them.

mod address;
mod collect;
mod css;
mod elements;
mod finding;
mod read;
mod rules;
mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::files::{FileId, Files, Span};
use crate::load::Site;
use crate::problem::{Code, Problem, Problems};
use crate::render::Rendered;

use address::{BaseUrl, SitePaths};
use finding::{Finding, HelpContext};
use rules::{FileFindings, SiteIndex};
use written::WrittenFiles;

/// A message or note lists at most this many pages, files or lines, and counts the rest.
const MAX_LISTED: usize = 3;

/// A byte range in a finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The file's path, relative to the site's root.
    pub path: String,
    pub range: Range<usize>,
}

/// The result of an audit: the addresses of other sites, and what is needed to make problems that point to where they
/// occur.
pub struct Audited<'r> {
    rendered: &'r Rendered,
    /// The finished files that problems point into, by path.
    file_ids: BTreeMap<String, FileId>,
    /// The absolute addresses of other sites, without fragments, and where they occur.
    pub addresses: BTreeMap<String, Vec<Occurrence>>,
}

/// Audits a finished site. Adds the findings to `problems`, and the finished files that they point into to `files`. The
/// result has the addresses of other sites, for the caller to check.
pub fn audit<'r>(
    rendered: &'r Rendered,
    settings: &'r Site,
    files: &mut Files,
    problems: &mut Problems,
) -> Audited<'r> {
    let texts_of_pages: Vec<_> = texts(rendered, ".html").collect();
    let pages: BTreeMap<&str, collect::PageFacts> =
        texts_of_pages.into_par_iter().map(|(path, text)| (path, read::read(&text))).collect();
    let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, page) in &pages {
        if let Some((title, _)) = &page.title {
            titles.entry(title.clone()).or_default().push((*path).to_owned());
        }
    }
    let (paths, base_url) = (SitePaths::new(rendered), BaseUrl::new(settings.base_url.as_deref()));
    let site = SiteIndex { rendered, paths, base_url, pages, titles, max_page_kb: settings.page_kb };
    let pages: Vec<(&str, FileFindings)> =
        site.pages.par_iter().map(|(path, page)| (*path, site.check_page(path, page))).collect();
    let styles: Vec<(&str, FileFindings)> =
        texts(rendered, ".css").map(|(path, text)| (path, site.check_style_sheet(path, &text))).collect();

    let mut audited = Audited { rendered, file_ids: BTreeMap::new(), addresses: BTreeMap::new() };
    let mut groups: BTreeMap<(Code, String), (Finding, Vec<Occurrence>)> = BTreeMap::new();
    for (path, found) in pages.into_iter().chain(styles) {
        let occurrence = |range| Occurrence { path: path.to_owned(), range };
        for (finding, range) in found.findings {
            let key = (finding.code(), finding.identity());
            let (_, occurrences) = groups.entry(key).or_insert_with(|| (finding, Vec::new()));
            occurrences.push(occurrence(range));
        }
        for (address, range) in found.external {
            audited.addresses.entry(address).or_default().push(occurrence(range));
        }
    }
    let written_files = WrittenFiles::of(files);
    let origins: Vec<Origin> =
        groups.values().map(|(finding, found)| Origin::of(finding, found, &written_files)).collect();
    for (((_, identity), (finding, occurrences)), origin) in groups.iter().zip(origins) {
        problems.push(audited.finding_problem((finding, identity), occurrences, origin, &site, files));
    }
    audited
}

/// Returns notes, by address, that say where the author wrote addresses of other sites, or at least from which of
/// the author's files the page with the address is made or copied. An address has no note if neither is known.
pub fn address_notes<'a>(
    addresses: impl Iterator<Item = (&'a str, &'a [Occurrence])>,
    files: &Files,
) -> BTreeMap<&'a str, String> {
    let written = WrittenFiles::of(files);
    let note = |(address, occurrences): (&'a str, &'a [Occurrence])| {
        let paths: Vec<&str> = occurrences.iter().map(|found| found.path.as_str()).collect();
        Some((address, written.address_note(&paths, address)?))
    };
    addresses.filter_map(note).collect()
}

/// The author's files that a finding comes from, as far as they are known.
struct Origin {
    /// A note that names the file and, if possible, the line where the author wrote the cause.
    note: Option<String>,
    /// The files that the pages in the finding's message are made from.
    named: Vec<String>,
}

impl Origin {
    fn of(finding: &Finding, occurrences: &[Occurrence], written: &WrittenFiles<'_>) -> Self {
        let note =
            |needles: Vec<String>| written.note(&occurrences[0].path, &needles, is_shared(occurrences));
        let named = finding.named_pages().iter().filter_map(|page| written.of_page(page));
        Self { note: finding.needles().and_then(note), named: named.map(str::to_owned).collect() }
    }
}

/// Whether a finding is on several pages.
fn is_shared(occurrences: &[Occurrence]) -> bool {
    occurrences.windows(2).any(|pair| pair[0].path != pair[1].path)
}

/// Returns the files whose paths end in `ending`, as text.
fn texts<'r>(rendered: &'r Rendered, ending: &'static str) -> impl Iterator<Item = (&'r str, Cow<'r, str>)> {
    let of_kind = rendered.files.iter().filter(move |(path, _)| path.ends_with(ending));
    of_kind.map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes)))
}

impl Audited<'_> {
    fn finding_problem(
        &mut self,
        (finding, identity): (&Finding, &str),
        occurrences: &[Occurrence],
        origin: Origin,
        site: &SiteIndex<'_>,
        files: &mut Files,
    ) -> Problem {
        let ids = finding.target_page().and_then(|page| site.pages.get(page)).map(|page| &page.ids);
        // The id of a finding on several pages must not depend on which page comes first.
        let first = &occurrences[0].path;
        let page = if is_shared(occurrences) { "*" } else { first.as_str() };
        // A message that names all pages needs no note that lists the others.
        let shown = if finding.named_pages().is_empty() { occurrences } else { &occurrences[..1] };
        let context = HelpContext { paths: &site.paths, ids, written: &origin.named };
        let mut problem = self.problem(shown, files, |span| finding.problem(span, context));
        if let Finding::DuplicateId(id) = finding
            && let Some(place) = site.pages.get(first.as_str()).and_then(|page| page.ids.get(id))
        {
            let span = Span::new(self.file(first, files), place.clone());
            problem.notes.insert(0, format!("the first is on line {}", files.line_column(span).line));
        }
        problem.notes.extend(origin.note);
        problem.identity(format!("{page}\n{identity}"))
    }

    /// Calls `make` with the span of the first occurrence, and adds notes that list the other occurrences.
    ///
    /// # Panics
    /// If `occurrences` is empty.
    pub fn problem(
        &mut self,
        occurrences: &[Occurrence],
        files: &mut Files,
        make: impl FnOnce(Span) -> Problem,
    ) -> Problem {
        let (first, others) = occurrences.split_first().expect("a problem has at least one occurrence");
        let file = self.file(&first.path, files);
        // The span ends with the first line of the tag, to keep the printed problem short.
        let text = files.text(file);
        let line = text.get(first.range.clone()).and_then(|tag| tag.lines().next()).unwrap_or_default();
        let start = first.range.start;
        let mut problem = make(Span::new(file, start..start + line.len()));
        let lines = others.iter().filter(|other| other.path == first.path).map(|other| {
            let line = files.line_column(Span::new(file, other.range.clone())).line;
            format!("line {line}")
        });
        let mut lines: Vec<String> = lines.collect();
        lines.dedup();
        if let Some(lines) = counted(lines) {
            problem = problem.note(format!("also on this page, {lines}"));
        }
        let mut pages: Vec<String> = others.iter().map(|other| other.path.clone()).collect();
        pages.retain(|page| *page != first.path);
        pages.dedup();
        if let Some(names) = listed(&pages, ", ") {
            let more = if pages.len() == 1 { "page" } else { "pages" };
            problem = problem.note(format!("also on {} other {more}: {names}", pages.len()));
        }
        problem
    }

    /// Adds a finished file to `files`, unless it has been added before, so that problems can point into it.
    fn file(&mut self, path: &str, files: &mut Files) -> FileId {
        *self.file_ids.entry(path.to_owned()).or_insert_with(|| {
            let bytes = self.rendered.files.get(path).map(AsRef::as_ref).unwrap_or_default();
            files.add(format!("public/{path}"), String::from_utf8_lossy(bytes))
        })
    }
}

/// Joins the first [`MAX_LISTED`] names in backticks and counts the rest; `None` if there are none. If all are listed,
/// `last` comes before the last one.
fn listed(names: &[String], last: &str) -> Option<String> {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if (2..=MAX_LISTED).contains(&names.len()) {
        let end = names.split_off(names.len() - 1);
        return Some(format!("{}{last}{}", names.join(", "), end.join("")));
    }
    counted(names)
}

/// Joins the first [`MAX_LISTED`] of a list and counts the rest; `None` if it is empty.
fn counted(mut list: Vec<String>) -> Option<String> {
    let count = list.len();
    list.truncate(MAX_LISTED);
    match count {
        0 => None,
        count if count > MAX_LISTED => Some(format!("{} and {} more", list.join(", "), count - MAX_LISTED)),
        _ => Some(list.join(", ")),
    }
}
