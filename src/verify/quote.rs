//! The only place where words become a quote: they stand in the document, or in the lock, or they are refused.

use std::ops::Range;

use memchr::memmem;
use unicode_segmentation::UnicodeSegmentation;

use crate::load::{LockedQuote, LockedSource};
use crate::segment::Segmented;
use crate::text::nearest::{Nearest, nearest};
use crate::text::normal::{is_limit, normal, stands_alone};

/// How many words of the document an editor's `[insertion]` may stand for.
const INSERTED_FOR: usize = 5;

/// Words that stand in a document. Made only by [`prove`] and [`prove_by_lock`].
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

/// What an author claims to stand in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    whole: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Words in normal form. `glued` says at which ends an insertion touches them: `[t]he`.
    Words { text: String, glued: (bool, bool) },
    /// Something left out.
    Elision,
    /// Something put in by the editor, or in the place of a few words.
    Insertion(String),
}

impl Claim {
    /// Reads a quote as it was written. `None` if there are no words in it.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let whole = normal(written);
        let parts = parts(&whole);
        let has_words = parts
            .iter()
            .any(|part| matches!(part, Part::Words { text, .. } if text.contains(char::is_alphanumeric)));
        has_words.then_some(Self { whole, parts })
    }

    /// How many of its words are the document's.
    pub(super) fn words(&self) -> usize {
        let count = |part: &Part| match part {
            Part::Words { text, .. } => text.unicode_words().count(),
            Part::Elision | Part::Insertion(_) => 0,
        };
        self.parts.iter().map(count).sum()
    }
}

/// Takes a quote in normal form apart at `...`, `[...]` and `[word]`.
fn parts(whole: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = whole;
    let mut glued_left = false;
    while !rest.is_empty() {
        let next = [rest.find("..."), rest.find('[')].into_iter().flatten().min().unwrap_or(rest.len());
        let (words, tail) = rest.split_at(next);
        let (part, length) = marker(tail);
        let inserts = matches!(part, Some(Part::Insertion(_)));
        if !words.trim().is_empty() {
            let glued_right = inserts && !words.ends_with(' ');
            parts.push(Part::Words {
                text: words.trim().to_owned(),
                glued: (glued_left && !words.starts_with(' '), glued_right),
            });
        }
        glued_left = inserts;
        parts.extend(part);
        rest = &tail[length..];
    }
    parts
}

/// The marker that `tail` begins with, and its length in bytes.
fn marker(tail: &str) -> (Option<Part>, usize) {
    if tail.is_empty() {
        return (None, 0);
    }
    if tail.starts_with("...") {
        return (Some(Part::Elision), tail.len() - tail.trim_start_matches('.').len());
    }
    let Some(end) = tail.find(']') else {
        // A bracket that is never closed is a bracket of the document's.
        return (Some(Part::Words { text: tail.trim().to_owned(), glued: (false, false) }), tail.len());
    };
    let inner = tail[1..end].trim();
    let part = if inner == "..." { Part::Elision } else { Part::Insertion(inner.to_owned()) };
    (Some(part), end + 1)
}

/// Proves a claim on a document: its words stand there, in the normal form of both.
///
/// # Errors
/// The nearest passage, if the words don't stand there.
pub(super) fn prove(claim: &Claim, document: &Segmented) -> Result<VerifiedQuote, Option<Nearest>> {
    let found = find_whole(claim, document);
    let found = if found.is_empty() { find_parts(claim, document) } else { found };
    let mut found = found.into_iter();
    let Some((place, text)) = found.next() else {
        return Err(nearest(document.folded().text(), &claim.whole));
    };
    Ok(VerifiedQuote {
        text,
        place,
        also: found.map(|(place, _)| place).collect(),
        checked: Checked::Document,
    })
}

/// Proves a claim on the lock: it holds the same words.
pub(super) fn prove_by_lock(claim: &Claim, locked: &LockedSource) -> Option<VerifiedQuote> {
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

/// True if the claim has several parts and each of them stands in the document, in whatever order.
pub(super) fn parts_stand(claim: &Claim, document: &Segmented) -> bool {
    let haystack = document.folded().text();
    let mut words = claim.parts.iter().filter_map(|part| match part {
        Part::Words { text, glued } => Some((text, *glued)),
        Part::Elision | Part::Insertion(_) => None,
    });
    claim.parts.len() > 1 && words.all(|(text, glued)| find_words(haystack, text, glued, 0).is_some())
}

/// The locked quote that is most like a claim.
pub(super) fn nearest_in_lock<'l>(claim: &Claim, locked: &'l LockedSource) -> Option<&'l LockedQuote> {
    let lines: Vec<String> = locked.quote.iter().map(|quote| normal(&quote.text)).collect();
    let text = lines.join("\n");
    let found = nearest(&text, &claim.whole)?;
    locked.quote.get(text[..found.range.start].matches('\n').count())
}

/// The claim as it is, brackets, full stops and all.
fn find_whole(claim: &Claim, document: &Segmented) -> Vec<(Place, String)> {
    let folded = document.folded();
    memmem::find_iter(folded.text().as_bytes(), claim.whole.as_bytes())
        .map(|start| start..start + claim.whole.len())
        .filter(|range| stands_alone(folded.text(), range.clone()))
        .map(|range| {
            let place = place(document, &range);
            let text = document.text()[place.start..place.end].to_owned();
            (place, text)
        })
        .collect()
}

