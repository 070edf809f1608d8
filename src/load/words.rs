//! Parses `templates/words/<language>.toml`: the interface's words in one language, from the site's folder or the
//! built-in theme. `render::locale` uses them, and checks which are missing.

use toml::de::DeValue;

use super::problems;
use super::table::Table;
use super::toml_problems::{Wanted, wrong_type};
use crate::files::{FileId, Spanned};
use crate::problem::Problems;

/// One phrase of the interface, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// A text without plural forms.
    Plain(String),
    /// One text for each plural form of the language (CLDR's names: `zero`, `one`, `two`, `few`, `many`, `other`).
    Counted(Vec<(String, String)>),
    /// An ordered list, such as the names of the months.
    List(Vec<String>),
}

impl Phrase {
    /// Whether the phrase has plural forms.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Counted(_))
    }

    /// Returns every text in the phrase: of all plural forms, or of the whole list.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted(forms) => forms.iter().map(|(_, text)| text.as_str()).collect(),
            Self::List(texts) => texts.iter().map(String::as_str).collect(),
        }
    }
}

/// The phrases of one language's file.
#[derive(Clone, Debug)]
pub struct WordsFile {
    /// The file's name without its extension, in lower case and with `-`: `de`, `pt-br`.
    pub language: String,
    pub file: FileId,
    /// Each key with its phrase. Keys in the table `[desk]` have the prefix [`DESK_PREFIX`].
    pub phrases: Vec<(Spanned<String>, Spanned<Phrase>)>,
}

/// The names of plural forms in CLDR (Unicode's data about languages).
const PLURAL_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Precedes the keys of the texts in the table `[desk]`. Only the desk, the app for editing a site, shows them.
pub const DESK_PREFIX: &str = "desk.";

/// Parses the file of one language. A phrase must be a text, a list of texts, or plural forms that include `other`.
/// Anything else is a problem and is left out.
pub fn read(language: &str, file: FileId, text: &str, problems: &mut Problems) -> WordsFile {
    let mut table = Table::parse(file, text, 0, problems);
    let desk = table.table("desk", problems);
    let of_desk = desk.into_iter().flat_map(Table::into_entries);
    let of_desk = of_desk.map(|(key, value)| (key.map(|key| format!("{DESK_PREFIX}{key}")), value));
    let mut phrases = Vec::new();
    for (key, value) in table.into_entries().chain(of_desk) {
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
            let is_known = |form: &str| PLURAL_FORMS.contains(&form);
            let texts = forms.into_iter().map(|(form, text)| match text.into_inner() {
                DeValue::String(text) if is_known(form.get_ref()) => {
                    Some((form.into_inner().into_owned(), text.into_owned()))
                }
                _ => None,
            });
            match texts.collect::<Option<Vec<_>>>() {
                Some(texts) if texts.iter().any(|(form, _)| form == "other") => Phrase::Counted(texts),
                Some(_) => {
                    problems.push(problems::no_plural_other(&key.value, span));
                    return None;
                }
                None => {
                    problems.push(problems::bad_plural(&key.value, &PLURAL_FORMS, span));
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
        other => return wrong_type(&key.value, Wanted::Text, &other, span, problems),
    };
    Some(Spanned::new(phrase, span))
}
