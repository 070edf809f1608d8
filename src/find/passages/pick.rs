//! Which of the passages that may answer are shown.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Hit;
use super::index::{Entry, Index};
use super::score::{Match, Scored, Scorer};
use super::shape::count;
use crate::text::function_words::FunctionWords;
use sourcewise_quotes::Segmented;

/// A passage that has less than this share of the best score for the question, in any document, is no answer.
const SHARE: f64 = 0.32;
/// The same for a topic: its terms are all that is asked for.
const SHARE_OF_TOPIC: f64 = 0.05;
/// A further passage must be nearly as good as the first of its document.
const FURTHER: f64 = 0.9;
/// It must not say the same: of the shorter one's content words, no more than this share may be the other's too.
const ALIKE: f64 = 0.7;
/// No document answers with more.
const MOST: usize = 3;

/// The hits of one question by document.
pub(super) fn pick(
    scorer: &Scorer<'_>,
    index: &Index,
    documents: &[&Segmented],
    topic: bool,
) -> Vec<Vec<Hit>> {
    let mut list = scorer.scores();
    let best = list.iter().map(|scored| scored.score).fold(0.0, f64::max);
    let share = if topic { SHARE_OF_TOPIC } else { SHARE };
    list.retain(|scored| scored.score >= share * best);
    let document = |scored: &Scored| index.entry(scored.passage).map(|entry| entry.document);
    let mut cells: Vec<Vec<Hit>> = documents.iter().map(|_| Vec::new()).collect();
    for group in list.chunk_by_mut(|a, b| document(a) == document(b)) {
        // Stable: of two that are equally good, the earlier one.
        group.sort_by(|a, b| b.score.total_cmp(&a.score));
        let Some(number) = group.first().and_then(document) else { continue };
        if let (Some(cell), Some(segmented)) = (cells.get_mut(number), documents.get(number)) {
            *cell = hits(group, best, (scorer, index), segmented);
        }
    }
    cells
}

/// The passages of one document that earn their place, the best first.
fn hits(
    group: &[Scored],
    best: f64,
    (scorer, index): (&Scorer<'_>, &Index),
    document: &Segmented,
) -> Vec<Hit> {
    let first = group.first().map_or(0.0, |scored| scored.score);
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    // Only where there is a choice does it matter what a passage is like.
    let contested = group.get(1).is_some_and(|second| second.score >= FURTHER * first);
    let mut hits = Vec::new();
    for scored in group.iter().take_while(|scored| scored.score >= FURTHER * first) {
        let Some(entry) = index.entry(scored.passage) else { continue };
        let Some(passage) = document.passages().get(entry.passage) else { continue };
        if hits.len() == MOST {
            break;
        }
        if contested {
            let content = content(entry, document);
            if seen.iter().any(|other| alike(other, &content)) {
                continue;
            }
            seen.push(content);
        }
        let words =
            scorer.matches(scored.passage).into_iter().filter_map(|place| bytes(entry, place)).collect();
        let score = (scored.score / best * 1000.0).round() / 1000.0;
        hits.push(Hit { passage: passage.clone(), score, words });
    }
    hits
}

/// The bytes from the first word of a match to its last.
fn bytes(entry: &Entry, (from, to): Match) -> Option<Range<usize>> {
    let word = |number: u32| entry.words.get(usize::try_from(number).ok()?);
    let (first, last) = (word(from)?, word(to.checked_sub(1)?)?);
    Some(usize::try_from(first.start).ok()?..usize::try_from(last.end).ok()?)
}

/// A passage's words without function words, in lower case.
fn content(entry: &Entry, document: &Segmented) -> BTreeSet<String> {
    let small = FunctionWords::of(document.language());
    let written = entry.words.iter().filter_map(|word| {
        document.text().get(usize::try_from(word.start).ok()?..usize::try_from(word.end).ok()?)
    });
    let words = written.map(str::to_lowercase);
    words.filter(|word| !small.is_some_and(|small| small.contains(word))).collect()
}

/// By the overlap coefficient (Szymkiewicz and Simpson), so that a part of a passage is like the whole.
fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let shared = a.intersection(b).count();
    let shorter = a.len().min(b.len());
    shorter > 0 && count(shared) > ALIKE * count(shorter)
}
