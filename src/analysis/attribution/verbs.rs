//! Verbs of attribution, by class, with the complements that they need.
//!
//! The classes speech (*say*), finding (*show*) and attitude (*believe*) follow the literature on reported speech and
//! attribution (Pareti 2012; Newell et al. 2018). The verbs are listed in `lexicons/en/verbs.toml`; this file derives
//! their inflected forms by rule.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicons::{Complement, VerbClass, VerbList, english};

/// The class of an attribution cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueClass {
    /// A verb or phrase of speech: *say*, *accuse*, *tweet*, *make clear*.
    Speech,
    /// A verb of finding: *find*, *show*, *put at*.
    Finding,
    /// A verb or adjective of belief, desire or fear: *believe*.
    Attitude,
    /// A preposition or a phrase with one: *according to*, *in the words of*, *by one estimate*, *on condition of
    /// anonymity*.
    Preposition,
    /// A noun: *the claim that*.
    Noun,
    /// A colon after a name in a transcript.
    Quotation,
    /// The quotation mark of speech continued from the sentence before.
    Continued,
}

/// Shorter words are never taken for verbs of attribution. The only form of a listed verb that this excludes is *go*.
const MIN_CUE_BYTES: usize = 3;

/// A set of [`takes`] flags.
pub(crate) type Complements = u8;

/// Bit flags for the complements of a verb: what follows the verb.
pub(crate) mod takes {
    /// A clause or quotation, after the verb or around it: *…, he said, …*.
    pub(crate) const CLAUSE: super::Complements = 1;
    pub(crate) const NOUN: super::Complements = 2;
    /// *to* with an infinitive: *promised to build*.
    pub(crate) const INFINITIVE: super::Complements = 4;
    /// No complement: the sentence or clause ends after the verb.
    pub(crate) const NOTHING: super::Complements = 8;
    pub(crate) const PREPOSITION: super::Complements = 16;

    pub(crate) fn of(complement: super::Complement) -> super::Complements {
        match complement {
            super::Complement::Clause => CLAUSE,
            super::Complement::Noun => NOUN,
            super::Complement::Infinitive => INFINITIVE,
            super::Complement::Nothing => NOTHING,
            super::Complement::Preposition => PREPOSITION,
        }
    }
}

/// The inflected forms of a verb, as far as the rules distinguish them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Base,
    /// Third person singular: *says*.
    Third,
    /// Simple past or past participle: *said*, *shown*.
    Past,
    /// Present participle: *saying*.
    Ing,
}

/// An entry of the verb lexicon: one form of a verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    pub(crate) class: CueClass,
    pub(crate) form: Form,
    /// With one of these complements, the verb is a cue.
    pub(crate) takes: Complements,
    /// With one of these words right after it, the verb is a cue, too: prepositions and particles.
    pub(crate) with: &'static [String],
    /// Whether the base form and third person of the verb may also be nouns: *claim*, *claims*.
    pub(crate) may_be_noun: bool,
}

/// All forms of all verbs of attribution, by spelling. If two verbs share a form, the verb listed first wins.
static FORMS: LazyLock<BTreeMap<String, Verb>> = LazyLock::new(|| {
    let mut forms = BTreeMap::new();
    for VerbList { class, takes, with, verbs } in &english().verbs.group {
        let class = match class {
            VerbClass::Speech => CueClass::Speech,
            VerbClass::Finding => CueClass::Finding,
            VerbClass::Attitude => CueClass::Attitude,
        };
        let takes = takes.iter().fold(0, |all, complement| all | takes::of(*complement));
        for lemma in verbs {
            let may_be_noun = english().verbs_or_nouns.contains(lemma.as_str());
            for (form, word) in inflected(lemma) {
                forms.entry(word).or_insert(Verb { class, form, takes, with, may_be_noun });
            }
        }
    }
    forms
});

/// Returns the inflected forms of a verb, regular or irregular.
fn inflected(lemma: &str) -> Vec<(Form, String)> {
    let strong = english().verbs.irregular.get(lemma);
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let hard_y = lemma.strip_suffix('y').filter(|rest| !rest.ends_with(['a', 'e', 'o', 'u']));
    let third = match hard_y {
        Some(rest) => format!("{rest}ies"),
        None if lemma.ends_with(['s', 'x']) || lemma.ends_with("sh") || lemma.ends_with("ch") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    };
    let (past, participle) = match (strong, hard_y) {
        (Some([past, participle]), _) => (past.clone(), participle.clone()),
        (None, Some(rest)) => (format!("{rest}ied"), format!("{rest}ied")),
        (None, None) => (format!("{stem}ed"), format!("{stem}ed")),
    };
    // If the past form doubles the last letter (*admitted*), so does the present participle.
    let ing = match past.strip_suffix("ed") {
        Some(doubled) if strong.is_some() && doubled.len() > lemma.len() => format!("{doubled}ing"),
        _ if lemma.ends_with("ee") => format!("{lemma}ing"),
        _ => format!("{stem}ing"),
    };
    let base = lemma.to_owned();
    vec![
        (Form::Base, base),
        (Form::Third, third),
        (Form::Past, past),
        (Form::Past, participle),
        (Form::Ing, ing),
    ]
}

/// Looks up a word, in lower case, as a form of a verb of attribution.
pub(crate) fn verb(word: &str) -> Option<Verb> {
    // Fast path: many words are short, and short words are never taken for such verbs.
    if word.len() < MIN_CUE_BYTES {
        return None;
    }
    FORMS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_inflected_by_rule_and_by_exception() {
        for (word, form) in [
            ("denies", Form::Third),
            ("denied", Form::Past),
            ("admitting", Form::Ing),
            ("agreeing", Form::Ing),
            ("writing", Form::Ing),
            ("shown", Form::Past),
            ("blasts", Form::Third),
            ("urge", Form::Base),
        ] {
            assert_eq!(verb(word).map(|verb| verb.form), Some(form), "{word}");
        }
        assert!(verb("saies").is_none() && verb("denyed").is_none());
    }
}
