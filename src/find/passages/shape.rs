//! How well a passage stands by itself, whatever the question.

use crate::text::function_words::FunctionWords;

/// Fewer words than this say little.
const SHORT: usize = 5;
/// More words than this bury what they say.
const LONG: usize = 30;
/// With more, it is no sentence but a list or a table whose lines ran together.
const LONGEST: usize = 150;
/// What is left of a short passage's score.
const SHORT_FACTOR: f64 = 0.6;
/// Likewise of a question's, which asks and does not answer.
const QUESTION_FACTOR: f64 = 0.4;
/// Likewise of one that ends in a colon: what it says stands below it.
const LEADING_FACTOR: f64 = 0.4;
/// Likewise of one that begins with a pronoun, and so needs what stands above it.
const LEANING_FACTOR: f64 = 0.85;
/// How much better the first passage of a document is than the last: reports say first what matters most.
const LEAD: f64 = 0.1;

/// The factor of a passage by its form. `depth` is its place in the document, from 0 to 1.
pub(super) fn standing(text: &str, words: usize, depth: f64, language: &str) -> f64 {
    let bare = text.trim_end_matches(['”', '"', '’', '\'', ')', '»', '」', ' ']);
    let length = match words {
        ..SHORT => SHORT_FACTOR,
        SHORT..LONG => 1.0,
        LONG..=LONGEST => (count(LONG) / count(words)).sqrt(),
        _ => 0.0,
    };
    let form = match bare.chars().next_back() {
        Some('?' | '？' | '؟') => QUESTION_FACTOR,
        Some(':' | '：') => LEADING_FACTOR,
        _ => 1.0,
    };
    let leaning = if leans(text, language) { LEANING_FACTOR } else { 1.0 };
    length * form * leaning * (1.0 + LEAD * (1.0 - depth))
}

/// Whether the first word points back: *It was rebuilt*.
fn leans(text: &str, language: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    let known = FunctionWords::of(language).map_or("", |words| words.language);
    pronouns(known).contains(&first.as_str())
}

fn pronouns(language: &str) -> &'static [&'static str] {
    match language {
        "en" => &[
            "it", "its", "he", "his", "she", "her", "they", "their", "this", "that", "these", "those", "such",
        ],
        "de" => &["er", "es", "sie", "ihr", "ihre", "sein", "seine", "dies", "diese", "dieser", "dieses"],
        "fr" => {
            &["il", "ils", "elle", "elles", "ce", "cela", "cette", "ces", "cet", "son", "sa", "ses", "leur"]
        }
        "es" => {
            &["él", "ella", "ellos", "ellas", "esto", "eso", "este", "esta", "estos", "estas", "su", "sus"]
        }
        "it" => &["egli", "lui", "lei", "essi", "questo", "questa", "questi", "queste", "ciò", "suo", "sua"],
        "nl" => &["hij", "zij", "ze", "het", "dit", "dat", "deze", "die", "zijn", "haar", "hun"],
        "pt" => {
            &["ele", "ela", "eles", "elas", "isto", "isso", "este", "esta", "estes", "estas", "seu", "sua"]
        }
        _ => &[],
    }
}

/// A number of words or passages; all that are met are exact.
#[expect(clippy::cast_precision_loss, reason = "documents have fewer than 2^52 words")]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stands_better_than_what_asks_leads_on_or_leans() {
        let of = |text: &str| standing(text, text.split(' ').count(), 1.0, "en");
        let statement = of("The mill at the ford burnt down.");
        for text in [
            "Why has the mill burnt down?",
            "The mill needs all of these:",
            "It burnt down on a Friday.",
            "The mill burnt.",
            &"and then ".repeat(40),
        ] {
            assert!(of(text) < statement, "{text}");
        }
        assert!(of(&"word ".repeat(200)).abs() < f64::EPSILON);
    }

    #[test]
    fn of_two_alike_the_earlier_stands_better() {
        let at = |depth| standing("The mill at the ford burnt down.", 7, depth, "en");
        assert!(at(0.0) > at(0.9));
    }
}
