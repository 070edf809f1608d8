//! Applies the rules to every finished page and style sheet. The messages are in `finding`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::address::{BaseUrl, PathMatch, SitePaths, Target};
use super::collect::{Link, PageFacts};
use super::css;
use super::finding::Finding;
use crate::files::BYTES_PER_KB;
use crate::render::Rendered;

/// The facts about the whole site that the rules need.
pub(super) struct SiteIndex<'r> {
    pub(super) rendered: &'r Rendered,
    pub(super) paths: SitePaths<'r>,
    pub(super) base_url: BaseUrl<'r>,
    pub(super) pages: BTreeMap<&'r str, PageFacts>,
    /// The paths of the pages with each title, by title.
    pub(super) titles: BTreeMap<String, Vec<String>>,
    pub(super) max_page_kb: u32,
}

/// The findings and the addresses of other sites in one file, with their byte ranges.
#[derive(Default)]
pub(super) struct FileFindings {
    pub(super) findings: Vec<(Finding, Range<usize>)>,
    pub(super) external: Vec<(String, Range<usize>)>,
}

impl FileFindings {
    fn push(&mut self, finding: Finding, range: &Range<usize>) {
        self.findings.push((finding, range.clone()));
    }
}

impl<'r> SiteIndex<'r> {
    pub(super) fn check_page(&self, path: &'r str, page: &PageFacts) -> FileFindings {
        let mut found = FileFindings::default();
        let base = self.base(path, page);
        let (mut parts, mut valid) = (BTreeSet::new(), BTreeSet::new());
        for link in &page.links {
            // A page often repeats an address. If its first occurrence adds neither a finding nor an address of another
            // site, the others add none either.
            let key = (link.address.as_str(), link.is_loaded);
            if valid.contains(&key) {
                continue;
            }
            let target = self.base_url.target(&link.address, &base);
            let before = (found.findings.len(), found.external.len());
            let file = self.follow(link, target, &mut found);
            parts.extend(file.filter(|_| link.is_loaded));
            if (found.findings.len(), found.external.len()) == before {
                valid.insert(key);
            }
        }
        for (id, range) in &page.duplicate_ids {
            found.push(Finding::DuplicateId(id.clone()), range);
        }
        for (address, range) in &page.images_without_alt {
            found.push(Finding::MissingAlt(self.resolved(address, &base)), range);
        }
        for (address, range) in &page.unnamed_links {
            found.push(Finding::UnnamedLink(self.resolved(address, &base)), range);
        }
        if !page.redirects {
            check_headings(page, &mut found);
            self.check_title(page, &mut found);
        }
        if !page.has_language {
            found.push(Finding::MissingLanguage, &(0..0));
        }
        self.check_weight(path, &parts, &mut found);
        found
    }

    pub(super) fn check_style_sheet(&self, path: &str, text: &str) -> FileFindings {
        let mut found = FileFindings::default();
        for (address, range) in css::addresses(text) {
            let target = self.base_url.target(&address, path);
            self.follow(&Link { address, range, is_loaded: false }, target, &mut found);
        }
        found
    }

    /// Returns the path that the page's relative addresses start from: the path that its `base` element leads to, or
    /// the page's own path if it has no `base` element or that element leads out of the site.
    fn base(&self, path: &str, page: &PageFacts) -> String {
        let base = page.base.as_deref().map(|base| (base, self.base_url.target(base, path)));
        match base {
            // Addresses start from the folder of the returned path. So for a base that is a folder, returns a file in
            // it.
            Some((written, Target::Site { path, .. })) if written.ends_with('/') => {
                format!("{path}/index.html")
            }
            Some((_, Target::Site { path, .. })) => path,
            _ => path.to_owned(),
        }
    }

    /// Checks an address and adds a finding, or an address of another site, to `found`. Returns the path of the site's
    /// file that the address leads to, if any. An address in another letter case leads to the file, but is a finding.
    fn follow(&self, link: &Link, target: Target, found: &mut FileFindings) -> Option<&'r str> {
        let (path, fragment) = match target {
            Target::Site { path, fragment } => (path, fragment),
            Target::OutsideSite => {
                found.push(Finding::OutsideSite(link.address.clone()), &link.range);
                return None;
            }
            Target::External(address) => {
                found.external.push((address, link.range.clone()));
                return None;
            }
            Target::Other => return None,
        };
        let file = match self.paths.find(&path) {
            PathMatch::Exact(file) => file,
            PathMatch::OtherCase(file) => {
                found.push(Finding::WrongCase { written: path, file: file.to_owned() }, &link.range);
                return Some(file);
            }
            PathMatch::None => {
                found.push(Finding::MissingFile(path), &link.range);
                return None;
            }
        };
        if let (Some(id), Some(page)) = (fragment, self.pages.get(file))
            && !page.ids.contains_key(&id)
        {
            found.push(Finding::MissingAnchor { page: file.to_owned(), id }, &link.range);
        }
        Some(file)
    }

    /// Resolves an address to a form that doesn't depend on the page that it is on, so that the same defect on several
    /// pages has one identity.
    fn resolved(&self, address: &str, base: &str) -> String {
        match self.base_url.target(address, base) {
            Target::Site { path, fragment: None } => path,
            Target::Site { path, fragment: Some(id) } => format!("{path}#{id}"),
            Target::External(address) => address,
            Target::OutsideSite | Target::Other => address.to_owned(),
        }
    }

    fn check_title(&self, page: &PageFacts, found: &mut FileFindings) {
        match &page.title {
            Some((title, range)) if !title.is_empty() => {
                if let Some(pages) = self.titles.get(title.as_str()).filter(|pages| pages.len() > 1) {
                    let finding = Finding::DuplicateTitle { title: title.clone(), pages: pages.clone() };
                    found.push(finding, range);
                }
            }
            Some((_, range)) => found.push(Finding::MissingTitle, range),
            None => found.push(Finding::MissingTitle, &(0..0)),
        }
    }

    /// Checks the size of the page together with its style sheets, scripts and images (`parts`).
    fn check_weight(&self, path: &'r str, parts: &BTreeSet<&'r str>, found: &mut FileFindings) {
        let size = |file: &str| self.rendered.files.get(file).map_or(0, |bytes| bytes.len() as u64);
        let all = || parts.iter().copied().chain([path]);
        let bytes: u64 = all().map(size).sum();
        if bytes <= u64::from(self.max_page_kb) * BYTES_PER_KB as u64 {
            return;
        }
        let heaviest = all().max_by_key(|file| size(file)).unwrap_or(path);
        let finding = Finding::TooHeavy {
            bytes,
            max_kb: self.max_page_kb,
            heaviest: heaviest.to_owned(),
            heaviest_bytes: size(heaviest),
        };
        found.push(finding, &(0..0));
    }
}

fn check_headings(page: &PageFacts, found: &mut FileFindings) {
    let pairs = page.headings.iter().zip(page.headings.iter().skip(1));
    for (above, heading) in pairs.filter(|(above, heading)| heading.level > above.level + 1) {
        let (above, level, text) = (above.level, heading.level, heading.text.clone());
        found.push(Finding::SkippedLevel { above, level, text }, &heading.range);
    }
    let h1s: Vec<_> = page.headings.iter().filter(|heading| heading.level == 1).collect();
    match h1s.as_slice() {
        [] => found.push(Finding::MissingH1, &(0..0)),
        [_] => {}
        [_, second, ..] => {
            let finding = Finding::SeveralH1 { count: h1s.len(), second: second.text.clone() };
            found.push(finding, &second.range);
        }
    }
}
