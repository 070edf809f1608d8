//! The only place where words become a quote: they stand in the document, or in the lock, or they are refused.

use std::iter;
use std::ops::Range;

use memchr::memmem;

use crate::lock::{LockedQuote, LockedSource};
use crate::nearest::{Nearest, nearest};
use crate::normalize::{is_limit, normal, stands_alone};
use crate::pattern::{Claim, Part};
use crate::segment::Segmented;

/// Words that stand in a document. Made only by `prove` and `prove_by_lock` in this file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedQuote {
    text: String,
    place: Place,
    also: Vec<Place>,
    checked: Checked,
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
pub enum Checked {
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
    pub fn checked(&self) -> Checked {
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

/// Proves a claim on a document: its words stand there, in the normal form of both.
pub fn prove(claim: &Claim, document: &Segmented) -> Option<VerifiedQuote> {
    let found = find_whole(claim, document);
    let found = if found.is_empty() { find_parts(claim, document) } else { found };
    let mut found = found.into_iter();
    let (place, text) = found.next()?;
    Some(VerifiedQuote {
        text,
        place,
        also: found.map(|(place, _)| place).collect(),
        checked: Checked::Document,
    })
}

/// Proves a quote as it was written: `None` if there are no words in it, or they don't stand in the document.
pub fn prove_words(written: &str, document: &Segmented) -> Option<VerifiedQuote> {
    prove(&Claim::parse(written)?, document)
}

/// The passage of a document that is most like a claim that doesn't stand there.
pub fn nearest_passage(claim: &Claim, document: &Segmented) -> Option<Nearest> {
    nearest(document.folded().text(), &claim.whole)
}

/// Proves a claim on the lock: it holds the same words.
pub fn prove_by_lock(claim: &Claim, locked: &LockedSource) -> Option<VerifiedQuote> {
    let same =
        |quote: &&LockedQuote| Claim::parse(&quote.text).is_some_and(|known| known.parts == claim.parts);
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
        checked: Checked::Lock,
    })
}

/// True if the claim leaves out or adds something, and all the words it keeps stand in the document somewhere.
pub fn parts_stand(claim: &Claim, document: &Segmented) -> bool {
    let end = document.folded().text().len();
    let stands = |part: &Part| match part {
        Part::Words(words) => find_words(words, document, 0..end).is_some(),
        Part::Elision | Part::Insertion { .. } => true,
    };
    claim.parts.len() > 1 && claim.parts.iter().all(stands)
}

/// The locked quote that is most like a claim.
pub fn nearest_in_lock<'l>(claim: &Claim, locked: &'l LockedSource) -> Option<&'l LockedQuote> {
    let lines: Vec<String> = locked.quote.iter().map(|quote| normal(&quote.text)).collect();
    let text = lines.join("\n");
    let found = nearest(&text, &claim.whole)?;
    locked.quote.get(text[..found.range.start].matches('\n').count())
}

/// The claim as it is, brackets, full stops and all.
fn find_whole(claim: &Claim, document: &Segmented) -> Vec<(Place, String)> {
    let found = all_words(&claim.whole, document, 0..document.folded().text().len()).map(|range| {
        let place = place(document, &range);
        let text = document.text()[place.start..place.end].to_owned();
        (place, text)
    });
    found.collect()
}

/// The claim's runs in their order, within one paragraph or two neighbours. The first place in each paragraph counts.
fn find_parts(claim: &Claim, document: &Segmented) -> Vec<(Place, String)> {
    let mut runs = claim.runs();
    let Some(first) = runs.next() else { return Vec::new() };
    let rest: Vec<&[Part]> = runs.collect();
    let end = document.folded().text().len();
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
            found.push(assemble(claim, document, &all));
        }
        from = document.end_of_paragraph(paragraph);
    }
    found
}

