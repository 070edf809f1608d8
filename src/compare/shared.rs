//! Passages that sources share, such as the text of a news agency or a press release. Sources that answer with the same
//! text are not independent; `origins` counts them as one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Cell, ColumnId, Columns};
use crate::find::Found;
use crate::ids::{PositionId, SourceId};
use crate::verify::Source;

/// A passage that two sources share word for word.
#[derive(Clone, Debug)]
pub struct SharedPassage {
    pub columns: [ColumnId; 2],
    /// The passage's byte range in the documents of the two columns.
    pub ranges: [Range<usize>; 2],
    /// Number of words; in scripts without spaces, two characters count as a word.
    pub words: usize,
    /// Whether nearly all of the words are in quotation marks in both documents. Then both may quote the same third
    /// party.
    pub quoted: bool,
}

/// Returns all shared passages, ordered by the pair of sources (by id, not by column) and by their place in the first
/// one's document.
pub(super) fn shared_passages(columns: &Columns<&Source>, found: &Found) -> Vec<SharedPassage> {
    let by_id: BTreeMap<&SourceId, ColumnId> =
        columns.enumerate().map(|(column, source)| (&source.id, column)).collect();
    let passages = found.shared_passages().map(|([first, second], passage)| SharedPassage {
        columns: [by_id[first], by_id[second]],
        ranges: [passage.in_first.clone(), passage.in_second.clone()],
        words: passage.words,
        quoted: passage.quoted,
    });
    passages.collect()
}

/// Returns the disjoint groups of two sources or more that answer with the same text. With a position, only the quotes
/// of answers with that position are compared, else all quotes and passages in `cells`.
///
/// Quotations from a third party don't count as the same text: both sources may have heard that third party.
pub(super) fn copies(
    found: &Found,
    columns: &Columns<&Source>,
    cells: &Columns<Cell>,
    position: Option<&PositionId>,
) -> Vec<BTreeSet<SourceId>> {
    if !found.has_shared_text() {
        return Vec::new();
    }
    let cells = columns.iter().zip(cells);
    let passages = cells
        .flat_map(|(source, cell)| cell.text_ranges(source, position).map(move |range| (&source.id, range)));
    let passages: Vec<(&SourceId, Range<usize>)> = passages.collect();
    let mut groups: BTreeMap<usize, BTreeSet<SourceId>> = BTreeMap::new();
    for ((source, _), group) in passages.iter().zip(found.same_text(&passages)) {
        groups.entry(group).or_default().insert((*source).clone());
    }
    let mut copies: Vec<BTreeSet<SourceId>> = Vec::new();
    for mut joined in groups.into_values().filter(|group| group.len() > 1) {
        copies.retain(|copy| {
            let apart = copy.is_disjoint(&joined);
            if !apart {
                joined.extend(copy.iter().cloned());
            }
            apart
        });
        copies.push(joined);
    }
    copies.sort();
    copies
}
