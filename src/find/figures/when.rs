//! The time that a figure is said to hold for, by the words of its passage.

use std::ops::Range;

use super::dates;
use super::line::Line;
use super::names::{TIMES, is_time};
use super::read::Found;

/// What a token says of time.
#[derive(Clone, Debug, Default)]
pub(super) enum Time {
    /// None.
    #[default]
    Nothing,
    /// A month, a year, or the like.
    Named(String),
    /// A time that depends on the day of writing.
    Deictic,
    /// Likewise, but two of them may be told apart.
    Weekday(String),
}

/// The words straight after a figure that say when it holds: *8.6% in May 2022*.
pub(super) fn nearest_time(line: &Line, found: &Found) -> Option<Range<usize>> {
    let ties = matches!(line.lower(found.next), "in" | "for" | "during" | "through");
    let end = (found.next + 1..found.next + 6).find(|at| !is_time(line, *at) && line.lower(*at) != ",")?;
    (ties && end > found.next + 1).then_some(found.next..end)
}

/// The time that a token names, unless it is one that something is compared with.
pub(super) fn time(line: &Line, at: usize) -> Time {
    let base = |steps| {
        matches!(line.lower_back(at, steps), "since" | "than" | "from" | "versus" | "compared" | "against")
    };
    if (1..5).any(base) {
        return if decade(line, at) { Time::Deictic } else { Time::Nothing };
    }
    let word = line.lower(at);
    if let Some(month) = dates::month(line, at) {
        return Time::Named(format!("month {month}"));
    }
    if let Some(year) = dates::year(line, at) {
        return Time::Named(format!("year {year}"));
    }
    if let Some(quarter) = quarter(line, at) {
        return Time::Named(quarter);
    }
    if matches!(word, "spring" | "summer" | "autumn" | "winter") {
        return Time::Named(word.to_owned());
    }
    let span = TIMES.contains(&word);
    let ahead = (1..3).any(|steps| matches!(line.lower_back(at, steps), "next" | "coming"));
    if span && ahead {
        return Time::Named("ahead".to_owned());
    }
    if dates::is_weekday(word) {
        return Time::Weekday(word.to_owned());
    }
    let near = matches!(line.lower_back(at, 1), "last" | "this" | "past" | "previous" | "prior");
    let told = matches!(word, "ago" | "earlier" | "century" | "decade" | "decades");
    let deictic = (span && near) || matches!(word, "today" | "yesterday");
    if deictic || told || decade(line, at) { Time::Deictic } else { Time::Nothing }
}

fn decade(line: &Line, at: usize) -> bool {
    line.is_number(at) && line.glued(at + 1) && line.lower(at + 1) == "s"
}

pub(super) fn quarter(line: &Line, at: usize) -> Option<String> {
    let word = line.lower(at);
    let named = ["q1", "q2", "q3", "q4"].iter().position(|name| *name == word);
    let told = ["first", "second", "third", "fourth"].iter().position(|name| *name == word);
    let told = told.filter(|_| matches!(line.lower(at + 1), "quarter" | "half"));
    let half = if line.lower(at + 1) == "half" { "half" } else { "quarter" };
    named.map(|index| format!("quarter {index}")).or_else(|| told.map(|index| format!("{half} {index}")))
}
