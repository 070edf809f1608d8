//! What there is to draw: joined columns, who rests on whom, how much each source says in which voice.

use super::view::{CoverageBar, JoinView, LineageLink, LineageView, OriginView};
use super::views::Views;
use crate::compare::Root;
use crate::ids::SourceId;
use crate::load::Voice;
use crate::verify::Source;

impl Views<'_> {
    /// The origins that several sources share, each with its bracket over the columns.
    pub(super) fn joins(&self) -> Vec<JoinView> {
        let columns = &self.comparison.columns;
        let join = |(root, sources): (&Root, std::collections::BTreeSet<&SourceId>)| {
            let is_in = |id: &SourceId| sources.contains(id);
            let first = columns.iter().position(is_in).unwrap_or_default();
            let last = columns.iter().rposition(is_in).unwrap_or_default();
            let kind = |(at, id): (usize, &SourceId)| match at {
                at if at == first => "first",
                at if at == last => "last",
                _ if is_in(id) => "middle",
                at if (first..last).contains(&at) => "between",
                _ => "out",
            };
            JoinView {
                name: self.root_name(root),
                columns: columns.iter().enumerate().map(kind).collect(),
                count: sources.len(),
            }
        };
        self.comparison.witnesses.shared().into_iter().map(join).collect()
    }

    fn root_name(&self, root: &Root) -> String {
        match root {
            Root::Origin(id) => self.verified.site.origins[id].name.clone(),
            Root::Source(id) => self.sources[id].short.clone(),
        }
    }

    /// Who rests on whom, directly. `rests_on` is by column.
    pub(super) fn lineage(rests_on: &[&[OriginView]]) -> LineageView {
        let mut view = LineageView::default();
        for (from, origins) in rests_on.iter().enumerate() {
            for origin in *origins {
                let known = view.origins.iter().position(|name| *name == origin.name);
                let to = known.unwrap_or_else(|| {
                    view.origins.push(origin.name.clone());
                    view.origins.len() - 1
                });
                view.links.push(LineageLink { from, to, shared: false });
            }
        }
        let ends: Vec<usize> = view.links.iter().map(|link| link.to).collect();
        for link in &mut view.links {
            link.shared = ends.iter().filter(|to| **to == link.to).count() > 1;
        }
        view.rows = rests_on.len().max(view.origins.len());
        view
    }
}

/// What a source says in each voice and what it does not say, end to end.
pub(super) fn coverage(source: &Source, silent: usize, unexamined: usize) -> Vec<CoverageBar> {
    let voices = Voice::ALL.map(|voice| {
        let count = source.answers.iter().filter(|answer| answer.voice == voice).count();
        (voice.as_str(), count)
    });
    let mut start = 0;
    let mut bars = Vec::new();
    for (kind, count) in voices.into_iter().chain([("silent", silent), ("unexamined", unexamined)]) {
        if count > 0 {
            bars.push(CoverageBar { kind, start, count });
            start += count;
        }
    }
    bars
}
