//! Parses the pages that a record excludes, such as `2-5, 9`.

use std::collections::BTreeMap;

use crate::parts::{NamedParts, PartFault, PartFaultReason, PartKey};

/// Returns the indexes of the pages that a record excludes from a document of `count` pages, each with the last entry
/// that names it; and a fault for each entry that is malformed or names a page that doesn't exist. Such an entry
/// excludes nothing.
pub(crate) fn excluded(parts: &NamedParts, count: usize) -> (BTreeMap<usize, String>, Vec<PartFault>) {
    let mut pages = BTreeMap::new();
    // The reader leaves out no part of a PDF file that `include` could bring back, so `include` is a fault.
    let mut faults = parts.without_effect(&[PartKey::Include]);
    for (entry, written) in parts.exclude.iter().enumerate() {
        let reason = match ranges(written) {
            None => PartFaultReason::BadPages,
            Some(ranges) if ranges.iter().any(|(_, last)| *last > count) => PartFaultReason::NoPage(count),
            Some(ranges) => {
                let indexes = ranges.into_iter().flat_map(|(first, last)| first - 1..last);
                pages.extend(indexes.map(|index| (index, written.clone())));
                continue;
            }
        };
        faults.push(PartFault { key: PartKey::Exclude, entry, reason });
    }
    (pages, faults)
}

/// Parses a list of page numbers and ranges of pages, counted from 1. Returns the first and last page of each;
/// `None` if any is malformed.
fn ranges(written: &str) -> Option<Vec<(usize, usize)>> {
    let range = |part: &str| {
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (1 <= first && first <= last).then_some((first, last))
    };
    written.split(',').map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbers_and_ranges_of_the_file() {
        let exclude = ["1", "3-4, 6", "2–2"].map(str::to_owned).to_vec();
        let (pages, faults) = excluded(&NamedParts { include: Vec::new(), exclude }, 6);
        assert_eq!((pages.into_keys().collect::<Vec<_>>(), faults), (vec![0, 1, 2, 3, 5], Vec::new()));
        let exclude = ["7", "0", "4-3", "", "iv", "1,"].map(str::to_owned).to_vec();
        let (pages, faults) = excluded(&NamedParts { include: vec!["1".to_owned()], exclude }, 6);
        let reasons: Vec<_> = faults.iter().map(|fault| fault.reason).collect();
        let bad = PartFaultReason::BadPages;
        assert_eq!(reasons, [PartFaultReason::Format, PartFaultReason::NoPage(6), bad, bad, bad, bad, bad]);
        assert!(pages.is_empty());
    }
}
