//! Finds negations, denials and questions among the words before and after a quote in its sentence.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::words::{
    Gap, MAX_PHRASE_WORDS, Word, is_quotation_mark, lower, phrase, phrase_at, range_of, without_parentheses,
    words, words_and_gap,
};
use super::{FoundTurn, TurnKind};
use crate::lexicons::ContextWords;

/// A negation applies to a clause that begins at most this many words after it: *did not say that*.
const MAX_WORDS_TO_CLAUSE: usize = 4;
/// This many filler words may separate a negation from the quote: *not really a*.
const MAX_FILLERS: usize = 4;
/// A negation cancels a denial at most this many words after it: *could not be denied*. A negation also negates an
/// infinitive whose *to* is at most this many words after it: *never claimed to*.
const MAX_WORDS_TO_DENIAL: usize = 3;

/// The words of a sentence before and after a quote.
pub(super) struct Clause {
    before: Vec<Word>,
    /// What is between the last word of `before` and the quote.
    last_gap: Gap,
    /// The first words of the quote, in lower case.
    quote_start: Vec<String>,
    after: Vec<Word>,
    lists: &'static ContextWords,
}

impl Clause {
    pub(super) fn of(
        text: &str,
        sentence: &Range<usize>,
        quote: &Range<usize>,
        lists: &'static ContextWords,
    ) -> Self {
        let start = quote.start.max(sentence.start);
        let (before, last_gap) = words_and_gap(text, sentence.start..start);
        let (before, last_gap) = without_parentheses(before, last_gap, lists);
        let quote_start = text[quote.clone()].unicode_words().take(MAX_PHRASE_WORDS).map(lower).collect();
        let after = words(text, quote.end.min(sentence.end)..sentence.end);
        Self { before, last_gap, quote_start, after, lists }
    }

    /// Finds a negation of the words of the quote: directly before them or before filler words, a negative subject, a
    /// negated infinitive, or directly after them; the first of these that there is.
    pub(super) fn negation(&self) -> Option<FoundTurn> {
        let fillers = self.before.iter().rev();
        let fillers = fillers
            .take_while(|word| self.lists.fillers.contains(word.lower.as_str()))
            .count()
            .min(MAX_FILLERS);
        // The word nearest to the quote comes first, in case a filler is itself listed as a negation.
        let adjacent = (0..=fillers).filter_map(|count| self.before.len().checked_sub(1 + count));
        let adjacent =
            adjacent.into_iter().find(|index| self.is_negation(*index) && self.reaches_quote(*index));
        let index = adjacent.or_else(|| self.negative_subject()).or_else(|| self.negated_infinitive());
        index
            .map(|index| (TurnKind::Negation, self.before[index].range.clone()))
            .or_else(|| self.negation_after())
    }

    /// Finds a negative subject at the start of the sentence: *Nothing in this report shows*.
    fn negative_subject(&self) -> Option<usize> {
        let first = self.before.first()?;
        let is_negative = self.lists.negative_subjects.contains(first.lower.as_str());
        (is_negative && !self.is_exception(0) && self.reaches_quote(0) && !self.has_factive(0)).then_some(0)
    }

    /// Finds a negation of an infinitive that the quote continues: *never claimed to*.
    fn negated_infinitive(&self) -> Option<usize> {
        self.before
            .last()
            .filter(|word| matches!(word.lower.as_str(), "to" | "zu") && !word.gap.has_mark())?;
        let from = self.before.len().saturating_sub(1 + MAX_WORDS_TO_DENIAL);
        (from..self.before.len()).find(|index| self.is_negation(*index) && self.reaches_quote(*index))
    }

    /// Finds a negation right after the quote: *“das Boot” nicht*, *“the boat” never*. This order is usual in German.
    fn negation_after(&self) -> Option<FoundTurn> {
        let word = self.after.first().filter(|word| !word.gap.has_mark())?;
        let with_next = phrase(&self.after[..self.after.len().min(2)]);
        let negates =
            matches!(word.lower.as_str(), "not" | "never" | "nicht" | "nie" | "niemals" | "keineswegs");
        (negates && !self.lists.exceptions.contains(with_next.as_str()))
            .then(|| (TurnKind::Negation, word.range.clone()))
    }

