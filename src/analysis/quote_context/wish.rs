//! Finds wishes, demands, plans and attempts: the document doesn't say that what the quote states is so. *We hope that
//! the mill will open*, *wants to sell the mill*, *should sell the mill*.

use std::ops::Range;

use super::condition::is_statement;
use super::words::{Gap, Word, phrase_at, range_of, without_parentheses, words, words_and_gap};
use super::{FoundTurn, TurnKind};
use crate::lexicons::{ContextWords, WordSet};

/// Between a request and its *to* are at most this many words: *asked the town council to*.
const MAX_WORDS_TO_INFINITIVE: usize = 5;
/// Between the *that* or *to* after a wish and the quote are at most this many words: *to turn the*.
const MAX_WORDS_TO_QUOTE: usize = 3;

/// Finds a wish that governs the quote.
pub(super) fn wish(
    text: &str,
    sentence: &Range<usize>,
    quote: &Range<usize>,
    lists: &ContextWords,
) -> Option<FoundTurn> {
    let start = quote.start.max(sentence.start);
    let (before, last) = words_and_gap(text, sentence.start..start);
    let (before, last) = without_parentheses(before, last, lists);
    let quoted = words(text, quote.clone());
    let asks = |start: usize| {
        start.checked_sub(1).is_some_and(|index| lists.question_words.contains(before[index].lower.as_str()))
    };
    (0..before.len()).rev().find_map(|start| {
        let words = &before[start..];
        let governs = |list: &WordSet, rule: fn(&Rest<'_>) -> bool| {
            let length = phrase_at(words, |phrase| list.contains(phrase))?;
            let rest = Rest { words: &words[length..], last, quoted: &quoted, lists };
            rule(&rest).then(|| (TurnKind::Wish, range_of(&words[..length])))
        };
        governs(&lists.wishes, |rest| rest.is_clause() || rest.is_infinitive() || rest.is_object())
            .or_else(|| governs(&lists.plans, is_planned))
            .or_else(|| governs(&lists.obligations, is_obliged).filter(|_| !asks(start)))
    })
}

/// The words between a wish and the quote, and those of the quote.
struct Rest<'a> {
    words: &'a [Word],
    /// What is between the last of `words`, or the wish if there are none, and the quote.
    last: Gap,
    quoted: &'a [Word],
    lists: &'a ContextWords,
}

impl Rest<'_> {
    /// Whether the quote is a statement directly after the wish: *we hope the mill will open*.
    fn is_object(&self) -> bool {
        self.words.is_empty() && !self.last.has_mark() && is_statement(self.quoted, self.lists)
    }

    /// Whether the quote is in a clause after the wish: *hope that the mill will open*.
    fn is_clause(&self) -> bool {
        let Some((first, rest)) = self.words.split_first() else { return false };
        self.lists.clause_starts.contains(first.lower.as_str())
            && rest.len() <= MAX_WORDS_TO_QUOTE
            && self.is_one_clause(rest)
    }

    /// Whether the quote is in an infinitive after the wish: *want to sell the mill*, *asked the town to sell the
    /// mill*. In German, the quote must end with the infinitive: *plant, die Mühle zu verkaufen*.
    fn is_infinitive(&self) -> bool {
        if self.lists.language() == "de" {
            return self.has_infinitive_with_zu();
        }
        let Some(to) = self.words.iter().position(|word| word.lower == "to") else { return false };
        let rest = &self.words[to + 1..];
        let verb = rest.first().or(self.quoted.first());
        to <= MAX_WORDS_TO_INFINITIVE
            && rest.len() <= MAX_WORDS_TO_QUOTE
            && self.is_one_clause(self.words)
            && verb.is_some_and(|verb| !self.lists.determiners.contains(verb.lower.as_str()))
    }

    fn has_infinitive_with_zu(&self) -> bool {
        let rest = self.words.iter().skip_while(|word| !word.gap.has_mark());
        let marks =
            usize::from(self.last.has_mark()) + self.words.iter().filter(|word| word.gap.has_mark()).count();
        let Some(([.., before], verb)) = self.quoted.split_last().map(|(verb, rest)| (rest, verb)) else {
            return false;
        };
        let has_zu = before.lower == "zu" || verb.lower.contains("zu");
        marks == 1
            && has_zu
            && is_german_infinitive(verb)
            && rest.count() <= MAX_WORDS_TO_QUOTE
            && !self.has_conjunction(self.words)
    }

    /// Whether no mark, and no word that begins another clause, is between the wish and the quote.
    fn is_one_clause(&self, words: &[Word]) -> bool {
        let begins =
            |word: &Word| word.gap.has_mark() || self.lists.clause_starts.contains(word.lower.as_str());
        !self.last.has_mark() && !words.iter().any(begins) && !self.has_conjunction(words)
    }

    fn has_conjunction(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.lists.conjunctions.contains(word.lower.as_str()))
    }
}

/// Whether the quote is in the clause or infinitive after a plan. In English, *to* or *that* are part of the phrase:
/// *decided to*.
fn is_planned(rest: &Rest<'_>) -> bool {
    if rest.lists.language() == "de" {
        return rest.is_clause() || rest.has_infinitive_with_zu();
    }
    rest.is_one_clause(rest.words) && rest.words.len() <= MAX_WORDS_TO_QUOTE
}

/// Whether the quote begins with the verb after *should*, or ends with it in German: *soll die Mühle verkaufen*.
fn is_obliged(rest: &Rest<'_>) -> bool {
    let Rest { words, quoted, lists, .. } = rest;
    let is_near = if lists.language() == "de" {
        words.len() <= MAX_WORDS_TO_QUOTE
            && quoted.len() > 1
            && quoted.last().is_some_and(is_german_infinitive)
    } else {
        words.iter().all(|word| lists.fillers.contains(word.lower.as_str()))
    };
    is_near && rest.is_one_clause(words)
}

/// Whether a German word looks like an infinitive: *verkaufen*, *erweitern*, *sein*.
fn is_german_infinitive(word: &Word) -> bool {
    !word.is_capital
        && word.lower.len() > 3
        && ["en", "ern", "eln", "sein"].iter().any(|ending| word.lower.ends_with(ending))
}
