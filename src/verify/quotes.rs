//! Verifies a quote against its source's document or the lock, and creates the new lock. The matching itself is in the
//! crate `sourcewise_quotes`.

use sourcewise_quotes::segment::join_lines;
use sourcewise_quotes::{
    LockedQuote, LockedQuotes, LockedSource, QuotePattern, SegmentedDocument, VerifiedQuote, nearest_passage,
    prove, refusal,
};

use super::checked::{Checked, Findings, Proved};
use super::context::Context;
use super::near_problems::{self, WrongPart};
use super::places::described;
use super::quotation_marks::without_own_marks;
use super::quote_context::{Statement, check_context};
use super::suggested_words::suggested_words;
use super::{DocumentFacts, problems, quote_problems};
use crate::files::{Span, Spanned};
use crate::ids::SourceId;
use crate::load::{Lock, LockFile};
use crate::problem::Problem;

/// Verifies a quote against the document of `source`, or against the lock if the document is missing. `None` if
/// the quote is not verified: the problem says why, unless the document or the lock can't be read. A verified
/// quote can have problems, too: it is too long, it runs over a line end at which a paragraph may end, or the
/// words beside it in the document change its meaning. `statement` decides which of these words count. The
/// findings keep the verified quote for the new lock.
pub(super) fn check_quote(
    context: &Context<'_>,
    source: &SourceId,
    written: &Spanned<String>,
    statement: Statement,
) -> Checked<Option<VerifiedQuote>> {
    let Some(pattern) = QuotePattern::parse(without_own_marks(&written.value)) else {
        return Checked::with_problem(None, quote_problems::quote_empty(written.span));
    };
    let mut findings = Findings::default();
    let (words, limit) = (pattern.words(), context.site.quote_words);
    if words > limit {
        findings.problems.push(quote_problems::quote_too_long(words, limit, written.span));
    }
    if context.unreadable.contains(source) {
        findings.unverifiable.insert(source.clone());
        return Checked { value: None, findings };
    }
    let proof = if let Some(document) = context.corpus.get(source) {
        prove(&pattern, document)
            .ok_or_else(|| not_found(context, &pattern, (source, document), written, statement))
    } else {
        let locked = context.locked.get(source);
        let quote = locked.and_then(|locked| locked.prove(&pattern));
        quote.ok_or_else(|| not_in_lock(&pattern, source, locked, written.span))
    };
    let value = match proof {
        Ok(quote) => {
            if quote.joins_paragraphs() {
                findings.problems.push(quote_problems::quote_line_end(quote.place().paragraph, written.span));
            }
            findings.problems.extend(check_context(context, source, &quote, statement, written.span));
            // The lock has no quotes of a document in `seeds/`.
            if context.documents.get(source).is_none_or(|(_, is_original)| *is_original) {
                findings.proved.entry(source.clone()).or_default().insert(quote.to_lock());
            }
            Some(quote)
        }
        Err(problem) => {
            findings.problems.push(problem);
            None
        }
    };
    Checked { value, findings }
}

/// Returns the problem for a quote of a missing document that is not in the lock, or whose source is not in the lock.
fn not_in_lock(
    pattern: &QuotePattern,
    source: &SourceId,
    locked: Option<&LockedQuotes<'_>>,
    span: Span,
) -> Problem {
    match locked {
        Some(locked) => quote_problems::quote_not_in_lock(source.as_str(), locked.nearest(pattern), span),
        None => quote_problems::quotes_without_document(source.as_str(), 1, None, span),
    }
}

