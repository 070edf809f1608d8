//! Checks what a record says about its source: answers, silent questions, origins and notes.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use sourcewise_documents::SetAsideReason;
use sourcewise_quotes::{Paragraph, Passage, SegmentedDocument, prove_words};

use super::checked::{Checked, Findings, RestsOnSource};
use super::context::Context;
use super::links::{TextLocation, source_path};
use super::markdown::check_markdown;
use super::quotations::check_summary;
use super::quote_context::{Statement, check_voice};
use super::quotes::check_quote;
use super::set_aside::SetAsideWords;
use super::{
    Answer, DocumentFacts, FullParagraph, OriginRef, ShownPassage, Source, problems, quote_problems,
};
use crate::cache::{Cache, Digest};
use crate::files::Spanned;
use crate::ids::{FastMap, OriginId, QuestionId, SourceId};
use crate::load::{AnswerDraft, Publish, SilenceDraft, SourceDraft};
use crate::problem::{Problem, Problems};
use crate::text::nearest::nearest_name;

/// Caches checked sources by all that they depend on.
pub type SourceCache = Cache<Checked<Arc<Source>>>;

/// Checks a source, or takes it from the cache. `others` is the hash of all that the checks read besides the source.
pub(super) fn check_cached(
    context: &Context<'_>,
    draft: SourceDraft,
    others: Digest,
    cache: &SourceCache,
) -> Checked<Arc<Source>> {
    let document = context.corpus.digest(&draft.id);
    let mut parts = vec![draft.reading.as_ref(), others.as_ref()];
    parts.extend(document.as_ref().map(AsRef::as_ref));
    let digest = Digest::of(&parts);
    cache.get_or_make(digest, || check_source(context, draft, digest))
}

fn check_source(context: &Context<'_>, draft: SourceDraft, digest: Digest) -> Checked<Arc<Source>> {
    let mut findings = Findings::default();
    let language = language_of(context, &draft);
    // If the document is missing, the record gets one problem for all of its quotes.
    let missing = missing_document(context, &draft);
    let (mut answers, mut unverified) = (Vec::new(), BTreeSet::new());
    for answer in &*draft.answers {
        let question = answer.question.as_ref().and_then(|question| QuestionId::parse(&question.value));
        match findings.add(check_answer(context, &draft.id, answer, missing.is_none())) {
            Some(answer) => answers.push(answer),
            None => unverified.extend(question),
        }
    }
    findings.problems.extend(missing);
    let answered: BTreeSet<&QuestionId> = answers.iter().map(|answer| &answer.question).collect();
    let location = TextLocation { folder: String::new(), page: source_path(&draft.id), should_cite: false };
    let notes = draft.notes.as_ref().map(|notes| check_markdown(context, notes, &location));
    let (set_aside, all) =
        draft.document.map(|document| (document.set_aside.clone(), document.all.clone())).unwrap_or_default();
    let value = Source {
        digest,
        set_aside,
        all,
        silences: findings.add(check_silences(context, &draft.silences, &answered)),
        rests_on: findings.add(check_rests_on(context, &draft.id, &draft.rests_on)),
        notes: notes.map(|notes| findings.add(notes)),
        document_name: draft.document_name.map(|name| name.value),
        document: document_facts(context, &draft.id),
        passages: passages(context, &draft.id, draft.publish),
        full_text: full_text(context, &draft.id, draft.publish),
        answers,
        unverified,
        language,
        id: draft.id,
        has_record: draft.has_record,
        about: draft.about,
    };
    Checked { value: Arc::new(value), findings }
}

/// Returns the language of a source, as described at [`Source::language`]. Ignores documents that may not be published,
/// because the site must not depend on whether the machine that builds it has them.
fn language_of(context: &Context<'_>, draft: &SourceDraft) -> String {
    let document = context.corpus.get(&draft.id).filter(|_| draft.publish.allows_passages());
    let known = draft.about.language.as_deref().or(document.map(SegmentedDocument::language));
    known.unwrap_or(&context.site.language).to_owned()
}

fn document_facts(context: &Context<'_>, id: &SourceId) -> Option<DocumentFacts> {
    if let Some((facts, _)) = context.documents.get(id) {
        return Some(facts.clone());
    }
    context.lock.source.get(id.as_str()).map(DocumentFacts::from_lock)
}

