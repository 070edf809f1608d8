//! Suggests what to quote instead of words that a document doesn't contain.

use std::borrow::Cow;
use std::ops::Range;

use sourcewise_quotes::nearest::Nearest;
use sourcewise_quotes::{SegmentedDocument, prove_words};
use unicode_segmentation::UnicodeSegmentation;

/// Sentences with more words are not suggested as a whole.
const MAX_SENTENCE_WORDS: usize = 40;

/// Returns the words of the document to quote instead of `written`.
///
/// These are the most similar words, `nearest`, if they begin and end with the same words as `written`. On a side where
/// they don't, they may begin or end anywhere, even between a number and its unit or after *not*. So the rest of the
/// sentence is added on that side.
///
/// If the result is too long or could not be verified, takes the whole sentence, or else only the most similar words.
pub(super) fn suggested_words<'d>(
    written: &str,
    nearest: &Nearest,
    document: &'d SegmentedDocument,
) -> Cow<'d, str> {
    let text = document.text();
    let similar = document.normalized().source_range(nearest.range.clone());
    let sentence = sentence_around(&similar, document);
    let has_same = |word: for<'w> fn(&'w str) -> Option<&'w str>| {
        word(written).map(str::to_lowercase) == word(&text[similar.clone()]).map(str::to_lowercase)
    };
    let start = if has_same(|words| words.unicode_words().next()) { similar.start } else { sentence.start };
    let end = if has_same(|words| words.unicode_words().next_back()) { similar.end } else { sentence.end };
    let fits = |range: &Range<usize>| {
        let words = &text[range.clone()];
        words.unicode_words().nth(MAX_SENTENCE_WORDS).is_none() && prove_words(words, document).is_some()
    };
    if let Some(range) = [start..end, sentence].into_iter().find(fits) {
        return text[range].into();
    }
    // A quote can't join two cells of a table.
    text[similar].replace('\t', " … ").into()
}

/// Returns the sentence that contains a range of the document, or all sentences from its start to its end. Leaves out
/// the last full stop.
fn sentence_around(range: &Range<usize>, document: &SegmentedDocument) -> Range<usize> {
    let passages = document.passages();
    let last = |at: usize| passages.partition_point(|passage| passage.range.start <= at).checked_sub(1);
    let start = last(range.start).map_or(range.start, |index| passages[index].range.start);
    let end = last(range.end.saturating_sub(1)).map_or(range.end, |index| passages[index].range.end);
    // A full stop at the end of a sentence is no word.
    let end = range.end.max(end - usize::from(document.text()[..end].ends_with('.')));
    start.min(range.start)..end
}

#[cfg(test)]
mod tests {
    use sourcewise_quotes::{QuotePattern, nearest_passage};

    use super::*;

    fn suggested(written: &str) -> String {
        let text = "The reopening of the mill was not to be expected before May. The ferry, said the clerk, lost 20 % of \
                    its passengers. She put the cost of the wheel at no more than ten crowns.";
        let document = SegmentedDocument::of(text.into(), &[], Some("en"), "en");
        let pattern = QuotePattern::parse(written).expect("it has words");
        let nearest = nearest_passage(&pattern, &document).expect("similar words");
        suggested_words(written, &nearest, &document).into_owned()
    }

    #[test]
    fn words_between_two_right_ones_are_suggested_alone() {
        assert_eq!(suggested("said the miller, lost 20 % of"), "said the clerk, lost 20 % of");
    }

    #[test]
    fn the_sentence_is_kept_where_the_first_or_last_word_differs() {
        assert_eq!(
            suggested("Opening was expected before May"),
            "The reopening of the mill was not to be expected before May"
        );
        assert_eq!(
            suggested("She put the cost of the wheel at twelve"),
            "She put the cost of the wheel at no more than ten crowns"
        );
    }

    #[test]
    fn a_number_is_suggested_with_its_unit() {
        assert_eq!(suggested("the miller lost 20"), "The ferry, said the clerk, lost 20 % of its passengers");
    }
}
