//! What templates see. This is the contract with theme authors; the README tells of it under "Templates".
//!
//! Every struct here becomes a map in a template. `path`s are relative to the site's root: a template writes
//! `{{ root }}{{ source.path }}`, where `root` leads from the page at hand to that root. Keys that have nothing are
//! `none`, never absent, so that `{% if source.publisher %}` always works.

mod cite;
mod diagrams;
mod exports;
mod found;
mod page;
mod site;
mod source;

pub use cite::CiteView;
pub use diagrams::{
    CoverageBar, JoinView, LineageLink, LineageView, PairRef, PairRow, PairSection, PairView,
};
pub use exports::{FeedEntryView, FeedView, RobotsView, SitemapPageView, SitemapView};
pub use found::{FoundPassageView, FoundPiece, FoundView, SharedRunView, SharedView};
pub use page::{CitePlace, ContentsView, MentionView, PassageView, ReferenceView, UseView};
pub use site::{DateView, LinkView, SiteView};
pub use source::{OriginView, SilenceView, SourceBrief, SourceView, VoiceCount};

use std::sync::Arc;

use serde::Serialize;
use sourcewise_analysis::Voice;
use sourcewise_quotes::ProofSource;

use crate::compare::{Agreement, ColumnId};
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::Basis;

/// A source, named in passing.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRef {
    /// Its id.
    pub id: SourceId,
    /// Its column.
    #[serde(skip)]
    pub column: ColumnId,
    /// Its column, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// A shorter name.
    pub short: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<DateView>,
    /// What a reader must know.
    pub caution: Option<String>,
    /// Its page.
    pub path: String,
    /// Whether the author wrote a record of it: else what is missing is only not known.
    pub recorded: bool,
}

/// A question, named in passing.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionRef {
    /// Its id.
    pub id: QuestionId,
    /// The question.
    pub title: String,
    /// A shorter form.
    pub short: String,
    /// Its page.
    pub path: String,
}

/// A position, named in passing.
#[derive(Clone, Debug, Serialize)]
pub struct PositionRef {
    /// Its id.
    pub id: PositionId,
    /// Its name.
    pub label: String,
    /// A, B, C … in the author's order.
    pub letter: String,
    /// 1 to 8: its colour.
    pub tone: usize,
}

/// A stretch of a quote.
#[derive(Clone, Debug, Serialize)]
pub struct QuotePiece {
    /// The document's characters.
    pub text: String,
    /// True for words that make the voice what it is.
    pub cue: bool,
}

/// A quote that was proved.
#[derive(Clone, Debug, Serialize)]
pub struct QuoteView {
    /// The id of its place on its source's page.
    pub id: String,
    /// All of it.
    pub text: String,
    /// The same, cut at its cue words.
    pub pieces: Vec<QuotePiece>,
    /// Number of the paragraph in the document, from 1.
    pub paragraph: usize,
    /// First byte in the document.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Paragraphs in which the same words stand again.
    pub also: Vec<usize>,
    /// `document` or `lock`.
    pub checked: ProofSource,
    /// The words at their publisher's, if the record has a `url`.
    pub original: Option<String>,
}

/// One thing that a source says to a question.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// An id that no other answer to the question has: `gazette--1`.
    pub anchor: String,
    /// Who says it.
    pub source: Arc<SourceRef>,
    /// To what.
    pub question: Arc<QuestionRef>,
    /// Which of the answers that exist.
    pub position: Arc<PositionRef>,
    /// In the author's words.
    pub summary: String,
    /// `own`, `attributed`, `hedged` or `forecast`.
    pub voice: Voice,
    /// The same in words: "in its own voice".
    pub voice_text: String,
    /// To whom the words are put.
    pub to: Option<String>,
    /// In the source's words.
    pub quotes: Vec<QuoteView>,
}

/// One of the answers that exist to a question, with all who give it.
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    /// Its name, letter and colour.
    #[serde(flatten)]
    pub position: Arc<PositionRef>,
    /// Who gives it.
    pub sources: Vec<Arc<SourceRef>>,
    /// How many of them have no origin in common.
    pub independent: usize,
    /// "2 sources, 1 origin"
    pub count_text: String,
    /// What they say.
    pub answers: Vec<AnswerView>,
}

