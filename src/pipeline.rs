//! The phases, strung together in the one place that knows them all.

use crate::compare::{Comparison, compare};
use crate::error::Error;
use crate::files::Files;
use crate::find::{Found, Scope, find};
use crate::load::{Lock, Project, SiteFiles, TextCache, load};
use crate::problem::Problems;
use crate::progress::Progress;
use crate::render::{self, Rendered, render};
use crate::segment::{Corpus, PassageCache, segment};
use crate::verify::{Verified, verify};

/// What a run has made, and everything that was wrong on the way.
#[derive(Debug)]
pub struct Run {
    /// The author's files, so that problems can be shown.
    pub files: Files,
    /// What is wrong.
    pub problems: Problems,
    /// What holds.
    pub verified: Verified,
    /// The site; `None` if no template could be used.
    pub rendered: Option<Rendered>,
    /// The lock as it should be.
    pub lock: Lock,
}

/// Documents as they were read and cut up, kept from run to run by their content.
#[derive(Debug, Default)]
pub struct DocumentCache {
    texts: TextCache,
    passages: PassageCache,
}

/// Runs every phase but the last, over all problems. `prefix` leads from where the user stands to the site. Whether the
/// site may be written, the caller asks [`Problems::has_errors`]. Every phase is told to `progress` as it begins. What is in
/// the cache is not made again; the result is the same.
///
/// # Errors
/// If the site can't be read from the disk.
pub fn run(
    project: &Project,
    prefix: String,
    cache: &DocumentCache,
    progress: &Progress,
) -> Result<Run, Error> {
    render::prepare();
    let Compared { mut files, mut problems, site_files, verified, comparison, lock, .. } =
        compare_all(project, prefix, Scope::Shown, cache, progress)?;
    progress.phase("render");
    let rendered = render(&verified, &comparison, &site_files, &mut files, &mut problems);
    Ok(Run { files, problems, verified, rendered, lock })
}

/// A site that was compared, and not rendered.
#[derive(Debug)]
pub struct Compared {
    /// The author's files, so that problems can be shown.
    pub files: Files,
    /// What is wrong.
    pub problems: Problems,
    /// What goes into the site as it is.
    pub site_files: SiteFiles,
    /// The documents.
    pub corpus: Corpus,
    /// What rules found in them.
    pub found: Found,
    /// What holds.
    pub verified: Verified,
    /// How it compares.
    pub comparison: Comparison,
    /// The lock as it should be.
    pub lock: Lock,
}

/// Runs the phases up to the comparison. `scope` says which documents are searched.
///
/// # Errors
/// If the site can't be read from the disk.
pub fn compared(
    project: &Project,
    prefix: String,
    scope: Scope,
    progress: &Progress,
) -> Result<Compared, Error> {
    compare_all(project, prefix, scope, &DocumentCache::default(), progress)
}

fn compare_all(
    project: &Project,
    prefix: String,
    scope: Scope,
    cache: &DocumentCache,
    progress: &Progress,
) -> Result<Compared, Error> {
    progress.phase("load");
    let mut files = Files::with_prefix(prefix);
    let mut problems = Problems::default();
    let (mut loaded, mut site_files) = load(project, &mut files, &mut problems, &cache.texts)?;
    progress.phase("segment");
    let corpus = segment(&loaded, &cache.passages);
    cache.texts.end_build();
    cache.passages.end_build();
    progress.phase("find");
    let found = find(&loaded, &corpus, scope);
    loaded.questions.extend_from_slice(found.topics());
    progress.phase("verify");
    let (verified, lock) = verify(loaded, &mut site_files, &corpus, &mut problems);
    progress.phase("compare");
    let comparison = compare(&verified, &found);
    Ok(Compared { files, problems, site_files, corpus, found, verified, comparison, lock })
}