/// Where a run of words and insertions stands first within a stretch of the folded text: a range for each of its words.
fn find_run(run: &[Part], document: &Segmented, within: Range<usize>) -> Option<Vec<Range<usize>>> {
    let haystack = document.folded().text();
    let first = run.iter().position(|part| matches!(part, Part::Words(_)))?;
    let mut from = within.start;
    while let Some(start) = find_part(run, first, document, from..within.end) {
        from = start.start + haystack[start.start..].chars().next().map_or(1, char::len_utf8);
        let mut ranges = vec![start];
        let follows =
            (first + 1..run.len()).filter(|index| matches!(run[*index], Part::Words(_))).all(|index| {
                let Part::Words(words) = &run[index] else { return false };
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
fn find_part(run: &[Part], index: usize, document: &Segmented, within: Range<usize>) -> Option<Range<usize>> {
    let Part::Words(words) = run.get(index)? else { return None };
    let before = index.checked_sub(1).map(|before| &run[before]);
    let Some(Part::Insertion { text: changed, touches: true }) = before else {
        return find_words(words, document, within);
    };
    let mut letters = changed.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    let haystack = document.folded().text();
    let mut from = within.start;
    loop {
        let start = from + memmem::find(&haystack.as_bytes()[from..within.end], words.as_bytes())?;
        let range = start..start + words.len();
        let before = haystack[..start].chars().next_back();
        let same = before.is_some_and(|before| before.to_lowercase().eq(letter.to_lowercase()));
        let begins = before.is_some_and(|before| is_limit(haystack, start - before.len_utf8()));
        if same && begins && is_limit(haystack, range.end) && document.folded().is_place(range.end) {
            return Some(range);
        }
        from = start + haystack[start..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Where words stand first within a stretch of the folded text.
fn find_words(words: &str, document: &Segmented, within: Range<usize>) -> Option<Range<usize>> {
    all_words(words, document, within).next()
}

/// Where words stand within a stretch of the folded text, one place behind the other, cutting no word, figure or
/// character in two.
fn all_words(words: &str, document: &Segmented, within: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let haystack = document.folded().text();
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

fn is_whole(document: &Segmented, range: &Range<usize>) -> bool {
    let folded = document.folded();
    stands_alone(folded.text(), range.clone()) && folded.is_place(range.start) && folded.is_place(range.end)
}

fn place(document: &Segmented, folded: &Range<usize>) -> Place {
    let range = document.folded().source_range(folded.clone());
    Place { paragraph: document.paragraph_at(folded.start), start: range.start, end: range.end }
}

/// The document's characters for each part of words, with the author's marks between them.
fn assemble(claim: &Claim, document: &Segmented, ranges: &[Range<usize>]) -> (Place, String) {
    let mut text = String::new();
    let mut next = ranges.iter();
    let mut touches = true;
    for part in &claim.parts {
        if !touches {
            text.push(' ');
        }
        touches = false;
        match part {
            Part::Elision => text.push('…'),
            Part::Insertion { text: added, touches: follows } => {
                text.extend(["[", added, "]"]);
                touches = *follows;
            }
            Part::Words(_) => {
                let range = next.next().cloned().unwrap_or_default();
                text.push_str(&document.text()[document.folded().source_range(range)]);
            }
        }
    }
    let whole = ranges.first().map_or(0, |range| range.start)..ranges.last().map_or(0, |range| range.end);
    (place(document, &whole), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Segmented {
        Segmented::of(
            "The old mill — it’s said — burnt down in May. It was the third fire.\n\
             Its owner “didn’t care much”, said two neighbours.\nA last line about bricks. The mill burnt."
                .into(),
            &[],
            Some("en"),
            "en",
        )
    }

    fn proved(words: &str) -> Option<String> {
        let claim = Claim::parse(words)?;
        prove(&claim, &document()).map(|quote| quote.text().to_owned())
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
            let claim = Claim::parse(words).expect("words");
            prove(&claim, &Segmented::of(document.into(), &[], Some("en"), "en")).is_some()
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
        let claim = Claim::parse("burnt").expect("words");
        let quote = prove(&claim, &document()).expect("there");
        assert_eq!(quote.place().paragraph, 1);
        assert_eq!(quote.also().iter().map(|place| place.paragraph).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn the_lock_proves_what_it_holds_and_nothing_else() {
        let claim = Claim::parse("mill - it's said … third fire").expect("words");
        let quote = prove(&claim, &document()).expect("there");
        let locked = LockedSource::new(String::new(), 0, vec![quote.to_lock()]);
        let again = prove_by_lock(&claim, &locked).expect("locked");
        assert_eq!((again.text(), again.place()), (quote.text(), quote.place()));
        assert_eq!(again.checked(), Checked::Lock);
        let other = Claim::parse("mill - it's said").expect("words");
        assert_eq!(prove_by_lock(&other, &locked), None);
    }
}
