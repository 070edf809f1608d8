//! What a figure is said with: when it holds, of whom it speaks, and whether it is a fact, a forecast or a wish.
//!
//! Two figures of different times, or a fact and a forecast, do not contradict each other.

use std::collections::BTreeSet;

use super::bounds::begin_of_bound;
use super::dates;
use super::lexicon::{is_filler, is_neutral, is_report};
use super::line::Line;
use super::names::{is_time, name_after};
use super::read::Found;
use super::tokens::Shape;
use super::units::Unit;
use super::when::{Time, nearest_time, quarter, time};
use super::words::{is_function, stem};

/// A clause is looked at for so many tokens to either side of its figure, a sentence for so many.
const CLAUSE: usize = 30;
/// Likewise of a sentence.
const SENTENCE: usize = 80;

/// In what sense a figure is said to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mood {
    /// As a fact.
    #[default]
    Fact,
    /// As something that is to come, or may be.
    Forecast,
    /// As something that would be if something else were, or as what somebody wants.
    Wish,
}

/// Over what span a change is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pace {
    Monthly,
    Quarterly,
    Yearly,
    Annualized,
}

/// What surrounds a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Frame {
    /// Months, years and quarters that are named.
    pub(super) when: BTreeSet<String>,
    /// Whether a time is told that depends on the day of writing: *last month*.
    pub(super) deictic: bool,
    pub(super) mood: Mood,
    pub(super) pace: Option<Pace>,
    /// *Average*, *record*, *not*, and the like.
    pub(super) marks: BTreeSet<&'static str>,
    /// Names in the sentence, save the word it begins with.
    pub(super) names: BTreeSet<String>,
    /// Stems of the other words of the clause.
    pub(super) rest: BTreeSet<String>,
    /// Stems of what a preposition ties to the figure: *5 percent of voters*, *$3 million on wages*.
    pub(super) tail: BTreeSet<String>,
}

#[rustfmt::skip]
const FORECAST: &[&str] = &[
    "anticipate", "anticipated", "anticipates", "could", "estimate", "estimates", "expect", "expectation",
    "expectations", "expected", "expecting", "expects", "forecast", "forecasting", "forecasts", "likely", "may", "might",
    "possible", "predict", "predicted", "predicting", "predicts", "project", "projected", "projecting", "projection",
    "projections", "projects", "upcoming", "will", "wo", "predictions", "prediction", "poised", "outlook", "consensus",
    "won't", "possibly", "potential", "potentially", "planned", "plans", "plan", "planning", "soon", "see", "sees",
    "you'll", "we'll", "they'll", "it'll", "i'll", "shall", "seeing", "guess",
];
#[rustfmt::skip]
const WISH: &[&str] = &[
    "aim", "aims", "can", "example", "goal", "hypothetical", "if", "imagine", "should", "suppose", "target", "targets",
    "typical", "typically", "unless", "usually", "wants", "want", "would", "when", "whenever", "ideal", "mandate",
    "targeted", "threshold", "until", "ought", "let's", "say", "once", "always", "often", "historically", "scenario",
];
/// Words that make a figure another one: it is an average, a turning point, or denied.
#[rustfmt::skip]
const MARKS: &[(&str, &[&str])] = &[
    ("not", &["not", "never", "n't", "no", "isn't", "wasn't", "didn't", "doesn't", "don't", "weren't", "aren't"]),
    ("average", &["average", "averaged", "averages", "averaging", "mean"]), ("median", &["median"]),
    ("core", &["core", "underlying"]), ("peak", &["peak", "peaked", "maximum"]),
    ("low", &["trough", "bottomed", "minimum"]), ("total", &["cumulative", "combined"]),
    ("share", &["each", "every"]), ("question", &["?"]), ("real", &["real", "inflation-adjusted", "adjusted"]),
    ("part", &["among", "excluding", "except", "without"]),
    ("old", &["previously", "formerly", "once", "originally", "initially", "then", "earlier", "used to"]),
    ("1", &["first", "opening"]), ("2", &["second"]), ("3", &["third"]), ("4", &["fourth"]), ("last", &["final"]),
];
#[rustfmt::skip]
const PACES: &[(Pace, &[&str])] = &[
    (Pace::Annualized, &["annualized", "annualised"]),
    (Pace::Monthly, &["month over month", "month - over - month", "mom", "monthly", "a month ago", "previous month",
        "a month earlier", "from the month before", "the prior month", "in a month", "per month", "in just one month",
        "one month", "single month"]),
    (Pace::Quarterly, &["quarter over quarter", "quarter - over - quarter", "quarterly", "previous quarter"]),
    (Pace::Yearly, &["year over year", "year - over - year", "year - on - year", "year on year", "yoy", "annual",
        "annually", "yearly", "a year ago", "year earlier", "a year earlier", "past year", "last year", "12 months",
        "12 - month", "previous year", "twelve months"]),
];
/// Where a clause ends.
const BREAKS: &[&str] = &[
    "after", "although", "and", "because", "before", "but", "compared", "if", "though", "versus", "when",
    "where", "whereas", "which", "while", "who",
];

