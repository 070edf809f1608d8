//! `include` and `exclude` in a record: the parts of the document that always belong to its text, or never.

use sourcewise_documents::{NamedParts, PartFault, PartKey};
use toml::de::DeValue;

use super::part_problems;
use super::table::Table;
use super::toml_problems::{Wanted, wrong_type};
use crate::files::Spanned;
use crate::problem::{Problem, Problems};
use crate::text::printable;

/// The entries of a record's `include` and `exclude`: CSS selectors, or numbers of pages.
#[derive(Clone, Debug, Default)]
pub struct PartsDraft {
    pub include: Vec<Spanned<String>>,
    pub exclude: Vec<Spanned<String>>,
}

impl PartsDraft {
    pub(super) fn read(table: &mut Table<'_>, problems: &mut Problems) -> Self {
        Self {
            include: one_or_more("include", table, problems),
            exclude: one_or_more("exclude", table, problems),
        }
    }

    pub(super) fn named(&self) -> NamedParts {
        let names = |list: &[Spanned<String>]| list.iter().map(|one| one.value.clone()).collect();
        NamedParts { include: names(&self.include), exclude: names(&self.exclude) }
    }

    /// Returns a problem for each entry that has no effect. `document` is the file's name.
    pub(super) fn problems(&self, faults: &[PartFault], document: &str) -> Vec<Problem> {
        let problem = |fault: &PartFault| {
            let (key, list) = match fault.key {
                PartKey::Include => ("include", &self.include),
                PartKey::Exclude => ("exclude", &self.exclude),
            };
            Some(part_problems::document_part(key, list.get(fault.entry)?, fault.reason, document))
        };
        faults.iter().filter_map(problem).collect()
    }
}

/// Reads a text or a list of texts, without white space at their ends and without unprintable characters.
fn one_or_more(key: &'static str, table: &mut Table<'_>, problems: &mut Problems) -> Vec<Spanned<String>> {
    let Some(value) = table.take(key) else { return Vec::new() };
    let span = value.span;
    let texts = match value.value {
        DeValue::String(text) => vec![Spanned::new(text.into_owned(), span)],
        DeValue::Array(_) => table.list_of_texts(key, value, problems),
        other => wrong_type(key, Wanted::Text, &other, span, problems).unwrap_or_default(),
    };
    texts.into_iter().map(|text| text.map(|text| printable(text.trim()))).collect()
}
