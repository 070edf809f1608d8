//! Years and days as documents write them: `in 2025`, `April 20`, `20 April 2026`, `20. April`, `20 de abril de 2026`.

use super::line::Line;
use super::tokens::{Shape, Tongue};

/// A year or a day that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Year, where it is named.
    pub(super) year: Option<u16>,
    /// Month and day, where they are named.
    pub(super) day: Option<(u8, u8)>,
    /// The token after it.
    pub(super) next: usize,
}

#[rustfmt::skip]
const ENGLISH: [&[&str]; 12] = [
    &["january", "jan"], &["february", "feb"], &["march", "mar"], &["april", "apr"], &["may"], &["june", "jun"],
    &["july", "jul"], &["august", "aug"], &["september", "sept", "sep"], &["october", "oct"], &["november", "nov"],
    &["december", "dec"],
];
#[rustfmt::skip]
const GERMAN: [&[&str]; 12] = [
    &["januar", "jänner"], &["februar"], &["märz"], &["april"], &["mai"], &["juni"], &["juli"], &["august"],
    &["september"], &["oktober"], &["november"], &["dezember"],
];
#[rustfmt::skip]
const FRENCH: [&[&str]; 12] = [
    &["janvier"], &["février"], &["mars"], &["avril"], &["mai"], &["juin"], &["juillet"], &["août"], &["septembre"],
    &["octobre"], &["novembre"], &["décembre"],
];
#[rustfmt::skip]
const SPANISH: [&[&str]; 12] = [
    &["enero"], &["febrero"], &["marzo"], &["abril"], &["mayo"], &["junio"], &["julio"], &["agosto"],
    &["septiembre", "setiembre"], &["octubre"], &["noviembre"], &["diciembre"],
];

/// The month that a word names, from 1. English and German months begin with a capital: *may* is a verb.
pub(super) fn month(line: &Line, at: usize) -> Option<u8> {
    let (months, capital) = match line.tongue {
        Tongue::English => (&ENGLISH, true),
        Tongue::German => (&GERMAN, true),
        Tongue::French => (&FRENCH, false),
        Tongue::Spanish => (&SPANISH, false),
    };
    if capital && !line.is_capital(at) {
        return None;
    }
    let word = line.lower(at);
    let found = (1..).zip(months).find(|(_, names)| names.contains(&word)).map(|(number, _)| number)?;
    // At the head of a sentence *May* and *March* may be verbs all the same; there a figure must follow.
    let doubtful = capital && matches!(word, "may" | "march") && line.begins(at) && !line.is_number(at + 1);
    (!doubtful).then_some(found)
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&word)
}

/// The year that a number of four digits is, if it may be one.
pub(super) fn year(line: &Line, at: usize) -> Option<u16> {
    let token = line.get(at)?;
    let Shape::Number { bare: true, .. } = token.shape else { return None };
    let year: u16 = token.text.parse().ok()?;
    (token.text.len() == 4 && (1500..=2100).contains(&year)).then_some(year)
}

fn day_of_month(line: &Line, at: usize) -> Option<u8> {
    let token = line.get(at)?;
    let Shape::Number { bare: true, .. } = token.shape else { return None };
    token.text.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The day, or year alone, that begins at a place.
pub(super) fn date(line: &Line, at: usize) -> Option<Date> {
    if let Some(Shape::Day { value }) = line.get(at).map(|token| token.shape) {
        let part = |value: u32| u8::try_from(value % 100).unwrap_or_default();
        let year = u16::try_from(value / 10_000).ok();
        return Some(Date { year, day: Some((part(value / 100), part(value))), next: at + 1 });
    }
    month_first(line, at).or_else(|| day_first(line, at))
}

/// `April 20`, `Apr. 20th, 2026`, `April 2026` (which is no day).
fn month_first(line: &Line, at: usize) -> Option<Date> {
    let mut next = at + 1;
    if !line.is_word(at) || !(line.is_number(next) || line.is_mark(next, '.')) {
        return None;
    }
    let month = month(line, at).filter(|_| line.tongue == Tongue::English)?;
    if line.is_mark(next, '.') && line.glued(next) {
        next += 1;
    }
    let day = day_of_month(line, next)?;
    next += 1;
    if line.glued(next) && matches!(line.lower(next), "st" | "nd" | "rd" | "th") {
        next += 1;
    }
    let comma = usize::from(line.is_mark(next, ','));
    let year = year(line, next + comma);
    let next = if year.is_some() { next + comma + 1 } else { next };
    Some(Date { year, day: Some((month, day)), next })
}

/// `20 April 2026`, `20th of April`, `20. April`, `20 de abril de 2026`.
fn day_first(line: &Line, at: usize) -> Option<Date> {
    let day = day_of_month(line, at)?;
    let mut next = at + 1;
    let ordinal = line.glued(next) && matches!(line.lower(next), "st" | "nd" | "rd" | "th");
    let stop = line.tongue == Tongue::German && line.is_mark(next, '.');
    next += usize::from(ordinal || stop);
    next += usize::from(matches!(
        (line.tongue, line.lower(next)),
        (Tongue::English, "of") | (Tongue::Spanish, "de")
    ));
    let month = month(line, next)?;
    next += 1;
    let of = usize::from(line.tongue == Tongue::Spanish && line.lower(next) == "de");
    let year = year(line, next + of);
    let next = if year.is_some() { next + of + 1 } else { next };
    Some(Date { year, day: Some((month, day)), next })
}

impl Date {
    /// As `20260420`; `420` where no year is named, `2026` for a year alone.
    pub(super) fn value(self) -> f64 {
        let year = u32::from(self.year.unwrap_or_default());
        let day = self.day.map(|(month, day)| u32::from(month) * 100 + u32::from(day));
        f64::from(day.map_or(year, |day| year * 10_000 + day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_order_of_the_language() {
        for (text, tongue, expected) in [
            ("April 20", Tongue::English, 420.0),
            ("Apr. 20th, 2026", Tongue::English, 20_260_420.0),
            ("20 April 2026", Tongue::English, 20_260_420.0),
            ("2026-04-20", Tongue::English, 20_260_420.0),
            ("20. April 2026", Tongue::German, 20_260_420.0),
            ("20 de abril de 2026", Tongue::Spanish, 20_260_420.0),
            ("20 avril", Tongue::French, 420.0),
        ] {
            let line = Line::of(text, 0..text.len(), tongue);
            assert_eq!(date(&line, 0).map(Date::value), Some(expected), "{text}");
        }
        let line = Line::of("may 20", 0..6, Tongue::English);
        assert_eq!(date(&line, 0), None);
    }
}