/// The claim's parts in their order, within one paragraph or two neighbours.
fn find_parts(claim: &Claim, document: &Segmented) -> Vec<(Place, String)> {
    let first = claim.parts.iter().position(|part| matches!(part, Part::Words { .. }));
    let Some(first) = first else { return Vec::new() };
    let Part::Words { text, glued } = &claim.parts[first] else { return Vec::new() };
    if claim.parts.len() == 1 {
        // Then the whole is the part, and was not found.
        return Vec::new();
    }
    let haystack = document.folded().text();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find_words(haystack, text, *glued, from) {
        let range = start..start + text.len();
        if let Some(rest) = find_rest(&claim.parts[first + 1..], document, &range) {
            let mut ranges = vec![range.clone()];
            ranges.extend(rest);
            found.push(assemble(claim, document, &ranges));
        }
        from = start + text.chars().next().map_or(1, char::len_utf8);
    }
    found
}

fn find_rest(parts: &[Part], document: &Segmented, first: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let haystack = document.folded().text();
    let last_paragraph = document.paragraph_at(first.start) + 1;
    let mut ranges = Vec::new();
    let mut end = first.end;
    let mut elided = false;
    for part in parts {
        match part {
            Part::Elision => elided = true,
            Part::Insertion(_) => {}
            Part::Words { text, glued } => {
                let start = find_words(haystack, text, *glued, end)?;
                let gap = &haystack[end..start];
                let fits = if elided {
                    document.paragraph_at(start) <= last_paragraph
                } else {
                    !gap.contains('\n') && gap.unicode_words().count() <= INSERTED_FOR
                };
                if !fits {
                    return None;
                }
                end = start + text.len();
                ranges.push(start..end);
                elided = false;
            }
        }
    }
    Some(ranges)
}

fn find_words(haystack: &str, words: &str, glued: (bool, bool), from: usize) -> Option<usize> {
    let whole = |start: &usize| {
        let (start, end) = (*start, *start + words.len());
        (glued.0 || is_limit(haystack, start)) && (glued.1 || is_limit(haystack, end))
    };
    memmem::find_iter(&haystack.as_bytes()[from..], words.as_bytes()).map(|at| from + at).find(whole)
}

fn place(document: &Segmented, folded: &Range<usize>) -> Place {
    let range = document.folded().source_range(folded.clone());
    Place { paragraph: document.paragraph_at(folded.start), start: range.start, end: range.end }
}

/// The document's characters for each part of words, with the author's marks between them.
fn assemble(claim: &Claim, document: &Segmented, ranges: &[Range<usize>]) -> (Place, String) {
    let mut text = String::new();
    let mut next = ranges.iter();
    let mut glued = true;
    for part in &claim.parts {
        let (piece, touches) = match part {
            Part::Elision => ("…".to_owned(), (false, false)),
            Part::Insertion(word) => (format!("[{word}]"), (true, true)),
            Part::Words { glued, .. } => {
                let range = next.next().cloned().unwrap_or_default();
                let source = document.folded().source_range(range);
                (document.text()[source].to_owned(), *glued)
            }
        };
        // An insertion touches its neighbour only if that one says so.
        let words = matches!(part, Part::Words { .. });
        let joined = if words { touches.0 } else { glued && matches!(part, Part::Insertion(_)) };
        if !text.is_empty() && !joined {
            text.push(' ');
        }
        text.push_str(&piece);
        glued = words && touches.1;
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
        )
    }

    fn proved(words: &str) -> Option<String> {
        let claim = Claim::parse(words)?;
        prove(&claim, &document()).ok().map(|quote| quote.text().to_owned())
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
    fn an_insertion_stands_beside_words_or_in_the_place_of_a_few() {
        assert_eq!(
            proved("Its owner [the miller] \"didn't care").as_deref(),
            Some("Its owner [the miller] “didn’t care")
        );
        assert_eq!(proved("[the mill] was the third fire").as_deref(), Some("[the mill] was the third fire"));
        assert_eq!(proved("[t]he old mill").as_deref(), Some("[t]he old mill"));
        assert_eq!(proved("The [x] third fire"), None);
    }

    #[test]
    fn words_that_stand_twice_are_recorded_twice() {
        let claim = Claim::parse("burnt").expect("words");
        let quote = prove(&claim, &document()).expect("there");
        assert_eq!(quote.place().paragraph, 1);
        assert_eq!(quote.also().iter().map(|place| place.paragraph).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_quote_without_words_is_no_claim() {
        for empty in ["", "  ", "…", "[...]", "[word]", "—"] {
            assert_eq!(Claim::parse(empty), None, "{empty:?}");
        }
    }

    #[test]
    fn the_lock_proves_what_it_holds_and_nothing_else() {
        let claim = Claim::parse("mill - it's said … third fire").expect("words");
        let quote = prove(&claim, &document()).expect("there");
        let locked = LockedSource { sha256: String::new(), words: 0, quote: vec![quote.to_lock()] };
        let again = prove_by_lock(&claim, &locked).expect("locked");
        assert_eq!((again.text(), again.place()), (quote.text(), quote.place()));
        assert_eq!(again.checked(), Checked::Lock);
        let other = Claim::parse("mill - it's said").expect("words");
        assert_eq!(prove_by_lock(&other, &locked), None);
    }
}
