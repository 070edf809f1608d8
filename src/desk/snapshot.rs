//! The site as of its last build: what the desk shows, and checks edits against.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use sourcewise_analysis::attribution::{Attribution, attributions};
use sourcewise_quotes::SegmentedDocument;

use super::replies::ProblemView;
use crate::files::Files;
use crate::find::{Found, Scope, find};
use crate::ids::SourceId;
use crate::load::{Loaded, SourceDraft};
use crate::pipeline::Compared;
use crate::problem::Problem;
use crate::report::{self, Style};
use crate::status::Status;
use crate::sync::lock;
use crate::verify::Source;

/// The results of a build, and what is derived from them on first use.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) revision: u64,
    pub(super) build: BuildResult,
    /// What rules find in all documents, also in those that may not be published.
    found: OnceLock<Found>,
    status: OnceLock<Status>,
    /// The problems that were found after the build, and the files that they point into.
    pub(super) late_problems: OnceLock<(Vec<Problem>, Files)>,
    /// Who says each passage, by document.
    attributions: Mutex<BTreeMap<SourceId, Arc<Vec<Attribution>>>>,
}

/// What a build makes for the desk.
#[derive(Debug)]
pub struct BuildResult {
    /// What the files contain, unchecked and without pages.
    pub drafts: Loaded,
    pub compared: Arc<Compared>,
    /// The problems of the build, in the order in which `Problems::sorted` puts them.
    pub problems: Vec<Problem>,
    pub files: Files,
    /// The interface's texts in the site's language, by key.
    pub words: BTreeMap<String, String>,
}

impl Snapshot {
    /// Takes the result of a build, and starts to search all documents: the first request would wait for it. This also
    /// keeps what was found in the cache.
    pub(super) fn prepare(revision: u64, build: BuildResult) -> Arc<Self> {
        let snapshot = Arc::new(Self {
            revision,
            build,
            found: OnceLock::new(),
            status: OnceLock::new(),
            late_problems: OnceLock::new(),
            attributions: Mutex::default(),
        });
        let searched = snapshot.clone();
        rayon::spawn(move || {
            searched.found();
        });
        snapshot
    }

    pub(super) fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let compared = &self.build.compared;
            find(&self.build.drafts, &compared.corpus, Scope::All, &compared.find_cache)
        })
    }

    pub(super) fn status(&self) -> &Status {
        self.status.get_or_init(|| {
            Status::of(&self.build.compared.verified, &self.build.compared.comparison, self.found())
        })
    }

    /// Returns the problems of the build, and those that were found after it, as the browser shows them.
    pub(super) fn problems(&self) -> Vec<ProblemView> {
        let late = self.late_problems.get().into_iter();
        let late = late.flat_map(|(problems, files)| problems.iter().map(move |problem| (problem, files)));
        let problems = self.build.problems.iter().map(|problem| (problem, &self.build.files));
        problems.chain(late).map(|(problem, files)| problem_view(problem, files)).collect()
    }

    pub(super) fn source(&self, id: &str) -> Option<&Source> {
        let sources = self.build.compared.verified.sources.iter();
        sources.map(AsRef::as_ref).find(|source| source.id.as_str() == id)
    }

    pub(super) fn draft(&self, id: &SourceId) -> Option<&SourceDraft> {
        self.build.drafts.sources.iter().find(|draft| draft.id == *id)
    }

    /// Returns who says each passage of a document.
    pub(super) fn attributions(&self, id: &SourceId, document: &SegmentedDocument) -> Arc<Vec<Attribution>> {
        if let Some(known) = lock(&self.attributions).get(id) {
            return known.clone();
        }
        let made = Arc::new(attributions(document));
        lock(&self.attributions).insert(id.clone(), made.clone());
        made
    }
}

/// Formats a problem for the browser.
pub(super) fn problem_view(problem: &Problem, files: &Files) -> ProblemView {
    ProblemView {
        severity: report::severity_word(problem.severity),
        code: problem.code.as_str(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        path: files.path_in_site(problem.span.file).to_owned(),
        line: files.line_column(problem.span).line,
        text: report::human(std::slice::from_ref(problem), files, Style::default()).trim_end().to_owned(),
    }
}
