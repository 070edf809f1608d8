//! The columns of the comparison, one for each source, and tables with a value per column.

use std::ops::Index;

use serde::Serialize;

/// The column of a source: its index in [`super::Comparison::columns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ColumnId(usize);

impl ColumnId {
    /// 0-based.
    pub fn index(self) -> usize {
        self.0
    }

    /// 1-based, for readers.
    pub fn number(self) -> usize {
        self.0 + 1
    }
}

/// A value for every column, in column order.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Columns<T>(Vec<T>);

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
