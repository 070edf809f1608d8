//! Fuzz target for normalization and the quote matcher. Checks that no input panics, and that a proved quote is in the
//! document.

use sourcewise_quotes::normalize::{NormalizedText, normal};
use sourcewise_quotes::{SegmentedDocument, prove_words};

use crate::parts;

/// Input: a document, then the words to look for.
pub fn quotes(input: &[u8]) {
    let [document, words] = parts(input);
    let normalized = NormalizedText::of(&document);
    assert_eq!(normal(normalized.text()), normalized.text(), "normalizing twice changed the text");
    let segmented = SegmentedDocument::of(document.as_str().into(), &[], None, "en");
    check_proof(&document, &segmented, &words);
    // Also look for a part of the document itself, which is more likely to be found.
    let start = document.ceil_char_boundary(words.len() * 7 % (document.len() + 1));
    let end = document.floor_char_boundary(start.saturating_add(words.len()));
    check_proof(&document, &segmented, document.get(start..end).unwrap_or_default());
}

/// Checks that a proof has a valid place, and that its text is the document's own, except for the editor's marks `…`
/// and `[]`.
fn check_proof(document: &str, segmented: &SegmentedDocument, words: &str) {
    let Some(quote) = prove_words(words, segmented) else { return };
    let place = quote.place();
    let found = document.get(place.start..place.end).expect("the range is on character boundaries");
    assert!(place.paragraph > 0);
    if !quote.text().contains(['…', '[']) {
        assert_eq!(quote.text(), found);
        assert!(
            prove_words(quote.text(), segmented).is_some(),
            "the text of a quote cannot be quoted itself"
        );
    }
}
