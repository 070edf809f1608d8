//! The variables of templates. This is the contract with theme authors; `sourcewise help templates` describes it.
//!
//! Every struct here is a map in templates. Every `path` is relative to the site's root. `root` is the relative path
//! from the current page to the site's root, so a template writes `{{ root }}{{ source.path }}`. A key without a value
//! is `none`, never absent, so `{% if source.publisher %}` always works.

mod cite;
mod diagrams;
mod exports;
mod found;
mod page;
mod place;
mod site;
mod source;

pub use cite::CiteView;
pub use diagrams::{
    CoverageBar, JoinView, LineageLink, LineageView, PairRef, PairRow, PairSection, PairView,
};
pub use exports::{FeedEntryView, FeedView, RobotsView, SitemapPageView, SitemapView};
pub use found::{FoundPassageView, FoundPiece, FoundView, SharedRunView, SharedView};
pub use page::{
    CitePlace, ContentsView, MentionView, PassageView, ReferenceView, UseView, VerdictAnswerView, VerdictView,
};
pub use place::PlaceView;
pub use site::{DateView, LinkView, SiteView};
pub use source::{OriginView, SilenceView, SourceBrief, SourceView, TextPiece, VoiceCount};

use std::sync::Arc;

use serde::Serialize;
use sourcewise_analysis::Voice;
use sourcewise_quotes::ProofSource;

use crate::compare::{Agreement, ColumnId};
use crate::ids::{GroupId, PositionId, QuestionId, SourceId};
use crate::load::{Basis, Relation};

/// Summary of a source, for links and lists.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRef {
    pub id: SourceId,
    #[serde(skip)]
    pub column: ColumnId,
    /// Number of the source's column, from 1.
    pub number: usize,
    pub title: String,
    /// Short name for the matrix: the record's `short`, else the publisher, else the title.
    pub short: String,
    /// A few words below the short name, from the record: "names no source".
    pub short_note: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<DateView>,
    /// Warning to readers from the record: machine-written, translated, anonymous …
    pub caution: Option<String>,
    /// Path of the source's page.
    pub path: String,
    /// True if the source has a record. If it has none, a field without a value, such as `publisher`, only means
    /// that the value is unknown: the source itself may state it.
    pub recorded: bool,
}

/// Summary of a question, for links and lists.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionRef {
    pub id: QuestionId,
    /// The question in full, as its page shows it.
    pub title: String,
    /// Short title for the matrix and navigation: `short` in the question's file, else the title.
    pub short: String,
    /// Path of the question's page.
    pub path: String,
}

/// Summary of a position, for links and lists.
#[derive(Clone, Debug, Serialize)]
pub struct PositionRef {
    pub id: PositionId,
    /// The position's name, from the question's file.
    pub label: String,
    /// The position's letter: A, B, C …, in the order of the question's file. A letter is unique within its question.
    pub letter: String,
    /// Number of the position's colour, 1 to 8. Colours repeat after 8 positions.
    pub tone: usize,
}

/// A part of a quote that is marked as a whole or not at all.
#[derive(Clone, Debug, Serialize)]
pub struct QuotePiece {
    /// Text of the part, in the document's own characters.
    pub text: String,
    /// True for cue words, which mark the voice: "reportedly", "will" …
    pub cue: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct QuoteView {
    /// HTML id of the quote on its source's page.
    pub id: String,
    /// The whole text of the quote, in the document's own characters.
    pub text: String,
    /// The same text, split at its cue words.
    pub pieces: Vec<QuotePiece>,
    /// Where it is in the document (the fields of `PlaceView`).
    #[serde(flatten)]
    pub place: PlaceView,
    /// Byte offset of the start in the document.
    pub start: usize,
    /// Byte offset of the end in the document, exclusive.
    pub end: usize,
    /// Numbers of other paragraphs of the document that contain the same words, from 1.
    pub also: Vec<usize>,
    /// `document` if the quote was checked against the document, `lock` if against the lock file.
    pub checked: ProofSource,
    /// Link to the quoted words on the publisher's page, or to their page in its PDF, if the record has a `url`.
    pub original: Option<String>,
}

/// How the mark of an answer looks: what a reader should know about its voice at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceMark {
    /// The source credits someone by name.
    Credited,
    /// The source says it itself, or credits no one by name.
    Stated,
    /// The source hedges, or makes a forecast.
    Unsure,
}

