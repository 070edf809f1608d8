//! The board: every question and source, and the state of each cell.

use std::collections::BTreeMap;

use super::replies::{Board, HistoryView, PositionView, QuestionView, RecentView, SiteView, SourceView};
use super::snapshot::Snapshot;
use crate::status::{Counts, Progress};
use crate::verify::{Question, Source};

pub(super) fn board(snapshot: &Snapshot, history: HistoryView, recent: Vec<RecentView>) -> Board {
    let status = snapshot.status();
    let site = &snapshot.build.compared.verified.site;
    let width = status.sources.len().max(1);
    let of_questions = by_id(&status.questions);
    let sources = status
        .sources
        .iter()
        .filter_map(|counted| Some(source_view(snapshot.source(&counted.id)?, snapshot, counted.counts)));
    Board {
        revision: snapshot.revision,
        site: SiteView {
            title: site.title.clone(),
            language: site.language.clone(),
            quote_words: site.quote_words,
        },
        questions: snapshot
            .build
            .compared
            .verified
            .questions
            .iter()
            .map(|question| {
                question_view(question, of_questions.get(question.id.as_str()).copied().unwrap_or_default())
            })
            .collect(),
        sources: sources.collect(),
        cells: status.cells.chunks(width).map(|row| row.iter().map(|cell| cell.state).collect()).collect(),
        read: status.counts.read,
        cells_total: status.counts.cells,
        problems: snapshot.problems(),
        history,
        recent,
    }
}

fn by_id(progress: &[Progress]) -> BTreeMap<&str, Counts> {
    progress.iter().map(|counted| (counted.id.as_str(), counted.counts)).collect()
}

fn question_view(question: &Question, counts: Counts) -> QuestionView {
    let positions = question.positions.iter();
    QuestionView {
        id: question.id.to_string(),
        title: question.title.clone(),
        short: question.short.clone(),
        basis: question.basis.as_str(),
        terms: question.terms.clone(),
        positions: positions
            .map(|(id, label)| PositionView { id: id.to_string(), label: label.clone() })
            .collect(),
        read: counts.read,
        cells: counts.cells,
    }
}

/// Returns what the app shows of a source. `counts` are the numbers of its cells by state.
pub(super) fn source_view(source: &Source, snapshot: &Snapshot, counts: Counts) -> SourceView {
    let about = &source.about;
    SourceView {
        id: source.id.to_string(),
        title: about.title.clone(),
        short: source.short().to_owned(),
        publisher: about.publisher.clone(),
        published: about.published.map(|day| day.to_string()),
        has_record: source.has_record,
        has_document: snapshot.build.compared.corpus.get(&source.id).is_some(),
        words: source.document.as_ref().map_or(0, |facts| facts.words),
        read: counts.read,
        cells: counts.cells,
    }
}
