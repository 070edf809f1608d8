//! The interface texts in the site's language: all text on a page that comes neither from the site's author nor from a
//! source.
//!
//! Each language has a TOML file (`templates/words/en.toml`). A file of the site's author takes precedence over the
//! theme's file for the same language. Keys missing in a language fall back to English, with a warning
//! unless only the desk, the local editing program, uses them. `counts.rs` composes several texts into one, `plural.rs`
//! picks plural forms.

mod counts;
mod plural;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sourcewise_quotes::primary;

use super::embedded::WORDS;
use crate::files::{Files, Span};
use crate::ids::FastMap;
use crate::load::{DESK_PREFIX, Phrase, WordsFile, read_words};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

use plural::Plural;

/// The language that has all keys. Other languages fall back to it.
const FALLBACK: &str = "en";

/// A warning names at most this many missing keys.
const MAX_LISTED_KEYS: usize = 3;

/// The texts of the fallback language, parsed once.
static ENGLISH: LazyLock<BTreeMap<String, Phrase>> = LazyLock::new(|| {
    let file = built_in(FALLBACK, &mut Files::default(), &mut Problems::default());
    file.into_iter().flat_map(by_key).collect()
});

/// Parses the English texts, if that has not been done yet.
pub(super) fn prepare() {
    LazyLock::force(&ENGLISH);
}

/// Returns the theme's file for a language, if the theme has one.
fn built_in(language: &str, files: &mut Files, problems: &mut Problems) -> Option<WordsFile> {
    let (_, text) = WORDS.iter().find(|(name, _)| *name == format!("words/{language}.toml"))?;
    let file = files.add(format!("builtin/words/{language}.toml"), *text);
    Some(read_words(language, file, text, problems))
}

/// The interface texts of a site, by key.
#[derive(Clone, Debug)]
pub(super) struct Locale {
    phrases: FastMap<String, Phrase>,
    /// The keys for which the theme or the site's author has a text in the site's language; the others are English.
    translated: BTreeSet<String>,
    plural: Plural,
    english: Plural,
}

impl Locale {
    /// Loads the texts for the site's language. `language_span` is where `site.toml` sets the language. Errors in the
    /// author's language files, and keys that the language lacks, become problems.
    pub(super) fn new(
        site_language: &str,
        language_span: Option<Span>,
        author: &[WordsFile],
        files: &mut Files,
        problems: &mut Problems,
    ) -> Self {
        let english = &*ENGLISH;
        for file in author {
            check_keys(file, english, problems);
        }
        let mut phrases: FastMap<_, _> = english.clone().into_iter().collect();
        let mut translated = BTreeSet::new();
        let mut language = None;
        // From general to specific: `pt-BR` overrides `pt`.
        for tag in tag_prefixes(site_language) {
            let built_in = if tag == FALLBACK {
                translated.extend(english.keys().cloned());
                None
            } else {
                built_in(&tag, files, problems)
            };
            let own = author.iter().filter(|file| file.language == tag);
            for file in built_in.iter().chain(own) {
                language = Some(file.file);
                translated.extend(file.phrases.iter().map(|(key, _)| key.value.clone()));
                phrases.extend(by_key(file.clone()).filter(|(key, _)| english.contains_key(key)));
            }
        }
        // A language may lack the texts of the desk, which no page of the site shows.
        let missing =
            english.keys().filter(|key| !translated.contains(*key) && !key.starts_with(DESK_PREFIX));
        let missing: Vec<&str> = missing.map(String::as_str).collect();
        if !missing.is_empty() && !primary(site_language).eq_ignore_ascii_case(FALLBACK) {
            let span = language.map(Span::whole).or(language_span);
            problems.extend(span.map(|span| missing_keys(site_language, language.is_some(), &missing, span)));
        }
        Self { phrases, translated, plural: Plural::of(site_language), english: Plural::of(FALLBACK) }
    }

    /// Returns the texts of the desk (the local editing program), by key without the prefix. Only plain texts, without
    /// plural forms, are returned.
    pub(super) fn desk_texts(&self) -> BTreeMap<String, String> {
        let texts = self.phrases.iter().filter_map(|(key, phrase)| match phrase {
            Phrase::Plain(text) => Some((key.strip_prefix(DESK_PREFIX)?.to_owned(), text.clone())),
            _ => None,
        });
        texts.collect()
    }

    pub(super) fn keys() -> impl Iterator<Item = &'static str> {
        ENGLISH.keys().map(String::as_str)
    }

    pub(super) fn phrase(&self, key: &str) -> Option<&Phrase> {
        self.phrases.get(key)
    }

    /// Formats a text for the template filter `say`: fills its placeholders from `values`, and picks the plural form
    /// for `n` if the text has plural forms.
    pub(super) fn format<'v>(
        &self,
        key: &str,
        n: Option<u64>,
        values: impl Fn(&str) -> Option<&'v str>,
    ) -> String {
        interpolate(self.form(key, n.and_then(|n| n.try_into().ok())), values)
    }

    /// Returns the text of a key that has no placeholders. If no text has this key, returns the key; a test checks that
    /// the program uses only keys that exist.
    pub(super) fn text(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// Returns the text of a key with its placeholders filled from `values`; the key if no text has this key.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        interpolate(self.form(key, None), lookup(values))
    }

    /// Returns a text in the plural form for `n`, with its placeholders filled; `n` also fills `{n}`.
    pub(super) fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let number = n.to_string();
        let value = lookup(values);
        interpolate(self.form(key, Some(n)), |name| value(name).or_else(|| (name == "n").then_some(&*number)))
    }

    /// Returns a text with its placeholders as they are, in the plural form for `n`. Returns the key if no text has
    /// this key, or if the text has plural forms and `n` is `None`.
    fn form<'w>(&'w self, key: &'w str, n: Option<usize>) -> &'w str {
        match (self.phrases.get(key), n) {
            (Some(Phrase::Plain(text)), _) => text,
            (Some(Phrase::Counted(forms)), Some(n)) => {
                let plural = if self.translated.contains(key) { &self.plural } else { &self.english };
                plural.form(forms, n).unwrap_or(key)
            }
            _ => key,
        }
    }

    /// Returns the name of a month (1 to 12) in the site's language; empty if the list of names is too short.
    fn month(&self, month: usize) -> &str {
        match self.phrases.get("months") {
            Some(Phrase::List(names)) => names.get(month - 1).map_or("", String::as_str),
            _ => "",
        }
    }
}

