//! What every finished page is held to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::address::{Home, Paths, Target, There};
use super::collect::{Link, Page};
use super::css;
use super::fault::Fault;
use crate::render::Rendered;

/// What pages are held against.
pub(super) struct Site<'r> {
    pub(super) rendered: &'r Rendered,
    pub(super) paths: Paths<'r>,
    pub(super) home: Home<'r>,
    /// The finished pages, by path.
    pub(super) pages: BTreeMap<&'r str, Page>,
    /// How many pages have each title.
    pub(super) titles: BTreeMap<String, usize>,
    pub(super) page_kb: u32,
}

/// What was found in one file, each with its place.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<(Fault, Range<usize>)>,
    /// Addresses of other sites.
    pub(super) web: Vec<(String, Range<usize>)>,
}

impl Findings {
    fn push(&mut self, fault: Fault, range: &Range<usize>) {
        self.faults.push((fault, range.clone()));
    }
}

impl<'r> Site<'r> {
    /// Holds a page to every rule.
    pub(super) fn page(&self, path: &'r str, page: &Page) -> Findings {
        let mut found = Findings::default();
        let base = self.base(path, page);
        let (mut parts, mut well) = (BTreeSet::new(), BTreeSet::new());
        for link in &page.links {
            // Many addresses stand on a page again and again.
            let known = (link.address.as_str(), link.is_loaded);
            if well.contains(&known) {
                continue;
            }
            let target = self.home.target(&link.address, &base);
            let before = (found.faults.len(), found.web.len());
            let file = self.follow(link, target, &mut found);
            parts.extend(file.filter(|_| link.is_loaded));
            if (found.faults.len(), found.web.len()) == before {
                well.insert(known);
            }
        }
        for (id, range) in &page.twice {
            found.push(Fault::Twice(id.clone()), range);
        }
        for (address, range) in &page.no_alt {
            found.push(Fault::NoAlt(self.resolved(address, &base)), range);
        }
        for (address, range) in &page.no_name {
            found.push(Fault::NoName(self.resolved(address, &base)), range);
        }
        if !page.leads_on {
            headings(page, &mut found);
            self.title(page, &mut found);
        }
        if !page.has_language {
            found.push(Fault::NoLanguage, &(0..0));
        }
        self.weight(path, &parts, &mut found);
        found
    }

    /// Holds the addresses of a style sheet against the site.
    pub(super) fn style_sheet(&self, path: &str, text: &str) -> Findings {
        let mut found = Findings::default();
        for (address, range) in css::addresses(text) {
            let target = self.home.target(&address, path);
            self.follow(&Link { address, range, is_loaded: false }, target, &mut found);
        }
        found
    }

    /// The page that relative addresses begin at.
    fn base(&self, path: &str, page: &Page) -> String {
        let base = page.base.as_deref().map(|base| (base, self.home.target(base, path)));
        match base {
            // What follows on the last slash is no part of where addresses begin, but a page within.
            Some((written, Target::Site { path, .. })) if written.ends_with('/') => {
                format!("{path}/index.html")
            }
            Some((_, Target::Site { path, .. })) => path,
            _ => path.to_owned(),
        }
    }

    /// Follows an address. Returns the file that it leads to.
    fn follow(&self, link: &Link, target: Target, found: &mut Findings) -> Option<&'r str> {
        let (path, fragment) = match target {
            Target::Site { path, fragment } => (path, fragment),
            Target::Outside => {
                found.push(Fault::Outside(link.address.clone()), &link.range);
                return None;
            }
            Target::Web(address) => {
                found.web.push((address, link.range.clone()));
                return None;
            }
            Target::Other => return None,
        };
        let file = match self.paths.find(&path) {
            There::File(file) => file,
            There::Spelt(file) => {
                found.push(Fault::Spelt { written: path, file: file.to_owned() }, &link.range);
                return Some(file);
            }
            There::Nothing => {
                found.push(Fault::NoFile(path), &link.range);
                return None;
            }
        };
        if let (Some(id), Some(page)) = (fragment, self.pages.get(file))
            && !page.ids.contains_key(&id)
        {
            found.push(Fault::NoAnchor { page: file.to_owned(), id }, &link.range);
        }
        Some(file)
    }

    /// An address as it is the same on every page.
    fn resolved(&self, address: &str, base: &str) -> String {
        match self.home.target(address, base) {
            Target::Site { path, fragment: None } => path,
            Target::Site { path, fragment: Some(id) } => format!("{path}#{id}"),
            Target::Web(address) => address,
            Target::Outside | Target::Other => address.to_owned(),
        }
    }

    fn title(&self, page: &Page, found: &mut Findings) {
        match &page.title {
            Some((title, range)) if !title.is_empty() => {
                if self.titles.get(title.as_str()).is_some_and(|count| *count > 1) {
                    found.push(Fault::SameTitle(title.clone()), range);
                }
            }
            Some((_, range)) => found.push(Fault::NoTitle, range),
            None => found.push(Fault::NoTitle, &(0..0)),
        }
    }

    /// The page with its style sheets, scripts and pictures, each counted once.
    fn weight(&self, path: &'r str, parts: &BTreeSet<&'r str>, found: &mut Findings) {
        let size = |file: &str| self.rendered.files.get(file).map_or(0, |bytes| bytes.len() as u64);
        let all = || parts.iter().copied().chain([path]);
        let bytes: u64 = all().map(size).sum();
        if bytes <= u64::from(self.page_kb) * 1000 {
            return;
        }
        let heaviest = all().max_by_key(|file| size(file)).unwrap_or(path);
        let fault = Fault::Heavy {
            bytes,
            limit_kb: self.page_kb,
            heaviest: heaviest.to_owned(),
            of_it: size(heaviest),
        };
        found.push(fault, &(0..0));
    }
}

fn headings(page: &Page, found: &mut Findings) {
    let pairs = page.headings.iter().zip(page.headings.iter().skip(1));
    for (above, heading) in pairs.filter(|(above, heading)| heading.level > above.level + 1) {
        let fault = Fault::Skips { above: above.level, level: heading.level, text: heading.text.clone() };
        found.push(fault, &heading.range);
    }
    let headlines: Vec<_> = page.headings.iter().filter(|heading| heading.level == 1).collect();
    match headlines.as_slice() {
        [] => found.push(Fault::NoHeadline, &(0..0)),
        [_] => {}
        [_, second, ..] => found.push(Fault::Headlines(headlines.len()), &second.range),
    }
}
