//! Which figures of different sources can be compared, and which of those differ.
//!
//! Figures are first put together by language, unit and what they measure; only within such a group, and of each value
//! only the first, are any two looked at. So the work grows with the passages, however many sources there are.

use std::collections::{BTreeMap, BTreeSet};

use super::Figure;
use super::frame::{Frame, Mood, Pace, frame, said};
use super::lexicon::Manner;
use super::line::Line;
use super::measured::{Sense, figure};
use super::read::read;
use super::tokens::Tongue;
use super::units::Unit;

/// A question has no more differences: a reader looks at a few, not at all.
const MOST: usize = 12;
/// So many different figures of one thing are looked at.
const KINDS: usize = 48;

/// Two figures that a rule can compare, and that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The index of a passage among those given, and its figure.
    pub first: (usize, Figure),
    /// Another passage, of another source, and its figure.
    pub second: (usize, Figure),
}

/// So many words must two clauses share that have no verb in common.
const SHARED: usize = 3;

/// A figure that can be compared.
#[derive(Debug)]
struct Candidate {
    source: usize,
    passage: usize,
    figure: Figure,
    sense: Sense,
    frame: Frame,
}

/// What two figures must share to be put side by side.
type Group = (u8, Unit, BTreeSet<String>, Option<Manner>, Option<String>);

/// Compares the figures of passages on one question: for each its source, its text and its language. Two figures of
/// one source are never compared, and of several that say the same the first stands for all.
pub fn differ(passages: &[(usize, &str, &str)]) -> Vec<Difference> {
    let mut groups: BTreeMap<Group, Vec<Candidate>> = BTreeMap::new();
    let mut said: BTreeMap<(usize, Unit), Vec<Figure>> = BTreeMap::new();
    for (index, (source, text, language)) in passages.iter().enumerate() {
        let Some(tongue) = Tongue::of(language) else { continue };
        for candidate in candidates(*source, index, text, tongue) {
            let unit = candidate.figure.amount.unit;
            said.entry((*source, unit)).or_default().push(candidate.figure.clone());
            if let Some(group) = group(&candidate, tongue) {
                groups.entry(group).or_default().push(candidate);
            }
        }
    }
    let mut found: Vec<(usize, Difference)> =
        groups.values().flat_map(|group| differences(group, &said)).collect();
    found.sort_by_key(|(clear, found)| (std::cmp::Reverse(*clear), found.first.0, found.second.0));
    let mut pairs = BTreeSet::new();
    let of = |passage: usize| passages.get(passage).map_or(0, |(source, ..)| *source);
    found.retain(|(_, found)| pairs.insert((of(found.first.0), of(found.second.0))));
    found.into_iter().take(MOST).map(|(_, difference)| difference).collect()
}

fn candidates(source: usize, passage: usize, text: &str, tongue: Tongue) -> Vec<Candidate> {
    let line = Line::of(text, 0..text.len(), tongue);
    let found = read(&line);
    let said = said(&line, &found);
    let frames: Vec<Frame> = found.iter().map(|one| frame(&line, one, &said)).collect();
    let pairs = found.into_iter().zip(frames);
    let candidate = |(found, frame)| {
        let (figure, sense) = figure(&line, &found);
        Candidate { source, passage, figure, sense, frame }
    };
    pairs.map(candidate).collect()
}

/// Where a figure belongs; `None` if nothing may be compared with it.
fn group(candidate: &Candidate, tongue: Tongue) -> Option<Group> {
    let Candidate { figure, sense, frame, .. } = candidate;
    if frame.mood == Mood::Wish || frame.marks.contains("question") || frame.marks.contains("not") {
        return None;
    }
    let unit = figure.amount.unit;
    let counts = unit == Unit::Count;
    if sense.manner.is_none() && sense.deed.is_none() && !counts {
        return None;
    }
    if frame.deictic && !counts {
        return None;
    }
    let of = if matches!(unit, Unit::Year | Unit::Day) { &sense.who } else { &figure.of };
    if of.is_empty() {
        return None;
    }
    let deed = sense.deed.clone().filter(|_| !counts);
    Some((tongue as u8, unit, of.iter().cloned().collect(), sense.manner, deed))
}

/// The differences of a group, each with how clear it is.
fn differences(group: &[Candidate], said: &BTreeMap<(usize, Unit), Vec<Figure>>) -> Vec<(usize, Difference)> {
    let mut kinds: Vec<&Candidate> = Vec::new();
    let mut seen = BTreeSet::new();
    for candidate in group {
        let Frame { when, mood, pace, marks, names, tail, .. } = &candidate.frame;
        let key = (candidate.figure.amount.value.to_bits(), when, mood, pace, marks, names, tail);
        if kinds.len() < KINDS && seen.insert(key) {
            kinds.push(candidate);
        }
    }
    let mut values = BTreeSet::new();
    let mut found = Vec::new();
    for (index, first) in kinds.iter().enumerate() {
        for second in &kinds[index + 1..] {
            let bits = [first, second].map(|one| one.figure.amount.value.to_bits());
            let bits = (bits[0].min(bits[1]), bits[0].max(bits[1]));
            if values.contains(&bits) || !disagree(first, second) || both_said(first, second, said) {
                continue;
            }
            values.insert(bits);
            let clear = clearness(first, second);
            let of = |one: &Candidate| (one.passage, one.figure.clone());
            found.push((clear, Difference { first: of(first), second: of(second) }));
        }
    }
    found
}

