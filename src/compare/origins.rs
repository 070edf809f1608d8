//! Who rests on whom: sources that share an origin are one witness.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{OriginId, SourceId};
use crate::verify::{RestsOn, Source};

/// Where what a source says comes from in the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// Something that is not a source of this site.
    Origin(OriginId),
    /// A source that names nothing it rests on.
    Source(SourceId),
}

/// The roots of every source: the origins it rests on, directly or through other sources; itself, if it names none.
#[derive(Debug, Default)]
pub struct Witnesses {
    roots: BTreeMap<SourceId, BTreeSet<Root>>,
}

impl Witnesses {
    /// Finds the roots of all sources.
    pub fn of(sources: &[&Source]) -> Self {
        let rests: BTreeMap<&SourceId, &[RestsOn]> =
            sources.iter().map(|source| (&source.id, source.rests_on.as_slice())).collect();
        let roots = sources.iter().map(|source| {
            let mut roots = BTreeSet::new();
            collect_roots(&source.id, &rests, &mut BTreeSet::new(), &mut roots);
            (source.id.clone(), roots)
        });
        Self { roots: roots.collect() }
    }

    /// How many witnesses these sources are: those that share a root, among themselves, count as one, and so do those
    /// that say a thing in the same text.
    pub fn count(&self, sources: &[SourceId], copies: &[BTreeSet<SourceId>]) -> usize {
        let mut groups: Vec<BTreeSet<Tie<'_>>> = Vec::new();
        for (id, roots) in sources.iter().filter_map(|id| Some((id, self.roots.get(id)?))) {
            let shared = copies.iter().enumerate().filter(|(_, copy)| copy.contains(id));
            let mut joined: BTreeSet<Tie<'_>> =
                roots.iter().map(Tie::Root).chain(shared.map(|(number, _)| Tie::Copy(number))).collect();
            groups.retain(|group| {
                let apart = group.is_disjoint(&joined);
                if !apart {
                    joined.extend(group.iter());
                }
                apart
            });
            groups.push(joined);
        }
        groups.len()
    }

    /// The other sources that share a root with this one.
    pub fn joined_with(&self, source: &SourceId) -> Vec<SourceId> {
        let Some(roots) = self.roots.get(source) else { return Vec::new() };
        let others = self.roots.iter().filter(|(id, other)| *id != source && !other.is_disjoint(roots));
        others.map(|(id, _)| id.clone()).collect()
    }

    /// Where what a source says comes from in the end.
    pub fn roots(&self, source: &SourceId) -> impl Iterator<Item = &Root> {
        self.roots.get(source).into_iter().flatten()
    }

    /// Every root that two sources or more share, with those sources.
    pub fn shared(&self) -> BTreeMap<&Root, BTreeSet<&SourceId>> {
        let mut shared: BTreeMap<&Root, BTreeSet<&SourceId>> = BTreeMap::new();
        for (source, roots) in &self.roots {
            for root in roots {
                shared.entry(root).or_default().insert(source);
            }
        }
        shared.retain(|_, sources| sources.len() > 1);
        shared
    }
}

/// What makes one witness of two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie<'w> {
    /// They rest on the same.
    Root(&'w Root),
    /// They have the same text, by its number.
    Copy(usize),
}

fn collect_roots(
    source: &SourceId,
    rests: &BTreeMap<&SourceId, &[RestsOn]>,
    seen: &mut BTreeSet<SourceId>,
    roots: &mut BTreeSet<Root>,
) {
    if !seen.insert(source.clone()) {
        return;
    }
    let on = rests.get(source).copied().unwrap_or_default();
    if on.is_empty() {
        roots.insert(Root::Source(source.clone()));
    }
    for on in on {
        match on {
            RestsOn::Origin(origin) => {
                roots.insert(Root::Origin(origin.clone()));
            }
            RestsOn::Source(other) => collect_roots(other, rests, seen, roots),
        }
    }
}
