//! Page labels: the numbers printed on the pages, such as `xii` or `A-3`, as far as the file states them (ISO 32000-1,
//! 12.4.2). Without them, pages are counted from 1.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as TextString};
use sourcewise_quotes::{Division, DivisionKind, Divisions};

use super::meta;
use super::sandbox::CancelToken;
use crate::ReadError;
use crate::numerals::roman;

/// Maximum depth of the tree of labels.
const MAX_TREE_DEPTH: usize = 16;
/// Maximum number of ranges of pages with their own labels and of nodes of the tree, together. Further ones are not
/// read.
const MAX_RANGES: usize = 20_000;
/// Longer prefixes are left out.
const MAX_PREFIX_BYTES: usize = 40;
/// Higher numbers are written in digits, because so many letters would be too long.
const MAX_LETTERS: usize = 4 * 26;

/// How the pages of a range are labelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LabelRange {
    prefix: String,
    /// The style of the number: `D`, `R`, `r`, `A` or `a`; `None` if labels have no number.
    style: Option<u8>,
    /// The number printed on the range's first page (`/St`), not its index in the file.
    first: usize,
}

/// The labels of all pages.
#[derive(Debug, Default)]
pub(crate) struct PageLabels {
    page_count: usize,
    /// The ranges by the index of their first page.
    ranges: BTreeMap<usize, LabelRange>,
}

impl PageLabels {
    /// Reads the labels.
    ///
    /// # Errors
    ///
    /// If the time is up.
    pub(crate) fn read(pdf: &Pdf, page_count: usize, cancel: &CancelToken) -> Result<Self, ReadError> {
        let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap_or_default();
        let mut labels = Self { page_count, ranges: BTreeMap::new() };
        if let Some(tree) = catalog.get::<Dict>(b"PageLabels") {
            let mut budget = MAX_RANGES;
            labels.read_node(&tree, MAX_TREE_DEPTH, &mut budget, cancel)?;
        }
        Ok(labels)
    }

    /// Reads a node of the number tree (7.9.7). `budget` is the number of ranges and nodes that may still be read.
    fn read_node(
        &mut self,
        node: &Dict,
        depth: usize,
        budget: &mut usize,
        cancel: &CancelToken,
    ) -> Result<(), ReadError> {
        cancel.check()?;
        let (Some(depth), Some(rest)) = (depth.checked_sub(1), budget.checked_sub(1)) else { return Ok(()) };
        *budget = rest;
        let numbers = node.get::<Array>(b"Nums").unwrap_or_default();
        let mut values = numbers.iter::<Object>();
        while let (Some(rest), Some(index), Some(range)) =
            (budget.checked_sub(1), values.next(), values.next())
        {
            *budget = rest;
            let (Object::Number(index), Object::Dict(range)) = (index, range) else { continue };
            if let Ok(index) = usize::try_from(index.as_i64()) {
                self.ranges.insert(index, LabelRange::of(&range));
            }
        }
        for kid in node.get::<Array>(b"Kids").iter().flat_map(Array::iter::<Dict>) {
            self.read_node(&kid, depth, budget, cancel)?;
        }
        Ok(())
    }

    /// Returns the label of a page, by its index. `None` if the page has no label, or if the label is its number in the
    /// file.
    fn label(&self, page: usize) -> Option<String> {
        let (start, range) = self.ranges.range(..=page).next_back()?;
        let number = range.first.saturating_add(page - start);
        let numeral = match range.style {
            Some(b'D') => number.to_string(),
            Some(b'R') => roman(number).map_or(number.to_string(), |numeral| numeral.to_uppercase()),
            Some(b'r') => roman(number).unwrap_or(number.to_string()),
            Some(b'A') => letters(number).to_uppercase(),
            Some(b'a') => letters(number),
            _ => String::new(),
        };
        let label = format!("{}{numeral}", range.prefix).trim().to_owned();
        (!label.is_empty() && label != (page + 1).to_string()).then_some(label)
    }

    /// Returns the division for text that begins at the byte offset `start` and is on the page with the index `page`.
    pub(crate) fn division(&self, start: usize, page: usize) -> Division {
        Division { start, number: Some(page + 1), name: self.label(page) }
    }

    /// Returns the divisions of a document with an empty list, to which the caller adds each [`Self::division`].
    pub(crate) fn divisions(&self) -> Divisions {
        let printed = (0..self.page_count).filter_map(|page| self.label(page)?.parse().ok());
        let highest = printed.max().unwrap_or(0).max(self.page_count);
        Divisions { kind: DivisionKind::Page, highest, list: Vec::new() }
    }
}

impl LabelRange {
    fn of(range: &Dict) -> Self {
        let prefix = range.get::<TextString>(b"P").map(|prefix| meta::text(&prefix)).unwrap_or_default();
        let is_shown =
            |prefix: &String| prefix.len() <= MAX_PREFIX_BYTES && !prefix.contains(char::is_control);
        Self {
            prefix: Some(prefix).filter(is_shown).unwrap_or_default(),
            style: range.get::<Name>(b"S").and_then(|style| style.first().copied()),
            first: range.get::<i64>(b"St").and_then(|first| usize::try_from(first).ok()).unwrap_or(1),
        }
    }
}

/// Writes a number in letters: `a` to `z`, then `aa`, `bb` to `zz`, then `aaa`. Writes 0 and numbers above
/// [`MAX_LETTERS`] in digits.
fn letters(number: usize) -> String {
    let Some(index) = number.checked_sub(1).filter(|index| *index < MAX_LETTERS) else {
        return number.to_string();
    };
    let letter = (b'a'..=b'z').cycle().nth(index).map(char::from);
    letter.into_iter().collect::<String>().repeat(index / 26 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_repeated_after_z() {
        assert_eq!([1, 26, 27, 53, 0, 1000].map(letters), ["a", "z", "aa", "aaa", "0", "1000"]);
    }
}
