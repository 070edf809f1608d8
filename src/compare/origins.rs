//! Who rests on whom: sources that share an origin are one witness.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{FastMap, OriginId, SourceId};
use crate::verify::{RestsOn, Source};

/// Where what a source says comes from in the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// Something that is not a source of this site.
    Origin(OriginId),
    /// A source that names nothing it rests on.
    Source(SourceId),
}

/// The roots of every source: the origins it rests on, directly or through other sources; itself, if it names none.
#[derive(Debug, Default)]
pub struct Witnesses {
    roots: FastMap<SourceId, BTreeSet<Root>>,
    /// The other way about: the sources that have a root.
    resting: BTreeMap<Root, BTreeSet<SourceId>>,
}

impl Witnesses {
    /// Finds the roots of all sources.
    pub fn of(sources: &[&Source]) -> Self {
        let rests: FastMap<&SourceId, &[RestsOn]> =
            sources.iter().map(|source| (&source.id, source.rests_on.as_slice())).collect();
        let mut of_all = Self::default();
        for Source { id, .. } in sources {
            let mut roots = BTreeSet::new();
            collect_roots(id, &rests, &mut BTreeSet::new(), &mut roots);
            for root in &roots {
                of_all.resting.entry(root.clone()).or_default().insert(id.clone());
            }
            of_all.roots.insert(id.clone(), roots);
        }
        of_all
    }

    /// How many witnesses these sources are: those that share a root, among themselves, count as one, and so do those
    /// that say a thing in the same text.
    pub fn count(&self, sources: &[SourceId], copies: &[BTreeSet<SourceId>]) -> usize {
        // Of every source another of its group, or itself: the one that stands for the group.
        let mut leads: Vec<usize> = Vec::with_capacity(sources.len());
        let mut first: FastMap<Tie<'_>, usize> = FastMap::default();
        for (id, roots) in sources.iter().filter_map(|id| Some((id, self.roots.get(id)?))) {
            let own = leads.len();
            leads.push(own);
            let shared = copies.iter().enumerate().filter(|(_, copy)| copy.contains(id));
            for tie in roots.iter().map(Tie::Root).chain(shared.map(|(number, _)| Tie::Copy(number))) {
                let other = leader(&mut leads, *first.entry(tie).or_insert(own));
                leads[other] = leader(&mut leads, own);
            }
        }
        leads.iter().enumerate().filter(|(own, lead)| own == *lead).count()
    }

    /// The other sources that share a root with this one.
    pub fn joined_with(&self, source: &SourceId) -> Vec<SourceId> {
        let joined: BTreeSet<&SourceId> = self.roots(source).flat_map(|root| &self.resting[root]).collect();
        joined.into_iter().filter(|id| *id != source).cloned().collect()
    }

    /// Where what a source says comes from in the end.
    pub fn roots(&self, source: &SourceId) -> impl Iterator<Item = &Root> {
        self.roots.get(source).into_iter().flatten()
    }

    /// Every root that two sources or more share, with those sources.
    pub fn shared(&self) -> BTreeMap<&Root, &BTreeSet<SourceId>> {
        self.resting.iter().filter(|(_, sources)| sources.len() > 1).collect()
    }
}

/// The one that stands for the group of a source. The way there gets shorter for who asks next.
fn leader(leads: &mut [usize], mut of: usize) -> usize {
    while leads[of] != of {
        leads[of] = leads[leads[of]];
        of = leads[of];
    }
    of
}

/// What makes one witness of two.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Tie<'w> {
    /// They rest on the same.
    Root(&'w Root),
    /// They have the same text, by its number.
    Copy(usize),
}

fn collect_roots(
    source: &SourceId,
    rests: &FastMap<&SourceId, &[RestsOn]>,
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
