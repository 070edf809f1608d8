//! The author's text files in memory, and places in them.
//!
//! Types all over the program hold a [`Span`], which is small and `Copy`; the text itself lives once, here.
//! Nothing here touches the disk.

use std::ops::Range;
use std::sync::Arc;

/// A file that was read, as a number into [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// Its place among the files.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of a file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The very beginning of a file: for what concerns all of it.
    pub fn whole(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

/// A value with the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place, another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// Line and column of a place, both counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

#[derive(Debug)]
struct File {
    path: String,
    text: Arc<str>,
}

/// All text files that were read, in the order of reading.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<File>,
    /// What leads from where the user stands to the site's root; empty, or with a slash at its end.
    prefix: String,
}

impl Files {
    /// No files yet, of a site that a path leads to.
    pub fn of_site(prefix: String) -> Self {
        Self { files: Vec::new(), prefix }
    }

    /// Keeps `text` under `path`, which is relative to the site's root and written with `/`.
    ///
    /// # Panics
    /// At the 2^32nd file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(format!("{}{}", self.prefix, path.into()), text.into())
    }

    /// Keeps the text of a file that needs not be one of the site, under its path as the user typed it.
    ///
    /// # Panics
    /// At the 2^32nd file.
    pub fn add_typed(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(path.into(), text.into())
    }

    fn push(&mut self, path: String, text: Arc<str>) -> FileId {
        self.files.push(File { path, text });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files"))
    }

    /// The file's path, as the user would type it.
    pub fn path(&self, id: FileId) -> &str {
        &self.get(id).path
    }

    /// All files, in the order of reading.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        // Every one of them got such a number.
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The file's path from the site's root, wherever the user stands.
    pub fn name(&self, id: FileId) -> &str {
        let path = &self.get(id).path;
        path.strip_prefix(&self.prefix).unwrap_or(path)
    }

    /// The file's whole text.
    pub fn text(&self, id: FileId) -> Arc<str> {
        self.get(id).text.clone()
    }

    /// Where a span begins.
    pub fn line_column(&self, span: Span) -> LineColumn {
        let text = &self.get(span.file).text;
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        LineColumn {
            line: before.matches('\n').count() + 1,
            // A byte order mark is not to be seen, and so no column.
            column: before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1,
        }
    }

    fn get(&self, id: FileId) -> &File {
        &self.files[id.number()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut files = Files::default();
        let id = files.add("a.toml", "x\nüé = 1\n");
        let place = files.line_column(Span::new(id, 7..8));
        assert_eq!(place, LineColumn { line: 2, column: 4 });
    }
}
