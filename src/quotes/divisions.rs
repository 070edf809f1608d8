//! Divisions: the pages, chapters or times of a document, by which readers find a place in it.

use std::fmt::Write as _;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The pages, chapters or times of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Divisions {
    /// What the divisions are: pages, chapters or times.
    pub kind: DivisionKind,
    /// The highest number that a division has, counted or printed; 0 if none has a number.
    pub highest: usize,
    /// Where divisions begin in the text, sorted by offset. A page without text is not listed. A page can be
    /// listed twice: in the text, a note of the page comes directly after the paragraph that refers to the note,
    /// and that paragraph may end on the next page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<Division>,
}

/// What the divisions of a document are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DivisionKind {
    /// The pages of a PDF.
    Page,
    /// The chapters of a book without pages.
    Chapter,
    /// The times in seconds at which the words of subtitles are shown.
    Time,
}

/// A part of a document's text that belongs to one page, chapter or time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    /// Byte offset in the text where the part begins.
    pub start: usize,
    /// Number of the page in the file, from 1; or the number in the chapter's title; or seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// The number printed on the page, if it differs from `number`, such as `xii`; or the chapter's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Division {
    /// Whether two parts belong to the same page or chapter.
    fn is_same(&self, other: &Self) -> bool {
        self.number == other.number && self.name == other.name
    }
}

impl Divisions {
    /// Returns the division that contains an offset of the text; `None` before the first one, and for one with neither
    /// number nor name.
    pub fn at(&self, offset: usize) -> Option<&Division> {
        let index = self.list.partition_point(|division| division.start <= offset).checked_sub(1)?;
        self.list.get(index).filter(|division| division.number.is_some() || division.name.is_some())
    }

    /// Returns the division in which a byte range of the text begins, and the one in which it ends if that has a higher
    /// number.
    pub fn of(&self, range: &Range<usize>) -> Option<(&Division, Option<&Division>)> {
        let first = self.at(range.start)?;
        let last = self.at(range.end.saturating_sub(1)).filter(|last| last.number > first.number);
        Some((first, last))
    }

    /// Returns only the parts in which these byte ranges begin or end. For these ranges, [`Self::of`] still
    /// returns the same.
    #[must_use]
    pub fn only_of(&self, ranges: impl Iterator<Item = Range<usize>>) -> Self {
        let mut list: Vec<Division> = ranges
            .flat_map(|range| [range.start, range.end.saturating_sub(1)])
            .filter_map(|offset| self.list.partition_point(|part| part.start <= offset).checked_sub(1))
            .filter_map(|index| self.list.get(index).cloned())
            .collect();
        list.sort_by_key(|division| division.start);
        list.dedup();
        Self { list, ..*self }
    }

    /// Adds a part at the end, unless it belongs to the same page or chapter as the last one.
    pub fn push(&mut self, division: Division) {
        if self.list.last().is_some_and(|last| last.is_same(&division)) {
            return;
        }
        // If the last part begins at the same offset, it has no text, and is dropped.
        self.list.pop_if(|last| last.start == division.start);
        self.list.push(division);
    }

    /// Whether a document can have these divisions: they are sorted, and no number is higher than `highest`.
    pub(crate) fn is_possible(&self) -> bool {
        let is_counted = |division: &Division| division.number.is_none_or(|number| number <= self.highest);
        self.list.is_sorted_by(|one, next| one.start < next.start) && self.list.iter().all(is_counted)
    }

    /// Writes the divisions as lines of the text that is hashed for a seal (see [`crate::lock`]). The lines are
    /// unambiguous, because a length precedes each name.
    pub(crate) fn write_for_seal(&self, out: &mut String) {
        let kind = match self.kind {
            DivisionKind::Page => "page",
            DivisionKind::Chapter => "chapter",
            DivisionKind::Time => "time",
        };
        // Writing to a string can't fail.
        let _ = writeln!(out, "divisions {kind} {}", self.highest);
        for Division { start, number, name } in &self.list {
            let number = number.map_or("-".to_owned(), |number| number.to_string());
            let name = name.as_deref().map_or("-".to_owned(), |name| format!("{} {name}", name.len()));
            let _ = writeln!(out, "division {start} {number} {name}");
        }
    }
}

/// Writes seconds as a time: `00:01:23`.
pub fn clock(seconds: usize) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(start: usize, number: usize, label: Option<&str>) -> Division {
        Division { start, number: Some(number), name: label.map(str::to_owned) }
    }

    /// The text has a note of page 1 after the paragraph that ends on page 2.
    fn pages() -> Divisions {
        let mut pages = Divisions { kind: DivisionKind::Page, highest: 4, list: Vec::new() };
        for (start, number) in [(0, 1), (100, 2), (150, 1), (170, 2), (180, 2), (300, 3), (300, 4)] {
            pages.push(page(start, number, None));
        }
        pages
    }

    #[test]
    fn a_range_has_the_page_on_which_it_begins_and_a_later_one_on_which_it_ends() {
        let pages = pages();
        let numbers = |range: Range<usize>| {
            let (first, last) = pages.of(&range)?;
            Some((first.number?, last.and_then(|last| last.number)))
        };
        assert_eq!(numbers(10..20), Some((1, None)));
        assert_eq!(numbers(90..100), Some((1, None)), "its last byte is the 99th");
        assert_eq!(numbers(90..101), Some((1, Some(2))));
        assert_eq!(numbers(140..160), Some((2, None)), "a note of an earlier page is no end");
        assert_eq!(numbers(400..500), Some((4, None)), "page 3 has no text");
        let starts: Vec<usize> = pages.list.iter().map(|division| division.start).collect();
        assert_eq!(starts, [0, 100, 150, 170, 300]);
    }

    #[test]
    fn the_parts_of_some_ranges_say_the_same_of_them() {
        let pages = pages();
        let ranges = [90..101, 320..330, 120..130];
        let some = pages.only_of(ranges.iter().cloned());
        assert_eq!(some.list, [page(0, 1, None), page(100, 2, None), page(300, 4, None)]);
        assert!(ranges.iter().all(|range| some.of(range) == pages.of(range)));
        assert!(some.is_possible());
        let beyond = Divisions { highest: 3, ..some };
        assert!(!beyond.is_possible());
    }

    #[test]
    fn a_division_without_number_and_name_is_unknown() {
        let mut chapters = Divisions { kind: DivisionKind::Chapter, highest: 0, list: Vec::new() };
        chapters.push(Division { start: 0, number: None, name: Some("The ford".to_owned()) });
        chapters.push(Division { start: 50, number: None, name: None });
        assert_eq!(chapters.at(49).and_then(|chapter| chapter.name.as_deref()), Some("The ford"));
        assert_eq!(chapters.at(50), None);
    }
}
