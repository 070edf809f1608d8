//! Resolves the links in the site's Markdown: to an existing page or file of this site, or to an address outside it.
//! Also defines the paths of generated pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sourcewise_documents::url::{join_path, percent_decoded};

use super::checked::Checked;
use super::link_problems::{self, BrokenLinkReason, SpacedTarget};
use super::{CheckedMarkdown, Verified};
use crate::files::{Span, Spanned};
use crate::ids::{QuestionId, SourceId};
use crate::load::{Asset, PageDraft, Question, SkippedFiles, SourceDraft};
use crate::problem::Problems;
use crate::text::nearest::nearest_name;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A web address, `mailto:` or `tel:`, as written.
    Web(String),
    /// A file of the site.
    Site {
        /// The file's path in the finished site, relative to its root.
        path: String,
        /// The id of an element in that file.
        fragment: Option<String>,
    },
}

impl LinkTarget {
    /// Returns the id of the element that a link within the site leads to, if it names one.
    pub fn fragment(&self) -> Option<&str> {
        match self {
            Self::Site { fragment, .. } => fragment.as_deref(),
            Self::Web(_) => None,
        }
    }
}

/// The location of a Markdown text in the site, which determines how its links are resolved and whether it must cite.
#[derive(Clone, Debug)]
pub(super) struct TextLocation {
    /// The folder that links are relative to: its path below `content`, without a slash at the end; empty for
    /// `content`.
    pub(super) folder: String,
    /// The path of the page that contains the text, for links that are only a fragment.
    pub(super) page: String,
    /// Whether paragraphs without a citation are reported, provided that `site.toml` sets `uncited = "warn"`.
    pub(super) should_cite: bool,
}

impl TextLocation {
    /// Creates the location of a page's or a question's text. `path` is that of its file below `content`, `page` that
    /// of its page in the site. The texts of questions need not cite.
    pub(super) fn of_file(path: &str, page: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self {
            folder: folder.to_owned(),
            page: page.to_owned(),
            should_cite: !path.starts_with("questions/"),
        }
    }
}

/// Maps the paths that a link may contain to paths in the finished site.
#[derive(Debug, Default)]
pub(super) struct LinkMap {
    /// Path that a link resolves to → path in the finished site: `places/ferry.md` → `places/ferry.html`.
    paths: BTreeMap<String, Arc<str>>,
    /// Paths below `content` of pages that are drafts.
    drafts: BTreeSet<String>,
    /// The titles of pages, questions, sources and generated pages, each with the path that a link to it must have.
    titles: Vec<(String, String)>,
}

