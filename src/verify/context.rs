//! The data that all checks need, and the look-up of ids of sources, questions and positions. `quotes` verifies quotes,
//! `links` resolves links.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use sourcewise_quotes::{Divisions, LockedQuotes};

use super::checked::Checked;
use super::citation::ExampleIds;
use super::left_out::LeftOutParts;
use super::links::LinkMap;
use super::set_aside::SetAsideWords;
use super::{DocumentFacts, problems};
use crate::cache::Digest;
use crate::files::Spanned;
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::{Lock, Site};
use crate::segment::Corpus;
use crate::text::nearest::nearest_name;

/// A name after `@` that is no id counts as a misspelt id only if it is at least this long. A shorter one is
/// probably the name of a person.
const MIN_MISSPELT_CHARS: usize = 5;

/// Read-only data that all checks share.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) corpus: &'a Corpus,
    pub(super) lock: &'a Lock,
    /// The locked quotes of the sources whose documents are missing.
    pub(super) locked: BTreeMap<SourceId, LockedQuotes<'a>>,
    pub(super) source_ids: BTreeSet<SourceId>,
    pub(super) positions: BTreeMap<QuestionId, IndexMap<PositionId, String>>,
    /// Questions of which some positions may be missing, because their file has an error.
    pub(super) unread_positions: BTreeSet<QuestionId>,
    /// Questions whose file exists but can't be parsed.
    pub(super) skipped_questions: BTreeSet<QuestionId>,
    pub(super) links: LinkMap,
    /// Facts about each document that was read, and whether the document is outside `seeds/`.
    pub(super) documents: BTreeMap<SourceId, (DocumentFacts, bool)>,
    /// The words in each document's file that are not part of its text: hidden, struck out, or in the header or footer
    /// of a page. In the file's order.
    pub(super) set_aside: BTreeMap<SourceId, SetAsideWords>,
    /// The parts of each document that are not in its text although readers see them.
    pub(super) left_out: BTreeMap<SourceId, LeftOutParts>,
    /// Sources that have a document but no record.
    pub(super) without_record: BTreeSet<SourceId>,
    /// Sources whose quotes can't be checked: the document can't be read, or it is missing and the lock is damaged.
    pub(super) unreadable: BTreeSet<SourceId>,
}

impl Context<'_> {
    /// Returns the hash of all that the checks of a source read, except its own record. Documents count by the hash of
    /// what was read from them.
    pub(super) fn digest(&self) -> Digest {
        // Every field is named, so that none is forgotten.
        let Self {
            site,
            corpus,
            lock,
            // Made from `lock` and `corpus`.
            locked: _,
            source_ids,
            positions,
            unread_positions,
            skipped_questions,
            links,
            documents,
            // Made from the documents.
            set_aside: _,
            left_out,
            without_record,
            unreadable,
        } = self;
        let left_out: Vec<_> = left_out.iter().map(|(id, parts)| (id, parts.in_record())).collect();
        let ids = (source_ids, positions, unread_positions, skipped_questions, without_record, unreadable);
        let text = format!("{site:?} {lock:?} {ids:?} {links:?} {documents:?} {left_out:?}");
        let mut parts = vec![text.as_bytes()];
        let digests: Vec<Digest> = corpus.iter().filter_map(|(id, _)| corpus.digest(id)).collect();
        parts.extend(digests.iter().map(AsRef::as_ref));
        Digest::of(&parts)
    }

    /// Returns ids for the examples in help texts, which are ids of this site if it has any.
    pub(super) fn example_ids(&self) -> ExampleIds<'_> {
        ExampleIds {
            source: self.source_ids.first().map_or("gazette", SourceId::as_str),
            question: self.positions.keys().next().map_or("cause", QuestionId::as_str),
        }
    }

    /// Returns the pages, chapters or times of a source's document; `None` if it has none. If the document is missing,
    /// returns those in the lock, which lists only the ones with quotes.
    pub(super) fn divisions(&self, source: &SourceId) -> Option<&Divisions> {
        match self.documents.get(source) {
            Some((facts, _)) => facts.divisions.as_ref(),
            None => self.lock.source.get(source.as_str())?.divisions.as_ref(),
        }
    }

    /// Whether this is the id of a source, or similar to one and long enough to be a misspelt one.
    pub(super) fn may_be_source(&self, written: &str) -> bool {
        let is_near = || {
            let known = self.source_ids.iter().map(SourceId::as_str);
            written.chars().count() >= MIN_MISSPELT_CHARS && nearest_name(written, known).is_some()
        };
        SourceId::parse(written).is_some_and(|id| self.source_ids.contains(&id)) || is_near()
    }

    /// Looks up the id of a source. An id that no source has is a problem.
    pub(super) fn source_id(&self, written: &Spanned<String>) -> Checked<Option<SourceId>> {
        let found = SourceId::parse(&written.value).filter(|id| self.source_ids.contains(id));
        if found.is_some() {
            return Checked::clean(found);
        }
        let known = self.source_ids.iter().map(SourceId::as_str);
        Checked::with_problem(None, problems::unknown_source(written, known))
    }

    /// Looks up the id of a question. An id that no question has is a problem. For a question whose file can't be
    /// parsed, returns `None` without a further problem.
    pub(super) fn question_id(&self, written: &Spanned<String>) -> Checked<Option<QuestionId>> {
        let id = QuestionId::parse(&written.value);
        let found = id.clone().filter(|id| self.positions.contains_key(id));
        if found.is_some() || id.is_some_and(|id| self.skipped_questions.contains(&id)) {
            return Checked::clean(found);
        }
        let known = self.positions.keys().map(QuestionId::as_str);
        Checked::with_problem(None, problems::unknown_question(written, known))
    }

    /// Looks up the id of a position. An id that is not a position of the question is a problem, unless some positions
    /// of the question could not be read.
    pub(super) fn position_id(
        &self,
        question: &QuestionId,
        written: &Spanned<String>,
    ) -> Checked<Option<PositionId>> {
        let known = &self.positions[question];
        let found = PositionId::parse(&written.value).filter(|id| known.contains_key(id));
        if found.is_some() || self.unread_positions.contains(question) {
            return Checked::clean(found);
        }
        let known = known.iter().map(|(id, label)| (id.as_str(), label.as_str()));
        Checked::with_problem(None, problems::unknown_position(written, question.as_str(), known))
    }
}
