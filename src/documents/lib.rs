//! Extracts text from documents of many formats: turns a file's bytes into its text, the blocks of this text
//! (paragraphs, headings, notes …), and metadata.
//!
//! [`read`] is the entry point; each format has its own file or folder. Documents are untrusted input: they are read
//! within [`Limits`], and no script or macro is ever run. Callers open the files (`src/load/document.rs`).

mod deadline;
mod docx;
mod epub;
mod html;
mod mail;
mod markdown;
pub mod numerals;
mod package;
mod parts;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod printed_pages;
#[cfg(all(test, feature = "pdf"))]
mod proof_tests;
mod scripts;
mod subtitles;
mod symbol_font;
mod text;
pub mod url;
mod values;
mod xml;

use jiff::civil::Date;
pub use parts::{
    LeftOut, LeftOutKind, NamedParts, PartFault, PartFaultReason, PartKey, PlaceInFile, WholeDocument,
};
pub use sourcewise_quotes::{Block, BlockKind, Division, DivisionKind, Divisions};

/// Maximum length of the text of a document. The longest books have 6 MB. There is a maximum because the data computed
/// from a text needs up to 100 times its memory.
pub const MAX_TEXT_BYTES: usize = 10_000_000;
/// Maximum number of lines with text, which bounds the number of paragraphs. Each paragraph needs about 2 kB of memory.
pub const MAX_TEXT_LINES: usize = 250_000;
/// Maximum length of a cell in a row of data. A row with a longer cell lays out a page: its cells stay separate blocks.
const MAX_CELL_BYTES: usize = 600;
/// Maximum total length of the words of a document that are set aside ([`SetAside`]). Further words are dropped.
const MAX_SET_ASIDE_BYTES: usize = 1_000_000;

/// The text and metadata extracted from a file.
#[derive(Debug, Default, PartialEq)]
pub struct ExtractedText {
    /// The text. For plain text, it is the file's, without the headers and footers of printed pages; in other formats,
    /// an empty line is between two blocks.
    pub text: String,
    /// The blocks, in the order of the text and without overlap; empty for plain text, which does not mark blocks.
    pub blocks: Vec<Block>,
    /// The pages or chapters of the document, or the times of subtitles; `None` if it has none of these.
    pub divisions: Option<Divisions>,
    /// Words that are not in `text` (see [`SetAside`]), in the order of their places.
    pub set_aside: Vec<SetAside>,
    /// Whether the text was recognised in images by a program (OCR), and may have errors.
    pub is_machine_read: bool,
    /// Whether the text comes from a web page's metadata, because the page is empty until its scripts run.
    pub is_from_metadata: bool,
    /// For a web page: all words that readers see. `None` if `text` has them all, or if they are too long. For a PDF
    /// file or book: the words of the excluded parts; `None` if there are none.
    pub all: Option<WholeDocument>,
    /// The entries of the record's `include` and `exclude` that have no effect.
    pub part_faults: Vec<PartFault>,
    pub meta: Meta,
    /// Total length of the words in `set_aside`.
    set_aside_bytes: usize,
}

/// Words of a file that are *set aside*: not part of the text, because readers don't see them, see them struck
/// out, or see them in the header or footer of a page. A quote of them is refused, and the message says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub reason: SetAsideReason,
    /// Byte offset in [`ExtractedText::text`] of the place where the words were.
    pub at: usize,
    pub words: String,
}

/// Why words are set aside ([`SetAside`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetAsideReason {
    /// Struck out, or deleted in a file that records its changes. Readers see them as no longer valid, if at all.
    Struck,
    /// Not visible: hidden by a style, in the colour of the background, outside the page …
    Hidden,
    /// In the header or footer of a page. Readers see them, but not as a part of the text.
    PageEdge,
}

/// Metadata of a document: values that the file declares, or that are inferred from its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    pub title: Option<String>,
    /// The authors' names, separated by commas.
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Date>,
    /// The web address at which the document was published.
    pub url: Option<String>,
    /// The language of the text, as a BCP 47 tag.
    pub language: Option<String>,
}

/// Resource limits for reading one document.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Maximum size of the file. For plain text, Markdown and subtitles, the callers check it.
    pub file_bytes: usize,
    /// Maximum size of the file's decompressed content, and of the extracted text.
    pub decompressed_bytes: usize,
    /// Maximum time to read the document; for web pages, of each step, such as parsing. It doesn't apply to plain text
    /// and subtitles, whose length bounds the time.
    pub seconds: u64,
}

/// Why a document was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file is damaged, or not of the format that its extension names. Holds the reason.
    Damaged(String),
    /// The bytes of a file of plain text, Markdown or subtitles are not text in any supported encoding.
    NotText,
    /// There is no text: for example, the file is empty, or its pages are images.
    NoText,
    /// The file, or its decompressed content, exceeds a limit.
    TooLarge,
    /// The text exceeds [`MAX_TEXT_BYTES`] or [`MAX_TEXT_LINES`].
    TooLong,
    /// Reading took longer than the limit.
    TooSlow,
    /// The file, or a part of it that is needed, is encrypted: by a password, or as a protection against copies.
    Encrypted,
    /// Elements or compression filters are nested more deeply than in any real document.
    TooDeep,
}

