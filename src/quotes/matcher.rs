//! Looks for a quote in a document, or in what the lock holds of it. This file alone makes a [`VerifiedQuote`].

use std::iter;
use std::ops::Range;

use memchr::memmem;

use crate::lock::{LockedQuote, LockedSource};
use crate::nearest::{Nearest, nearest};
use crate::normalize::{is_limit, normal, stands_alone};
use crate::pattern::{PatternPart, QuotePattern};
use crate::segment::SegmentedDocument;

/// Words that stand in a document. Only [`prove`] and [`prove_by_lock`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedQuote {
    text: String,
    place: Place,
    also: Vec<Place>,
    checked: ProofSource,
}

/// Where words stand in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Number of the paragraph, from 1.
    pub paragraph: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What a quote was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofSource {
    /// The document itself.
    Document,
    /// The lock, which was written from the document.
    Lock,
}

impl VerifiedQuote {
    /// The document's own characters. What was left out is `…`; what the editor put in stands in brackets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it stands (first).
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Where else the same words stand.
    pub fn also(&self) -> &[Place] {
        &self.also
    }

    /// What it was held against.
    pub fn checked(&self) -> ProofSource {
        self.checked
    }

    /// As it is written into the lock.
    pub fn to_lock(&self) -> LockedQuote {
        LockedQuote {
            paragraph: self.place.paragraph,
            start: self.place.start,
            end: self.place.end,
            text: self.text.clone(),
            also: self.also.iter().map(|place| [place.paragraph, place.start, place.end]).collect(),
        }
    }
}

/// Proves a quote on a document. `None` if its words don't stand there in the normal form of both.
///
/// A match cuts no word, figure or character in two. With elisions, all parts stand in their order within one paragraph or
/// two neighbours.
pub fn prove(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<VerifiedQuote> {
    let found = find_whole(pattern, document);
    let found = if found.is_empty() { find_parts(pattern, document) } else { found };
    let mut found = found.into_iter();
    let (place, text) = found.next()?;
    Some(VerifiedQuote {
        text,
        place,
        also: found.map(|(place, _)| place).collect(),
        checked: ProofSource::Document,
    })
}

/// Proves a quote as it was written: `None` if there are no words in it, or they don't stand in the document.
pub fn prove_words(written: &str, document: &SegmentedDocument) -> Option<VerifiedQuote> {
    prove(&QuotePattern::parse(written)?, document)
}

/// The passage of a document that is most like a quote that doesn't stand there; see [`nearest`](crate::nearest).
pub fn nearest_passage(pattern: &QuotePattern, document: &SegmentedDocument) -> Option<Nearest> {
    nearest(document.normalized().text(), &pattern.whole)
}

/// Proves a quote on the lock. `None` if the lock has no quote of the same words, elisions and insertions.
pub fn prove_by_lock(pattern: &QuotePattern, locked: &LockedSource) -> Option<VerifiedQuote> {
    let same = |quote: &&LockedQuote| {
        QuotePattern::parse(&quote.text).is_some_and(|known| known.parts == pattern.parts)
    };
    let quote = locked.quote.iter().find(same)?;
    let also = quote.also.iter().map(|[paragraph, start, end]| Place {
        paragraph: *paragraph,
        start: *start,
        end: *end,
    });
    Some(VerifiedQuote {
        text: quote.text.clone(),
        place: Place { paragraph: quote.paragraph, start: quote.start, end: quote.end },
        also: also.collect(),
        checked: ProofSource::Lock,
    })
}

/// Whether a quote has elisions or insertions, and each of its parts stands somewhere in the document: then it is their order,
/// or how far they are apart, for which it is refused.
pub fn parts_stand(pattern: &QuotePattern, document: &SegmentedDocument) -> bool {
    let end = document.normalized().text().len();
    let stands = |part: &PatternPart| match part {
        PatternPart::Words(words) => find_words(words, document, 0..end).is_some(),
        PatternPart::Elision | PatternPart::Insertion { .. } => true,
    };
    pattern.parts.len() > 1 && pattern.parts.iter().all(stands)
}

/// The locked quote that is most like a quote that the lock doesn't hold.
pub fn nearest_in_lock<'l>(pattern: &QuotePattern, locked: &'l LockedSource) -> Option<&'l LockedQuote> {
    let lines: Vec<String> = locked.quote.iter().map(|quote| normal(&quote.text)).collect();
    let text = lines.join("\n");
    let found = nearest(&text, &pattern.whole)?;
    locked.quote.get(text[..found.range.start].matches('\n').count())
}

