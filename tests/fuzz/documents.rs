//! Fuzz targets for the document readers. Checks that no input panics, and that blocks, passages and words that are set
//! aside (struck out or hidden) have valid places in the text, in order.

use std::io::{Cursor, Write};

use sourcewise_documents::{Limits, read};
use sourcewise_quotes::SegmentedDocument;
use zip::write::SimpleFileOptions;

const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

/// Input: an HTML page.
pub fn html(input: &[u8]) {
    check("html", input.to_vec());
}

/// Input: a plain text, which may be a mail, subtitles, or printed pages.
pub fn text(input: &[u8]) {
    check("txt", input.to_vec());
}

/// Input: a PDF file.
pub fn pdf(input: &[u8]) {
    check("pdf", input.to_vec());
}

/// Input: a DOCX file, or the list of its entries that [`archive_of`] reads.
pub fn docx(input: &[u8]) {
    check("docx", archive_of(input));
}

/// Input: an EPUB file, or the list of its entries that [`archive_of`] reads.
pub fn epub(input: &[u8]) {
    check("epub", archive_of(input));
}

/// Builds a ZIP archive from entries written as text, each after a line `==== NAME`. Mutating the bytes of an archive
/// itself would mostly break its checksums.
fn archive_of(input: &[u8]) -> Vec<u8> {
    const MAX_ENTRIES: usize = 20;
    if input.starts_with(b"PK") {
        return input.to_vec();
    }
    let text = String::from_utf8_lossy(input);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for entry in text.split("==== ").skip(1).take(MAX_ENTRIES) {
        let (name, content) = entry.split_once('\n').unwrap_or((entry, ""));
        // Skip entries whose name is a duplicate or too long.
        if archive.start_file(name, SimpleFileOptions::default()).is_ok() {
            archive.write_all(content.as_bytes()).expect("writing to memory cannot fail");
        }
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn check(ending: &str, bytes: Vec<u8>) {
    let Ok(reading) = read(ending, bytes, LIMITS) else { return };
    assert!(!reading.text.is_empty(), "the reader accepted a document without text");
    let mut end = 0;
    for block in &reading.blocks {
        let text = reading.text.get(block.range.clone()).expect("a block is a range of the text");
        assert!(!text.trim().is_empty(), "a block is blank");
        assert!(end <= block.range.start, "blocks overlap or are out of order");
        end = block.range.end;
    }
    let mut at = 0;
    for words in &reading.set_aside {
        assert!(reading.text.is_char_boundary(words.at), "a place of words set aside is not one in the text");
        assert!(at <= words.at, "words set aside are out of order");
        at = words.at;
    }
    let segmented = SegmentedDocument::of(reading.text.as_str().into(), &reading.blocks, None, "en");
    for passage in segmented.passages() {
        assert!(reading.text.get(passage.range.clone()).is_some(), "a passage is not a range of the text");
    }
}
