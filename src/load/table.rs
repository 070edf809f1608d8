//! Reads TOML tables key by key, keeps the position of every value, and records every problem instead of stopping.
//!
//! `serde` would stop at the first unknown key. Someone who has misspelt four keys should see all four.

use std::ops::Range;
use std::rc::Rc;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::extra;
use super::toml_line::Line;
use super::toml_problems::{
    ValidKey, Wanted, dotted_key, misplaced, not_a_day, number_out_of_range, unknown_keys, wrong_type,
};
use super::toml_syntax::{line_at, syntax_errors};
use crate::files::{FileId, Span, Spanned};
use crate::problem::{Code, Problem, Problems};
use crate::text::printable;

/// A TOML table. Each method that reads a key removes it; [`Table::finish`] reports the keys that are left.
#[derive(Debug)]
pub(crate) struct Table<'i> {
    entries: Vec<Entry<'i>>,
    /// The keys that callers asked for, whether present or not: those that this table may have.
    requested: Vec<ValidKey>,
    /// The keys that belong above the first table of the file. If one is found in this table, it is probably misplaced.
    top_keys: &'static [&'static str],
    file: FileId,
    /// The byte in the file where the TOML text begins.
    offset: usize,
    /// Where problems with missing keys point to.
    span: Span,
    /// The whole TOML text that this table is from.
    text: &'i str,
    /// The lines with syntax errors, as byte ranges of `text`. If there are any, missing and unknown keys are not
    /// reported, because the errors may be the cause.
    error_lines: Rc<[Range<usize>]>,
}

#[derive(Debug)]
struct Entry<'i> {
    key: Spanned<String>,
    /// `None` if the value can't be read. Its syntax error is already reported, so it counts as absent.
    value: Option<Spanned<DeValue<'i>>>,
}

impl<'i> Table<'i> {
    /// Parses `text`, which begins at byte `offset` of `file`. Records syntax errors and returns what could be parsed.
    pub(crate) fn parse(file: FileId, text: &'i str, offset: usize, problems: &mut Problems) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let span = Span::new(file, offset..offset);
        let error_lines = syntax_errors(text, errors, span, problems).into();
        let (entries, requested) = (Vec::new(), Vec::new());
        let empty = Self { entries, requested, top_keys: &[], file, offset, span, text, error_lines };
        empty.inner(table.into_inner(), span)
    }

