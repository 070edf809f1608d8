//! The name of a thing measured, as it stands beside a verb or a preposition: *the unemployment rate*, *odds of a
//! recession*.

use super::dates;
use super::lexicon::{is_filler, is_generic, is_neutral, is_report, manner};
use super::line::Line;
use super::tokens::Shape;
use super::words::{is_function, stem};

/// A name with what belongs to it has no more tokens.
const REACH: usize = 10;
/// A clause between commas inside of it has no more.
const ASIDE: usize = 25;
/// Prepositions that tie one part of a name to the next.
const TIES: &[&str] = &["of", "in", "for", "on", "within"];
const ARTICLES: &[&str] = &["a", "an", "the", "its", "their", "our", "this", "that", "his", "her"];
/// Words of time, which are no part of what is measured.
#[rustfmt::skip]
pub(super) const TIMES: &[&str] = &[
    "ago", "annum", "coming", "day", "days", "earlier", "friday", "last", "later", "monday", "month", "months", "next",
    "past", "previous", "prior", "quarter", "saturday", "sunday", "thursday", "today", "tuesday", "wednesday", "week",
    "weeks", "year", "years", "yesterday", "tomorrow", "over", "monthly", "weekly",
];

/// The name that ends before a place, its head first; empty where there is none that a rule can tell.
pub(super) fn name_before(line: &Line, end: usize) -> Vec<String> {
    let (stems, telling) = any_name_before(line, end);
    if telling { stems } else { Vec::new() }
}

/// Likewise, even where it could be the name of anything (*the company*): who does something need not be told closely.
pub(super) fn actor_before(line: &Line, end: usize) -> Vec<String> {
    any_name_before(line, end).0
}

fn any_name_before(line: &Line, end: usize) -> (Vec<String>, bool) {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut place = end;
    for _ in 0..REACH {
        let Some(before) = place.checked_sub(1) else { break };
        let word = line.lower(before);
        if TIES.contains(&word) {
            parts.push(Vec::new());
        } else if ARTICLES.contains(&word) {
            // An article begins a name, unless a preposition ties that to another one before it.
            let named = parts.last().is_some_and(|part| !part.is_empty());
            if named && !TIES.contains(&line.lower_back(before, 1)) {
                break;
            }
        } else if is_time(line, before) || (line.is_number(before) && is_time(line, place)) {
            // It says when, not what.
        } else if !line.is_word(before) || ends_name(line, before) {
            if !may_begin(line, before, parts.iter().all(Vec::is_empty)) {
                return (past_aside(line, before, parts.iter().all(Vec::is_empty)), true);
            }
            break;
        } else if let Some(part) = parts.last_mut() {
            part.insert(0, before);
        }
        place = before;
    }
    stems(line, parts.into_iter().rev())
}

/// The name that begins at a place, with what *of* ties to it: *chance of a recession*.
pub(super) fn name_after(line: &Line, start: usize) -> (Vec<String>, usize) {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut place = start;
    for _ in 0..REACH {
        let word = line.lower(place);
        let tied = word == "of" && parts.last().is_some_and(|part| !part.is_empty());
        if tied {
            parts.push(Vec::new());
        } else if matches!(word, "the" | "a" | "an" | "all") && parts.last().is_some_and(Vec::is_empty) {
            // It opens the name.
        } else if !line.is_word(place)
            || is_function(line.tongue, word)
            || is_time(line, place)
            || is_report(word)
        {
            break;
        } else if let Some(part) = parts.last_mut() {
            part.push(place);
        }
        place += 1;
    }
    let (stems, telling) = stems(line, parts.into_iter());
    (if telling { stems } else { Vec::new() }, place)
}

/// Whether a word cannot be a part of a name.
fn ends_name(line: &Line, at: usize) -> bool {
    let word = line.lower(at);
    is_function(line.tongue, word) || is_report(word)
}

/// Whether a name may begin after a token; two that are joined (*food and energy prices*) are not told apart.
fn may_begin(line: &Line, at: usize, empty: bool) -> bool {
    let word = line.lower(at);
    let joined = matches!(word, "and" | "or" | "&" | "/" | "-") && !line.is_mark(at.saturating_sub(1), ',');
    let number =
        line.get(at).is_some_and(|token| matches!(token.shape, Shape::Number { .. } | Shape::Opaque));
    !(empty || joined || number)
}

/// The name before a clause between commas (*inflation, which leaves out food, rose*) or before *which*.
fn past_aside(line: &Line, at: usize, empty: bool) -> Vec<String> {
    if !empty {
        return Vec::new();
    }
    if line.lower(at) == "which" && at >= 1 && line.is_mark(at - 1, ',') {
        return plain_before(line, at - 1);
    }
    if !line.is_mark(at, ',') {
        return Vec::new();
    }
    let opening = (at.saturating_sub(ASIDE)..at).rev().find(|place| line.is_mark(*place, ','));
    let opens = |place: &usize| matches!(line.lower(place + 1), "which" | "excluding" | "including" | "who");
    opening.filter(opens).map(|place| plain_before(line, place)).unwrap_or_default()
}

/// The words straight before a place: without looking past another clause.
fn plain_before(line: &Line, end: usize) -> Vec<String> {
    let mut words: Vec<usize> = Vec::new();
    let mut place = end;
    while let Some(before) = place.checked_sub(1).filter(|_| words.len() < REACH) {
        if !line.is_word(before) || ends_name(line, before) || manner(line.lower(before)).is_some() {
            break;
        }
        words.insert(0, before);
        place = before;
    }
    let tied = place.checked_sub(1).is_some_and(|before| TIES.contains(&line.lower(before)));
    let (stems, telling) = stems(line, std::iter::once(words));
    if tied || !telling { Vec::new() } else { stems }
}

/// Whether a token only says when.
pub(super) fn is_time(line: &Line, at: usize) -> bool {
    TIMES.contains(&line.lower(at)) || dates::year(line, at).is_some() || dates::month(line, at).is_some()
}

/// The stems of a name in parts, the head (the last word of the first part) first, without what makes no difference;
/// and whether they tell of what it is the name.
fn stems(line: &Line, parts: impl Iterator<Item = Vec<usize>>) -> (Vec<String>, bool) {
    let mut found: Vec<String> = Vec::new();
    let mut telling = false;
    for (index, part) in parts.filter(|part| !part.is_empty()).enumerate() {
        let mut words = part;
        if index == 0 {
            words.reverse();
        }
        for at in words {
            let word = line.lower(at);
            if is_neutral(word) || is_filler(word) {
                continue;
            }
            telling |= !is_generic(word);
            let stem = stem(line.tongue, word);
            if !found.contains(&stem) {
                found.push(stem);
            }
        }
    }
    (found, telling)
}
