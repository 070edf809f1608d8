//! Makes ids for new positions and questions from their texts.

use super::replies::{Failure, FailureKind};
use crate::ids::slug;

/// An id that is made from a longer text is cut to this length.
const MAX_ID_CHARS: usize = 60;
/// A number that makes an id unique is below this. If all such ids are taken, none can be made of the text.
const MAX_SAME_IDS: usize = 100;

/// Makes an unused id from a text: `lightning`, `lightning-2` … `None` if the text has no letter or digit, or if the
/// ids with all numbers below [`MAX_SAME_IDS`] are taken.
pub(super) fn free_id(text: &str, is_taken: impl Fn(&str) -> bool) -> Option<String> {
    let slug = slug(text);
    let end = slug.char_indices().nth(MAX_ID_CHARS).map_or(slug.len(), |(at, _)| at);
    // A long text is cut after a word.
    let end = if end < slug.len() { slug[..end].rfind('-').unwrap_or(end) } else { end };
    let base = slug[..end].to_owned();
    let numbered = (2..MAX_SAME_IDS).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !base.is_empty() && !is_taken(id))
}

/// Returns the failure for a text from which no id can be made.
pub(super) fn no_id(text: &str) -> Failure {
    Failure::new(
        FailureKind::Invalid,
        format!("no id can be made of “{text}”"),
        "use at least one letter or digit",
    )
}
