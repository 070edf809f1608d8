//! Data of diagrams: brackets over columns with a shared origin, lineage, coverage. Also the data of pages that show
//! two sources side by side.
//!
//! Positions are counted in units (columns, rows, squares) from 0; the template decides the size of a unit.

use std::sync::Arc;

use serde::Serialize;

use super::{AnswerView, FoundView, QuestionRef, SourceRef};

/// An ultimate origin shared by several sources, drawn as a bracket over their columns.
#[derive(Clone, Debug, Serialize)]
pub struct JoinView {
    /// Name of the shared origin, which may itself be a source of the site.
    pub name: String,
    /// One value per column: `first`, `middle` or `last` for a source with this origin, `between` for another
    /// source under the bracket, `out` outside.
    pub columns: Vec<&'static str>,
    /// Number of sources that share the origin.
    pub count: usize,
}

/// Graph of sources and their ultimate origins: two lists of names with lines between them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineageView {
    /// Names of the origins, without duplicates, in order of first use.
    pub origins: Vec<String>,
    /// Lines from sources to their origins.
    pub links: Vec<LineageLink>,
    /// Length of the longer of the two lists: sources or origins.
    pub rows: usize,
}

/// A line from a source to one of its origins.
#[derive(Clone, Debug, Serialize)]
pub struct LineageLink {
    /// Index of the source's column.
    pub from: usize,
    /// Index of the origin in `LineageView::origins`.
    pub to: usize,
    /// True if other sources share the origin.
    pub shared: bool,
}

/// Adjacent squares of one kind in a coverage diagram. A square is an answer, or a question without an answer.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageBar {
    /// A voice (`own`, `attributed`, `hedged` or `forecast`), `found` (a rule found passages), `silent`, `nothing` (a
    /// rule found no passage) or `unexamined`.
    pub kind: &'static str,
    /// Number of squares before this bar.
    pub start: usize,
    pub count: usize,
}

/// Summary of two sources with a side-by-side page.
#[derive(Clone, Debug, Serialize)]
pub struct PairRef {
    /// The source with the lower column number.
    pub first: Arc<SourceRef>,
    pub second: Arc<SourceRef>,
    /// Path of the side-by-side page.
    pub path: String,
    /// Number of questions on which both hold the same positions.
    pub agree: usize,
    /// Number of questions on which they hold a position in common, and one of them another one, too.
    pub partly: usize,
    /// Number of questions on which both hold positions, but none in common.
    pub differ: usize,
}

#[derive(Debug, Serialize)]
pub struct PairView {
    /// The source with the lower column number.
    pub first: Arc<SourceRef>,
    pub second: Arc<SourceRef>,
    /// True if both sources rest on a common origin, or one rests on the other.
    pub joined: bool,
    /// Questions grouped by how the two sources' answers compare; empty groups are left out.
    pub sections: Vec<PairSection>,
    /// Questions that neither source answers.
    pub neither: Vec<Arc<QuestionRef>>,
}

/// The questions of one group.
#[derive(Debug, Serialize)]
pub struct PairSection {
    /// How the two compare on these questions: `differ` (no position in common), `partly` (some in common), `agree`
    /// (the same positions), `first` or `second` (only that source answers), or `unsorted` (at least one answers, and
    /// at least one was only searched by rule).
    pub standing: &'static str,
    pub rows: Vec<PairRow>,
}

/// A question with the answers of both sources.
#[derive(Debug, Serialize)]
pub struct PairRow {
    pub question: Arc<QuestionRef>,
    /// Answers of the first source.
    pub first: Vec<AnswerView>,
    /// Answers of the second source.
    pub second: Vec<AnswerView>,
    /// Passages found by rule in the first source, if its record doesn't mention this question.
    pub first_found: Option<FoundView>,
    /// Passages found by rule in the second source, if its record doesn't mention this question.
    pub second_found: Option<FoundView>,
}
