//! What a figure is a figure of, by the words around it.
//!
//! There is no grammar here, but the few shapes in which English puts a figure beside its measure. Where none of them
//! fits nothing is said, and the figure will not be compared.

use super::Figure;
use super::bounds::begin_of_bound;
use super::counted::noun;
use super::lexicon::{Manner, is_change, is_filler, is_generic, manner};
use super::line::Line;
use super::names::{actor_before, name_after, name_before};
use super::read::Found;
use super::tokens::Tongue;
use super::units::Unit;
use super::words::{is_function, stem};

/// How a figure stands to what it measures.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sense {
    pub(super) manner: Option<Manner>,
    /// The verb of a deed: *raised $5 million*, *killed 12 people*.
    pub(super) deed: Option<String>,
    /// Who does it, where that is known.
    pub(super) who: Vec<String>,
}

/// Verbs that say nothing of what is done.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "be", "are", "is", "was", "were", "has", "have", "had", "include", "includes", "including", "with", "there", "used",
    "uses", "make", "makes", "made", "got", "get", "gets", "do", "does", "did", "took", "take", "takes", "been", "said",
    "says", "see", "saw", "like", "these", "those", "least", "than", "give", "gave", "gives", "want", "wants",
];
/// Words after which a figure is what another one is compared with.
const BASES: &[&str] = &["from", "than", "versus", "vs", "against", "with", "since", "until", "not"];
/// Nouns that say how a figure stands to others of its kind.
const EXTREMES: &[&str] =
    &["high", "low", "peak", "record", "range", "mark", "maximum", "minimum", "threshold"];

/// Things whose length is told by a joined span; with others it is a kind of thing (*a 10-year bond*).
const TERMS: &[&str] =
    &["ban", "contract", "deal", "delay", "extension", "investigation", "sentence", "suspension", "term"];

/// A figure with what it is of, and in what sense.
pub(super) fn figure(line: &Line, found: &Found) -> (Figure, Sense) {
    let (of, sense) = sense(line, found).unwrap_or_default();
    (Figure { range: line.bytes(found.first, found.next), amount: found.amount, of }, sense)
}

fn sense(line: &Line, found: &Found) -> Option<(Vec<String>, Sense)> {
    if let Some(noun) = &found.noun {
        let places = std::iter::once(noun.head).chain(noun.before.iter().rev().copied());
        let of = places.map(|at| stem(line.tongue, line.lower(at))).collect();
        return Some((of, deed(line, found).unwrap_or_default()));
    }
    let begin = begin_of_bound(line, found.first);
    let article = usize::from(matches!(line.lower_back(begin, 1), "the" | "a" | "an"));
    if line.tongue != Tongue::English || BASES.contains(&line.lower_back(begin, 1 + article)) {
        return None;
    }
    let of = match found.amount.unit {
        Unit::Year | Unit::Day => return Some((Vec::new(), dated(line, found)?)),
        Unit::Percent if line.lower(found.next) == "of" => portion(line, found, begin),
        _ => attribute(line, found, begin).or_else(|| predicate(line, found, begin)),
    };
    of.filter(|(of, _)| !of.is_empty())
}

/// *A 2% inflation rate*, *a $5 million fine*, *a 12 percent jump in prices*.
fn attribute(line: &Line, found: &Found, begin: usize) -> Option<(Vec<String>, Sense)> {
    let before = line.lower_back(begin, 1);
    let article =
        matches!(before, "a" | "an" | "the" | "its" | "their" | "this" | "that") || before.ends_with("'s");
    // *At a 5% interest rate* tells on what terms, not what the rate is.
    let terms = matches!(before, "a" | "an") && matches!(line.lower_back(begin, 2), "at" | "with" | "for");
    if terms || !(article || found.joined) {
        return None;
    }
    let (name, next) = name_after(line, found.next);
    let last = line.lower_back(next, 1);
    let kind = found.joined && found.amount.unit == Unit::Span && !TERMS.contains(&last);
    if next == found.next || EXTREMES.contains(&last) || kind {
        return None;
    }
    if let Some(manner) = manner(last).filter(|manner| *manner != Manner::Level) {
        let of = matches!(line.lower(next), "in" | "of").then(|| name_after(line, next + 1).0)?;
        return Some((of, Sense { manner: Some(manner), ..Sense::default() }));
    }
    let adjacent = next == found.next + 1 || !name.is_empty();
    adjacent.then(|| (name, Sense { manner: Some(Manner::Level), ..Sense::default() }))
}