impl VoiceMark {
    /// Returns the mark of an answer. `to` is whom the source credits.
    pub fn of(voice: Voice, to: Option<&str>) -> Self {
        match voice {
            Voice::Hedged | Voice::Forecast => Self::Unsure,
            Voice::Attributed if to.is_some() => Self::Credited,
            Voice::Attributed | Voice::Own => Self::Stated,
        }
    }
}

/// An answer of a source to a question.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// HTML id of the answer, unique among the answers to its question: `answer--gazette--lamp`.
    pub anchor: String,
    pub source: Arc<SourceRef>,
    pub question: Arc<QuestionRef>,
    /// The position that the answer takes.
    pub position: Arc<PositionRef>,
    /// Summary in the words of the site's author.
    pub summary: String,
    /// `own`, `attributed`, `hedged` or `forecast`.
    pub voice: Voice,
    /// `credited`, `stated` or `unsure`: the look of the answer's mark.
    pub mark: VoiceMark,
    /// The voice in the site's language: "in its own voice".
    pub voice_text: String,
    /// The person or organisation that the source attributes the answer to, if the record names one.
    pub to: Option<String>,
    /// Quotes from the source that support the answer.
    pub quotes: Vec<QuoteView>,
}

/// A position with the sources that take it and their answers.
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    /// The position's id, label, letter and tone (the fields of `PositionRef`).
    #[serde(flatten)]
    pub position: Arc<PositionRef>,
    /// The sources that take the position.
    // `values.rs` adds this and the other skipped fields.
    #[serde(skip)]
    pub sources: Vec<Arc<SourceRef>>,
    /// How many of these sources are independent: those that share an origin or a text count as one.
    pub independent: usize,
    /// The counts in the site's language: "2 sources, 1 origin".
    pub count_text: String,
    /// The answers of these sources. Empty on `comparison` if it is `brief`.
    pub answers: Vec<AnswerView>,
}

/// A cell of the matrix: one source × one question.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    pub source: Arc<SourceRef>,
    /// `says` (answers, or has passages found by rule), `silent` or `unexamined` (also if a rule found nothing).
    pub state: &'static str,
    /// `editor` if `state` is from the source's record, `automatic` if a rule searched the source, `none` if neither.
    pub basis: Option<Basis>,
    /// Number of passages found by rule; 0 if the source's record mentions this question.
    pub found: usize,
    /// Short excerpt of the best passage found by rule, around the first word that matches the question.
    pub excerpt: Option<String>,
    /// Other sources that answer the question with the same text.
    pub same_as: Vec<Arc<SourceRef>>,
    pub answers: Vec<CellAnswer>,
    /// For silent sources: why the source is silent, or what it says instead, if the record states this.
    pub reason: Option<String>,
}

/// An answer in a cell of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct CellAnswer {
    /// HTML id of the answer, as in `AnswerView`.
    pub anchor: String,
    pub position: Arc<PositionRef>,
    pub summary: String,
    pub voice: Voice,
    /// The voice in the site's language.
    pub voice_text: String,
    /// `credited`, `stated` or `unsure`: the look of the answer's mark.
    pub mark: VoiceMark,
    /// Whom the source credits, if the record says so.
    pub to: Option<String>,
    /// The words of the answer's first quote.
    pub quote: Option<String>,
    /// True if an earlier answer in this cell has the same position.
    pub repeats: bool,
}

