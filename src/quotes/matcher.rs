//! Searches for a quote in a document, or in the lock entry of that document. Only this module creates a
//! [`VerifiedQuote`].

mod locked;
mod place;

use std::iter;
use std::ops::Range;

use memchr::memmem;

use crate::boundaries::is_word_boundary;
use crate::cuts::{Cut, cut_by};
use crate::lock::LockedQuote;
use crate::nearest::Nearest;
use crate::negations::negation_in;
use crate::normalize::UNREADABLE;
use crate::pattern::{PatternPart, QuotePattern};
use crate::segment::SegmentedDocument;

pub use locked::LockedQuotes;
pub use place::Place;

/// A quote that a document contains. Only [`prove`] and [`LockedQuotes::prove`] create a value of this type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedQuote {
    text: String,
    place: Place,
    other_occurrences: Vec<Place>,
    joins_paragraphs: bool,
    proof_source: ProofSource,
}

/// What a quote was verified against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofSource {
    /// The text of the document itself.
    Document,
    /// A lock entry, written on a machine that had the document.
    Lock,
}

impl VerifiedQuote {
    /// The quote in the document's own characters. An elision or paragraph break is `…`; an insertion is in brackets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the first occurrence in the document.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Iterates over all occurrences in the document, in order.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        iter::once(&self.place).chain(&self.other_occurrences)
    }

    /// Returns all occurrences but the first.
    pub fn other_occurrences(&self) -> &[Place] {
        &self.other_occurrences
    }

    /// Whether an occurrence runs over a line end at which the plain text was split into paragraphs. Never true of a
    /// quote that was verified against a lock.
    pub fn joins_paragraphs(&self) -> bool {
        self.joins_paragraphs
    }

    /// What the quote was verified against.
    pub fn proof_source(&self) -> ProofSource {
        self.proof_source
    }

    /// Converts to the form that is stored in the lock.
    pub fn to_lock(&self) -> LockedQuote {
        LockedQuote {
            paragraph: self.place.paragraph,
            start: self.place.start,
            end: self.place.end,
            text: self.text.clone(),
            also: self
                .other_occurrences
                .iter()
                .map(|place| [place.paragraph, place.start, place.end])
                .collect(),
        }
    }
}

