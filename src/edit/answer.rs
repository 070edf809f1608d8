//! An answer as text: its keys, and how a new one is laid out so that it looks like its neighbours.

use std::fmt::Write as _;

use sourcewise_quotes::sha256;

use super::entries::{Table, Text};
use super::quoting::toml_string;
use super::splices::indent;
use super::syntax::{Section, TomlEntry, Value};

/// The keys of an answer, in the order in which a new answer has them.
pub(super) const KEYS: [&str; 7] = ["question", "position", "summary", QUOTES, "voice", "to", "context"];
pub(super) const QUOTES: &str = "quotes";
/// The keys that a new answer always has, so that its author sees what to fill in.
const REQUIRED: [&str; 3] = ["question", "position", "summary"];

/// Number of hexadecimal digits of an answer's id.
const ID_CHARS: usize = 12;

/// An answer as its record writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerText {
    /// Empty, like `position` and `summary`, if the key is absent or empty.
    pub question: String,
    pub position: String,
    pub summary: String,
    pub quotes: Vec<String>,
    /// `None`, like `to` and `context`, if the key is absent.
    pub voice: Option<String>,
    pub to: Option<String>,
    pub context: Option<String>,
}

impl AnswerText {
    /// Returns a hash of all that the answer says, by which it is found again after other parts of its file have
    /// changed. Equal answers have the same hash; [`super::RecordText::answer_ids`] tells them apart by a number.
    pub fn id(&self) -> String {
        let optional = [&self.voice, &self.to, &self.context];
        let parts = (&self.question, &self.position, &self.summary, &self.quotes, optional);
        // The format of `Debug` separates the parts and marks absent ones, so different answers give different
        // texts.
        let mut hash = sha256(format!("{parts:?}").as_bytes());
        hash.truncate(ID_CHARS);
        hash
    }

    /// Reads the keys of an answer, and ignores unknown ones.
    ///
    /// # Errors
    /// The first entry with one of [`KEYS`] whose value has the wrong type, or whose key has further parts (`to.x`).
    pub(super) fn read(table: Table<'_>) -> Result<Self, &TomlEntry> {
        let known =
            |entry: &&TomlEntry| entry.path.first().is_some_and(|key| KEYS.contains(&key.name.as_str()));
        let is_wrong = |entry: &&TomlEntry| {
            let is_of_type = if entry.is(&[QUOTES]) {
                entry.value.texts().is_some()
            } else {
                entry.value.text().is_some()
            };
            entry.path.len() > 1 || !is_of_type
        };
        if let Some(wrong) = table.entries().iter().filter(known).find(is_wrong) {
            return Err(wrong);
        }
        // The lines of a multi-line text end as the file's lines do, with `\n` or `\r\n`.
        let plain = |text: &str| text.replace("\r\n", "\n");
        let text = |key| Some(plain(table.get(key)?.value.text()?));
        let quotes = table.get(QUOTES).and_then(|entry| entry.value.texts()).unwrap_or_default();
        let required = |key| text(key).unwrap_or_default();
        Ok(Self {
            question: required("question"),
            position: required("position"),
            summary: required("summary"),
            quotes: quotes.iter().map(|quote| plain(quote)).collect(),
            voice: text("voice"),
            to: text("to"),
            context: text("context"),
        })
    }

    /// The text of a key other than `quotes`. `None` if the answer has no such key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        match key {
            "question" => Some(&self.question),
            "position" => Some(&self.position),
            "summary" => Some(&self.summary),
            "voice" => self.voice.as_deref(),
            "to" => self.to.as_deref(),
            "context" => self.context.as_deref(),
            _ => None,
        }
    }

    /// Returns a new answer as TOML values.
    pub(super) fn to_table(&self) -> toml::Table {
        let mut table = toml::Table::new();
        self.update(&mut table);
        table
    }

    /// Writes the answer into a table of values as an edit does. Removes optional keys that the answer lacks. Writes
    /// empty values only for keys that the table has already, or, if it is empty, for [`REQUIRED`] keys.
    pub(super) fn update(&self, table: &mut toml::Table) {
        let is_new = table.is_empty();
        for key in KEYS {
            let (value, is_empty) = match self.get(key) {
                _ if key == QUOTES => (self.quotes.clone().into(), self.quotes.is_empty()),
                Some(text) => (toml::Value::from(text), text.is_empty()),
                None => {
                    table.remove(key);
                    continue;
                }
            };
            if !is_empty || table.contains_key(key) || (is_new && REQUIRED.contains(&key)) {
                table.insert(key.to_owned(), value);
            }
        }
    }

    /// Returns the keys of a new answer with their values as TOML, without empty values except for [`REQUIRED`] keys.
    /// `indent` is the white space before each key that has a line of its own.
    pub(super) fn to_entries(&self, quotes: &QuotesStyle, indent: &str) -> Vec<(&'static str, String)> {
        let entry = |key: &'static str| match self.get(key) {
            _ if key == QUOTES => {
                (!self.quotes.is_empty()).then(|| (key, quotes.write(&self.quotes, None, indent)))
            }
            Some(text) if !text.is_empty() || REQUIRED.contains(&key) => Some((key, toml_string(text))),
            _ => None,
        };
        KEYS.into_iter().filter_map(entry).collect()
    }
}

