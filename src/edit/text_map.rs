//! Tables whose keys are ids and whose values are texts: `[silent]` of a record and `[positions]` of a question. They
//! may be sections, inline tables or dotted keys. `silent` may also be a list of ids.

use std::ops::Range;

use toml::{Table as Values, Value as TomlValue};

use super::EditFault;
use super::blocks::{block_end, block_start, remove_block};
use super::entries::{Table, Text};
use super::quoting::{toml_key, toml_string, toml_string_like};
use super::splices::{Splices, insert_lines, is_blank, line_above, lines_of, newline_at};
use super::syntax::{Kind, ListItem, TomlEntry, line_number};

/// A question that a record is silent on. In `[positions]`: the id of a position, and its label as the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub question: String,
    /// `None` if `silent` is a list of ids, which has no reasons.
    pub reason: Option<String>,
}

/// An id in a table of texts, and the bytes where it is written, with its quotation marks.
pub(super) struct WrittenId {
    pub(super) id: String,
    pub(super) range: Range<usize>,
    /// Whether it is a key, and not an item of a list.
    pub(super) is_key: bool,
}

/// A table whose keys are ids and whose values are texts, and the TOML text that contains it.
pub(super) struct TextMap<'t> {
    text: Text<'t>,
    name: &'static str,
    /// A new section is placed above the first section with this name.
    above: &'static str,
    form: Form<'t>,
}

