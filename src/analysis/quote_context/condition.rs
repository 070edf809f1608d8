//! Finds conditions: the quote is in the clause of the condition (*if the mill burns*), or depends on it (*If it burns,
//! …*, *… if it burns*).

use std::ops::Range;

use super::words::{Gap, Word, phrase_at, range_of, without_parentheses, words, words_and_gap};
use super::{FoundTurn, TurnKind};
use crate::lexicons::ContextWords;

/// At most this many words are between the comma after a condition and a quote that depends on the condition, or
/// between a quote and a condition after it.
const MAX_WORDS_TO_CONDITION: usize = 6;
/// A condition after a quote has at least this many words after its *if*: *if welcome* is none.
const MIN_CLAUSE_WORDS: usize = 2;

/// These words begin an indirect question. A quote inside such a question is no statement, but a quote after the
/// question doesn't depend on it.
const INDIRECT_QUESTIONS: [&str; 2] = ["ob", "whether"];

/// Finds a condition of the quote, first before it, then after it.
pub(super) fn condition(
    text: &str,
    sentence: &Range<usize>,
    quote: &Range<usize>,
    lists: &ContextWords,
) -> Option<FoundTurn> {
    let start = quote.start.max(sentence.start);
    let quoted = words(text, quote.clone());
    let (before, last) = words_and_gap(text, sentence.start..start);
    let is_at_start = before.is_empty();
    let find_before = |words: &[Word], last: Gap| Before { words, last, quoted: &quoted, lists }.find();
    let found = find_before(&before, last).or_else(|| {
        let (before, last) = without_parentheses(before, last, lists);
        find_before(&before, last)
    });
    let after = || {
        let after = words(text, quote.end.min(sentence.end)..sentence.end);
        condition_after(&quoted, &after, is_at_start, lists)
    };
    found.or_else(after).map(|words| (TurnKind::Condition, words))
}

/// The words before a quote.
struct Before<'a> {
    words: &'a [Word],
    /// What is between the last of `words` and the quote.
    last: Gap,
    quoted: &'a [Word],
    lists: &'a ContextWords,
}

impl Before<'_> {
    /// Finds the last condition before the quote that the quote is part of, or depends on.
    fn find(&self) -> Option<Range<usize>> {
        (0..self.words.len()).rev().find_map(|start| {
            let words = &self.words[start..];
            let length = phrase_at(words, |phrase| self.is_condition(start, phrase))?;
            let range = range_of(&words[..length]);
            let before = start.checked_sub(1).map(|index| &self.words[index]);
            let is_cancelled = is_concession(before, words, self.lists)
                || INDIRECT_QUESTIONS.contains(&self.words[start].lower.as_str());
            let rest = &words[length..];
            let is_in_clause = !self.last.has_mark() && rest.iter().all(|word| !word.gap.has_mark());
            let reaches =
                is_in_clause || !is_cancelled && self.begins_clause(start) && self.is_consequence(rest);
            reaches.then_some(range)
        })
    }

    /// Whether a phrase at `start` begins a condition. Some do so only at the start of a sentence (*should it burn*),
    /// some only there and if what depends on them is still to come (*once it opens, the mill will*).
    fn is_condition(&self, start: usize, phrase: &str) -> bool {
        self.lists.conditions.contains(phrase)
            || self.begins_sentence(start)
                && (self.lists.conditions_at_start.contains(phrase)
                    || self.lists.conditions_of_future.contains(phrase) && self.has_future(start))
    }

    /// Whether a sentence (perhaps with *and* or the like before), a quotation, or what someone says (*said that, …*)
    /// begins at `start`. Only there does *should* or *when* begin a condition of what follows it.
    fn begins_sentence(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1).map(|index| self.words[index].lower.as_str()) else {
            return true;
        };
        let gap = self.words[start].gap;
        gap.has_quotation_mark
            || gap.has_mark() && self.lists.clause_starts.contains(before)
            || start == 1 && self.lists.conjunctions.contains(before)
    }

    /// Whether the clause of the quote tells that something is still to come: the words between the last mark
    /// after `start` and the quote, and the quote itself.
    fn has_future(&self, start: usize) -> bool {
        let main = self.words[start..].iter().rposition(|word| word.gap.has_mark());
        let main = if self.last.has_mark() { None } else { main };
        let words = main.map_or(&[][..], |index| &self.words[start + index..]);
        has_future(words, self.lists) || has_future(self.quoted, self.lists)
    }

    /// Whether a clause begins at `start`: at the start of the sentence, after a mark, or after *that* or *and*.
    fn begins_clause(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1).map(|index| self.words[index].lower.as_str()) else {
            return true;
        };
        let gap = self.words[start].gap;
        gap.has_mark()
            || gap.has_quotation_mark
            || self.lists.clause_starts.contains(before)
            || self.lists.conjunctions.contains(before)
    }

    /// Whether the quote depends on a condition before it. Between the two there must be exactly one mark, a comma or
    /// colon. After it, only a few words may precede the quote. None of these, nor the quote's first word, may be a
    /// conjunction, which would begin another clause.
    fn is_consequence(&self, rest: &[Word]) -> bool {
        let mark = rest.iter().position(|word| word.gap.has_mark());
        let main = &rest[mark.unwrap_or(rest.len())..];
        let gaps = rest.iter().map(|word| word.gap).chain([self.last]).filter(|gap| gap.has_mark());
        let marks: Vec<Gap> = gaps.collect();
        matches!(marks[..], [mark] if mark.is_comma() || mark.is_colon())
            && main.len() <= MAX_WORDS_TO_CONDITION
            && self.quoted.first().is_some_and(|word| !self.joins(word))
            && !main.iter().any(|word| self.joins(word))
    }

    fn joins(&self, word: &Word) -> bool {
        self.lists.conjunctions.contains(word.lower.as_str())
    }
}