fn passages(context: &Context<'_>, id: &SourceId, publish: Publish) -> Vec<ShownPassage> {
    let Some(document) = context.corpus.get(id).filter(|_| publish.allows_passages()) else {
        return Vec::new();
    };
    let shown = |passage: &Passage| ShownPassage {
        text: document.words_of(passage).into_owned(),
        passage: passage.clone(),
    };
    document.passages().iter().map(shown).collect()
}

fn full_text(context: &Context<'_>, id: &SourceId, publish: Publish) -> Vec<FullParagraph> {
    let Some(document) = context.corpus.get(id).filter(|_| publish == Publish::Full) else {
        return Vec::new();
    };
    let set_aside = context.set_aside.get(id).map_or(&[][..], SetAsideWords::parts);
    let paragraph = |paragraph: &Paragraph| {
        let Range { start, end } = paragraph.range;
        let first = set_aside.partition_point(|words| words.at < start);
        let struck = set_aside[first..].iter().take_while(|words| words.at <= end);
        let struck = struck.filter(|words| words.reason == SetAsideReason::Struck);
        FullParagraph {
            range: start..end,
            text: document.shown_text(paragraph).into_owned(),
            struck: struck.map(|words| (words.at - start, words.words.clone())).collect(),
        }
    };
    document.paragraphs().iter().map(paragraph).collect()
}

/// Returns a problem for a record with quotes if there is neither a document nor an entry in the lock to verify them
/// by. Without quotes, a record needs no document; but it is a problem if a document without a record has a similar id,
/// because the two may belong together. Nothing is reported for a document that exists but can't be read.
fn missing_document(context: &Context<'_>, draft: &SourceDraft) -> Option<Problem> {
    let id = &draft.id;
    if context.corpus.get(id).is_some()
        || context.unreadable.contains(id)
        || context.lock.source.contains_key(id.as_str())
    {
        return None;
    }
    let quotes: Vec<&Spanned<String>> = draft.answers.iter().flat_map(|answer| &answer.quotes).collect();
    let Some(first) = quotes.first().map(|quote| quote.span) else {
        let others = context.without_record.iter().map(SourceId::as_str);
        return nearest_name(id.as_str(), others)
            .map(|other| problems::half_renamed(id.as_str(), other, draft.span));
    };
    let has_quote = |document: &SegmentedDocument| {
        quotes.iter().any(|quote| prove_words(&quote.value, document).is_some())
    };
    let renamed = context.without_record.iter().find(|id| context.corpus.get(id).is_some_and(has_quote));
    let renamed = renamed.map(SourceId::as_str);
    Some(quote_problems::quotes_without_document(id.as_str(), quotes.len(), renamed, first))
}

/// Returns the answer only if its question and position exist, it has a summary, and every quote is verified. Also
/// checks its voice and the quotations in its summary. If `has_proof` is false, the source has neither a document nor
/// an entry in the lock. The caller reports that, and the quotes are not checked.
fn check_answer(
    context: &Context<'_>,
    source: &SourceId,
    draft: &AnswerDraft,
    has_proof: bool,
) -> Checked<Option<Answer>> {
    let mut findings = Findings::default();
    let question = draft.question.as_ref().and_then(|question| findings.add(context.question_id(question)));
    let position = question.as_ref().zip(draft.position.as_ref());
    let position =
        position.and_then(|(question, position)| findings.add(context.position_id(question, position)));
    // Checks the quotes even if there is no such question, so that one run reports all problems.
    let statement = Statement::of_answer(draft.context.as_deref(), draft.voice);
    let quotes = draft.quotes.iter().map(|words| {
        has_proof.then(|| findings.add(check_quote(context, source, words, statement))).flatten()
    });
    let quotes: Vec<_> = quotes.collect();
    if !draft.has_voice && draft.to.is_none() && draft.context.is_none() {
        let verified = quotes.iter().zip(&draft.quotes);
        let verified = verified.filter_map(|(quote, written)| Some((quote.as_ref()?, written.span)));
        findings.problems.extend(check_voice(context, source, &verified.collect::<Vec<_>>()));
    }
    if let Some(summary) = &draft.summary {
        findings.problems.extend(check_summary(context, source, summary, statement));
    }
    let answer = || {
        Some(Answer {
            question: question?,
            position: position?,
            summary: draft.summary.as_ref()?.value.clone(),
            quotes: quotes.into_iter().collect::<Option<_>>()?,
            voice: draft.voice,
            to: draft.to.clone(),
        })
    };
    Checked { value: answer(), findings }
}

