//! The cell of one source and one question: the author's answers, or else the passages that rules found.

use std::ops::Range;

use super::ColumnId;
use crate::find::{Found, FoundPassage};
use crate::ids::{Lookup, PositionId, QuestionId};
use crate::load::Basis;
use crate::verify::{Answer, Source};

/// A reference to one answer of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerRef {
    pub column: ColumnId,
    /// Its index among the answers of the source.
    index: usize,
}

impl AnswerRef {
    /// Returns all answers of a source, with references to them.
    pub fn all(column: ColumnId, source: &Source) -> impl Iterator<Item = (Self, &Answer)> {
        let answers = source.answers.iter().enumerate();
        answers.map(move |(index, answer)| (Self { column, index }, answer))
    }

    /// Picks the value of this answer from a slice that has one for every answer of its source.
    pub fn of<T>(self, values: &[T]) -> &T {
        &values[self.index]
    }
}

pub(super) type ByQuestion<'s> = Lookup<&'s QuestionId, Vec<AnswerRef>>;

/// Groups the answers of a source by question.
pub(super) fn by_question(column: ColumnId, source: &Source) -> ByQuestion<'_> {
    let mut answers = ByQuestion::default();
    for (at, answer) in AnswerRef::all(column, source) {
        answers.entry(&answer.question).or_default().push(at);
    }
    answers
}

/// What one source says about one question.
#[derive(Debug)]
pub enum Cell {
    /// The author noted answers.
    Says(Vec<AnswerRef>),
    /// The author noted nothing, but rules found passages, best first. All of them may be published.
    Found(Vec<FoundPassage>),
    /// The author read the source and it has no answer. Holds the reason, if the author gave one.
    Silent(Option<String>),
    /// The author noted nothing, and rules found nothing.
    NothingFound,
    /// Neither the author nor a rule looked.
    Unexamined,
}

impl Cell {
    /// Returns `says`, `silent` or `unexamined`, as in `compare.json`.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Says(_) | Self::Found(_) => "says",
            Self::Silent(_) | Self::NothingFound => "silent",
            Self::Unexamined => "unexamined",
        }
    }

    /// Returns whether the author or a rule looked, if either did.
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

    /// Builds the cell from the author's answers; without any, from what rules found.
    pub(super) fn new(
        source: &Source,
        answers: &ByQuestion<'_>,
        question: &QuestionId,
        found: &Found,
    ) -> Self {
        let answers = answers.get(question).cloned().unwrap_or_default();
        match source.silences.get(question) {
            _ if !answers.is_empty() => Self::Says(answers),
            Some(reason) => Self::Silent(reason.clone()),
            // A source whose passages may not be published counts as not searched.
            None => match found.cell(question, &source.id).filter(|_| !source.passages.is_empty()) {
                None => Self::Unexamined,
                Some([]) => Self::NothingFound,
                Some(passages) => Self::Found(passages.to_vec()),
            },
        }
    }

    /// Returns the byte ranges of the quotes and passages that the cell shows: all, or only those for one position.
    pub(super) fn shown_ranges<'s>(
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
