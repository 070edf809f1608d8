//! Attributes sentences without a cue of their own: quoted ones to the speaker of the sentence before, and lines of a
//! transcript to the name before the colon. Also recognizes speech tags such as *Miller asked.*

use std::ops::Range;

use super::Attribution;
use super::noun_phrase::phrase_before;
use super::tokens::{Token, TokenKind};
use super::verbs::CueClass;
use crate::Voice;

/// A quoted sentence with fewer words is not attributed to the speaker of the sentence before: it may be a title, or
/// the words of another person.
const MIN_SPEECH_WORDS: usize = 14;
/// A sentence with a smaller share of its words inside quotation marks is not attributed to the speaker of the sentence
/// before.
const MIN_QUOTED_PERCENT: usize = 80;
/// A sentence with more tokens is not a speech tag.
const MAX_TAG_WORDS: usize = 8;
/// In a transcript, the name of a speaker before a colon has at most this many words.
const MAX_TRANSCRIPT_NAME_WORDS: usize = 5;

/// How much of a sentence is inside quotation marks.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuotationShape {
    /// Number of the sentence's paragraph, from 1.
    pub(crate) paragraph: usize,
    words: usize,
    /// Number of words inside quotation marks.
    quoted: usize,
    /// Byte range of the first quotation mark.
    mark: Option<Range<usize>>,
    ends_with_colon: bool,
}

impl QuotationShape {
    pub(crate) fn of(paragraph: usize, tokens: &[Token<'_>]) -> Self {
        let words = || tokens.iter().filter(|token| token.is_word());
        let mark = tokens
            .iter()
            .find(|token| matches!(token.kind, TokenKind::OpenQuote | TokenKind::CloseQuote) && token.quoted);
        Self {
            paragraph,
            words: words().count(),
            quoted: words().filter(|token| token.quoted).count(),
            mark: mark.map(|token| token.range.clone()),
            ends_with_colon: tokens.last().is_some_and(|token| token.kind == TokenKind::Colon),
        }
    }

    /// Whether the sentence is long enough, and quoted enough, to be continued speech.
    fn is_speech(&self) -> bool {
        self.words >= MIN_SPEECH_WORDS && self.quoted * 100 >= self.words * MIN_QUOTED_PERCENT
    }
}

/// Attributes long quoted sentences that are not attributed yet to the speaker of the sentence before. Their cue is the
/// quotation mark. A hedge or forecast in them no longer counts.
pub(crate) fn continue_speech(attributions: &mut [Attribution], shapes: &[QuotationShape]) {
    for at in 0..attributions.len().min(shapes.len()) {
        let shape = &shapes[at];
        let Some(mark) =
            shape.mark.clone().filter(|_| shape.is_speech() && attributions[at].voice != Voice::Attributed)
        else {
            continue;
        };
        let Some(speaker) =
            preceding_speaker(attributions, shapes, at).and_then(|other| attributions[other].speaker.clone())
        else {
            continue;
        };
        attributions[at] = Attribution {
            voice: Voice::Attributed,
            speaker: Some(speaker),
            cues: vec![mark],
            class: Some(CueClass::Continued),
        };
    }
}

/// Returns the index of the sentence before `at` if its speaker may also speak the sentence `at`: the sentence before
/// contains a quotation and is in the same paragraph, or it ends with a colon. Only one sentence is attributed in this
/// way, because after it, the speaker may have changed.
fn preceding_speaker(attributions: &[Attribution], shapes: &[QuotationShape], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let (previous, shape) = (attributions.get(before)?, shapes.get(before)?);
    let has_speaker = previous.voice == Voice::Attributed && previous.class != Some(CueClass::Continued);
    let is_continued = shape.paragraph == shapes.get(at)?.paragraph && shape.quoted > 0;
    (has_speaker && (is_continued || shape.ends_with_colon)).then_some(before)
}

/// Returns the name and the colon at the start of a transcript line, as ranges of tokens: *MILLER: It burnt.* The name
/// must be all in capitals and the rest not. Before a quotation, a capital at the start of each word of the name is
/// enough: *Ann Miller: “It burnt.”*
pub(crate) fn transcript(tokens: &[Token<'_>]) -> Option<(Range<usize>, Range<usize>)> {
    let start = usize::from(tokens.first().is_some_and(|token| token.kind == TokenKind::OpenQuote));
    let colon = tokens
        .iter()
        .take(start + MAX_TRANSCRIPT_NAME_WORDS + 1)
        .position(|token| token.kind == TokenKind::Colon)?;
    let name = tokens.get(start..colon).filter(|name| !name.is_empty())?;
    let word = tokens.get(colon + 1)?;
    let is_name = name.iter().all(|token| token.is_word() && token.capital);
    let all_caps = |token: &Token<'_>| token.all_caps;
    let is_line_of_dialogue = name.iter().all(all_caps)
        && !tokens[colon + 1..].iter().all(all_caps)
        && word.kind != TokenKind::OpenQuote;
    (is_name && (is_line_of_dialogue || word.kind == TokenKind::OpenQuote))
        .then_some((start..colon, colon..colon + 1))
}

/// Whether a sentence is a speech tag, as in *Miller asked.*: short, and ending with a noun phrase and the verb at
/// `verb`. Whether a quotation precedes the sentence isn't checked.
pub(crate) fn is_speech_tag(tokens: &[Token<'_>], verb: usize) -> bool {
    let rest = tokens.get(verb + 1..).unwrap_or_default();
    tokens.len() <= MAX_TAG_WORDS
        && rest.iter().all(|token| token.kind == TokenKind::Stop)
        && phrase_before(tokens, verb).is_some()
}
