//! The cell of one source and one question: the answers or the silence in the record, or else the passages that rules
//! found.

use std::mem;
use std::ops::Range;

use super::ColumnId;
use crate::find::{Found, FoundPassage};
use crate::ids::{FastMap, PositionId, QuestionId};
use crate::load::Basis;
use crate::verify::{Answer, Question, Source};

/// A reference to one answer of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerRef {
    pub column: ColumnId,
    /// The answer's index in [`Source::answers`].
    index: usize,
}

impl AnswerRef {
    /// Iterates over the answers of a source, each with a reference to it.
    pub fn all(column: ColumnId, source: &Source) -> impl Iterator<Item = (Self, &Answer)> {
        let answers = source.answers.iter().enumerate();
        answers.map(move |(index, answer)| (Self { column, index }, answer))
    }

    /// Picks this answer's value from a slice with one value for every answer of its source.
    pub fn of<T>(self, values: &[T]) -> &T {
        &values[self.index]
    }
}

/// Builds the cells of a source, one for each question.
pub(super) fn column_of(
    column: ColumnId,
    source: &Source,
    questions: &[Question],
    found: &Found,
) -> Vec<Cell> {
    let mut answers: FastMap<&QuestionId, Vec<AnswerRef>> = FastMap::default();
    for (at, answer) in AnswerRef::all(column, source) {
        answers.entry(&answer.question).or_default().push(at);
    }
    let cell = |question: &Question| {
        let answers = answers.get_mut(&question.id).map(mem::take).unwrap_or_default();
        Cell::new(source, answers, &question.id, found)
    };
    questions.iter().map(cell).collect()
}

/// What one source says about one question. An answer in the record that is unfinished or failed a check doesn't count.
#[derive(Debug)]
pub enum Cell {
    /// The record has at least one answer to the question.
    Says(Vec<AnswerRef>),
    /// The record doesn't mention the question, but rules found passages, best first. All of them may be published.
    Found(Vec<FoundPassage>),
    /// The record lists the question under `silent`, and gives no answer to it. The text is the reason, if the record
    /// gives one.
    Silent(Option<String>),
    /// The record doesn't mention the question. Rules searched the document and found no passage.
    NothingFound,
    /// The record doesn't mention the question, and no rule searched the document. A source without passages that may
    /// be published counts as not searched.
    Unexamined,
}

impl Cell {
    /// Returns `says`, `silent` or `unexamined`, as in `compare.json`. A cell in which rules found nothing is unexamined:
    /// they can miss an answer, so only an editor can call a source silent.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Says(_) | Self::Found(_) => "says",
            Self::Silent(_) => "silent",
            Self::NothingFound | Self::Unexamined => "unexamined",
        }
    }

    /// Returns whether the cell comes from the record or from a rule; `None` if it is unexamined.
    pub fn basis(&self) -> Option<Basis> {
        match self {
            Self::Says(_) | Self::Silent(_) => Some(Basis::Editor),
            Self::Found(_) | Self::NothingFound => Some(Basis::Automatic),
            Self::Unexamined => None,
        }
    }

    pub fn found(&self) -> &[FoundPassage] {
        match self {
            Self::Found(passages) => passages,
            _ => &[],
        }
    }

    pub fn answers(&self) -> &[AnswerRef] {
        match self {
            Self::Says(answers) => answers,
            _ => &[],
        }
    }

    /// Builds the cell from the record. Answers take precedence over `silent`. If the record has neither, or only
    /// answers that are unfinished or failed a check, builds the cell from the passages in `found`.
    fn new(source: &Source, answers: Vec<AnswerRef>, question: &QuestionId, found: &Found) -> Self {
        match source.silences.get(question) {
            _ if !answers.is_empty() => Self::Says(answers),
            Some(reason) => Self::Silent(reason.clone()),
            // A source without publishable passages counts as not searched, even if this machine has its document:
            // the site must be the same on a machine that doesn't.
            None => match found.cell(question, &source.id).filter(|_| !source.passages.is_empty()) {
                None => Self::Unexamined,
                Some([]) => Self::NothingFound,
                Some(passages) => Self::Found(passages.to_vec()),
            },
        }
    }

    /// Returns the byte ranges in the document of the cell's quotes and of its passages found by rule. With a position,
    /// returns only the quotes of answers with that position.
    pub(super) fn text_ranges<'s>(
        &'s self,
        source: &'s Source,
        position: Option<&'s PositionId>,
    ) -> impl Iterator<Item = Range<usize>> + 's {
        let answers = self.answers().iter().map(|answer| answer.of(&source.answers));
        let answers = answers.filter(move |answer| position.is_none_or(|id| *id == answer.position));
        let quotes = answers.flat_map(|answer| &answer.quotes).map(|quote| quote.place().range());
        let found = self.found().iter().filter(move |_| position.is_none());
        quotes.chain(found.map(|found| found.number.of(&source.passages).passage.range.clone()))
    }
}
