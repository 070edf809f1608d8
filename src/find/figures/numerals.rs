//! Numbers in digits and in words: `1,200`, `5.6 million`, `twenty-five`, `half a dozen`, `two and a half`.

use super::line::Line;
use super::tokens::{Shape, Tongue};

/// A number that was read, without what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) value: f64,
    /// The worth of the last place that is written.
    pub(super) step: f64,
    /// Four digits and nothing else.
    pub(super) like_year: bool,
    /// The token after it.
    pub(super) next: usize,
}

#[rustfmt::skip]
const SMALL: &[(&str, f64)] = &[
    ("one", 1.0), ("two", 2.0), ("three", 3.0), ("four", 4.0), ("five", 5.0), ("six", 6.0), ("seven", 7.0),
    ("eight", 8.0), ("nine", 9.0), ("ten", 10.0), ("eleven", 11.0), ("twelve", 12.0), ("thirteen", 13.0),
    ("fourteen", 14.0), ("fifteen", 15.0), ("sixteen", 16.0), ("seventeen", 17.0), ("eighteen", 18.0),
    ("nineteen", 19.0), ("twenty", 20.0), ("thirty", 30.0), ("forty", 40.0), ("fifty", 50.0), ("sixty", 60.0),
    ("seventy", 70.0), ("eighty", 80.0), ("ninety", 90.0),
];

/// Words that multiply, where they stand after a number. German and Spanish *Billion*, *billón* are 10¹².
#[rustfmt::skip]
const SCALES: &[(Tongue, &[(&str, f64)])] = &[
    (Tongue::English, &[
        ("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12), ("dozen", 12.0),
    ]),
    (Tongue::German, &[
        ("tausend", 1e3), ("million", 1e6), ("millionen", 1e6), ("mio", 1e6), ("milliarde", 1e9),
        ("milliarden", 1e9), ("mrd", 1e9), ("billion", 1e12), ("billionen", 1e12),
    ]),
    (Tongue::French, &[
        ("mille", 1e3), ("million", 1e6), ("millions", 1e6), ("milliard", 1e9), ("milliards", 1e9),
    ]),
    (Tongue::Spanish, &[("mil", 1e3), ("millón", 1e6), ("millones", 1e6), ("billón", 1e12), ("billones", 1e12)]),
];

/// What stands for those, glued to the digits. A single letter only does where a sum of money says what is meant.
const SHORT: &[(&str, f64, bool)] = &[
    ("bn", 1e9, false),
    ("mn", 1e6, false),
    ("tn", 1e12, false),
    ("trn", 1e12, false),
    ("k", 1e3, true),
    ("m", 1e6, true),
    ("b", 1e9, true),
    ("t", 1e12, true),
];

/// The number at a place; of a sum of `money` if a currency stands before it.
pub(super) fn numeral(line: &Line, at: usize, money: bool) -> Option<Numeral> {
    let mut read = in_digits(line, at).or_else(|| in_words(line, at))?;
    if let Some(factor) = short(line, read.next, money) {
        read.scale(factor);
        read.next += 1;
        return Some(read);
    }
    while let Some(factor) = scale(line, read.next) {
        read.scale(factor);
        // *Mio.* has its full stop.
        let stop = ["mio", "mrd"].contains(&line.lower(read.next)) && line.is_mark(read.next + 1, '.');
        read.next += if stop { 2 } else { 1 };
    }
    if line.tongue == Tongue::English && line.has(read.next, "and a half") && read.value < 100.0 {
        read.value += 0.5;
        read.step = read.step.min(0.5);
        read.next += 3;
        if let Some(factor) = scale(line, read.next) {
            read.scale(factor);
            read.next += 1;
        }
    }
    Some(read)
}

impl Numeral {
    fn scale(&mut self, factor: f64) {
        self.value *= factor;
        if self.value >= 1e3 {
            // Nobody counts millionths: this takes away what the multiplication of fractions leaves behind.
            self.value = self.value.round();
        }
        // *5 million* is rounded to millions, whatever *5* alone would be; but a dozen and a hundred are counted.
        self.step = if factor < 1e3 { 1.0 } else { self.step * factor };
        self.like_year = false;
    }
}

fn in_digits(line: &Line, at: usize) -> Option<Numeral> {
    let token = line.get(at)?;
    let Shape::Number { value, step, bare } = token.shape else { return None };
    Some(Numeral { value, step, like_year: bare && token.text.len() == 4, next: at + 1 })
}

fn scale(line: &Line, at: usize) -> Option<f64> {
    let (_, scales) = SCALES.iter().find(|(tongue, _)| *tongue == line.tongue)?;
    let word = line.lower(at);
    scales.iter().find_map(|(known, factor)| (*known == word).then_some(*factor))
}

fn short(line: &Line, at: usize, money: bool) -> Option<f64> {
    let word = line.lower(at);
    let known = SHORT.iter().find(|(known, _, _)| *known == word && line.glued(at))?;
    (money || !known.2).then_some(known.1)
}

fn small(word: &str) -> Option<f64> {
    SMALL.iter().find_map(|(known, value)| (*known == word).then_some(*value))
}

/// A number in English words, up to the scale that `numeral` applies.
fn in_words(line: &Line, at: usize) -> Option<Numeral> {
    if line.tongue != Tongue::English {
        return None;
    }
    let exact = |value, next| Some(Numeral { value, step: 1.0, like_year: false, next });
    match line.lower(at) {
        "half" if matches!(line.lower(at + 1), "a" | "an") && scale(line, at + 2).is_some() => {
            return Some(Numeral { value: 0.5, step: 0.1, like_year: false, next: at + 2 });
        }
        "a" if scale(line, at + 1).is_some() => return exact(1.0, at + 1),
        _ => {}
    }
    let (mut value, mut next) = (small(line.lower(at))?, at + 1);
    if value >= 20.0
        && line.is_hyphen(next)
        && let Some(ones) = small(line.lower(next + 1)).filter(|ones| *ones < 10.0)
    {
        (value, next) = (value + ones, next + 2);
    }
    if line.has(next, "hundred and")
        && let Some(rest) = small(line.lower(next + 2))
    {
        (value, next) = (value * 100.0 + rest, next + 3);
    }
    exact(value, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, tongue: Tongue) -> Option<f64> {
        numeral(&Line::of(text, 0..text.len(), tongue), 0, false).map(|read| read.value)
    }

    #[test]
    fn numbers_are_read_in_words_and_with_scales() {
        for (text, expected) in [
            ("twenty-five", 25.0),
            ("five hundred thousand", 500_000.0),
            ("two hundred and ten", 210.0),
            ("half a dozen", 6.0),
            ("half a million", 500_000.0),
            ("a dozen", 12.0),
            ("two and a half million", 2_500_000.0),
            ("3bn", 3e9),
            ("671 billion", 671e9),
        ] {
            assert_eq!(value(text, Tongue::English), Some(expected), "{text}");
        }
        assert_eq!(value("5,6 Mio. Euro", Tongue::German), Some(5.6e6));
        assert_eq!(value("2 Billionen", Tongue::German), Some(2e12));
        assert_eq!(value("3 mil millones", Tongue::Spanish), Some(3e9));
        assert_eq!(value("a mill", Tongue::English), None);
    }
}
