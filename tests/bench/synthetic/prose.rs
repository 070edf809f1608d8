//! Generates meaningless sentences from a small grammar. The same seed gives the same text.

/// Pseudorandom number generator: `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
/// 2014).
pub(super) struct Random(u64);

impl Random {
    /// Starts another sequence for every pair of `kind` and `number`.
    pub(super) fn new(kind: u64, number: usize) -> Self {
        Self((kind << 32) ^ number as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("the number is less than a `usize`")
    }

    pub(super) fn pick<'w>(&mut self, of: &[&'w str]) -> &'w str {
        of[self.below(of.len())]
    }
}

const NOUNS: &[&str] = &[
    "weir",
    "ferry",
    "mill",
    "sluice",
    "towpath",
    "boathouse",
    "quay",
    "levee",
    "barge",
    "lock",
    "chapel",
    "granary",
    "tannery",
    "smithy",
    "school",
    "council",
    "ledger",
    "toll",
    "pump",
    "culvert",
    "reed bed",
    "orchard",
    "kiln",
    "rope walk",
    "dredger",
    "almanac",
    "tide gauge",
    "signal hut",
    "fish ladder",
    "water wheel",
    "foundry",
    "market",
    "post office",
    "reservoir",
    "aqueduct",
    "footbridge",
    "drainage board",
    "harbour office",
    "meadow",
    "pier",
];
const ADJECTIVES: &[&str] = &[
    "upper",
    "lower",
    "flooded",
    "rebuilt",
    "leaking",
    "planned",
    "disused",
    "northern",
    "municipal",
    "rented",
    "dredged",
    "silted",
    "narrow",
    "costly",
    "temporary",
    "restored",
    "insured",
    "contested",
    "measured",
    "neglected",
    "painted",
];
const VERBS: &[&str] = &[
    "drains",
    "crosses",
    "supplies",
    "delays",
    "shelters",
    "blocks",
    "borders",
    "replaces",
    "outlasts",
    "floods",
    "feeds",
    "serves",
    "overlooks",
    "repays",
    "threatens",
    "connects",
    "divides",
    "mirrors",
    "follows",
    "undercuts",
];
const PREPOSITIONS: &[&str] =
    &["above", "below", "beside", "beyond", "behind", "across from", "downstream of", "upstream of"];
const TIMES: &[&str] = &[
    "Since the spring,",
    "After the flood,",
    "By most accounts,",
    "In a dry year,",
    "Until last autumn,",
    "On paper,",
    "At low water,",
    "For the third time,",
    "Against advice,",
    "According to the minutes,",
];
const CONJUNCTIONS: &[&str] = &["because", "while", "although", "whenever", "so that", "and", "but"];

/// A noun with an article, mostly with an adjective: `the silted lock`.
pub(super) fn thing(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("the {}", random.pick(NOUNS)),
        _ => format!("the {} {}", random.pick(ADJECTIVES), random.pick(NOUNS)),
    }
}

fn clause(random: &mut Random) -> String {
    let mut clause = format!("{} {} {}", thing(random), random.pick(VERBS), thing(random));
    if random.below(2) == 0 {
        clause = format!("{clause} {} {}", random.pick(PREPOSITIONS), thing(random));
    }
    clause
}

/// A sentence of six to thirty words.
pub(super) fn sentence(random: &mut Random) -> String {
    let mut sentence = clause(random);
    if random.below(2) == 0 {
        sentence = format!("{sentence}, {} {}", random.pick(CONJUNCTIONS), clause(random));
    }
    match random.below(4) {
        0 => format!("{} {sentence}.", random.pick(TIMES)),
        _ => format!("{}.", capitalized(&sentence)),
    }
}

/// Sentences with at least `words` words in total.
pub(super) fn paragraph(random: &mut Random, words: usize) -> String {
    let mut text = String::new();
    while text.split_whitespace().count() < words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence(random));
    }
    text
}

/// A heading: `The silted lock and the toll`.
pub(super) fn heading(random: &mut Random) -> String {
    capitalized(&format!("{} and {}", thing(random), thing(random)))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
