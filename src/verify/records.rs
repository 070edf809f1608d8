//! What a record says of its source: answers, silences, what it rests on.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::links::{Place, source_path};
use super::{Answer, DocumentFacts, RestsOn, ShownPassage, Source, Verifier, problems};
use crate::files::{Span, Spanned};
use crate::ids::{Lookup, OriginId, PositionId, QuestionId, SourceId};
use crate::load::{AnswerDraft, Publish, SilenceDraft, SourceDraft};
use crate::problem::Problems;
use sourcewise_quotes::{Passage, Segmented};

impl Verifier<'_> {
    /// Checks the records, side by side; what came of each is kept in their order.
    pub(super) fn sources(&mut self, drafts: Vec<SourceDraft>) -> Vec<Source> {
        let known = self.known;
        let check = |draft| {
            let mut verifier = Verifier::new(known);
            (verifier.source(draft), verifier)
        };
        let checked: Vec<_> = drafts.into_par_iter().map(check).collect();
        let keep = |(source, verifier)| {
            self.take(verifier);
            source
        };
        checked.into_iter().map(keep).collect()
    }

    fn source(&mut self, draft: SourceDraft) -> Source {
        let language = self.language(&draft);
        let answers: Vec<Answer> =
            draft.answers.into_iter().filter_map(|answer| self.answer(&draft.id, answer)).collect();
        let answered: BTreeSet<QuestionId> = answers.iter().map(|answer| answer.question.clone()).collect();
        let place = Place { folder: String::new(), page: source_path(&draft.id), should_cite: false };
        Source {
            silences: self.silences(draft.silences, &answered),
            rests_on: self.all_rests_on(&draft.id, &draft.rests_on),
            notes: draft.notes.as_ref().map(|notes| self.text(notes, &place)),
            document_name: draft.document_name.map(|name| name.value),
            document: self.document_facts(&draft.id),
            passages: self.passages(&draft.id, draft.publish),
            full_text: self.full_text(&draft.id, draft.publish),
            answers,
            language,
            id: draft.id,
            has_record: draft.has_record,
            about: draft.about,
        }
    }

    /// Documents that not everybody has are not asked: what is published must not depend on who has them.
    fn language(&self, draft: &SourceDraft) -> String {
        let document = self.known.corpus.get(&draft.id).filter(|_| draft.publish.allows_passages());
        let told = draft.about.language.as_deref().or(document.map(Segmented::language));
        told.unwrap_or(&self.known.site.language).to_owned()
    }

    fn document_facts(&self, id: &SourceId) -> Option<DocumentFacts> {
        if let Some((facts, _)) = self.known.documents.get(id) {
            return Some(facts.clone());
        }
        let locked = self.known.lock.source.get(id.as_str())?;
        Some(DocumentFacts { sha256: locked.sha256.clone(), words: locked.words })
    }

    fn passages(&self, id: &SourceId, publish: Publish) -> Vec<ShownPassage> {
        let Some(document) = self.known.corpus.get(id).filter(|_| publish.allows_passages()) else {
            return Vec::new();
        };
        let shown = |passage: &Passage| ShownPassage {
            text: document.words_of(passage).to_owned(),
            passage: passage.clone(),
        };
        document.passages().iter().map(shown).collect()
    }

    fn full_text(&self, id: &SourceId, publish: Publish) -> Vec<String> {
        let document = self.known.corpus.get(id).filter(|_| publish == Publish::Full);
        let paragraphs = document.into_iter().flat_map(|document| {
            document.paragraphs().iter().map(|paragraph| document.text()[paragraph.range.clone()].to_owned())
        });
        paragraphs.collect()
    }

    /// An answer stays only if its question and position exist and every quote of it holds.
    fn answer(&mut self, source: &SourceId, draft: AnswerDraft) -> Option<Answer> {
        let question = draft.question.and_then(|question| self.question_id(&question));
        let position = question.as_ref().zip(draft.position);
        let position = position.and_then(|(question, position)| self.position(question, &position));
        // Quotes are looked at even if the question is wrong, so that all faults show at once.
        let quotes: Vec<_> = draft.quotes.iter().map(|words| self.quote(source, words)).collect();
        Some(Answer {
            question: question?,
            position: position?,
            summary: draft.summary?,
            quotes: quotes.into_iter().collect::<Option<_>>()?,
            voice: draft.voice,
            to: draft.to,
        })
    }

    fn position(&mut self, question: &QuestionId, written: &Spanned<String>) -> Option<PositionId> {
        let known = &self.known.positions[question];
        let found = PositionId::parse(&written.value).filter(|id| known.contains_key(id));
        if found.is_none() {
            let known = known.keys().map(PositionId::as_str);
            self.problems.push(problems::unknown_position(written, question.as_str(), known));
        }
        found
    }

    fn silences(
        &mut self,
        drafts: Vec<SilenceDraft>,
        answered: &BTreeSet<QuestionId>,
    ) -> Lookup<QuestionId, Option<String>> {
        let mut silences = Lookup::default();
        for draft in drafts {
            let Some(id) = self.question_id(&draft.question) else { continue };
            if answered.contains(&id) {
                self.problems.push(problems::answer_and_silence(&draft.question));
            } else if silences.insert(id, draft.reason).is_some() {
                self.problems.push(problems::said_twice(&draft.question));
            }
        }
        silences
    }

    fn all_rests_on(&mut self, source: &SourceId, names: &[Spanned<String>]) -> Vec<RestsOn> {
        let mut all = Vec::new();
        for name in names {
            let on = self.rests_on(source, name);
            all.extend(on.filter(|on| !all.contains(on)));
        }
        all
    }

    fn rests_on(&mut self, source: &SourceId, written: &Spanned<String>) -> Option<RestsOn> {
        let is_both = self.known.site.origins.keys().any(|id| id.as_str() == written.value)
            && self.known.source_ids.iter().any(|id| id.as_str() == written.value);
        if is_both {
            self.problems.push(problems::origin_and_source(written));
        }
        if let Some(id) =
            OriginId::parse(&written.value).filter(|id| self.known.site.origins.contains_key(id))
        {
            return Some(RestsOn::Origin(id));
        }
        if let Some(id) = SourceId::parse(&written.value).filter(|id| self.known.source_ids.contains(id)) {
            self.rests.push((source.clone(), id.clone(), written.span));
            return Some(RestsOn::Source(id));
        }
        let sources = self.known.source_ids.iter().map(SourceId::as_str);
        let known = self.known.site.origins.keys().map(OriginId::as_str).chain(sources);
        self.problems.push(problems::unknown_origin(written, known));
        None
    }
}