/// A row of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// The question's id, title, short form and path (the fields of `QuestionRef`).
    #[serde(flatten)]
    pub question: Arc<QuestionRef>,
    /// `editor` if the site's author wrote the question, `automatic` for a topic found by rule.
    pub basis: Basis,
    /// The `terms` of the question or topic, which rules look for in documents; may be empty.
    pub terms: Vec<String>,
    /// Number of the row in the comparison, from 1.
    pub number: usize,
    /// `one-voice`, `single`, `differ` or `unanswered`.
    pub agreement: Agreement,
    /// True if the question's file says `weight = "minor"`.
    pub minor: bool,
    /// How the answers relate if they differ: `conflict`, `detail` or `several`; `none` if the question's file doesn't
    /// say.
    pub relation: Option<Relation>,
    /// The agreement in the site's language: "2 different answers".
    pub agreement_text: String,
    /// Full count in the site's language: "3 of 5 sources answer: 2 different answers".
    pub count_text: String,
    /// Number of sources that answer, including those with passages found by rule.
    pub answered: usize,
    /// "3 of 5 sources answer", or "3 of 5 sources have passages found automatically" if all were only searched by
    /// rule.
    pub answered_text: String,
    /// Number of sources examined, by the author of their record or by a rule.
    pub examined: usize,
    /// How many of the `answered` sources have no recorded answer, only passages found by rule.
    pub found_in: usize,
    /// How many of the `examined` sources were only searched by rule, because their records don't mention the question.
    pub searched: usize,
    /// "2 more have passages found automatically", if a rule found passages in some sources and the records of others
    /// mention the question.
    pub found_text: Option<String>,
    /// "22 of these 30 sources are independent", if a rule found passages and some answering sources are not
    /// independent.
    pub independent_text: Option<String>,
    /// Passages found by rule, by column. Empty on `comparison` if it is `brief`.
    pub found: Vec<FoundView>,
    /// Positions that at least one source takes.
    #[serde(skip)]
    pub positions: Vec<PositionView>,
    /// Positions that no source takes.
    pub unheld: Vec<Arc<PositionRef>>,
    /// One cell per source, by column. Empty on `comparison` if it is `brief`.
    pub cells: Vec<CellView>,
}

/// Some rows of the comparison that belong together.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// The group's id; `none` for the questions without a group.
    pub id: Option<GroupId>,
    /// The group's title from `site.toml`; `none` for the questions without a group.
    pub title: Option<String>,
    /// Indexes in `comparison.questions`, from 0.
    pub questions: Vec<usize>,
    /// How many of these questions are minor.
    pub minor: usize,
}

/// The whole comparison: the variable `comparison` of every page.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "templates ask for each by its name")]
pub struct ComparisonView {
    /// True if there are too many sources for a matrix. Then the questions here have no cells, answers and
    /// passages; these are on the questions' own pages.
    pub brief: bool,
    pub sources: Vec<SourceBrief>,
    #[serde(skip)]
    pub questions: Vec<QuestionView>,
    /// The groups of the questions, in the order of `site.toml`; last the questions without a group.
    pub groups: Vec<GroupView>,
    /// Origins shared by several sources, for brackets over their columns.
    pub joins: Vec<JoinView>,
    /// Graph of sources and their origins.
    pub lineage: LineageView,
    /// Length of the longest coverage diagram of a source, in squares.
    pub widest: usize,
    /// All pairs of sources with a side-by-side page.
    pub pairs: Vec<PairRef>,
    /// Number of questions with agreement `differ`.
    pub differ: usize,
    /// The rows of the home page, as indexes in `questions`: at most seven, conflicts first.
    pub highlights: Vec<usize>,
    /// True if the cells of the matrix have previews; false if there would be too many for one page.
    pub previews: bool,
    /// Number of questions with relation `conflict`.
    pub conflicts: usize,
    /// Number of questions with agreement `one-voice`.
    pub one_voice: usize,
    /// Number of questions with agreement `single`.
    pub single: usize,
    /// Number of questions with agreement `unanswered`.
    pub unanswered: usize,
    /// Number of cells with state `unexamined`.
    pub unexamined: usize,
    /// True if the questions are topics found by rule, because the site's author has written none.
    pub topics: bool,
    /// Number of questions that several sources answer with the same text.
    pub same_texts: usize,
    /// Number of cells that only a rule searched, with or without a result.
    pub searched: usize,
    /// Number of verified quotes in answers, pages, texts of questions and notes on sources.
    pub quotes: usize,
    /// True if at least one source has a date of publication. Columns are then ordered by date.
    pub dated: bool,
}
