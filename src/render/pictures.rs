//! What there is to draw: joined columns, who rests on whom, how much each source says in which voice.

use std::collections::BTreeSet;

use sourcewise_analysis::Voice;

use super::site_data::SiteData;
use super::view::{CoverageBar, JoinView, LineageLink, LineageView};
use crate::compare::UltimateOrigin;
use crate::ids::SourceId;
use crate::verify::Source;

/// The origins that several sources share, each with its bracket over the columns.
pub(super) fn joins(data: &SiteData<'_>) -> Vec<JoinView> {
    let columns = &data.comparison.columns;
    let join = |(root, sources): (&UltimateOrigin, &BTreeSet<SourceId>)| {
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
            name: root_name(data, root),
            columns: columns.iter().enumerate().map(kind).collect(),
            count: sources.len(),
        }
    };
    data.comparison.independence.shared().into_iter().map(join).collect()
}

fn root_name(data: &SiteData<'_>, root: &UltimateOrigin) -> String {
    match root {
        UltimateOrigin::Origin(id) => data.verified.site.origins[id].name.clone(),
        UltimateOrigin::Source(id) => data.sources[id].short.clone(),
    }
}

/// Who rests on whom in the end, be it through other sources.
pub(super) fn lineage(data: &SiteData<'_>) -> LineageView {
    let witnesses = &data.comparison.independence;
    let shared = witnesses.shared();
    let mut origins: Vec<&UltimateOrigin> = Vec::new();
    let mut links = Vec::new();
    for (from, source) in data.comparison.columns.enumerate() {
        // A source that names nothing is its own origin: worth a line only if another rests on it.
        let is_alone = |root: &UltimateOrigin| {
            matches!(root, UltimateOrigin::Source(id) if id == source) && !shared.contains_key(root)
        };
        for root in witnesses.origins(source).filter(|root| !is_alone(root)) {
            let to = origins.iter().position(|known| *known == root).unwrap_or_else(|| {
                origins.push(root);
                origins.len() - 1
            });
            links.push(LineageLink { from: from.index(), to, shared: shared.contains_key(root) });
        }
    }
    LineageView {
        rows: data.comparison.columns.count().max(origins.len()),
        origins: origins.into_iter().map(|root| root_name(data, root)).collect(),
        links,
    }
}

/// What a source says in each voice and what it does not say, end to end.
///
/// `others` are what a rule found, what the source is silent on, what a rule found nothing for, what nobody looked for.
pub(super) fn coverage(source: &Source, others: [usize; 4]) -> Vec<CoverageBar> {
    let voices = Voice::ALL.map(|voice| {
        let count = source.answers.iter().filter(|answer| answer.voice == voice).count();
        (voice.as_str(), count)
    });
    let kinds = ["found", "silent", "nothing", "unexamined"];
    let mut start = 0;
    let mut bars = Vec::new();
    for (kind, count) in voices.into_iter().chain(kinds.into_iter().zip(others)) {
        if count > 0 {
            bars.push(CoverageBar { kind, start, count });
            start += count;
        }
    }
    bars
}
