//! Where the parts of a TOML text are: headers, keys, values and comments, each with its byte range. Edits splice new
//! text between these ranges and leave the rest as it is.

use std::ops::Range;

use toml_parser::parser::{Event, EventKind, parse_document};
use toml_parser::{Raw, Source};

use super::SyntaxFault;
use crate::load::front_matter_fences;

/// A valid TOML text as its author laid it out.
#[derive(Debug)]
pub(super) struct Syntax {
    /// The first section always exists, and has no header: it holds the keys above the first header.
    pub(super) sections: Vec<Section>,
    /// The byte ranges of all comments, in the order of the text.
    comments: Vec<Range<usize>>,
}

/// A header with the keys below it.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) header: Option<Header>,
    pub(super) entries: Vec<TomlEntry>,
}

/// A header such as `[silent]` or `[[answer]]`.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) path: Vec<Key>,
    pub(super) span: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) span: Range<usize>,
}

/// `key = value`. A dotted key has several parts.
#[derive(Debug)]
pub(super) struct TomlEntry {
    pub(super) path: Vec<Key>,
    pub(super) value: Value,
    /// The byte after the comma that follows the entry in an inline table.
    pub(super) comma: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Value {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Text(String),
    List(Vec<ListItem>),
    Table(Vec<TomlEntry>),
    /// A number, a date, or `true` or `false`.
    Other,
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct ListItem {
    pub(super) value: Value,
    /// The byte after the comma that follows the item.
    pub(super) comma: Option<usize>,
}

impl Section {
    /// The names of the header's path; empty for the keys above the first header.
    pub(super) fn path(&self) -> Vec<&str> {
        self.header.iter().flat_map(|header| &header.path).map(|key| key.name.as_str()).collect()
    }
}

impl TomlEntry {
    pub(super) fn is(&self, path: &[&str]) -> bool {
        self.path.iter().map(|key| key.name.as_str()).eq(path.iter().copied())
    }

    /// From the first byte of the key to the last one of the value.
    pub(super) fn span(&self) -> Range<usize> {
        self.path.first().map_or(self.value.span.start, |key| key.span.start)..self.value.span.end
    }
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn items(&self) -> Option<&[ListItem]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn entries(&self) -> Option<&[TomlEntry]> {
        match &self.kind {
            Kind::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// The texts of a list; `None` if the value is not a list of texts.
    pub(super) fn texts(&self) -> Option<Vec<String>> {
        self.items()?.iter().map(|item| item.value.text().map(str::to_owned)).collect()
    }
}

impl Syntax {
    /// Parses a TOML text, and finds the byte ranges of its parts.
    ///
    /// # Errors
    /// If the text is not valid TOML. Then nothing is known of its parts.
    pub(super) fn parse(text: &str) -> Result<Self, SyntaxFault> {
        if let Err(error) = text.parse::<toml::Table>() {
            let at = error.span().map_or(0, |range| range.start.min(text.len()));
            return Err(SyntaxFault {
                line: line_number(text, at),
                message: error.message().trim().to_owned(),
            });
        }
        let source = Source::new(text);
        let mut events: Vec<Event> = Vec::new();
        parse_document(&source.lex().into_vec(), &mut events, &mut ());
        Ok(Reader { text, events: events.into_iter(), comments: Vec::new() }.document())
    }

    /// Parses the front matter of a Markdown file. Also returns its byte range: byte 0 of the syntax is the first one of
    /// that range. `None` if the file has no front matter.
    ///
    /// # Errors
    /// If the front matter is not valid TOML. The line of the fault counts from the beginning of the file.
    pub(super) fn parse_front_matter(text: &str) -> Result<Option<(Range<usize>, Self)>, SyntaxFault> {
        let Some((head, _)) = front_matter_fences(text) else { return Ok(None) };
        let lines_above = text[..head.start].matches('\n').count();
        let syntax = Self::parse(&text[head.clone()])
            .map_err(|fault| SyntaxFault { line: fault.line + lines_above, ..fault })?;
        Ok(Some((head, syntax)))
    }

    /// The keys above the first header.
    pub(super) fn top(&self) -> &Section {
        &self.sections[0]
    }

    /// Whether a comment begins at this byte.
    pub(super) fn has_comment_at(&self, at: usize) -> bool {
        self.comments.binary_search_by_key(&at, |comment| comment.start).is_ok()
    }

    /// Whether a comment begins within a range.
    pub(super) fn has_comment_in(&self, range: &Range<usize>) -> bool {
        let next = self.comments.partition_point(|comment| comment.start < range.start);
        self.comments.get(next).is_some_and(|comment| comment.start < range.end)
    }
}

/// Returns the number of a byte's line, from 1.
pub(super) fn line_number(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Reads the parser's events. The text is valid TOML, so no event is missing.
struct Reader<'t> {
    text: &'t str,
    events: std::vec::IntoIter<Event>,
    comments: Vec<Range<usize>>,
}

impl Reader<'_> {
    /// Returns the next event that is not white space or a comment. Collects the comments on the way.
    fn next(&mut self) -> Option<Event> {
        loop {
            let event = self.events.next()?;
            match event.kind() {
                EventKind::Whitespace | EventKind::Newline => {}
                EventKind::Comment => self.comments.push(range(event)),
                _ => return Some(event),
            }
        }
    }

    fn document(mut self) -> Syntax {
        let mut sections = vec![Section::default()];
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    let header = Some(self.header(event));
                    sections.push(Section { header, entries: Vec::new() });
                }
                EventKind::SimpleKey => {
                    let entry = self.entry(event);
                    sections.last_mut().expect("begins with one section").entries.push(entry);
                }
                _ => {}
            }
        }
        Syntax { sections, comments: self.comments }
    }

