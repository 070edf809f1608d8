//! Edits of a question, `content/questions/<id>.md`: its positions. The text below the front matter never changes.

use std::fmt::Write as _;
use std::ops::Range;

use super::entries::Text;
use super::quoting::{toml_key, toml_string};
use super::splices::Splices;
use super::syntax::Syntax;
use super::text_map::TextMap;
use super::{EditFault, SyntaxFault, meaning};

/// A question, and where its parts are.
#[derive(Debug)]
pub struct QuestionText {
    /// The whole file.
    text: String,
    /// The byte range of the front matter's TOML.
    head: Range<usize>,
    /// The parts of the front matter; byte 0 is the first one of `head`.
    syntax: Syntax,
}

impl QuestionText {
    /// Parses the text of a question's file. Lines of a fault count from the beginning of the file.
    ///
    /// # Errors
    /// If it has no front matter, or if that is not valid TOML.
    pub fn parse(text: &str) -> Result<Self, SyntaxFault> {
        let Some((head, syntax)) = Syntax::parse_front_matter(text)? else {
            let message = "this file has no front matter between two lines `+++`".to_owned();
            return Err(SyntaxFault { line: 1, message });
        };
        Ok(Self { text: text.to_owned(), head, syntax })
    }

    /// The positions, each with its id and label.
    pub fn positions(&self) -> Vec<(String, String)> {
        let entries = self.map().entries().into_iter();
        entries.map(|entry| (entry.question, entry.reason.unwrap_or_default())).collect()
    }

    /// Adds a position after the others.
    ///
    /// # Errors
    /// If it exists already, or if the result would mean something else than the edit says.
    pub fn add_position(&self, id: &str, label: &str) -> Result<String, EditFault> {
        if self.map().has(id) {
            return Err(EditFault::KeyTaken(id.to_owned()));
        }
        self.set(id, label)
    }

    /// Changes the label of a position.
    ///
    /// # Errors
    /// If there is no such position, or if the result would mean something else than the edit says.
    pub fn set_position_label(&self, id: &str, label: &str) -> Result<String, EditFault> {
        if !self.map().has(id) {
            return Err(EditFault::NoSuchKey(id.to_owned()));
        }
        self.set(id, label)
    }

    /// Removes a position; with the last one, also the table `positions`, unless it has comments.
    ///
    /// # Errors
    /// If there is no such position, or if the result would mean something else than the edit says.
    pub fn remove_position(&self, id: &str) -> Result<String, EditFault> {
        let map = self.map();
        self.checked(map.remove(id)?, |meant| map.mean_removed(meant, id))
    }

    /// The TOML of the front matter, and the byte of the file where it begins.
    pub(super) fn head(&self) -> (&str, usize) {
        (&self.text[self.head.clone()], self.head.start)
    }

    pub(super) fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    fn set(&self, id: &str, label: &str) -> Result<String, EditFault> {
        let map = self.map();
        self.checked(map.set(id, label)?, |meant| map.mean_set(meant, id, Some(label)))
    }

    fn map(&self) -> TextMap<'_> {
        TextMap::new(Text { text: &self.text[self.head.clone()], syntax: &self.syntax }, "positions", "")
    }

    fn checked(&self, splices: Splices, change: impl FnOnce(&mut toml::Table)) -> Result<String, EditFault> {
        let old = &self.text[self.head.clone()];
        let new = splices.apply(old).ok_or(EditFault::Unfit)?;
        meaning::check(old, &new, change)?;
        Ok(format!("{}{new}{}", &self.text[..self.head.start], &self.text[self.head.end..]))
    }
}

/// Returns the text of a new question's file. Each position has an id and a label.
pub fn new_question(
    title: &str,
    short: Option<&str>,
    terms: &[String],
    positions: &[(String, String)],
) -> String {
    let mut text = format!("+++\ntitle = {}\n", toml_string(title));
    // Writing to a string does not fail.
    if let Some(short) = short {
        let _ = writeln!(text, "short = {}", toml_string(short));
    }
    if !terms.is_empty() {
        let terms: Vec<String> = terms.iter().map(|term| toml_string(term)).collect();
        let _ = writeln!(text, "terms = [{}]", terms.join(", "));
    }
    if !positions.is_empty() {
        text.push_str("\n[positions]\n");
        for (id, label) in positions {
            let _ = writeln!(text, "{} = {}", toml_key(id), toml_string(label));
        }
    }
    text.push_str("+++\n");
    text
}
