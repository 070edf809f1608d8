//! Inserts and removes keys of a table, on lines of their own or in an inline table, and items of a list.

use std::ops::Range;

use super::splices::{
    Splices, begins_line, indent, insert_lines, line, line_start, lines_of, newline_at, next_line,
};
use super::syntax::{Entry, Section, Syntax, Value};

/// The text that an edit changes, and where its parts are.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) syntax: &'t Syntax,
}

/// A table whose keys an edit changes.
#[derive(Clone, Copy)]
pub(super) enum Table<'t> {
    /// Each key has a line of its own, below a header or at the top of the text.
    Lines(&'t Section),
    Inline(&'t Value),
}

impl<'t> Table<'t> {
    pub(super) fn entries(&self) -> &'t [Entry] {
        match self {
            Self::Lines(section) => &section.entries,
            Self::Inline(value) => value.entries().unwrap_or_default(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'t Entry> {
        self.entries().iter().find(|entry| entry.is(&[key]))
    }
}

impl Text<'_> {
    /// Inserts a key after an entry of the table, or before all of them.
    pub(super) fn insert_entry(
        &self,
        table: Table<'_>,
        after: Option<&Entry>,
        (key, value): (&str, &str),
        splices: &mut Splices,
    ) {
        let written = format!("{key}{}{value}", self.separator(table.entries()));
        match table {
            Table::Lines(section) => self.insert_line(section, after, &written, splices),
            Table::Inline(inline) => match (after, table.entries().first()) {
                (Some(Entry { comma: Some(comma), .. }), _) => splices.insert(*comma, format!(" {written},")),
                (Some(after), _) => splices.insert(after.value.span.end, format!(", {written}")),
                (None, Some(first)) => splices.insert(first.span().start, format!("{written}, ")),
                (None, None) => splices.replace(inline.span.clone(), format!("{{ {written} }}")),
            },
        }
    }

    fn insert_line(&self, section: &Section, after: Option<&Entry>, written: &str, splices: &mut Splices) {
        let (at, indent) = match (after, &section.header) {
            (Some(after), _) => {
                let span = after.span();
                (next_line(self.text, span.end), indent(self.text, span.start))
            }
            (None, Some(header)) => {
                let first = section.entries.first().map_or(header.span.start, |first| first.span().start);
                (next_line(self.text, header.span.end), indent(self.text, first))
            }
            (None, None) => (line_start(self.text, 0), ""),
        };
        let newline = newline_at(self.text, at);
        insert_lines(self.text, at, &format!("{indent}{written}{newline}"), splices);
    }

    /// Removes a key with its value, and with a comment after it on the same line.
    pub(super) fn remove_entry(&self, table: Table<'_>, entry: &Entry, splices: &mut Splices) {
        let span = entry.span();
        if let Table::Lines(_) = table {
            splices.remove(lines_of(self.text, &span));
            return;
        }
        let before = table.entries().iter().take_while(|other| other.span().start < span.start).last();
        splices.remove(self.item_range(span, entry.comma, before.map(|other| other.value.span.end)));
    }

    /// Returns what is between keys and values of a table, ` = ` if that differs from key to key.
    pub(super) fn separator(&self, entries: &[Entry]) -> String {
        let between = |entry: &Entry| {
            let key_end = entry.path.last().map_or(entry.value.span.start, |key| key.span.end);
            self.text[key_end..entry.value.span.start].to_owned()
        };
        let mut all = entries.iter().map(between);
        let first = all.next();
        first.filter(|first| all.all(|other| other == *first)).unwrap_or_else(|| " = ".to_owned())
    }

    /// Inserts an item into a list: after the item with an index, or before all of them.
    pub(super) fn insert_item(
        &self,
        list: &Value,
        after: Option<usize>,
        written: &str,
        splices: &mut Splices,
    ) {
        let items = list.items().unwrap_or_default();
        let on_own_line =
            |at: usize| begins_line(self.text, at) && line_start(self.text, at) > list.span.start;
        let Some(after) = after.and_then(|index| items.get(index)) else {
            match items.first().map(|first| first.value.span.start) {
                Some(first) if on_own_line(first) => {
                    let (newline, indent) = (newline_at(self.text, first), indent(self.text, first));
                    splices.insert(first, format!("{written},{newline}{indent}"));
                }
                Some(first) => splices.insert(first, format!("{written}, ")),
                None if self.syntax.has_comment_in(&list.span) => splices.insert(list.span.end - 1, written),
                None => splices.replace(list.span.clone(), format!("[{written}]")),
            }
            return;
        };
        let span = &after.value.span;
        let end = after.comma.unwrap_or(span.end);
        if on_own_line(span.start) && self.ends_line(end) {
            if after.comma.is_none() {
                splices.insert(span.end, ",");
            }
            let line_end = end + line(self.text, end).len();
            let (newline, indent) = (newline_at(self.text, end), indent(self.text, span.start));
            let comma = if after.comma.is_some() { "," } else { "" };
            splices.insert(line_end, format!("{newline}{indent}{written}{comma}"));
        } else if let Some(comma) = after.comma {
            splices.insert(comma, format!(" {written},"));
        } else {
            splices.insert(span.end, format!(", {written}"));
        }
    }

    pub(super) fn remove_item(&self, list: &Value, index: usize, splices: &mut Splices) {
        let items = list.items().unwrap_or_default();
        let Some(item) = items.get(index) else { return };
        let before = index.checked_sub(1).and_then(|index| items.get(index));
        let before = before.map(|before| before.value.span.end);
        splices.remove(self.item_range(item.value.span.clone(), item.comma, before));
    }

    /// Returns what to remove with an item or entry between commas: its comma, or the one before it, and its lines if
    /// nothing else is on them. `before` is where the one before it ends.
    fn item_range(&self, span: Range<usize>, comma: Option<usize>, before: Option<usize>) -> Range<usize> {
        let end = comma.unwrap_or(span.end);
        if begins_line(self.text, span.start) && self.ends_line(end) {
            return lines_of(self.text, &(span.start..end));
        }
        let next = end + self.text[end..].len() - self.text[end..].trim_start_matches([' ', '\t']).len();
        match (comma, before) {
            (Some(_), _) if self.ends_line(end) || self.text[next..].starts_with([']', '}']) => {
                self.text[..span.start].trim_end_matches([' ', '\t']).len()..end
            }
            (Some(_), _) => span.start..next,
            (None, Some(before)) if !self.syntax.has_comment_in(&(before..span.end)) => before..span.end,
            (None, _) => span,
        }
    }

    /// Whether only white space or a comment follows on the line.
    fn ends_line(&self, at: usize) -> bool {
        let rest = line(self.text, at);
        let comment = at + rest.len() - rest.trim_start().len();
        rest.trim().is_empty() || self.syntax.has_comment_at(comment)
    }
}
