//! Selects the hits among the scored passages.

use std::collections::BTreeSet;
use std::ops::Range;

use sourcewise_quotes::SegmentedDocument;

use super::Hit;
use super::index::{Index, IndexEntry};
use super::query::ResolvedQuery;
use super::score::{Scored, scores};
use crate::as_f64;
use crate::lexicons::Lexicon;

/// Passages with a lower score are no answers. In units of ln(1 + N), where N is the number of passages in the
/// collection: that is about the score of one rare word.
const MIN_SCORE: f64 = 0.75;
/// A further passage of a document is left out if its score is less than this share of the document's best score.
const MIN_SHARE_OF_FIRST: f64 = 0.7;
/// A passage that overlaps more with an already selected passage is left out as a repetition. The overlap is the share
/// of the shorter passage's content words that the other passage contains, too.
const MAX_OVERLAP: f64 = 0.7;
const MAX_HITS_OF_DOCUMENT: usize = 3;

/// Returns the hits of one question in each document. For a topic, `MIN_SCORE` doesn't apply.
pub(crate) fn pick(
    query: &ResolvedQuery,
    index: &Index,
    documents: &[&SegmentedDocument],
    topic: bool,
) -> Vec<Vec<Hit>> {
    let mut list = scores(query, index);
    let best = list.iter().map(|scored| scored.score).fold(f64::MIN_POSITIVE, f64::max);
    let min_score = if topic { 0.0 } else { MIN_SCORE * (1.0 + as_f64(index.collection_size())).ln() };
    list.retain(|scored| scored.score >= min_score);
    let document = |scored: &Scored| index.entry(scored.passage).map(|entry| entry.document);
    let mut cells: Vec<Vec<Hit>> = documents.iter().map(|_| Vec::new()).collect();
    for group in list.chunk_by_mut(|a, b| document(a) == document(b)) {
        // The sort is stable, so of two passages with the same score, the earlier in the document comes first.
        group.sort_by(|a, b| b.score.total_cmp(&a.score));
        let Some(number) = group.first().and_then(document) else { continue };
        if let (Some(cell), Some(segmented)) = (cells.get_mut(number), documents.get(number)) {
            *cell = hits(group, best, index, segmented);
        }
    }
    cells
}

/// Selects the hits among the scored passages of one document, which are given best first. `best` is the highest score
/// in all documents.
fn hits(group: &[Scored], best: f64, index: &Index, document: &SegmentedDocument) -> Vec<Hit> {
    let min_score = MIN_SHARE_OF_FIRST * group.first().map_or(0.0, |scored| scored.score);
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    // Fast path: a single candidate can't overlap with another.
    let contested = group.get(1).is_some_and(|second| second.score >= min_score);
    let mut hits = Vec::new();
    for scored in group.iter().take_while(|scored| scored.score >= min_score) {
        let Some(entry) = index.entry(scored.passage) else { continue };
        let Some(passage) = document.passages().get(entry.passage) else { continue };
        if hits.len() == MAX_HITS_OF_DOCUMENT {
            break;
        }
        if contested {
            let content = content_words(entry, document);
            if seen.iter().any(|other| overlaps(other, &content)) {
                continue;
            }
            seen.push(content);
        }
        let words = scored.words.iter().filter_map(|words| bytes(entry, words)).collect();
        let score = (scored.score / best * 1000.0).round() / 1000.0;
        hits.push(Hit { passage: passage.clone(), score, words });
    }
    hits
}

/// Converts a range of word indices in a passage to the range of bytes from the first word to the last.
fn bytes(entry: &IndexEntry, words: &Range<u32>) -> Option<Range<usize>> {
    let word = |number: u32| entry.words.get(usize::try_from(number).ok()?);
    let (first, last) = (word(words.start)?, word(words.end.checked_sub(1)?)?);
    Some(usize::try_from(first.start).ok()?..usize::try_from(last.end).ok()?)
}

/// Returns the words of a passage in lower case, without stop words.
fn content_words(entry: &IndexEntry, document: &SegmentedDocument) -> BTreeSet<String> {
    let lexicon = Lexicon::of(document.language());
    let written = entry.words.iter().filter_map(|word| {
        document.text().get(usize::try_from(word.start).ok()?..usize::try_from(word.end).ok()?)
    });
    written.map(str::to_lowercase).filter(|word| !lexicon.is_stop_word(word)).collect()
}

/// Whether two passages overlap too much, by the overlap coefficient (Szymkiewicz and Simpson). By this measure, a
/// passage overlaps completely with any part of itself.
fn overlaps(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let shared = a.intersection(b).count();
    let shorter = a.len().min(b.len());
    shorter > 0 && as_f64(shared) > MAX_OVERLAP * as_f64(shorter)
}
