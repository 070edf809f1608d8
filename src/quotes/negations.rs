//! Words that negate a statement, by language. An elision must not leave one out, an insertion must not add one, and no
//! edge of a quote may separate one from what it negates.

use unicode_segmentation::UnicodeSegmentation;

use crate::language::primary;

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "nowhere", "without", "cannot",
    "hardly", "scarcely", "barely", "seldom", "rarely", "denied", "denies", "deny", "denying", "false",
    "falsely", "untrue", "unless", "refused", "failed", "fails", "ain't",
];
#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand", "niemanden",
    "niemandem", "nichts", "nirgends", "ohne", "weder", "kaum", "bestritt", "bestreitet", "falsch",
    "außer",
];
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "ne", "pas", "non", "jamais", "aucun", "aucune", "rien", "personne", "sans", "ni", "nul", "nulle", "guère",
];
#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "no", "nunca", "jamás", "nadie", "nada", "ningún", "ninguno", "ninguna", "sin", "ni", "tampoco", "apenas",
];
#[rustfmt::skip]
const ITALIAN: &[&str] = &[
    "non", "no", "mai", "nessun", "nessuno", "nessuna", "niente", "nulla", "senza", "né", "neanche", "nemmeno",
];
#[rustfmt::skip]
const PORTUGUESE: &[&str] = &[
    "não", "nunca", "jamais", "ninguém", "nada", "nenhum", "nenhuma", "sem", "nem", "tampouco",
];
const DUTCH: &[&str] = &["niet", "geen", "nooit", "niemand", "niets", "zonder", "noch", "nergens"];
#[rustfmt::skip]
const NORDIC: &[&str] = &[
    "ikke", "inte", "icke", "ej", "ingen", "intet", "inget", "inga", "ingenting", "aldrig", "aldri", "uden",
    "utan", "uten",
];
#[rustfmt::skip]
const SLAVIC: &[&str] = &[
    "не", "нет", "ни", "никогда", "никто", "ничего", "без", "нельзя", "ні", "немає", "ніколи", "nie", "nigdy",
    "nikt", "nic", "bez", "ne", "není", "nikdy", "nikdo",
];
/// Negations before what they negate, in languages without spaces: Chinese, Japanese, Thai, Lao, Khmer.
const UNSPACED_BEFORE: &[&str] =
    &["不", "没", "沒", "未", "无", "無", "非", "勿", "莫", "ไม่", "มิ", "ບໍ່", "មិន"];
/// Further negations before what they negate. Within words, they are often something else.
const UNSPACED_PREFIXES: &[&str] = &["别", "別", "毋", "ไม่ได้", "ไร้"];
/// Words that end in a negation and negate nothing.
#[rustfmt::skip]
const NO_NEGATIONS: &[&str] = &[
    "特别", "特別", "分别", "分別", "个别", "個別", "区别", "類別", "类别", "级别", "性别", "差别", "除非", "並非是非",
];
/// Negations after what they negate: Japanese, and Korean after a space.
const UNSPACED_AFTER: &[&str] = &["ない", "なく", "ません", "않", "못", "아니"];
/// Further beginnings of negations after what they negate.
const UNSPACED_SUFFIXES: &[&str] = &["なか", "ぬ", "なし", "ではな", "じゃな", "ではあり", "無し"];
/// Further negations of these languages, which are looked for anywhere in a text.
const UNSPACED_ANYWHERE: &[&str] = &["なかっ", "ず", "없"];

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
        let mut unspaced = [UNSPACED_BEFORE, UNSPACED_AFTER, UNSPACED_ANYWHERE].into_iter().flatten();
        unspaced.find_map(|negation| text.find(negation).map(|at| &text[at..at + negation.len()]))
    })
}

/// Whether an edge between two parts of a text separates a negation from what it negates, in languages without spaces
/// between the two.
pub(crate) fn splits_negation(behind: &str, ahead: &str) -> bool {
    let after = ahead.strip_prefix(' ').unwrap_or(ahead);
    let is_korean = |text: &str| text.chars().next_back().is_some_and(|c| ('가'..='힣').contains(&c));
    if after.len() < ahead.len() && !is_korean(behind) {
        return false;
    }
    let continues = ahead.starts_with(char::is_alphabetic);
    let is_before = continues
        && UNSPACED_BEFORE.iter().chain(UNSPACED_PREFIXES).any(|negation| behind.ends_with(negation))
        && !NO_NEGATIONS.iter().any(|word| behind.ends_with(word));
    let is_after = behind.ends_with(char::is_alphabetic)
        && UNSPACED_AFTER.iter().chain(UNSPACED_SUFFIXES).any(|negation| after.starts_with(negation));
    is_before || is_after || continues && (behind.ends_with("안 ") || behind.ends_with("못 "))
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
