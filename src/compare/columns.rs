//! The columns of the comparison, one for each source: their order, and a list type with one value for each column.

use std::ops::Index;
use std::sync::Arc;

use serde::Serialize;

use crate::verify::Source;

/// The column of a source: its index in [`super::Comparison::columns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ColumnId(usize);

impl ColumnId {
    pub fn index(self) -> usize {
        self.0
    }

    /// Returns the number that pages print: the first column is 1.
    pub fn number(self) -> usize {
        self.0 + 1
    }
}

/// A value for every column, in column order.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Columns<T>(Vec<T>);

/// Sorts the sources into columns: by date of publication, oldest first and undated last; then by `order`, sources
/// without it last; then by id.
pub(super) fn sort_columns(sources: &[Arc<Source>]) -> Columns<&Source> {
    let mut sorted: Vec<&Source> = sources.iter().map(AsRef::as_ref).collect();
    sorted.sort_by_key(|source| {
        let is_undated = source.about.published.is_none();
        (is_undated, source.about.published, source.about.order.unwrap_or(u32::MAX), source.id.clone())
    });
    Columns(sorted)
}

impl<T> Columns<T> {
    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn ids(&self) -> impl DoubleEndedIterator<Item = ColumnId> + ExactSizeIterator + use<T> {
        (0..self.0.len()).map(ColumnId)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub fn enumerate(&self) -> impl Iterator<Item = (ColumnId, &T)> {
        self.ids().zip(&self.0)
    }
}

impl<T> Index<ColumnId> for Columns<T> {
    type Output = T;

    fn index(&self, column: ColumnId) -> &T {
        &self.0[column.0]
    }
}

impl<T> FromIterator<T> for Columns<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a Columns<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
