//! The phases, strung together in the one place that knows them all.

use std::sync::Arc;

use crate::compare::{Comparison, compare};
use crate::error::Error;
use crate::files::Files;
use crate::find::{self, Found, Scope, find};
use crate::load::{self, Lock, Prints, Project, load};
use crate::memo::Memo;
use crate::problem::Problems;
use crate::progress::Progress;
use crate::render::{self, Rendered, render};
use crate::segment::{self, Corpus, segment};
use crate::verify::{self, Verified, verify};

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

/// What one run keeps for the next. [`Kept::default`] keeps nothing, for who builds once.
#[derive(Default)]
pub struct Kept {
    keeps: bool,
    load: load::Kept,
    segment: segment::Kept,
    find: find::Kept,
    verify: verify::Kept,
    render: render::Kept,
}

impl Kept {
    /// Keeps what was made, so that the next run makes only what a change touches. What comes out is the same, byte for
    /// byte.
    pub fn all() -> Self {
        Self {
            keeps: true,
            load: load::Kept::keeping(),
            segment: Memo::keeping(),
            find: Memo::keeping(),
            verify: Memo::keeping(),
            render: Memo::keeping(),
        }
    }

    fn end_run(&mut self) {
        self.load.end_run();
        self.segment.end_run();
        self.find.end_run();
        self.verify.end_run();
        self.render.end_run();
    }
}

/// Runs every phase but the last, over all problems. `prefix` leads from where the user stands to the site. Whether the
/// site may be written, the caller asks [`Problems::has_errors`]. Every phase is told to `progress` as it begins.
///
/// # Errors
/// If the site can't be read from the disk.
pub fn run(project: &Project, prefix: String, kept: &mut Kept, progress: &Progress) -> Result<Run, Error> {
    render::prepare();
    let (Compared { mut files, mut problems, verified, comparison, lock, .. }, prints) =
        compare_all(project, prefix, Scope::Shown, kept, progress)?;
    progress.phase("render");
    let rendered = render(&verified, &comparison, &mut files, &mut problems, (&prints, &kept.render));
    if rendered.is_some() {
        kept.end_run();
    }
    Ok(Run { files, problems, verified, rendered, lock })
}

/// A site that was compared, and not rendered.
#[derive(Debug)]
pub struct Compared {
    /// The author's files, so that problems can be shown.
    pub files: Files,
    /// What is wrong.
    pub problems: Problems,
    /// The documents.
    pub corpus: Corpus,
    /// What rules found in them.
    pub found: Arc<Found>,
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
    Ok(compare_all(project, prefix, scope, &Kept::default(), progress)?.0)
}

fn compare_all(
    project: &Project,
    prefix: String,
    scope: Scope,
    kept: &Kept,
    progress: &Progress,
) -> Result<(Compared, Prints), Error> {
    progress.phase("load");
    let mut files = Files::of_site(prefix);
    let mut problems = Problems::default();
    let mut loaded = load(project, &mut files, &mut problems, &kept.load)?;
    let prints = if kept.keeps { Prints::of(&loaded, &files) } else { Prints::default() };
    progress.phase("segment");
    let corpus = segment(&loaded, &kept.segment);
    progress.phase("find");
    let found = find(&mut loaded, &corpus, scope, &kept.find);
    progress.phase("verify");
    let (verified, lock) = verify(loaded, &corpus, &mut problems, (&prints, &kept.verify));
    progress.phase("compare");
    let comparison = compare(&verified, &found);
    Ok((Compared { files, problems, corpus, found, verified, comparison, lock }, prints))
}