/// The pattern as it is, brackets, full stops and all.
fn find_whole(pattern: &QuotePattern, document: &SegmentedDocument) -> Vec<(Place, String)> {
    let found = all_words(&pattern.whole, document, 0..document.normalized().text().len()).map(|range| {
        let place = place(document, &range);
        let text = document.text()[place.start..place.end].to_owned();
        (place, text)
    });
    found.collect()
}

/// The pattern's runs in their order, within one paragraph or two neighbours. The first place in each paragraph counts.
fn find_parts(pattern: &QuotePattern, document: &SegmentedDocument) -> Vec<(Place, String)> {
    let mut runs = pattern.segments();
    let Some(first) = runs.next() else { return Vec::new() };
    let rest: Vec<&[PatternPart]> = runs.collect();
    let end = document.normalized().text().len();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(ranges) = find_run(first, document, from..end) {
        let start = ranges.first().map_or(from, |range| range.start);
        let paragraph = document.paragraph_at(start);
        let reach = document.end_of_paragraph(paragraph + 1);
        let mut all = ranges;
        let mut at = all.last().map_or(start, |range| range.end);
        // The nearest place of each run leaves most room for the next: if that fails, no later start in this
        // paragraph does better.
        let complete = rest.iter().all(|run| {
            let Some(ranges) = find_run(run, document, at..reach) else { return false };
            at = ranges.last().map_or(at, |range| range.end);
            all.extend(ranges);
            true
        });
        if complete {
            found.push(assemble(pattern, document, &all));
        }
        from = document.end_of_paragraph(paragraph);
    }
    found
}

/// Where a run of words and insertions stands first within a stretch of the normalized text: a range for each of its words.
fn find_run(
    run: &[PatternPart],
    document: &SegmentedDocument,
    within: Range<usize>,
) -> Option<Vec<Range<usize>>> {
    let haystack = document.normalized().text();
    let first = run.iter().position(|part| matches!(part, PatternPart::Words(_)))?;
    let mut from = within.start;
    while let Some(start) = find_part(run, first, document, from..within.end) {
        from = start.start + haystack[start.start..].chars().next().map_or(1, char::len_utf8);
        let mut ranges = vec![start];
        let follows = (first + 1..run.len())
            .filter(|index| matches!(run[*index], PatternPart::Words(_)))
            .all(|index| {
                let PatternPart::Words(words) = &run[index] else { return false };
                let at = ranges.last().map_or(within.start, |range| range.end);
                let gap =
                    haystack[at..within.end].len() - haystack[at..within.end].trim_start_matches(' ').len();
                let range = at + gap..at + gap + words.len();
                let stands = haystack.get(range.clone()) == Some(words) && is_whole(document, &range);
                ranges.push(range);
                stands
            });
        if follows {
            return Some(ranges);
        }
    }
    None
}

/// Where one part of words of a run stands, whole, or behind the one letter that an insertion before it changes:
/// `[t]he` for *The*.
fn find_part(
    run: &[PatternPart],
    index: usize,
    document: &SegmentedDocument,
    within: Range<usize>,
) -> Option<Range<usize>> {
    let PatternPart::Words(words) = run.get(index)? else { return None };
    let before = index.checked_sub(1).map(|before| &run[before]);
    let Some(PatternPart::Insertion { text: changed, touches: true }) = before else {
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
        let begins = before.is_some_and(|before| is_limit(haystack, start - before.len_utf8()));
        if same && begins && is_limit(haystack, range.end) && document.normalized().is_boundary(range.end) {
            return Some(range);
        }
        from = start + haystack[start..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Where words stand first within a stretch of the normalized text.
fn find_words(words: &str, document: &SegmentedDocument, within: Range<usize>) -> Option<Range<usize>> {
    all_words(words, document, within).next()
}

/// Where words stand within a stretch of the normalized text, one place behind the other, cutting no word, figure or
/// character in two.
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
            if is_whole(document, &range) {
                from = range.end;
                return Some(range);
            }
            // What is refused may overlap with what is not: that may begin at the very next character.
            from = start + haystack[start..].chars().next().map_or(1, char::len_utf8);
        }
    })
}

fn is_whole(document: &SegmentedDocument, range: &Range<usize>) -> bool {
    let normalized = document.normalized();
    stands_alone(normalized.text(), range.clone())
        && normalized.is_boundary(range.start)
        && normalized.is_boundary(range.end)
}

