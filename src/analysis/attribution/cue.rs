//! The type of an attribution cue. The cues are found in `attribution_cues`.

use std::ops::Range;

use super::verbs::CueClass;

/// A word or phrase that attributes a statement, with its speaker. The ranges are indices of the sentence's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttributionCue {
    pub(crate) class: CueClass,
    pub(crate) cue: Range<usize>,
    /// Whether the cue attributes the whole sentence, as in *It burnt, the miller said*.
    pub(crate) whole_sentence: bool,
    pub(crate) speaker: Option<Range<usize>>,
}
