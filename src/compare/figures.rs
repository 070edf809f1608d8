//! Numbers, sums, shares and days that sources give for the same thing, and that differ.
//!
//! How figures are read and which two can be compared is `find::figures`' business.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Cell;
use crate::find::figures;
use crate::verify::Source;

/// Two figures for the same thing that are not the same.
#[derive(Clone, Debug)]
pub struct FigureDifference {
    /// The one whose column comes first.
    pub first: StatedFigure,
    /// The other.
    pub second: StatedFigure,
}

/// A figure where it stands.
#[derive(Clone, Debug)]
pub struct StatedFigure {
    /// The column of its source, from 0.
    pub column: usize,
    /// What it stands in.
    pub within: Within,
    /// Its bytes in the text of that.
    pub range: Range<usize>,
}

/// What a figure stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A quote of an answer, by the numbers of both, from 0.
    Quote(usize, usize),
    /// A passage, by its number.
    Passage(usize),
}

impl StatedFigure {
    /// The words in which it stands.
    pub fn text<'s>(&self, source: &'s Source) -> &'s str {
        match self.within {
            Within::Quote(answer, quote) => source.answers[answer].quotes[quote].text(),
            Within::Passage(number) => &source.passages[number].text,
        }
    }
}

/// All that differ in one row.
pub(super) fn differ(columns: &[&Source], cells: &[Cell]) -> Vec<FigureDifference> {
    let mut stated: Vec<(usize, Within)> = Vec::new();
    for (column, (source, cell)) in columns.iter().zip(cells).enumerate() {
        for answer in cell.answers() {
            let quotes = 0..source.answers[*answer].quotes.len();
            stated.extend(quotes.map(|quote| (column, Within::Quote(*answer, quote))));
        }
        stated.extend(cell.found().iter().map(|passage| (column, Within::Passage(passage.number))));
    }
    let texts: Vec<(usize, &str, &str)> = stated
        .iter()
        .map(|(column, within)| {
            let source = columns[*column];
            let figure = StatedFigure { column: *column, within: *within, range: 0..0 };
            (*column, figure.text(source), source.language.as_str())
        })
        .collect();
    let place = |(at, figure): (usize, figures::Figure)| StatedFigure {
        column: stated[at].0,
        within: stated[at].1,
        range: figure.range,
    };
    let mut told: BTreeSet<[&str; 2]> = BTreeSet::new();
    let differences = figures::differ(&texts).into_iter().filter(|difference| {
        let ends = [&difference.first, &difference.second];
        // Of two answers an editor has read both, and their positions tell.
        let read = ends.iter().all(|(at, _)| matches!(stated[*at].1, Within::Quote(..)));
        let mut written = ends.map(|(at, figure)| &texts[*at].1[figure.range.clone()]);
        written.sort_unstable();
        // The same two figures once more say nothing new.
        !read && told.insert(written)
    });
    differences
        .map(|difference| FigureDifference {
            first: place(difference.first),
            second: place(difference.second),
        })
        .collect()
}