    /// Sets the keys that belong above the first table of the file.
    pub(super) fn with_top_keys(self, top_keys: &'static [&'static str]) -> Self {
        Self { top_keys, ..self }
    }

    pub(super) fn has_syntax_errors(&self) -> bool {
        !self.error_lines.is_empty()
    }

    /// Wraps a table within this one. Problems with its missing keys point to `span`.
    fn inner(&self, table: DeTable<'i>, span: Span) -> Self {
        let mut entries = Vec::new();
        for (key, value) in table {
            // If a key has a syntax error, the parser returns only a part of it, so the key is left out.
            let line = &self.text[line_at(self.text, key.span().start)];
            if self.is_in_error(&key.span()) && Line::parse(line).is_some_and(|line| !line.has_valid_key()) {
                continue;
            }
            let is_read = is_filled_table(value.get_ref()) || !self.is_in_error(&value.span());
            let value =
                is_read.then(|| Spanned { span: self.to_span(value.span()), value: value.into_inner() });
            let key_span = self.to_span(key.span());
            entries.push(Entry { key: Spanned::new(key.into_inner().into_owned(), key_span), value });
        }
        Self { entries, requested: Vec::new(), span, error_lines: Rc::clone(&self.error_lines), ..*self }
    }

    /// Whether a byte range of the TOML text is on a line with a syntax error.
    fn is_in_error(&self, range: &Range<usize>) -> bool {
        self.error_lines.iter().any(|line| range.start <= line.end && line.start <= range.end)
    }

    /// Removes a key and returns its value, if that could be read. From now on, the key counts as allowed here.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'i>>> {
        let at = self.entries.iter().position(|entry| entry.key.value == key);
        self.requested.push(ValidKey { name: key, is_set: at.is_some() });
        self.entries.remove(at?).value
    }

    /// Reads a string, without white space at its ends and without unprintable characters. An empty string counts as
    /// absent.
    pub(crate) fn text(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<String>> {
        let value = self.take(key)?;
        let span = value.span;
        match value.value {
            DeValue::String(text) => {
                Some(Spanned::new(printable(text.trim()), span)).filter(|text| !text.value.is_empty())
            }
            other => wrong_type(key, Wanted::Text, &other, span, problems),
        }
    }

    /// Whether a key is present and was not read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.value == key)
    }

    /// Returns the span of a string that is present but empty, or only white space.
    pub(crate) fn empty_text_span(&self, key: &str) -> Option<Span> {
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        let value = entry.value.as_ref()?;
        matches!(&value.value, DeValue::String(text) if text.trim().is_empty()).then_some(value.span)
    }

    /// Reads a required string. Reports an empty one and, without syntax errors, a missing one; the help has `example`.
    pub(crate) fn required_text(
        &mut self,
        key: &'static str,
        example: &str,
        problems: &mut Problems,
    ) -> Option<Spanned<String>> {
        let is_present = self.has_syntax_errors() || self.has(key);
        let missing = ("is missing", "add a line", self.span);
        let empty = self.empty_text_span(key).map(|span| ("is empty", "fill it in", span));
        if let Some((fact, verb, span)) = empty.or((!is_present).then_some(missing)) {
            let help = format!("{verb}, such as `{key} = \"{example}\"`");
            problems.push(Problem::error(Code::MissingKey, span, format!("`{key}` {fact}"), help));
        }
        self.text(key, problems)
    }

    /// Reads a list of strings, empty if the key is absent. Items of other types are problems and are left out.
    pub(crate) fn texts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Spanned<String>> {
        self.take(key).map_or_else(Vec::new, |value| self.list_of_texts(key, value, problems))
    }

    pub(super) fn list_of_texts(
        &self,
        key: &'static str,
        value: Spanned<DeValue<'i>>,
        problems: &mut Problems,
    ) -> Vec<Spanned<String>> {
        let DeValue::Array(items) = value.value else {
            wrong_type::<()>(key, Wanted::List, &value.value, value.span, problems);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let span = self.to_span(item.span());
            match item.into_inner() {
                DeValue::String(text) => texts.push(Spanned::new(text.into_owned(), span)),
                other => {
                    wrong_type::<()>(key, Wanted::Entry, &other, span, problems);
                }
            }
        }
        texts
    }

    /// Reads a list of strings without reasons, `key = ["cost"]`, or a table with a reason for each string: `[key]`
    /// with `cost = "why"`.
    pub(crate) fn texts_with_reasons(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Vec<(Spanned<String>, Option<String>)> {
        match self.take(key) {
            None => Vec::new(),
            Some(Spanned { value: DeValue::Table(table), span }) => self
                .inner(table, span)
                .into_texts(problems)
                .into_iter()
                .map(|(key, text)| (key, Some(text.value)))
                .collect(),
            Some(list) => {
                self.list_of_texts(key, list, problems).into_iter().map(|text| (text, None)).collect()
            }
        }
    }

    /// Reads an integer from 0 to `u32::MAX`. Any other value is a problem, and gives `None`.
    pub(crate) fn number(&mut self, key: &'static str, problems: &mut Problems) -> Option<Spanned<u32>> {
        let value = self.take(key)?;
        let span = value.span;
        let DeValue::Integer(number) = &value.value else {
            return wrong_type(key, Wanted::Number, &value.value, span, problems);
        };
        if let Ok(number) = u32::from_str_radix(number.as_str(), number.radix()) {
            return Some(Spanned::new(number, span));
        }
        problems.push(number_out_of_range(key, number.as_str(), span));
        None
    }

    /// Reads a boolean; returns false if the key is absent.
    pub(crate) fn flag(&mut self, key: &'static str, problems: &mut Problems) -> bool {
        self.flag_or(key, false, problems)
    }

    /// Reads a boolean; returns `absent` if the key is absent.
    pub(crate) fn flag_or(&mut self, key: &'static str, absent: bool, problems: &mut Problems) -> bool {
        match self.take(key) {
            None => absent,
            Some(Spanned { value: DeValue::Boolean(flag), .. }) => flag,
            Some(other) => {
                wrong_type(key, Wanted::Flag, &other.value, other.span, problems).unwrap_or(absent)
            }
        }
    }

    /// Reads a date. A time of day after it is dropped. A time without a date, or a day that no calendar has, is a
    /// problem.
    pub(crate) fn date(&mut self, key: &'static str, problems: &mut Problems) -> Option<Date> {
        let value = self.take(key)?;
        let DeValue::Datetime(written) = &value.value else {
            return wrong_type(key, Wanted::Date, &value.value, value.span, problems);
        };
        let date = written.date.and_then(|date| {
            let day = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
            let (Ok(year), Ok(month), Ok(day)) = day else { return None };
            Date::new(year, month, day).ok()
        });
        if date.is_none() {
            problems.push(not_a_day(key, &written.to_string(), value.span));
        }
        date
    }

    pub(crate) fn table(&mut self, key: &'static str, problems: &mut Problems) -> Option<Self> {
        let value = self.take(key)?;
        match value.value {
            DeValue::Table(table) => Some(self.inner(table, value.span)),
            other => wrong_type(key, Wanted::Section, &other, value.span, problems),
        }
    }

    /// Reads the tables of `[[key]]`, in order. Any other value is a problem, and left out.
    pub(crate) fn tables(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Self> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.value else {
            wrong_type::<()>(key, Wanted::Sections, &value.value, value.span, problems);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let span = self.to_span(item.span());
            match item.into_inner() {
                DeValue::Table(table) => tables.push(self.inner(table, span)),
                other => {
                    wrong_type::<()>(key, Wanted::Sections, &other, span, problems);
                }
            }
        }
        tables
    }

    /// Reads a table of arbitrary values and converts it to JSON.
    pub(crate) fn json_object(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> serde_json::Map<String, serde_json::Value> {
        match self.take(key) {
            None => serde_json::Map::new(),
            Some(Spanned { value: DeValue::Table(table), .. }) => extra::map(table),
            Some(other) => {
                wrong_type(key, Wanted::Section, &other.value, other.span, problems).unwrap_or_default()
            }
        }
    }

    /// Returns all entries of a table with arbitrary keys. An entry that is not a string is a problem, and left out.
    pub(crate) fn into_texts(self, problems: &mut Problems) -> Vec<(Spanned<String>, Spanned<String>)> {
        let mut texts = Vec::new();
        for Entry { key, value } in self.entries {
            // Other files may refer to a key whose value can't be read, so it gets an empty text.
            let Some(value) = value else {
                let span = key.span;
                texts.push((key, Spanned::new(String::new(), span)));
                continue;
            };
            match value.value {
                DeValue::String(text) => texts.push((key, Spanned::new(text.trim().to_owned(), value.span))),
                _ if self.top_keys.contains(&key.value.as_str()) => problems.push(misplaced(&key)),
                DeValue::Table(table) if value.span == key.span && !table.is_empty() => {
                    problems.push(dotted_key(&key.value, &table, value.span));
                }
                other => {
                    wrong_type::<()>(&key.value, Wanted::Text, &other, value.span, problems);
                }
            }
        }
        texts
    }

    /// Returns all entries of a table with arbitrary keys and any values, except values that can't be read.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Spanned<String>, Spanned<DeValue<'i>>)> {
        self.entries.into_iter().filter_map(|Entry { key, value }| Some((key, value?)))
    }

    /// Returns the tables within this table, which has arbitrary keys and the name `parent`. Other values are problems.
    pub(crate) fn into_tables(self, parent: &str, problems: &mut Problems) -> Vec<(Spanned<String>, Self)> {
        let mut tables = Vec::new();
        let template = self.inner(DeTable::new(), self.span);
        for Entry { key, value } in self.entries {
            let Some(value) = value else { continue };
            match value.value {
                DeValue::Table(table) => {
                    let span = key.span;
                    tables.push((key, template.inner(table, span)));
                }
                other => {
                    let section = format!("{parent}.{}", key.value);
                    wrong_type::<()>(&section, Wanted::Section, &other, value.span, problems);
                }
            }
        }
        tables
    }

    /// Reports as unknown every key that was not read, unless the TOML text has syntax errors.
    pub(crate) fn finish(self, problems: &mut Problems) {
        if !self.has_syntax_errors() {
            let keys: Vec<_> = self.entries.into_iter().map(|entry| entry.key).collect();
            unknown_keys(&keys, &self.requested, self.top_keys, problems);
        }
    }

    /// Converts a byte range of the TOML text to a span of the file.
    fn to_span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }
}

/// Whether a value is a table with keys, or a list with such a table. Its keys on lines without errors can be read.
fn is_filled_table(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(table) => !table.is_empty(),
        DeValue::Array(items) => items.iter().any(|item| is_filled_table(item.get_ref())),
        _ => false,
    }
}
