//! Lines that belong together, and what most lines of a document are set in.

use super::rows::{Row, median, tenths};

/// What most of a document is set in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body {
    /// Size of its letters.
    pub(crate) size: f64,
    /// From the foot of a line to that of the next, by the size.
    pub(crate) pitch: f64,
}

impl Body {
    /// Of all columns of all pages.
    pub(crate) fn of<'a>(columns: impl Iterator<Item = &'a Vec<Row>> + Clone) -> Self {
        let mut letters = std::collections::BTreeMap::new();
        for row in columns.clone().flatten() {
            *letters.entry(tenths(row.size)).or_insert(0) += row.text().chars().count();
        }
        let most = letters.iter().max_by_key(|(_, count)| **count).map_or(0, |(size, _)| *size);
        let rows = columns.clone().flatten();
        let size = rows.map(|row| row.size).find(|size| tenths(*size) == most).unwrap_or(10.0);
        let steps = columns.flat_map(|rows| rows.windows(2)).filter_map(|pair| match pair {
            [one, other] if tenths(one.size) == most && tenths(other.size) == most => {
                Some(one.base - other.base)
            }
            _ => None,
        });
        let pitch = median(steps.filter(|step| (0.8 * size..3.0 * size).contains(step)).collect());
        Self { size, pitch: pitch.unwrap_or(1.2 * size) / size }
    }
}

/// Lines that stand by themselves.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// They, from top to foot.
    pub(crate) rows: Vec<Row>,
    /// They are rows of a table.
    pub(crate) table: bool,
}
