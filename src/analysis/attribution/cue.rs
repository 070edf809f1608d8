//! A word or phrase that puts what a sentence says to somebody, with the words for that somebody.

use std::ops::Range;

use super::verbs::CueClass;

/// A cue, and to whom it puts what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttributionCue {
    /// Its class.
    pub(crate) class: CueClass,
    /// Its tokens.
    pub(crate) cue: Range<usize>,
    /// Whether all else in the sentence is what is said: *…, the miller said*.
    pub(crate) whole_sentence: bool,
    /// The speaker's tokens.
    pub(crate) speaker: Option<Range<usize>>,
}
