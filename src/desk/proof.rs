//! Makes a quote of a selection in a document: whole words, proved as `verify` proves them, with the voice in which the
//! document says them.

use std::ops::Range;

use sourcewise_analysis::attribution::is_supported_language;
use sourcewise_quotes::segment::join_lines;
use sourcewise_quotes::{ParagraphKind, SegmentedDocument, prove_words};
use unicode_segmentation::UnicodeSegmentation;

use super::offsets::{overlapping, to_byte, to_text_ranges};
use super::reader::place_of;
use super::replies::Proof;
use super::requests::Selection;
use super::snapshot::Snapshot;
use crate::find::count_words;
use crate::text::one_line;
use crate::verify::Source;

/// Makes a quote of a selection, and says whether it is proved. `None` if the source has no document, or the selection
/// names a block that the document doesn't have.
pub(super) fn prove_selection(snapshot: &Snapshot, source: &Source, selection: &Selection) -> Option<Proof> {
    let document = snapshot.build.compared.corpus.get(&source.id)?;
    let (from, to) = (to_byte(document, selection.from)?, to_byte(document, selection.to)?);
    let selected = from.min(to)..from.max(to);
    let words = whole_words(document, &selected);
    // A selection can end within a compound, such as “well-known”, which a quote must not cut.
    let candidates = [words.clone(), whole_compounds(document, &words)];
    let proved = candidates.into_iter().find_map(|range| {
        let quote = quote_of(document, &range);
        Some((prove_words(&quote, document)?, quote, range))
    });
    let (proved, quote, range) = match proved {
        Some((proved, quote, range)) => (Some(proved), quote, range),
        None => (None, quote_of(document, &words), words),
    };
    let limit = snapshot.build.compared.verified.site.quote_words;
    let mut proof = Proof {
        proved: proved.is_some(),
        words: count_words(&quote),
        limit,
        ranges: to_text_ranges(document, &range),
        place: None,
        voice: None,
        to: None,
        cues: Vec::new(),
        cue_words: Vec::new(),
        quote,
    };
    if proof.words > 0 {
        add_voice(&mut proof, snapshot, source, document, range.start);
    }
    if let Some(proved) = proved {
        // The same words can be in several places: the one that was selected counts.
        let place =
            proved.places().find(|place| place.range().start == range.start).unwrap_or(proved.place());
        proof.place = Some(place_of(source, place.paragraph, &place.range()));
    }
    Some(proof)
}

/// Extends a range to whole words, and leaves off spaces and punctuation at its ends, but not signs such as `%`.
/// Empty if it contains no word.
fn whole_words(document: &SegmentedDocument, range: &Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (None, range.start);
    for (_, paragraph) in overlapping(document, range) {
        let text = &document.text()[paragraph.range.clone()];
        for (at, word) in text.unicode_word_indices() {
            let word = paragraph.range.start + at..paragraph.range.start + at + word.len();
            if word.start < range.end && range.start < word.end {
                start.get_or_insert(word.start);
                end = word.end;
            }
        }
    }
    let Some(start) = start else { return range.start..range.start };
    // A sign beside the words, such as `%`, `€` or `§`, stays if it was selected, also with a space between:
    // `5 %`.
    let is_sign = |c: &char| matches!(c, '%' | '°' | '€' | '£' | '$' | '§' | '№' | '#');
    let after = document.text()[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let after =
        after.chars().next().filter(is_sign).map(|c| document.text().len() - after.len() + c.len_utf8());
    let before = document.text()[..start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let before = before.chars().next_back().filter(is_sign).map(|c| before.len() - c.len_utf8());
    let start = before.filter(|at| *at >= range.start).unwrap_or(start);
    let end = after.filter(|at| *at <= range.end).unwrap_or(end);
    start..end
}

/// Extends a range of words on both sides up to the next white space, and leaves off the punctuation there: of
/// `(well-known)`, `known` becomes `well-known`.
fn whole_compounds(document: &SegmentedDocument, words: &Range<usize>) -> Range<usize> {
    let text = document.text();
    let is_inner = |c: char| !c.is_whitespace();
    let before = &text[..words.start];
    let first = before.trim_end_matches(is_inner).len();
    let opening = &text[first..words.start];
    let start = first + (opening.len() - opening.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
    let after = &text[words.end..];
    let rest = after.trim_start_matches(is_inner);
    let last = &after[..after.len() - rest.len()];
    let end = words.end + last.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    start.min(words.start)..end.max(words.end)
}

/// Writes a range of the document as a quote: its lines joined, with ` … ` between two paragraphs, and without
/// boilerplate.
fn quote_of(document: &SegmentedDocument, range: &Range<usize>) -> String {
    let read =
        overlapping(document, range).filter(|(_, paragraph)| paragraph.kind != ParagraphKind::Boilerplate);
    let parts = read.map(|(_, paragraph)| {
        let part = range.start.max(paragraph.range.start)..range.end.min(paragraph.range.end);
        one_line(&join_lines(&document.text()[part]))
    });
    parts.collect::<Vec<_>>().join(" … ")
}

/// Adds the voice of the passage in which the selection begins, its speaker, and the words that revealed it. Adds
/// nothing if there are no rules for the document's language.
fn add_voice(
    proof: &mut Proof,
    snapshot: &Snapshot,
    source: &Source,
    document: &SegmentedDocument,
    start: usize,
) {
    if !is_supported_language(document.language()) {
        return;
    }
    let passages = document.passages();
    let index = passages.partition_point(|passage| passage.range.end <= start);
    let all = snapshot.attributions(&source.id, document);
    let Some(attribution) = all.get(index) else { return };
    let text = |range: &Range<usize>| document.text()[range.clone()].to_owned();
    proof.voice = Some(attribution.voice.as_str());
    proof.to = attribution.named_speaker(document.text()).map(str::to_owned);
    proof.cues = attribution.cues.iter().flat_map(|cue| to_text_ranges(document, cue)).collect();
    proof.cue_words = attribution.cues.iter().map(text).collect();
}
