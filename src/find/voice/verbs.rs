//! The verbs by which something is put to somebody, by class, with what each of them must take to count.
//!
//! Speech (*say*), finding (*show*) and attitude (*believe*) are kept apart, as in the literature on reported speech
//! and on attribution (Pareti 2012; Newell et al. 2018). Forms are made by the rules of English and a list of
//! exceptions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What kind of word puts something to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
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
pub(super) mod takes {
    /// A clause or a quotation, or the verb stands in brackets of commas within one.
    pub(in super::super) const CLAUSE: u8 = 1;
    /// A noun phrase.
    pub(in super::super) const NOUN: u8 = 2;
    /// *to* and an infinitive.
    pub(in super::super) const INFINITIVE: u8 = 4;
    /// Nothing: the sentence or a part of it ends.
    pub(in super::super) const NOTHING: u8 = 8;
    /// Any of that, and any preposition.
    pub(in super::super) const ANY: u8 = 31;
    /// Any preposition.
    pub(in super::super) const PREPOSITION: u8 = 16;
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
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
pub(super) struct Verb {
    /// Its class.
    pub(super) class: Class,
    /// Its form.
    pub(super) form: Form,
    /// What it must take, see [`takes`].
    pub(super) takes: u8,
    /// Prepositions and particles with which it counts.
    pub(super) with: &'static str,
    /// Whether *claim*, *claims* and its like may as well be a noun.
    pub(super) or_noun: bool,
}

use Class::{Attitude, Finding, Speech};
use takes::{ANY, CLAUSE, INFINITIVE, NOTHING, NOUN, PREPOSITION};

/// Verbs by class, by what they must take, and by the prepositions that go with them.
#[rustfmt::skip]
const VERBS: &[(Class, u8, &str, &str)] = &[
    (Speech, ANY, "", "say tell"),
    (Speech, CLAUSE | NOUN | INFINITIVE | NOTHING | PREPOSITION, "", "assert allege insist reiterate acknowledge admit concede contend \
        explain complain lament quip joke boast brag vow warn caution remark recount retort opine testify \
        tweet retweet confide stress emphasize emphasise underscore reaffirm affirm attest profess"),
    (Speech, CLAUSE | NOUN, "of about as to", "note cite mention describe characterize characterise liken deny confirm \
        announce disclose declare proclaim allege suggest reference quote"),
    (Speech, CLAUSE, "against for in that", "rule"),
    (Speech, CLAUSE | NOUN, "as for over", "criticize criticise condemn denounce decry deride mock ridicule rebuke rebut refute \
        accuse scold chide chastise lambast lambaste blast slam praise laud hail tout extol \
        endorse advocate urge implore exhort downplay dispute contradict echo reject \
        assail castigate disparage disavow repudiate"),
    (Speech, CLAUSE | NOUN | INFINITIVE, "for of about with to", "claim demand pledge promise propose predict argue question ask inquire \
        state reply recommend speculate imply hint advise attack challenge"),
    (Speech, CLAUSE | NOTHING, "of about to", "add continue respond answer write comment conclude observe exclaim declare shout \
        whisper mutter recite"),
    (Speech, INFINITIVE, "to", "decline refuse threaten offer"),
    (Speech, CLAUSE, "for on upon out", "call"),
    (Speech, CLAUSE, "out to", "point"),
    (Speech, CLAUSE, "", "charge read"),
    (Speech, 0, "out", "lay spell"),
    (Speech, 0, "after", "go"),
    (Speech, 0, "down", "double"),
    (Speech, 0, "back", "fire shoot hit"),
    (Speech, 0, "in", "weigh"),
    (Speech, NOUN, "as", "unveil portray depict brand label dub applaud salute welcome contest"),
    (Speech, CLAUSE | INFINITIVE, "", "swear confess fret muse marvel rant plead protest theorize theorise hypothesize posit surmise"),
    (Attitude, NOUN | CLAUSE, "", "admire resent regret deem"),
    (Attitude, 0, "as", "view regard perceive"),
    (Attitude, CLAUSE, "", "recognize recognise"),
    (Speech, NOUN, "", "express voice"),
    (Speech, NOUN, "", "discuss highlight outline blame attribute defend encourage persuade convince stipulate order grill thank"),
    (Speech, 0, "out about of against", "speak"),
    (Speech, 0, "about of up", "talk"),
    (Speech, 0, "to", "refer allude object"),
    (Speech, 0, "against at", "rail lash"),
    (Speech, CLAUSE | NOTHING, "of", "recall"),
    (Speech, CLAUSE, "", "reason reassure assure inform remind notify counter interject"),
    (Finding, CLAUSE | NOUN, "", "show estimate calculate forecast project reveal indicate document"),
    (Finding, CLAUSE, "", "find report demonstrate discover determine conclude learn prove establish uncover detail"),
    (Attitude, CLAUSE | INFINITIVE | NOUN, "for in about", "want hope expect fear believe"),
    (Attitude, CLAUSE, "about of", "think feel worry suspect doubt assume anticipate realize realise imagine"),
    (Attitude, CLAUSE | INFINITIVE, "to with", "agree decide intend plan"),
    (Attitude, CLAUSE | NOUN, "with", "disagree oppose envision envisage prefer"),
    (Attitude, INFINITIVE, "", "aim seek wish"),
];

/// Verbs whose base and third person are as well nouns, or adjectives.
#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "note", "claim", "report", "show", "state", "estimate", "demand", "plan", "hope", "fear", "question", "attack", "support", "call",
    "point", "pledge", "promise", "boast", "tweet", "joke", "reference", "mention", "quote", "praise", "comment", "answer", "reply",
    "offer", "order", "rule", "detail", "document", "blame", "challenge", "doubt", "worry", "concern", "view", "vow", "remark", "hint",
    "dispute", "rebuke", "object", "stress", "advocate", "talk", "aim", "wish", "find", "study", "blast", "slam", "attribute", "lament",
    "outline", "highlight", "decline", "suspect", "feel", "favor", "favour", "shout", "complaint", "reason", "warrant", "counter", "echo",
    "desire", "charge", "voice", "read", "brand", "label", "contest", "welcome", "regret", "regard", "salute", "protest", "fire", "shoot", "hit", "double", "weigh", "plead", "rant", "forecast", "project", "express", "contract", "complete", "reject", "rail", "lash",
];

