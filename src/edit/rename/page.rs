//! The places in the front matter of a page where the id of a question is written: its `[verdict]`.

use crate::edit::syntax::{Kind, Syntax, Value};

/// The keys that lead to ids of questions. Items of a list count as values of its key.
const QUESTIONS: [&[&str]; 2] = [&["verdict", "questions"], &["verdict", "answer", "question"]];

/// Returns the values that are ids of questions.
pub(super) fn question_ids(front_matter: &Syntax) -> Vec<&Value> {
    let mut texts = Vec::new();
    for section in &front_matter.sections {
        for entry in &section.entries {
            let keys = entry.path.iter().map(|key| key.name.as_str());
            add_texts(&entry.value, section.path().into_iter().chain(keys).collect(), &mut texts);
        }
    }
    texts.retain(|(path, _)| QUESTIONS.contains(&path.as_slice()));
    texts.into_iter().map(|(_, value)| value).collect()
}

/// Adds all texts in a value, each with the keys that lead to it.
fn add_texts<'s>(value: &'s Value, path: Vec<&'s str>, texts: &mut Vec<(Vec<&'s str>, &'s Value)>) {
    match &value.kind {
        Kind::Text(_) => texts.push((path, value)),
        Kind::List(items) => items.iter().for_each(|item| add_texts(&item.value, path.clone(), texts)),
        Kind::Table(entries) => {
            for entry in entries {
                let keys = entry.path.iter().map(|key| key.name.as_str());
                add_texts(&entry.value, path.iter().copied().chain(keys).collect(), texts);
            }
        }
        Kind::Other => {}
    }
}
