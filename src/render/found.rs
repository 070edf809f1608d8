//! Builds views of passages that a rule found as answers (see `find.rs`), and of text that two sources share (see
//! `compare/shared.rs`).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use sourcewise_analysis::attribution::is_pronoun;

use super::places;
use super::site_data::SiteData;
use super::view::{FoundPassageView, FoundPiece, FoundView, SharedRunView, SharedView, SourceRef};
use crate::compare::{ColumnId, Row};
use crate::find::FoundPassage;
use crate::ids::SourceId;
use crate::verify::{ShownPassage, Source};

/// Shared text with more words is cut, unless the document is published in full.
const MAX_SHARED_WORDS: usize = 40;
/// The same limit in characters, for languages without spaces between words. It applies to all languages.
const MAX_SHARED_CHARS: usize = 400;
/// Shared text has a part in each passage that it touches. Parts with fewer words are left out if there are longer
/// ones: most short parts are fragments, because shared text may begin or end in the middle of a sentence.
const MIN_PART_WORDS: usize = 4;

/// Builds the view of the passages that a rule found in a source for the row's question; `None` if there are none.
pub(super) fn found_view(data: &SiteData<'_>, row: &Row, column: ColumnId) -> Option<FoundView> {
    let found = row.cells[column].found();
    (!found.is_empty()).then(|| FoundView {
        source: data.summary(column).clone(),
        question: data.questions[&row.question].clone(),
        passages: found.iter().map(|passage| found_passage(data, column, passage)).collect(),
        same_as: same_as(data, row, &data.column(column).id),
    })
}

/// Returns the other sources that answer the row's question with the same text as `source`.
pub(super) fn same_as(data: &SiteData<'_>, row: &Row, source: &SourceId) -> Vec<Arc<SourceRef>> {
    let copies = row.copies.iter().filter(|copy| copy.contains(source)).flatten();
    copies.filter(|id| *id != source).map(|id| data.sources[id].clone()).collect()
}

fn found_passage(data: &SiteData<'_>, column: ColumnId, found: &FoundPassage) -> FoundPassageView {
    let source = data.column(column);
    let shown @ ShownPassage { passage, text } = found.number.of(&source.passages);
    let start = passage.range.start;
    let words: BTreeSet<&str> = found.words.iter().filter_map(|place| shown.part(place)).collect();
    // `part` returns `None` if the speaker's name is not in this passage but in the one before.
    let to = found.attribution.speaker.as_ref().and_then(|place| shown.part(place));
    let to = to.filter(|to| !is_pronoun(to)).map(str::to_owned);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score is from 0 to 1")]
    let percent = (found.score * 100.0).round() as u32;
    FoundPassageView {
        id: data.passage_anchor(column, found.number).to_owned(),
        is_first: false,
        pieces: pieces(text, start, &found.words, &found.attribution.cues),
        is_quotation: text.starts_with(['“', '"', '„', '«', '‘', '「']),
        place: places::place_view(source, passage.paragraph, &passage.range, data.locale),
        start,
        end: passage.range.end,
        score: found.score,
        percent,
        words: words.into_iter().map(str::to_owned).collect(),
        voice: found.attribution.voice,
        voice_text: data.locale.voice(found.attribution.voice),
        to,
        original: places::original(source, text, &passage.range),
    }
}

