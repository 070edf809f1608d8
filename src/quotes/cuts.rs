//! Finds quotes that begin or end inside something that means something else as a whole: a word, a figure with its sign
//! and unit, a hyphenated compound, or, in languages without spaces and in Korean, a negation and what it negates. If a
//! document says *lost 5 million*, the quote *lost 5* cuts the figure; if it says *non-toxic*, the quote *toxic* cuts
//! the compound.
//!
//! All functions work on text in [normal form](crate::normalize), in which every dash is `-` and every space is single.

use std::ops::Range;

use crate::boundaries::is_word_boundary;
use crate::figures::splits_figure;
use crate::negations::splits_negation;

/// What is cut at the start or end of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A word, or a single character such as the ligature `ﬁ`.
    Word,
    /// A figure: its groups, fraction, power, sign, unit or currency, or the range that it belongs to.
    Figure,
    /// A compound or an address, such as *non-toxic*, *and/or* or `mill.example`. Holds the byte offset of the sign
    /// that joins its parts.
    Compound(usize),
    /// A negation and what it negates, in a language without spaces, or in Korean with a space between them.
    Negation,
}

/// Words after a hyphen that replaces the end of a word: *pre- and post-war*.
const HYPHEN_CONJUNCTIONS: [&str; 14] =
    ["and", "or", "to", "but", "nor", "und", "oder", "bis", "sowie", "et", "ou", "en", "of", "y"];

/// Returns what is cut at the start of `range`, or else at its end, if it is quoted from `text`. `is_dash` tells
/// whether the `-` at a byte offset is a dash: unlike a hyphen, a dash joins no compound.
pub fn cut_by(text: &str, range: Range<usize>, is_dash: impl Fn(usize) -> bool) -> Option<Cut> {
    let cut = |at| {
        cut_at(text, at).filter(
            |cut| !matches!(cut, Cut::Compound(sign) if text[*sign..].starts_with('-') && is_dash(*sign)),
        )
    };
    cut(range.start).or_else(|| cut(range.end))
}

/// Returns what is cut by a quote that begins or ends at the byte offset `at`.
fn cut_at(text: &str, at: usize) -> Option<Cut> {
    let behind = text[..at].rsplit('\n').next().unwrap_or_default();
    let ahead = text[at..].split('\n').next().unwrap_or_default();
    let (before, after) = (behind.chars().next_back()?, ahead.chars().next()?);
    if splits_figure(behind, ahead) {
        return Some(Cut::Figure);
    }
    if is_placeholder(before) && after.is_alphanumeric() || is_placeholder(after) && before.is_alphanumeric()
    {
        return Some(Cut::Word);
    }
    if !is_word_boundary(text, at) {
        let is_figure = before.is_numeric() || after.is_numeric();
        return Some(if is_figure { Cut::Figure } else { Cut::Word });
    }
    if let Some(back) = compound_sign(behind, ahead).or_else(|| spaced_hyphen(behind, ahead)) {
        return Some(Cut::Compound(at - back));
    }
    splits_negation(behind, ahead).then_some(Cut::Negation)
}

/// If the edge between the two texts is beside a sign that joins a compound or address, returns how many bytes before
/// the edge this sign is: 0 if it is directly after the edge.
fn compound_sign(behind: &str, ahead: &str) -> Option<usize> {
    let (mut back, mut on) = (behind.chars().rev(), ahead.chars());
    let (before, after) = (back.next()?, on.next()?);
    if on.next().is_some_and(|next| joins(before, after, next)) {
        return Some(0);
    }
    back.next().is_some_and(|first| joins(first, before, after)).then_some(1)
}

/// If the edge between the two texts is beside the hyphen at which a line break split a word (*non- toxic*), returns
/// how many bytes before the edge the hyphen is: 0 if it is directly after the edge.
fn spaced_hyphen(behind: &str, ahead: &str) -> Option<usize> {
    let (word, rest, back) = if let Some(rest) = ahead.strip_prefix("- ") {
        (behind, rest, 0)
    } else if let Some(rest) = ahead.strip_prefix(' ') {
        (behind.strip_suffix('-')?, rest, 1)
    } else {
        (behind.strip_suffix("- ")?, ahead, 2)
    };
    let next = &rest[..rest.len() - rest.trim_start_matches(char::is_alphabetic).len()];
    let is_parted = word.ends_with(char::is_alphabetic)
        && next.starts_with(char::is_lowercase)
        && !HYPHEN_CONJUNCTIONS.contains(&next);
    is_parted.then_some(back)
}

/// Whether a sign joins the two characters beside it: *non-toxic*, *and/or*, `clerk@mill.example`.
fn joins(before: char, sign: char, after: char) -> bool {
    // A full stop before a capital ends a sentence, after which a space is missing.
    let is_sign = matches!(sign, '-' | '/' | '&' | '@') || sign == '.' && after.is_lowercase();
    is_sign && before.is_alphanumeric() && after.is_alphanumeric()
}

