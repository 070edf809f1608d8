//! The figures of a passage: where they stand, how much they say, and in what unit.

use super::Amount;
use super::bounds;
use super::counted::{Noun, noun};
use super::dates;
use super::line::Line;
use super::numerals::{Numeral, numeral};
use super::tokens::{Shape, Tongue};
use super::units::{Unit, currency_before, unit_after};
use super::words::is_function;

/// A figure, by the tokens it stands in.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its first token, without words like *about*.
    pub(super) first: usize,
    /// The token after it.
    pub(super) next: usize,
    pub(super) amount: Amount,
    /// What it counts.
    pub(super) noun: Option<Noun>,
    /// Whether it is joined to the word after it: *a 40-year high*.
    pub(super) joined: bool,
}

/// Words before a number that make it a name or a place in an order.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "age", "aged", "article", "chapter", "channel", "class", "day", "district", "episode", "figure", "g", "grade",
    "highway", "interstate", "level", "model", "no", "number", "page", "paragraph", "part", "phase", "route", "room",
    "rule", "season", "section", "series", "stage", "step", "table", "tier", "title", "top", "type", "v", "version",
    "volume", "week", "#", "§", "nr", "nummer", "seite", "version", "kapitel", "numéro", "página", "número", "artikel",
    "paragraf", "typ",
];
/// What two numbers with a hyphen between them are the score of.
const SCORES: &[&str] =
    &["decision", "defeat", "draw", "lead", "loss", "majority", "ruling", "victory", "vote", "win"];
/// What makes a span of time a point in it.
const POINTS: &[&str] = &["ago", "earlier", "later", "before", "hence", "prior", "previously"];
/// Parts of a whole, followed by *of*.
const PARTS: &[(&str, f64)] = &[
    ("half", 50.0),
    ("a half", 50.0),
    ("a third", 100.0 / 3.0),
    ("one third", 100.0 / 3.0),
    ("two thirds", 200.0 / 3.0),
    ("a quarter", 25.0),
    ("one quarter", 25.0),
    ("three quarters", 75.0),
    ("a fifth", 20.0),
    ("two fifths", 40.0),
    ("three fifths", 60.0),
    ("four fifths", 80.0),
    ("a tenth", 10.0),
];

/// All figures, in order and apart.
pub(super) fn read(line: &Line) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let figure = figure_at(line, at);
        at = figure.as_ref().map_or(at, |figure| figure.next.max(at + 1) - 1) + 1;
        found.extend(figure);
    }
    found
}

fn figure_at(line: &Line, at: usize) -> Option<Found> {
    let digits = matches!(line.get(at)?.shape, Shape::Number { .. } | Shape::Day { .. });
    // What a hyphen joins to a word or number before it is a part of that: *GPT-4*, *5-8 September*.
    let dash =
        line.back(at, 1).is_some_and(|token| matches!(token.shape, Shape::Mark('-' | '–')) && token.glued);
    if (digits || line.is_word(at)) && dash && line.glued(at) {
        return None;
    }
    day(line, at).or_else(|| part(line, at)).or_else(|| quantity(line, at))
}

fn day(line: &Line, at: usize) -> Option<Found> {
    let date = dates::date(line, at)?;
    let unit = if date.day.is_some() { Unit::Day } else { Unit::Year };
    Some(exactly(at, date.next, unit, date.value()))
}

fn exactly(first: usize, next: usize, unit: Unit, value: f64) -> Found {
    let amount = Amount { unit, value, low: value, high: value };
    Found { first, next, amount, noun: None, joined: false }
}

/// *Half of the mills*, *two-thirds of them*.
fn part(line: &Line, at: usize) -> Option<Found> {
    if line.tongue != Tongue::English || !line.is_word(at) {
        return None;
    }
    if matches!(line.lower_back(at, 1), "first" | "second" | "latter" | "last" | "other" | "better" | "and") {
        return None;
    }
    if !matches!(line.lower(at), "half" | "a" | "one" | "two" | "three" | "four") {
        return None;
    }
    let (value, next) = PARTS.iter().find_map(|(phrase, value)| {
        let next = phrase_with_hyphens(line, at, phrase)?;
        // *Three-quarters of a point* is no part of many.
        let whole = line.lower(next) == "of" && !matches!(line.lower(next + 1), "a" | "an" | "one");
        whole.then_some((*value, next))
    })?;
    let mut found = exactly(at, next, Unit::Percent, value);
    // Nobody who writes *a third* means 33.33.
    (found.amount.low, found.amount.high) = (value - 2.0, value + 2.0);
    bounds::loosen(&mut found.amount, line, at, next);
    Some(found)
}

