//! One source and one question: what the author noted, or else what a rule found.

use std::ops::Range;

use super::ColumnId;
use crate::find::{Found, FoundPassage};
use crate::ids::{FastMap, PositionId, QuestionId};
use crate::load::Basis;
use crate::verify::{Answer, Source};

/// One answer of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerRef {
    /// The source's column.
    pub column: ColumnId,
    /// Its place among the answers of the source.
    index: usize,
}

impl AnswerRef {
    /// All answers of the source of a column.
    pub fn all(column: ColumnId, source: &Source) -> impl Iterator<Item = (Self, &Answer)> {
        let answers = source.answers.iter().enumerate();
        answers.map(move |(index, answer)| (Self { column, index }, answer))
    }

    /// The value for this answer, of a list that has one for every answer of its source.
    pub fn of<T>(self, values: &[T]) -> &T {
        &values[self.index]
    }
}

/// The answers of a source by question.
pub(super) type ByQuestion<'s> = FastMap<&'s QuestionId, Vec<AnswerRef>>;

/// Sorts the answers of a source by question.
pub(super) fn by_question(column: ColumnId, source: &Source) -> ByQuestion<'_> {
    let mut answers = ByQuestion::default();
    for (at, answer) in AnswerRef::all(column, source) {
        answers.entry(&answer.question).or_default().push(at);
    }
    answers
}

/// What one source says to one question.
#[derive(Debug)]
pub enum Cell {
    /// It answers.
    Says(Vec<AnswerRef>),
    /// Nobody has read it for this; a rule found passages, best first. They are among those that may be shown.
    Found(Vec<FoundPassage>),
    /// It was read, and nothing is there. With the reason, if the author gave one.
    Silent(Option<String>),
    /// Nobody has read it for this, and a rule found nothing.
    NothingFound,
    /// Nobody looked.
    Unexamined,
}

impl Cell {
    /// `says`, `silent` or `unexamined`: as it is written in `compare.json`.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Says(_) | Self::Found(_) => "says",
            Self::Silent(_) | Self::NothingFound => "silent",
            Self::Unexamined => "unexamined",
        }
    }

    /// Who says so, if anybody looked.
    pub fn basis(&self) -> Option<Basis> {
        match self {
            Self::Says(_) | Self::Silent(_) => Some(Basis::Editor),
            Self::Found(_) | Self::NothingFound => Some(Basis::Automatic),
            Self::Unexamined => None,
        }
    }

    /// The passages that a rule found.
    pub fn found(&self) -> &[FoundPassage] {
        match self {
            Self::Found(passages) => passages,
            _ => &[],
        }
    }

    /// The answers that the author noted.
    pub fn answers(&self) -> &[AnswerRef] {
        match self {
            Self::Says(answers) => answers,
            _ => &[],
        }
    }

    /// What the author noted; if nothing, what a rule found.
    pub(super) fn of(
        source: &Source,
        answers: &ByQuestion<'_>,
        question: &QuestionId,
        found: &Found,
    ) -> Self {
        let answers = answers.get(question).cloned().unwrap_or_default();
        match source.silences.get(question) {
            _ if !answers.is_empty() => Self::Says(answers),
            Some(reason) => Self::Silent(reason.clone()),
            // What was found and may not be shown is as if nobody had looked.
            None => match found.cell(question, &source.id).filter(|_| !source.passages.is_empty()) {
                None => Self::Unexamined,
                Some([]) => Self::NothingFound,
                Some(passages) => Self::Found(passages.to_vec()),
            },
        }
    }

    /// Where in the document the words stand that it shows: all of it, or what it shows for one position.
    pub(super) fn places<'s>(
        &'s self,
        source: &'s Source,
        position: Option<&'s PositionId>,
    ) -> impl Iterator<Item = Range<usize>> + 's {
        let answers = self.answers().iter().map(|answer| answer.of(&source.answers));
        let answers = answers.filter(move |answer| position.is_none_or(|id| *id == answer.position));
        let quotes =
            answers.flat_map(|answer| &answer.quotes).map(|quote| quote.place().start..quote.place().end);
        let found = self.found().iter().filter(move |_| position.is_none());
        quotes.chain(found.map(|found| found.number.of(&source.passages).passage.range.clone()))
    }
}
