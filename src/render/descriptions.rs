//! What the pages that the program makes say of themselves in a sentence, for search engines and whoever shows a link.

use super::view::{ComparisonView, QuestionView, SourceBrief};
use super::words::Words;

/// Of the comparison: "27 questions, put to 5 sources."
pub(super) fn of_comparison(comparison: &ComparisonView, words: &Words) -> String {
    let sources = words.count("sources", comparison.sources.len(), &[]);
    if comparison.topics {
        let topics = words.count("topics", comparison.questions.len(), &[]);
        return words.fill("topics_in_sources", &[("topics", &topics), ("sources", &sources)]);
    }
    let questions = words.count("questions", comparison.questions.len(), &[]);
    words.fill("put_to_sources", &[("questions", &questions), ("sources", &sources)])
}

/// Of the list of sources: their names.
pub(super) fn of_sources(comparison: &ComparisonView) -> String {
    let names = comparison.sources.iter().map(|source| source.source.short.as_str());
    names.collect::<Vec<_>>().join("; ")
}

/// Of a question: "3 of 5 sources answer, in 2 ways: A lamp fell; Lightning struck".
pub(super) fn of_question(question: &QuestionView) -> String {
    let gist = question.count_text.clone();
    let labels = question.positions.iter().map(|position| position.position.label.as_str());
    let labels = labels.collect::<Vec<_>>().join("; ");
    if labels.is_empty() { gist } else { format!("{gist}: {labels}") }
}

/// Of a source: what a reader must know of it, else how much it answers.
pub(super) fn of_source(source: &SourceBrief, questions: usize, words: &Words) -> String {
    if let Some(caution) = &source.source.caution {
        return caution.clone();
    }
    let questions = words.count("questions", questions, &[]);
    words.fill("answers_of", &[("n", &source.answered.to_string()), ("questions", &questions)])
}