/// *70% of spending*: the whole, and what is done by or with the part.
fn portion(line: &Line, found: &Found, begin: usize) -> Option<(Vec<String>, Sense)> {
    let opening = matches!(line.lower(found.next + 1), "the" | "all" | "its" | "their" | "our");
    let noun = noun(line, found.next + 1 + usize::from(opening))?;
    let places = std::iter::once(noun.head).chain(noun.before.iter().rev().copied());
    let whole = places.map(|at| stem(line.tongue, line.lower(at))).collect();
    let next = noun.head + 1;
    let after = (next..next + 3).find(|at| !is_filler(line.lower(*at))).and_then(|at| verb_at(line, at));
    if let Some(deed) = after {
        return Some((whole, Sense { manner: None, deed: Some(deed), who: Vec::new() }));
    }
    let end = begin - usize::from(matches!(line.lower_back(begin, 1), "for" | "up"));
    let verb = end.checked_sub(1)?;
    let deed = verb_at(line, verb)?;
    let who = name_before(line, skip_auxiliaries(line, verb));
    (!who.is_empty()).then_some((whole, Sense { manner: None, deed: Some(deed), who }))
}

/// *Inflation rose 8.6 percent*, *odds of a recession stand at 30%*, *an inflation rate of 8.6%*.
fn predicate(line: &Line, found: &Found, begin: usize) -> Option<(Vec<String>, Sense)> {
    let level = |of| Some((of, Sense { manner: Some(Manner::Level), ..Sense::default() }));
    let mut end = without_adjectives(line, begin);
    let tie = line.lower_back(end, 1).to_owned();
    if tie == "of" {
        let head = line.lower_back(end, 2);
        if EXTREMES.contains(&head) {
            // *Reached a 40-year high of 9.1%*
            let verb =
                (3..9).filter_map(|back| end.checked_sub(back)).find(|at| is_level(line.lower(*at)))?;
            return level(name_before(line, skip_auxiliaries(line, verb)));
        }
        return level(name_before(line, end - 1)).filter(|_| manner(head).is_none());
    }
    if matches!(tie.as_str(), "at" | "to" | "by" | "for") {
        end -= 1;
    }
    if tie == "by"
        && let Some(moved) = moved(line, end)
    {
        return Some(moved);
    }
    let verb = skip_fillers(line, end);
    let word = line.lower_back(verb, 1);
    let Some(manner) = manner(word) else {
        let name = if tie == "at" { name_before(line, verb) } else { Vec::new() };
        return if name.is_empty() { done(line, found, end) } else { level(name) };
    };
    let of = name_before(line, skip_auxiliaries(line, verb - 1));
    let [head, ..] = of.as_slice() else { return None };
    let settled = matches!(tie.as_str(), "to" | "at") || is_change(head) || is_change(&format!("{head}ion"));
    let manner = if settled && tie != "by" { Manner::Level } else { manner };
    Some((of, Sense { manner: Some(manner), ..Sense::default() }))
}

fn is_level(word: &str) -> bool {
    manner(word) == Some(Manner::Level)
}

/// *Raised interest rates by*: the verb, with what it is that somebody raised between it and the figure.
fn moved(line: &Line, end: usize) -> Option<(Vec<String>, Sense)> {
    let verb = (2..5).filter_map(|steps| end.checked_sub(steps)).find(|at| {
        matches!(manner(line.lower(*at)), Some(Manner::Up | Manner::Down)) && !line.is_capital(*at)
    })?;
    let (name, next) =
        name_after(line, verb + 1 + usize::from(matches!(line.lower(verb + 1), "the" | "its" | "their")));
    let manner = manner(line.lower(verb));
    (next == end && !name.is_empty()).then_some((name, Sense { manner, ..Sense::default() }))
}

/// The place before *a staggering* or *an annualized*, if that leads to a figure.
fn without_adjectives(line: &Line, begin: usize) -> usize {
    let article = |back| matches!(line.lower_back(begin, back), "a" | "an" | "the");
    match () {
        () if article(1) => begin - 1,
        () if article(2) && line.is_word(begin - 1) => begin - 2,
        () => begin,
    }
}

fn skip_fillers(line: &Line, end: usize) -> usize {
    let mut place = end;
    for _ in 0..3 {
        let word = line.lower_back(place, 1);
        if !is_filler(word) || manner(word).is_some() {
            break;
        }
        place -= 1;
    }
    place
}

