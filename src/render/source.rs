//! Makes the views of sources: in a list, and in full.

use super::anchors;
use super::pictures::coverage;
use super::url_path;
use super::view::{
    DateView, FoundView, OriginView, QuestionRef, Shared, SilenceView, SourceBrief, SourceView, UseView,
    VoiceCount,
};
use super::views::{Views, basis};
use crate::compare::{AnswerRef, Cell, ColumnId, Row};
use crate::ids::SourceId;
use crate::load::Voice;
use crate::verify::{RestsOn, Source, Text};

impl<'a> Views<'a> {
    /// A source, in a list.
    pub(super) fn source_brief(&self, column: ColumnId) -> SourceBrief {
        let source = self.column(column);
        let count = |wanted: fn(&Cell) -> bool| {
            self.comparison.rows.iter().filter(|row| wanted(&row.cells[column])).count()
        };
        let voices = Voice::ALL.map(|voice| VoiceCount {
            voice,
            text: self.words.voice(voice),
            count: source.answers.iter().filter(|answer| answer.voice == voice).count(),
        });
        let joined = self.comparison.witnesses.joined_with(&source.id);
        let silent = count(|cell| matches!(cell, Cell::Silent(_)));
        let found_for = count(|cell| matches!(cell, Cell::Found(_)));
        let nothing = count(|cell| matches!(cell, Cell::NothingFound));
        let unread = count(|cell| matches!(cell, Cell::Unexamined));
        SourceBrief {
            source: self.about(column).clone(),
            author: source.about.author.clone(),
            kind: source.about.kind.clone(),
            rests_on: source.rests_on.iter().map(|on| self.origin(on)).collect(),
            joined_with: joined.iter().map(|id| self.sources[id].clone()).collect(),
            basis: basis(source),
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

    /// A source in full; `notes` is the author's text as HTML.
    pub(super) fn source(&self, column: ColumnId, notes: Option<String>) -> SourceView {
        let source = self.column(column);
        let asked = |wanted: fn(&Cell) -> bool| -> Vec<Shared<QuestionRef>> {
            let rows = self.comparison.rows.iter().filter(|row| wanted(&row.cells[column]));
            rows.map(|row| self.questions[&row.question].clone()).collect()
        };
        SourceView {
            brief: self.source_brief(column),
            url: source.about.url.clone(),
            retrieved: source.about.retrieved.map(|day| DateView::of(day, self.words)),
            language: source.about.language.clone(),
            notes,
            sha256: source.document.as_ref().map(|document| document.sha256.clone()),
            words: source.document.as_ref().map(|document| document.words),
            answers: self.answers_of(column).filter_map(|answer| self.answer(answer)).collect(),
            found: self.found_in(column),
            nothing_found: asked(|cell| matches!(cell, Cell::NothingFound)),
            shared: self.shared_text(column),
            silences: self.silences_of(source).collect(),
            unexamined: asked(|cell| matches!(cell, Cell::Unexamined)),
            used_on: self.uses(&source.id),
            full_text: source.full_text.clone(),
        }
    }

    /// What the author noted that a source says, by question.
    pub(super) fn answers_of(&self, column: ColumnId) -> impl Iterator<Item = AnswerRef> + '_ {
        self.comparison.rows.iter().flat_map(move |row| row.cells[column].answers()).copied()
    }

    /// What the author noted that a source is silent on, by question.
    pub(super) fn silences_of(&self, source: &'a Source) -> impl Iterator<Item = SilenceView> + '_ {
        self.comparison.rows.iter().filter_map(|row| {
            let reason = source.silences.get(&row.question)?.clone();
            Some(SilenceView { question: self.questions[&row.question].clone(), reason })
        })
    }

    /// What a rule found in a source, by question. Where a passage stands first, its id is.
    pub(super) fn found_in(&self, column: ColumnId) -> Vec<FoundView> {
        let rows = self.comparison.rows.iter();
        let mut found: Vec<FoundView> = rows.filter_map(|row: &Row| self.found(row, column)).collect();
        let mut seen = std::collections::BTreeSet::new();
        for passage in found.iter_mut().flat_map(|found| &mut found.passages) {
            passage.is_first = seen.insert(passage.start);
        }
        found
    }

    fn origin(&self, on: &RestsOn) -> OriginView {
        match on {
            RestsOn::Source(id) => {
                let source = &self.sources[id];
                let address = Some(source.path.clone());
                OriginView { name: source.short.clone(), address, inside: true, note: None }
            }
            RestsOn::Origin(id) => {
                let origin = &self.verified.site.origins[id];
                OriginView {
                    name: origin.name.clone(),
                    address: origin.url.clone(),
                    inside: false,
                    note: origin.note.clone(),
                }
            }
        }
    }

    /// The pages that cite a source, each with its first place; and the questions whose texts do.
    fn uses(&self, source: &SourceId) -> Vec<UseView> {
        let places = |text: &Text| -> Vec<usize> {
            let cited = text.citations.iter().enumerate().filter(|(_, citation)| &citation.source == source);
            cited.map(|(at, _)| at).collect()
        };
        let pages = self.verified.pages.iter().filter_map(|page| {
            let places = places(&page.text);
            let path = format!("{}#{}", url_path(&page.path), anchors::citation(*places.first()?));
            Some(UseView { title: page.head.title.clone(), path, count: places.len() })
        });
        let questions = self.verified.questions.iter().filter_map(|question| {
            let count = places(&question.text).len();
            let path = self.questions[&question.id].path.clone();
            (count > 0).then(|| UseView { title: question.title.clone(), path, count })
        });
        pages.chain(questions).collect()
    }
}
