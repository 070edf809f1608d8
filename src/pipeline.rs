//! Runs the phases from `load` to `render` in order, or only those up to `compare`. The commands run the last two
//! phases, `audit` and `output`, themselves.

use std::sync::Arc;

use crate::compare::{Comparison, compare};
use crate::error::Error;
use crate::files::Files;
use crate::find::{FindCache, Found, Scope, find, terms_not_found};
use crate::load::{LoadCache, Loaded, Lock, Project, SiteFiles, load};
use crate::problem::Problems;
use crate::progress::Progress;
use crate::render::{self, RenderCache, Rendered, render};
use crate::segment::{Corpus, PassageCache, segment};
use crate::verify::{SourceCache, Verified, verify};

/// The result of a run: the rendered site and all problems.
#[derive(Debug)]
pub struct Run {
    /// The site's files, needed to print problems.
    pub files: Files,
    pub problems: Problems,
    pub verified: Verified,
    /// `None` if the site's own templates could not be parsed.
    pub rendered: Option<Rendered>,
    /// The content of `quotes.lock` for the current quotes. The file on the disk may differ.
    pub lock: Lock,
}

/// Caches of what was read, of segmented documents, of what rules find in them, of checked sources, and of their parts in pages. They save time if a process runs
/// the phases several times, as `serve` does.
#[derive(Debug, Default)]
pub struct DocumentCache {
    loaded: LoadCache,
    passages: PassageCache,
    found: Arc<FindCache>,
    checked: SourceCache,
    rendered: Arc<RenderCache>,
}

/// Runs the phases up to `render`, even if there are problems: before writing the site, the caller must check
/// [`Problems::has_errors`].
///
/// `prefix` is the path from the current folder to the site; printed paths begin with it. The cache only saves time and
/// doesn't change the result.
///
/// # Errors
/// If the site can't be read from the disk.
pub fn run(
    project: &Project,
    prefix: String,
    cache: &DocumentCache,
    progress: &Progress,
) -> Result<Run, Error> {
    // The built-in theme is parsed on other threads meanwhile, so that it is ready when `render` needs it.
    render::prepare();
    let mut compared = compared(project, prefix, Scope::Published, Drafts::Dropped, cache, progress)?;
    progress.start_step("render");
    let Compared { files, problems, site_files, verified, comparison, .. } = &mut compared;
    let rendered = render(verified, comparison, site_files, &cache.rendered, files, problems);
    let Compared { files, problems, verified, lock, .. } = compared;
    Ok(Run { files, problems, verified, rendered, lock })
}

/// Whether a run keeps what the files contain before `verify` checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    Kept,
    Dropped,
}

/// The result of the phases up to `compare`.
#[derive(Debug)]
pub struct Compared {
    /// The site's files, needed to print problems.
    pub files: Files,
    pub problems: Problems,
    pub site_files: SiteFiles,
    pub corpus: Corpus,
    pub found: Found,
    pub verified: Verified,
    pub comparison: Comparison,
    /// The content of `quotes.lock` for the current quotes. The file on the disk may differ.
    pub lock: Lock,
    /// What the site's files contain, without its pages; `None` if the drafts are dropped.
    pub drafts: Option<Loaded>,
    /// What `found` was taken from, so that another scope can be searched.
    pub find_cache: Arc<FindCache>,
    pub render_cache: Arc<RenderCache>,
}

impl Compared {
    /// Whether both were made from the same documents.
    pub fn has_same_documents(&self, other: &Self) -> bool {
        let (own, others) = (self.verified.sources.iter(), other.verified.sources.iter());
        let facts = own.map(|source| &source.document);
        self.corpus.is_same(&other.corpus) && facts.eq(others.map(|source| &source.document))
    }
}

/// Runs the phases up to `compare`. `scope` selects the documents that `find` searches.
///
/// # Errors
/// If the site can't be read from the disk.
pub fn run_to_comparison(
    project: &Project,
    prefix: String,
    scope: Scope,
    progress: &Progress,
) -> Result<Compared, Error> {
    compared(project, prefix, scope, Drafts::Dropped, &DocumentCache::default(), progress)
}

/// Runs the phases up to `compare`, as [`run`] does.
///
/// # Errors
/// If the site can't be read from the disk.
pub fn run_cached(
    project: &Project,
    prefix: String,
    drafts: Drafts,
    cache: &DocumentCache,
    progress: &Progress,
) -> Result<Compared, Error> {
    render::prepare();
    compared(project, prefix, Scope::Published, drafts, cache, progress)
}

fn compared(
    project: &Project,
    prefix: String,
    scope: Scope,
    drafts: Drafts,
    cache: &DocumentCache,
    progress: &Progress,
) -> Result<Compared, Error> {
    progress.start_step("load");
    let mut files = Files::with_prefix(prefix);
    let mut problems = Problems::default();
    let (mut loaded, mut site_files) = load(project, &mut files, &mut problems, &cache.loaded)?;
    progress.start_step("segment");
    let corpus = segment(&loaded, &cache.passages);
    cache.loaded.end_build();
    cache.passages.end_build();
    cache.found.end_build();
    progress.start_step("find");
    let found = find(&loaded, &corpus, scope, &cache.found);
    problems.extend(terms_not_found(&loaded, &found));
    let drafts = (drafts == Drafts::Kept).then(|| loaded.without_pages());
    loaded.questions.extend_from_slice(found.topics());
    progress.start_step("verify");
    let (verified, lock) = verify(loaded, &mut site_files, &corpus, &cache.checked, &mut problems);
    cache.checked.end_build();
    progress.start_step("compare");
    let comparison = compare(&verified, &found);
    cache.rendered.end_build();
    let (find_cache, render_cache) = (cache.found.clone(), cache.rendered.clone());
    Ok(Compared {
        files,
        problems,
        site_files,
        corpus,
        found,
        verified,
        comparison,
        lock,
        drafts,
        find_cache,
        render_cache,
    })
}
