//! How far the work on a site is: the state of each question in each source, counted by question and by source. The
//! command `status` prints it, and the desk's board shows it.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use serde::Serialize;

use crate::compare::Comparison;
use crate::find::Found;
use crate::ids::{QuestionId, SourceId};
use crate::load::Basis;
use crate::verify::{Question, Source, Verified};

/// What has been done about one question in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellState {
    /// The record has an answer, and no answer with a problem.
    Answered,
    /// The record has an answer that is not finished, or that failed a check.
    Draft,
    /// The record doesn't mention the question, and rules found passages.
    Suggested,
    /// The record lists the question under `silent`.
    Silent,
    /// The record doesn't mention the question, and rules found no passage or did not search the document.
    Unexamined,
}

impl CellState {
    pub const ALL: [Self; 5] = [Self::Answered, Self::Silent, Self::Draft, Self::Suggested, Self::Unexamined];

    /// Whether a person has read the source for the question and noted the result.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Answered | Self::Silent)
    }
}

/// How many cells are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Cells that are answered or silent.
    pub read: usize,
    pub cells: usize,
    pub answered: usize,
    pub silent: usize,
    pub draft: usize,
    pub suggested: usize,
    pub unexamined: usize,
}

impl Counts {
    fn add(&mut self, state: CellState) {
        self.cells += 1;
        self.read += usize::from(state.is_read());
        *self.field(state) += 1;
    }

    fn field(&mut self, state: CellState) -> &mut usize {
        match state {
            CellState::Answered => &mut self.answered,
            CellState::Draft => &mut self.draft,
            CellState::Suggested => &mut self.suggested,
            CellState::Silent => &mut self.silent,
            CellState::Unexamined => &mut self.unexamined,
        }
    }

    /// Returns how many cells are in one state.
    pub fn of(mut self, state: CellState) -> usize {
        *self.field(state)
    }
}

/// A question or source with its counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub id: String,
    pub title: String,
    #[serde(flatten)]
    pub counts: Counts,
}

/// One cell and its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellStatus {
    pub question: QuestionId,
    pub source: SourceId,
    pub state: CellState,
}

/// The state of all cells. A site without written questions has none, because its topics are only proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    #[serde(flatten)]
    pub counts: Counts,
    /// In the order of the comparison's rows.
    pub questions: Vec<Progress>,
    /// In the order of the comparison's columns.
    pub sources: Vec<Progress>,
    /// For each question, its cells in the order of `sources`.
    pub cells: Vec<CellStatus>,
}

impl Status {
    /// Finds the state of each cell and counts them. `found` must cover all documents, also those that may not be
    /// published.
    pub fn of(verified: &Verified, comparison: &Comparison, found: &Found) -> Self {
        let by_id: BTreeMap<&SourceId, &Source> =
            verified.sources.iter().map(|source| (&source.id, source.as_ref())).collect();
        let sources: Vec<(&Source, IndexSet<&QuestionId>)> = comparison
            .columns
            .iter()
            .filter_map(|id| by_id.get(id).copied())
            .map(|source| (source, source.answers.iter().map(|answer| &answer.question).collect()))
            .collect();
        let written = verified.questions.iter().filter(|question| question.basis == Basis::Editor);
        let questions: Vec<&Question> = written.collect();
        let mut total = Counts::default();
        let mut of_sources = vec![Counts::default(); sources.len()];
        let (mut cells, mut rows) = (Vec::new(), Vec::new());
        for question in questions {
            let mut of_question = Counts::default();
            for ((source, answered), of_source) in sources.iter().zip(&mut of_sources) {
                let state = state_of(source, answered, &question.id, found);
                for counts in [&mut total, &mut of_question, of_source] {
                    counts.add(state);
                }
                cells.push(CellStatus { question: question.id.clone(), source: source.id.clone(), state });
            }
            let (id, title) = (question.id.to_string(), question.short.clone());
            rows.push(Progress { id, title, counts: of_question });
        }
        let columns = sources.iter().zip(of_sources).map(|((source, _), counts)| {
            let (id, title) = (source.id.to_string(), source.short().to_owned());
            Progress { id, title, counts }
        });
        Self { counts: total, questions: rows, sources: columns.collect(), cells }
    }

    /// Returns the cell to work on next: the first draft, else the first cell with suggestions, else the first
    /// unexamined one.
    pub fn next(&self) -> Option<&CellStatus> {
        let wanted = [CellState::Draft, CellState::Suggested, CellState::Unexamined];
        wanted.iter().find_map(|state| self.cells.iter().find(|cell| cell.state == *state))
    }
}

/// Returns the state of a cell. `answered` are the questions that the source has verified answers to.
fn state_of(
    source: &Source,
    answered: &IndexSet<&QuestionId>,
    question: &QuestionId,
    found: &Found,
) -> CellState {
    if source.unverified.contains(question) {
        CellState::Draft
    } else if answered.contains(question) {
        CellState::Answered
    } else if source.silences.contains_key(question) {
        CellState::Silent
    } else if found.cell(question, &source.id).is_some_and(|passages| !passages.is_empty()) {
        CellState::Suggested
    } else {
        CellState::Unexamined
    }
}
