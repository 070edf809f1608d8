//! The normal form and the matcher, on any document and any words: nothing panics, and what is proved is in the document.

use sourcewise_quotes::normalize::{NormalizedText, normal};
use sourcewise_quotes::{SegmentedDocument, prove_words};

use crate::parts;

/// Input: a document, then the words that are looked for.
pub fn quotes(input: &[u8]) {
    let [document, words] = parts(input);
    let folded = NormalizedText::of(&document);
    assert_eq!(normal(folded.text()), folded.text(), "the normal form of a normal form is itself");
    let segmented = SegmentedDocument::of(document.as_str().into(), &[], None, "en");
    check_proof(&document, &segmented, &words);
    // A stretch of the document itself is the likelier quote.
    let start = document.ceil_char_boundary(words.len() * 7 % (document.len() + 1));
    let end = document.floor_char_boundary(start.saturating_add(words.len()));
    check_proof(&document, &segmented, document.get(start..end).unwrap_or_default());
}

/// A proof names a place in the document, and prints the document's own words but for the editor's marks.
fn check_proof(document: &str, segmented: &SegmentedDocument, words: &str) {
    let Some(quote) = prove_words(words, segmented) else { return };
    let place = quote.place();
    let found = document.get(place.start..place.end).expect("the range cuts no character in two");
    assert!(place.paragraph > 0);
    if !quote.text().contains(['…', '[']) {
        assert_eq!(quote.text(), found);
        assert!(prove_words(quote.text(), segmented).is_some(), "what is printed can be quoted again");
    }
}
