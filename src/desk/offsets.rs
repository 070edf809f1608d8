//! Converts between bytes of a document and the browser's offsets: a block, and UTF-16 code units in it.

use std::ops::Range;

use sourcewise_quotes::{Paragraph, SegmentedDocument};

use super::replies::TextRange;
use super::requests::TextPoint;

/// Returns the paragraphs that a byte range of the document overlaps, each with its index.
pub(super) fn overlapping<'d>(
    document: &'d SegmentedDocument,
    range: &Range<usize>,
) -> impl Iterator<Item = (usize, &'d Paragraph)> + use<'d> {
    let Range { start, end } = *range;
    let paragraphs = document.paragraphs();
    let first = paragraphs.partition_point(|paragraph| paragraph.range.end <= start);
    let from_first = paragraphs.iter().enumerate().skip(first);
    from_first.take_while(move |(_, paragraph)| paragraph.range.start < end)
}

/// Converts a byte range of the document to a part of each block that it overlaps.
pub(super) fn to_text_ranges(document: &SegmentedDocument, range: &Range<usize>) -> Vec<TextRange> {
    let ranges = overlapping(document, range).map(|(block, paragraph)| {
        let text = &document.text()[paragraph.range.clone()];
        let from = range.start.saturating_sub(paragraph.range.start);
        let to = range.end.min(paragraph.range.end) - paragraph.range.start;
        TextRange { block, start: utf16_len(text, from), end: utf16_len(text, to) }
    });
    ranges.collect()
}

/// Converts a place in a block to a byte of the document. An offset within a character is moved to its end, an offset
/// beyond the block to the block's end. `None` if there is no such block.
pub(super) fn to_byte(document: &SegmentedDocument, point: TextPoint) -> Option<usize> {
    let paragraph = document.paragraphs().get(point.block)?;
    let text = &document.text()[paragraph.range.clone()];
    let mut units = 0;
    let before = text.char_indices().find(|(_, c)| {
        let is_reached = units >= point.offset;
        units += c.len_utf16();
        is_reached
    });
    Some(paragraph.range.start + before.map_or(text.len(), |(at, _)| at))
}

/// Counts the UTF-16 code units of the characters that are completely within the first `bytes` bytes of a text.
fn utf16_len(text: &str, bytes: usize) -> usize {
    text[..text.floor_char_boundary(bytes)].chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> SegmentedDocument {
        SegmentedDocument::of("Ein 😀 für zwei.\n\nUnd é.\n".into(), &[], Some("de"), "de")
    }

    #[test]
    fn offsets_count_utf_16_units_in_each_block() {
        let document = document();
        let at = document.text().find("für").expect("the word is there");
        let range = at..document.text().find(" é").expect("the word is there");
        let ranges = to_text_ranges(&document, &range);
        assert_eq!(
            ranges,
            [TextRange { block: 0, start: 7, end: 16 }, TextRange { block: 1, start: 0, end: 3 }]
        );
        assert_eq!(to_byte(&document, TextPoint { block: 0, offset: 7 }), Some(at));
        assert_eq!(to_byte(&document, TextPoint { block: 1, offset: 3 }), Some(range.end));
    }

    #[test]
    fn offsets_that_no_text_has_are_moved_or_refused() {
        let document = document();
        let after_face = document.text().find(" für").expect("the word is there");
        assert_eq!(to_byte(&document, TextPoint { block: 0, offset: 5 }), Some(after_face));
        assert_eq!(
            to_byte(&document, TextPoint { block: 1, offset: 99 }),
            Some(document.paragraphs()[1].range.end)
        );
        assert_eq!(to_byte(&document, TextPoint { block: 2, offset: 0 }), None);
    }
}