impl ExtractedText {
    /// Appends a block, unless the text is blank.
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

    /// Sets words aside, with the offset of their place in the text. Drops them if they have no letter or digit, or if
    /// they exceed `MAX_SET_ASIDE_BYTES` together with earlier ones.
    fn push_set_aside(&mut self, reason: SetAsideReason, at: usize, words: &str) {
        if self.set_aside_bytes + words.len() > MAX_SET_ASIDE_BYTES {
            return;
        }
        let words = text::collapse_whitespace(words);
        if words.contains(char::is_alphanumeric) {
            self.set_aside_bytes += words.len();
            self.set_aside.push(SetAside { reason, at, words });
        }
    }

    /// Returns `self`, or an error if the text is empty or longer than [`Limits::decompressed_bytes`].
    fn checked(self, limits: Limits) -> Result<Self, ReadError> {
        if self.text.is_empty() {
            return Err(ReadError::NoText);
        }
        if self.text.len() > limits.decompressed_bytes { Err(ReadError::TooLarge) } else { Ok(self) }
    }
}

/// The file extensions of readable documents. If a source has several documents, the one whose extension is
/// earlier in this list is read.
pub const KINDS: &[&str] = if cfg!(feature = "pdf") {
    &["txt", "md", "html", "htm", "xhtml", "pdf", "docx", "epub", "srt", "vtt"]
} else {
    &["txt", "md", "html", "htm", "xhtml", "docx", "epub", "srt", "vtt"]
};

/// The file extensions of documents that are recognised but cannot be read.
pub const OTHER_KINDS: &[&str] =
    if cfg!(feature = "pdf") { &["doc", "odt", "rtf"] } else { &["pdf", "doc", "odt", "rtf"] };

/// Reads a document whose format is given by its lower-case file extension, one of [`KINDS`].
///
/// # Errors
/// If the document can't be read within the limits.
pub fn read(extension: &str, bytes: Vec<u8>, limits: Limits) -> Result<ExtractedText, ReadError> {
    read_parts(extension, bytes, &NamedParts::default(), limits)
}

/// Reads a document like [`read`]. `parts` are the parts of it that the source's record includes or excludes.
///
/// # Errors
/// If the document can't be read within the limits.
pub fn read_parts(
    extension: &str,
    bytes: Vec<u8>,
    parts: &NamedParts,
    limits: Limits,
) -> Result<ExtractedText, ReadError> {
    let mut extracted = match extension {
        "html" | "htm" | "xhtml" => html::read_page(&bytes, extension == "xhtml", parts, limits),
        #[cfg(feature = "pdf")]
        "pdf" => pdf::read_parts(&bytes, parts, limits),
        "docx" => docx::read(&bytes, limits),
        "epub" => epub::read(&bytes, parts, limits),
        "md" => markdown::read(bytes, limits),
        "srt" | "vtt" => subtitles::read(bytes, limits),
        _ => plain::read(bytes).map(|extracted| subtitles::read_pasted(&extracted.text).unwrap_or(extracted)),
    }?;
    check_length(&extracted.text)?;
    if !matches!(extension, "html" | "htm" | "xhtml" | "epub" | "pdf") {
        extracted.part_faults = parts.without_effect(&[PartKey::Include, PartKey::Exclude]);
    }
    Ok(extracted)
}

/// Fails if a text exceeds [`MAX_TEXT_BYTES`] or [`MAX_TEXT_LINES`].
fn check_length(text: &str) -> Result<(), ReadError> {
    let is_break = |c| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let is_too_long = text.len() > MAX_TEXT_BYTES
        || text.split(is_break).filter(|line| !line.trim().is_empty()).nth(MAX_TEXT_LINES).is_some();
    if is_too_long { Err(ReadError::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_limited_in_bytes_and_lines() {
        let limits = Limits { file_bytes: 1 << 26, decompressed_bytes: 1 << 26, seconds: 20 };
        let read = |text: &str| read("txt", text.into(), limits).map(|extracted| extracted.text.len());
        assert_eq!(read(&"mill ".repeat(MAX_TEXT_BYTES / 5)), Ok(MAX_TEXT_BYTES));
        assert_eq!(read(&"mill ".repeat(MAX_TEXT_BYTES / 5 + 1)), Err(ReadError::TooLong));
        assert_eq!(read(&"a\r\n\r\n".repeat(MAX_TEXT_LINES)), Ok(MAX_TEXT_LINES * 5));
        assert_eq!(read(&"a\r\n\r\n".repeat(MAX_TEXT_LINES + 1)), Err(ReadError::TooLong));
        assert_eq!(
            read(&"\0".repeat(MAX_TEXT_BYTES * 2 + 1)),
            Err(ReadError::TooLong),
            "before it is decoded"
        );
    }

    #[test]
    fn words_set_aside_are_limited() {
        let mut extracted = ExtractedText::default();
        for _ in 0..3 {
            extracted.push_set_aside(SetAsideReason::Hidden, 0, &"mill ".repeat(MAX_SET_ASIDE_BYTES / 10));
        }
        extracted.push_set_aside(SetAsideReason::Struck, 0, " * ");
        assert_eq!(extracted.set_aside.len(), 2, "neither what is too long, nor what is no word");
    }
}
