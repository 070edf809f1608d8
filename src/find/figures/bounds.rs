//! How exact a figure is said to be: *about*, *more than*, *nearly*, *or less*.

use super::Amount;
use super::line::Line;
use super::tokens::Tongue;

/// How the words around a number loosen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// A little more or less.
    About,
    /// A little less.
    Nearly,
    /// A little more.
    Just,
    /// That or more.
    Least,
    /// That or less.
    Most,
}

/// What *about* allows to either side, as a part of the number.
const ABOUT: f64 = 0.1;

/// Longer phrases first, for the last words of *no less than* are those of *less than*.
#[rustfmt::skip]
const BEFORE: &[(&str, Bound)] = &[
    ("no more than", Bound::Most), ("not more than", Bound::Most), ("no fewer than", Bound::Least),
    ("no less than", Bound::Least), ("not less than", Bound::Least), ("as much as", Bound::Most),
    ("as many as", Bound::Most), ("as high as", Bound::Most), ("as low as", Bound::Least),
    ("as little as", Bound::Least), ("as few as", Bound::Least), ("a little over", Bound::Just),
    ("in excess of", Bound::Least), ("north of", Bound::Least), ("more than", Bound::Least),
    ("greater than", Bound::Least), ("higher than", Bound::Least), ("upwards of", Bound::Least),
    ("at least", Bound::Least), ("a minimum of", Bound::Least), ("less than", Bound::Most), ("fewer than", Bound::Most),
    ("lower than", Bound::Most), ("at most", Bound::Most), ("a maximum of", Bound::Most), ("up to", Bound::Most),
    ("just over", Bound::Just), ("just above", Bound::Just), ("slightly more than", Bound::Just),
    ("just under", Bound::Nearly), ("just below", Bound::Nearly), ("close to", Bound::Nearly),
    ("an estimated", Bound::About), ("estimated", Bound::About), ("more or less", Bound::About),
    ("nearly", Bound::Nearly), ("almost", Bound::Nearly), ("over", Bound::Least), ("above", Bound::Least),
    ("exceeding", Bound::Least), ("exceed", Bound::Least), ("exceeded", Bound::Least), ("topped", Bound::Least),
    ("under", Bound::Most), ("below", Bound::Most), ("about", Bound::About), ("around", Bound::About),
    ("approximately", Bound::About), ("approx", Bound::About), ("roughly", Bound::About), ("some", Bound::About),
    ("circa", Bound::About), ("~", Bound::About), ("≈", Bound::About), (">", Bound::Least), ("≥", Bound::Least),
    ("<", Bound::Most), ("≤", Bound::Most),
];
#[rustfmt::skip]
const BEFORE_OTHERS: &[(&str, Bound)] = &[
    ("mehr als", Bound::Least), ("weniger als", Bound::Most), ("mindestens", Bound::Least), ("höchstens", Bound::Most),
    ("bis zu", Bound::Most), ("rund", Bound::About), ("etwa", Bound::About), ("ungefähr", Bound::About),
    ("knapp", Bound::Nearly), ("fast", Bound::Nearly), ("über", Bound::Least), ("unter", Bound::Most),
    ("plus de", Bound::Least), ("moins de", Bound::Most), ("au moins", Bound::Least), ("jusqu'à", Bound::Most),
    ("environ", Bound::About), ("près de", Bound::Nearly), ("presque", Bound::Nearly), ("quelque", Bound::About),
    ("más de", Bound::Least), ("menos de", Bound::Most), ("al menos", Bound::Least), ("hasta", Bound::Most),
    ("unos", Bound::About), ("unas", Bound::About), ("cerca de", Bound::Nearly), ("casi", Bound::Nearly),
    ("alrededor de", Bound::About),
];
const AFTER: &[(&str, Bound)] = &[
    ("or more", Bound::Least),
    ("or above", Bound::Least),
    ("or less", Bound::Most),
    ("or fewer", Bound::Most),
    ("or so", Bound::About),
    ("at least", Bound::Least),
    ("at most", Bound::Most),
];

/// The first token of the words that loosen the figure which begins at a place.
pub(super) fn begin_of_bound(line: &Line, first: usize) -> usize {
    before(line, first).map_or(first, |(_, begin)| begin)
}

fn before(line: &Line, first: usize) -> Option<(Bound, usize)> {
    let known = if line.tongue == Tongue::English { BEFORE } else { BEFORE_OTHERS };
    let last = line.lower_back(first, 1);
    let at = |phrase: &str| first.checked_sub(phrase.split(' ').count());
    known
        .iter()
        .filter(|(phrase, _)| !last.is_empty() && phrase.ends_with(last))
        .find_map(|(phrase, bound)| at(phrase).filter(|at| line.has(*at, phrase)).map(|at| (*bound, at)))
}

/// Loosens an amount by the words before its first token and after its last.
pub(super) fn loosen(amount: &mut Amount, line: &Line, first: usize, next: usize) {
    let after = || AFTER.iter().find(|(phrase, _)| line.has(next, phrase)).map(|(_, bound)| *bound);
    let Some(bound) = before(line, first).map(|(bound, _)| bound).or_else(after) else { return };
    let (value, room) = (amount.value, amount.value.abs() * ABOUT);
    match bound {
        Bound::About => {
            amount.low = amount.low.min(value - room);
            amount.high = amount.high.max(value + room);
        }
        Bound::Nearly => (amount.low, amount.high) = (amount.low.min(value - room), value),
        Bound::Just => (amount.low, amount.high) = (value, amount.high.max(value + room)),
        Bound::Least => (amount.low, amount.high) = (value, f64::INFINITY),
        Bound::Most => (amount.low, amount.high) = (f64::NEG_INFINITY, value),
    }
}
