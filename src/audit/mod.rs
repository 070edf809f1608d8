//! Seventh phase: checks the finished pages for broken links, duplicate ids, missing accessible names, bad headings and
//! titles, and page weight. The rules are in `rules`, the messages in `finding`.
//!
//! Only `sourcewise check` runs this phase, after [`crate::render`] and instead of [`crate::output`]. It reads the bytes
//! that would be written, not the Markdown, so it also finds errors in templates. It uses neither disk nor network: it
//! only collects the addresses of other sites, so that the caller can check them.

mod address;
mod collect;
mod css;
mod elements;
mod finding;
mod read;
mod rules;

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

/// A note lists the first pages or lines up to this number, and counts the rest.
const MAX_LISTED: usize = 3;

/// A byte range in a finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The file's path, relative to the site's root.
    pub path: String,
    pub range: Range<usize>,
}

/// The result of an audit.
pub struct Audited<'r> {
    rendered: &'r Rendered,
    /// The finished files that problems point into, by path.
    file_ids: BTreeMap<String, FileId>,
    /// The absolute addresses of other sites, without fragments, and where they occur.
    pub addresses: BTreeMap<String, Vec<Occurrence>>,
}

/// Audits a finished site. Adds the findings to `problems`, and the finished files that they point into to `files`.
pub fn audit<'r>(
    rendered: &'r Rendered,
    settings: &'r Site,
    files: &mut Files,
    problems: &mut Problems,
) -> Audited<'r> {
    let texts_of_pages: Vec<_> = texts(rendered, ".html").collect();
    let pages: BTreeMap<&str, collect::PageFacts> =
        texts_of_pages.into_par_iter().map(|(path, text)| (path, read::read(&text))).collect();
    let mut titles: BTreeMap<String, usize> = BTreeMap::new();
    for (title, _) in pages.values().filter_map(|page| page.title.as_ref()) {
        *titles.entry(title.clone()).or_default() += 1;
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
    for ((_, identity), (finding, occurrences)) in &groups {
        problems.push(audited.finding_problem(finding, identity, occurrences, &site, files));
    }
    audited
}

/// Returns the files whose paths end in `ending`, as text.
fn texts<'r>(rendered: &'r Rendered, ending: &'static str) -> impl Iterator<Item = (&'r str, Cow<'r, str>)> {
    let of_kind = rendered.files.iter().filter(move |(path, _)| path.ends_with(ending));
    of_kind.map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes)))
}

impl Audited<'_> {
    fn finding_problem(
        &mut self,
        finding: &Finding,
        identity: &str,
        occurrences: &[Occurrence],
        site: &SiteIndex<'_>,
        files: &mut Files,
    ) -> Problem {
        let ids = finding.target_page().and_then(|page| site.pages.get(page)).map(|page| &page.ids);
        let context = HelpContext { paths: &site.paths, ids };
        // The id of a finding on several pages must not depend on which page comes first, so it contains `*` instead.
        let first = &occurrences[0].path;
        let shared = occurrences.iter().any(|occurrence| occurrence.path != *first);
        let page = if shared { "*" } else { first.as_str() };
        self.problem(occurrences, files, |span| finding.problem(span, context))
            .identity(format!("{page}\n{identity}"))
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
        if let Some(lines) = listed(lines.collect()) {
            problem = problem.note(format!("also on this page, {lines}"));
        }
        let mut pages: Vec<String> = others.iter().map(|other| format!("`{}`", other.path)).collect();
        pages.retain(|page| page[1..page.len() - 1] != *first.path);
        pages.dedup();
        let count = pages.len();
        if let Some(names) = listed(pages) {
            let more = if count == 1 { "page" } else { "pages" };
            problem = problem.note(format!("and on {count} more {more}: {names}"));
        }
        problem
    }

    /// Adds a finished file to `files`, once, so that problems can point into it.
    fn file(&mut self, path: &str, files: &mut Files) -> FileId {
        *self.file_ids.entry(path.to_owned()).or_insert_with(|| {
            let bytes = self.rendered.files.get(path).map(AsRef::as_ref).unwrap_or_default();
            files.add(format!("public/{path}"), String::from_utf8_lossy(bytes))
        })
    }
}

/// Joins the first [`MAX_LISTED`] entries with commas and counts the rest; `None` if the list is empty.
fn listed(mut list: Vec<String>) -> Option<String> {
    list.dedup();
    let count = list.len();
    list.truncate(MAX_LISTED);
    match count {
        0 => None,
        count if count > MAX_LISTED => Some(format!("{} and {} more", list.join(", "), count - MAX_LISTED)),
        _ => Some(list.join(", ")),
    }
}