fn skip_auxiliaries(line: &Line, end: usize) -> usize {
    let mut place = end;
    for _ in 0..4 {
        let word = line.lower_back(place, 1);
        let modal =
            matches!(word, "will" | "would" | "could" | "may" | "might" | "should" | "to" | "can" | "that");
        if word.is_empty() || !(is_filler(word) || modal) {
            break;
        }
        place -= 1;
    }
    place
}

/// The deed that ends before a sum of money or a span of time: *raised $5 million*.
fn done(line: &Line, found: &Found, end: usize) -> Option<(Vec<String>, Sense)> {
    if !matches!(found.amount.unit, Unit::Money(_) | Unit::Span | Unit::Measure(_) | Unit::Times | Unit::Age)
    {
        return None;
    }
    let verb = end.checked_sub(1)?;
    let deed = verb_at(line, verb)?;
    let who = actor_before(line, skip_auxiliaries(line, verb));
    (!who.is_empty()).then(|| (who.clone(), Sense { manner: None, deed: Some(deed), who }))
}

fn verb_at(line: &Line, at: usize) -> Option<String> {
    let word = line.lower(at);
    let usable = line.is_word(at)
        && !line.is_capital(at)
        && !is_function(line.tongue, word)
        && !WEAK.contains(&word)
        && !is_generic(word);
    usable.then(|| stem(line.tongue, word))
}

/// What is done to, or by, the things counted.
fn deed(line: &Line, found: &Found) -> Option<Sense> {
    let noun = found.noun.as_ref()?;
    let mut begin = begin_of_bound(line, found.first);
    if BASES.contains(&line.lower_back(begin, 1)) {
        return None;
    }
    begin -= usize::from(matches!(line.lower_back(begin, 1), "the" | "its" | "their" | "another"));
    let passive = (1..4).map(|steps| noun.head + steps).find(|at| {
        !matches!(line.lower(*at), "was" | "were" | "are" | "is" | "been" | "have" | "had" | "has" | "be")
    });
    let after = passive.filter(|at| *at > noun.head + 1).and_then(|at| verb_at(line, at));
    let before = begin.checked_sub(1).filter(|at| !line.begins(*at) || !line.is_capital(*at));
    let before = before.and_then(|at| verb_at(line, at).map(|verb| (verb, at)));
    if let Some(verb) = after {
        return Some(Sense { manner: None, deed: Some(verb), who: Vec::new() });
    }
    if let Some((verb, at)) = before {
        let who = actor_before(line, skip_auxiliaries(line, at));
        return Some(Sense { manner: None, deed: Some(verb), who });
    }
    // *Nine million users signed up*: the past of a verb, straight after the noun.
    let past = verb_at(line, noun.head + 1).filter(|_| line.lower(noun.head + 1).ends_with("ed"));
    if past.is_some() {
        return Some(Sense { manner: None, deed: past, who: Vec::new() });
    }
    let has = begin.checked_sub(1).filter(|at| matches!(line.lower(*at), "has" | "have" | "had"))?;
    let who = name_before(line, has);
    (!who.is_empty()).then(|| Sense { manner: None, deed: Some("have".to_owned()), who })
}

/// What happens once only, and so at one time: its verb, each with the name that stands for those that say the same.
#[rustfmt::skip]
const ONCE: &[(&str, &[&str])] = &[
    ("found", &["founded", "established", "incorporated"]), ("bear", &["born"]), ("die", &["died"]),
    ("release", &["released", "launched", "unveiled", "debuted"]), ("open", &["opened", "opens", "open"]),
    ("sign", &["signed"]), ("build", &["built", "completed"]), ("acquire", &["acquired"]),
    ("burn", &["burnt", "burned"]), ("begin", &["began", "started", "begins", "starts"]),
    ("end", &["ended", "expired", "ends", "expires"]), ("sink", &["sank"]), ("marry", &["married"]),
];

/// *The bank was founded in 1911*: the verb straight before the date, and its subject.
fn dated(line: &Line, found: &Found) -> Option<Sense> {
    let tie = found.first.checked_sub(1)?;
    if !matches!(line.lower(tie), "in" | "on") {
        return None;
    }
    let verb = tie.checked_sub(1)?;
    let word = line.lower(verb);
    let deed = ONCE.iter().find(|(_, words)| words.contains(&word)).map(|(name, _)| (*name).to_owned())?;
    let who = name_before(line, skip_auxiliaries(line, verb));
    (!who.is_empty()).then_some(Sense { manner: None, deed: Some(deed), who })
}