fn phrase_with_hyphens(line: &Line, at: usize, phrase: &str) -> Option<usize> {
    let mut place = at;
    for word in phrase.split(' ') {
        if line.is_hyphen(place) && place > at {
            place += 1;
        }
        if line.lower(place) != word {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// A number with its unit or noun.
fn quantity(line: &Line, at: usize) -> Option<Found> {
    numeral(line, at, false)?;
    let sign = currency_before(line, at);
    let first = sign.map_or(at, |(_, begin)| begin);
    let one = numeral(line, at, sign.is_some())?;
    // *One in five*, *17 of 18 plants*, *5 out of 6*.
    let proportion =
        |at: usize| matches!(line.lower(at), "in" | "of") && numeral(line, at + 1, false).is_some();
    let behind =
        at >= 2 && proportion(at - 1) && numeral(line, at - 2, false).is_some_and(|two| two.next == at - 1);
    if behind && one.value < 1000.0 || line.is_mark(one.next, '/') {
        return None;
    }
    let run = range(line, first, one, sign.is_some());
    let (low, last) = run.unwrap_or((one, one));
    let plus = usize::from(line.is_mark(last.next, '+') && line.glued(last.next));
    let (unit, factor, noun, next) = if let Some((unit, _)) = sign {
        (unit, 1.0, None, last.next + plus)
    } else if let Some((unit, factor, next)) = unit_after(line, last.next + plus) {
        (unit, factor, None, next)
    } else if let Some(year) = lone_year(line, at, &one) {
        return Some(year);
    } else {
        let counts = is_count(line, first, at, &one) && (run.is_none() || !is_score(line, last.next));
        let noun = noun(line, last.next + plus).filter(|_| counts)?;
        let next = noun.head + 1;
        (Unit::Count, 1.0, Some(noun), next)
    };
    // A hyphen between two numbers that are no range is a score, or the like.
    let stray = run.is_none() && line.is_mark(one.next, '-') && line.is_number(one.next + 1);
    let point = unit == Unit::Span && POINTS.contains(&line.lower(next));
    if stray || point {
        return None;
    }
    let joined = line.is_hyphen(last.next);
    let amount = amount(line, first, (low, last), unit, factor);
    let mut found = Found { first, next, amount, noun, joined };
    bounds::loosen(&mut found.amount, line, first, next);
    if plus == 1 {
        (found.amount.low, found.amount.high) = (found.amount.value, f64::INFINITY);
    }
    found.amount.value.is_finite().then_some(found)
}

fn amount(line: &Line, first: usize, (one, last): (Numeral, Numeral), unit: Unit, factor: f64) -> Amount {
    let low = (one.value - one.step / 2.0) * factor;
    let high = (last.value + last.step / 2.0) * factor;
    let value = f64::midpoint(one.value, last.value) * factor;
    let minus = line.back(first, 1).is_some_and(|token| token.shape == Shape::Mark('-') && !token.glued);
    if minus && line.glued(first) {
        return Amount { unit, value: -value, low: -high, high: -low };
    }
    Amount { unit, value, low, high }
}

/// The upper end of a range that begins with a number: `3.25-3.5 percent`, `two to three weeks`, `between 5 and 6`.
fn range(line: &Line, first: usize, one: Numeral, money: bool) -> Option<(Numeral, Numeral)> {
    let begin = bounds::begin_of_bound(line, first);
    let before = line.lower_back(begin, 1);
    let unit = unit_after(line, one.next).map(|(unit, _, next)| (unit, next));
    let join = unit.map_or(one.next, |(_, next)| next);
    let joins = match line.lower(join) {
        "to" | "or" => line.tongue == Tongue::English && before != "from",
        "and" => before == "between",
        "-" | "–" => line.glued(join) && line.glued(join + 1),
        "bis" => line.tongue == Tongue::German && before != "von",
        _ => false,
    };
    if !joins {
        return None;
    }
    let sign = usize::from(money && currency_before(line, join + 2).is_some());
    let last = numeral(line, join + 1 + sign, money)?;
    let mut one = one;
    // *5 to 6 million* is of millions both times.
    if let Some(scale) = [1e12, 1e9, 1e6].into_iter().find(|scale| one.value * scale <= last.value) {
        (one.value, one.step) = (one.value * scale, one.step * scale);
    }
    if last.value <= one.value || (line.lower(join) == "or" && last.value > 2.0 * one.value) {
        return None;
    }
    let same = unit.is_none_or(|(unit, _)| unit_after(line, last.next).is_some_and(|after| after.0 == unit));
    same.then_some((one, last))
}

fn is_score(line: &Line, next: usize) -> bool {
    SCORES.contains(&line.lower(next))
}

/// Whether a number without a unit may count the things after it.
fn is_count(line: &Line, first: usize, at: usize, one: &Numeral) -> bool {
    let begin = bounds::begin_of_bound(line, first);
    let before = line.lower_back(begin, 1);
    let spoilt = LABELS.contains(&before) || LABELS.contains(&line.lower_back(begin, 2)) && before == ".";
    // *One* is an article as often as a number.
    let article = line.is_word(at) && one.value <= 1.0;
    !(spoilt || article || is_named(line, at))
}

/// Whether the word before a number is a name that it belongs to: *iPhone 15*, *Windows 11*.
fn is_named(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let inner = line.get(before).is_some_and(|token| token.text.chars().any(char::is_uppercase));
    if !line.is_word(before) || !inner {
        return false;
    }
    let function = is_function(line.tongue, line.lower(before));
    let bound = bounds::begin_of_bound(line, at) < at;
    !(line.begins(before) && (function || bound))
}

fn lone_year(line: &Line, at: usize, one: &Numeral) -> Option<Found> {
    let year = dates::year(line, at).filter(|year| one.like_year && (1900..=2100).contains(year))?;
    let month = at.checked_sub(1).is_some_and(|before| dates::month(line, before).is_some());
    let decade = line.glued(at + 1)
        && (line.lower(at + 1) == "s" || ['-', '\'', '’'].iter().any(|mark| line.is_mark(at + 1, *mark)));
    let range = line.is_mark(at + 1, '–') && line.is_number(at + 2);
    let label = LABELS.contains(&line.lower_back(at, 1));
    (month || !(decade || range || label || is_named(line, at)))
        .then(|| exactly(at, at + 1, Unit::Year, f64::from(year)))
}