/// Whether a character only holds the place of something between two letters: of a picture (U+FFFC), of an unreadable
/// character (U+FFFD), or of a zero-width character (U+2060; see `normalize`). The letters may belong to one word.
fn is_placeholder(c: char) -> bool {
    matches!(c, '\u{fffc}' | '\u{fffd}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, part: &str) -> Option<Cut> {
        let at = text.find(part).expect("part of text");
        cut_by(text, at..at + part.len(), |_| false)
    }

    #[test]
    fn a_figure_is_not_cut_from_its_groups_fraction_power_or_sign() {
        for (text, part) in [
            ("There were 11 200 people", "200 people"),
            ("There were 11 200 people", "There were 11"),
            ("It has 1 234 567 bricks", "567 bricks"),
            ("It is 3 1/2 miles long", "1/2 miles"),
            ("It is 3 1/2 miles long", "It is 3"),
            ("It cost 2½ crowns", "½ crowns"),
            ("It cost 2 ½ crowns", "½ crowns"),
            ("It took 10^24 steps", "It took 10"),
            ("It took 10^24 steps", "24 steps"),
            ("a field of 5 km^2", "a field of 5 km"),
            ("about 1.2e-5 metres", "5 metres"),
            ("a profit of -$5 a day", "$5 a day"),
            ("a profit of A$5 a day", "$5 a day"),
            ("a fare of $5 a day", "5 a day"),
            ("a fare of €-5 a day", "-5 a day"),
            ("an income of (5) in May", "5) in May"),
            ("an income of (5) in May", "income of (5"),
            ("Fewer: <5 people", "5 people"),
            ("some ≥ 5 people", "5 people"),
            ("a fare of EUR 5 a day", "5 a day"),
        ] {
            assert_eq!(cut(text, part), Some(Cut::Figure), "{part} of {text}");
        }
    }

    #[test]
    fn a_figure_is_not_cut_from_its_unit_or_range() {
        for (text, part) in [
            ("It rose by 5 % in May", "It rose by 5"),
            ("It rose by 5 percent", "It rose by 5"),
            ("It cost 5 million crowns", "It cost 5"),
            ("Es kostete 5 Milliarden", "Es kostete 5"),
            ("It cost 5 € a day", "It cost 5"),
            ("more than 100+ people", "more than 100"),
            ("Between 10 - 20 people", "20 people"),
            ("Between 10 - 20 people", "Between 10"),
            ("from $10 - $20 a day", "$20 a day"),
            ("from 10% - 20% a day", "from 10%"),
            ("a row of 5 ± 3 trees", "row of 5"),
            ("It cost 5 M in all", "It cost 5"),
            ("It is 5 km from here", "It is 5"),
            ("Two hundred millers came", "hundred millers"),
            ("It cost five million crowns", "It cost five"),
            ("some hundred thousand people", "thousand people"),
            ("كان هناك ١١٬٢٠٠ شخص", "٢٠٠ شخص"),
            ("a room of 3 × 5 feet", "5 feet"),
            ("共有5万人", "共有5"),
        ] {
            assert_eq!(cut(text, part), Some(Cut::Figure), "{part} of {text}");
        }
    }

    #[test]
    fn a_compound_and_an_unspaced_negation_are_not_cut() {
        for (text, part) in [
            ("It was un-American", "American"),
            ("water that is non-toxic", "toxic"),
            ("a not/guilty plea", "guilty plea"),
            ("the COVID-19 years", "the COVID"),
            ("write to clerk@mill.example today", "mill.example"),
            ("water that is non- toxic", "toxic"),
            ("the pool is un- safe now", "the pool is un"),
            ("the pool is un- safe now", "the pool is un-"),
            ("it is at unsafe.mill.example", "mill.example"),
        ] {
            assert!(matches!(cut(text, part), Some(Cut::Compound(_))), "{part} of {text}");
        }
        for (text, part) in [
            ("他不是罪犯", "是罪犯"),
            ("เขาไม่ผิด", "ผิด"),
            ("罪がない", "罪が"),
            ("그는 가지 않았다", "그는 가지"),
        ] {
            assert_eq!(cut(text, part), Some(Cut::Negation), "{part} of {text}");
        }
    }

    #[test]
    fn whole_words_and_figures_are_not_cut() {
        for (text, part) in [
            ("In 2025 300 people came", "300 people"),
            ("a few - 5 people - came", "5 people"),
            ("the mill (5 storeys) burnt", "5 storeys"),
            ("the mill burnt^1 in May", "The mill burnt".trim_start_matches("The ")),
            ("It cost $5 million a year", "$5 million"),
            ("5 millers came", "5"),
            ("the mill burnt.The ferry sank", "The ferry"),
            ("a hundred millers", "hundred millers"),
            ("no one; millions came", "no one"),
            ("这很特别重要", "重要"),
            ("the firms' 12 mills", "12 mills"),
            ("in May, 5 people", "5 people"),
            ("pre- and post-war mills", "mills"),
            ("pre- and post-war mills", "and post-war mills"),
        ] {
            assert_eq!(cut(text, part), None, "{part} of {text}");
        }
        assert_eq!(cut_by("the mill-it burnt", 0..8, |_| true), None, "a dash without spaces");
    }
}
