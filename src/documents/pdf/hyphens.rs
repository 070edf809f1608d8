//! Joins lines into one text: joins words that a hyphen breaks at the end of a line, and adds spaces between lines.

use std::collections::BTreeSet;

/// First parts of compounds that are usually written with a hyphen.
const COMPOUND_HEADS: [&str; 21] = [
    "well", "self", "long", "short", "full", "half", "high", "low", "quasi", "cross", "one", "two", "three",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// Word endings, which can't be the second part of a compound: `long-er` is the word `longer`.
const SUFFIXES: [&str; 7] = ["er", "est", "ing", "ish", "ness", "ers", "ened"];
/// Prefixes that keep their hyphen before their own last letter (`re-enter`) or a copy of themselves (`re-record`).
const DOUBLING_PREFIXES: [&str; 6] = ["re", "pre", "de", "co", "anti", "semi"];
/// A document breaks words at line ends if at least this many of 1000 lines end in a hyphen. In other documents, only
/// the hyphens of compounds are at line ends, which are fewer.
const MIN_HYPHENS_PER_1000_LINES: usize = 15;
/// Documents with fewer lines are assumed to break words.
const MIN_SAMPLE_LINES: usize = 60;
/// A hyphen before one of these words is a suspended hyphen: `Haus- und Hof`.
const CONJUNCTIONS: [&str; 9] = ["und", "oder", "bzw", "and", "or", "to", "et", "en", "of"];
/// Minimum length of the second part of a compound.
const MIN_COMPOUND_TAIL_CHARS: usize = 3;

/// The words of a document in lower case, except those at the start or end of a line, and statistics of its hyphens.
#[derive(Debug, Default)]
pub(crate) struct HyphenationLexicon {
    /// The words that contain no hyphen.
    plain: BTreeSet<String>,
    hyphenated: BTreeSet<String>,
    lines: usize,
    /// The number of lines that end in a hyphen after a lower-case letter.
    hyphenated_lines: usize,
    /// Whether any word within a line contains `-`.
    has_ascii_hyphens: bool,
    /// Whether any word within a line contains U+2010.
    has_typographic_hyphens: bool,
}

impl HyphenationLexicon {
    /// Collects words from lines of text. Skips the first and last word of a line, which may be parts of words.
    pub(crate) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut lexicon = Self::default();
        for line in lines {
            lexicon.lines += 1;
            let mut end = line.chars().rev();
            let hyphen = end.next().is_some_and(|last| matches!(last, '-' | '\u{2010}' | '\u{ad}'));
            lexicon.hyphenated_lines += usize::from(hyphen && end.next().is_some_and(char::is_lowercase));
            let words: Vec<&str> = line.split_whitespace().collect();
            let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
            for word in inner {
                lexicon.has_ascii_hyphens |= word.contains('-');
                lexicon.has_typographic_hyphens |= word.contains('\u{2010}');
                let word = normalize(word);
                let set = if word.contains('-') { &mut lexicon.hyphenated } else { &mut lexicon.plain };
                set.insert(word);
            }
        }
        lexicon
    }

    /// Whether the hyphen at a line end belongs to the word, as in `well-known`. Otherwise it only breaks the word.
    fn keeps_hyphen(&self, before: &str, after: &str) -> bool {
        let (before, after) = (normalize(before), normalize(after));
        if self.hyphenated.contains(&format!("{before}-{after}")) {
            return true;
        }
        if self.plain.contains(&format!("{before}{after}")) {
            return false;
        }
        let doubles = DOUBLING_PREFIXES.contains(&before.as_str())
            && (after.starts_with(&before) || before.chars().last() == after.chars().next());
        let compound = COMPOUND_HEADS.contains(&before.as_str())
            && after.chars().count() >= MIN_COMPOUND_TAIL_CHARS
            && !SUFFIXES.contains(&after.as_str());
        doubles
            || compound
            || self.lines >= MIN_SAMPLE_LINES
                && self.hyphenated_lines * 1000 < self.lines * MIN_HYPHENS_PER_1000_LINES
    }
}