impl LinkMap {
    pub(super) fn new<'a>(
        pages: &[PageDraft],
        skipped: &'a SkippedFiles,
        assets: &[Asset],
        questions: impl Iterator<Item = &'a QuestionId>,
        sources: &'a BTreeSet<SourceId>,
        has_pairs: bool,
        generated: &[&str],
    ) -> Self {
        let mut paths: Vec<(String, Arc<str>)> = Vec::with_capacity(2 * pages.len());
        let mut add = |written: Option<String>, path: Arc<str>| {
            paths.push((path.to_string(), path.clone()));
            paths.extend(written.map(|written| (written, path)));
        };
        for path in ["index.html", "robots.txt"].iter().chain(generated) {
            add(None, Arc::from(*path));
        }
        for asset in assets {
            add(None, Arc::from(asset.path.as_str()));
        }
        for id in questions.chain(&skipped.questions) {
            add(Some(format!("questions/{id}.md")), question_path(id).into());
        }
        for id in sources {
            add(None, source_path(id).into());
        }
        for first in sources.iter().filter(|_| has_pairs) {
            for second in sources.range(..first) {
                add(Some(format!("compare/{first}--{second}.html")), pair_path(first, second).into());
            }
        }
        for path in pages.iter().map(|page| &page.path).chain(&skipped.pages) {
            add(Some(path.clone()), page_path(path).into());
        }
        let drafts = skipped.drafts.iter().cloned().collect();
        Self { paths: paths.into_iter().collect(), drafts, titles: Vec::new() }
    }

    /// Adds the titles of all pages, questions, sources and generated pages.
    pub(super) fn with_titles(
        mut self,
        pages: &[PageDraft],
        questions: &[Question],
        sources: &[SourceDraft],
    ) -> Self {
        let pages = pages.iter().map(|page| (page.head.title.clone(), page.path.clone()));
        let questions = questions
            .iter()
            .map(|question| (question.title.clone(), format!("questions/{}.md", question.id)));
        let sources = sources.iter().map(|source| (source.about.title.clone(), source_path(&source.id)));
        let generated =
            GENERATED_TITLES.iter().map(|(title, path)| ((*title).to_owned(), (*path).to_owned()));
        let generated = generated.filter(|(_, path)| self.paths.contains_key(path));
        self.titles = pages.chain(questions).chain(sources).chain(generated).collect();
        self
    }

    /// Returns what an address with spaces, which is no link in Markdown, was meant to lead to.
    pub(super) fn spaced_target(&self, written: &str, location: &TextLocation) -> SpacedTarget {
        if SCHEMES.iter().any(|scheme| starts_with_ignoring_case(written, scheme)) {
            return SpacedTarget::Web;
        }
        let path = written.split('#').next().unwrap_or(written);
        let path = percent_decoded(path).and_then(|path| join_path(&location.folder, &path));
        if path.is_some_and(|path| self.paths.contains_key(&path)) {
            return SpacedTarget::File;
        }
        self.titled(written, location).map_or(SpacedTarget::Unknown, SpacedTarget::Titled)
    }

    /// Returns the path, as in a link, of what `name` names: a page, question or source by its file or id, or else by
    /// its title or a similar one.
    pub(super) fn named(&self, name: &str, location: &TextLocation) -> Option<String> {
        let form = self.other_form(name).map(|path| link_problems::relative(&location.folder, &path));
        form.or_else(|| self.titled(name, location))
    }

    /// Returns the path, as in a link, of the page, question, source or generated page with this title or a similar
    /// one.
    fn titled(&self, written: &str, location: &TextLocation) -> Option<String> {
        let near = nearest_name(written, self.titles.iter().map(|(title, _)| title.as_str()))?;
        let (_, path) = self.titles.iter().find(|(title, _)| title == near)?;
        Some(link_problems::relative(&location.folder, path))
    }

    /// Resolves a link, except its fragment, which [`check_anchors`] checks. A broken link is a problem, and is
    /// replaced by a link to the page that contains it.
    pub(super) fn target(&self, written: &str, location: &TextLocation, span: Span) -> Checked<LinkTarget> {
        if is_web_address(written) {
            return Checked::clean(LinkTarget::Web(written.to_owned()));
        }
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => {
                (path, percent_decoded(fragment).filter(|fragment| !fragment.is_empty()))
            }
            None => (written, None),
        };
        if path.is_empty() {
            return Checked::clean(LinkTarget::Site { path: location.page.clone(), fragment });
        }
        let wanted = percent_decoded(path).and_then(|path| join_path(&location.folder, &path));
        if let Some(path) = wanted.as_ref().and_then(|wanted| self.paths.get(wanted)) {
            return Checked::clean(LinkTarget::Site { path: path.to_string(), fragment });
        }
        let reason = self.broken_reason(path, wanted.as_deref());
        let own_page = LinkTarget::Site { path: location.page.clone(), fragment: None };
        Checked::with_problem(own_page, link_problems::broken_link(written, &reason, &location.folder, span))
    }

    /// Returns why a link is broken. `path` is as written in the link, `wanted` the same from the root of the site:
    /// `None` if it leads above the root, or has a malformed `%XX`.
    fn broken_reason<'r>(&'r self, path: &str, wanted: Option<&'r str>) -> BrokenLinkReason<'r> {
        if percent_decoded(path).is_none() {
            return BrokenLinkReason::BadEscape;
        }
        let of_title = || {
            let is_title = |(title, _): &&(String, String)| title.to_lowercase() == path.to_lowercase();
            self.titles.iter().find(is_title).map(|(_, path)| path.clone())
        };
        if let Some(form) = self.other_form(path).or_else(|| self.other_form(wanted?)).or_else(of_title) {
            return BrokenLinkReason::Form(form);
        }
        let Some(wanted) = wanted else { return BrokenLinkReason::Outside };
        if self.drafts.contains(wanted) {
            return BrokenLinkReason::Draft;
        }
        if wanted == "feed.xml" {
            return BrokenLinkReason::NoFeed;
        }
        // A file with the same name in another folder is suggested first, because wrong folders are more likely than
        // wrong names.
        let name = |path: &'_ str| path.rsplit('/').next().map(str::to_owned);
        let moved = self.paths.keys().find(|path| name(path) == name(wanted));
        let nearest = |wanted: &str| nearest_name(wanted, self.paths.keys().map(String::as_str));
        let near = moved.map(String::as_str).or_else(|| nearest(wanted));
        let near = near.or_else(|| nearest(&format!("{wanted}.md")));
        near.map_or(BrokenLinkReason::Unknown(wanted), BrokenLinkReason::Near)
    }
}

impl LinkMap {
    /// Returns the path that a link must have, if `path` names a page in another way: with `content/` before it,
    /// without the ending of its file, by its folder, by the file of a source, or by an id. If several fit, pages
    /// come first, then questions, then sources.
    fn other_form(&self, path: &str) -> Option<String> {
        let path = path.trim_matches('/');
        let path = path.strip_prefix("content/").unwrap_or(path);
        let stem = path.strip_suffix(".html").unwrap_or(path);
        let seed = path.rsplit_once("seeds/").map(|(_, name)| name.split('.').next().unwrap_or(name));
        let forms = [
            path.to_owned(),
            format!("{stem}.md"),
            format!("{path}.html"),
            format!("{path}/index.md"),
            format!("questions/{stem}.md"),
            format!("sources/{}.html", seed.unwrap_or(stem)),
        ];
        forms.into_iter().find(|form| self.paths.contains_key(form))
    }
}