/// One cell of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// Whose.
    pub source: Arc<SourceRef>,
    /// `says`, `silent` or `unexamined`.
    pub state: &'static str,
    /// `editor` or `automatic`: who says so; `none` if nobody looked.
    pub basis: Option<Basis>,
    /// How many passages a rule found, where nobody has read the source for this.
    pub found: usize,
    /// The best of them around the words that matched, in few words.
    pub excerpt: Option<String>,
    /// The sources that say it in the same text.
    pub same_as: Vec<Arc<SourceRef>>,
    /// What it says, if it does.
    pub answers: Vec<CellAnswer>,
    /// Why it is silent, or what it says nearby, if the author wrote that down.
    pub reason: Option<String>,
}

/// An answer, as far as the matrix shows it.
#[derive(Clone, Debug, Serialize)]
pub struct CellAnswer {
    /// Which position.
    pub position: Arc<PositionRef>,
    /// In which voice.
    pub voice: Voice,
    /// The same in words.
    pub voice_text: String,
    /// True if the source has given the same answer in this cell already, in another voice.
    pub repeats: bool,
}

/// One row of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// Its id, title, short form and page.
    #[serde(flatten)]
    pub question: Arc<QuestionRef>,
    /// `editor` if the author wrote it, `automatic` for a topic that a rule found.
    pub basis: Basis,
    /// What was looked for in documents that nobody has read for it.
    pub terms: Vec<String>,
    /// Its place, from 1.
    pub number: usize,
    /// Why it matters, as HTML.
    pub body: String,
    /// `one-voice`, `single`, `differ` or `unanswered`.
    pub agreement: Agreement,
    /// The same in words: "differ: 2 ways".
    pub agreement_text: String,
    /// "3 of 5 sources answer, in 2 ways"
    pub count_text: String,
    /// How many sources answer.
    pub answered: usize,
    /// "3 of 5 sources answer"; where nobody has read any, "a rule found passages in 3 of 5 sources".
    pub answered_text: String,
    /// How many were read for it, by somebody or by rule.
    pub examined: usize,
    /// In how many a rule found passages, of those that answer.
    pub found_in: usize,
    /// How many were searched by rule, of those that were read.
    pub searched: usize,
    /// "2 more by rule": where some were read and some searched.
    pub found_text: Option<String>,
    /// "of which 22 are independent": where a rule found some, and some of those have a text or origin in common.
    pub independent_text: Option<String>,
    /// What a rule found, by column. Empty on `comparison` where that is `brief`.
    pub found: Vec<FoundView>,
    /// The positions that somebody holds.
    pub positions: Vec<PositionView>,
    /// The positions that nobody holds.
    pub unheld: Vec<Arc<PositionRef>>,
    /// A cell for every source. Empty on `comparison` where that is `brief`.
    pub cells: Vec<CellView>,
}

/// The whole comparison, on every page as `comparison`.
#[derive(Debug, Serialize)]
pub struct ComparisonView {
    /// True where there are too many sources for a matrix: then the questions here have no cells, no answers and no
    /// passages, which stand on their own pages.
    pub brief: bool,
    /// The sources, by column.
    pub sources: Vec<SourceBrief>,
    /// The rows.
    pub questions: Vec<QuestionView>,
    /// Origins that several sources share.
    pub joins: Vec<JoinView>,
    /// Who rests on whom, to be drawn.
    pub lineage: LineageView,
    /// How many squares the longest `coverage` has.
    pub widest: usize,
    /// Every two sources that have a page side by side.
    pub pairs: Vec<PairRef>,
    /// How many questions have each agreement.
    pub differ: usize,
    /// Likewise.
    pub one_voice: usize,
    /// Likewise.
    pub single: usize,
    /// Likewise.
    pub unanswered: usize,
    /// How many cells nobody has looked at.
    pub unexamined: usize,
    /// True if the questions are topics that a rule found.
    pub topics: bool,
    /// In how many questions sources answer in the same text.
    pub same_texts: usize,
    /// In how many cells a rule has looked, and found something or nothing.
    pub searched: usize,
    /// How many quotes were proved, in answers and on pages.
    pub quotes: usize,
    /// True if some sources have a date and the order of the columns follows it.
    pub dated: bool,
}
