//! What templates see. This is the contract with theme authors; the README tells of it under "Templates".
//!
//! Every struct here becomes a map in a template. `path`s are relative to the site's root: a template writes
//! `{{ root }}{{ source.path }}`, where `root` leads from the page at hand to that root. Keys that have nothing are
//! `none`, never absent, so that `{% if source.publisher %}` always works.

mod cite;
mod page;
mod pictures;
mod site;

pub use cite::CiteView;
pub use page::{CitePlace, ContentsView, MentionView, PassageView, ReferenceView, UseView};
pub use pictures::{
    CoverageBar, JoinView, LineageLink, LineageView, PairRef, PairRow, PairSection, PairView,
};
pub use site::{DateView, LinkView, SiteView};

use serde::Serialize;

use crate::compare::Agreement;
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::Voice;
use crate::verify::Checked;

/// A source, named in passing.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRef {
    /// Its id.
    pub id: SourceId,
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
    pub checked: Checked,
    /// The words at their publisher's, if the record has a `url`.
    pub original: Option<String>,
}

/// One thing that a source says to a question.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// An id that no other answer to the question has: `gazette--1`.
    pub anchor: String,
    /// Who says it.
    pub source: SourceRef,
    /// To what.
    pub question: QuestionRef,
    /// Which of the answers that exist.
    pub position: PositionRef,
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
    pub position: PositionRef,
    /// Who gives it.
    pub sources: Vec<SourceRef>,
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
    pub source: SourceRef,
    /// `says`, `silent` or `unexamined`.
    pub state: &'static str,
    /// What it says, if it does.
    pub answers: Vec<CellAnswer>,
    /// Why it is silent, or what it says nearby, if the author wrote that down.
    pub reason: Option<String>,
}

/// An answer, as far as the matrix shows it.
#[derive(Clone, Debug, Serialize)]
pub struct CellAnswer {
    /// Which position.
    pub position: PositionRef,
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
    pub question: QuestionRef,
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
    /// "3 of 5 sources answer"
    pub answered_text: String,
    /// How many were read for it.
    pub examined: usize,
    /// The positions that somebody holds.
    pub positions: Vec<PositionView>,
    /// The positions that nobody holds.
    pub unheld: Vec<PositionRef>,
    /// A cell for every source.
    pub cells: Vec<CellView>,
}

/// The whole comparison, on every page as `comparison`.
#[derive(Debug, Serialize)]
pub struct ComparisonView {
    /// The sources, by column.
    pub sources: Vec<SourceView>,
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
    /// How many quotes were proved, in answers and on pages.
    pub quotes: usize,
    /// True if some sources have a date and the order of the columns follows it.
    pub dated: bool,
}

/// What a source rests on.
#[derive(Clone, Debug, Serialize)]
pub struct OriginView {
    /// Its name.
    pub name: String,
    /// Where it is found: in the site if `inside`, else on the web.
    pub address: Option<String>,
    /// True if it is a source of this site.
    pub inside: bool,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// A source, in full.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// Its id, title, short name, publisher, date and page.
    #[serde(flatten)]
    pub source: SourceRef,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<DateView>,
    /// What sort of thing it is.
    pub kind: Option<String>,
    /// The language it is written in.
    pub language: Option<String>,
    /// The author's notes, as HTML.
    pub notes: Option<String>,
    /// What it rests on.
    pub rests_on: Vec<OriginView>,
    /// The sources that share an origin with it.
    pub joined_with: Vec<SourceRef>,
    /// `editor` if there is a record of it, else `automatic`.
    pub basis: &'static str,
    /// SHA-256 of its document.
    pub sha256: Option<String>,
    /// How many words its document has.
    pub words: Option<usize>,
    /// How many questions it answers.
    pub answered: usize,
    /// How many of its quotes were proved.
    pub quotes: usize,
    /// How much of what it says is in each voice.
    pub voices: Vec<VoiceCount>,
    /// The same and its silences, end to end, to be drawn.
    pub coverage: Vec<CoverageBar>,
    /// What it says, by question.
    pub answers: Vec<AnswerView>,
    /// What it says nothing to, by question.
    pub silences: Vec<SilenceView>,
    /// What nobody read it for.
    pub unexamined: Vec<QuestionRef>,
    /// The pages that cite it.
    pub used_on: Vec<UseView>,
    /// The paragraphs of its document, if all of it may be shown.
    pub full_text: Vec<String>,
}

/// How often a source speaks in one voice.
#[derive(Clone, Debug, Serialize)]
pub struct VoiceCount {
    /// The voice.
    pub voice: Voice,
    /// In words.
    pub text: String,
    /// How many answers.
    pub count: usize,
}

/// A question that a source is silent on.
#[derive(Clone, Debug, Serialize)]
pub struct SilenceView {
    /// Which.
    pub question: QuestionRef,
    /// Why, or what the source says nearby, if the author wrote that down.
    pub reason: Option<String>,
}
