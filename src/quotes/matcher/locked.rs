//! Looks up quotes in a lock entry, on a machine without the document.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Place, ProofSource, VerifiedQuote};
use crate::lock::{LockedQuote, LockedSource};
use crate::nearest::WordIndex;
use crate::normalize::normal;
use crate::pattern::{PatternPart, QuotePattern};

/// The quotes of a lock entry, indexed, because a site can have many quotes of one source.
#[derive(Debug)]
pub struct LockedQuotes<'l> {
    quotes: &'l [LockedQuote],
    /// The index of the first quote with these parts, as [`parts_of`] returns them.
    by_parts: BTreeMap<Vec<PatternPart>, usize>,
    /// The normal forms of the quotes, one per line. Made when a quote is first not found.
    lines: OnceLock<(String, WordIndex)>,
}

impl<'l> LockedQuotes<'l> {
    /// Indexes the quotes of a lock entry.
    pub fn of(locked: &'l LockedSource) -> Self {
        let mut by_parts = BTreeMap::new();
        for (index, quote) in locked.quote.iter().enumerate() {
            if let Some(pattern) = QuotePattern::parse(&quote.text) {
                by_parts.entry(parts_of(&pattern)).or_insert(index);
            }
        }
        Self { quotes: &locked.quote, by_parts, lines: OnceLock::new() }
    }

    /// Verifies a quote. Returns `None` if the entry has no quote with the same words, elisions and insertions.
    pub fn prove(&self, pattern: &QuotePattern) -> Option<VerifiedQuote> {
        let quote = self.quotes.get(*self.by_parts.get(&parts_of(pattern))?)?;
        let others = quote.also.iter().map(|[paragraph, start, end]| Place {
            paragraph: *paragraph,
            start: *start,
            end: *end,
        });
        Some(VerifiedQuote {
            text: quote.text.clone(),
            place: Place { paragraph: quote.paragraph, start: quote.start, end: quote.end },
            other_occurrences: others.collect(),
            joins_paragraphs: false,
            proof_source: ProofSource::Lock,
        })
    }

    /// Finds the quote that is most similar to one that the entry doesn't contain. `None` if more than half of the
    /// words differ.
    pub fn nearest(&self, pattern: &QuotePattern) -> Option<&'l LockedQuote> {
        let (text, words) = self.lines.get_or_init(|| {
            let lines: Vec<String> = self.quotes.iter().map(|quote| normal(&quote.text)).collect();
            let text = lines.join("\n");
            let words = WordIndex::of(&text);
            (text, words)
        });
        let found = words.nearest(text, &pattern.whole)?;
        self.quotes.get(text[..found.range.start].matches('\n').count())
    }
}

/// Returns the parts of a pattern, with each paragraph break replaced by an elision.
fn parts_of(pattern: &QuotePattern) -> Vec<PatternPart> {
    let part = |part: &PatternPart| if part.is_gap() { PatternPart::Elision } else { part.clone() };
    pattern.parts.iter().map(part).collect()
}
