//! The style of the body text: what most lines of a document are set in.

use super::lines::{TextLine, median, tenths};

/// The most frequent style of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyStyle {
    /// The font size, in points.
    pub(crate) size: f64,
    /// The distance between two baselines, relative to `size`.
    pub(crate) leading: f64,
}

impl BodyStyle {
    /// Measures the columns of all pages.
    pub(crate) fn of<'a>(columns: impl Iterator<Item = &'a Vec<TextLine>> + Clone) -> Self {
        let mut letters = std::collections::BTreeMap::new();
        for line in columns.clone().flatten() {
            *letters.entry(tenths(line.size)).or_insert(0) += line.text().chars().count();
        }
        let most = letters.iter().max_by_key(|(_, count)| **count).map_or(0, |(size, _)| *size);
        let lines = columns.clone().flatten();
        let size = lines.map(|line| line.size).find(|size| tenths(*size) == most).unwrap_or(10.0);
        let steps = columns.flat_map(|lines| lines.windows(2)).filter_map(|pair| match pair {
            [one, other] if tenths(one.size) == most && tenths(other.size) == most => {
                Some(one.base - other.base)
            }
            _ => None,
        });
        let leading = median(steps.filter(|step| (0.8 * size..3.0 * size).contains(step)).collect());
        Self { size, leading: leading.unwrap_or(1.2 * size) / size }
    }
}
