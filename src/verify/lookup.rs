//! What claims are held against, and who does so: ids are looked up here, quotes in `proofs`, links in `links`.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use sourcewise_quotes::LockedQuote;

use super::links::{LinkMap, Place, question_path};
use super::{DocumentFacts, Question, problems};
use crate::files::{Span, Spanned};
use crate::ids::{PositionId, QuestionId, SourceId};
use crate::load::{self, Lock, Site};
use crate::problem::Problems;
use crate::segment::Corpus;

/// What is needed to look things up.
pub(super) struct Known<'a> {
    pub(super) site: &'a Site,
    pub(super) corpus: &'a Corpus,
    pub(super) lock: &'a Lock,
    pub(super) source_ids: BTreeSet<SourceId>,
    pub(super) positions: BTreeMap<QuestionId, IndexMap<PositionId, String>>,
    /// Questions that are there and can't be read.
    pub(super) unread: BTreeSet<QuestionId>,
    pub(super) links: LinkMap,
    /// Of each document at hand, what is known, and whether it lies outside of `seeds`.
    pub(super) documents: BTreeMap<SourceId, (DocumentFacts, bool)>,
    /// Sources whose document, or what is locked of it, is there and can't be read.
    pub(super) unreadable: BTreeSet<SourceId>,
}

/// Every quote that held, for the lock.
pub(super) type Proved = BTreeMap<SourceId, BTreeSet<LockedQuote>>;

/// Checks claims one after the other, and keeps what came of it.
pub(super) struct Verifier<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) proved: Proved,
    /// Those of the unreadable sources that are quoted.
    pub(super) lost: BTreeSet<SourceId>,
    /// Which source rests on which other, and where that is written.
    pub(super) rests: Vec<(SourceId, SourceId, Span)>,
    pub(super) problems: Problems,
}

impl<'a> Verifier<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self {
            known,
            proved: BTreeMap::new(),
            lost: BTreeSet::new(),
            rests: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// Takes over what came of checking claims elsewhere.
    pub(super) fn take(&mut self, other: Self) {
        for (source, quotes) in other.proved {
            self.proved.entry(source).or_default().extend(quotes);
        }
        self.lost.extend(other.lost);
        self.rests.extend(other.rests);
        self.problems.append(other.problems);
    }

    /// Looks up a source by the name that the author wrote.
    pub(super) fn source_id(&mut self, written: &Spanned<String>) -> Option<SourceId> {
        let found = SourceId::parse(&written.value).filter(|id| self.known.source_ids.contains(id));
        if found.is_none() {
            let known = self.known.source_ids.iter().map(SourceId::as_str);
            self.problems.push(problems::unknown_source(written, known));
        }
        found
    }

    /// Looks up a question by the id that the author wrote.
    pub(super) fn question_id(&mut self, written: &Spanned<String>) -> Option<QuestionId> {
        let id = QuestionId::parse(&written.value);
        let found = id.clone().filter(|id| self.known.positions.contains_key(id));
        if found.is_none() && !id.is_some_and(|id| self.known.unread.contains(&id)) {
            let known = self.known.positions.keys().map(QuestionId::as_str);
            self.problems.push(problems::unknown_question(written, known));
        }
        found
    }

    pub(super) fn question(&mut self, question: load::Question) -> Question {
        let path = question_path(&question.id);
        let place = Place::of_file(&format!("questions/{}.md", question.id), &path);
        Question {
            text: question.body.map(|body| self.text(&body, &place)).unwrap_or_default(),
            basis: question.basis,
            terms: question.terms,
            short: question.short.unwrap_or_else(|| question.title.clone()),
            id: question.id,
            title: question.title,
            positions: question.positions,
        }
    }
}
