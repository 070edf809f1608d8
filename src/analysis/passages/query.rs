//! Looks a question up in the index: the words of its title and terms, and the passages that may answer it.

use sourcewise_quotes::normalize::normal;

use super::SearchQuery;
use super::index::{Index, Occurrence, passages, rarity};
use super::terms::{Pattern, PatternWord};
use crate::lexicons::{AnswerKind, Lexicon};
use crate::words::words;

/// A question whose words and terms were looked up in the index.
#[derive(Debug)]
pub(crate) struct ResolvedQuery {
    /// The words of the title and of the terms, as far as they occur in the documents, rarest first. Stop words are
    /// left out, except in a term that has no other words.
    pub(crate) words: Vec<QueryTerm>,
    /// The terms of more than one word, also those that occur nowhere.
    pub(crate) phrases: Vec<QueryTerm>,
    /// The numbers of the passages that can answer and contain a term, sorted. If the question has no terms, the words
    /// of the title count as terms.
    pub(crate) candidates: Vec<u32>,
    /// What the question asks for; `None` if it has no interrogative such as *how much* or *when*.
    pub(crate) answer_kind: Option<AnswerKind>,
}

/// A word or phrase of a question, with its occurrences.
#[derive(Debug)]
pub(crate) struct QueryTerm {
    pub(crate) rarity: f64,
    pub(crate) occurrences: Vec<Occurrence>,
}

impl ResolvedQuery {
    /// Looks up a question. `lexicon` must be for the language of the questions, not of the documents.
    pub(crate) fn of(query: &SearchQuery<'_>, index: &Index, lexicon: &Lexicon) -> Self {
        let mut wanted = content_words(query.title, lexicon);
        let mut required = Vec::new();
        let mut phrases = Vec::new();
        for term in query.terms {
            let Some(pattern) = Pattern::of(term, lexicon.language()) else { continue };
            let occurrences = index.occurrences(term);
            required.push(occurrences.clone());
            if pattern.0.len() > 1 {
                phrases.push(QueryTerm { rarity: rarity(index, &occurrences), occurrences });
            }
            let content = pattern.0.iter().filter(|word| !lexicon.is_stop_word(&word.text)).cloned();
            let content: Vec<PatternWord> = content.collect();
            wanted.extend(if content.is_empty() { pattern.0 } else { content });
        }
        wanted.sort_unstable();
        wanted.dedup();
        let looked_up = wanted.iter().map(|word| {
            let occurrences = index.word(word);
            QueryTerm { rarity: rarity(index, &occurrences), occurrences }
        });
        let mut words: Vec<QueryTerm> = looked_up.filter(|wanted| !wanted.occurrences.is_empty()).collect();
        words.sort_by(|a, b| b.rarity.total_cmp(&a.rarity));
        if required.is_empty() {
            required.extend(words.iter().map(|word| word.occurrences.clone()));
        }
        let mut candidates = passages(&required.concat());
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|passage| index.entry(*passage).is_some_and(|entry| entry.can_answer));
        Self { words, phrases, candidates, answer_kind: lexicon.answer_kind(query.title) }
    }
}

/// Returns the words of a title without stop words. In a script without spaces, the last character of a run is left
/// out, too, because the bigram before it contains it. *US* in capitals is a name and not the stop word *us*.
fn content_words(title: &str, lexicon: &Lexicon) -> Vec<PatternWord> {
    let title = normal(title);
    let mut list = Vec::new();
    for word in words(&title, lexicon.language()) {
        let written = &title[word.range.clone()];
        let is_name = written.len() > 1 && !written.contains(char::is_lowercase) && word.capitals;
        if (is_name || !lexicon.is_stop_word(&word.text)) && !word.last_of_run {
            list.push(PatternWord { text: word.text.into_owned(), prefix: false, capitals: is_name });
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_words_exclude_stop_words() {
        let words = |text| {
            let mut words: Vec<String> =
                content_words(text, Lexicon::of("en")).into_iter().map(|word| word.text).collect();
            words.sort();
            words
        };
        assert_eq!(words("What did the US know about the mill’s fire?"), ["fire", "know", "mill", "us"]);
        assert_eq!(words("Did it?"), Vec::<String>::new());
        assert_eq!(words("旧磨坊"), ["旧磨", "磨坊"]);
    }
}
