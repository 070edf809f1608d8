//! Edits of a record, `seeds/<id>.toml`: its answers, and the questions that it is silent on.
//!
//! Every edit changes byte ranges of the text. Its result is read again, and must mean what the edit says and nothing
//! else; otherwise the edit is refused.

use std::ops::Range;

use toml::{Table as Values, Value as TomlValue};

use super::answer::{AnswerText, QUOTES, QuotesStyle, SectionStyle};
use super::blocks::{TableBlock, blocks_of, insert_block, remove_block};
use super::entries::{Table, Text};
use super::splices::{Splices, newline_at};
use super::syntax::{Syntax, TomlEntry, Value, line_number};
use super::text_map::{Silence, TextMap};
use super::{EditFault, meaning};

const ANSWER: &str = "answer";
const SILENT: &str = "silent";

/// A record, and where its parts are.
#[derive(Debug)]
pub struct RecordText {
    text: String,
    syntax: Syntax,
    answers: Vec<AnswerText>,
    /// For each answer, why it can't be changed: a key whose value has the wrong type. `None` if there is no such key.
    wrong: Vec<Option<EditFault>>,
    place: AnswerPlace,
}

/// How a record writes its answers.
#[derive(Debug)]
enum AnswerPlace {
    /// As sections `[[answer]]`, or not at all.
    Blocks(Vec<TableBlock>),
    /// As `answer = [{…}]`: the index of that entry among the keys above the first header.
    List(usize),
    /// `answer` is something else, in this line. Then the record counts as one without answers.
    Wrong { line: usize },
}

impl RecordText {
    /// Parses a record.
    ///
    /// # Errors
    /// If it is not valid TOML.
    pub fn parse(text: &str) -> Result<Self, super::SyntaxFault> {
        let syntax = Syntax::parse(text)?;
        let place = AnswerPlace::of(text, &syntax);
        let mut record =
            Self { text: text.to_owned(), syntax, answers: Vec::new(), wrong: Vec::new(), place };
        for index in 0..record.place.len(&record.syntax) {
            let read = record.table(index).map_or_else(|| Ok(AnswerText::default()), AnswerText::read);
            let wrong = |entry: &TomlEntry| EditFault::WrongType {
                key: entry.path[0].name.clone(),
                line: line_number(text, entry.span().start),
            };
            let wrong = read.as_ref().err().copied().map(wrong);
            let read = read.unwrap_or_default();
            record.wrong.push(wrong);
            record.answers.push(read);
        }
        Ok(record)
    }

    /// Returns why an answer can't be changed; `None` if it can.
    pub(super) fn fault_of(&self, index: usize) -> Option<&EditFault> {
        self.wrong.get(index)?.as_ref()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn answers(&self) -> &[AnswerText] {
        &self.answers
    }

    /// Returns the ids of all answers. Of equal answers, the second has `-2` at its end, and so on.
    pub fn answer_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for (index, answer) in self.answers.iter().enumerate() {
            let number = self.answers[..index].iter().filter(|other| *other == answer).count() + 1;
            let id = answer.id();
            ids.push(if number == 1 { id } else { format!("{id}-{number}") });
        }
        ids
    }

    /// Returns the index of the answer with an id.
    pub fn find_answer(&self, id: &str) -> Option<usize> {
        self.answer_ids().iter().position(|other| other == id)
    }

    /// Returns the bytes of an answer: from the comments directly above its header to the end of its last line, or
    /// those of its inline table. Empty if there is no such answer.
    pub fn answer_span(&self, index: usize) -> Range<usize> {
        match &self.place {
            AnswerPlace::Blocks(blocks) => blocks.get(index).map_or(0..0, |block| block.span.clone()),
            _ => self.item(index).map_or(0..0, |item| item.span.clone()),
        }
    }

    /// The questions that the record is silent on, each with its reason.
    pub fn silences(&self) -> Vec<Silence> {
        self.silent().entries()
    }