fn check_silences(
    context: &Context<'_>,
    drafts: &[SilenceDraft],
    answered: &BTreeSet<&QuestionId>,
) -> Checked<FastMap<QuestionId, Option<String>>> {
    let mut findings = Findings::default();
    let mut silences = FastMap::default();
    for draft in drafts {
        let Some(id) = findings.add(context.question_id(&draft.question)) else { continue };
        if answered.contains(&id) {
            findings.problems.push(problems::answer_and_silence(&draft.question));
        } else if silences.insert(id, draft.reason.clone()).is_some() {
            findings.problems.push(problems::silent_twice(&draft.question));
        }
    }
    Checked { value: silences, findings }
}

/// Looks up the ids in `rests_on`, and removes duplicates. The findings keep the sources among them for
/// [`check_origin_cycles`].
fn check_rests_on(
    context: &Context<'_>,
    source: &SourceId,
    names: &[Spanned<String>],
) -> Checked<Vec<OriginRef>> {
    let mut findings = Findings::default();
    let mut all = Vec::new();
    for name in names {
        let Some(origin) = findings.add(resolve_origin(context, name)) else { continue };
        if let OriginRef::Source(id) = &origin {
            findings.rests_on.push((source.clone(), id.clone(), name.span));
        }
        if !all.contains(&origin) {
            all.push(origin);
        }
    }
    Checked { value: all, findings }
}

fn resolve_origin(context: &Context<'_>, written: &Spanned<String>) -> Checked<Option<OriginRef>> {
    let origin = OriginId::parse(&written.value).filter(|id| context.site.origins.contains_key(id));
    let source = SourceId::parse(&written.value).filter(|id| context.source_ids.contains(id));
    match (origin, source) {
        (Some(origin), None) => Checked::clean(Some(OriginRef::Origin(origin))),
        (None, Some(source)) => Checked::clean(Some(OriginRef::Source(source))),
        (Some(origin), Some(_)) => {
            Checked::with_problem(Some(OriginRef::Origin(origin)), problems::origin_and_source(written))
        }
        (None, None) => {
            let sources = context.source_ids.iter().map(SourceId::as_str);
            let known = context.site.origins.keys().map(OriginId::as_str).chain(sources);
            Checked::with_problem(None, problems::unknown_origin(written, known))
        }
    }
}

/// Reports cycles of sources that rest on one another, because the sources in a cycle have no ultimate origin. Cycles
/// of the same sources are reported once.
pub(super) fn check_origin_cycles(rests_on: &[RestsOnSource], problems: &mut Problems) {
    let mut reported: BTreeSet<BTreeSet<SourceId>> = BTreeSet::new();
    for (from, to, span) in rests_on {
        let Some(path) = path_between(to, from, rests_on) else { continue };
        let members: BTreeSet<SourceId> = path.iter().cloned().collect();
        if reported.insert(members) {
            let circle: Vec<String> = std::iter::once(from).chain(&path).map(ToString::to_string).collect();
            problems.push(problems::circular_origin(&circle, *span));
        }
    }
}

/// Returns a chain of sources along `rests_on` that begins with `from` and ends with `to`; `None` if there is none.
fn path_between(from: &SourceId, to: &SourceId, rests_on: &[RestsOnSource]) -> Option<Vec<SourceId>> {
    let mut open = vec![vec![from.clone()]];
    let mut seen = BTreeSet::from([from.clone()]);
    while let Some(path) = open.pop() {
        let last = path.last()?;
        if last == to {
            return Some(path);
        }
        for (_, next, _) in rests_on.iter().filter(|(source, _, _)| source == last) {
            if seen.insert(next.clone()) {
                open.push(path.iter().cloned().chain([next.clone()]).collect());
            }
        }
    }
    None
}
