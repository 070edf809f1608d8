//! What things a number counts: the noun after it, found without a grammar by what can be seen of a noun in each
//! language: its plural in English, French and Spanish, its capital in German.

use super::line::Line;
use super::tokens::Tongue;
use super::words::is_function;

/// The noun is looked for among so many words.
const REACH: usize = 4;

/// Plurals that do not end in *s*.
const IRREGULAR: &[&str] =
    &["children", "data", "feet", "men", "people", "personnel", "police", "staff", "women"];
/// Words that end like plurals and are none.
const SINGULAR: &[&str] =
    &["always", "besides", "does", "goes", "minus", "news", "perhaps", "says", "sometimes"];
/// Words that make a number one of a scoring, or of something added to what the reader knows.
const SPOILS: &[&str] = &["additional", "another", "extra", "further", "more"];

/// The words of a noun and what stands before it, as places in the passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) head: usize,
    pub(super) before: Vec<usize>,
}

/// The noun after a number that ends before `at`.
pub(super) fn noun(line: &Line, at: usize) -> Option<Noun> {
    let mut before = Vec::new();
    let mut place = at;
    for _ in 0..REACH {
        if line.is_mark(place, '-') && line.glued(place) && line.glued(place + 1) {
            place += 1;
        }
        let word = line.lower(place);
        if !line.is_word(place) || is_function(line.tongue, word) || SPOILS.contains(&word) {
            return None;
        }
        if is_noun(line, place) {
            // Of two in a row (*sales executives*) the later one is the head.
            let later =
                line.tongue == Tongue::English && is_noun(line, place + 1) && !line.is_capital(place + 1);
            if !later {
                return Some(Noun { head: place, before });
            }
        }
        before.push(place);
        place += 1;
    }
    None
}

fn is_noun(line: &Line, at: usize) -> bool {
    if !line.is_word(at) {
        return false;
    }
    let word = line.lower(at);
    match line.tongue {
        Tongue::English => is_plural(word),
        Tongue::German => line.is_capital(at),
        Tongue::French => word.len() > 3 && (word.ends_with('s') || word.ends_with('x')),
        Tongue::Spanish => word.len() > 3 && word.ends_with('s'),
    }
}

fn is_plural(word: &str) -> bool {
    let ends = word.ends_with('s') && !word.ends_with("'s");
    let other = ["ss", "us", "is", "ous"].iter().any(|end| word.ends_with(end)) || SINGULAR.contains(&word);
    IRREGULAR.contains(&word) || (ends && !other && word.len() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_after_a_number_is_its_plural() {
        for (text, tongue, expected) in [
            ("advanced chips arrived", Tongue::English, Some("chips")),
            ("regional Federal Reserve banks", Tongue::English, Some("banks")),
            ("people were killed", Tongue::English, Some("people")),
            ("sales executives", Tongue::English, Some("executives")),
            ("of the mills", Tongue::English, None),
            ("more mills", Tongue::English, None),
            ("neue Chips", Tongue::German, Some("Chips")),
            ("puces neuves", Tongue::French, Some("puces")),
        ] {
            let line = Line::of(text, 0..text.len(), tongue);
            let found = noun(&line, 0).and_then(|noun| line.get(noun.head).map(|token| token.text));
            assert_eq!(found, expected, "{text}");
        }
    }
}
