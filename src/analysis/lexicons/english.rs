//! What attribution must know of English, besides its grammar: lists of words, and the verbs of speech.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{WordSet, parse_lines};

/// The lists of English that attribution uses.
#[derive(Debug)]
pub(crate) struct English {
    /// Phrases that mark a statement as another's; verbs only where they are hardly ever anything else.
    pub(crate) attributed: WordSet,
    /// Phrases that keep what is said at a distance.
    pub(crate) hedged: WordSet,
    /// Phrases that do so, but not surely.
    pub(crate) hedged_weakly: WordSet,
    /// Phrases that speak of what is to come.
    pub(crate) forecast: WordSet,
    /// Phrases that do so, but not surely.
    pub(crate) forecast_weakly: WordSet,
    /// Nouns after which *that* begins a statement or thought: *the claim that*.
    pub(crate) speech_nouns: WordSet,
    /// Nouns that, with a possessor, tell what that one says or wants: *his promise to build*.
    pub(crate) possessed_speech_nouns: WordSet,
    /// Adjectives for who holds something true, or wants or fears it: *confident*.
    pub(crate) stance_adjectives: WordSet,
    /// Things that are made to show or say something: *survey*.
    pub(crate) inanimate_sources: WordSet,
    /// Nouns for people that no ending tells, and for what people form.
    pub(crate) people: WordSet,
    /// WordSet that end with a full stop and no sentence.
    pub(crate) abbreviations: WordSet,
    /// Common verbs whose past doesn't end in *-ed*, and some presents: there a subject ends.
    pub(crate) finite_verbs: WordSet,
    /// WordSet on which an infinitive hangs, besides verbs of speech and pasts in *-ed*.
    pub(crate) catenatives: WordSet,
    /// Verbs whose base and third person are as well nouns, or adjectives.
    pub(crate) verbs_or_nouns: WordSet,
    pub(crate) verbs: Verbs,
}

/// The verbs that attribute a statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verbs {
    /// Of two verbs that have one form, that of the first group counts.
    pub(crate) group: Vec<VerbList>,
    /// Past and participle, where the rules don't make them.
    pub(crate) irregular: BTreeMap<String, [String; 2]>,
}

/// Verbs that count under the same conditions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerbList {
    pub(crate) class: VerbClass,
    pub(crate) takes: Vec<Complement>,
    /// Prepositions and particles with which they count, whatever else they take.
    pub(crate) with: Vec<String>,
    pub(crate) verbs: Vec<String>,
}

/// What a verb of attribution tells of.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum VerbClass {
    Speech,
    Finding,
    Attitude,
}

/// What follows a verb.
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
    verbs: toml::from_str(include_str!("en/verbs.toml")).expect("a test reads this file"),
});

/// Parsed once.
pub(crate) fn english() -> &'static English {
    &ENGLISH
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn verbs_are_sorted_in_lower_case_and_each_in_one_group() {
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