    /// Adds an answer: after the last one to the same question, or else at the end.
    ///
    /// # Errors
    /// If `answer` is neither a list nor sections, or if the result would mean something else than the edit says. The
    /// other edits have the same errors.
    pub fn add_answer(&self, answer: &AnswerText) -> Result<String, EditFault> {
        let same = |other: &AnswerText| other.question.trim() == answer.question.trim();
        let after = self.answers.iter().rposition(same);
        let mut splices = Splices::default();
        match &self.place {
            AnswerPlace::Wrong { line } => {
                return Err(EditFault::WrongType { key: ANSWER.to_owned(), line: *line });
            }
            AnswerPlace::List(entry) => {
                let list = &self.syntax.top().entries[*entry].value;
                let entries = answer.to_entries(&QuotesStyle::on_one_line(), "");
                let entries: Vec<String> =
                    entries.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
                let after = after.or(self.answers.len().checked_sub(1));
                self.parts().insert_item(list, after, &format!("{{ {} }}", entries.join(", ")), &mut splices);
            }
            AnswerPlace::Blocks(blocks) => {
                let neighbour = after.or(blocks.len().checked_sub(1)).map(|index| &blocks[index]);
                let newline = newline_at(&self.text, self.text.len());
                let section = neighbour.map(|block| &self.syntax.sections[block.first]);
                let style = SectionStyle::of(self.parts(), section);
                let written = style.write(answer, &self.quotes_style(newline), newline);
                let after = after.map(|index| &blocks[index]);
                insert_block(&self.text, after, neighbour, &written, &mut splices);
            }
        }
        let at = after.map_or(self.answers.len(), |index| index + 1);
        self.checked(splices, |meant| list_of_answers(meant).insert(at, answer.to_table().into()))
    }

    /// Appends answers that are written as TOML, each below a header `[[answer]]`, and may have comments.
    ///
    /// # Errors
    /// See [`Self::add_answer`].
    pub fn append(&self, answers: &str) -> Result<String, EditFault> {
        let newline = newline_at(&self.text, self.text.len());
        let answers = if newline == "\n" { answers.to_owned() } else { answers.replace('\n', newline) };
        let mut splices = Splices::default();
        insert_block(&self.text, None, None, &format!("{}{newline}", answers.trim_end()), &mut splices);
        let added: Values = answers.parse().map_err(|_| EditFault::Unfit)?;
        let added = added.get(ANSWER).and_then(TomlValue::as_array).cloned().unwrap_or_default();
        self.checked(splices, |meant| list_of_answers(meant).extend(added))
    }

    /// Removes an answer, the comments directly above it, and one blank line. From a list of inline tables, removes the
    /// item; if it is the only one and the list has no comments, the whole key.
    ///
    /// # Errors
    /// See [`Self::add_answer`].
    pub fn remove_answer(&self, index: usize) -> Result<String, EditFault> {
        if index >= self.answers.len() {
            return Err(EditFault::NoSuchAnswer);
        }
        let mut splices = Splices::default();
        match &self.place {
            AnswerPlace::Blocks(blocks) => remove_block(&self.text, &blocks[index].span, &mut splices),
            AnswerPlace::List(entry) => {
                let list = &self.syntax.top().entries[*entry];
                if self.answers.len() == 1 && !self.syntax.has_comment_in(&list.value.span) {
                    self.parts().remove_entry(Table::Lines(self.syntax.top()), list, &mut splices);
                } else {
                    self.parts().remove_item(&list.value, index, &mut splices);
                }
            }
            AnswerPlace::Wrong { .. } => {}
        }
        self.checked(splices, |meant| drop(list_of_answers(meant).remove(index)))
    }

    /// Writes that the record is silent on a question, or changes the reason for that.
    ///
    /// # Errors
    /// See [`Self::add_answer`].
    pub fn set_silent(&self, question: &str, reason: Option<&str>) -> Result<String, EditFault> {
        let silent = self.silent();
        let splices = silent.set_silent(question, reason)?;
        self.checked(splices, |meant| silent.mean_set(meant, question, reason))
    }

