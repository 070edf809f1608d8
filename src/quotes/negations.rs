//! Words that negate a statement, by language. An elision must not leave one out, an insertion must not add one, and,
//! in languages without spaces and in Korean, no edge of a quote may separate one from what it negates.

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
/// Negations that are written directly before what they negate: Chinese, Japanese, Thai, Lao, Khmer.
const UNSPACED_BEFORE: &[&str] =
    &["不", "没", "沒", "未", "无", "無", "非", "勿", "莫", "ไม่", "มิ", "ບໍ່", "មិន"];
/// Further negations that are written directly before what they negate. They count only at the edge of a quote: inside
/// a text, the same characters are often part of another word.
const UNSPACED_PREFIXES: &[&str] = &["别", "別", "毋", "ไม่ได้", "ไร้"];
/// Words that end in the character of a negation but negate nothing: 特别, *especially*.
#[rustfmt::skip]
const NO_NEGATIONS: &[&str] = &[
    "特别", "特別", "分别", "分別", "个别", "個別", "区别", "類別", "类别", "级别", "性别", "差别", "除非", "並非是非",
];
/// Negations that are written after what they negate: directly in Japanese, after a space in Korean.
const UNSPACED_AFTER: &[&str] = &["ない", "なく", "ません", "않", "못", "아니"];
/// Beginnings of further negations that are written after what they negate. They count only at the edge of a quote.
const UNSPACED_SUFFIXES: &[&str] = &["なか", "ぬ", "なし", "ではな", "じゃな", "ではあり", "無し"];
/// Further negations of Japanese and Korean. They count inside a text, but not at the edge of a quote.
const UNSPACED_ANYWHERE: &[&str] = &["なかっ", "ず", "없"];

/// Returns a negation in a text: the first in the given language (English if that has no list), or else one in
/// Korean or a language without spaces. Three English words and words that end in *n't* always count, because
/// insertions and short documents are often in another language than declared.
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

/// Whether the edge between two parts of a text separates a negation from what it negates, in the languages that write
/// no space between the two, and in Korean.
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

/// Whether a word is one of three English negations that are no words of other languages. (*No* is also Spanish and
/// Italian.)
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
