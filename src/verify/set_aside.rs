//! Words in a document's file that are not in its text: struck out, hidden, or in the header or footer of a page. With
//! them, the problem of a quote can say why its words are not found.

use std::sync::OnceLock;

use sourcewise_documents::{SetAside, SetAsideReason};
use sourcewise_quotes::boundaries::is_whole_words;
use sourcewise_quotes::{Nearest, QuotePattern, SegmentedDocument, normal, prove};

/// The words that were set aside from one document. What is computed from them is kept, because a document can have
/// many quotes that are not found.
#[derive(Debug)]
pub(super) struct SetAsideWords {
    /// In the order of their places.
    parts: Vec<SetAside>,
    /// The normal form of each part, except those in headers and footers.
    normal_parts: OnceLock<Vec<String>>,
    /// The document with its struck words put back; `None` if that fails. The next fields are for hidden words, for
    /// both kinds, and for words in headers and footers.
    with_struck: OnceLock<Option<SegmentedDocument>>,
    with_hidden: OnceLock<Option<SegmentedDocument>>,
    with_all: OnceLock<Option<SegmentedDocument>>,
    with_page_edges: OnceLock<Option<SegmentedDocument>>,
}

impl SetAsideWords {
    pub(super) fn new(parts: Vec<SetAside>) -> Self {
        Self {
            parts,
            normal_parts: OnceLock::new(),
            with_struck: OnceLock::new(),
            with_hidden: OnceLock::new(),
            with_all: OnceLock::new(),
            with_page_edges: OnceLock::new(),
        }
    }

    pub(super) fn parts(&self) -> &[SetAside] {
        &self.parts
    }

    /// Returns why a quote's words are not part of the document's text, although the file has them. `nearest` is the
    /// passage most similar to the quote.
    pub(super) fn reason(
        &self,
        pattern: &QuotePattern,
        document: &SegmentedDocument,
        nearest: Option<&Nearest>,
    ) -> Option<SetAsideReason> {
        self.reason_of_missing(nearest).or_else(|| self.reason_of_whole(pattern, document))
    }

    /// If all words of the quote that its nearest passage lacks were set aside, returns the reason for the last of
    /// these words.
    fn reason_of_missing(&self, nearest: Option<&Nearest>) -> Option<SetAsideReason> {
        let differences = &nearest?.differences;
        let mut missing =
            differences.iter().map(|(quoted, _)| quoted.as_str()).filter(|quoted| !quoted.is_empty());
        // Headers often repeat words of the text. So it explains nothing that a header has the words that the
        // nearest passage lacks.
        let parts = || self.parts.iter().filter(|part| part.reason != SetAsideReason::PageEdge);
        let normal_parts =
            self.normal_parts.get_or_init(|| parts().map(|part| normal(&part.words)).collect());
        let holder = missing.try_fold(None, |_, quoted| {
            normal_parts.iter().position(|words| contains_words(words, quoted)).map(Some)
        });
        parts().nth(holder??).map(|part| part.reason)
    }

    /// The reason if the document has the quote once words are put back: struck ones, hidden ones, both, or those in
    /// headers and footers. The first that succeeds counts; if it takes both, the reason is `Hidden`.
    fn reason_of_whole(
        &self,
        pattern: &QuotePattern,
        document: &SegmentedDocument,
    ) -> Option<SetAsideReason> {
        use SetAsideReason::{Hidden, PageEdge, Struck};
        let has = |reason| self.parts.iter().any(|part| part.reason == reason);
        let both: &[SetAsideReason] = if has(Struck) && has(Hidden) { &[Struck, Hidden] } else { &[] };
        let restored: [(_, &[SetAsideReason], _); 4] = [
            (&self.with_struck, if has(Struck) { &[Struck] } else { &[] }, Struck),
            (&self.with_hidden, if has(Hidden) { &[Hidden] } else { &[] }, Hidden),
            (&self.with_all, both, Hidden),
            (&self.with_page_edges, if has(PageEdge) { &[PageEdge] } else { &[] }, PageEdge),
        ];
        restored.into_iter().filter(|(_, reasons, _)| !reasons.is_empty()).find_map(
            |(slot, reasons, reason)| {
                let with_words = slot.get_or_init(|| self.restored(document, reasons)).as_ref()?;
                prove(pattern, with_words).map(|_| reason)
            },
        )
    }

    /// Returns the document with the words put back that were set aside for these reasons. `None` if the place of such
    /// words is not in the text.
    fn restored(
        &self,
        document: &SegmentedDocument,
        reasons: &[SetAsideReason],
    ) -> Option<SegmentedDocument> {
        let mut text = String::new();
        let mut from = 0;
        for part in self.parts.iter().filter(|part| reasons.contains(&part.reason)) {
            text.push_str(document.text().get(from..part.at)?);
            text.extend([" ", &part.words, " "]);
            from = part.at;
        }
        text.push_str(document.text().get(from..)?);
        let language = document.language();
        Some(SegmentedDocument::of(text.into(), &[], Some(language), language))
    }
}

/// Whether a normal form contains words, and not only as parts of longer ones.
fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| is_whole_words(text, at..at + found.len()))
}