/// Whether two figures of a group are of the same thing in the same sense, and differ.
fn disagree(first: &Candidate, second: &Candidate) -> bool {
    let (a, b) = (&first.frame, &second.frame);
    let unit = first.figure.amount.unit;
    let same_day = |value: f64| (value % 10_000.0, value);
    let differ = if unit == Unit::Day {
        let (a, b) = (same_day(first.figure.amount.value), same_day(second.figure.amount.value));
        (a.0 - b.0).abs() > 0.5
    } else {
        !first.figure.amount.agrees(&second.figure.amount)
    };
    differ
        && first.source != second.source
        && same_mood(first, second)
        && a.marks == b.marks
        && same_pace(a.pace, b.pace)
        && same_time(a, b, unit)
        && same_names(a, b)
        && same_tail(a, b)
        && same_deed(first, second)
}

/// Odds are always of what is to come; of all else, a forecast and a fact are two things.
fn same_mood(first: &Candidate, second: &Candidate) -> bool {
    first.frame.mood == second.frame.mood || first.figure.of.iter().any(|stem| stem == "chanc")
}

/// A change over a year is what is meant where nothing is said.
fn same_pace(a: Option<Pace>, b: Option<Pace>) -> bool {
    a.unwrap_or(Pace::Yearly) == b.unwrap_or(Pace::Yearly)
}

/// Whether two figures are about the same time. Things that were counted may be told with the day or without it;
/// what changes from month to month may not.
fn same_time(a: &Frame, b: &Frame, unit: Unit) -> bool {
    match unit {
        Unit::Year | Unit::Day => true,
        Unit::Count | Unit::Age | Unit::Span => {
            a.when.is_empty() || b.when.is_empty() || a.when.is_subset(&b.when) || b.when.is_subset(&a.when)
        }
        _ => a.when == b.when || [a, b].iter().all(|frame| frame.when.iter().all(|when| when == "ahead")),
    }
}

fn same_names(a: &Frame, b: &Frame) -> bool {
    a.names.is_empty() || b.names.is_empty() || !a.names.is_disjoint(&b.names)
}

/// What a preposition ties to one figure must be spoken of with the other.
fn same_tail(a: &Frame, b: &Frame) -> bool {
    let spoken = |tail: &BTreeSet<String>, other: &Frame| {
        tail.is_empty() || !tail.is_disjoint(&other.rest) || !tail.is_disjoint(&other.tail)
    };
    spoken(&a.tail, b) && spoken(&b.tail, a)
}

/// What is done by nobody named needs more words in common.
fn same_deed(first: &Candidate, second: &Candidate) -> bool {
    if !matches!(first.figure.amount.unit, Unit::Count | Unit::Percent) {
        return true;
    }
    if first.sense.manner.is_some() {
        return true;
    }
    let (a, b) = (&first.sense, &second.sense);
    if a.deed.is_some() && b.deed.is_some() && a.deed != b.deed {
        return false;
    }
    if a.deed.as_deref() == Some("have") {
        return a.who == b.who;
    }
    let known = a.deed.is_some() && b.deed.is_some();
    let own = |stem: &&String| !first.figure.of.contains(stem) && first.sense.deed.as_ref() != Some(*stem);
    let (a, b) = (&first.frame.rest, &second.frame.rest);
    let shared = a.intersection(b).filter(own).count();
    let fewest = a.iter().filter(own).count().min(b.iter().filter(own).count());
    if known {
        return shared > 0 || fewest == 0;
    }
    // Without a verb in common nearly all else must be, and somebody or something be named.
    let named = !first.frame.names.is_disjoint(&second.frame.names);
    named && shared >= SHARED && shared * 2 > fewest
}

/// Whether one of the two sources says what the other says as well.
fn both_said(first: &Candidate, second: &Candidate, said: &BTreeMap<(usize, Unit), Vec<Figure>>) -> bool {
    let unit = first.figure.amount.unit;
    let says = |source: usize, figure: &Figure| {
        said.get(&(source, unit)).is_some_and(|all| all.iter().any(|one| one.amount.agrees(&figure.amount)))
    };
    says(first.source, &second.figure) || says(second.source, &first.figure)
}

/// How much two figures share: a named time and names, and how much is known of what they measure.
fn clearness(first: &Candidate, second: &Candidate) -> usize {
    let (a, b) = (&first.frame, &second.frame);
    a.when.intersection(&b.when).count() * 2
        + a.names.intersection(&b.names).count().min(3)
        + first.figure.of.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_sources_that_say_the_same_the_first_stands_for_all() {
        let texts: Vec<String> = (0..302)
            .map(|at| format!("Unemployment stood at {}.", if at < 300 { "8.6%" } else { "9.1 percent" }))
            .collect();
        let passages: Vec<(usize, &str, &str)> =
            texts.iter().enumerate().map(|(source, text)| (source, text.as_str(), "en")).collect();
        let found = differ(&passages);
        let places: Vec<(usize, usize)> = found.iter().map(|found| (found.first.0, found.second.0)).collect();
        assert_eq!(places, [(0, 300)]);
    }

    #[test]
    fn a_question_has_no_more_differences_than_a_reader_looks_at() {
        let texts: Vec<String> = (0..3000).map(|at| format!("Unemployment stood at {at}%.")).collect();
        let passages: Vec<(usize, &str, &str)> =
            texts.iter().enumerate().map(|(at, text)| (at / 3, text.as_str(), "en")).collect();
        assert_eq!(differ(&passages).len(), MOST);
    }

    #[test]
    fn one_source_does_not_differ_from_itself_nor_from_who_says_half_of_it() {
        let both = "Unemployment stood at 8%, some say; unemployment stood at 9%, say others.";
        let (first, second) = ("Unemployment stood at 8%.", "Unemployment stood at 9%.");
        assert_eq!(differ(&[(0, first, "en"), (0, second, "en")]), []);
        assert_eq!(differ(&[(0, both, "en"), (1, first, "en")]), []);
        assert_eq!(differ(&[(0, first, "en"), (1, second, "en")]).len(), 1);
    }
}
