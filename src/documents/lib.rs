//! Reads documents of many formats: bytes → text, its blocks, and what the file says of itself.
//!
//! [`read`] is the way in; each format has a file or folder of its own. Documents come from strangers: each is read
//! within [`Limits`], and nothing of it is ever run. Nothing here reads a file or knows of sites.

mod docx;
mod epub;
mod html;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod text;
pub mod url;
mod values;
mod xml;

use jiff::civil::Date;
pub use sourcewise_quotes::{Block, BlockKind};

/// What a reader of a format makes of a file.
#[derive(Debug, Default, PartialEq)]
pub struct ExtractedText {
    /// The text, its blocks parted by an empty line.
    pub text: String,
    /// Its blocks, in order and apart from one another; none where the format has no marks for them.
    pub blocks: Vec<Block>,
    /// What the file says of itself.
    pub meta: Meta,
}

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// The language it is written in, as a BCP 47 tag.
    pub language: Option<String>,
}

/// What keeps documents from taking all time and memory.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file.
    pub file_bytes: usize,
    /// Bytes that a file may unfold to, and of its text.
    pub unfolded_bytes: usize,
    /// Seconds that reading one may take.
    pub seconds: u64,
}

/// Why a document was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is not what its ending says, or it is damaged.
    Damaged(String),
    /// It is no text in any known encoding.
    NotText,
    /// It holds no text: pictures of pages.
    NoText,
    /// It is larger than it may be, or unfolds to more.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// It is locked with a password.
    Locked,
    /// It is nested deeper than any document is.
    TooDeep,
}

impl ExtractedText {
    /// Adds a block at the end. Blank text adds none.
    fn push(&mut self, kind: BlockKind, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block { kind, range: start..self.text.len() });
    }

    /// The reading, if it holds text and no more than it may.
    fn checked(self, limits: Limits) -> Result<Self, ReadError> {
        if self.text.is_empty() {
            return Err(ReadError::NoText);
        }
        if self.text.len() > limits.unfolded_bytes { Err(ReadError::TooLarge) } else { Ok(self) }
    }
}

/// The endings of file names that a document may have, best first.
pub const KINDS: &[&str] = if cfg!(feature = "pdf") {
    &["txt", "md", "html", "htm", "xhtml", "pdf", "docx", "epub"]
} else {
    &["txt", "md", "html", "htm", "xhtml", "docx", "epub"]
};

/// The endings of documents that are not read.
pub const OTHER_KINDS: &[&str] =
    if cfg!(feature = "pdf") { &["doc", "odt", "rtf"] } else { &["pdf", "doc", "odt", "rtf"] };

/// Reads a file by its ending, in lower case: one of [`KINDS`].
///
/// # Errors
/// If it can't be read within the limits.
pub fn read(ending: &str, bytes: Vec<u8>, limits: Limits) -> Result<ExtractedText, ReadError> {
    match ending {
        "html" | "htm" | "xhtml" => html::read(&bytes, limits),
        #[cfg(feature = "pdf")]
        "pdf" => pdf::read(&bytes, limits),
        "docx" => docx::read(&bytes, limits),
        "epub" => epub::read(&bytes, limits),
        _ => plain::read(bytes),
    }
}
