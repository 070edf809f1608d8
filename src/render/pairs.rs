//! Builds views of two sources side by side. `compare/pairs.rs` compares the sources.

use super::answers::answer_view;
use super::exports::PageKind;
use super::found::found_view;
use super::site_data::SiteData;
use super::view::{AnswerView, PairRef, PairRow, PairSection, PairView};
use crate::compare::{ColumnId, Columns, PairAgreement, pair_agreements};
use crate::ids::QuestionId;
use crate::verify::{Source, pair_path};

/// Two sources that are compared side by side, in the order of their columns.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    first: (ColumnId, &'a Source),
    second: (ColumnId, &'a Source),
}

impl<'a> Pair<'a> {
    pub(super) fn page_kind(self) -> PageKind<'a> {
        PageKind::Pair(self.first.1, self.second.1)
    }
}

/// Returns all pairs that have a side-by-side page; none if `Verified::has_pairs` is false: there are too many sources,
/// only one, or no answers.
pub(super) fn pairs<'a>(data: &SiteData<'a>) -> Vec<Pair<'a>> {
    if !data.verified.has_pairs() {
        return Vec::new();
    }
    let columns: Vec<_> = data.columns.enumerate().map(|(id, column)| (id, column.source)).collect();
    let pairs = columns.iter().enumerate().flat_map(|(at, first)| {
        columns[at + 1..].iter().map(|second| Pair { first: *first, second: *second })
    });
    pairs.collect()
}

/// Builds the summary of a pair, for links to its page.
pub(super) fn pair_ref(data: &SiteData<'_>, pair: Pair<'_>) -> PairRef {
    let (first, second) = (&pair.first.1.id, &pair.second.1.id);
    let agreements = agreements_of(data, pair);
    let count =
        |wanted: &[PairAgreement]| agreements.iter().filter(|(_, found)| wanted.contains(found)).count();
    PairRef {
        first: data.summary(pair.first.0).clone(),
        second: data.summary(pair.second.0).clone(),
        path: pair_path(first, second),
        agree: count(&[PairAgreement::Agree]),
        partly: count(&[PairAgreement::Partly]),
        differ: count(&[PairAgreement::Conflict, PairAgreement::Differ]),
    }
}

pub(super) fn pair_view(data: &SiteData<'_>, pair: Pair<'_>) -> PairView {
    let (first, second) = (pair.first.1, pair.second.1);
    let agreements = agreements_of(data, pair);
    let of = |wanted: PairAgreement| {
        agreements.iter().filter(move |(_, found)| *found == wanted).map(|(question, _)| question)
    };
    let row = |question: &QuestionId| PairRow {
        question: data.questions[question].clone(),
        first: answers_in(data, pair.first.0, question),
        second: answers_in(data, pair.second.0, question),
        first_found: data.row(question).and_then(|row| found_view(data, row, pair.first.0)),
        second_found: data.row(question).and_then(|row| found_view(data, row, pair.second.0)),
    };
    let sections = PairAgreement::ALL.into_iter().filter_map(|agreement| {
        let rows: Vec<PairRow> = of(agreement).map(row).collect();
        let section = PairSection { standing: section_name(agreement)?, rows };
        (!section.rows.is_empty()).then_some(section)
    });
    PairView {
        first: data.summary(pair.first.0).clone(),
        second: data.summary(pair.second.0).clone(),
        joined: data.comparison.independence.joined_with(&first.id).contains(&second.id),
        sections: sections.collect(),
        neither: of(PairAgreement::Neither).map(|question| data.questions[question].clone()).collect(),
    }
}

fn agreements_of(data: &SiteData<'_>, pair: Pair<'_>) -> Vec<(QuestionId, PairAgreement)> {
    let columns: Columns<&Source> = data.columns().collect();
    pair_agreements(data.comparison, &columns, pair.first.0, pair.second.0)
}

fn answers_in(data: &SiteData<'_>, column: ColumnId, question: &QuestionId) -> Vec<AnswerView> {
    let answers = data.row(question).into_iter().flat_map(|row| row.cells[column].answers());
    answers.filter_map(|answer| answer_view(data, *answer)).collect()
}

/// Returns the name of a section in templates; `None` for questions that neither source answers, since a page lists
/// only the titles of these.
fn section_name(agreement: PairAgreement) -> Option<&'static str> {
    match agreement {
        PairAgreement::Conflict => Some("conflict"),
        PairAgreement::Differ => Some("differ"),
        PairAgreement::Partly => Some("partly"),
        PairAgreement::Agree => Some("agree"),
        PairAgreement::OnlyFirst => Some("first"),
        PairAgreement::OnlySecond => Some("second"),
        PairAgreement::Unsorted => Some("unsorted"),
        PairAgreement::Neither => None,
    }
}
