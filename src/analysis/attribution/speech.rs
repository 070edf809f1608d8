//! Speech that goes on: a quotation whose speaker stands in the sentence before or after, and talk written down
//! with the speaker’s name before a colon.

use std::ops::Range;

use super::Said;
use super::phrase::phrase_before;
use super::tokens::{Mark, Token};
use super::verbs::Class;
use crate::Voice;

/// A quotation of fewer words beside another may be a title, or what a third person says.
const FEWEST_WORDS: usize = 14;
/// A sentence that only names the speaker of the quotation beside it has no more words.
const TAG: usize = 8;

/// What a sentence is as to quotations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    /// Number of its paragraph.
    pub(crate) paragraph: usize,
    /// Its words.
    words: usize,
    /// Its words within quotation marks.
    quoted: usize,
    /// Its first quotation mark.
    mark: Option<Range<usize>>,
    /// Whether it ends with a colon.
    leads: bool,
}

impl Shape {
    pub(crate) fn of(paragraph: usize, tokens: &[Token<'_>]) -> Self {
        let words = || tokens.iter().filter(|token| token.is_word());
        let mark =
            tokens.iter().find(|token| matches!(token.kind, Mark::Opens | Mark::Closes) && token.quoted);
        Self {
            paragraph,
            words: words().count(),
            quoted: words().filter(|token| token.quoted).count(),
            mark: mark.map(|token| token.range.clone()),
            leads: tokens.last().is_some_and(|token| token.kind == Mark::Colon),
        }
    }

    /// Whether nearly all of it is somebody’s words.
    fn is_speech(&self) -> bool {
        self.words >= FEWEST_WORDS && self.quoted * 5 >= self.words * 4
    }
}

/// Puts sentences that are speech, without a cue of their own, to the speaker beside them.
pub(crate) fn go_on(said: &mut [Said], shapes: &[Shape]) {
    for at in 0..said.len().min(shapes.len()) {
        let shape = &shapes[at];
        let Some(mark) =
            shape.mark.clone().filter(|_| shape.is_speech() && said[at].voice != Voice::Attributed)
        else {
            continue;
        };
        let Some(to) = beside(said, shapes, at).and_then(|other| said[other].to.clone()) else { continue };
        let to = Some(to);
        said[at] = Said { voice: Voice::Attributed, to, cues: vec![mark], class: Some(Class::Continued) };
    }
}

/// The sentence before a quotation that has its speaker: one that quotes him too, or leads on to it. Beyond the
/// next sentence another may have begun to speak.
fn beside(said: &[Said], shapes: &[Shape], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let (spoken, shape) = (said.get(before)?, shapes.get(before)?);
    let has_speaker = spoken.voice == Voice::Attributed && spoken.class != Some(Class::Continued);
    let goes_on = shape.paragraph == shapes.get(at)?.paragraph && shape.quoted > 0;
    (has_speaker && (goes_on || shape.leads)).then_some(before)
}

/// *MILLER: It burnt.* The name and the colon at the front of a paragraph, as ranges of tokens.
pub(crate) fn transcript(tokens: &[Token<'_>]) -> Option<(Range<usize>, Range<usize>)> {
    let start = usize::from(tokens.first().is_some_and(|token| token.kind == Mark::Opens));
    let colon = tokens.iter().take(start + 6).position(|token| token.kind == Mark::Colon)?;
    let name = tokens.get(start..colon).filter(|name| !name.is_empty())?;
    let word = tokens.get(colon + 1)?;
    let is_name = name.iter().all(|token| token.is_word() && token.capital);
    let shouted = |token: &Token<'_>| token.shouted;
    let speaks =
        name.iter().all(shouted) && !tokens[colon + 1..].iter().all(shouted) && word.kind != Mark::Opens;
    (is_name && (speaks || word.kind == Mark::Opens)).then_some((start..colon, colon..colon + 1))
}

/// *Miller asked.* after a quotation: name and verb, and nothing else.
pub(crate) fn is_tag(tokens: &[Token<'_>], verb: usize) -> bool {
    let rest = tokens.get(verb + 1..).unwrap_or_default();
    tokens.len() <= TAG
        && rest.iter().all(|token| token.kind == Mark::Stop)
        && phrase_before(tokens, verb).is_some()
}