/// What each token of a passage says of the figures around it: worked out once, however many figures there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    time: Time,
    mood: Mood,
    /// Whether the mood holds for all of the sentence.
    wide: bool,
    pace: Option<Pace>,
    mark: Option<&'static str>,
    /// The stem of a word that only holds others together, or says when, is not kept.
    stem: Option<String>,
    role: Role,
    /// Whether it ends a clause.
    breaks: bool,
}

/// What the stem of a token is good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Word,
    Name,
    /// It is part of a figure.
    Figure,
}

/// What the tokens of a passage say, in which `figures` were read.
pub(super) fn said(line: &Line, figures: &[Found]) -> Vec<Said> {
    let mut said: Vec<Said> =
        (0..if figures.is_empty() { 0 } else { line.len() }).map(|at| say(line, at)).collect();
    for place in figures.iter().flat_map(|figure| figure.first..figure.next) {
        if let Some(token) = said.get_mut(place) {
            token.role = Role::Figure;
        }
    }
    said
}

fn say(line: &Line, at: usize) -> Said {
    let word = line.lower(at);
    let mood = mood(word);
    // What is supposed holds for all of a sentence, as does a forecast; what is wished or usual for its clause.
    let supposed = matches!(word, "if" | "unless" | "suppose" | "imagine" | "hypothetical")
        || (word == "say" && line.begins(at));
    let marked =
        |words: &[&str]| quarter(line, at).is_none() && words.iter().any(|phrase| line.has(at, phrase));
    let mark = MARKS.iter().find(|(_, words)| marked(words));
    let pace = PACES.iter().find(|(_, phrases)| phrases.iter().any(|phrase| line.has(at, phrase)));
    let free = line.is_word(at) && !is_function(line.tongue, word) && !is_time(line, at);
    Said {
        time: time(line, at),
        mood,
        wide: mood == Mood::Forecast || supposed,
        pace: pace.map(|(pace, _)| *pace),
        mark: mark.map(|(mark, _)| *mark),
        stem: free.then(|| stem(line.tongue, word)),
        role: if is_name(line, at) { Role::Name } else { Role::Word },
        breaks: breaks(line, at),
    }
}

