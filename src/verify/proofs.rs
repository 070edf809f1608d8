//! Every quote of the site held against its document, or against the lock; and the lock made of what held.
//!
//! How words are looked for in a text is the business of the crate `quotes`.

use super::lookup::{Known, Proved};
use super::{DocumentFacts, Verifier, problems};
use crate::files::{Span, Spanned};
use crate::ids::SourceId;
use crate::load::{Lock, LockFile};
use crate::problem::Problem;
use sourcewise_quotes::{
    Claim, LockedSource, Segmented, VerifiedQuote, nearest_in_lock, nearest_passage, parts_stand, prove,
    prove_by_lock,
};

impl Verifier<'_> {
    /// Proves a quote: on the document if it is at hand, else on the lock.
    pub(super) fn quote(&mut self, source: &SourceId, written: &Spanned<String>) -> Option<VerifiedQuote> {
        let Some(claim) = Claim::parse(&written.value) else {
            self.problems.push(problems::quote_empty(written.span));
            return None;
        };
        let words = claim.words();
        if words > self.known.site.quote_words {
            self.problems.push(problems::quote_too_long(words, self.known.site.quote_words, written.span));
        }
        if self.known.unreadable.contains(source) {
            self.lost.insert(source.clone());
            return None;
        }
        let Some(document) = self.known.corpus.get(source) else {
            let locked = self.known.lock.source.get(source.as_str());
            let quote = locked.and_then(|locked| prove_by_lock(&claim, locked));
            if quote.is_none() {
                let near = locked.and_then(|locked| nearest_in_lock(&claim, locked));
                let problem = problems::quote_unproved(source.as_str(), locked.is_some(), near, written.span);
                self.problems.push(problem);
            }
            return self.keep(source, quote);
        };
        let quote = prove(&claim, document);
        if quote.is_none() {
            let problem = self.not_found(&claim, source, document, written.span);
            self.problems.push(problem);
        }
        self.keep(source, quote)
    }

    /// What to say of words that don't stand in their document.
    fn not_found(&self, claim: &Claim, source: &SourceId, document: &Segmented, span: Span) -> Problem {
        if parts_stand(claim, document) {
            return problems::quote_parts_apart(source.as_str(), span);
        }
        let nearest = nearest_passage(claim, document);
        let near = nearest.as_ref().map(|nearest| problems::Near {
            paragraph: document.paragraph_at(nearest.range.start),
            passage: &document.text()[document.folded().source_range(nearest.range.clone())],
            nearest,
        });
        let elsewhere = self.known.corpus.iter().filter(|(_, other)| prove(claim, other).is_some());
        let elsewhere: Vec<&str> = elsewhere.map(|(id, _)| id.as_str()).collect();
        problems::quote_not_found(source.as_str(), near.as_ref(), &elsewhere, span)
    }

    /// Documents at hand that are not those which the lock was written from.
    pub(super) fn check_documents(&mut self, lock_file: Option<&LockFile>) {
        let Some(at) = lock_file else { return };
        for (id, locked) in &self.known.lock.source {
            let Some(source) = SourceId::parse(id) else { continue };
            if let Some((facts, true)) = self.known.documents.get(&source)
                && facts.sha256 != locked.sha256
            {
                self.problems.push(problems::document_changed(id, at.hash_span(id)));
            }
        }
    }

    fn keep(&mut self, source: &SourceId, quote: Option<VerifiedQuote>) -> Option<VerifiedQuote> {
        if let Some(quote) = &quote {
            self.proved.entry(source.clone()).or_default().insert(quote.to_lock());
        }
        quote
    }
}

impl Known<'_> {
    /// The lock as it should be now: every document that is not published, and what was proved of it.
    ///
    /// Of a document that is not at hand, what the old lock proved stays, as far as it is used.
    pub(super) fn new_lock(&self, mut proved: Proved) -> Lock {
        let mut lock = Lock::default();
        for source in &self.source_ids {
            let facts = match (self.documents.get(source), self.lock.source.get(source.as_str())) {
                (Some((_, false)), _) | (None, None) => continue,
                (Some((facts, true)), _) => facts.clone(),
                (None, Some(old)) => DocumentFacts { sha256: old.sha256.clone(), words: old.words },
            };
            let quotes = proved.remove(source).unwrap_or_default().into_iter().collect();
            lock.source.insert(source.to_string(), LockedSource::new(facts.sha256, facts.words, quotes));
        }
        lock
    }
}