/// Returns a function that looks up the value of a placeholder by name.
fn lookup<'v>(values: &'v [(&str, &'v str)]) -> impl Fn(&str) -> Option<&'v str> {
    |name| Some(values.iter().find(|(known, _)| *known == name)?.1)
}

/// Replaces `{name}` placeholders. A placeholder without a value stays as it is.
fn interpolate<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let placeholder = after.split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
        let (value, after) = placeholder.unwrap_or(("{", after));
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn by_key(file: WordsFile) -> impl Iterator<Item = (String, Phrase)> {
    file.phrases.into_iter().map(|(key, phrase)| (key.value, phrase.value))
}

/// Returns the prefixes of a language tag, from general to specific: `zh`, `zh-hant`, `zh-hant-tw`.
fn tag_prefixes(language: &str) -> Vec<String> {
    let language = language.to_lowercase();
    let ends = language.match_indices('-').map(|(at, _)| at).chain([language.len()]);
    ends.map(|end| language[..end].to_owned()).collect()
}

/// Reports keys and placeholders that the English texts lack, and texts of another type than the English ones.
fn check_keys(file: &WordsFile, english: &BTreeMap<String, Phrase>, problems: &mut Problems) {
    for (key, phrase) in &file.phrases {
        let Some(model) = english.get(&key.value) else {
            let help = match nearest_name(&key.value, english.keys().map(String::as_str)) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "run `sourcewise theme words/en.toml` to list all keys".to_owned(),
            };
            let message = format!("unknown key `{}`", key.value);
            problems.push(Problem::error(Code::UnknownKey, key.span, message, help));
            continue;
        };
        let fits = match (model, &phrase.value) {
            (Phrase::List(model), Phrase::List(own)) => model.len() == own.len(),
            (Phrase::Plain(_), Phrase::Plain(_)) | (Phrase::Counted(_), Phrase::Counted(_)) => true,
            _ => false,
        };
        if !fits {
            let kind = match model {
                Phrase::Plain(_) => "a text".to_owned(),
                Phrase::Counted(_) => "one text for each plural form, in braces".to_owned(),
                Phrase::List(texts) => format!("a list of {} texts", texts.len()),
            };
            let message = format!("`{}` must be {kind}", key.value);
            let help = format!("write it like the built-in line: `{} = {}`", key.value, toml_value(model));
            problems.push(Problem::error(Code::WrongType, phrase.span, message, help));
        }
        let known: BTreeSet<&str> = model.texts().into_iter().flat_map(placeholders).collect();
        for name in
            phrase.value.texts().into_iter().flat_map(placeholders).filter(|name| !known.contains(name))
        {
            let message = format!("`{}` has no placeholder `{{{name}}}`", key.value);
            let help = format!(
                "use only the placeholders of the English line: `{} = {}`",
                key.value,
                toml_value(model)
            );
            problems.push(Problem::error(Code::BadValue, phrase.span, message, help));
        }
    }
}

/// Returns the names of the placeholders in a text.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// Formats an interface text as a TOML value, as it is in a language's file.
fn toml_value(phrase: &Phrase) -> String {
    let quoted =
        |texts: Vec<&str>| texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
    match phrase {
        Phrase::Plain(text) => format!("\"{text}\""),
        Phrase::List(_) => format!("[{}]", quoted(phrase.texts())),
        Phrase::Counted(forms) => {
            let forms = forms.iter().map(|(form, text)| format!("{form} = \"{text}\""));
            format!("{{ {} }}", forms.collect::<Vec<_>>().join(", "))
        }
    }
}

fn missing_keys(language: &str, has_file: bool, missing: &[&str], span: Span) -> Problem {
    let named: Vec<String> = missing.iter().take(MAX_LISTED_KEYS).map(|key| format!("`{key}`")).collect();
    let more = match missing.len().saturating_sub(MAX_LISTED_KEYS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (message, help) = if has_file {
        (
            format!(
                "some labels of the site are in English: `templates/words/{language}.toml` lacks {}{more}",
                named.join(", ")
            ),
            "add them there; `sourcewise theme words/en.toml` prints the English labels".to_owned(),
        )
    } else {
        (
            format!("the labels of the site are in English: there is no translation into `{language}`"),
            format!(
                "save what `sourcewise theme words/en.toml` prints as `templates/words/{language}.toml`, and translate it"
            ),
        )
    };
    Problem::warning(Code::WordsMissing, span, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        assert_eq!(interpolate("{n} of {of}", lookup(&[("n", "3"), ("of", "5")])), "3 of 5");
        assert_eq!(interpolate("{x} {", lookup(&[("n", "3")])), "{x} {");
        assert_eq!(interpolate("{a}", lookup(&[("a", "{b}"), ("b", "no")])), "{b}");
    }

    #[test]
    fn tags_are_listed_from_general_to_specific() {
        assert_eq!(tag_prefixes("zh-Hant-TW"), ["zh", "zh-hant", "zh-hant-tw"]);
        assert_eq!(tag_prefixes("de"), ["de"]);
    }
}
