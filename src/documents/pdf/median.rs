//! The median of measures of a page or a font. It has a file of its own because the readers of fonts and those of lines
//! use it, and neither may depend on the other.

/// Returns the median, or the lower of the two middle numbers; `None` if the list is empty.
pub(crate) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len().saturating_sub(1) / 2).copied()
}
