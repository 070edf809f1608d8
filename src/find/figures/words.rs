//! Words of each language that hold a sentence together, and the stems of the others.

use super::tokens::Tongue;
use crate::text::words::Stems;

/// Words that are no part of the name of a thing counted: where one stands, the name ends.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "above", "across", "after", "against", "all", "almost", "along", "although", "am", "among", "an",
    "and", "any", "are", "around", "as", "at", "away", "be", "because", "been", "before", "behind", "being", "below",
    "between", "both", "but", "by", "can", "could", "did", "do", "does", "down", "during", "each", "either", "else",
    "even", "ever", "every", "few", "for", "from", "had", "has", "have", "he", "her", "here", "hers", "him", "his",
    "how", "i", "if", "in", "including", "into", "is", "it", "its", "just", "less", "many", "may", "me", "might",
    "more", "most", "much", "must", "my", "near", "nearly", "neither", "no", "nor", "not", "now", "of", "off", "on",
    "once", "only", "onto", "or", "our", "out", "over", "own", "per", "plus", "she", "should", "since", "so", "some",
    "still", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "to", "together", "too", "toward", "towards", "under", "unless", "until", "up", "upon", "us", "versus",
    "very", "via", "was", "we", "were", "what", "when", "where", "whereas", "whether", "which", "while", "who", "whom",
    "whose", "why", "will", "with", "within", "without", "would", "yet", "you", "your",
];
#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "aber", "als", "am", "an", "auf", "aus", "bei", "bis", "das", "dass", "dem", "den", "der", "des", "die", "durch",
    "ein", "eine", "einem", "einen", "einer", "es", "für", "gegen", "hat", "haben", "hatte", "im", "in", "ist", "mehr",
    "mit", "nach", "nicht", "noch", "oder", "pro", "seit", "sich", "sie", "sind", "so", "um", "und", "unter", "vom",
    "von", "vor", "war", "waren", "wie", "wird", "wurde", "wurden", "zu", "zum", "zur", "zwischen", "über",
];
#[rustfmt::skip]
const ROMANCE: &[&str] = &[
    "a", "al", "ans", "as", "au", "aux", "avec", "ce", "ces", "cet", "cette", "como", "con", "contre", "dans", "de",
    "del", "depuis", "des", "desde", "deux", "dos", "du", "el", "elle", "elles", "en", "entre", "es", "est", "et",
    "eux", "hace", "ils", "la", "las", "le", "les", "leurs", "lors", "los", "mais", "más", "menos", "moins", "ne",
    "nos", "nous", "ont", "ou", "où", "o", "para", "par", "pas", "pero", "plus", "por", "pour", "puis", "que", "qui",
    "sans", "sauf", "se", "según", "selon", "ses", "sin", "sobre", "sont", "sous", "sur", "sus", "très", "tras", "tres",
    "un", "una", "une", "vers", "vous", "y", "à", "él",
];

/// Words that say the same of a figure, each under one name.
#[rustfmt::skip]
const ALIKE: &[(&str, &[&str])] = &[
    ("chance", &["odds", "probability", "chances", "likelihood", "probabilities"]),
    ("gasoline", &["gas", "petrol"]),
    ("injure", &["injured", "injuring", "injuries", "wounded", "wounding", "wounds", "hurt"]),
    ("kill", &["killed", "killing", "kills", "dead", "died", "die", "dies", "deaths", "death", "fatalities", "perished"]),
    ("say", &["said", "says"]),
    ("unemployment", &["jobless", "joblessness"]),
    ("us", &["u.s.", "u.s", "usa", "america", "american", "america's", "nation's", "u.s.'s"]),
    ("worker", &["employees", "employee", "staff", "workforce"]),
    ("woman", &["women"]), ("man", &["men"]), ("child", &["children"]), ("person", &["people", "persons"]),
];

/// Whether a word, in lower case, only holds others together.
pub(super) fn is_function(tongue: Tongue, word: &str) -> bool {
    let known = match tongue {
        Tongue::English => ENGLISH,
        Tongue::German => GERMAN,
        Tongue::French | Tongue::Spanish => ROMANCE,
    };
    known.contains(&word)
}

/// The stem of a word in lower case, one for words that mean the same.
pub(super) fn stem(tongue: Tongue, word: &str) -> String {
    let language = match tongue {
        Tongue::English => "en",
        Tongue::German => "de",
        Tongue::French => "fr",
        Tongue::Spanish => "es",
    };
    let mut word = word.trim_end_matches("'s").trim_end_matches('\'');
    if tongue == Tongue::English {
        let alike = ALIKE.iter().find(|(_, words)| words.contains(&word));
        word = alike.map_or(word, |(name, _)| name);
    }
    Stems::of(language).stem(word).into_owned()
}