#[derive(Clone, Copy)]
enum Form<'t> {
    Absent,
    /// The index of the section.
    Section(usize),
    Inline(&'t TomlEntry),
    /// `silent.cost = "…"` above the first header.
    Dotted,
    List(&'t TomlEntry),
    Wrong(&'t TomlEntry),
}

impl<'t> TextMap<'t> {
    pub(super) fn new(text: Text<'t>, name: &'static str, above: &'static str) -> Self {
        let top = text.syntax.top();
        let form = if let Some(entry) = top.entries.iter().find(|entry| entry.path[0].name == name) {
            match &entry.value.kind {
                _ if entry.path.len() == 2 => Form::Dotted,
                Kind::Table(_) if entry.path.len() == 1 => Form::Inline(entry),
                Kind::List(_) if entry.path.len() == 1 && entry.value.texts().is_some() => Form::List(entry),
                _ => Form::Wrong(entry),
            }
        } else {
            let section = text.syntax.sections.iter().position(|section| section.path() == [name]);
            section.map_or(Form::Absent, Form::Section)
        };
        Self { text, name, above, form }
    }

    /// The ids with their texts. Values of other types are left out.
    pub(super) fn entries(&self) -> Vec<Silence> {
        if let Form::List(entry) = self.form {
            let ids = entry.value.texts().unwrap_or_default();
            return ids.into_iter().map(|question| Silence { question, reason: None }).collect();
        }
        let text = |(id, entry): (&str, &TomlEntry)| {
            Some(Silence { question: id.to_owned(), reason: Some(entry.value.text()?.to_owned()) })
        };
        self.keys().into_iter().filter_map(text).collect()
    }

    /// Returns the table that has the ids, and which part of their keys is the id: 0, or 1 for dotted keys. `None` if
    /// there is no such table.
    fn table(&self) -> Option<(Table<'t>, usize)> {
        match self.form {
            Form::Section(index) => Some((Table::Lines(&self.text.syntax.sections[index]), 0)),
            Form::Inline(entry) => Some((Table::Inline(&entry.value), 0)),
            Form::Dotted => Some((Table::Lines(self.text.syntax.top()), 1)),
            Form::Absent | Form::List(_) | Form::Wrong(_) => None,
        }
    }

    fn keys(&self) -> Vec<(&'t str, &'t TomlEntry)> {
        let Some((table, depth)) = self.table() else { return Vec::new() };
        let of_map = |entry: &&'t TomlEntry| {
            entry.path.len() == depth + 1 && (depth == 0 || entry.path[0].name == self.name)
        };
        table.entries().iter().filter(of_map).map(|entry| (entry.path[depth].name.as_str(), entry)).collect()
    }

    fn get(&self, id: &str) -> Option<&'t TomlEntry> {
        self.keys().into_iter().find(|(key, _)| *key == id).map(|(_, entry)| entry)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.entries().iter().any(|entry| entry.question == id)
    }

    /// Where the ids are written.
    pub(super) fn id_ranges(&self) -> Vec<WrittenId> {
        if let Form::List(entry) = self.form {
            let items = entry.value.items().unwrap_or_default().iter();
            let id = |item: &'t ListItem| Some((item.value.text()?.to_owned(), item.value.span.clone()));
            return items.filter_map(id).map(|(id, range)| WrittenId { id, range, is_key: false }).collect();
        }
        let key = |(id, entry): (&str, &TomlEntry)| {
            let range = entry.path.last().map_or(0..0, |key| key.span.clone());
            WrittenId { id: id.to_owned(), range, is_key: true }
        };
        self.keys().into_iter().map(key).collect()
    }

    /// Sets the value of an id in the table, and adds the id if it is new. An error if the ids are written as a list,
    /// which has no values (`silent = ["cost"]`), or if a value has the wrong type.
    pub(super) fn set(&self, id: &str, text: &str) -> Result<Splices, EditFault> {
        let mut splices = Splices::default();
        match self.form {
            Form::Wrong(entry) | Form::List(entry) => return Err(self.wrong_type(entry)),
            Form::Absent => self.insert_section(&[(id.to_owned(), text.to_owned())], &mut splices),
            _ => match self.get(id) {
                Some(entry) if entry.value.text().is_none() => return Err(self.wrong_type(entry)),
                Some(entry) => {
                    let old = &self.text.text[entry.value.span.clone()];
                    let newline = newline_at(self.text.text, entry.value.span.start);
                    splices.replace(entry.value.span.clone(), toml_string_like(text, old, newline));
                }
                None => self.insert_key(id, text, &mut splices),
            },
        }
        Ok(splices)
    }

    /// Writes that a record is silent on a question. The first reason turns a list of ids into a section; an error if
    /// that would lose comments. Where ids have reasons, a missing reason is written as an empty text.
    pub(super) fn set_silent(&self, id: &str, reason: Option<&str>) -> Result<Splices, EditFault> {
        let mut splices = Splices::default();
        match (self.form, reason) {
            (Form::List(_), None) if self.has(id) => {}
            (Form::List(list), None) => {
                let end = list.value.items().unwrap_or_default().len().checked_sub(1);
                self.text.insert_item(&list.value, end, &toml_string(id), &mut splices);
            }
            (Form::Absent, None) => {
                let top = self.text.syntax.top();
                let value = format!("[{}]", toml_string(id));
                self.text.insert_entry(
                    Table::Lines(top),
                    top.entries.last(),
                    (self.name, &value),
                    &mut splices,
                );
            }
            (Form::List(list), Some(reason)) => {
                if self.text.syntax.has_comment_in(&list.value.span) {
                    return Err(EditFault::Comments { key: self.name.to_owned(), line: self.line(list) });
                }
                splices.remove(lines_of(self.text.text, &list.span()));
                self.insert_section(&with_reason(self.entries(), id, reason), &mut splices);
            }
            (_, reason) => return self.set(id, reason.unwrap_or_default()),
        }
        Ok(splices)
    }

    /// Removes an id; with the last one, also the section, inline table or list, unless it has comments.
    pub(super) fn remove(&self, id: &str) -> Result<Splices, EditFault> {
        let mut splices = Splices::default();
        let is_last = self.entries().len() == 1 && self.has(id);
        match self.form {
            Form::Wrong(entry) => return Err(self.wrong_type(entry)),
            Form::List(entry) | Form::Inline(entry)
                if is_last && !self.text.syntax.has_comment_in(&entry.value.span) =>
            {
                splices.remove(lines_of(self.text.text, &entry.span()));
            }
            Form::List(list) => {
                let items = list.value.items().unwrap_or_default();
                let index = items.iter().position(|item| item.value.text() == Some(id));
                self.text.remove_item(&list.value, index.ok_or_else(|| no_such_key(id))?, &mut splices);
            }
            Form::Section(index) if is_last && self.is_without_comments(index) => {
                let (text, syntax) = (self.text.text, self.text.syntax);
                let span = block_start(text, syntax, index)..block_end(text, syntax, index);
                remove_block(text, &span, &mut splices);
            }
            Form::Absent | Form::Section(_) | Form::Inline(_) | Form::Dotted => {
                let entry = self.get(id).ok_or_else(|| no_such_key(id))?;
                let (table, _) = self.table().ok_or_else(|| no_such_key(id))?;
                self.text.remove_entry(table, entry, &mut splices);
            }
        }
        Ok(splices)
    }

    /// Makes the change of [`Self::set`] or [`Self::set_silent`] to the values of the text.
    pub(super) fn mean_set(&self, values: &mut Values, id: &str, reason: Option<&str>) {
        let old = self.entries();
        let is_list = matches!(self.form, Form::List(_) | Form::Absent) && reason.is_none();
        let value = if is_list {
            let ids = old.into_iter().map(|silence| silence.question);
            let mut ids: Vec<String> = ids.collect();
            if !ids.iter().any(|other| other == id) {
                ids.push(id.to_owned());
            }
            ids.into()
        } else {
            let texts = with_reason(old, id, reason.unwrap_or_default());
            TomlValue::Table(texts.into_iter().map(|(id, text)| (id, text.into())).collect())
        };
        values.insert(self.name.to_owned(), value);
    }

    /// Makes the change of [`Self::remove`] to the values of the text. An empty table or list may remain.
    pub(super) fn mean_removed(&self, values: &mut Values, id: &str) {
        match values.get_mut(self.name) {
            Some(TomlValue::Array(list)) => {
                if let Some(index) = list.iter().position(|item| item.as_str() == Some(id)) {
                    list.remove(index);
                }
            }
            Some(TomlValue::Table(table)) => drop(table.remove(id)),
            _ => {}
        }
    }

    fn insert_key(&self, id: &str, text: &str, splices: &mut Splices) {
        let Some((table, depth)) = self.table() else { return };
        let key = if depth == 0 { toml_key(id) } else { format!("{}.{}", self.name, toml_key(id)) };
        let last = match self.form {
            Form::Dotted => self.keys().last().map(|(_, entry)| *entry),
            _ => table.entries().last(),
        };
        self.text.insert_entry(table, last, (&key, &toml_string(text)), splices);
    }

    /// Inserts the section above the first section named `self.above`, or at the end.
    fn insert_section(&self, texts: &[(String, String)], splices: &mut Splices) {
        let Text { text, syntax } = self.text;
        let next = syntax.sections.iter().position(|section| section.path() == [self.above]);
        let at = next.map_or(text.len(), |index| block_start(text, syntax, index));
        let newline = newline_at(text, at);
        let lines =
            texts.iter().map(|(id, text)| format!("{} = {}{newline}", toml_key(id), toml_string(text)));
        let section = format!("[{}]{newline}{}", self.name, lines.collect::<String>());
        let gap = |is_needed: bool| if is_needed { newline } else { "" };
        let has_text_above = line_above(text, at).is_some_and(|above| !is_blank(text, above));
        insert_lines(text, at, &format!("{}{section}{}", gap(has_text_above), gap(next.is_some())), splices);
    }

    fn is_without_comments(&self, section: usize) -> bool {
        let (text, syntax) = (self.text.text, self.text.syntax);
        let header = syntax.sections[section].header.as_ref().map_or(0, |header| header.span.start);
        !syntax.has_comment_in(&(header..block_end(text, syntax, section)))
    }

    fn wrong_type(&self, entry: &TomlEntry) -> EditFault {
        EditFault::WrongType { key: self.name.to_owned(), line: self.line(entry) }
    }

    fn line(&self, entry: &TomlEntry) -> usize {
        line_number(self.text.text, entry.span().start)
    }
}

fn no_such_key(id: &str) -> EditFault {
    EditFault::NoSuchKey(id.to_owned())
}

/// The ids with their texts, with `reason` as the text of `id`. Adds `id` if it is new.
fn with_reason(old: Vec<Silence>, id: &str, reason: &str) -> Vec<(String, String)> {
    let texts = old.into_iter().map(|silence| (silence.question, silence.reason.unwrap_or_default()));
    let mut texts: Vec<(String, String)> = texts.collect();
    match texts.iter_mut().find(|(other, _)| other == id) {
        Some((_, text)) => reason.clone_into(text),
        None => texts.push((id.to_owned(), reason.to_owned())),
    }
    texts
}
