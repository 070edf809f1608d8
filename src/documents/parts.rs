//! Parts of a document: those that a record names in `include` and `exclude`, and those that are left out of the text
//! although readers see them.

use std::ops::Range;

use crate::MAX_TEXT_BYTES;

/// The parts of a document that its record names: elements of web pages and books, as CSS selectors; pages of PDF
/// files, as numbers or ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedParts {
    /// Elements of a web page that always belong to the text. Has no effect in other formats.
    pub include: Vec<String>,
    /// Elements or pages that never belong to the text.
    pub exclude: Vec<String>,
}

/// The key by which a record names a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKey {
    Include,
    Exclude,
}

/// An entry of [`NamedParts`] that has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartFault {
    pub key: PartKey,
    /// The index of the entry in its list.
    pub entry: usize,
    pub reason: PartFaultReason,
}

/// Why an entry of [`NamedParts`] has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartFaultReason {
    /// The entry is not a CSS selector, or it selects a pseudo-element, such as `p::before`.
    BadSelector,
    /// The entry is not a list of page numbers and ranges of page numbers, such as `2-5, 9`.
    BadPages,
    /// No element with words that readers see matches the selector.
    NoMatch,
    /// The entry names a page that the document doesn't have. Holds the document's number of pages.
    NoPage(usize),
    /// The key has no effect on documents of this format.
    Format,
}

/// Words of a document that readers see, if some of them are left out of its text: of a web page all words, of a PDF
/// file or book those of the pages or elements that its record excludes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeDocument {
    /// For a web page, the text of all blocks that readers see; for a PDF file or book, that of the excluded parts only.
    pub text: String,
    /// The parts that are not in the document's text, in the order of their places in `text`. A part may be within
    /// another.
    pub left_out: Vec<LeftOut>,
}

/// A part of a document that is not in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub kind: LeftOutKind,
    /// What names the part in `include` or `exclude`: a CSS selector, or pages.
    pub name: String,
    /// Where the part begins in the file.
    pub place: PlaceInFile,
    /// The byte range of its words in [`WholeDocument::text`].
    pub range: Range<usize>,
}

/// A place by which readers find words in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceInFile {
    /// A line, from 1.
    Line(u32),
    /// A line, from 1, of a file in the archive that the document is.
    LineOf { file: String, line: u32 },
    /// A page, counted from 1.
    Page(usize),
}

impl std::fmt::Display for PlaceInFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::LineOf { file, line } => write!(f, "line {line} of `{file}`"),
            Self::Page(page) => write!(f, "page {page}"),
        }
    }
}

/// What a part is that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutKind {
    /// Links to other parts of the site.
    Navigation,
    /// Links to other pages of the site, with the headlines of these pages.
    Teaser,
    /// Comments that readers wrote on the page.
    Comments,
    /// Any other box or line that does not look like a part of the article.
    Other,
    /// A part that the record excludes.
    Excluded,
}

impl WholeDocument {
    /// Returns the words of a part.
    pub fn words_of(&self, part: &LeftOut) -> &str {
        self.text.get(part.range.clone()).unwrap_or_default()
    }

    /// Adds the words of a part that the record excludes, unless there are none, or too many in all. `name` is the
    /// entry of `exclude`.
    pub(crate) fn push_excluded(&mut self, words: &str, name: &str, place: PlaceInFile) {
        if words.is_empty() || self.text.len() + words.len() > MAX_TEXT_BYTES {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let (kind, name, range) = (LeftOutKind::Excluded, name.to_owned(), start..self.text.len());
        self.left_out.push(LeftOut { kind, name, place, range });
    }
}

impl NamedParts {
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Returns a fault at the first entry of each of `keys` that has entries, for formats in which these keys have no
    /// effect.
    pub(crate) fn without_effect(&self, keys: &[PartKey]) -> Vec<PartFault> {
        let fault = |key: &PartKey| PartFault { key: *key, entry: 0, reason: PartFaultReason::Format };
        let is_used = |key: &&PartKey| match key {
            PartKey::Include => !self.include.is_empty(),
            PartKey::Exclude => !self.exclude.is_empty(),
        };
        keys.iter().filter(is_used).map(fault).collect()
    }
}
