//! Sentences, by Unicode's rules (UAX 29).
//!
//! Those rules know no abbreviations, so that *U.S. chips* may be cut in two; a passage is then shorter than its
//! sentence, never wrong.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of `text`, as byte ranges without the white space around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    text.split_sentence_bound_indices()
        .filter_map(|(start, sentence)| {
            let trimmed = sentence.trim();
            let start = start + (sentence.len() - sentence.trim_start().len());
            (!trimmed.is_empty()).then(|| start..start + trimmed.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_cut_without_the_space_between() {
        let text = "One chip. Two chips?  A third…";
        let cut: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(cut, ["One chip.", "Two chips?", "A third…"]);
    }
}
