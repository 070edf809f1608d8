//! The words of the interface, in the site's language: everything on a page that is neither the author's nor a
//! source's.
//!
//! They stand in a TOML file per language (`templates/words/en.toml`), the author's over the theme's. What a language
//! lacks is said in English, and told of. What is put together of several of them is put together in `counts`.

mod counts;
mod plural;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sourcewise_quotes::primary;

use super::embedded::WORDS;
use crate::files::{Files, Span};
use crate::ids::FastMap;
use crate::load::{Phrase, WordsFile, read_words};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest::nearest_name;

use plural::Plural;

/// The language that is complete, and that all others fall back on.
const COMPLETE: &str = "en";

/// How many missing keys a message names.
const NAMED: usize = 3;

/// The words of that language, read once.
static ENGLISH: LazyLock<BTreeMap<String, Phrase>> = LazyLock::new(|| {
    let words = built_in(COMPLETE, &mut Files::default(), &mut Problems::default());
    words.into_iter().flat_map(by_key).collect()
});

/// Reads the theme's English words, if that has not been done yet.
pub(super) fn prepare() {
    LazyLock::force(&ENGLISH);
}

/// The theme's words for a language, if it has any.
fn built_in(language: &str, files: &mut Files, problems: &mut Problems) -> Option<WordsFile> {
    let (_, text) = WORDS.iter().find(|(name, _)| *name == format!("words/{language}.toml"))?;
    let file = files.add(format!("builtin/words/{language}.toml"), *text);
    Some(read_words(language, file, text, problems))
}

/// The words of the interface, by key.
#[derive(Clone, Debug)]
pub(super) struct Words {
    phrases: FastMap<String, Phrase>,
    /// The keys that are said in the site's language; the others are in English.
    own: BTreeSet<String>,
    plural: Plural,
    english: Plural,
}

impl Words {
    /// The words for a site in a language, which is written at `written`. Faults of the author's files are problems,
    /// and so is what the language lacks.
    pub(super) fn new(
        site_language: &str,
        written: Option<Span>,
        author: &[WordsFile],
        files: &mut Files,
        problems: &mut Problems,
    ) -> Self {
        let english = &*ENGLISH;
        for file in author {
            check(file, english, problems);
        }
        let mut phrases: FastMap<_, _> = english.clone().into_iter().collect();
        let mut said = BTreeSet::new();
        let mut language = None;
        // From the general to the particular: what is said of `pt-BR` goes over what is said of `pt`.
        for tag in tags(site_language) {
            let theirs = if tag == COMPLETE {
                said.extend(english.keys().cloned());
                None
            } else {
                built_in(&tag, files, problems)
            };
            let own = author.iter().filter(|file| file.language == tag);
            for file in theirs.iter().chain(own) {
                language = Some(file.file);
                said.extend(file.phrases.iter().map(|(key, _)| key.value.clone()));
                phrases.extend(by_key(file.clone()).filter(|(key, _)| english.contains_key(key)));
            }
        }
        let missing: Vec<&str> =
            english.keys().filter(|key| !said.contains(*key)).map(String::as_str).collect();
        if !missing.is_empty() && !primary(site_language).eq_ignore_ascii_case(COMPLETE) {
            let span = language.map(Span::whole).or(written);
            problems.extend(span.map(|span| lacking(site_language, language.is_some(), &missing, span)));
        }
        Self { phrases, own: said, plural: Plural::of(site_language), english: Plural::of(COMPLETE) }
    }

    /// Every key.
    pub(super) fn keys() -> impl Iterator<Item = &'static str> {
        ENGLISH.keys().map(String::as_str)
    }

    /// The phrase of a key.
    pub(super) fn phrase(&self, key: &str) -> Option<&Phrase> {
        self.phrases.get(key)
    }

    /// The phrase of a key, its gaps filled, in the form that goes with a number, if it has forms and one is given.
    pub(super) fn say<'v>(
        &self,
        key: &str,
        n: Option<u64>,
        gaps: impl Fn(&str) -> Option<&'v str>,
    ) -> String {
        filled(self.form(key, n.and_then(|n| n.try_into().ok())), gaps)
    }

    /// A text without gaps. The key itself for what nobody knows: a test sees to it that the program asks for no such.
    pub(super) fn text(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A text, its gaps filled.
    pub(super) fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        filled(self.form(key, None), among(gaps))
    }

    /// A text in the form for a number, which goes into the gap `{n}`.
    pub(super) fn count(&self, key: &str, n: usize, gaps: &[(&str, &str)]) -> String {
        let number = n.to_string();
        let gap = among(gaps);
        filled(self.form(key, Some(n)), |name| gap(name).or_else(|| (name == "n").then_some(&*number)))
    }

    /// The text of a key, in the form for a number, with its gaps. The key itself for what nobody knows.
    fn form<'w>(&'w self, key: &'w str, n: Option<usize>) -> &'w str {
        match (self.phrases.get(key), n) {
            (Some(Phrase::Plain(text)), _) => text,
            (Some(Phrase::Counted(forms)), Some(n)) => {
                let plural = if self.own.contains(key) { &self.plural } else { &self.english };
                plural.form(forms, n).unwrap_or(key)
            }
            _ => key,
        }
    }

    /// The name of a month, from 1.
    fn month(&self, month: usize) -> &str {
        match self.phrases.get("months") {
            Some(Phrase::List(names)) => names.get(month - 1).map_or("", String::as_str),
            _ => "",
        }
    }
}

