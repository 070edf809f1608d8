//! Finds things in documents by rule: the passages that answer a question, who is said to have said them, text that two
//! documents share, and the topics of a folder of documents.
//!
//! | module | what it finds |
//! | --- | --- |
//! | [`passages`] | the passages of each document that answer a question, best first |
//! | [`attribution`] | how a passage says what it says, and in whose name |
//! | [`shared`] | text that two documents have in common, word for word |
//! | [`topics`] | what the documents of a folder speak of, where nobody has asked a question |
//! | [`words`] | words and stems of many languages, which the others stand on |
//!
//! The words that these rules know are data: `lexicons/<language>/`. Nothing here reads a file or knows of sites.

pub mod attribution;
mod lexicons;
pub mod passages;
pub mod shared;
pub mod topics;
mod voice;
pub mod words;

pub use voice::Voice;

/// A number of words, passages or documents, to calculate with; all that are met are exact.
#[expect(clippy::cast_precision_loss, reason = "documents have fewer than 2^52 words")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
