//! The verbs by which something is put to somebody, by class, with what each of them must take to count.
//!
//! Speech (*say*), finding (*show*) and attitude (*believe*) are kept apart, as in the literature on reported speech
//! and on attribution (Pareti 2012; Newell et al. 2018). Forms are made by the rules of English; the
//! verbs themselves are data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicons::{Complement, VerbClass, VerbList, english};

/// What kind of word puts something to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueClass {
    /// What somebody utters: *say*, *accuse*, *tweet*.
    Speech,
    /// What somebody or something brings to light: *find*, *show*.
    Finding,
    /// What somebody thinks, wants or fears.
    Attitude,
    /// *according to*, *in the words of*.
    Preposition,
    /// *the claim that*.
    Noun,
    /// A colon after a name, or before a quotation.
    Quotation,
    /// The quotation marks of speech that goes on from the sentence beside it.
    Continued,
}

/// What stands after a verb.
/// A set of [`takes`] flags.
pub(crate) type Complements = u8;

/// What may follow a verb, as bit flags.
pub(crate) mod takes {
    /// A clause or a quotation, or the verb stands in brackets of commas within one.
    pub(crate) const CLAUSE: super::Complements = 1;
    /// A noun phrase.
    pub(crate) const NOUN: super::Complements = 2;
    /// *to* and an infinitive.
    pub(crate) const INFINITIVE: super::Complements = 4;
    /// Nothing: the sentence or a part of it ends.
    pub(crate) const NOTHING: super::Complements = 8;
    /// Any preposition.
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

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// *say*.
    Base,
    /// *says*.
    Third,
    /// *said*, or *shown*.
    Past,
    /// *saying*.
    Ing,
}

/// What is known of a form of a verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    /// Its class.
    pub(crate) class: CueClass,
    /// Its form.
    pub(crate) form: Form,
    /// What it must take, see [`takes`].
    pub(crate) takes: Complements,
    /// Prepositions and particles with which it counts.
    pub(crate) with: &'static [String],
    /// Whether *claim*, *claims* and its like may as well be a noun.
    pub(crate) may_be_noun: bool,
}

/// All forms of all verbs.
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

/// The forms of a verb.
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
    // The last letter is doubled where it is in the past.
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

/// What is known of a word as a verb, in lower case.
pub(crate) fn verb(word: &str) -> Option<Verb> {
    // None is shorter, and most words are.
    if word.len() < 3 {
        return None;
    }
    FORMS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_by_rule_and_by_exception() {
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
