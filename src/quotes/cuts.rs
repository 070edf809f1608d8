//! Finds quotes that begin or end inside something that means something else as a whole: a word, a figure with its sign
//! and unit, a hyphenated compound, or, in languages without spaces, a negation and what it negates. If a document says
//! *lost 5 million*, the quote *lost 5* cuts the figure; if it says *non-toxic*, the quote *toxic* cuts the compound.
//!
//! All functions work on text in [normal form](crate::normalize), in which every dash is `-` and every space is single.

use std::ops::Range;

use crate::boundaries::is_word_boundary;
use crate::negations::splits_negation;

/// What is cut at the start or end of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A word or a character.
    Word,
    /// A figure: its groups, fraction, power, sign, unit or currency, or the range that it belongs to.
    Figure,
    /// A compound, such as *non-toxic* or *and/or*. Holds the byte offset of its hyphen or slash.
    Compound(usize),
    /// A negation and what it negates, written without a space between them.
    Negation,
}

/// Digits in a group of thousands.
const GROUP_DIGITS: usize = 3;
/// A longer word before a superscript is not a unit such as km², so the superscript is the number of a note.
const MAX_UNIT_LETTERS: usize = 2;
/// At most this many characters on each side of a quote's edge are read to find a range's second figure: `$10 - $20`.
const MAX_RANGE_SIGNS: usize = 8;

/// Words after a figure that are part of it. They match in lower case, also with an inflectional ending after them.
#[rustfmt::skip]
const SCALES: [&str; 31] = [
    "hundred", "thousand", "million", "billion", "trillion", "quadrillion", "dozen", "percent", "per cent",
    "tausend", "milliarde", "billionen", "prozent", "mio", "mrd", "tsd", "milliard", "pour cent", "por ciento",
    "millón", "millones", "milhão", "milhões", "milione", "milioni", "miliard", "miljoen", "miljard",
    "per mille", "миллион", "процент",
];
/// Abbreviations of scales, which match only as whole words.
const SHORT_SCALES: [&str; 6] = ["m", "bn", "tn", "k", "pct", "mille"];
/// Scales in languages without spaces.
const CJK_SCALES: [char; 12] = ['万', '萬', '亿', '億', '兆', '千', '百', '十', '％', '%', '만', '억'];
const CURRENCY_CODES: [&str; 14] =
    ["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "INR", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN"];

/// Returns what is cut at the start or end of `range` if it is quoted from `text`. `is_dash` tells whether the `-` at a
/// byte offset is a dash: unlike a hyphen, a dash joins no compound.
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
    if let Some(sign) = compound_sign(behind, ahead) {
        return Some(Cut::Compound(at - usize::from(sign == Side::Behind)));
    }
    splits_negation(behind, ahead).then_some(Cut::Negation)
}

/// The two sides of a quote's edge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Behind,
    Ahead,
}

/// Returns the side on which the hyphen, slash or `&` of a compound is. `None` if the edge between the two texts is not
/// in a compound.
fn compound_sign(behind: &str, ahead: &str) -> Option<Side> {
    let is_sign = |c: char| matches!(c, '-' | '/' | '&');
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut back, mut on) = (behind.chars().rev(), ahead.chars());
    let (before, after) = (back.next()?, on.next()?);
    if is_sign(after) && before.is_alphanumeric() && joins(on.next()) {
        return Some(Side::Ahead);
    }
    (is_sign(before) && after.is_alphanumeric() && joins(back.next())).then_some(Side::Behind)
}

fn splits_figure(behind: &str, ahead: &str) -> bool {
    splits_digits(behind, ahead)
        || splits_power(behind, ahead)
        || splits_sign(behind, ahead)
        || splits_unit(behind, ahead)
        || splits_range(behind, ahead)
}

/// Whether the edge is inside a figure's digits, between groups of thousands or before a fraction: 11 200, 2½, 3 1/2.
fn splits_digits(behind: &str, ahead: &str) -> bool {
    let (left, right) = (without_space_at_end(behind), without_space_at_start(ahead));
    if left.len() < behind.len() && right.len() < ahead.len() {
        return false;
    }
    let is_adjacent = left.len() == behind.len() && right.len() == ahead.len();
    if is_adjacent && left.ends_with(char::is_numeric) && right.starts_with(char::is_numeric) {
        return true;
    }
    let digits_left = count_at_end(left, |c| c.is_ascii_digit());
    let digits_right = right.chars().take_while(char::is_ascii_digit).count();
    let is_number_left = (1..=GROUP_DIGITS).contains(&digits_left)
        && !left[..left.len() - digits_left]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ','));
    let after_digits = &right[digits_right..];
    let is_fraction = right.starts_with(is_vulgar_fraction)
        || digits_right > 0
            && after_digits.strip_prefix(['/', '⁄']).is_some_and(|rest| rest.starts_with(char::is_numeric));
    let is_group = digits_right == GROUP_DIGITS && !after_digits.starts_with(char::is_alphabetic);
    is_number_left && !is_adjacent && (is_group || is_fraction)
}

/// Whether the edge is inside a power or scientific notation: 10^24, km^2, 1.2e-5.
fn splits_power(behind: &str, ahead: &str) -> bool {
    if behind.ends_with('^') {
        return true;
    }
    if ahead.starts_with('^') {
        let letters = count_at_end(behind, char::is_alphabetic);
        return behind.ends_with(|c: char| c.is_numeric() || c == ')')
            || (1..=MAX_UNIT_LETTERS).contains(&letters);
    }
    let is_exponent = |text: &str, digits: &str| {
        let mantissa = text.strip_suffix(['e', 'E']);
        mantissa.is_some_and(|mantissa| mantissa.ends_with(char::is_numeric))
            && digits.starts_with(char::is_numeric)
    };
    ahead.strip_prefix(['-', '+']).is_some_and(|digits| is_exponent(behind, digits))
        || behind.strip_suffix(['-', '+']).is_some_and(|text| is_exponent(text, ahead))
}