/// Normalizes a word: lower case, without punctuation around it, with ASCII hyphens.
fn normalize(word: &str) -> String {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    word.to_lowercase().replace(['\u{2010}', '\u{2011}'], "-").replace('\u{ad}', "")
}

/// Appends a line to a text, with a space between them if needed, and joins a word that is hyphenated at the line end.
pub(crate) fn append(text: &mut String, line: &str, lexicon: &HyphenationLexicon) {
    let first = line.chars().next();
    let (Some(last), Some(first)) = (text.chars().last(), first) else {
        text.push_str(line);
        return;
    };
    let before = text.chars().rev().nth(1).unwrap_or(' ');
    match last {
        // A minus belongs to the number on the next line.
        '-' | '\u{2010}' | '−' if is_number_start(line) => {}
        '\u{ad}' => drop(text.pop()),
        // In a document whose compounds have `-`, U+2010 only breaks words.
        '\u{2010}'
            if before.is_lowercase()
                && first.is_lowercase()
                && lexicon.has_ascii_hyphens
                && !lexicon.has_typographic_hyphens =>
        {
            text.pop();
        }
        '-' | '\u{2010}' if before.is_alphanumeric() => resolve_hyphen(text, line, (before, first), lexicon),
        '—' if before.is_alphanumeric() => {}
        '/' if text.split_whitespace().next_back().is_some_and(|word| word.contains("://")) => {}
        _ if is_unspaced(last) && is_unspaced(first) => {}
        _ => text.push(' '),
    }
    text.push_str(line);
}

/// Whether a line begins with a number, perhaps after a currency sign.
fn is_number_start(line: &str) -> bool {
    let number = line.trim_start_matches(['$', '€', '£', '¥', '₹', '.', ',']);
    number.starts_with(char::is_numeric)
}

/// Handles a hyphen at a line end: removes it, keeps it, or adds a space after it.
fn resolve_hyphen(
    text: &mut String,
    line: &str,
    (before, first): (char, char),
    lexicon: &HyphenationLexicon,
) {
    let head = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let head = head.trim_end_matches(['-', '\u{2010}']);
    let tail = line.split_whitespace().next().unwrap_or_default();
    if CONJUNCTIONS.contains(&normalize(tail).as_str())
        && !lexicon.plain.contains(&format!("{}{}", normalize(head), normalize(tail)))
    {
        text.push(' ');
    } else if before.is_lowercase() && first.is_lowercase() && !lexicon.keeps_hyphen(head, tail) {
        text.pop();
    } else if !first.is_alphanumeric() {
        text.push(' ');
    }
}

/// Whether a character belongs to a script without spaces between words: Chinese, Japanese and their punctuation.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> String {
        let lexicon = HyphenationLexicon::of(lines.iter().copied());
        let mut text = String::new();
        for line in lines {
            append(&mut text, line, &lexicon);
        }
        text
    }

    #[test]
    fn a_hyphenated_word_is_joined() {
        assert_eq!(joined(&["the har-", "bour at\u{ad}", "tic"]), "the harbour attic");
    }

    #[test]
    fn a_hyphen_is_kept_if_the_word_has_one_elsewhere_or_needs_it() {
        assert_eq!(
            joined(&["a tide-table here, a tide-", "table there"]),
            "a tide-table here, a tide-table there"
        );
        assert_eq!(
            joined(&["the well-", "known COVID-", "19 and Haus-", "und Hof"]),
            "the well-known COVID-19 and Haus- und Hof"
        );
    }

    #[test]
    fn a_minus_at_a_line_end_stays_with_its_number() {
        assert_eq!(joined(&["a loss of -", "5 million"]), "a loss of -5 million");
        assert_eq!(joined(&["a loss of −", "$5 million"]), "a loss of −$5 million");
        assert_eq!(joined(&["a loss of -", "the mill"]), "a loss of - the mill");
    }

    #[test]
    fn lines_are_joined_by_spaces_if_the_script_uses_them() {
        assert_eq!(joined(&["one", "two—", "three"]), "one two—three");
        assert_eq!(joined(&["潮位", "记录。"]), "潮位记录。");
    }
}
