//! Rule-based text analysis: the passages that answer a question, the attribution of statements, text that documents
//! share, and the topics of a set of documents.
//!
//! | module | finds |
//! | --- | --- |
//! | [`passages`] | the passages of each document that answer a question, best first |
//! | [`attribution`] | the voice of each passage, and to whom a statement is attributed |
//! | [`quote_context`] | words beside a quote that reverse or weaken its meaning |
//! | [`shared`] | text that two documents share verbatim |
//! | [`topics`] | the topics of a set of documents, from which questions are proposed if there are none |
//! | [`words`] | words and stems in many languages, for the other modules |
//!
//! Most word lists are data, in `lexicons/<language>/`, and are compiled into the program. The crate reads no files at
//! run time and has no notion of a site.

pub mod attribution;
mod lexicons;
pub mod passages;
pub mod quote_context;
pub mod shared;
pub mod topics;
mod voice;
pub mod words;

pub use voice::Voice;

/// Converts a number of words, passages or documents to `f64`. Exact for every realistic count.
#[expect(clippy::cast_precision_loss, reason = "documents have fewer than 2^52 words")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
