//! `templates/words/<language>.toml`: the interface's words in one language, as the author or the theme wrote them.
//!
//! What they mean, and which are missing, `render` knows.

use toml::de::DeValue;

use super::problems;
use super::table::Table;
use crate::files::{FileId, Spanned};
use crate::problem::Problems;

/// One text of the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// The same whatever is counted.
    Plain(String),
    /// One for each plural form of the language (CLDR's names: `zero`, `one`, `two`, `few`, `many`, `other`).
    Counted(Vec<(String, String)>),
    /// Several in order: the names of the months.
    List(Vec<String>),
}

impl Phrase {
    /// Whether it changes with a number.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Counted(_))
    }

    /// Every text in it.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted(forms) => forms.iter().map(|(_, text)| text.as_str()).collect(),
            Self::List(texts) => texts.iter().map(String::as_str).collect(),
        }
    }
}

/// The words of one language.
#[derive(Clone, Debug)]
pub struct WordsFile {
    /// The tag that is the file's name, in lower case: `de`, `pt-br`.
    pub language: String,
    /// The file itself.
    pub file: FileId,
    /// Key and phrase, each where it stands.
    pub phrases: Vec<(Spanned<String>, Spanned<Phrase>)>,
}

/// The plural forms that a language may have.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Reads the words of one language.
pub fn read(language: &str, file: FileId, text: &str, problems: &mut Problems) -> WordsFile {
    let table = Table::parse(file, text, 0, problems);
    let mut phrases = Vec::new();
    for (key, value) in table.into_entries() {
        if let Some(phrase) = phrase(&key, value, problems) {
            phrases.push((key, phrase));
        }
    }
    WordsFile { language: language.to_lowercase().replace('_', "-"), file, phrases }
}

fn phrase(
    key: &Spanned<String>,
    value: Spanned<DeValue<'_>>,
    problems: &mut Problems,
) -> Option<Spanned<Phrase>> {
    let span = value.span;
    let phrase = match value.value {
        DeValue::String(text) => Phrase::Plain(text.into_owned()),
        DeValue::Table(forms) => {
            let known = |form: &str| FORMS.contains(&form);
            let texts = forms.into_iter().map(|(form, text)| match text.into_inner() {
                DeValue::String(text) if known(form.get_ref()) => {
                    Some((form.into_inner().into_owned(), text.into_owned()))
                }
                _ => None,
            });
            match texts.collect::<Option<Vec<_>>>() {
                Some(texts) if texts.iter().any(|(form, _)| form == "other") => Phrase::Counted(texts),
                _ => {
                    problems.push(problems::bad_plural(&key.value, &FORMS, span));
                    return None;
                }
            }
        }
        DeValue::Array(items) => {
            let texts = items.into_iter().map(|item| match item.into_inner() {
                DeValue::String(text) => Some(text.into_owned()),
                _ => None,
            });
            let Some(texts) = texts.collect::<Option<Vec<_>>>() else {
                problems.push(problems::bad_list(&key.value, span));
                return None;
            };
            Phrase::List(texts)
        }
        other => return problems::wrong_type(&key.value, "a text in quotes", &other, span, problems),
    };
    Some(Spanned::new(phrase, span))
}
