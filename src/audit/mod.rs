//! The finished site, held to what readers need: links that lead somewhere, ids, names, headings, titles, weight.
//!
//! Only `check` runs this, after [`crate::render`] and instead of [`crate::output`]. It looks at the bytes that would be
//! written and knows nothing of Markdown, so that it finds what templates do wrong, too. Pure: no disk, no net; the
//! addresses of other sites are handed on to whoever asks for them.

mod address;
mod collect;
mod css;
mod elements;
mod fault;
mod read;
mod rules;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::files::{FileId, Files, Span};
use crate::load::Site as About;
use crate::problem::{Code, Problem, Problems};
use crate::render::Rendered;

use address::{Home, Paths};
use fault::{Fault, Known};
use rules::{Findings, Site};

/// How many pages or lines are named where something stands on more.
const NAMED: usize = 3;

/// A place in a finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path in the site.
    pub path: String,
    /// Where it stands there, in bytes.
    pub range: Range<usize>,
}

/// A site that was audited.
pub struct Audited<'r> {
    rendered: &'r Rendered,
    /// Files that something was told of.
    shown: BTreeMap<String, FileId>,
    /// Every address of other sites, whole and without a fragment, and where it stands.
    pub addresses: BTreeMap<String, Vec<Place>>,
}

/// Inspects a finished site. What is wrong with it is added to the problems, and the files that they show to `files`.
pub fn audit<'r>(
    rendered: &'r Rendered,
    about: &'r About,
    files: &mut Files,
    problems: &mut Problems,
) -> Audited<'r> {
    let texts_of_pages: Vec<_> = texts(rendered, ".html").collect();
    let pages: BTreeMap<&str, collect::Page> =
        texts_of_pages.into_par_iter().map(|(path, text)| (path, read::read(&text))).collect();
    let mut titles: BTreeMap<String, usize> = BTreeMap::new();
    for (title, _) in pages.values().filter_map(|page| page.title.as_ref()) {
        *titles.entry(title.clone()).or_default() += 1;
    }
    let (paths, home) = (Paths::new(rendered), Home::new(about.base_url.as_deref()));
    let site = Site { rendered, paths, home, pages, titles, page_kb: about.page_kb };
    let held: Vec<(&str, Findings)> =
        site.pages.par_iter().map(|(path, page)| (*path, site.page(path, page))).collect();
    let styles: Vec<(&str, Findings)> =
        texts(rendered, ".css").map(|(path, text)| (path, site.style_sheet(path, &text))).collect();

    let mut audited = Audited { rendered, shown: BTreeMap::new(), addresses: BTreeMap::new() };
    let mut groups: BTreeMap<(Code, String), (Fault, Vec<Place>)> = BTreeMap::new();
    for (path, found) in held.into_iter().chain(styles) {
        let place = |range| Place { path: path.to_owned(), range };
        for (fault, range) in found.faults {
            let group = groups.entry((fault.code(), fault.about())).or_insert_with(|| (fault, Vec::new()));
            group.1.push(place(range));
        }
        for (address, range) in found.web {
            audited.addresses.entry(address).or_default().push(place(range));
        }
    }
    for ((_, about), (fault, places)) in &groups {
        problems.push(audited.finding(fault, about, places, &site, files));
    }
    audited
}

/// The files of a kind, as text.
fn texts<'r>(rendered: &'r Rendered, ending: &'static str) -> impl Iterator<Item = (&'r str, Cow<'r, str>)> {
    let of_kind = rendered.files.iter().filter(move |(path, _)| path.ends_with(ending));
    of_kind.map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes)))
}

impl Audited<'_> {
    fn finding(
        &mut self,
        fault: &Fault,
        about: &str,
        places: &[Place],
        site: &Site<'_>,
        files: &mut Files,
    ) -> Problem {
        let ids = fault.page().and_then(|page| site.pages.get(page)).map(|page| &page.ids);
        let known = Known { paths: &site.paths, ids };
        // What stands on several pages is no page's own, whichever of them comes first.
        let shared = places.iter().any(|place| place.path != places[0].path);
        let page = if shared { "*" } else { places[0].path.as_str() };
        self.problem(places, files, |span| fault.problem(span, known)).identity(format!("{page}\n{about}"))
    }

    /// A problem at the first of some places, with notes that tell of the others.
    ///
    /// # Panics
    /// If there is no place.
    pub fn problem(
        &mut self,
        places: &[Place],
        files: &mut Files,
        make: impl FnOnce(Span) -> Problem,
    ) -> Problem {
        let (first, others) = places.split_first().expect("what is told of stands somewhere");
        let file = self.file(&first.path, files);
        // Of a tag over several lines the first is shown.
        let text = files.text(file);
        let line = text.get(first.range.clone()).and_then(|tag| tag.lines().next()).unwrap_or_default();
        let start = first.range.start;
        let mut problem = make(Span::new(file, start..start + line.len()));
        let lines = others.iter().filter(|place| place.path == first.path).map(|place| {
            let line = files.line_column(Span::new(file, place.range.clone())).line;
            format!("line {line}")
        });
        if let Some(lines) = some(lines.collect()) {
            problem = problem.note(format!("also on this page, {lines}"));
        }
        let mut pages: Vec<String> = others.iter().map(|place| format!("`{}`", place.path)).collect();
        pages.retain(|page| page[1..page.len() - 1] != *first.path);
        pages.dedup();
        let count = pages.len();
        if let Some(named) = some(pages) {
            let more = if count == 1 { "page" } else { "pages" };
            problem = problem.note(format!("and on {count} more {more}: {named}"));
        }
        problem
    }

    /// A finished file, as one that problems can show.
    fn file(&mut self, path: &str, files: &mut Files) -> FileId {
        *self.shown.entry(path.to_owned()).or_insert_with(|| {
            let bytes = self.rendered.files.get(path).map(AsRef::as_ref).unwrap_or_default();
            files.add(format!("public/{path}"), String::from_utf8_lossy(bytes))
        })
    }
}

/// The first few of a list, for reading.
fn some(mut list: Vec<String>) -> Option<String> {
    list.dedup();
    let count = list.len();
    list.truncate(NAMED);
    match count {
        0 => None,
        count if count > NAMED => Some(format!("{} and {} more", list.join(", "), count - NAMED)),
        _ => Some(list.join(", ")),
    }
}