fn has_future(words: &[Word], lists: &ContextWords) -> bool {
    words.iter().any(|word| lists.future_words.contains(word.lower.as_str()))
}

/// Finds a condition after the quote: *The mill will close if …*. Between them there may be a few words of the same
/// clause. The quote must be a statement, and the condition more than *if welcome*.
fn condition_after(
    quoted: &[Word],
    after: &[Word],
    starts_sentence: bool,
    lists: &ContextWords,
) -> Option<Range<usize>> {
    for start in 0..after.len().min(1 + MAX_WORDS_TO_CONDITION) {
        let Word { lower, gap, .. } = &after[start];
        if gap.has_mark() && !gap.is_comma() || lists.conjunctions.contains(lower.as_str()) {
            return None;
        }
        let is_listed = |phrase: &str| {
            lists.conditions_after.contains(phrase)
                || lists.conditions_of_future.contains(phrase) && has_future(quoted, lists)
        };
        if let Some(length) = phrase_at(&after[start..], is_listed) {
            let before = after[..start].last().or(quoted.last())?;
            let is_concession = is_concession(Some(before), &after[start..], lists);
            let asks =
                quoted.iter().chain(&after[..start]).any(|word| lists.askers.contains(word.lower.as_str()));
            let clause = after.len() - start - length;
            // A quote from the start of the sentence to the condition is a whole clause.
            let is_statement = starts_sentence && start == 0 || is_statement(quoted, lists);
            let is_condition = !is_concession && !asks && clause >= MIN_CLAUSE_WORDS && is_statement;
            return is_condition.then(|| range_of(&after[start..start + length]));
        }
        if gap.has_mark() || lists.clause_starts.contains(lower.as_str()) {
            return None;
        }
    }
    None
}

/// Whether nothing depends on a condition because of the word before it (*even if*) or of its first words (*if not*).
fn is_concession(before: Option<&Word>, condition: &[Word], lists: &ContextWords) -> bool {
    before.is_some_and(|word| lists.concessions.contains(word.lower.as_str()))
        || phrase_at(condition, |phrase| phrase.contains(' ') && lists.concessions.contains(phrase)).is_some()
}

/// Whether the words have a verb after the first word, so that they state something that may depend on a condition.
pub(super) fn is_statement(words: &[Word], lists: &ContextWords) -> bool {
    let is_verb = |(index, word): (usize, &Word)| {
        let ending = |ending: &str| lists.verbs.contains(ending) && !word.is_capital;
        // The last word of *the new boats* is no verb.
        lists.verbs.contains(word.lower.as_str())
            || word.lower.ends_with("ed") && ending("-ed")
            || word.lower.ends_with('s') && ending("-s") && index + 1 < words.len()
            || word.lower.ends_with('t') && ending("-t")
    };
    words.iter().enumerate().skip(1).any(is_verb)
}