/// What goes into a gap, by its name.
fn among<'v>(gaps: &'v [(&str, &'v str)]) -> impl Fn(&str) -> Option<&'v str> {
    |name| Some(gaps.iter().find(|(known, _)| *known == name)?.1)
}

/// Puts values into the gaps of a text: `{name}`.
fn filled<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let gap = after.split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
        let (value, after) = gap.unwrap_or(("{", after));
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn by_key(file: WordsFile) -> impl Iterator<Item = (String, Phrase)> {
    file.phrases.into_iter().map(|(key, phrase)| (key.value, phrase.value))
}

/// `zh-hant-tw` is looked for as `zh`, `zh-hant`, `zh-hant-tw`.
fn tags(language: &str) -> Vec<String> {
    let language = language.to_lowercase();
    let ends = language.match_indices('-').map(|(at, _)| at).chain([language.len()]);
    ends.map(|end| language[..end].to_owned()).collect()
}

/// Tells of keys that nothing asks for, of phrases of the wrong kind, and of gaps that nothing fills.
fn check(file: &WordsFile, english: &BTreeMap<String, Phrase>, problems: &mut Problems) {
    for (key, phrase) in &file.phrases {
        let Some(model) = english.get(&key.value) else {
            let help = match nearest_name(&key.value, english.keys().map(String::as_str)) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "see what there is: sourcewise theme words/en.toml".to_owned(),
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
                Phrase::Counted(_) => "a table of plural forms: `{ one = \"…\", other = \"…\" }`".to_owned(),
                Phrase::List(texts) => format!("a list of {} texts", texts.len()),
            };
            let message = format!("`{}` must be {kind}", key.value);
            let help = format!("in English it is written: {}", written(model));
            problems.push(Problem::error(Code::WrongType, phrase.span, message, help));
        }
        let known: BTreeSet<&str> = model.texts().into_iter().flat_map(gaps).collect();
        for gap in phrase.value.texts().into_iter().flat_map(gaps).filter(|gap| !known.contains(gap)) {
            let message = format!("nothing fills `{{{gap}}}` in `{}`", key.value);
            let help = format!("in English it is written: {}", written(model));
            problems.push(Problem::error(Code::BadValue, phrase.span, message, help));
        }
    }
}

/// The names of the gaps in a text.
fn gaps(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

fn written(phrase: &Phrase) -> String {
    phrase.texts().iter().map(|text| format!("“{text}”")).collect::<Vec<_>>().join(", ")
}

fn lacking(language: &str, some: bool, missing: &[&str], span: Span) -> Problem {
    let named: Vec<String> = missing.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
    let more = if missing.len() > NAMED { " and more" } else { "" };
    let (message, help) = if some {
        (
            format!("the interface is partly English: `{language}` lacks {}{more}", named.join(", ")),
            format!("add them to `templates/words/{language}.toml`"),
        )
    } else {
        (
            format!("the interface stays English: there are no words for `{language}`"),
            format!(
                "put them into `templates/words/{language}.toml`; begin with: sourcewise theme words/en.toml"
            ),
        )
    };
    Problem::warning(Code::WordsMissing, span, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_and_other_braces_stay() {
        assert_eq!(filled("{n} of {of}", among(&[("n", "3"), ("of", "5")])), "3 of 5");
        assert_eq!(filled("{x} {", among(&[("n", "3")])), "{x} {");
        assert_eq!(filled("{a}", among(&[("a", "{b}"), ("b", "no")])), "{b}");
    }

    #[test]
    fn a_tag_is_looked_for_from_the_general_to_the_particular() {
        assert_eq!(tags("zh-Hant-TW"), ["zh", "zh-hant", "zh-hant-tw"]);
        assert_eq!(tags("de"), ["de"]);
    }
}