/// Builds the views of text that a source shares with others, in the order of the others' columns.
pub(super) fn shared_views(data: &SiteData<'_>, own: ColumnId) -> Vec<SharedView> {
    let source = data.column(own);
    let mut shared_views: Vec<SharedView> = Vec::new();
    for run in data.comparison.shared.iter().filter(|run| run.columns.contains(&own)) {
        let (here, there) = if run.columns[0] == own { (0, 1) } else { (1, 0) };
        let other = data.column(run.columns[there]);
        let Some(text) = text_in(source, &run.ranges[here]) else { continue };
        let text = if source.full_text.is_empty() { shortened(&text) } else { text };
        let view = SharedRunView {
            text,
            paragraph: paragraph_at(source, run.ranges[here].start),
            paragraph_there: paragraph_at(other, run.ranges[there].start),
            words: run.words,
            quoted: run.quoted,
        };
        match shared_views.iter_mut().find(|shared| shared.with.id == other.id) {
            Some(shared) => {
                shared.words += run.words;
                shared.runs.push(view);
            }
            None => shared_views.push(SharedView {
                with: data.summary(run.columns[there]).clone(),
                words: run.words,
                runs: vec![view],
            }),
        }
    }
    shared_views.sort_by_key(|shared| shared.with.number);
    shared_views
}

/// Splits a passage's text wherever one of the ranges begins or ends. The ranges, and the passage's `start`, are byte
/// offsets in the document.
fn pieces(text: &str, start: usize, matched: &[Range<usize>], cues: &[Range<usize>]) -> Vec<FoundPiece> {
    let all = matched.iter().chain(cues).flat_map(|range| [range.start, range.end]);
    let inside = all.filter_map(|at| at.checked_sub(start)).filter(|at| text.is_char_boundary(*at));
    let ends: BTreeSet<usize> = inside.chain([0, text.len()]).collect();
    let ends: Vec<usize> = ends.into_iter().collect();
    let is_in = |ranges: &[Range<usize>], at: usize| ranges.iter().any(|range| range.contains(&(start + at)));
    let piece = |pair: &[usize]| FoundPiece {
        text: text[pair[0]..pair[1]].to_owned(),
        cue: is_in(cues, pair[0]),
        matched: is_in(matched, pair[0]),
    };
    ends.windows(2).map(piece).collect()
}

/// Returns the text in a byte range of the source's document, without passages that may not be published, and without
/// parts of less than [`MIN_PART_WORDS`] words if there are longer parts; `None` if nothing is left.
fn text_in(source: &Source, range: &Range<usize>) -> Option<String> {
    let touched = source.passages.iter().filter(|shown| {
        let passage = &shown.passage.range;
        passage.start < range.end && range.start < passage.end
    });
    let parts: Vec<&str> = touched
        .filter_map(|shown| {
            let passage = &shown.passage.range;
            let from = range.start.max(passage.start) - passage.start;
            shown.text.get(from..range.end.min(passage.end) - passage.start)
        })
        .collect();
    let is_long = |part: &&str| part.split_whitespace().count() >= MIN_PART_WORDS;
    let long: Vec<&str> = parts.iter().copied().filter(is_long).collect();
    let parts = if long.is_empty() { parts } else { long };
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Cuts shared text to [`MAX_SHARED_WORDS`] words, with `…` after them, and then to [`MAX_SHARED_CHARS`] characters.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..MAX_SHARED_WORDS) {
        Some(first) if words.len() > MAX_SHARED_WORDS => format!("{}\u{a0}…", first.join(" ")),
        _ => text.to_owned(),
    }
    .chars()
    .take(MAX_SHARED_CHARS)
    .collect()
}

/// Returns the number (from 1) of the paragraph of the first publishable passage that ends after a byte of the
/// document; 1 if there is none.
fn paragraph_at(source: &Source, byte: usize) -> usize {
    source.passage_at_or_after(byte).map_or(1, |shown| shown.passage.paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_split_at_matches_and_cues() {
        let text = "Lightning, he said, struck.";
        let (matched, cue) = (100..109, 114..118);
        let cut = pieces(text, 100, std::slice::from_ref(&matched), std::slice::from_ref(&cue));
        let shown: Vec<_> = cut.iter().map(|piece| (piece.text.as_str(), piece.cue, piece.matched)).collect();
        assert_eq!(
            shown,
            [
                ("Lightning", false, true),
                (", he ", false, false),
                ("said", true, false),
                (", struck.", false, false)
            ]
        );
    }
}