/// How the lists of quotes in a record are laid out.
pub(super) struct QuotesStyle {
    /// Whether several quotes have a line each.
    has_lines: bool,
    /// The white space before each quote on a line of its own.
    indent: String,
    newline: &'static str,
}

impl QuotesStyle {
    /// Takes the style from those `lists` that have several quotes. New lists get a line for each quote if at
    /// least half of these lists are on several lines, or if there are none. The indent is that of the first list
    /// on several lines.
    pub(super) fn of<'t>(
        text: Text<'_>,
        lists: impl Iterator<Item = &'t Value>,
        newline: &'static str,
    ) -> Self {
        let several: Vec<&Value> =
            lists.filter(|list| list.items().is_some_and(|items| items.len() > 1)).collect();
        let on_lines = |list: &&&Value| text.text[list.span.clone()].contains('\n');
        let lines = several.iter().filter(on_lines);
        let first = lines.clone().next().and_then(|list| list.items()?.first());
        let indent =
            first.map(|first| indent(text.text, first.value.span.start)).filter(|indent| !indent.is_empty());
        Self {
            has_lines: lines.count() * 2 >= several.len(),
            indent: indent.unwrap_or("    ").to_owned(),
            newline,
        }
    }

    /// Returns the style for inline tables, in which all quotes are on one line.
    pub(super) fn on_one_line() -> Self {
        Self { has_lines: false, indent: String::new(), newline: "\n" }
    }

    /// Writes a list of quotes as TOML. `old` is the list before the edit, and the text of its file: quotes that
    /// are in this list keep their quotation marks and escapes. `key_indent` is the white space before the key,
    /// and so before a `]` on a line of its own.
    pub(super) fn write(&self, quotes: &[String], old: Option<(&Value, &str)>, key_indent: &str) -> String {
        let written: Vec<String> =
            quotes.iter().map(|quote| written_in(old, quote).unwrap_or_else(|| toml_string(quote))).collect();
        if written.len() < 2 || !self.has_lines {
            return format!("[{}]", written.join(", "));
        }
        let Self { indent, newline, .. } = self;
        let gap = format!(",{newline}{indent}");
        format!("[{newline}{indent}{},{newline}{key_indent}]", written.join(&gap))
    }
}

/// Returns a quote with the quotation marks and escapes that it has in a list. The list is given with the text of
/// its file. `None` if the list doesn't have the quote.
fn written_in(list: Option<(&Value, &str)>, quote: &str) -> Option<String> {
    let (list, text) = list?;
    let item = list.items()?.iter().find(|item| item.value.text() == Some(quote))?;
    Some(text[item.value.span.clone()].to_owned())
}

/// How the sections of a record's answers are laid out.
pub(super) struct SectionStyle {
    header: String,
    indent: String,
    separator: String,
}

impl SectionStyle {
    /// Takes the style of another answer's section, or the usual one if there is none.
    pub(super) fn of(text: Text<'_>, neighbour: Option<&Section>) -> Self {
        let parts = neighbour.and_then(|section| Some((section.header.as_ref()?, section)));
        let Some((header, section)) = parts else {
            return Self {
                header: "[[answer]]".to_owned(),
                indent: String::new(),
                separator: " = ".to_owned(),
            };
        };
        let header_indent = indent(text.text, header.span.start);
        let keys = section.entries.first().map_or("", |first| indent(text.text, first.span().start));
        Self {
            header: format!("{header_indent}{}", &text.text[header.span.clone()]),
            indent: keys.to_owned(),
            separator: text.separator(&section.entries),
        }
    }

    /// Writes a header and, below it, the keys of an answer. Each begins a line; `newline` ends it.
    pub(super) fn write(&self, answer: &AnswerText, quotes: &QuotesStyle, newline: &str) -> String {
        let Self { header, indent, separator } = self;
        let mut written = format!("{header}{newline}");
        for (key, value) in answer.to_entries(quotes, indent) {
            // Writing to a string does not fail.
            let _ = write!(written, "{indent}{key}{separator}{value}{newline}");
        }
        written
    }
}
