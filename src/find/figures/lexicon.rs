//! The words by which English says how much something is, and by how much it changes.

/// Verbs, and *up*, by which something becomes more.
#[rustfmt::skip]
const UP: &[&str] = &[
    "accelerated", "added", "advance", "advanced", "ascended", "climb", "climbed", "climbing", "climbs", "gained",
    "gaining", "gains", "grew", "grow", "growing", "grown", "grows", "increase", "increased", "increases", "increasing",
    "jump", "jumped", "jumping", "jumps", "raised", "rallied", "rise", "risen", "rises", "rising", "rocketed", "rose",
    "shot", "skyrocketed", "soar", "soared", "soaring", "spiked", "surge", "surged", "surges", "surging", "up",
    "ticked", "gain", "spike", "hike", "boost", "uptick", "growth", "raise",
];
/// And less.
#[rustfmt::skip]
const DOWN: &[&str] = &[
    "contracted", "cooled", "cut", "declined", "decline", "declines", "declining", "decrease", "decreased", "dipped",
    "dip", "down", "drop", "dropped", "dropping", "drops", "eased", "fall", "fallen", "falling", "falls", "fell",
    "lost", "lowered", "plummeted", "plunged", "plunge", "reduced", "retreated", "shed", "shrank", "shrink", "shrunk",
    "sank", "slid", "slide", "slipped", "slowed", "slumped", "tumbled", "reduction", "loss", "contraction",
];
/// Verbs that say how much something is.
#[rustfmt::skip]
const LEVEL: &[&str] = &[
    "amount", "amounted", "amounts", "are", "averaged", "averages", "averaging", "be", "been", "came", "come", "comes",
    "equaled", "equalled", "equals", "hit", "hits", "hitting", "hovered", "hovering", "is", "lies", "peaked", "printed",
    "reach", "reached", "reaches", "reaching", "registered", "remain", "remained", "remains", "running", "runs", "ran",
    "sits", "stand", "standing", "stands", "stayed", "stood", "totaled", "totalled", "totals", "was", "were", "cost",
    "costs", "costing", "measured", "settled", "touched", "valued", "worth",
];
/// What may stand between a subject and its verb, or a verb and its figure, and changes neither.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "all", "already", "also", "another", "back", "be", "been", "being", "again", "currently", "even", "far", "full",
    "further", "had", "has", "have", "having", "in", "is", "are", "just", "now", "only", "still", "then", "was", "were",
    "well", "whopping", "total", "record", "additional", "nearly", "out", "itself",
    "trading",
];
/// Words that qualify a measure without making it another one.
#[rustfmt::skip]
const NEUTRAL: &[&str] = &[
    "annual", "annualized", "current", "currently", "figure", "figures", "headline", "latest", "level", "levels",
    "national", "new", "official", "other", "overall", "rate", "rates", "reading", "reported", "reports", "total",
    "yearly", "year-over-year", "now", "recent", "recently", "again", "today", "estimated", "whole", "entire",
];
/// Measures of anything: alone they do not say what is measured.
#[rustfmt::skip]
const GENERIC: &[&str] = &[
    "amount", "average", "bill", "chance", "change", "cost", "costs", "data", "demand", "earnings", "expectations",
    "forecast", "gain", "gains", "goal", "growth", "high", "index", "indexes", "it", "low", "market", "markets",
    "measure", "median", "number", "numbers", "odds", "one", "output", "part", "peak", "percentage", "point", "points",
    "price", "prices", "probability", "production", "profit", "profits", "range", "result", "results", "revenue",
    "sales", "sector", "share", "shares", "spending", "stock", "stocks", "sum", "target", "thing", "things", "trend",
    "value", "volume", "yield", "yields", "activity", "year", "month", "quarter", "week", "period", "term", "terms",
    "pace", "company", "investment", "investments", "economy", "way", "time", "group",
];
/// Measures that are themselves changes: *inflation rose 8.6 percent* says how high it is.
const CHANGES: &[&str] = &["inflation"];
/// Verbs that bring in what somebody says or shows; no name of a measure goes across one.
#[rustfmt::skip]
const REPORTS: &[&str] = &[
    "announced", "announcing", "believe", "believes", "called", "confirmed", "estimate", "estimates", "expect",
    "expected", "expects", "find", "finds", "forecast", "forecasts", "found", "hoping", "kept", "keep", "keeps", "means",
    "predict", "predicted", "predicts", "projected", "projects", "pushed", "pushing", "put", "puts", "revealed", "said",
    "saw", "say", "saying", "says", "see", "sees", "sent", "show", "showed", "showing", "shown", "shows", "suggest",
    "suggested", "suggests", "think", "thinks", "told", "warned", "wrote", "added", "given", "like", "bring",
    "bringing", "reported", "yes", "well", "however", "pegged", "peg", "pegs", "placed", "set", "sets", "with",
];

/// How a figure stands to what it is a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// It says how much that is.
    Level,
    /// By how much it has become more.
    Up,
    /// By how much it has become less.
    Down,
}

/// The manner of a word that leads to a figure; `None` if it does not.
pub(super) fn manner(word: &str) -> Option<Manner> {
    [(UP, Manner::Up), (DOWN, Manner::Down), (LEVEL, Manner::Level)]
        .into_iter()
        .find_map(|(words, manner)| words.contains(&word).then_some(manner))
}

pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word) || (word.ends_with("ly") && word.len() > 4)
}

pub(super) fn is_neutral(word: &str) -> bool {
    NEUTRAL.contains(&word)
}

pub(super) fn is_generic(word: &str) -> bool {
    GENERIC.contains(&word)
}

pub(super) fn is_change(word: &str) -> bool {
    CHANGES.contains(&word)
}

pub(super) fn is_report(word: &str) -> bool {
    REPORTS.contains(&word)
}
