//! Measures the style of a document's body text: its font size, and the distance between its lines.

use super::lines::{TextLine, tenths};
use super::median::median;

/// The font size of most letters in a document, and the line spacing at that size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyStyle {
    /// The font size, in points.
    pub(crate) size: f64,
    /// The median distance between the baselines of two consecutive lines, relative to `size`.
    pub(crate) leading: f64,
}

/// The smallest and largest distance between two lines that is counted as line spacing, relative to the font size.
const MIN_LEADING: f64 = 0.8;
const MAX_LEADING: f64 = 3.0;

impl BodyStyle {
    /// The style of a document without enough lines to measure.
    const DEFAULT: Self = Self { size: 10.0, leading: 1.2 };

    /// Measures the style from the lines of all pages or columns, each from top to bottom.
    pub(crate) fn of<'a>(columns: impl Iterator<Item = &'a Vec<TextLine>> + Clone) -> Self {
        let mut letters = std::collections::BTreeMap::new();
        for line in columns.clone().flatten() {
            *letters.entry(tenths(line.size)).or_insert(0) += line.text().chars().count();
        }
        let most = letters.iter().max_by_key(|(_, count)| **count).map_or(0, |(size, _)| *size);
        let lines = columns.clone().flatten();
        let size =
            lines.map(|line| line.size).find(|size| tenths(*size) == most).unwrap_or(Self::DEFAULT.size);
        let steps = columns.flat_map(|lines| lines.windows(2)).filter_map(|pair| match pair {
            [one, other] if tenths(one.size) == most && tenths(other.size) == most => {
                Some(one.base - other.base)
            }
            _ => None,
        });
        let leading =
            median(steps.filter(|step| (MIN_LEADING * size..MAX_LEADING * size).contains(step)).collect());
        Self { size, leading: leading.unwrap_or(Self::DEFAULT.leading * size) / size }
    }
}
