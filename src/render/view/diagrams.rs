//! What templates see to draw with: joined columns, who rests on whom, coverage, two sources side by side.
//!
//! Places are counted in units (columns, rows, squares) from 0; how large a unit is, the template decides.

use std::sync::Arc;

use serde::Serialize;

use super::{AnswerView, FoundView, QuestionRef, SourceRef};

/// An origin that several sources share: a bracket above their columns.
#[derive(Clone, Debug, Serialize)]
pub struct JoinView {
    /// What they share.
    pub name: String,
    /// For every column: `first`, `middle` or `last` for a source that rests on it, `between` for one that the bracket
    /// passes, else `out`.
    pub columns: Vec<&'static str>,
    /// How many sources share it.
    pub count: usize,
}

/// Who rests on whom, as two rows of names and lines between them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineageView {
    /// Names of what is rested on, each once, by first use.
    pub origins: Vec<String>,
    /// A line from a source (its column) to what it rests on (its place in `origins`).
    pub links: Vec<LineageLink>,
    /// How many rows the longer side has.
    pub rows: usize,
}

/// A line of [`LineageView`].
#[derive(Clone, Debug, Serialize)]
pub struct LineageLink {
    /// The source's column.
    pub from: usize,
    /// The origin's place.
    pub to: usize,
    /// True if another source rests on it, too.
    pub shared: bool,
}

/// A stretch of squares: what a source says in one voice, or does not say.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageBar {
    /// `own`, `attributed`, `hedged`, `forecast`, `found` (by rule), `silent`, `nothing` (found by rule) or `unexamined`.
    pub kind: &'static str,
    /// Squares before it.
    pub start: usize,
    /// Squares in it.
    pub count: usize,
}

/// Two sources that have a page side by side.
#[derive(Clone, Debug, Serialize)]
pub struct PairRef {
    /// The one whose column comes first.
    pub first: Arc<SourceRef>,
    /// The other.
    pub second: Arc<SourceRef>,
    /// The page.
    pub path: String,
    /// Questions that both answer with the same positions.
    pub agree: usize,
    /// Questions that both answer, with none or not all of their positions in common.
    pub differ: usize,
}

/// Two sources side by side.
#[derive(Debug, Serialize)]
pub struct PairView {
    /// The one whose column comes first.
    pub first: Arc<SourceRef>,
    /// The other.
    pub second: Arc<SourceRef>,
    /// True if they share an origin.
    pub joined: bool,
    /// The questions by how the two stand to one another; only those that there are.
    pub sections: Vec<PairSection>,
    /// Questions that neither answers.
    pub neither: Vec<Arc<QuestionRef>>,
}

/// Questions on which two sources stand alike to one another.
#[derive(Debug, Serialize)]
pub struct PairSection {
    /// `differ`, `partly`, `agree`, `first` (only the first answers), `second`, or `unsorted` (by rule).
    pub standing: &'static str,
    /// The questions.
    pub rows: Vec<PairRow>,
}

/// One question, and what each of the two says to it.
#[derive(Debug, Serialize)]
pub struct PairRow {
    /// Which.
    pub question: Arc<QuestionRef>,
    /// What the first says.
    pub first: Vec<AnswerView>,
    /// What the second says.
    pub second: Vec<AnswerView>,
    /// What a rule found in the first, where nobody has read it for this.
    pub first_found: Option<FoundView>,
    /// What a rule found in the second.
    pub second_found: Option<FoundView>,
}
