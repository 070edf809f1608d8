//! HTML ids of answers, quotes, passages, paragraphs, citations and popovers, and relative paths to the site's root.
//! Links from pages, exports and the search index take the ids from here, so that they agree with their targets.
//!
//! Readers link to these ids from elsewhere, so an id must not come to mean something else when the site's author adds,
//! moves or removes an answer or a citation. Ids are therefore made of what they name: quotes and passages of their
//! words, answers of their source and position, citations of their source and words. A number is added only to an id
//! that would occur twice. Paragraphs are an exception: their ids are their numbers in the document, which pages print.
//! So are footnotes, which are numbered in the order of their first mention.
//!
//! Templates write some of these ids themselves, in the same form: `paragraph--…`, `preview--…`, `ref--…`, `gist--…`,
//! `found--…` and the constants `SILENT` and `MENTIONS`. Other ids are not made here: those of headings come from
//! `verify/headings.rs`, those of footnotes from `footnotes.rs`, and those of questions, rows and sections of a page
//! from the templates.

use std::collections::{BTreeMap, BTreeSet};

use sourcewise_quotes::{VerifiedQuote, normal};

use crate::ids::{FastMap, PassageId, QuestionId, id_of_words};
use crate::verify::{Citation, ShownPassage, Source};

/// The id of the list of sources that are silent by their records, on a question's page. `components.html` writes it.
pub(super) const SILENT: &str = "cell--silent";
/// The id of the heading above the answers and passages that name the subject of a page. Only pages with the key
/// `mentions` in their front matter have it. `components.html` writes it.
pub(super) const MENTIONS: &str = "page--speaks";

#[derive(Debug)]
pub(super) struct AnswerAnchors {
    /// Unique among the answers to the same question: `answer--gazette--lamp`.
    pub(super) answer: String,
    /// The ids of the answer's quotes on the source's page, in order: `quote--4f0c9a1b7d2e`.
    pub(super) quotes: Vec<String>,
}

/// Makes ids unique: the second use of an id becomes `id--2`, the third `id--3`.
#[derive(Debug, Default)]
pub(super) struct Repeats(FastMap<String, usize>);

impl Repeats {
    fn number(&mut self, id: String) -> usize {
        let count = self.0.entry(id).or_default();
        *count += 1;
        *count
    }

    fn distinguish(&mut self, id: String) -> String {
        match self.number(id.clone()) {
            1 => id,
            number => format!("{id}--{number}"),
        }
    }
}

/// Returns the ids of a source's answers and of their quotes, in the order of its record.
///
/// If answers to several questions quote the same words, the question whose id sorts first has the plain id of the
/// quote, and the other questions add theirs to it, however the record orders the answers. If one question has the same
/// quote twice, the second id gets a number.
pub(super) fn of_answers(source: &Source) -> Vec<AnswerAnchors> {
    let words = |quote: &VerifiedQuote| format!("quote--{}", id_of_words(quote.text()));
    let mut first_questions: BTreeMap<String, &QuestionId> = BTreeMap::new();
    for answer in &source.answers {
        for quote in &answer.quotes {
            let first = first_questions.entry(words(quote)).or_insert(&answer.question);
            *first = (*first).min(&answer.question);
        }
    }
    let (mut answers, mut quotes) = (FastMap::default(), Repeats::default());
    let anchors = source.answers.iter().map(|answer| {
        let question = &answer.question;
        let quote_id = |id: String| {
            let with_question = format!("{id}--{question}");
            match quotes.number(with_question.clone()) {
                1 if first_questions.get(&id) == Some(&question) => id,
                1 => with_question,
                number => format!("{with_question}--{number}"),
            }
        };
        let quotes = answer.quotes.iter().map(words).map(quote_id).collect();
        let answers: &mut Repeats = answers.entry(question).or_default();
        let answer = answers.distinguish(format!("answer--{}--{}", source.id, answer.position));
        AnswerAnchors { answer, quotes }
    });
    anchors.collect()
}

/// Returns the ids of those `passages` of a document that are `shown` on their source's page: `passage--4f0c9a1b7d2e`.
/// Passages with the same words get a number in the order of the whole document, so that the ids don't depend on which
/// of them are shown.
pub(super) fn of_passages(
    passages: &[ShownPassage],
    shown: &BTreeSet<PassageId>,
) -> BTreeMap<PassageId, String> {
    if shown.is_empty() {
        return BTreeMap::new();
    }
    let texts: BTreeSet<String> = shown.iter().map(|id| normal(&id.of(passages).text)).collect();
    let mut repeats = Repeats::default();
    let same_words =
        passages.iter().enumerate().filter(|(_, passage)| texts.contains(&normal(&passage.text)));
    let ids = same_words.map(|(index, passage)| {
        let id = repeats.distinguish(format!("passage--{}", id_of_words(&passage.text)));
        (PassageId::from_index(index), id)
    });
    ids.filter(|(passage, _)| shown.contains(passage)).collect()
}

/// Returns the id of a paragraph (`index` from 0) on the page of a source whose full text is published.
pub(super) fn paragraph(index: usize) -> String {
    format!("paragraph--{}", index + 1)
}

/// Returns the id of the first citation on a page with this source and these words: `cite--gazette--4f0c9a1b7d2e`, or
/// `cite--gazette` without words.
pub(super) fn citation(citation: &Citation) -> String {
    let source = &citation.source;
    match &citation.quote {
        Some(quote) => format!("cite--{source}--{}", id_of_words(quote.text())),
        None => format!("cite--{source}"),
    }
}

/// Returns the id of a citation, with a number if `earlier`, the citations before it on its page, already has this id.
/// Adds the id to `earlier`.
pub(super) fn next_citation(cited: &Citation, earlier: &mut Repeats) -> String {
    earlier.distinguish(citation(cited))
}

/// Returns the id of the popover that previews a cited source, by the source's number.
/// Readers don't link to popovers, so this id may change.
pub(super) fn preview(number: usize) -> String {
    format!("preview--{number}")
}

/// Returns the id of the popover that a question marker (`[?cause]` in Markdown) opens.
pub(super) fn gist(question: &QuestionId) -> String {
    format!("gist--{question}")
}

/// Returns the relative path from a page to the site's root: `../` for each folder.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use sourcewise_quotes::SegmentedDocument;

    use super::*;

    #[test]
    fn the_id_of_a_passage_does_not_depend_on_which_passages_are_shown() {
        let text = "The mill’s wheel turned.\n\nThe rope tore.\n\nThe mill's wheel turned.\n\nThe mill’s  wheel turned.";
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let shown = |passage: &sourcewise_quotes::Passage| ShownPassage {
            text: document.words_of(passage).into_owned(),
            passage: passage.clone(),
        };
        let passages: Vec<ShownPassage> = document.passages().iter().map(shown).collect();
        let [wheel, rope] = ["The mill's wheel turned.", "The rope tore."]
            .map(|words| format!("passage--{}", id_of_words(words)));
        let expected = [wheel.clone(), rope, format!("{wheel}--2"), format!("{wheel}--3")];
        assert_eq!(passages.len(), expected.len());
        for choice in [vec![0], vec![3], vec![1, 2], vec![0, 1, 2, 3], vec![]] {
            let ids = of_passages(&passages, &choice.iter().copied().map(PassageId::from_index).collect());
            let wanted = choice.iter().map(|index| (PassageId::from_index(*index), expected[*index].clone()));
            assert_eq!(ids, wanted.collect());
        }
    }
}
