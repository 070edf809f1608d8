//! Inserts and removes keys of a table, on lines of their own or in an inline table, and items of a list.

use std::ops::Range;

use super::splices::{
    Splices, begins_line, indent, insert_lines, line, line_start, lines_of, newline_at, next_line, text_start,
};
use super::syntax::{ListItem, Section, Syntax, TomlEntry, Value};

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

/// The bytes of a list's item or an inline table's entry, and the byte after the comma that follows it (`None` if none
/// does).
struct Part {
    span: Range<usize>,
    comma: Option<usize>,
}

impl Part {
    fn of_item(item: &ListItem) -> Self {
        Self { span: item.value.span.clone(), comma: item.comma }
    }

    fn of_entry(entry: &TomlEntry) -> Self {
        Self { span: entry.span(), comma: entry.comma }
    }
}

impl<'t> Table<'t> {
    pub(super) fn entries(&self) -> &'t [TomlEntry] {
        match self {
            Self::Lines(section) => &section.entries,
            Self::Inline(value) => value.entries().unwrap_or_default(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'t TomlEntry> {
        self.entries().iter().find(|entry| entry.is(&[key]))
    }
}

impl Text<'_> {
    /// Inserts a key after the entry `after` of the table, or before all entries if that is `None`.
    pub(super) fn insert_entry(
        &self,
        table: Table<'_>,
        after: Option<&TomlEntry>,
        (key, value): (&str, &str),
        splices: &mut Splices,
    ) {
        let written = format!("{key}{}{value}", self.separator(table.entries()));
        match table {
            Table::Lines(section) => self.insert_line(section, after, &written, splices),
            Table::Inline(inline) => {
                let entries = table.entries();
                let parts: Vec<Part> = entries.iter().map(Part::of_entry).collect();
                let after =
                    after.and_then(|after| entries.iter().position(|entry| entry.span() == after.span()));
                let written = if parts.is_empty() { format!(" {written} ") } else { written };
                self.insert_part(&inline.span, &parts, after, &written, splices);
            }
        }
    }

    fn insert_line(
        &self,
        section: &Section,
        after: Option<&TomlEntry>,
        written: &str,
        splices: &mut Splices,
    ) {
        let (at, indent) = match (after, &section.header) {
            (Some(after), _) => {
                let span = after.span();
                (next_line(self.text, span.end), indent(self.text, span.start))
            }
            (None, Some(header)) => {
                let first = section.entries.first().map_or(header.span.start, |first| first.span().start);
                (next_line(self.text, header.span.end), indent(self.text, first))
            }
            (None, None) => (text_start(self.text), ""),
        };
        let newline = newline_at(self.text, at);
        // If the text begins with a header, a blank line separates the new key from that header.
        let is_alone = after.is_none() && section.header.is_none() && self.syntax.sections.len() > 1;
        let gap = if is_alone { newline } else { "" };
        insert_lines(self.text, at, &format!("{indent}{written}{newline}{gap}"), splices);
    }

    /// Removes a key with its value. On lines of its own, it is removed with these lines and a comment on them; in
    /// an inline table, with a comma.
    pub(super) fn remove_entry(&self, table: Table<'_>, entry: &TomlEntry, splices: &mut Splices) {
        let span = entry.span();
        if let Table::Lines(_) = table {
            splices.remove(lines_of(self.text, &span));
            return;
        }
        let before = table.entries().iter().take_while(|other| other.span().start < span.start).last();
        splices.remove(self.item_range(span, entry.comma, before.map(|other| other.value.span.end)));
    }

    /// Returns what is between the keys and values of a table; ` = ` if that isn't the same for all keys, or if
    /// the table is empty.
    pub(super) fn separator(&self, entries: &[TomlEntry]) -> String {
        let between = |entry: &TomlEntry| {
            let key_end = entry.path.last().map_or(entry.value.span.start, |key| key.span.end);
            self.text[key_end..entry.value.span.start].to_owned()
        };
        let mut all = entries.iter().map(between);
        let first = all.next();
        first.filter(|first| all.all(|other| other == *first)).unwrap_or_else(|| " = ".to_owned())
    }

    /// Inserts an item into a list: after the item with the index `after`, or before all items if that is `None`.
    pub(super) fn insert_item(
        &self,
        list: &Value,
        after: Option<usize>,
        written: &str,
        splices: &mut Splices,
    ) {
        let items = list.items().unwrap_or_default();
        let parts: Vec<Part> = items.iter().map(Part::of_item).collect();
        self.insert_part(&list.span, &parts, after, written, splices);
    }

    /// Inserts an item or entry into the list or inline table that spans `within`: after the one of `parts` with the
    /// index `after`, or before all of them. Takes over their layout: a line for each, or all on one line.
    fn insert_part(
        &self,
        within: &Range<usize>,
        parts: &[Part],
        after: Option<usize>,
        written: &str,
        splices: &mut Splices,
    ) {
        let on_own_line = |at: usize| begins_line(self.text, at) && line_start(self.text, at) > within.start;
        let Some(Part { span, comma }) = after.and_then(|index| parts.get(index)) else {
            match parts.first().map(|first| first.span.start) {
                Some(first) if on_own_line(first) => {
                    let (newline, indent) = (newline_at(self.text, first), indent(self.text, first));
                    splices.insert(first, format!("{written},{newline}{indent}"));
                }
                Some(first) => splices.insert(first, format!("{written}, ")),
                None if self.syntax.has_comment_in(within) => splices.insert(within.end - 1, written),
                None => splices.replace(within.start + 1..within.end - 1, written),
            }
            return;
        };
        let end = comma.unwrap_or(span.end);
        if on_own_line(span.start) && self.ends_line(end) {
            if comma.is_none() {
                splices.insert(span.end, ",");
            }
            let line_end = end + line(self.text, end).len();
            let (newline, indent) = (newline_at(self.text, end), indent(self.text, span.start));
            let mark = if comma.is_some() { "," } else { "" };
            splices.insert(line_end, format!("{newline}{indent}{written}{mark}"));
        } else if let Some(comma) = comma {
            splices.insert(*comma, format!(" {written},"));
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

    /// Returns the range to remove for an item or entry: with the comma after it, or else the comma before it, or with
    /// whole lines if nothing else is on them. `before` is where the previous item or entry ends.
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
