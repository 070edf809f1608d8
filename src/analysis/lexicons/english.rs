//! English word lists for attribution, and the verbs of speech.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{WordSet, parse_lines};

/// The English word lists that attribution uses.
#[derive(Debug)]
pub(crate) struct English {
    /// Phrases that attribute a statement. Verbs are included only if they hardly ever do anything else.
    pub(crate) attributed: WordSet,
    pub(crate) hedged: WordSet,
    /// Possible hedges: marked in hedged quotes, but too weak to detect the voice.
    pub(crate) hedged_weakly: WordSet,
    /// Phrases that speak of the future.
    pub(crate) forecast: WordSet,
    /// Possible forecast phrases: marked in forecast quotes, but too weak to detect the voice.
    pub(crate) forecast_weakly: WordSet,
    /// Nouns that take a *that* clause: *the claim that*.
    pub(crate) speech_nouns: WordSet,
    /// Nouns that attribute with a possessor: *his promise to build*.
    pub(crate) possessed_speech_nouns: WordSet,
    /// Adjectives of belief, desire or fear: *confident*.
    pub(crate) stance_adjectives: WordSet,
    /// Things that can be the source of a statement: *survey*.
    pub(crate) inanimate_sources: WordSet,
    /// Nouns for people without a typical ending, and for groups of people.
    pub(crate) people: WordSet,
    /// Abbreviations that end with a full stop.
    pub(crate) abbreviations: WordSet,
    /// Common finite verbs: irregular past forms and some present forms. They end a noun phrase.
    pub(crate) finite_verbs: WordSet,
    /// Words that govern an infinitive, besides verbs of speech and past forms in *-ed*.
    pub(crate) catenatives: WordSet,
    /// Verbs whose base form and third person may also be nouns or adjectives.
    pub(crate) verbs_or_nouns: WordSet,
    pub(crate) verbs: Verbs,
}

/// The verbs that attribute a statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verbs {
    /// If two verbs share a form, the one in the earlier group wins.
    pub(crate) group: Vec<VerbList>,
    /// Past and participle of irregular verbs.
    pub(crate) irregular: BTreeMap<String, [String; 2]>,
}

/// Verbs of the same class that take the same complements.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerbList {
    pub(crate) class: VerbClass,
    pub(crate) takes: Vec<Complement>,
    /// Prepositions and particles that complete them, as an alternative to `takes`.
    pub(crate) with: Vec<String>,
    pub(crate) verbs: Vec<String>,
}

/// The class of a verb of attribution.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum VerbClass {
    Speech,
    Finding,
    Attitude,
}

/// The grammatical complement of a verb.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Complement {
    Clause,
    Noun,
    Infinitive,
    Nothing,
    Preposition,
}

macro_rules! list {
    ($name:literal) => {
        parse_lines(include_str!(concat!("en/", $name, ".txt")))
    };
}

static ENGLISH: LazyLock<English> = LazyLock::new(|| English {
    attributed: list!("attributed"),
    hedged: list!("hedged"),
    hedged_weakly: list!("hedged_weakly"),
    forecast: list!("forecast"),
    forecast_weakly: list!("forecast_weakly"),
    speech_nouns: list!("speech_nouns"),
    possessed_speech_nouns: list!("possessed_speech_nouns"),
    stance_adjectives: list!("stance_adjectives"),
    inanimate_sources: list!("inanimate_sources"),
    people: list!("people"),
    abbreviations: list!("abbreviations"),
    finite_verbs: list!("finite_verbs"),
    catenatives: list!("catenatives"),
    verbs_or_nouns: list!("verbs_or_nouns"),
    verbs: toml::from_str(include_str!("en/verbs.toml")).expect("`verbs.toml` is valid, as a test checks"),
});

pub(crate) fn english() -> &'static English {
    &ENGLISH
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn verbs_are_sorted_lower_case_and_in_one_group_each() {
        let mut seen = BTreeSet::new();
        for group in &english().verbs.group {
            assert!(group.verbs.is_sorted(), "{:?}", group.verbs);
            for verb in &group.verbs {
                assert!(seen.insert(verb), "{verb} is in two groups");
                assert_eq!(*verb, verb.to_lowercase());
            }
        }
        let unknown: Vec<_> = english().verbs.irregular.keys().filter(|verb| !seen.contains(verb)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
