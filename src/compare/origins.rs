//! Who rests on whom: sources that share an origin are one witness.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::SourceId;
use crate::verify::{RestsOn, Source};

/// Groups of sources that share an origin, directly or through one another.
#[derive(Debug, Default)]
pub struct Witnesses {
    group_of: BTreeMap<SourceId, usize>,
}

impl Witnesses {
    /// Joins the sources that have a root in common. A root is an origin, or a source that rests on nothing.
    pub fn of(sources: &[&Source]) -> Self {
        let rests: BTreeMap<&SourceId, &[RestsOn]> =
            sources.iter().map(|source| (&source.id, source.rests_on.as_slice())).collect();
        let mut groups: Vec<(BTreeSet<String>, Vec<&SourceId>)> = Vec::new();
        for source in sources {
            let mut roots = BTreeSet::new();
            collect_roots(&source.id, &rests, &mut BTreeSet::new(), &mut roots);
            let mut members = vec![&source.id];
            // Every group that shares a root with this source becomes part of its group.
            let mut apart = Vec::new();
            for (other_roots, other_members) in groups {
                if other_roots.is_disjoint(&roots) {
                    apart.push((other_roots, other_members));
                } else {
                    roots.extend(other_roots);
                    members.extend(other_members);
                }
            }
            apart.push((roots, members));
            groups = apart;
        }
        let number = |(group, (_, members)): (usize, (BTreeSet<String>, Vec<&SourceId>))| {
            members.into_iter().map(move |id| (id.clone(), group)).collect::<Vec<_>>()
        };
        Self { group_of: groups.into_iter().enumerate().flat_map(number).collect() }
    }

    /// How many of these sources are independent of one another.
    pub fn count(&self, sources: &[SourceId]) -> usize {
        sources.iter().filter_map(|id| self.group_of.get(id)).collect::<BTreeSet<_>>().len()
    }

    /// The other sources that share an origin with this one.
    pub fn joined_with(&self, source: &SourceId) -> Vec<SourceId> {
        let Some(group) = self.group_of.get(source) else { return Vec::new() };
        let others = self.group_of.iter().filter(|(id, other)| *other == group && *id != source);
        others.map(|(id, _)| id.clone()).collect()
    }
}

fn collect_roots(
    source: &SourceId,
    rests: &BTreeMap<&SourceId, &[RestsOn]>,
    seen: &mut BTreeSet<SourceId>,
    roots: &mut BTreeSet<String>,
) {
    if !seen.insert(source.clone()) {
        return;
    }
    let on = rests.get(source).copied().unwrap_or_default();
    if on.is_empty() {
        roots.insert(format!("source {source}"));
    }
    for on in on {
        match on {
            RestsOn::Origin(origin) => {
                roots.insert(format!("origin {origin}"));
            }
            RestsOn::Source(other) => collect_roots(other, rests, seen, roots),
        }
    }
}
