//! Words that negate a statement, by language. An elision must not leave one out, and an insertion must not add one.

use unicode_segmentation::UnicodeSegmentation;

use crate::language::primary;

const ENGLISH: &[&str] = &[
    "not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "nowhere", "without", "cannot",
    "hardly", "scarcely", "barely", "seldom", "rarely", "denied", "denies", "deny", "denying", "false",
    "falsely", "untrue", "unless", "refused", "failed", "fails", "ain't",
];
const GERMAN: &[&str] = &[
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keinem",
    "keiner",
    "keines",
    "nie",
    "niemals",
    "niemand",
    "niemanden",
    "niemandem",
    "nichts",
    "nirgends",
    "ohne",
    "weder",
    "noch nie",
    "kaum",
    "bestritt",
    "bestreitet",
    "falsch",
    "außer",
];
const FRENCH: &[&str] = &[
    "ne", "pas", "non", "jamais", "aucun", "aucune", "rien", "personne", "sans", "ni", "nul", "nulle",
    "guère",
];
const SPANISH: &[&str] = &[
    "no", "nunca", "jamás", "nadie", "nada", "ningún", "ninguno", "ninguna", "sin", "ni", "tampoco", "apenas",
];
const ITALIAN: &[&str] = &[
    "non", "no", "mai", "nessun", "nessuno", "nessuna", "niente", "nulla", "senza", "né", "neanche",
    "nemmeno",
];
const PORTUGUESE: &[&str] =
    &["não", "nunca", "jamais", "ninguém", "nada", "nenhum", "nenhuma", "sem", "nem", "tampouco"];
const DUTCH: &[&str] = &["niet", "geen", "nooit", "niemand", "niets", "zonder", "noch", "nergens"];
const NORDIC: &[&str] = &[
    "ikke",
    "inte",
    "icke",
    "ej",
    "ingen",
    "intet",
    "inget",
    "inga",
    "ingenting",
    "aldrig",
    "aldri",
    "uden",
    "utan",
    "uten",
];
const SLAVIC: &[&str] = &[
    "не",
    "нет",
    "ни",
    "никогда",
    "никто",
    "ничего",
    "без",
    "нельзя",
    "ні",
    "немає",
    "ніколи",
    "nie",
    "nigdy",
    "nikt",
    "nic",
    "bez",
    "ne",
    "není",
    "nikdy",
    "nikdo",
];
/// Negations of languages without spaces between words, which are looked for anywhere in a text.
const UNSPACED: &[&str] = &[
    "不",
    "没",
    "沒",
    "未",
    "无",
    "無",
    "非",
    "勿",
    "莫",
    "ない",
    "なかっ",
    "なく",
    "ません",
    "ず",
    "ไม่",
    "มิ",
    "않",
    "못",
    "아니",
    "없",
    "ບໍ່",
    "មិន",
];

/// Returns the first negation in a text in the given language. English is always included, because insertions and short
/// documents often have another language than their site declares.
pub(crate) fn negation_in<'t>(text: &'t str, language: &str) -> Option<&'t str> {
    let words = match primary(language) {
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" | "ca" | "gl" => SPANISH,
        "it" => ITALIAN,
        "pt" => PORTUGUESE,
        "nl" | "af" => DUTCH,
        "da" | "nb" | "nn" | "no" | "sv" => NORDIC,
        "ru" | "uk" | "be" | "bg" | "pl" | "cs" | "sk" | "sr" | "hr" | "sl" => SLAVIC,
        _ => ENGLISH,
    };
    let is_negation = |word: &&str| {
        let lower = word.to_lowercase();
        words.contains(&lower.as_str())
            || lower.ends_with("n't")
            || lower.starts_with("n'") && words == FRENCH
            || is_english_core(&lower)
    };
    let spaced = text.unicode_words().find(is_negation);
    spaced.or_else(|| {
        let found =
            UNSPACED.iter().find_map(|negation| text.find(negation).map(|at| at..at + negation.len()));
        found.map(|range| &text[range])
    })
}

/// The English negations that mean the same wherever they occur. (*no* is also Spanish and Italian, *sin* is not English.)
fn is_english_core(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_found_in_the_language_of_the_text() {
        for (text, language, negation) in [
            ("which was not old", "en", Some("not")),
            ("The mill isn't safe", "en", Some("isn't")),
            ("Die Mühle ist nicht sicher", "de-AT", Some("nicht")),
            ("Il n'est pas coupable", "fr", Some("n'est")),
            ("他不是罪犯", "zh", Some("不")),
            ("it was a sin, by night", "en", None),
            ("a knot of notes", "en", None),
        ] {
            assert_eq!(negation_in(text, language), negation, "{text}");
        }
    }
}