    /// Finds a denial, or a negation of a clause, that governs the quote: *denied that*, *did not say that*.
    pub(super) fn denial(&self) -> Option<FoundTurn> {
        for start in (0..self.before.len()).rev() {
            let length = phrase_at(&self.before[start..], |phrase| self.lists.denials.contains(phrase));
            if let Some(end) = length.map(|length| start + length).filter(|end| self.governs_quote(*end)) {
                let range = range_of(&self.before[start..end]);
                return (!self.is_denied(start)).then_some((TurnKind::Denial, range));
            }
            let clause = self.before[start + 1..]
                .iter()
                .take(MAX_WORDS_TO_CLAUSE)
                .position(|word| self.is_clause_start(word));
            if clause.is_some_and(|clause| self.governs_quote(start + 1 + clause))
                && self.is_negation(start)
                && !self.has_factive(start)
                && !self.is_near_denial(start)
            {
                return Some((TurnKind::Denial, self.before[start].range.clone()));
            }
        }
        None
    }

    /// Whether the words before the index `end` govern the quote: *denied, however* doesn't. No punctuation mark may
    /// separate them from the quote, except before *that*. German may leave out *dass*, so there the mark directly
    /// before the quote is allowed, too.
    fn governs_quote(&self, end: usize) -> bool {
        let is_adjacent = end == self.before.len() && self.lists.language() == "de";
        (!self.last_gap.has_mark() || is_adjacent)
            && self.before[end..].iter().all(|word| !word.gap.has_mark() || self.is_clause_start(word))
    }

    /// Whether a negation cancels the denial at `start`: *could not be denied*.
    fn is_denied(&self, start: usize) -> bool {
        let from = start.saturating_sub(MAX_WORDS_TO_DENIAL);
        self.before[from..start].iter().any(|word| self.lists.negations.contains(word.lower.as_str()))
    }

    /// Whether the negation at `index` cancels a denial near it: *bestreitet nicht mehr, dass* (no longer denies).
    fn is_near_denial(&self, index: usize) -> bool {
        let near =
            index.saturating_sub(MAX_WORDS_TO_DENIAL)..self.before.len().min(index + MAX_WORDS_TO_DENIAL);
        self.before[near].iter().any(|word| self.lists.denials.contains(word.lower.as_str()))
    }

    /// Finds the question mark, after the quote, of a question that asks whether the quote is true: one that doesn't
    /// begin with a question word such as *why*.
    pub(super) fn question(
        &self,
        text: &str,
        sentence: &Range<usize>,
        quote: &Range<usize>,
    ) -> Option<FoundTurn> {
        let own = self.before.first().map(|word| word.lower.as_str());
        if self.lists.question_words.contains(own.or(self.quote_start.first().map(String::as_str))?) {
            return None;
        }
        let is_closing = |c: char| c.is_whitespace() || is_quotation_mark(c) || matches!(c, '’' | '\'' | ')');
        let end = sentence.start + text[sentence.clone()].trim_end_matches(is_closing).len();
        let (start, _) = text[..end].char_indices().next_back().filter(|(_, c)| matches!(c, '?' | '？'))?;
        (start >= quote.end).then_some((TurnKind::Question, start..end))
    }

    fn is_clause_start(&self, word: &Word) -> bool {
        self.lists.clause_starts.contains(word.lower.as_str())
    }

    fn is_negation(&self, index: usize) -> bool {
        self.lists.negations.contains(self.before[index].lower.as_str()) && !self.is_exception(index)
    }

    /// Whether an exception such as *not only* begins at `index` and ends before the quote. One that ends inside the
    /// quote doesn't count: before the quote *more than 5*, *no* is a negation, although *no more than* is listed.
    fn is_exception(&self, index: usize) -> bool {
        let words: Vec<&str> =
            self.before[index..].iter().map(|word| word.lower.as_str()).take(MAX_PHRASE_WORDS).collect();
        (2..=words.len()).any(|length| self.lists.exceptions.contains(words[..length].join(" ").as_str()))
    }

    /// Whether no mark that ends a clause separates the word at `index` from the quote.
    fn reaches_quote(&self, index: usize) -> bool {
        !self.last_gap.has_mark() && self.before[index + 1..].iter().all(|word| !word.gap.has_mark())
    }

    /// Whether the word at `index`, or a later one before the quote, is one of the `factives`: *did not mention that*.
    fn has_factive(&self, index: usize) -> bool {
        self.before[index..].iter().any(|word| self.lists.factives.contains(word.lower.as_str()))
    }
}