/// Sources that rest on one another in a circle have no origin at all.
pub(super) fn check_circles(rests: &[(SourceId, SourceId, Span)], problems: &mut Problems) {
    let mut reported: BTreeSet<BTreeSet<SourceId>> = BTreeSet::new();
    for (from, to, span) in rests {
        let Some(path) = path_between(to, from, rests) else { continue };
        let members: BTreeSet<SourceId> = path.iter().cloned().collect();
        if reported.insert(members) {
            let circle: Vec<String> = std::iter::once(from).chain(&path).map(ToString::to_string).collect();
            problems.push(problems::circular_origin(&circle, *span));
        }
    }
}

/// The way along `rests_on` from one source to another, both included.
fn path_between(
    from: &SourceId,
    to: &SourceId,
    rests: &[(SourceId, SourceId, Span)],
) -> Option<Vec<SourceId>> {
    let mut open = vec![vec![from.clone()]];
    let mut seen = BTreeSet::from([from.clone()]);
    while let Some(path) = open.pop() {
        let last = path.last()?;
        if last == to {
            return Some(path);
        }
        for (_, next, _) in rests.iter().filter(|(source, _, _)| source == last) {
            if seen.insert(next.clone()) {
                open.push(path.iter().cloned().chain([next.clone()]).collect());
            }
        }
    }
    None
}
