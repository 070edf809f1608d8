//! The texts of files in memory, and positions in them. Problems use both to print the line with the mistake.
//!
//! Many types contain a [`Span`], which is small and `Copy`; the text itself is stored once, in [`Files`]. This module
//! does not access the disk: `load` reads the files.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The unit of all limits that end in `_kb`.
pub const BYTES_PER_KB: usize = 1000;

/// Identifies a file: its index in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A byte range of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub file: FileId,
    pub start: usize,
    /// The byte after the last one of the range.
    pub end: usize,
}

impl Span {
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// Creates the empty span at the start of a file, for problems of the whole file.
    pub fn whole(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

/// A value, and where a file contains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Changes the value and keeps the span.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// A position in a file as text editors count it: lines and characters, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Debug)]
struct File {
    path: String,
    text: Arc<str>,
    /// Byte offsets where lines begin, computed on first use.
    line_starts: OnceLock<Vec<usize>>,
}

impl File {
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let after_breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(after_breaks).collect()
        })
    }

    /// Returns the index of the line that contains a byte, from 0, and where the line begins.
    fn line_at(&self, byte: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let index = starts.partition_point(|start| *start <= byte).saturating_sub(1);
        (index, starts[index])
    }
}

/// All files that problems may point into, in the order in which they were added: the site's files, templates, and
/// pages of the finished site. A file that is not text has an empty text.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
    /// Path from the working directory to the site's root: empty, or with a slash at the end.
    prefix: String,
}

impl Files {
    /// Creates an empty list. `prefix` leads from the working directory to the site's root.
    pub fn with_prefix(prefix: String) -> Self {
        Self { files: Vec::new(), prefix }
    }

    /// Adds a file of the site. `path` is relative to the site's root and uses `/`.
    ///
    /// # Panics
    /// If more than 2^32 files are added.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(format!("{}{}", self.prefix, path.into()), text.into())
    }

    /// Adds a file that may be outside the site. `path` is as it was typed on the command line.
    ///
    /// # Panics
    /// If more than 2^32 files are added.
    pub fn add_typed(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(path.into(), text.into())
    }

    fn push(&mut self, path: String, text: Arc<str>) -> FileId {
        self.files.push(File { path, text, line_starts: OnceLock::new() });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files"))
    }

    /// Returns the file's path for messages: relative to the working directory, or absolute.
    pub fn path(&self, id: FileId) -> &str {
        &self.get(id).path
    }

    /// Returns the ids of all files, in the order in which they were added.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        // `push` panics before there are more files than `u32` can count.
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// Returns the file's path relative to the site's root. A file outside the site keeps the path of [`Self::path`].
    pub fn path_in_site(&self, id: FileId) -> &str {
        let path = &self.get(id).path;
        path.strip_prefix(&self.prefix).unwrap_or(path)
    }

    /// Whether both have the same paths and texts in the same order.
    pub fn has_same_texts(&self, other: &Self) -> bool {
        let pairs = self.files.iter().zip(&other.files);
        self.files.len() == other.files.len()
            && pairs.into_iter().all(|(one, other)| one.path == other.path && one.text == other.text)
    }

    pub fn text(&self, id: FileId) -> Arc<str> {
        self.get(id).text.clone()
    }

    /// Returns the line and column of the start of a span.
    pub fn line_column(&self, span: Span) -> LineColumn {
        let file = self.get(span.file);
        let text = &file.text;
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let (index, line_start) = file.line_at(start);
        LineColumn {
            line: index + 1,
            // A byte order mark is invisible, so it is not counted as a column.
            column: text[line_start..start].trim_start_matches('\u{feff}').chars().count() + 1,
        }
    }

    /// Returns the lines that a span touches, without a byte order mark, and the byte where they begin.
    pub fn lines_of(&self, span: Span) -> (&str, usize) {
        let file = self.get(span.file);
        let (_, start) = file.line_at(span.start.min(file.text.len()));
        let (last, _) = file.line_at(span.end.min(file.text.len()));
        let end = file.line_starts().get(last + 1).copied().unwrap_or(file.text.len());
        let text = &file.text[start..end];
        let shown = text.trim_start_matches('\u{feff}');
        (shown, start + text.len() - shown.len())
    }

    fn get(&self, id: FileId) -> &File {
        &self.files[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut files = Files::default();
        let id = files.add("a.toml", "x\nüé = 1\n");
        let position = files.line_column(Span::new(id, 7..8));
        assert_eq!(position, LineColumn { line: 2, column: 4 });
    }
}