/// Verifies a quote against a document. Returns `None` if the normalized document doesn't contain the normalized
/// words, or only in a way that is not allowed; for that, [`refusal`](crate::refusal::refusal) gives the reason.
///
/// A match never [cuts](crate::cuts) a word, a figure or a compound. The segments between elisions must occur in order,
/// within one paragraph for each paragraph of the quote. An elision must not leave out a negation, and an insertion may
/// only add whole words that negate nothing.
///
/// If there is no such match, the line ends of a plain text that can be read in two ways (as the end of a
/// paragraph or as a space, or after a hyphen as a break in a word or in a compound) are read as the quote has
/// them.
pub fn prove(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<VerifiedQuote> {
    if let Some(quote) = prove_as_split(pattern, document) {
        return Some(quote);
    }
    let reread = document.with_line_ends_of(&pattern.whole)?;
    let mut quote = prove_as_split(pattern, &reread)?;
    for place in iter::once(&mut quote.place).chain(&mut quote.other_occurrences) {
        place.paragraph = document.paragraph_of_byte(place.start);
        quote.joins_paragraphs |= document.paragraph_of_byte(place.end - 1) != place.paragraph;
    }
    Some(quote)
}

fn prove_as_split(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<VerifiedQuote> {
    let mut found = find_whole(pattern, document);
    if found.is_empty() && pattern.bent_insertion(document.language()).is_none() {
        found = find_segments(pattern, document, |gap| negation_in(gap, document.language()).is_none());
    }
    let mut found = found.into_iter();
    let (place, text) = found.next()?;
    Some(VerifiedQuote {
        text,
        place,
        other_occurrences: found.map(|(place, _)| place).collect(),
        joins_paragraphs: false,
        proof_source: ProofSource::Document,
    })
}

/// Parses and verifies a quote. Returns `None` if it has no words, or the document doesn't contain them.
pub fn prove_words(written: &str, document: &SegmentedDocument) -> Option<VerifiedQuote> {
    prove(&QuotePattern::parse(written)?, document)
}

/// Finds the passage most similar to a quote that the document doesn't contain; see [`nearest`](crate::nearest).
pub fn nearest_passage(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<Nearest> {
    document.word_index().nearest(document.normalized().text(), &pattern.whole)
}

/// Finds all occurrences of the whole quote, taking its brackets and `...` for characters of the document.
fn find_whole(pattern: &QuotePattern, document: &SegmentedDocument) -> Vec<(Place, String)> {
    let found = all_words(&pattern.whole, document, 0..document.normalized().text().len()).map(|range| {
        let place = place(document, &range);
        (place, document.quotable_text(range))
    });
    found.collect()
}

/// Finds the segments of a pattern in order, in one paragraph of the document; if the pattern has n paragraph
/// breaks, in n + 1 paragraphs. `may_elide` tells whether the words between two segments may be left out. Returns
/// at most one match that begins in each paragraph: its place, and the text of the quote.
pub(crate) fn find_segments(
    pattern: &QuotePattern,
    document: &SegmentedDocument,
    mut may_elide: impl FnMut(&str) -> bool,
) -> Vec<(Place, String)> {
    let mut segments = pattern.segments();
    let Some(first) = segments.next() else { return Vec::new() };
    let rest: Vec<&[PatternPart]> = segments.collect();
    let breaks = pattern.parts.iter().filter(|part| matches!(part, PatternPart::ParagraphBreak)).count();
    let end = document.normalized().text().len();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(ranges) = find_segment(first, document, from..end) {
        let start = ranges.first().map_or(from, |range| range.start);
        let paragraph = document.paragraph_at(start);
        let reach = document.end_of_paragraph(paragraph + breaks);
        let mut all = ranges;
        let mut at = all.last().map_or(start, |range| range.end);
        // Greedy: the earliest match of each segment leaves the most room for the next. If a segment isn't found, it
        // isn't found after a later start in this paragraph, either. If a gap may not be left out, no later start is
        // tried.
        let complete = rest.iter().all(|segment| {
            let Some(ranges) = find_segment(segment, document, at..reach) else { return false };
            let gap = at..ranges.first().map_or(at, |range| range.start);
            at = ranges.last().map_or(at, |range| range.end);
            all.extend(ranges);
            may_elide(&document.normalized().text()[gap])
        });
        if complete {
            found.push(assemble(pattern, document, &all));
        }
        from = document.end_of_paragraph(paragraph);
    }
    found
}

/// Finds the first occurrence of a segment within a range of the normalized text. Returns one range for each
/// [`PatternPart::Words`]; these are adjacent in the text, because insertions match nothing.
fn find_segment(
    segment: &[PatternPart],
    document: &SegmentedDocument,
    within: Range<usize>,
) -> Option<Vec<Range<usize>>> {
    let haystack = document.normalized().text();
    let first = segment.iter().position(|part| matches!(part, PatternPart::Words(_)))?;
    let mut from = within.start;
    while let Some(start) = find_part(segment, first, document, from..within.end) {
        from = start.start + haystack[start.start..].chars().next().map_or(1, char::len_utf8);
        let mut ranges = vec![start];
        let follows = (first + 1..segment.len())
            .filter(|index| matches!(segment[*index], PatternPart::Words(_)))
            .all(|index| {
                let PatternPart::Words(words) = &segment[index] else { return false };
                let at = ranges.last().map_or(within.start, |range| range.end);
                let gap =
                    haystack[at..within.end].len() - haystack[at..within.end].trim_start_matches(' ').len();
                let range = at + gap..at + gap + words.len();
                let occurs = haystack.get(range.clone()) == Some(words) && is_whole_match(document, &range);
                ranges.push(range);
                occurs
            });
        if follows {
            return Some(ranges);
        }
    }
    None
}

/// Finds the words of the part `index` of a segment. If a one-letter insertion touches them, as in `[t]he` for *The*,
/// the match may begin inside a word of the text, after that letter. The letter's case may differ. Words that a longer
/// insertion touches are never found.
fn find_part(
    segment: &[PatternPart],
    index: usize,
    document: &SegmentedDocument,
    within: Range<usize>,
) -> Option<Range<usize>> {
    let PatternPart::Words(words) = segment.get(index)? else { return None };
    let before = index.checked_sub(1).map(|before| &segment[before]);
    let Some(PatternPart::Insertion { text: changed, touches: true, .. }) = before else {
        return find_words(words, document, within);
    };
    let mut letters = changed.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    let haystack = document.normalized().text();
    let mut from = within.start;
    loop {
        let start = from + memmem::find(&haystack.as_bytes()[from..within.end], words.as_bytes())?;
        let range = start..start + words.len();
        let before = haystack[..start].chars().next_back();
        let same = before.is_some_and(|before| before.to_lowercase().eq(letter.to_lowercase()));
        let begins = before.is_some_and(|before| is_word_boundary(haystack, start - before.len_utf8()));
        if same
            && begins
            && is_word_boundary(haystack, range.end)
            && document.normalized().is_boundary(range.end)
        {
            return Some(range);
        }
        from = start + haystack[start..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Finds the first occurrence of words within a range of the normalized text.
pub(crate) fn find_words(
    words: &str,
    document: &SegmentedDocument,
    within: Range<usize>,
) -> Option<Range<usize>> {
    all_words(words, document, within).next()
}

/// Iterates over the non-overlapping occurrences of words within a range of the normalized text. Skips occurrences that
/// [`is_whole_match`] rejects.
fn all_words(
    words: &str,
    document: &SegmentedDocument,
    within: Range<usize>,
) -> impl Iterator<Item = Range<usize>> {
    let haystack = document.normalized().text();
    let finder = memmem::Finder::new(words.as_bytes());
    let mut from = within.start;
    iter::from_fn(move || {
        loop {
            let start = from + finder.find(haystack.as_bytes().get(from..within.end)?)?;
            let range = start..start + words.len();
            if is_whole_match(document, &range) {
                from = range.end;
                return Some(range);
            }
            // A valid match may overlap the rejected one, so continue at the next character.
            from = start + haystack[start..].chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// Whether a range of the normalized text cuts nothing and contains only characters that readers see as they are: no
/// [`UNREADABLE`] one and no picture (U+FFFC).
fn is_whole_match(document: &SegmentedDocument, range: &Range<usize>) -> bool {
    let text = &document.normalized().text()[range.clone()];
    cut_in(document, range).is_none() && !text.contains(UNREADABLE) && !text.contains('\u{fffc}')
}

/// Returns what a range of the normalized text cuts. A dash in the document is not taken for the hyphen of a compound,
/// even if it has no spaces: *the mill—it is said*.
pub(crate) fn cut_in(document: &SegmentedDocument, range: &Range<usize>) -> Option<Cut> {
    let normalized = document.normalized();
    if !normalized.is_boundary(range.start) || !normalized.is_boundary(range.end) {
        return Some(Cut::Word);
    }
    let is_dash = |at: usize| {
        let dash = &document.text()[normalized.source_range(at..at + 1)];
        matches!(dash, "—" | "―") || dash.starts_with("--")
    };
    cut_by(normalized.text(), range.clone(), is_dash)
}

fn place(document: &SegmentedDocument, normalized: &Range<usize>) -> Place {
    let range = document.normalized().source_range(normalized.clone());
    Place { paragraph: document.paragraph_at(normalized.start), start: range.start, end: range.end }
}

/// Assembles the text of a verified quote: the document's characters in `ranges`, one range for each
/// [`PatternPart::Words`], with the elisions and insertions of the pattern between them.
fn assemble(
    pattern: &QuotePattern,
    document: &SegmentedDocument,
    ranges: &[Range<usize>],
) -> (Place, String) {
    let mut text = String::new();
    let mut next = ranges.iter();
    let mut touches = true;
    for part in &pattern.parts {
        if !touches {
            text.push(' ');
        }
        touches = false;
        match part {
            PatternPart::Elision | PatternPart::ParagraphBreak => text.push('…'),
            PatternPart::Insertion { text: added, touches: before_word, .. } => {
                text.extend(["[", added, "]"]);
                touches = *before_word;
            }
            PatternPart::Words(_) => {
                let range = next.next().cloned().unwrap_or_default();
                text.push_str(&document.quotable_text(range));
            }
        }
    }
    let whole = ranges.first().map_or(0, |range| range.start)..ranges.last().map_or(0, |range| range.end);
    (place(document, &whole), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Block, BlockKind};
    use crate::lock::LockedSource;

    fn document() -> SegmentedDocument {
        SegmentedDocument::of(
            "The old mill — it’s said — burnt down in May. It was the third fire.\n\
             Its owner “didn’t care much”, said two neighbours.\nA last line about bricks. The mill burnt."
                .into(),
            &[],
            Some("en"),
            "en",
        )
    }

    fn proved(words: &str) -> Option<String> {
        let pattern = QuotePattern::parse(words)?;
        prove(&pattern, &document()).map(|quote| quote.text().to_owned())
    }

    #[test]
    fn typography_is_ignored_and_the_text_is_the_documents() {
        assert_eq!(proved("it's  said").as_deref(), Some("it’s said"));
        assert_eq!(proved("mill - it's said - burnt").as_deref(), Some("mill — it’s said — burnt"));
        assert_eq!(proved("\"didn't care much\"").as_deref(), Some("“didn’t care much”"));
    }

    #[test]
    fn case_words_and_word_boundaries_count() {
        for wrong in ["the old mill", "burned down", "old mil", "third fires", "fire. Its owner"] {
            assert_eq!(proved(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_elision_stays_in_its_paragraph() {
        assert_eq!(proved("burnt down … third fire").as_deref(), Some("burnt down … third fire"));
        assert_eq!(proved("third fire [...] said two neighbours"), None);
        assert_eq!(proved("old mill ... about bricks"), None);
        assert_eq!(proved("third fire ... burnt down"), None);
    }

    #[test]
    fn an_insertion_only_adds_words() {
        let added = proved("Its owner [the miller] \"didn't care");
        assert_eq!(added.as_deref(), Some("Its owner [the miller] “didn’t care"));
        assert_eq!(proved("[the mill] was the third fire").as_deref(), Some("[the mill] was the third fire"));
        assert_eq!(proved("[t]he old mill").as_deref(), Some("[t]he old mill"));
        assert_eq!(proved("burnt [down] in May"), None, "the replaced word must be elided too");
        assert_eq!(proved("burnt … [the mill] … in May").as_deref(), Some("burnt … [the mill] … in May"));
        for wrong in ["[x]he old mill", "The [] old mill", "The mi[x]l", "The old [mill", "[1]hird fire"] {
            assert_eq!(proved(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn matches_may_overlap_and_segments_may_restart() {
        let occurs = |document: &str, words: &str| {
            let pattern = QuotePattern::parse(words).expect("words");
            prove(&pattern, &SegmentedDocument::of(document.into(), &[], Some("en"), "en")).is_some()
        };
        assert!(occurs("Aha ha ha, he laughed.", "ha ha"));
        assert!(occurs("Alpha one. Beta two. Beta nine gamma.", "Alpha ... Beta [x] nine gamma"));
        assert!(occurs("It cost 2½ million.", "2½ million"));
        assert!(!occurs("It cost 2½ million.", "2 million"));
        assert!(!occurs("He said… and left.", "He said."));
        assert!(occurs("Say [on record] all.", "Say [on record] all"));
        assert!(!occurs("Nobody said anything [on record] about it.", "Nobody said [on record"));
    }

    #[test]
    fn words_match_neither_across_cells_nor_with_unreadable_characters() {
        let occurs = |document: &str, words: &str| {
            prove_words(words, &SegmentedDocument::of(document.into(), &[], Some("en"), "en")).is_some()
        };
        let rows = [Block { kind: BlockKind::Table, range: 0..19 }];
        let table = SegmentedDocument::of("Smith 1\t200 dollars".into(), &rows, Some("en"), "en");
        assert_eq!(prove_words("Smith 1 200 dollars", &table), None);
        assert!(prove_words("200 dollars", &table).is_some());
        assert!(!occurs("He is \u{202e}ytliug\u{202c} today", "ytliug"));
        assert!(!occurs("There were 1\u{fffc}200 people", "200 people"));
        assert!(!occurs("There were 1\u{fffc}200 people", "1\u{fffc}200"));
        assert!(!occurs("He is not\u{2060}able to pay", "notable to pay"));
        assert!(occurs("It took 10⁶ steps", "It took 10^6 steps"));
        assert!(occurs("Much CO₂ rose", "CO2 rose"));
        assert!(!occurs("It took 10⁶ steps", "It took 106 steps"));
        assert!(occurs("the mill—it is said—burnt", "it is said"));
    }

    #[test]
    fn every_occurrence_is_recorded() {
        let pattern = QuotePattern::parse("burnt").expect("words");
        let quote = prove(&pattern, &document()).expect("verified");
        assert_eq!(quote.place().paragraph, 1);
        assert_eq!(quote.other_occurrences().iter().map(|place| place.paragraph).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn the_lock_proves_only_the_quotes_it_contains() {
        let pattern = QuotePattern::parse("mill - it's said … third fire").expect("words");
        let quote = prove(&pattern, &document()).expect("verified");
        let locked = LockedSource { quote: vec![quote.to_lock()], ..LockedSource::default() };
        let locked = LockedQuotes::of(&locked);
        let again = locked.prove(&pattern).expect("locked");
        assert_eq!((again.text(), again.place()), (quote.text(), quote.place()));
        assert_eq!(again.proof_source(), ProofSource::Lock);
        let other = QuotePattern::parse("mill - it's said").expect("words");
        assert_eq!(locked.prove(&other), None);
    }
}
