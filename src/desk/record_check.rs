//! Checks a record as a build does, from its text: the one on the disk, or one with an answer that is not saved yet.

use std::ops::Range;

use super::replies::ProblemView;
use super::snapshot::{Snapshot, problem_view};
use crate::edit::RecordText;
use crate::files::Files;
use crate::ids::PositionId;
use crate::load::{Loaded, Question, SiteFiles, SourceDraft, read_record};
use crate::problem::{Problem, Problems};
use crate::verify::{SourceCache, verify};

/// A record with its problems.
#[derive(Debug, Default)]
pub(super) struct CheckedRecord {
    /// The record's parts. `None` if there is no record, or its TOML has an error.
    pub(super) text: Option<RecordText>,
    /// For each answer, in the order of the record, the problems that begin in its text.
    pub(super) answer_problems: Vec<Vec<ProblemView>>,
    pub(super) other_problems: Vec<ProblemView>,
}

impl CheckedRecord {
    /// Checks the text of a record. `draft` is its source as of the last build.
    pub(super) fn of(snapshot: &Snapshot, draft: &SourceDraft, path: &str, text: &str) -> Self {
        Self::with_position(snapshot, draft, path, text, None)
    }

    /// Checks the text of a record, as [`Self::of`] does, as if a question had one more position. `added` has the ids
    /// of that question and position.
    pub(super) fn with_position(
        snapshot: &Snapshot,
        draft: &SourceDraft,
        path: &str,
        text: &str,
        added: Option<(&str, PositionId)>,
    ) -> Self {
        let mut questions = snapshot.build.drafts.questions.clone();
        if let Some((id, position)) = added
            && let Some(question) = questions.iter_mut().find(|question| question.id.as_str() == id)
        {
            question.positions.entry(position).or_default();
        }
        let (files, problems) = problems_of(snapshot, draft, path, text, questions);
        let text = RecordText::parse(text).ok();
        let answers = text.as_ref().map_or(0, |record| record.answers().len());
        let spans: Vec<Range<usize>> =
            text.iter().flat_map(|record| (0..answers).map(|index| record.answer_span(index))).collect();
        let answer_problems = vec![Vec::new(); answers];
        let mut checked = Self { text, answer_problems, other_problems: Vec::new() };
        for problem in &problems {
            let view = problem_view(problem, &files);
            match spans.iter().position(|span| span.contains(&problem.span.start)) {
                Some(index) => checked.answer_problems[index].push(view),
                None => checked.other_problems.push(view),
            }
        }
        checked
    }
}

/// Runs the checks of a build on the text of one record, with the rest of the site as of the last build. Returns the
/// problems in this text, and the files that they refer to.
fn problems_of(
    snapshot: &Snapshot,
    draft: &SourceDraft,
    path: &str,
    text: &str,
    questions: Vec<Question>,
) -> (Files, Vec<Problem>) {
    let mut files = snapshot.build.files.clone();
    let file = files.add(path, text);
    let mut problems = Problems::default();
    let read = read_record(draft.id.clone(), file, text, &questions, &mut problems);
    let source = SourceDraft {
        document: draft.document.clone(),
        unreadable: draft.unreadable,
        document_name: draft.document_name.clone().or(read.document_name.clone()),
        ..read
    };
    // Only the ids of the other sources matter. What the checks say about other files is dropped below.
    let others = snapshot.build.drafts.sources.iter().filter(|other| other.id != draft.id);
    let others = others.map(|other| SourceDraft::only_id(other.id.clone(), other.span));
    let loaded = Loaded {
        site: snapshot.build.drafts.site.clone(),
        questions: questions.into_iter().map(|question| Question { body: None, ..question }).collect(),
        sources: std::iter::once(source).chain(others).collect(),
        pages: Vec::new(),
        skipped: snapshot.build.drafts.skipped.clone(),
        lock: snapshot.build.drafts.lock.clone(),
        lock_file: None,
        lock_is_bad: snapshot.build.drafts.lock_is_bad,
    };
    verify(
        loaded,
        &mut SiteFiles::default(),
        &snapshot.build.compared.corpus,
        &SourceCache::default(),
        &mut problems,
    );
    let mut list = problems.sorted(&files);
    list.retain(|problem| problem.span.file == file);
    (files, list)
}