/// Whether the edge separates a figure from the sign, currency or comparison before it: -$5, €5, <5, (5).
fn splits_sign(behind: &str, ahead: &str) -> bool {
    let starts_figure = |text: &str| text.strip_prefix('.').unwrap_or(text).starts_with(char::is_numeric);
    let number = without_space_at_start(ahead);
    let sign = without_space_at_end(behind);
    if ahead.starts_with(is_currency)
        && starts_figure(without_space_at_start(ahead.trim_start_matches(is_currency)))
    {
        // A$5 and -$5 are not $5.
        return behind.ends_with(char::is_alphabetic)
            || is_sign_at_end(behind)
            || sign.ends_with(is_comparison);
    }
    if ahead.strip_prefix(['-', '+']).is_some_and(starts_figure) {
        return behind.ends_with(is_currency) || sign.ends_with(is_comparison);
    }
    if !starts_figure(number) {
        return false;
    }
    sign.ends_with(is_currency)
        || sign.ends_with(is_comparison)
        || CURRENCY_CODES.iter().any(|code| sign.ends_with(code))
        || starts_figure(ahead) && (is_sign_at_end(behind) || is_in_brackets(behind, ahead))
}

/// Whether a text ends in the sign of the figure after it, and not in a dash or the hyphen of a compound.
fn is_sign_at_end(behind: &str) -> bool {
    let rest = behind.strip_suffix(['-', '+']);
    rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == ')'))
}

/// Whether the edge is after the opening bracket of a negative figure as accountants write it: (5).
fn is_in_brackets(behind: &str, ahead: &str) -> bool {
    let rest = ahead.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ','));
    behind.ends_with('(') && rest.len() < ahead.len() && rest.starts_with(')')
}

/// Whether the edge separates a figure from the unit or scale after it: 5 %, 5 €, 5 million, 100+.
fn splits_unit(behind: &str, ahead: &str) -> bool {
    let number = without_space_at_end(behind);
    if !number.ends_with(char::is_numeric) {
        return false;
    }
    let unit = without_space_at_start(ahead);
    let mut rest = unit.chars();
    let Some(first) = rest.next() else { return false };
    let is_spaced = unit.len() < ahead.len() || number.len() < behind.len();
    let next_is_digit = rest.next().is_some_and(char::is_numeric);
    let word: &str = unit.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let lower: String =
        unit.chars().take_while(|c| c.is_alphabetic() || *c == ' ').flat_map(char::to_lowercase).collect();
    matches!(first, '%' | '‰' | '‱' | '°' | '℃' | '℉')
        || is_currency(first) && !next_is_digit
        || first == '+' && !is_spaced && !next_is_digit
        || first == ')' && !is_spaced && closes_figure(number)
        || CJK_SCALES.contains(&first)
        || CURRENCY_CODES.contains(&word)
        || SHORT_SCALES.contains(&word)
        || SCALES.iter().any(|scale| lower.starts_with(scale))
}

/// Whether a text ends in an opening bracket and a figure: `a loss of (5`.
fn closes_figure(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',')).ends_with('(')
}

/// Whether the edge is inside a range or product of two figures: 10 - 20, $10 - $20, 3 × 5.
fn splits_range(behind: &str, ahead: &str) -> bool {
    let is_part = |c: &char| *c == ' ' || is_range_sign(*c) || is_currency(*c) || *c == '%';
    let left: Vec<char> = behind.chars().rev().take_while(is_part).take(MAX_RANGE_SIGNS).collect();
    let right: Vec<char> = ahead.chars().take_while(is_part).take(MAX_RANGE_SIGNS).collect();
    let figure_left = behind.chars().rev().nth(left.len()).is_some_and(char::is_numeric);
    let figure_right = ahead.chars().nth(right.len()).is_some_and(char::is_numeric);
    figure_left && figure_right && left.iter().chain(&right).any(|c| is_range_sign(*c))
}

fn is_range_sign(c: char) -> bool {
    matches!(c, '-' | '×' | '~' | '〜' | '/' | '÷' | '·')
}

/// Whether a character only holds the place of something between two letters: of a picture (U+FFFC), of an unreadable
/// character (U+FFFD), or of a zero-width character (U+2060; see `normalize`). The letters may belong to one word.
fn is_placeholder(c: char) -> bool {
    matches!(c, '\u{fffc}' | '\u{fffd}' | '\u{2060}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '₠'..='₿' | '元' | '円')
}

fn is_comparison(c: char) -> bool {
    matches!(c, '<' | '>' | '≤' | '≥' | '≈' | '~' | '±' | '≠' | '≪' | '≫' | '⩽' | '⩾')
}

fn is_vulgar_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '\u{2150}'..='\u{215f}' | '\u{2189}')
}

fn without_space_at_end(text: &str) -> &str {
    text.strip_suffix(' ').unwrap_or(text)
}

fn without_space_at_start(text: &str) -> &str {
    text.strip_prefix(' ').unwrap_or(text)
}

fn count_at_end(text: &str, is_counted: impl Fn(char) -> bool) -> usize {
    text.chars().rev().take_while(|c| is_counted(*c)).count()
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
            ("这很特别重要", "重要"),
            ("the firms' 12 mills", "12 mills"),
            ("in May, 5 people", "5 people"),
            ("pre- and post-war mills", "mills"),
        ] {
            assert_eq!(cut(text, part), None, "{part} of {text}");
        }
        assert_eq!(cut_by("the mill-it burnt", 0..8, |_| true), None, "a dash without spaces");
    }
}
