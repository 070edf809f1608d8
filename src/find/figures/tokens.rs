//! A passage in words, numbers and marks.
//!
//! A run of digits is a number only if the notation of the language allows it to be read in one way; what joins digits
//! and letters (`V4`, `910C`), or digits and more digits (`9/11`, `21:00`, a telephone number), is no number here.

use std::borrow::Cow;

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// Decimal point, groups parted by commas.
    English,
    /// Decimal comma, groups parted by full stops, spaces or (in Switzerland) apostrophes.
    German,
    /// Decimal comma, groups parted by spaces.
    French,
    /// Decimal comma, groups parted by full stops or spaces.
    Spanish,
}

impl Tongue {
    /// By the main part of a BCP 47 tag; `None` for a language whose figures are not read.
    pub(super) fn of(language: &str) -> Option<Self> {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        [("en", Self::English), ("de", Self::German), ("fr", Self::French), ("es", Self::Spanish)]
            .into_iter()
            .find_map(|(tag, tongue)| tag.eq_ignore_ascii_case(primary).then_some(tongue))
    }

    fn parts_groups(self, c: char) -> bool {
        match self {
            Self::English => c == ',',
            Self::German => matches!(c, '.' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
            Self::French => matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
            Self::Spanish => matches!(c, '.' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
        }
    }

    fn decimal_mark(self) -> char {
        if self == Self::English { '.' } else { ',' }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// Letters, or letters and digits that begin with a letter.
    Word,
    /// A number in digits, and what one more in its last written place is worth.
    Number {
        /// Its value.
        value: f64,
        /// The worth of its last place.
        step: f64,
        /// Whether it is digits alone, without point or groups.
        bare: bool,
    },
    /// A day in the notation of ISO 8601.
    Day {
        /// Year, month and day as `20260420`.
        value: u32,
    },
    /// Any other character, all dashes made one of `-` and `–`.
    Mark(char),
    /// Digits that are no number.
    Opaque,
}

/// A word, number or mark of a passage.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) shape: Shape,
    pub(super) text: &'t str,
    pub(super) lower: Cow<'t, str>,
    /// Where it begins, in the text that it was read from.
    pub(super) at: usize,
    /// Whether nothing stands between it and the token before.
    pub(super) glued: bool,
}

/// What may follow a number without a space and leave it one.
#[rustfmt::skip]
const SUFFIXES: &[&str] = &[
    "b", "bn", "bp", "bps", "cm", "gb", "ghz", "gw", "gwh", "k", "kg", "km", "kwh", "m", "mb", "mhz", "mm", "mn", "mph",
    "mw", "mwh", "nd", "nm", "pc", "pct", "pp", "rd", "s", "st", "t", "tb", "th", "tn", "trn", "x",
];
/// More digits than these are read by nobody, and held exactly by no float.
const DIGITS: usize = 15;

/// The tokens of `text`, which begins at `offset` of its document.
pub(super) fn tokens(text: &str, offset: usize, tongue: Tongue) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut glued = false;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            glued = false;
            at += c.len_utf8();
            continue;
        }
        let (len, shape) = match c {
            '0'..='9' => number(&text[at..], tongue),
            '.' if !glued && tongue == Tongue::English && begins_with_digit(&text[at + 1..]) => {
                number(&text[at..], tongue)
            }
            _ if c.is_alphanumeric() => (word(&text[at..]), Shape::Word),
            '‐' | '‑' | '−' | '-' => (c.len_utf8(), Shape::Mark('-')),
            '–' | '—' | '―' => (c.len_utf8(), Shape::Mark('–')),
            _ => (c.len_utf8(), Shape::Mark(c)),
        };
        let piece = &text[at..at + len];
        found.push(Token { shape, text: piece, lower: lower(piece), at: offset + at, glued });
        glued = true;
        at += len;
    }
    found
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let plain = !word.chars().any(|c| c.is_uppercase() || c == '’');
    if plain { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase().replace('’', "'")) }
}

