//! Warns of verified quotes whose meaning is reversed or weakened by the words beside them in the document, here called
//! *turning words*: *not*, *denied that*, *if*, *hopes to*, a question mark. Also warns of answers without `voice` if
//! words beside their quotes show whose voice it is: *the mayor said*. The rules are in
//! `sourcewise_analysis::quote_context`.

use sourcewise_analysis::Voice;
use sourcewise_analysis::quote_context::{
    Sought, TurnKind, TurningWords, VoiceWords, turning_words, voice_words,
};
use sourcewise_quotes::segment::join_lines;
use sourcewise_quotes::{Place, SegmentedDocument, VerifiedQuote};

use super::context::Context;
use super::places::described;
use super::quote_problems;
use crate::files::Span;
use crate::ids::SourceId;
use crate::problem::Problem;

/// How a quote is given. It decides how the words beside the quote are checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Statement {
    /// The quote is the source's own statement, so reported speech is a problem, too.
    Own,
    /// The quote may be someone else's statement, so reported speech is no problem, but it is given as a fact.
    Attributed,
    /// The quote is of an answer that isn't given as a fact (a forecast, or with doubt), or in a sentence of a
    /// summary, which may say so: neither reported speech nor a wish is a problem.
    Open,
    /// Like `Open`, but the quote is in Markdown, where nothing can explain it.
    Markdown,
    /// The record explains (`context`) why the words beside the quote don't change its meaning, so they are not
    /// checked.
    Explained,
}

impl Statement {
    /// Returns the statement of quotes in an answer.
    pub(super) fn of_answer(context: Option<&str>, voice: Voice) -> Self {
        match (context, voice) {
            (Some(_), _) => Self::Explained,
            (None, Voice::Own) => Self::Own,
            (None, Voice::Attributed) => Self::Attributed,
            (None, Voice::Hedged | Voice::Forecast) => Self::Open,
        }
    }

    fn sought(self) -> Sought {
        Sought { reports: self == Self::Own, wishes: matches!(self, Self::Own | Self::Attributed) }
    }
}

/// Returns a warning if there are turning words beside every occurrence of a quote in the document. `None` also if the
/// document is missing.
pub(super) fn check_context(
    context: &Context<'_>,
    source: &SourceId,
    quote: &VerifiedQuote,
    statement: Statement,
    span: Span,
) -> Option<Problem> {
    if statement == Statement::Explained {
        return None;
    }
    let document = context.corpus.get(source)?;
    let turning = |place: &Place| turning_words(document, &place.range(), statement.sought());
    let first = turning(quote.place())?;
    if quote.other_occurrences().iter().any(|place| turning(place).is_none()) {
        return None;
    }
    let Place { paragraph, start, end } = *quote.place();
    let place = described(context, source, paragraph, &(start..end));
    Some(quote_problems::quote_context(
        first.kind,
        &join_lines(&document.text()[first.words.clone()]),
        &place,
        &join_lines(&marked(document, &first)),
        statement == Statement::Markdown,
        span,
    ))
}

/// Returns a warning if words in or beside one of an answer's quotes, at every place in the document, show that the
/// source does not state it as its own fact. For answers whose author gave no voice. Each quote is given with its place
/// in the record.
pub(super) fn check_voice(
    context: &Context<'_>,
    source: &SourceId,
    quotes: &[(&VerifiedQuote, Span)],
) -> Option<Problem> {
    let document = context.corpus.get(source)?;
    let told = |place: &Place| voice_words(document, &place.range());
    quotes.iter().find_map(|(quote, span)| {
        let VoiceWords { voice, words } = told(quote.place())?;
        let is_everywhere = quote.other_occurrences().iter().all(|place| told(place).is_some());
        is_everywhere.then(|| quote_problems::voice_missing(voice, &document.text()[words], *span))
    })
}

/// Returns the sentence of a quote, with asterisks around the turning words. There are none where the whole sentence is
/// meant: in a question, an earlier message, or a reader's comment.
fn marked(document: &SegmentedDocument, found: &TurningWords) -> String {
    let TurningWords { words, sentence, kind } = found;
    let (text, sentence) = (document.text(), sentence.clone());
    if matches!(kind, TurnKind::Question | TurnKind::QuotedMessage | TurnKind::Comment) {
        return text[sentence].to_owned();
    }
    format!(
        "{}*{}*{}",
        &text[sentence.start..words.start],
        &text[words.clone()],
        &text[words.end..sentence.end]
    )
}
