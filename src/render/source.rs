//! Builds views of sources: short ones for lists, full ones for the sources' own pages.

use std::sync::Arc;

use sourcewise_analysis::Voice;

use super::anchors;
use super::answers::answer_view;
use super::diagrams::coverage;
use super::found::{found_view, shared_views};
use super::site_data::SiteData;
use super::url_path;
use super::view::{
    DateView, FoundView, OriginView, QuestionRef, SilenceView, SourceBrief, SourceView, TextPiece, UseView,
    VoiceCount,
};
use crate::compare::{Cell, ColumnId, Row};
use crate::ids::SourceId;
use crate::verify::{CheckedMarkdown, Citation, FullParagraph, OriginRef, Source};

/// Builds the view of a source for lists.
pub(super) fn source_brief(data: &SiteData<'_>, column: ColumnId) -> SourceBrief {
    let source = data.column(column);
    let count = |wanted: fn(&Cell) -> bool| {
        data.comparison.rows.iter().filter(|row| wanted(&row.cells[column])).count()
    };
    let voices = Voice::ALL.map(|voice| VoiceCount {
        voice,
        text: data.locale.voice(voice),
        count: source.answers.iter().filter(|answer| answer.voice == voice).count(),
    });
    let joined = data.comparison.independence.joined_with(&source.id);
    let silent = count(|cell| matches!(cell, Cell::Silent(_)));
    let found_for = count(|cell| matches!(cell, Cell::Found(_)));
    let nothing = count(|cell| matches!(cell, Cell::NothingFound));
    let unread = count(|cell| matches!(cell, Cell::Unexamined));
    SourceBrief {
        source: data.summary(column).clone(),
        author: source.about.author.clone(),
        kind: source.about.kind.clone(),
        rests_on: source.rests_on.iter().map(|on| origin(data, on)).collect(),
        joined_with: joined.iter().map(|id| data.sources[id].clone()).collect(),
        basis: source.basis(),
        answered: count(|cell| matches!(cell, Cell::Says(_))),
        found_for,
        silent,
        nothing,
        unread,
        quotes: source.answers.iter().map(|answer| answer.quotes.len()).sum(),
        voices: voices.into_iter().filter(|count| count.count > 0).collect(),
        coverage: coverage(source, [found_for, silent, nothing, unread]),
    }
}

/// Builds the view of a source for its own page; `notes` are the notes of the site's author, as HTML.
pub(super) fn source_view(data: &SiteData<'_>, column: ColumnId, notes: Option<String>) -> SourceView {
    let source = data.column(column);
    let asked = |wanted: fn(&Cell) -> bool| -> Vec<Arc<QuestionRef>> {
        let rows = data.comparison.rows.iter().filter(|row| wanted(&row.cells[column]));
        rows.map(|row| data.questions[&row.question].clone()).collect()
    };
    SourceView {
        brief: source_brief(data, column),
        url: source.about.url.clone(),
        retrieved: source.about.retrieved.map(|day| DateView::of(day, data.locale)),
        language: source.about.language.clone(),
        notes,
        sha256: source.document.as_ref().map(|document| document.sha256.clone()),
        words: source.document.as_ref().map(|document| document.words),
        is_machine_read: source.document.as_ref().is_some_and(|document| document.is_machine_read),
        is_from_metadata: source.document.as_ref().is_some_and(|document| document.is_from_metadata),
        answers: data.answers_of(column).filter_map(|answer| answer_view(data, answer)).collect(),
        found: found_in(data, column),
        nothing_found: asked(|cell| matches!(cell, Cell::NothingFound)),
        shared: shared_views(data, column),
        silences: silences(data, source).collect(),
        unexamined: asked(|cell| matches!(cell, Cell::Unexamined)),
        used_on: uses(data, &source.id),
        full_text: source.full_text.iter().map(pieces).collect(),
    }
}

/// Returns the questions on which the source is silent according to its record.
pub(super) fn silences<'s>(
    data: &'s SiteData<'_>,
    source: &'s Source,
) -> impl Iterator<Item = SilenceView> + 's {
    data.comparison.rows.iter().filter_map(|row| {
        let reason = source.silences.get(&row.question)?.clone();
        Some(SilenceView { question: data.questions[&row.question].clone(), reason })
    })
}

/// Builds the views of the passages that rules found in a source, by question. A passage found for several questions
/// gets its HTML id at its first occurrence only.
fn found_in(data: &SiteData<'_>, column: ColumnId) -> Vec<FoundView> {
    let rows = data.comparison.rows.iter();
    let mut found: Vec<FoundView> = rows.filter_map(|row: &Row| found_view(data, row, column)).collect();
    let mut seen = std::collections::BTreeSet::new();
    for passage in found.iter_mut().flat_map(|found| &mut found.passages) {
        passage.is_first = seen.insert(passage.start);
    }
    found
}

fn origin(data: &SiteData<'_>, on: &OriginRef) -> OriginView {
    match on {
        OriginRef::Source(id) => {
            let source = &data.sources[id];
            let address = Some(source.path.clone());
            OriginView { name: source.short.clone(), address, inside: true, note: None }
        }
        OriginRef::Origin(id) => {
            let origin = &data.verified.site.origins[id];
            OriginView {
                name: origin.name.clone(),
                address: origin.url.clone(),
                inside: false,
                note: origin.note.clone(),
            }
        }
    }
}

/// Returns links to the pages of the site's author that cite a source, each to the first citation, and to the questions
/// whose texts cite it.
fn uses(data: &SiteData<'_>, source: &SourceId) -> Vec<UseView> {
    let citations = |text| cited(text, source);
    let pages = data.verified.pages.iter().filter_map(|page| {
        let citations = citations(&page.text);
        let path = format!("{}#{}", url_path(&page.path), anchors::citation(citations.first()?));
        Some(UseView { title: page.head.title.clone(), path, count: citations.len() })
    });
    let questions = data.verified.questions.iter().filter_map(|question| {
        let count = citations(&question.text).len();
        let path = data.questions[&question.id].path.clone();
        (count > 0).then(|| UseView { title: question.title.clone(), path, count })
    });
    pages.chain(questions).collect()
}

/// Splits a paragraph at its struck-out words. Adds a space between these and the words beside them where there is
/// none.
fn pieces(paragraph: &FullParagraph) -> Vec<TextPiece> {
    let piece = |text: String, is_struck| TextPiece { text, is_struck };
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut text_up_to = |end: usize| {
        let text = &paragraph.text[std::mem::replace(&mut from, end)..end];
        let follows_struck = end > text.len() && text.starts_with(char::is_alphanumeric);
        format!("{}{text}", if follows_struck { " " } else { "" })
    };
    for (at, words) in &paragraph.struck {
        let mut text = text_up_to(*at);
        if text.ends_with(|c: char| !c.is_whitespace()) {
            text.push(' ');
        }
        pieces.extend([piece(text, false), piece(words.clone(), true)]);
    }
    pieces.push(piece(text_up_to(paragraph.text.len()), false));
    pieces
}

/// Returns the citations of a source in a text.
fn cited<'t>(text: &'t CheckedMarkdown, source: &SourceId) -> Vec<&'t Citation> {
    text.citations.iter().filter(|citation| &citation.source == source).collect()
}