    fn header(&mut self, open: Event) -> Header {
        let mut path = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::SimpleKey => path.push(self.key(event)),
                EventKind::StdTableClose | EventKind::ArrayTableClose => {
                    return Header { path, span: open.span().start()..event.span().end() };
                }
                _ => {}
            }
        }
        Header { path, span: open.span().start()..self.text.len() }
    }

    fn entry(&mut self, first: Event) -> TomlEntry {
        let mut path = vec![self.key(first)];
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::SimpleKey => path.push(self.key(event)),
                EventKind::KeyValSep => break,
                _ => {}
            }
        }
        let end = self.text.len();
        let empty = Value { span: end..end, kind: Kind::Other };
        let value = self.next().map_or(empty, |event| self.value(event));
        TomlEntry { path, value, comma: None }
    }

    fn key(&self, event: Event) -> Key {
        let mut name = String::new();
        self.raw(event).decode_key(&mut name, &mut ());
        Key { name, span: range(event) }
    }

    fn value(&mut self, event: Event) -> Value {
        match event.kind() {
            EventKind::ArrayOpen => self.list(event),
            EventKind::InlineTableOpen => self.inline_table(event),
            _ if event.encoding().is_some() => {
                let mut text = String::new();
                // What this returns, the kind of value, is known already: only texts have an encoding.
                let _ = self.raw(event).decode_scalar(&mut text, &mut ());
                Value { span: range(event), kind: Kind::Text(text) }
            }
            _ => Value { span: range(event), kind: Kind::Other },
        }
    }

    fn list(&mut self, open: Event) -> Value {
        let mut items: Vec<ListItem> = Vec::new();
        let mut end = self.text.len();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::ArrayClose => {
                    end = event.span().end();
                    break;
                }
                EventKind::ValueSep => {
                    if let Some(item) = items.last_mut() {
                        item.comma = Some(event.span().end());
                    }
                }
                _ => items.push(ListItem { value: self.value(event), comma: None }),
            }
        }
        Value { span: open.span().start()..end, kind: Kind::List(items) }
    }

    fn inline_table(&mut self, open: Event) -> Value {
        let mut entries: Vec<TomlEntry> = Vec::new();
        let mut end = self.text.len();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::InlineTableClose => {
                    end = event.span().end();
                    break;
                }
                EventKind::ValueSep => {
                    if let Some(entry) = entries.last_mut() {
                        entry.comma = Some(event.span().end());
                    }
                }
                _ => entries.push(self.entry(event)),
            }
        }
        Value { span: open.span().start()..end, kind: Kind::Table(entries) }
    }

    fn raw(&self, event: Event) -> Raw<'_> {
        Raw::new_unchecked(&self.text[range(event)], event.encoding(), event.span())
    }
}

fn range(event: Event) -> Range<usize> {
    event.span().start()..event.span().end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_exact_range() {
        let text = "\u{feff}a.\"b c\" = 1.5 # one\r\nday = 1979-05-27 07:32:00\r\n\r\n[ silent ]\r\nl = [\r\n  'x', # two\r\n  \"\"\"y\r\n\"\"\"\r\n]\r\n[[\"answer\"]]\r\nt = {q = true, r = [ ]}\r\n";
        let syntax = Syntax::parse(text).expect("valid TOML");
        let part = |range: &Range<usize>| &text[range.clone()];
        let spans: Vec<&str> = syntax
            .sections
            .iter()
            .flat_map(|section| &section.entries)
            .map(|entry| part(&entry.span()))
            .collect();
        assert_eq!(spans[0], "a.\"b c\" = 1.5");
        assert_eq!(spans[1], "day = 1979-05-27 07:32:00");
        assert_eq!(spans[2], "l = [\r\n  'x', # two\r\n  \"\"\"y\r\n\"\"\"\r\n]");
        assert_eq!(spans[3], "t = {q = true, r = [ ]}");
        assert!(syntax.top().entries[0].is(&["a", "b c"]));
        let headers: Vec<&str> =
            syntax.sections.iter().filter_map(|section| Some(part(&section.header.as_ref()?.span))).collect();
        assert_eq!(headers, ["[ silent ]", "[[\"answer\"]]"]);
        assert_eq!(syntax.sections[2].path(), ["answer"]);
        let list = &syntax.sections[1].entries[0].value;
        assert_eq!(list.texts().expect("texts"), ["x", "y\r\n"]);
        assert_eq!(list.items().expect("a list")[0].comma, text.find("'x',").map(|at| at + 4));
        let comments: Vec<&str> = syntax.comments.iter().map(part).collect();
        assert_eq!(comments, ["# one", "# two"]);
    }

    #[test]
    fn a_fault_of_syntax_has_its_line() {
        let fault = Syntax::parse("a = 1\nb = \n").expect_err("no value");
        assert_eq!(fault.line, 2);
    }
}
