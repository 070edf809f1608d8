//! Checks quotes: does a document contain these words?
//!
//! A quote is verified if the document contains it after both are converted to the same [normal form](normalize):
//! Unicode NFKC, runs of white space as single spaces, typographic quotation marks, dashes and ellipses as ASCII, no
//! invisible characters. Everything else must match, including case and every word, and no edge of the quote may cut a
//! word, a figure or a compound. `…` or `[…]` inside a quote is an elision, `[word]` is an editorial insertion.
//!
//! ```
//! use sourcewise_quotes::{QuotePattern, SegmentedDocument, prove};
//!
//! let document = SegmentedDocument::of("“It’s late,” she said. Everyone answered.".into(), &[], Some("en"), "en");
//! let pattern = QuotePattern::parse("\"It's late,\" she … answered").expect("it has words");
//! let quote = prove(&pattern, &document).expect("the document contains the words");
//! assert_eq!(quote.text(), "“It’s late,” she … answered");
//! assert_eq!(quote.place().paragraph, 1);
//! ```
//!
//! | file | what it does |
//! | --- | --- |
//! | [`normalize`] | converts text to the normal form, with a map back to the original bytes |
//! | [`segment`] | splits a document into paragraphs and passages |
//! | [`sentences`] | splits a paragraph into sentences |
//! | [`pattern`] | parses a quote as the site's author wrote it: words, elisions, insertions |
//! | [`matcher`] | searches a document or a lock for a pattern; the only module that creates a [`VerifiedQuote`] |
//! | [`boundaries`] | tells whether an offset is inside a word or number |
//! | [`cuts`] | finds quotes that cut a word, a figure, a compound or a negation |
//! | [`mod@refusal`] | says why a quote is refused although the document contains its words |
//! | [`divisions`] | the pages or chapters of a document, and in which of them a quote is |
//! | `figures` | tells whether an edge of a quote is inside a figure |
//! | [`nearest`] | finds the passage most similar to words that a document doesn't contain |
//! | [`lock`] | stores verified quotes of a document that can't be published, sealed by a hash |
//!
//! Smaller modules: `block` has the parts that a format marks up, `boilerplate` and `language` recognize page
//! boilerplate and languages, `negations` has words that negate, `characters` classifies characters. The crate reads no
//! files and has no notion of a site.

#![warn(missing_docs)]

mod block;
mod boilerplate;
pub mod boundaries;
mod characters;
pub mod cuts;
pub mod divisions;
mod figures;
mod language;
pub mod lock;
pub mod matcher;
pub mod nearest;
mod negations;
pub mod normalize;
pub mod pattern;
pub mod refusal;
pub mod segment;
pub mod sentences;

pub use block::{Block, BlockKind};
pub use boilerplate::{is_boilerplate, is_byline};
pub use characters::is_in_spaced_script;
pub use cuts::Cut;
pub use divisions::{Division, DivisionKind, Divisions};
pub use language::{is_language_tag, language_of, primary};
pub use lock::{LockDamage, LockedQuote, LockedSource, sha256};
pub use matcher::{LockedQuotes, Place, ProofSource, VerifiedQuote, nearest_passage, prove, prove_words};
pub use nearest::Nearest;
pub use normalize::normal;
pub use pattern::{PARAGRAPH_BREAK, QuotePattern};
pub use refusal::{Apart, Refusal, refusal};
pub use segment::{Paragraph, ParagraphKind, Passage, SegmentedDocument};
