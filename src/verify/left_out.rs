//! The parts of a document that are not in its text although readers see them, such as comments on a web page. If a
//! quote is not found, its problem says which part has the words, and how to include that part.

use std::sync::{Arc, OnceLock};

use sourcewise_documents::{LeftOut, LeftOutKind, PlaceInFile, WholeDocument};
use sourcewise_quotes::{QuotePattern, SegmentedDocument, prove};

use crate::load::SourceDraft;

/// The parts that a document's text lacks, and what its record says about parts.
#[derive(Debug)]
pub(super) struct LeftOutParts {
    all: Arc<WholeDocument>,
    include: Vec<String>,
    has_record: bool,
    /// The words of `all`, split into passages on first use: a document can have many quotes that are not found.
    document: OnceLock<SegmentedDocument>,
}

/// A part of a document that has the words of a quote.
pub(super) struct QuotedPart<'a> {
    pub(super) kind: LeftOutKind,
    pub(super) name: &'a str,
    pub(super) place: PlaceInFile,
    pub(super) words: &'a str,
    /// The entries that the record's `include` already has.
    pub(super) include: &'a [String],
    pub(super) has_record: bool,
}

impl LeftOutParts {
    /// Returns `None` if no parts of the document are left out, or if they were too long to keep.
    pub(super) fn of(source: &SourceDraft) -> Option<Self> {
        Some(Self {
            all: source.document.as_ref()?.all.clone()?,
            include: source.parts.include.iter().map(|part| part.value.clone()).collect(),
            has_record: source.has_record,
            document: OnceLock::new(),
        })
    }

    /// Returns what the record says about parts.
    pub(super) fn in_record(&self) -> (&[String], bool) {
        (&self.include, self.has_record)
    }

    /// Looks for a quote in a web page with its left-out parts, or in the excluded parts of a PDF file or book. Returns the
    /// first of these parts that an occurrence overlaps. `language` is the document's language.
    pub(super) fn quoted(&self, pattern: &QuotePattern, language: &str) -> Option<QuotedPart<'_>> {
        let document = self.document.get_or_init(|| {
            SegmentedDocument::of(self.all.text.as_str().into(), &[], Some(language), language)
        });
        let quote = prove(pattern, document)?;
        let part: &LeftOut = quote.places().find_map(|place| {
            let is_in = |part: &&LeftOut| part.range.start < place.end && place.start < part.range.end;
            self.all.left_out.iter().find(is_in)
        })?;
        Some(QuotedPart {
            kind: part.kind,
            name: &part.name,
            place: part.place.clone(),
            words: self.all.words_of(part),
            include: &self.include,
            has_record: self.has_record,
        })
    }
}