/// Returns the problem for a quote that is not in its document. The first of these that is true is reported: a left-out
/// part has the words; the document has them, but the quote changes their meaning or joins words that are apart; they
/// are hidden, struck out or in a header or footer; else the most similar passage, and other documents with the words.
fn not_found(
    context: &Context<'_>,
    pattern: &QuotePattern,
    (source, document): (&SourceId, &SegmentedDocument),
    Spanned { value: written, span }: &Spanned<String>,
    statement: Statement,
) -> Problem {
    let span = *span;
    let left_out = context.left_out.get(source);
    if let Some(part) = left_out.and_then(|parts| parts.quoted(pattern, document.language())) {
        return quote_problems::quote_left_out(source.as_str(), &part, span);
    }
    if let Some(refusal) = refusal(pattern, document) {
        return quote_problems::quote_refused(source.as_str(), written, &refusal, span);
    }
    let wrong = wrong_part(context, pattern, source, document);
    let (pattern_of_part, part) = wrong.unzip();
    let wanted = pattern_of_part.as_ref().unwrap_or(pattern);
    let nearest = nearest_passage(wanted, document);
    let set_aside = context.set_aside.get(source);
    if let Some(reason) = set_aside.and_then(|words| words.reason(pattern, document, nearest.as_ref())) {
        return quote_problems::quote_set_aside(source.as_str(), reason, span);
    }
    let near = nearest.as_ref().map(|nearest| {
        let range = document.normalized().source_range(nearest.range.clone());
        let paragraph = document.paragraph_at(nearest.range.start);
        let written = if part.is_some() { &wanted.whole } else { written };
        let suggested = join_lines(&suggested_words(written, nearest, document));
        near_problems::Near {
            place: described(context, source, paragraph, &range),
            passage: join_lines(&document.text()[range]),
            suggested: near_problems::in_marks(&suggested, statement == Statement::Markdown),
            nearest,
        }
    });
    let elsewhere = context.corpus.iter().filter(|(_, other)| prove(pattern, other).is_some());
    let elsewhere: Vec<&str> = elsewhere.map(|(id, _)| id.as_str()).collect();
    near_problems::quote_not_found(source.as_str(), (part.as_ref(), near.as_ref()), &elsewhere, span)
}

/// Returns the first part of a quote, between elisions, that the document doesn't contain. `None` if the quote has only
/// one part, or if the document has all of them.
fn wrong_part(
    context: &Context<'_>,
    pattern: &QuotePattern,
    source: &SourceId,
    document: &SegmentedDocument,
) -> Option<(QuotePattern, WrongPart)> {
    let proved = |part: QuotePattern| {
        let quote = prove(&part, document);
        (part, quote)
    };
    let parts: Vec<_> = pattern.each_segment().map(proved).collect();
    let right = parts.iter().find_map(|(_, quote)| quote.as_ref()).map(|quote| {
        let place = quote.place();
        (quote.text().to_owned(), described(context, source, place.paragraph, &place.range()))
    });
    let count = parts.len();
    let (wrong, _) = parts.into_iter().find(|(_, quote)| quote.is_none()).filter(|_| count > 1)?;
    let words = wrong.whole.clone();
    Some((wrong, WrongPart { words, right }))
}

/// Reports every document outside `seeds/` whose hash differs from its hash in the lock.
pub(super) fn check_document_hashes(context: &Context<'_>, lock_file: &LockFile) -> Vec<Problem> {
    let changed = context.lock.source.iter().filter_map(|(id, locked)| {
        let (facts, is_original) = context.documents.get(&SourceId::parse(id)?)?;
        let is_changed = *is_original && facts.sha256 != locked.sha256;
        is_changed.then(|| problems::document_changed(id, lock_file.hash_span(id)))
    });
    changed.collect()
}

/// Creates the new lock, with the verified quotes of every document outside `seeds/`.
///
/// If a document is missing, its entry in the old lock stays, with those of its quotes that are still used. A document
/// in `seeds/` gets no entry.
pub(super) fn new_lock(context: &Context<'_>, mut proved: Proved) -> Lock {
    let mut lock = Lock::default();
    for source in &context.source_ids {
        let facts = match (context.documents.get(source), context.lock.source.get(source.as_str())) {
            (Some((_, false)), _) | (None, None) => continue,
            (Some((facts, true)), _) => facts.clone(),
            (None, Some(old)) => DocumentFacts::from_lock(old),
        };
        let quote: Vec<LockedQuote> = proved.remove(source).unwrap_or_default().into_iter().collect();
        let DocumentFacts { sha256, words, is_machine_read, is_from_metadata, divisions } = facts;
        let (machine_read, from_metadata) = (is_machine_read, is_from_metadata);
        let divisions =
            divisions.map(|divisions| divisions.only_of(quote.iter().flat_map(LockedQuote::ranges)));
        let entry = LockedSource {
            sha256,
            seal: String::new(),
            words,
            machine_read,
            from_metadata,
            quote,
            divisions,
        };
        lock.source.insert(source.to_string(), entry.sealed(source.as_str()));
    }
    lock
}