/// Length of the word that a text begins with: letters and digits, with an apostrophe, an ampersand or the full stops
/// of an abbreviation among them (`don't`, `S&P`, `U.S.`).
fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let goes_on = next.is_some_and(char::is_alphabetic);
        if c.is_alphanumeric() {
            letters += 1;
        } else {
            let stop = c == '.' && letters == 1 && (goes_on || text[..at].contains('.'));
            if !(stop || (matches!(c, '\'' | '’' | '&') && goes_on)) {
                break;
            }
            letters = 0;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Length and reading of the number that a text begins with.
fn number(text: &str, tongue: Tongue) -> (usize, Shape) {
    let chain = chain(text);
    if let Some(len) = chain {
        let day = iso_day(&text[..len]).map(|value| Shape::Day { value });
        return (len, day.unwrap_or(Shape::Opaque));
    }
    let (len, digits, decimals, bare) = notation(text, tongue);
    let suffix = text[len..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| len + end);
    let known = suffix == len || SUFFIXES.contains(&text[len..suffix].to_ascii_lowercase().as_str());
    // A full stop or comma that leads on to a digit was not understood.
    let rest = &text[len..];
    let joined = rest.starts_with(['.', ',']) && begins_with_digit(&rest[1..]);
    if !known || joined || digits.len() > DIGITS {
        let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ','))).unwrap_or(text.len());
        let end = text[..end].trim_end_matches(['.', ',']).len();
        return (end.max(suffix), Shape::Opaque);
    }
    let Ok(value) = digits.parse::<f64>() else { return (suffix, Shape::Opaque) };
    let step = match decimals {
        0 => rounded(value),
        _ => 0.1_f64.powi(i32::try_from(decimals).unwrap_or_default()),
    };
    (len, Shape::Number { value, step, bare })
}

/// To what a whole number seems to be rounded: the place of its last digit that is not nought, but for no more than a
/// twentieth of it.
fn rounded(value: f64) -> f64 {
    let mut place = 1.0;
    while value >= 100.0 && place < value && (value / (place * 10.0)).fract() == 0.0 {
        place *= 10.0;
    }
    if place > 1.0 { place.min(value / 20.0) } else { 1.0 }
}

/// Reads digits with groups and decimals: their length in the text, the digits as Rust writes them, how many are
/// decimals, and whether they are digits alone.
fn notation(text: &str, tongue: Tongue) -> (usize, String, usize, bool) {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = run(text);
    let mut digits = text[..end].to_owned();
    let mut bare = true;
    while (1..=3).contains(&run(text)) {
        let mut rest = text[end..].chars();
        let Some(mark) = rest.next().filter(|c| tongue.parts_groups(*c)) else { break };
        let group = rest.as_str();
        if run(group) != 3 {
            break;
        }
        digits.push_str(&group[..3]);
        end += mark.len_utf8() + 3;
        bare = false;
    }
    let decimals = text[end..].strip_prefix(tongue.decimal_mark()).map(run).unwrap_or_default();
    if decimals > 0 {
        digits.push('.');
        digits.push_str(&text[end + 1..=end + decimals]);
        end += 1 + decimals;
        bare = false;
    }
    (end, digits, decimals, bare)
}

/// Length of a chain of numbers joined by colons and strokes, or by two hyphens or more.
fn chain(text: &str) -> Option<usize> {
    let mut end = 0;
    let (mut hyphens, mut strokes) = (0, 0);
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(end) {
        let goes_on = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => {}
            b':' | b'/' if goes_on => strokes += 1,
            b'-' if goes_on => hyphens += 1,
            b'.' | b',' if goes_on => {}
            _ => break,
        }
        end += 1;
    }
    (strokes > 0 || hyphens > 1).then_some(end)
}

fn iso_day(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let lengths = (year.len(), month.len(), day.len()) == (4, 2, 2);
    let [year, month, day] = [year, month, day].map(|part| part.parse::<u32>().unwrap_or_default());
    (lengths && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some(year * 10_000 + month * 100 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, tongue: Tongue) -> Vec<f64> {
        let number = |token: &Token| match token.shape {
            Shape::Number { value, .. } => Some(value),
            _ => None,
        };
        tokens(text, 0, tongue).iter().filter_map(number).collect()
    }

    #[test]
    fn a_number_is_read_as_its_language_writes_it() {
        assert_eq!(values("1,200 and 5.6 and .75, or 8.", Tongue::English), [1200.0, 5.6, 0.75, 8.0]);
        assert_eq!(values("1.200 und 5,6 und 1'000", Tongue::German), [1200.0, 5.6, 1000.0]);
        assert_eq!(values("1 200 et 5,6", Tongue::French), [1200.0, 5.6]);
        assert_eq!(values("1,5 or 1.2.3 or 12,34", Tongue::English), [0.0; 0]);
        assert_eq!(values("2.5 oder 1.20", Tongue::German), [0.0; 0]);
    }

    #[test]
    fn names_times_and_chains_of_digits_are_no_numbers() {
        for text in ["V4 R1 910C 5G H100", "9/11 at 21:00", "555-010-0199", "१२ ٣", &"9".repeat(10_000)]
        {
            assert_eq!(values(text, Tongue::English), [0.0; 0], "{text}");
        }
        assert_eq!(tokens("2026-04-20", 0, Tongue::English)[0].shape, Shape::Day { value: 20_260_420 });
        let words: Vec<&str> =
            tokens("The U.S. said S&P don’t.", 0, Tongue::English).iter().map(|t| t.text).collect();
        assert_eq!(words, ["The", "U.S.", "said", "S&P", "don’t", "."]);
    }
}