/// Verbs whose forms are not made by the rules: base, past, and participle.
#[rustfmt::skip]
const STRONG: &[(&str, &str, &str)] = &[
    ("say", "said", "said"), ("tell", "told", "told"), ("write", "wrote", "written"), ("find", "found", "found"),
    ("show", "showed", "shown"), ("think", "thought", "thought"), ("feel", "felt", "felt"), ("speak", "spoke", "spoken"),
    ("seek", "sought", "sought"), ("admit", "admitted", "admitted"), ("rebut", "rebutted", "rebutted"),
    ("refer", "referred", "referred"), ("plan", "planned", "planned"), ("slam", "slammed", "slammed"),
    ("extol", "extolled", "extolled"), ("brag", "bragged", "bragged"), ("quip", "quipped", "quipped"),
    ("prove", "proved", "proven"), ("read", "read", "read"), ("forecast", "forecast", "forecast"), ("go", "went", "gone"), ("lay", "laid", "laid"), ("swear", "swore", "sworn"),
    ("shoot", "shot", "shot"), ("hit", "hit", "hit"),
];

/// All forms of all verbs.
static FORMS: LazyLock<BTreeMap<String, Verb>> = LazyLock::new(|| {
    let mut forms = BTreeMap::new();
    for &(class, takes, with, lemmas) in VERBS {
        for lemma in lemmas.split_whitespace() {
            let or_noun = NOUNS.contains(&lemma);
            for (form, word) in inflected(lemma) {
                forms.entry(word).or_insert(Verb { class, form, takes, with, or_noun });
            }
        }
    }
    forms
});

/// The forms of a verb.
fn inflected(lemma: &str) -> Vec<(Form, String)> {
    let strong = STRONG.iter().find(|(base, _, _)| *base == lemma);
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
        (Some((_, past, participle)), _) => ((*past).to_owned(), (*participle).to_owned()),
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
pub(super) fn verb(word: &str) -> Option<Verb> {
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
