//! The reader: a document with its paragraphs, what the record says of it, and what rules found in it.

use std::ops::Range;

use sourcewise_analysis::attribution::is_supported_language;
use sourcewise_quotes::{BlockKind, ParagraphKind, QuotePattern, SegmentedDocument, prove};

use super::board::source_view;
use super::offsets::to_text_ranges;
use super::record_check::CheckedRecord;
use super::replies::{
    AnswerView, BlockView, DocumentView, PassageView, QuoteView, Reader, ReaderSource, SilenceView,
};
use super::snapshot::Snapshot;
use crate::edit::{AnswerText, RecordText};
use crate::find::{FoundPassage, short_quote};
use crate::verify::{Question, Source, without_own_marks, written_place};

/// Returns what the app shows of a source. `path` is its record's path; `record` is the record as it is on the disk.
pub(super) fn reader(snapshot: &Snapshot, source: &Source, path: String, record: &CheckedRecord) -> Reader {
    let document = snapshot.build.compared.corpus.get(&source.id);
    let status = snapshot.status();
    let counts = status.sources.iter().find(|counted| counted.id == source.id.as_str());
    let (answers, silences) = record
        .text
        .as_ref()
        .map_or_else(Default::default, |text| (answers(snapshot, source, text, record), silences(text)));
    Reader {
        revision: snapshot.revision,
        source: ReaderSource {
            view: source_view(source, snapshot, counts.map(|counted| counted.counts).unwrap_or_default()),
            url: source.about.url.clone(),
            caution: source.about.caution.clone(),
            language: document.map_or(&source.language[..], SegmentedDocument::language).to_owned(),
            record: path,
        },
        document: document.map(|document| document_view(snapshot, source, document)),
        passages: document.map_or_else(Vec::new, |document| passages(snapshot, source, document)),
        answers,
        silences,
        problems: record.other_problems.clone(),
    }
}

fn document_view(snapshot: &Snapshot, source: &Source, document: &SegmentedDocument) -> DocumentView {
    let draft = snapshot.draft(&source.id);
    let read = draft.and_then(|draft| draft.document.as_ref());
    let marked = read.map_or(&[][..], |document| &document.blocks);
    let mut last_division = None;
    let blocks = document.paragraphs().iter().enumerate().map(|(index, paragraph)| {
        let block = marked.get(index).filter(|block| block.range == paragraph.range);
        let kind = match (paragraph.kind, block.map(|block| block.kind)) {
            (ParagraphKind::Boilerplate, _) => "boilerplate",
            (ParagraphKind::QuotedMessage, _) => "message",
            (ParagraphKind::Comment, _) => "comment",
            (ParagraphKind::Heading, _) => "heading",
            (_, Some(BlockKind::Quote)) => "quote",
            (_, Some(BlockKind::Caption)) => "caption",
            (_, Some(BlockKind::Table)) => "table",
            (_, Some(BlockKind::Note)) => "note",
            (ParagraphKind::Item, _) => "item",
            (ParagraphKind::Text, _) => "text",
        };
        let division =
            division_of(source, &paragraph.range).filter(|name| last_division.as_ref() != Some(name));
        if division.is_some() {
            last_division.clone_from(&division);
        }
        let text = document.text()[paragraph.range.clone()].to_owned();
        BlockView { kind, paragraph: index + 1, text, division }
    });
    let name = draft.and_then(|draft| draft.document_name.as_ref()).map(|name| name.value.clone());
    DocumentView { name: name.unwrap_or_else(|| source.id.to_string()), blocks: blocks.collect() }
}

/// Names the page, chapter or time in which a range of the document begins. `None` if the document isn't divided, or
/// that division has neither a number nor a name.
fn division_of(source: &Source, range: &Range<usize>) -> Option<String> {
    let divisions = source.divisions()?;
    let (first, _) = divisions.of(range)?;
    Some(written_place(divisions.kind, first, None))
}

/// Describes where a range of the document is: `p. 3, paragraph 12`.
pub(super) fn place_of(source: &Source, paragraph: usize, range: &Range<usize>) -> String {
    match division_of(source, range) {
        Some(division) => format!("{division}, paragraph {paragraph}"),
        None => format!("paragraph {paragraph}"),
    }
}

fn passages(snapshot: &Snapshot, source: &Source, document: &SegmentedDocument) -> Vec<PassageView> {
    let max_words = snapshot.build.compared.verified.site.quote_words;
    let has_voice = is_supported_language(document.language());
    let view = |question: &Question, found: &FoundPassage| {
        let ranges =
            |list: &[Range<usize>]| list.iter().flat_map(|range| to_text_ranges(document, range)).collect();
        PassageView {
            question: question.id.to_string(),
            score: found.score,
            ranges: to_text_ranges(document, &found.number.of(document.passages()).range),
            words: ranges(&found.words),
            voice: has_voice.then_some(found.attribution.voice.as_str()),
            to: found.attribution.named_speaker(document.text()).map(str::to_owned),
            cues: ranges(&found.attribution.cues),
            quote: short_quote(document, found, max_words),
        }
    };
    let found = snapshot.found();
    let questions = snapshot.build.compared.verified.questions.iter();
    let all = questions.flat_map(|question| {
        let cell = found.cell(&question.id, &source.id).unwrap_or_default();
        cell.iter().map(move |found| view(question, found))
    });
    all.collect()
}

fn answers(
    snapshot: &Snapshot,
    source: &Source,
    text: &RecordText,
    record: &CheckedRecord,
) -> Vec<AnswerView> {
    let document = snapshot.build.compared.corpus.get(&source.id);
    let answers = text.answers().iter().zip(text.answer_ids()).zip(&record.answer_problems);
    let views = answers.map(|((answer, id), problems)| AnswerView {
        problems: problems.clone(),
        ..answer_view(source, document, id, answer)
    });
    views.collect()
}

/// Returns an answer with its quotes proved, but without its problems.
pub(super) fn answer_view(
    source: &Source,
    document: Option<&SegmentedDocument>,
    id: String,
    answer: &AnswerText,
) -> AnswerView {
    AnswerView {
        id,
        question: answer.question.clone(),
        position: answer.position.clone(),
        summary: answer.summary.clone(),
        quotes: answer.quotes.iter().map(|written| quote_view(source, document, written)).collect(),
        voice: answer.voice.clone(),
        to: answer.to.clone(),
        context: answer.context.clone(),
        is_draft: answer.position.trim().is_empty() || answer.summary.trim().is_empty(),
        problems: Vec::new(),
    }
}

fn quote_view(source: &Source, document: Option<&SegmentedDocument>, written: &str) -> QuoteView {
    let pattern = QuotePattern::parse(without_own_marks(written));
    let quote =
        pattern.zip(document).and_then(|(pattern, document)| Some((prove(&pattern, document)?, document)));
    let Some((quote, document)) = quote else {
        return QuoteView { written: written.to_owned(), text: None, place: None, ranges: Vec::new() };
    };
    let place = quote.place();
    QuoteView {
        written: written.to_owned(),
        text: Some(quote.text().to_owned()),
        place: Some(place_of(source, place.paragraph, &place.range())),
        ranges: to_text_ranges(document, &place.range()),
    }
}

fn silences(text: &RecordText) -> Vec<SilenceView> {
    let silences = text.silences().into_iter();
    silences.map(|silence| SilenceView { question: silence.question, reason: silence.reason }).collect()
}