/// Returns the path in the finished site of a page, from the path of its file below `content`.
pub fn page_path(content: &str) -> String {
    format!("{}.html", content.strip_suffix(".md").unwrap_or(content))
}

/// Returns the path in the finished site of a question's page.
pub fn question_path(id: &QuestionId) -> String {
    format!("compare/{id}.html")
}

/// Returns the path in the finished site of a source's page.
pub fn source_path(id: &SourceId) -> String {
    format!("sources/{id}.html")
}

/// Returns the path in the finished site of the page that compares two sources, in either order.
pub fn pair_path(one: &SourceId, other: &SourceId) -> String {
    format!("compare/{}--{}.html", one.min(other), one.max(other))
}

/// The titles of generated pages in English and German, with the paths of the pages. The titles must be the same
/// as `compare_title` and `sources_title` in `templates/words/`.
const GENERATED_TITLES: [(&str, &str); 4] = [
    ("What each source says", "compare.html"),
    ("Was jede Quelle sagt", "compare.html"),
    ("Sources", "sources.html"),
    ("Quellen", "sources.html"),
];

/// A link that begins with one of these is left as it is. Any other link must lead to a file of the site.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// Whether a link leads out of the site: it begins with one of `SCHEMES`, in any case, and has more after that.
pub fn is_web_address(written: &str) -> bool {
    let has = |scheme: &&str| starts_with_ignoring_case(written, scheme) && written.len() > scheme.len();
    SCHEMES.iter().any(has)
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Reports links to headings that do not exist, and to missing rows of the comparison. Runs after all pages are parsed,
/// because it needs all headings.
pub(super) fn check_anchors(verified: &Verified, problems: &mut Problems) {
    let Verified { pages, questions, sources, .. } = verified;
    let linked = || {
        verified.texts().flat_map(|text| &text.anchors).filter_map(|Spanned { value, span }| match value {
            // The theme makes ids with two hyphens; `audit` checks links to them in the finished pages.
            LinkTarget::Site { path, fragment: Some(fragment) } if !fragment.contains("--") => {
                Some((path.as_str(), fragment, *span))
            }
            _ => None,
        })
    };
    // Collects headings and terms only for pages that links with a fragment lead to: on a large site, these are few.
    let wanted: BTreeSet<&str> = linked().map(|(path, ..)| path).collect();
    if wanted.is_empty() {
        return;
    }
    let ids = |text: &'_ CheckedMarkdown| {
        let headings = text.headings.iter().map(|heading| heading.id.clone());
        headings.chain(text.terms.iter().map(|term| term.id.clone())).collect::<Ids>()
    };
    let mut known: BTreeMap<String, Ids> = BTreeMap::new();
    let pages = pages.iter().filter(|page| wanted.contains(page.path.as_str()));
    known.extend(pages.map(|page| (page.path.clone(), ids(&page.text))));
    known.extend(questions.iter().map(|question| (question_path(&question.id), ids(&question.text))));
    known.extend(
        sources
            .iter()
            .map(|source| (source_path(&source.id), source.notes.as_ref().map(ids).unwrap_or_default())),
    );
    known.extend(["sources.html", "search.html", "404.html"].map(|path| (path.to_owned(), Ids::new())));
    known.insert(
        "compare.html".to_owned(),
        questions.iter().map(|question| question.id.to_string()).collect(),
    );
    for (path, fragment, span) in linked() {
        if let Some(ids) = known.get(path).filter(|ids| !ids.contains(fragment)) {
            let page = written_path(verified, path);
            problems.push(link_problems::broken_anchor(&page, fragment, ids, span));
        }
    }
}

/// Returns the path that an author writes in a link to a page: `ferry.md` for `ferry.html`. A generated page keeps its
/// path.
fn written_path(verified: &Verified, path: &str) -> String {
    if let Some(question) = verified.questions.iter().find(|question| question_path(&question.id) == path) {
        return format!("questions/{}.md", question.id);
    }
    let is_page = verified.pages.iter().any(|page| page.path == path);
    let stem = path.strip_suffix(".html").filter(|_| is_page);
    stem.map_or_else(|| path.to_owned(), |stem| format!("{stem}.md"))
}

type Ids = BTreeSet<String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_generated_pages_are_those_of_the_built_in_theme() {
        let words =
            [include_str!("../../templates/words/en.toml"), include_str!("../../templates/words/de.toml")];
        let titles = words.iter().flat_map(|words| words.lines()).filter_map(|line| {
            let (key, title) = line.split_once(" = ")?;
            let path = match key {
                "compare_title" => "compare.html",
                "sources_title" => "sources.html",
                _ => return None,
            };
            Some((title.trim_matches('"'), path))
        });
        let (mut titles, mut known) = (titles.collect::<Vec<_>>(), GENERATED_TITLES.to_vec());
        titles.sort_unstable();
        known.sort_unstable();
        assert_eq!(titles, known);
    }
}
