//! Lines made one text again: words that were broken at the end of a line, and the spaces between lines.

use std::collections::BTreeSet;

/// First parts of compounds that are written with a hyphen more often than not.
const PREFIXES: [&str; 21] = [
    "well", "self", "long", "short", "full", "half", "high", "low", "quasi", "cross", "one", "two", "three",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// Endings that are no second part of a compound.
const ENDINGS: [&str; 7] = ["er", "est", "ing", "ish", "ness", "ers", "ened"];
/// Prefixes that keep their hyphen before the letter or the sound that they end in.
const DOUBLING: [&str; 6] = ["re", "pre", "de", "co", "anti", "semi"];
/// Lines in a thousand that end in a hyphen, from which a document breaks words. Compounds that happen to stand at the
/// ends of lines stay below it.
const BREAKING: usize = 15;
/// Lines that are needed to tell.
const LINES: usize = 60;
/// Before these, a hyphen stands for the rest of a compound that follows.
const CONJUNCTIONS: [&str; 9] = ["und", "oder", "bzw", "and", "or", "to", "et", "en", "of"];
/// The second part of a compound has this many letters at least.
const PART: usize = 3;

/// Words as the document has them within its lines, in lower case: with hyphens and without.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    plain: BTreeSet<String>,
    hyphenated: BTreeSet<String>,
    /// Lines, and those of them that end in a hyphen after a small letter.
    lines: usize,
    broken: usize,
    /// Hyphens within lines are the one of ASCII, so that the other is one that breaks a word.
    ascii: bool,
    typographic: bool,
}

impl Lexicon {
    /// From lines of text. What stands at either end of a line may be a part of a word, and doesn't count.
    pub(crate) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut lexicon = Self::default();
        for line in lines {
            lexicon.lines += 1;
            let mut end = line.chars().rev();
            let hyphen = end.next().is_some_and(|last| matches!(last, '-' | '\u{2010}' | '\u{ad}'));
            lexicon.broken += usize::from(hyphen && end.next().is_some_and(char::is_lowercase));
            let words: Vec<&str> = line.split_whitespace().collect();
            let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
            for word in inner {
                lexicon.ascii |= word.contains('-');
                lexicon.typographic |= word.contains('\u{2010}');
                let word = bare(word);
                let set = if word.contains('-') { &mut lexicon.hyphenated } else { &mut lexicon.plain };
                set.insert(word);
            }
        }
        lexicon
    }

    /// Whether the hyphen between two parts of a word is its own, and not that of the end of a line.
    fn keeps_hyphen(&self, before: &str, after: &str) -> bool {
        let (before, after) = (bare(before), bare(after));
        if self.hyphenated.contains(&format!("{before}-{after}")) {
            return true;
        }
        if self.plain.contains(&format!("{before}{after}")) {
            return false;
        }
        let doubles = DOUBLING.contains(&before.as_str())
            && (after.starts_with(&before) || before.chars().last() == after.chars().next());
        let compound = PREFIXES.contains(&before.as_str())
            && after.chars().count() >= PART
            && !ENDINGS.contains(&after.as_str());
        doubles || compound || self.lines >= LINES && self.broken * 1000 < self.lines * BREAKING
    }
}

/// A word without what stands around it, in lower case, with one kind of hyphen.
fn bare(word: &str) -> String {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    word.to_lowercase().replace(['\u{2010}', '\u{2011}'], "-").replace('\u{ad}', "")
}

/// Adds a line to a text.
pub(crate) fn append(text: &mut String, line: &str, lexicon: &Lexicon) {
    let first = line.chars().next();
    let (Some(last), Some(first)) = (text.chars().last(), first) else {
        text.push_str(line);
        return;
    };
    let before = text.chars().rev().nth(1).unwrap_or(' ');
    match last {
        '\u{ad}' => drop(text.pop()),
        '\u{2010}'
            if before.is_lowercase() && first.is_lowercase() && lexicon.ascii && !lexicon.typographic =>
        {
            text.pop();
        }
        '-' | '\u{2010}' if before.is_alphanumeric() => after_hyphen(text, line, (before, first), lexicon),
        '—' if before.is_alphanumeric() => {}
        '/' if text.split_whitespace().next_back().is_some_and(|word| word.contains("://")) => {}
        _ if is_unspaced(last) && is_unspaced(first) => {}
        _ => text.push(' '),
    }
    text.push_str(line);
}

/// Settles a hyphen at the end of a line: it goes, it stays, or it stays with a space.
fn after_hyphen(text: &mut String, line: &str, (before, first): (char, char), lexicon: &Lexicon) {
    let head = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let head = head.trim_end_matches(['-', '\u{2010}']);
    let tail = line.split_whitespace().next().unwrap_or_default();
    if CONJUNCTIONS.contains(&bare(tail).as_str())
        && !lexicon.plain.contains(&format!("{}{}", bare(head), bare(tail)))
    {
        text.push(' ');
    } else if before.is_lowercase() && first.is_lowercase() && !lexicon.keeps_hyphen(head, tail) {
        text.pop();
    } else if !first.is_alphanumeric() {
        text.push(' ');
    }
}

/// Scripts that part no words by spaces: Chinese, Japanese and their marks.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> String {
        let lexicon = Lexicon::of(lines.iter().copied());
        let mut text = String::new();
        for line in lines {
            append(&mut text, line, &lexicon);
        }
        text
    }

    #[test]
    fn a_broken_word_is_whole_again() {
        assert_eq!(joined(&["the har-", "bour at\u{ad}", "tic"]), "the harbour attic");
    }

    #[test]
    fn a_hyphen_stays_where_the_word_has_one_elsewhere_or_needs_it() {
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
    fn lines_are_joined_by_spaces_where_the_script_has_them() {
        assert_eq!(joined(&["one", "two—", "three"]), "one two—three");
        assert_eq!(joined(&["潮位", "记录。"]), "潮位记录。");
    }
}
