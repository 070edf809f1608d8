//! The English word lists for attribution: cue phrases, nouns, adjectives and verbs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{WordSet, parse_lines};

/// The English word lists that attribution uses. Each field is the list `en/<field>.txt`, or `en/verbs.toml`.
#[derive(Debug)]
pub(crate) struct English {
    /// Phrases that pages mark in a quote whose voice is attributed. Verbs are listed only if they nearly always
    /// attribute something.
    pub(crate) attributed: WordSet,
    /// Phrases that express doubt: *allegedly*. A sentence with one of them, and without attribution, is hedged.
    pub(crate) hedged: WordSet,
    /// Phrases that may express doubt, but often don't: *likely*, *reported*. They are marked in a quote whose voice
    /// the site's author gave as hedged, but don't make a sentence hedged.
    pub(crate) hedged_weakly: WordSet,
    /// Phrases about the future: *is expected to*. A sentence with one of them, and without attribution or doubt, is a
    /// forecast.
    pub(crate) forecast: WordSet,
    /// Phrases that may be about the future, but often aren't: *could*, *going to*. They are marked in a quote whose
    /// voice the site's author gave as a forecast, but don't make a sentence a forecast.
    pub(crate) forecast_weakly: WordSet,
    /// Nouns that attribute with a *that* clause: *the claim that*.
    pub(crate) speech_nouns: WordSet,
    /// Nouns that, after a possessive, attribute what follows to someone: *his promise to build*.
    pub(crate) possessed_speech_nouns: WordSet,
    /// Adjectives of belief, desire or fear: *confident*.
    pub(crate) stance_adjectives: WordSet,
    /// Things that can be the source of a statement: *survey*.
    pub(crate) inanimate_sources: WordSet,
    /// Words for people, mostly without a typical ending such as *-er*, and for groups of people: *chief*, *police*.
    pub(crate) people: WordSet,
    /// Abbreviations that end with a full stop, written here without it.
    pub(crate) abbreviations: WordSet,
    /// Common finite verbs, before which a noun phrase ends: irregular past forms and some present forms.
    pub(crate) finite_verbs: WordSet,
    /// Words that govern an infinitive: *able to say*. Verbs of attribution and words in *-ed* govern it without being
    /// listed.
    pub(crate) catenatives: WordSet,
    /// Verbs whose base form and third person may also be nouns or adjectives.
    pub(crate) verbs_or_nouns: WordSet,
    pub(crate) verbs: Verbs,
}

/// The verbs that attribute a statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verbs {
    /// The groups of `verbs.toml`, in order. If two verbs share a form, the verb in the earlier group wins.
    pub(crate) group: Vec<VerbList>,
    /// Simple past and past participle, in this order, of irregular verbs, by base form.
    pub(crate) irregular: BTreeMap<String, [String; 2]>,
}

/// Verbs of the same class that take the same complements.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerbList {
    pub(crate) class: VerbClass,
    pub(crate) takes: Vec<Complement>,
    /// Prepositions and particles that may follow such a verb instead of a complement in `takes`.
    pub(crate) with: Vec<String>,
    pub(crate) verbs: Vec<String>,
}

/// The class of a verb of attribution, as `verbs.toml` spells it. `CueClass` explains the classes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum VerbClass {
    Speech,
    Finding,
    Attitude,
}

/// A grammatical complement of a verb, as `verbs.toml` spells it. The flags in `attribution::verbs::takes` explain the
/// complements.
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
