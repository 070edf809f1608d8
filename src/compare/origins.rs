//! Counts independent sources. Sources that share an ultimate origin, or answer with the same text, count as one. An
//! ultimate origin is the end of a chain of `rests_on`, the key of a record that names what its source rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::Columns;
use crate::ids::{FastMap, OriginId, SourceId};
use crate::verify::{OriginRef, Source};

/// The end of a chain of `rests_on`: where the content of a source ultimately comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UltimateOrigin {
    /// An origin that is not a source of this site, but listed in `site.toml`.
    Origin(OriginId),
    /// A source of this site that has no `rests_on`.
    Source(SourceId),
}

/// The ultimate origins of every source, to count independent ones.
#[derive(Debug, Default)]
pub struct IndependentSources {
    /// The ultimate origins of each source. A source without `rests_on` is its own origin.
    origins: FastMap<SourceId, BTreeSet<UltimateOrigin>>,
    /// Those of the origins that the source shares with others. A source that shares none is not listed.
    ties: FastMap<SourceId, Vec<UltimateOrigin>>,
    /// The inverse of `origins`: the sources that have each ultimate origin.
    sources: BTreeMap<UltimateOrigin, BTreeSet<SourceId>>,
}

impl IndependentSources {
    pub(super) fn of(sources: &Columns<&Source>) -> Self {
        let rests_on: FastMap<&SourceId, &[OriginRef]> =
            sources.iter().map(|source| (&source.id, source.rests_on.as_slice())).collect();
        let mut of_all = Self::default();
        for Source { id, .. } in sources {
            let mut origins = BTreeSet::new();
            collect_origins(id, &rests_on, &mut BTreeSet::new(), &mut origins);
            for origin in &origins {
                of_all.sources.entry(origin.clone()).or_default().insert(id.clone());
            }
            of_all.origins.insert(id.clone(), origins);
        }
        for (id, origins) in &of_all.origins {
            let shared = origins.iter().filter(|origin| of_all.sources[*origin].len() > 1);
            let shared: Vec<UltimateOrigin> = shared.cloned().collect();
            if !shared.is_empty() {
                of_all.ties.insert(id.clone(), shared);
            }
        }
        of_all
    }

    /// Counts how many of `sources` are independent. Sources that share an ultimate origin or a group of `copies`
    /// (sources with the same text) count as one, directly or through other sources of the list.
    pub fn count(&self, sources: &[SourceId], copies: &[BTreeSet<SourceId>]) -> usize {
        if copies.is_empty() && self.ties.is_empty() {
            return sources.len();
        }
        // Union-find: the parent of every source; a root is its own parent.
        let mut parents: Vec<usize> = Vec::with_capacity(sources.len());
        let mut first: FastMap<Tie<'_>, usize> = FastMap::default();
        for id in sources {
            let origins = self.ties.get(id).into_iter().flatten();
            let own = parents.len();
            parents.push(own);
            let shared = copies.iter().enumerate().filter(|(_, copy)| copy.contains(id));
            let shared = shared.map(|(number, _)| Tie::Copy(number));
            for tie in origins.map(Tie::Origin).chain(shared) {
                let other = root(&mut parents, *first.entry(tie).or_insert(own));
                parents[other] = root(&mut parents, own);
            }
        }
        parents.iter().enumerate().filter(|(own, parent)| own == *parent).count()
    }

    /// Returns the other sources that share an ultimate origin with this one.
    pub fn joined_with(&self, source: &SourceId) -> Vec<SourceId> {
        let joined: BTreeSet<&SourceId> =
            self.origins(source).flat_map(|origin| &self.sources[origin]).collect();
        joined.into_iter().filter(|id| *id != source).cloned().collect()
    }

    pub fn origins(&self, source: &SourceId) -> impl Iterator<Item = &UltimateOrigin> {
        self.origins.get(source).into_iter().flatten()
    }

    /// Returns every ultimate origin that two or more sources share, with these sources.
    pub fn shared(&self) -> BTreeMap<&UltimateOrigin, &BTreeSet<SourceId>> {
        self.sources.iter().filter(|(_, sources)| sources.len() > 1).collect()
    }
}

/// Finds the root of a set in a union-find forest, and halves the path to it.
fn root(parents: &mut [usize], mut of: usize) -> usize {
    while parents[of] != of {
        parents[of] = parents[parents[of]];
        of = parents[of];
    }
    of
}

/// What two sources can have in common, so that they count as one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Tie<'a> {
    Origin(&'a UltimateOrigin),
    /// Both sources are in the same group of `copies`: the index of that group.
    Copy(usize),
}

/// Adds the ultimate origins of `source` to `origins`. `seen` has the sources already visited; a cycle of `rests_on`
/// ends there and adds no origin.
fn collect_origins(
    source: &SourceId,
    rests_on: &FastMap<&SourceId, &[OriginRef]>,
    seen: &mut BTreeSet<SourceId>,
    origins: &mut BTreeSet<UltimateOrigin>,
) {
    if !seen.insert(source.clone()) {
        return;
    }
    let on = rests_on.get(source).copied().unwrap_or_default();
    if on.is_empty() {
        origins.insert(UltimateOrigin::Source(source.clone()));
    }
    for on in on {
        match on {
            OriginRef::Origin(origin) => {
                origins.insert(UltimateOrigin::Origin(origin.clone()));
            }
            OriginRef::Source(other) => collect_origins(other, rests_on, seen, origins),
        }
    }
}
