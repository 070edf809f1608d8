//! The normal form and the matcher, on any document and any words: nothing panics, and what is proved stands there.
//!
//! Run from the repository: `RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz quotes`

#![no_main]

use libfuzzer_sys::fuzz_target;
use sourcewise_quotes::Segmented;
use sourcewise_quotes::normalize::{Folded, normal};
use sourcewise::verify::prove;

fuzz_target!(|input: (String, String, u16, u16)| {
    let (document, words, from, to) = input;
    let folded = Folded::of(&document);
    assert_eq!(normal(folded.text()), folded.text(), "the normal form is its own");
    let cut = Segmented::of(document.as_str().into(), &[], None, "en");
    holds(&document, &cut, &words);
    // A stretch of the document itself is the likelier quote.
    let (from, to) = (usize::from(from).min(document.len()), usize::from(to).min(document.len()));
    if let Some(stretch) = document.get(from.min(to)..from.max(to)) {
        holds(&document, &cut, stretch);
    }
});

/// What is proved cuts the document where it says, and the words are the document's but for the editor's marks.
fn holds(document: &str, cut: &Segmented, words: &str) {
    let Some(quote) = prove(words, cut) else { return };
    let place = quote.place();
    let stands = document.get(place.start..place.end).expect("the range cuts characters whole");
    assert!(place.paragraph > 0);
    if !quote.text().contains(['…', '[']) {
        assert_eq!(quote.text(), stands);
        assert!(prove(quote.text(), cut).is_some(), "what is printed can be quoted again");
    }
}
