//! The readers of documents, on any bytes: nothing panics, and blocks and passages are ranges of the text, in order.

use std::io::{Cursor, Write};

use sourcewise_documents::{Limits, read};
use sourcewise_quotes::SegmentedDocument;
use zip::write::SimpleFileOptions;

const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

/// Input: a page.
pub fn html(input: &[u8]) {
    check("html", input.to_vec());
}

/// Input: a file.
pub fn pdf(input: &[u8]) {
    check("pdf", input.to_vec());
}

/// Input: a file, or what is in it as [`packed`] takes it.
pub fn docx(input: &[u8]) {
    check("docx", packed(input));
}

/// Input: a file, or what is in it as [`packed`] takes it.
pub fn epub(input: &[u8]) {
    check("epub", packed(input));
}

/// A ZIP archive of the entries that an input lists, each after a line `==== NAME`: changed bytes of an archive itself
/// would only fail its checksums.
fn packed(input: &[u8]) -> Vec<u8> {
    const MAX_ENTRIES: usize = 20;
    if input.starts_with(b"PK") {
        return input.to_vec();
    }
    let text = String::from_utf8_lossy(input);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for entry in text.split("==== ").skip(1).take(MAX_ENTRIES) {
        let (name, content) = entry.split_once('\n').unwrap_or((entry, ""));
        // A name that is taken or too long is refused: then the entry is left out.
        if archive.start_file(name, SimpleFileOptions::default()).is_ok() {
            archive.write_all(content.as_bytes()).expect("memory takes it");
        }
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn check(ending: &str, bytes: Vec<u8>) {
    let Ok(reading) = read(ending, bytes, LIMITS) else { return };
    assert!(!reading.text.is_empty(), "a document without text is refused");
    let mut end = 0;
    for block in &reading.blocks {
        let text = reading.text.get(block.range.clone()).expect("a range of the text");
        assert!(!text.trim().is_empty(), "blank text is no block");
        assert!(end <= block.range.start, "blocks are in order and apart");
        end = block.range.end;
    }
    let segmented = SegmentedDocument::of(reading.text.as_str().into(), &reading.blocks, None, "en");
    for passage in segmented.passages() {
        assert!(reading.text.get(passage.range.clone()).is_some(), "a range of the text");
    }
}
