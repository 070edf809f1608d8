//! Builds views of answers: what a source says on a question, with the quotes that support it.

use std::collections::BTreeSet;

use sourcewise_analysis::Voice;
use sourcewise_analysis::attribution::{find_cues, split_at_cues};
use sourcewise_quotes::VerifiedQuote;

use super::places;
use super::site_data::{Column, SiteData};
use super::view::{AnswerView, QuotePiece, QuoteView, VoiceMark};
use crate::compare::AnswerRef;
use crate::verify::Source;

/// Builds the view of an answer; `None` if the answer's position is not one of the question's.
pub(super) fn answer_view(data: &SiteData<'_>, at: AnswerRef) -> Option<AnswerView> {
    let Column { source, summary, anchors, .. } = &data.columns[at.column];
    let (answer, anchors) = (at.of(&source.answers), at.of(anchors));
    let quotes = answer.quotes.iter().zip(&anchors.quotes);
    let quotes = quotes.map(|(quote, id)| quote_view(data, source, quote, id, answer.voice));
    Some(AnswerView {
        anchor: anchors.answer.clone(),
        source: summary.clone(),
        question: data.questions[&answer.question].clone(),
        position: data.position(&answer.question, &answer.position)?.clone(),
        summary: answer.summary.clone(),
        voice: answer.voice,
        voice_text: data.locale.voice(answer.voice),
        mark: VoiceMark::of(answer.voice, answer.to.as_deref()),
        to: answer.to.clone(),
        quotes: quotes.collect(),
    })
}

fn quote_view(
    data: &SiteData<'_>,
    source: &Source,
    quote: &VerifiedQuote,
    id: &str,
    voice: Voice,
) -> QuoteView {
    let range = quote.place().range();
    let cues = find_cues(quote.text(), voice);
    let pieces = split_at_cues(quote.text(), &cues);
    QuoteView {
        id: id.to_owned(),
        text: quote.text().to_owned(),
        pieces: pieces.into_iter().map(|(text, cue)| QuotePiece { text: text.to_owned(), cue }).collect(),
        place: places::place_view(source, quote.place().paragraph, &range, data.locale),
        start: quote.place().start,
        end: quote.place().end,
        also: {
            let others: BTreeSet<usize> =
                quote.other_occurrences().iter().map(|place| place.paragraph).collect();
            others.into_iter().filter(|paragraph| *paragraph != quote.place().paragraph).collect()
        },
        checked: quote.proof_source(),
        original: places::original(source, quote.text(), &range),
    }
}
