//! Whether a quote begins or ends inside a figure: a number with its sign, currency, unit and scale, or a range. If a
//! document says *lost 5 million*, the quote *lost 5* cuts the figure.
//!
//! All functions are given the text on both sides of an edge of the quote: *behind* is the text before the edge,
//! *ahead* the text after it. Both are within one paragraph in [normal form](crate::normalize).

/// Maximum number of digits in a group of thousands. Only the first group of a number may have fewer.
const MAX_GROUP_DIGITS: usize = 3;
/// A longer word before a superscript is not a unit such as km², so the superscript is the number of a note.
const MAX_UNIT_LETTERS: usize = 2;
/// To find the figures of a range (`$10 - $20`), at most this many signs and spaces are skipped on each side of an
/// edge.
const MAX_RANGE_SIGNS: usize = 8;

/// Words after a figure that are part of it. They match regardless of case, and with any ending after them.
#[rustfmt::skip]
const SCALES: [&str; 31] = [
    "hundred", "thousand", "million", "billion", "trillion", "quadrillion", "dozen", "percent", "per cent",
    "tausend", "milliarde", "billionen", "prozent", "mio", "mrd", "tsd", "milliard", "pour cent", "por ciento",
    "millón", "millones", "milhão", "milhões", "milione", "milioni", "miliard", "miljoen", "miljard",
    "per mille", "миллион", "процент",
];
/// Abbreviations of scales and units, which match only as whole words and with the same capitals.
#[rustfmt::skip]
const ABBREVIATIONS: [&str; 36] = [
    "m", "M", "B", "bn", "tn", "k", "K", "pct", "mille", "pp", "ppm", "mm", "cm", "km", "ha", "mg", "kg", "kB", "MB", "GB", "TB",
    "kW", "MW", "GW", "TW", "kWh", "MWh", "GWh", "TWh", "Hz", "kHz", "MHz", "GHz", "mph", "TFLOPS", "PFLOPS",
];
/// Numbers in words that often precede a scale, in English, German, French, Spanish, Italian and Dutch.
#[rustfmt::skip]
const NUMBER_WORDS: [&str; 72] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "several",
    "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "zwanzig", "dreißig",
    "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "onze", "douze", "quinze", "vingt", "trente", "cent",
    "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "veinte", "cien",
    "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "dieci", "twee", "drie", "vijf",
];
/// Scales and percent signs in Chinese, Japanese and Korean.
const CJK_SCALES: [char; 12] = ['万', '萬', '亿', '億', '兆', '千', '百', '十', '％', '%', '만', '억'];
/// Codes of currencies, before or after a figure. They match only in capitals.
const CURRENCY_CODES: [&str; 14] =
    ["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "INR", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN"];

/// Whether the edge between the text behind it and the text ahead is inside a figure.
pub(crate) fn splits_figure(behind: &str, ahead: &str) -> bool {
    splits_digits(behind, ahead)
        || splits_power(behind, ahead)
        || splits_sign(behind, ahead)
        || splits_unit(behind, ahead)
        || splits_range(behind, ahead)
        || splits_spelled_number(behind, ahead)
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
    let is_number_left = (1..=MAX_GROUP_DIGITS).contains(&digits_left)
        && !left[..left.len() - digits_left]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ','));
    let after_digits = &right[digits_right..];
    let is_fraction = right.starts_with(is_vulgar_fraction)
        || digits_right > 0
            && after_digits.strip_prefix(['/', '⁄']).is_some_and(|rest| rest.starts_with(char::is_numeric));
    let is_group = digits_right == MAX_GROUP_DIGITS && !after_digits.starts_with(char::is_alphabetic);
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

/// Whether the edge separates a figure from what belongs to it on its left: a sign, currency or comparison (-$5, €5,
/// <5), or the opening bracket of a negative amount, as accountants write it: (5).
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

/// Whether the edge separates a figure from the unit, scale or closing bracket after it: 5 %, 5 €, 5 million, 100+,
/// (5).
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
        || ABBREVIATIONS.contains(&word)
        || SCALES.iter().any(|scale| lower.starts_with(scale))
}

/// Whether a text ends in an opening bracket and a figure: `a loss of (5`.
fn closes_figure(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',')).ends_with('(')
}

/// Whether the edge is between a number in words and its scale: *five million*, *hundred thousand*.
fn splits_spelled_number(behind: &str, ahead: &str) -> bool {
    let (left, right) = (behind.trim_end(), ahead.trim_start());
    if left.len() == behind.len() && right.len() == ahead.len() {
        return false;
    }
    let is_letter = |c: char| c.is_alphabetic();
    let last = left[left.trim_end_matches(is_letter).len()..].to_lowercase();
    let first = right[..right.len() - right.trim_start_matches(is_letter).len()].to_lowercase();
    let is_scale = |word: &str| SCALES.iter().any(|scale| word.starts_with(scale));
    is_scale(&first) && (NUMBER_WORDS.contains(&last.as_str()) || is_scale(&last))
}

/// Whether the edge is inside a range, product, quotient or tolerance of two figures: 10 - 20, $10 - $20, 3 × 5, 1/2, 5
/// ± 1.
fn splits_range(behind: &str, ahead: &str) -> bool {
    let is_part = |c: &char| *c == ' ' || is_range_sign(*c) || is_currency(*c) || *c == '%';
    let left: Vec<char> = behind.chars().rev().take_while(is_part).take(MAX_RANGE_SIGNS).collect();
    let right: Vec<char> = ahead.chars().take_while(is_part).take(MAX_RANGE_SIGNS).collect();
    let figure_left = behind.chars().rev().nth(left.len()).is_some_and(char::is_numeric);
    let figure_right = ahead.chars().nth(right.len()).is_some_and(char::is_numeric);
    figure_left && figure_right && left.iter().chain(&right).any(|c| is_range_sign(*c))
}

fn is_range_sign(c: char) -> bool {
    matches!(c, '-' | '×' | '~' | '〜' | '/' | '÷' | '·' | '±')
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
