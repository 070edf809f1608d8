//! The places in a record where an id is written: `rests_on`, `document`, answers, `silent` and notes.

use toml::{Table as Values, Value as TomlValue};

use super::markdown::{self, Location};
use super::site::{SiteTexts, TextFile, file_name};
use super::{FileMove, Rename, Renamed, SyntaxFault};
use crate::edit::quoting::{toml_key_like, toml_string_like};
use crate::edit::record::RecordText;
use crate::edit::splices::{Splices, newline_at};
use crate::edit::syntax::{Value, line_number};

/// Why the places can't be found or replaced.
pub(super) enum Fault {
    Syntax(SyntaxFault),
    /// The line, from 1, of a place that can't be replaced.
    ByHand(usize),
}

/// Returns the replacements in a record, and the values that it must have after them.
pub(super) fn splices(
    rename: &Rename,
    file: &TextFile,
    site: &SiteTexts,
    moves: &[FileMove],
) -> Result<(Splices, Values), Fault> {
    let record = RecordText::parse(&file.text).map_err(Fault::Syntax)?;
    let mut places = Places { rename, text: &file.text, splices: Splices::default() };
    let top = record.syntax().top();
    let notes = top.entries.iter().find(|entry| entry.is(&["notes"])).map(|entry| &entry.value);
    match &rename.what {
        Renamed::Source => {
            let named = |key: &'static str| top.entries.iter().filter(move |entry| entry.is(&[key]));
            let items = named("rests_on").flat_map(|entry| entry.value.items().unwrap_or_default());
            items.for_each(|item| places.replace_if(&item.value, |id| id == rename.old));
            for entry in named("document") {
                let Some(name) = entry.value.text().and_then(|name| new_name(name, moves)) else { continue };
                places.replace(&entry.value, &name);
            }
        }
        Renamed::Question => {
            places.answers(&record, "question", |_| true);
            for key in record.silent().id_ranges().into_iter().filter(|key| key.id == rename.old) {
                let old = &file.text[key.range.clone()];
                let new = if key.is_key {
                    toml_key_like(&rename.new, old)
                } else {
                    toml_string_like(&rename.new, old, "\n")
                };
                places.splices.replace(key.range, new);
            }
        }
        Renamed::Position { question } => {
            places.answers(&record, "position", |index| record.answers()[index].question.trim() == question);
        }
    }
    let new_notes = match notes.filter(|notes| notes.text().is_some()) {
        Some(notes) => places.notes(notes, &Location::of_notes(file.stem()), site)?,
        None => None,
    };
    let mut values = file.text.parse().map_err(|_| Fault::ByHand(1))?;
    mean(rename, moves, &mut values);
    if let Some(notes) = new_notes {
        values.insert("notes".to_owned(), notes.into());
    }
    Ok((places.splices, values))
}

struct Places<'p> {
    rename: &'p Rename,
    text: &'p str,
    splices: Splices,
}

impl Places<'_> {
    fn replace_if(&mut self, value: &Value, is_it: impl Fn(&str) -> bool) {
        if value.text().is_some_and(is_it) {
            let new = self.rename.new.clone();
            self.replace(value, &new);
        }
    }

    fn replace(&mut self, value: &Value, new: &str) {
        let newline = newline_at(self.text, value.span.start);
        let new = toml_string_like(new, &self.text[value.span.clone()], newline);
        self.splices.replace(value.span.clone(), new);
    }

    /// Replaces the old id where it is the value of `key`, in those answers for whose index `is_meant` holds.
    fn answers(&mut self, record: &RecordText, key: &str, is_meant: impl Fn(usize) -> bool) {
        for index in (0..record.answers().len()).filter(|index| is_meant(*index)) {
            if let Some(entry) = record.table(index).and_then(|table| table.get(key)) {
                self.replace_if(&entry.value, |id| id.trim() == self.rename.old);
            }
        }
    }

    /// Replaces the places in the notes, which are Markdown. Returns the new notes if they change.
    fn notes(
        &mut self,
        notes: &Value,
        location: &Location,
        site: &SiteTexts,
    ) -> Result<Option<String>, Fault> {
        let text = notes.text().unwrap_or_default();
        let by_hand = || Fault::ByHand(line_number(self.text, notes.span.start));
        let found = markdown::replacements(self.rename, text, location, site).map_err(|_| by_hand())?;
        if found.is_empty() {
            return Ok(None);
        }
        let written = &self.text[notes.span.clone()];
        let mut new = Splices::default();
        for (range, id) in &found {
            new.replace(range.clone(), id.clone());
        }
        let new = new.apply(text).ok_or_else(by_hand)?;
        match written.find(text) {
            // Without escapes, the notes are in the file as they are.
            Some(start) => {
                let start = notes.span.start + start;
                for (range, id) in found {
                    self.splices.replace(start + range.start..start + range.end, id);
                }
            }
            None => self.replace(notes, &new),
        }
        Ok(Some(new))
    }
}

/// Returns the new name of a document; `None` if it isn't renamed.
fn new_name(document: &str, all: &[FileMove]) -> Option<String> {
    let moved = all.iter().find(|moved| file_name(&moved.from) == document.trim())?;
    Some(file_name(&moved.to).to_owned())
}

/// Renames the id in a record's values, except in the notes: what [`splices`] does in the text.
fn mean(rename: &Rename, moves: &[FileMove], record: &mut Values) {
    let new = || TomlValue::from(rename.new.as_str());
    let is_old = |value: &TomlValue| value.as_str() == Some(&rename.old);
    let is_about =
        |value: Option<&TomlValue>, id: &str| value.and_then(TomlValue::as_str).map(str::trim) == Some(id);
    if rename.what == Renamed::Source {
        if let Some(TomlValue::Array(list)) = record.get_mut("rests_on") {
            list.iter_mut().filter(|value| is_old(value)).for_each(|value| *value = new());
        }
        if let Some(TomlValue::String(document)) = record.get_mut("document") {
            *document = new_name(document, moves).unwrap_or_else(|| document.clone());
        }
        return;
    }
    if let Some(TomlValue::Array(answers)) = record.get_mut("answer") {
        for answer in answers.iter_mut().filter_map(TomlValue::as_table_mut) {
            match &rename.what {
                Renamed::Position { question }
                    if is_about(answer.get("question"), question)
                        && is_about(answer.get("position"), &rename.old) =>
                {
                    answer.insert("position".to_owned(), new());
                }
                Renamed::Question if is_about(answer.get("question"), &rename.old) => {
                    answer.insert("question".to_owned(), new());
                }
                _ => {}
            }
        }
    }
    if rename.what == Renamed::Question {
        match record.get_mut("silent") {
            Some(TomlValue::Array(list)) => {
                list.iter_mut().filter(|value| is_old(value)).for_each(|value| *value = new());
            }
            Some(TomlValue::Table(table)) => {
                if let Some(reason) = table.remove(&rename.old) {
                    table.insert(rename.new.clone(), reason);
                }
            }
            _ => {}
        }
    }
}