    /// Removes a question from those that the record is silent on.
    ///
    /// # Errors
    /// See [`Self::add_answer`].
    pub fn clear_silent(&self, question: &str) -> Result<String, EditFault> {
        let silent = self.silent();
        let splices = silent.remove(question)?;
        self.checked(splices, |meant| silent.mean_removed(meant, question))
    }

    pub(super) fn silent(&self) -> TextMap<'_> {
        TextMap::new(self.parts(), SILENT, ANSWER)
    }

    pub(super) fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    pub(super) fn parts(&self) -> Text<'_> {
        Text { text: &self.text, syntax: &self.syntax }
    }

    fn item(&self, index: usize) -> Option<&Value> {
        let AnswerPlace::List(entry) = self.place else { return None };
        Some(&self.syntax.top().entries[entry].value.items()?.get(index)?.value)
    }

    /// Returns the table of an answer; `None` if there is no such answer, or it is not a table.
    pub(super) fn table(&self, index: usize) -> Option<Table<'_>> {
        match &self.place {
            AnswerPlace::Blocks(blocks) => {
                Some(Table::Lines(&self.syntax.sections[blocks.get(index)?.first]))
            }
            _ => Some(self.item(index)?).filter(|item| item.entries().is_some()).map(Table::Inline),
        }
    }

    pub(super) fn quotes_style(&self, newline: &'static str) -> QuotesStyle {
        let tables = (0..self.answers.len()).filter_map(|index| self.table(index)?.get(QUOTES));
        QuotesStyle::of(self.parts(), tables.map(|entry| &entry.value), newline)
    }

    /// Returns the text after an edit, if its values are the old ones after `change`.
    fn checked(&self, splices: Splices, change: impl FnOnce(&mut Values)) -> Result<String, EditFault> {
        let text = splices.apply(&self.text).ok_or(EditFault::Unfit)?;
        meaning::check(&self.text, &text, change)?;
        Ok(text)
    }
}

impl AnswerPlace {
    fn of(text: &str, syntax: &Syntax) -> Self {
        let top = syntax.top().entries.iter();
        let named = |entry: &&TomlEntry| entry.path.first().is_some_and(|key| key.name == ANSWER);
        if let Some((index, entry)) = top.enumerate().find(|(_, entry)| named(entry)) {
            return match entry.value.items() {
                Some(_) if entry.path.len() == 1 => Self::List(index),
                _ => Self::Wrong { line: line_number(text, entry.span().start) },
            };
        }
        let blocks = blocks_of(text, syntax, ANSWER);
        let is_wrong = |block: &&TableBlock| !syntax.sections[block.first].header_is_list(text);
        match blocks.iter().find(is_wrong) {
            Some(wrong) => {
                // The block may begin with comments, so its header says where it is.
                let header = syntax.sections[wrong.first].header.as_ref();
                let at = header.map_or(wrong.span.start, |header| header.span.start);
                Self::Wrong { line: line_number(text, at) }
            }
            None => Self::Blocks(blocks),
        }
    }

    fn len(&self, syntax: &Syntax) -> usize {
        match self {
            Self::Blocks(blocks) => blocks.len(),
            Self::List(entry) => syntax.top().entries[*entry].value.items().map_or(0, <[_]>::len),
            Self::Wrong { .. } => 0,
        }
    }
}

/// Returns the answers among a record's values, and adds an empty list if there are none. [`meaning::check`] ignores
/// empty lists.
pub(super) fn list_of_answers(record: &mut Values) -> &mut Vec<TomlValue> {
    let list = record.entry(ANSWER).or_insert_with(|| TomlValue::Array(Vec::new()));
    list.as_array_mut().expect("`answer` is a list: otherwise there is no edit")
}
