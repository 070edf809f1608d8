//! Builds the data of three diagrams, which templates draw: brackets over columns of sources with a shared origin; the
//! lineage graph, which links sources to their origins; and coverage bars, which count a source's answers and the
//! questions without one.

use std::collections::BTreeSet;

use sourcewise_analysis::Voice;

use super::site_data::SiteData;
use super::view::{CoverageBar, JoinView, LineageLink, LineageView};
use crate::compare::UltimateOrigin;
use crate::ids::SourceId;
use crate::verify::Source;

/// Returns the ultimate origins that several sources share, each with the bracket over their columns.
pub(super) fn joins(data: &SiteData<'_>) -> Vec<JoinView> {
    let columns = &data.comparison.columns;
    let join = |(origin, sources): (&UltimateOrigin, &BTreeSet<SourceId>)| {
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
            name: origin_name(data, origin),
            columns: columns.iter().enumerate().map(kind).collect(),
            count: sources.len(),
        }
    };
    data.comparison.independence.shared().into_iter().map(join).collect()
}

fn origin_name(data: &SiteData<'_>, origin: &UltimateOrigin) -> String {
    match origin {
        UltimateOrigin::Origin(id) => data.verified.site.origins[id].name.clone(),
        UltimateOrigin::Source(id) => data.sources[id].short.clone(),
    }
}

/// Builds the graph from sources to their ultimate origins. A source that rests on another source of the site is linked
/// to that other source's origins. A source that rests on nothing, and on which no other rests, has no line.
pub(super) fn lineage(data: &SiteData<'_>) -> LineageView {
    let independence = &data.comparison.independence;
    let shared = independence.shared();
    let mut origins: Vec<&UltimateOrigin> = Vec::new();
    let mut links = Vec::new();
    for (from, source) in data.comparison.columns.enumerate() {
        // A source without `rests_on` is its own origin. A line to itself is useful only if other sources rest on it.
        let is_alone = |origin: &UltimateOrigin| {
            matches!(origin, UltimateOrigin::Source(id) if id == source) && !shared.contains_key(origin)
        };
        for origin in independence.origins(source).filter(|origin| !is_alone(origin)) {
            let to = origins.iter().position(|known| *known == origin).unwrap_or_else(|| {
                origins.push(origin);
                origins.len() - 1
            });
            links.push(LineageLink { from: from.index(), to, shared: shared.contains_key(origin) });
        }
    }
    LineageView {
        rows: data.comparison.columns.count().max(origins.len()),
        origins: origins.into_iter().map(|origin| origin_name(data, origin)).collect(),
        links,
    }
}

/// Builds the bars of a source, which are drawn end to end: the number of answers in each voice, then `others`. These
/// are the numbers of questions for which rules found passages, on which the source is silent, for which rules found
/// nothing, and that are unexamined. A number of 0 gets no bar.
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
