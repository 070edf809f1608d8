//! Sources that say a thing in the same text: wire copy, a press release. They are one witness of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Cell, ColumnId, Columns};
use crate::find::Found;
use crate::ids::{PositionId, SourceId};
use crate::verify::Source;

/// A run of words that two sources share.
#[derive(Clone, Debug)]
pub struct SharedRun {
    /// The columns of the two.
    pub columns: [ColumnId; 2],
    /// Its bytes in the document of each.
    pub ranges: [Range<usize>; 2],
    /// How many words run alike.
    pub words: usize,
    /// True if both quote it from somebody.
    pub quoted: bool,
}

/// All of them, by the document of the first.
pub(super) fn runs(columns: &Columns<&Source>, found: &Found) -> Vec<SharedRun> {
    let places: BTreeMap<&SourceId, ColumnId> =
        columns.enumerate().map(|(column, source)| (&source.id, column)).collect();
    let runs = found.shared_passages().map(|([first, second], run)| SharedRun {
        columns: [places[first], places[second]],
        ranges: [run.in_first.clone(), run.in_second.clone()],
        words: run.words,
        quoted: run.quoted,
    });
    runs.collect()
}

/// The sources that answer in the same text: each set is one witness. For one position, or whatever they say.
///
/// What two quote from somebody else they have from him, not from one another: that joins nobody.
pub(super) fn copies(
    found: &Found,
    columns: &Columns<&Source>,
    cells: &Columns<Cell>,
    position: Option<&PositionId>,
) -> Vec<BTreeSet<SourceId>> {
    let cells = columns.iter().zip(cells);
    let stretches =
        cells.flat_map(|(source, cell)| cell.places(source, position).map(move |range| (&source.id, range)));
    let stretches: Vec<(&SourceId, Range<usize>)> = stretches.collect();
    let mut groups: BTreeMap<usize, BTreeSet<SourceId>> = BTreeMap::new();
    for ((source, _), witness) in stretches.iter().zip(found.same_text(&stretches)) {
        groups.entry(witness).or_default().insert((*source).clone());
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
