//! Proves quotes: do these words stand in this document?
//!
//! A quote holds if the document contains it after both were brought into one [normal form](normalize): Unicode NFKC,
//! white space folded, typographic quotes, dashes and ellipses made plain. Nothing else is forgiven: case counts, and so
//! does every word. `…` or `[…]` inside a quote elides, `[word]` is an insertion of the editor's.
//!
//! ```
//! use sourcewise_quotes::{QuotePattern, SegmentedDocument, prove};
//!
//! let document = SegmentedDocument::of("“It’s late,” she said. Nobody answered.".into(), &[], Some("en"), "en");
//! let pattern = QuotePattern::parse("\"It's late,\" she … answered").expect("it has words");
//! let quote = prove(&pattern, &document).expect("the words stand there");
//! assert_eq!(quote.text(), "“It’s late,” she … answered");
//! assert_eq!(quote.place().paragraph, 1);
//! ```
//!
//! | file | what it does |
//! | --- | --- |
//! | [`normalize`] | brings text into the normal form, with a map back to the bytes it came from |
//! | [`segment`] | cuts a document into paragraphs and passages |
//! | [`sentences`] | cuts a paragraph into sentences |
//! | [`pattern`] | reads a quote as its author wrote it: words, elisions, insertions |
//! | [`matcher`] | looks for a pattern in a document, or in what a lock holds; the one maker of [`VerifiedQuote`] |
//! | [`nearest`] | finds the passage that is most like words that don't stand in a document |
//! | [`lock`] | keeps proved quotes of a document that can't be published, sealed by a hash |
//!
//! Nothing here reads a file or knows of sites.

#![warn(missing_docs)]

mod block;
mod boilerplate;
mod language;
pub mod lock;
pub mod matcher;
pub mod nearest;
pub mod normalize;
pub mod pattern;
pub mod segment;
pub mod sentences;

pub use block::{Block, BlockKind};
pub use boilerplate::{is_boilerplate, is_byline};
pub use language::{is_language_tag, language_of, primary};
pub use lock::{LockedQuote, LockedSource, sha256};
pub use matcher::{
    Place, ProofSource, VerifiedQuote, nearest_in_lock, nearest_passage, parts_stand, prove, prove_by_lock,
    prove_words,
};
pub use nearest::Nearest;
pub use normalize::normal;
pub use pattern::QuotePattern;
pub use segment::{Kind, Paragraph, Passage, SegmentedDocument};
