//! Meta descriptions of generated pages: a short text for search engines and link previews.

use super::locale::Locale;
use super::view::{ComparisonView, QuestionView, SourceBrief};

/// Counts the questions, or topics, and the sources: "27 questions, put to 5 sources."
pub(super) fn of_comparison(comparison: &ComparisonView, locale: &Locale) -> String {
    let sources = locale.count("sources", comparison.sources.len(), &[]);
    if comparison.topics {
        let topics = locale.count("topics", comparison.questions.len(), &[]);
        return locale.fill("topics_in_sources", &[("topics", &topics), ("sources", &sources)]);
    }
    let questions = locale.count("questions", comparison.questions.len(), &[]);
    locale.fill("put_to_sources", &[("questions", &questions), ("sources", &sources)])
}

/// Lists the short names of the sources.
pub(super) fn of_sources(comparison: &ComparisonView) -> String {
    let names = comparison.sources.iter().map(|source| source.source.short.as_str());
    names.collect::<Vec<_>>().join("; ")
}

/// Counts the answers and lists the positions that sources hold: "3 of 5 sources answer: 2 different answers: A lamp
/// fell; Lightning struck".
pub(super) fn of_question(question: &QuestionView) -> String {
    let gist = question.count_text.clone();
    let labels = question.positions.iter().map(|position| position.position.label.as_str());
    let labels = labels.collect::<Vec<_>>().join("; ");
    if labels.is_empty() { gist } else { format!("{gist}: {labels}") }
}

/// Returns the source's caution, or else how many questions the source answers.
pub(super) fn of_source(source: &SourceBrief, questions: usize, locale: &Locale) -> String {
    if let Some(caution) = &source.source.caution {
        return caution.clone();
    }
    let questions = locale.count("questions", questions, &[]);
    locale.fill("answers_of", &[("n", &source.answered.to_string()), ("questions", &questions)])
}
