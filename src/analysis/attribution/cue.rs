//! A word or phrase that attributes a statement, with its speaker.

use std::ops::Range;

use super::verbs::CueClass;

/// An attribution cue, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttributionCue {
    pub(crate) class: CueClass,
    pub(crate) cue: Range<usize>,
    /// Whether it attributes the whole sentence: *…, the miller said*.
    pub(crate) whole_sentence: bool,
    pub(crate) speaker: Option<Range<usize>>,
}