/// The frame of a figure, by what the tokens of its passage say.
pub(super) fn frame(line: &Line, found: &Found, said: &[Said]) -> Frame {
    let begin = begin_of_bound(line, found.first);
    let clause = clause(said, begin, found.next);
    let sentence = begin.saturating_sub(SENTENCE)..said.len().min(found.next + SENTENCE);
    let mut frame = Frame::default();
    let within = |range: std::ops::Range<usize>| said.get(range).unwrap_or_default().iter();
    frame.times(within(nearest_time(line, found).unwrap_or(clause.clone())));
    if frame.when.is_empty() && !frame.deictic {
        frame.times(within(sentence.start..clause.start).chain(within(clause.end..sentence.end)));
    }
    frame.tail = tail(line, found);
    let wide = within(sentence.clone()).filter(|token| token.wide).map(|token| token.mood).max();
    frame.mood = frame.mood.max(wide.unwrap_or_default());
    // Who is counted may be told anywhere in the sentence.
    let names = if found.noun.is_some() { sentence } else { clause.clone() };
    for at in names {
        let stem =
            said.get(at).filter(|token| token.role == Role::Name).and_then(|token| token.stem.as_ref());
        if let Some(stem) = stem.filter(|_| !speaks(line, at, begin)) {
            frame.names.insert(stem.clone());
        }
    }
    for token in within(clause) {
        frame.mood = frame.mood.max(token.mood);
        frame.marks.extend(token.mark);
        frame.pace = frame.pace.or(token.pace);
        frame.rest.extend(token.stem.clone().filter(|_| token.role != Role::Figure));
    }
    frame
}

/// The stems that a preposition ties to a figure, or that stand straight after a share (*60 percent cheaper*).
fn tail(line: &Line, found: &Found) -> BTreeSet<String> {
    let next = found.next;
    let word = line.lower(next);
    if matches!(word, "on" | "in" | "for" | "to" | "of" | "against" | "among" | "at") {
        let opens = matches!(line.lower(next + 1), "a" | "an" | "the" | "its" | "their" | "his");
        return name_after(line, next + 1 + usize::from(opens)).0.into_iter().collect();
    }
    let share = found.amount.unit == Unit::Percent && line.is_word(next) && !is_time(line, next);
    let adds = share && !is_function(line.tongue, word) && !is_neutral(word) && !is_filler(word);
    adds.then(|| stem(line.tongue, word)).into_iter().collect()
}

impl Frame {
    fn times<'s>(&mut self, tokens: impl Iterator<Item = &'s Said>) {
        for token in tokens {
            match &token.time {
                Time::Nothing => {}
                Time::Named(when) => drop(self.when.insert(when.clone())),
                Time::Deictic => self.deictic = true,
                Time::Weekday(day) => {
                    self.deictic = true;
                    self.when.insert(day.clone());
                }
            }
        }
    }
}

fn is_name(line: &Line, at: usize) -> bool {
    line.is_capital(at)
        && !line.begins(at)
        && !is_time(line, at)
        && !is_function(line.tongue, line.lower(at))
        && !dates::is_weekday(line.lower(at))
}

/// Whether a name is that of whoever says what follows, and no part of what is said.
fn speaks(line: &Line, at: usize, begin: usize) -> bool {
    let per = (1..4)
        .any(|steps| line.lower_back(at, steps) == "to" && line.lower_back(at, steps + 1) == "according");
    let verb = (at + 1..at + 5).find(|after| !line.is_capital(*after));
    let said = verb.is_some_and(|verb| is_report(line.lower(verb)));
    let that = (at + 1..begin).any(|after| line.lower(after) == "that");
    per || said || that
}

/// The tokens between the breaks around a figure.
fn clause(said: &[Said], begin: usize, next: usize) -> std::ops::Range<usize> {
    let breaks = |at: &usize| said.get(*at).is_some_and(|token| token.breaks);
    let first = begin.saturating_sub(CLAUSE);
    let start = (first..begin).rev().find(breaks).map_or(first, |at| at + 1);
    let limit = said.len().min(next + CLAUSE);
    start..(next..limit).find(breaks).unwrap_or(limit)
}

fn breaks(line: &Line, at: usize) -> bool {
    let mark = match line.get(at).map(|token| token.shape) {
        Some(Shape::Mark(mark)) => matches!(mark, ',' | ';' | ':' | '(' | ')' | '–' | '"' | '“' | '”'),
        _ => false,
    };
    mark || BREAKS.contains(&line.lower(at))
}

fn mood(word: &str) -> Mood {
    if WISH.contains(&word) {
        Mood::Wish
    } else if FORECAST.contains(&word) {
        Mood::Forecast
    } else {
        Mood::Fact
    }
}