fn place(document: &SegmentedDocument, normalized: &Range<usize>) -> Place {
    let range = document.normalized().source_range(normalized.clone());
    Place { paragraph: document.paragraph_at(normalized.start), start: range.start, end: range.end }
}

/// The document's characters for each part of words, with the author's marks between them.
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
            PatternPart::Elision => text.push('…'),
            PatternPart::Insertion { text: added, touches: follows } => {
                text.extend(["[", added, "]"]);
                touches = *follows;
            }
            PatternPart::Words(_) => {
                let range = next.next().cloned().unwrap_or_default();
                text.push_str(&document.text()[document.normalized().source_range(range)]);
            }
        }
    }
    let whole = ranges.first().map_or(0, |range| range.start)..ranges.last().map_or(0, |range| range.end);
    (place(document, &whole), text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_quote_holds_whatever_its_typography_and_prints_the_documents() {
        assert_eq!(proved("it's  said").as_deref(), Some("it’s said"));
        assert_eq!(proved("mill - it's said - burnt").as_deref(), Some("mill — it’s said — burnt"));
        assert_eq!(proved("\"didn't care much\"").as_deref(), Some("“didn’t care much”"));
    }

    #[test]
    fn case_words_and_word_limits_count() {
        for wrong in ["the old mill", "burned down", "old mil", "third fires", "fire. Its owner"] {
            assert_eq!(proved(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_elision_reaches_into_the_next_paragraph_and_no_further() {
        assert_eq!(proved("burnt down … third fire").as_deref(), Some("burnt down … third fire"));
        assert_eq!(
            proved("third fire [...] said two neighbours").as_deref(),
            Some("third fire … said two neighbours")
        );
        assert_eq!(proved("old mill ... about bricks"), None);
        assert_eq!(proved("third fire ... burnt down"), None);
    }

    #[test]
    fn an_insertion_adds_and_takes_nothing_away() {
        let added = proved("Its owner [the miller] \"didn't care");
        assert_eq!(added.as_deref(), Some("Its owner [the miller] “didn’t care"));
        assert_eq!(proved("[the mill] was the third fire").as_deref(), Some("[the mill] was the third fire"));
        assert_eq!(proved("[t]he old mill").as_deref(), Some("[t]he old mill"));
        assert_eq!(proved("burnt [down] in May"), None, "what it stands for must be left out, too");
        assert_eq!(proved("burnt … [the mill] … in May").as_deref(), Some("burnt … [the mill] … in May"));
        for wrong in ["[x]he old mill", "The [] old mill", "The mi[x]l", "The old [mill", "[1]hird fire"] {
            assert_eq!(proved(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn matches_may_overlap_and_runs_may_begin_again() {
        let stands = |document: &str, words: &str| {
            let pattern = QuotePattern::parse(words).expect("words");
            prove(&pattern, &SegmentedDocument::of(document.into(), &[], Some("en"), "en")).is_some()
        };
        assert!(stands("Aha ha ha, he laughed.", "ha ha"));
        assert!(stands("Alpha one. Beta two. Beta nine gamma.", "Alpha ... Beta [x] nine gamma"));
        assert!(stands("It cost 2½ million.", "2½ million"));
        assert!(!stands("It cost 2½ million.", "2 million"));
        assert!(!stands("He said… and left.", "He said."));
        assert!(stands("Say [on record] all.", "Say [on record] all"));
        assert!(!stands("Nobody said anything [on record] about it.", "Nobody said [on record"));
    }

    #[test]
    fn words_that_stand_twice_are_recorded_twice() {
        let pattern = QuotePattern::parse("burnt").expect("words");
        let quote = prove(&pattern, &document()).expect("there");
        assert_eq!(quote.place().paragraph, 1);
        assert_eq!(quote.also().iter().map(|place| place.paragraph).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn the_lock_proves_what_it_holds_and_nothing_else() {
        let pattern = QuotePattern::parse("mill - it's said … third fire").expect("words");
        let quote = prove(&pattern, &document()).expect("there");
        let locked = LockedSource::new(String::new(), 0, vec![quote.to_lock()]);
        let again = prove_by_lock(&pattern, &locked).expect("locked");
        assert_eq!((again.text(), again.place()), (quote.text(), quote.place()));
        assert_eq!(again.checked(), ProofSource::Lock);
        let other = QuotePattern::parse("mill - it's said").expect("words");
        assert_eq!(prove_by_lock(&other, &locked), None);
    }
}
