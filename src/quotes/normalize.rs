//! Converts text to the normal form in which quotes and documents are compared, with a map back to the original bytes.

mod normalizer;

use std::collections::BTreeSet;
use std::ops::Range;

use self::normalizer::Normalizer;

/// Replaces each character under a bidirectional override (U+202D, U+202E): readers see those characters in another
/// order than the file has them. No quote matches this replacement.
pub(crate) const UNREADABLE: &str = "\u{fffd}";
/// Replaces in the normal form a zero-width space, a word joiner or a byte order mark between two letters or digits of
/// scripts with spaces, so that *not\u{200b}able* doesn't match *notable*.
const JOINT: char = '\u{2060}';

/// What the white space in a paragraph means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Any white space is a space.
    #[default]
    Running,
    /// A row of a table. Tabs separate the cells: they stay, so that words can't match across two cells.
    Row,
    /// An earlier message that a mail program quoted. The marks `>` at the start of its lines are no words.
    QuotedMessage,
}

/// A text in normal form, with a map from its bytes to the bytes of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalizedText {
    text: String,
    mappings: Vec<Mapping>,
    /// End of the normalized part of the source, as a byte offset.
    source_end: usize,
}

/// Maps a range of normalized bytes to bytes of the source. Both ranges end where the next mapping's ranges begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mapping {
    /// Start of the range in the normal form.
    normal: usize,
    /// Start of the range in the source.
    source: usize,
    /// Whether the two ranges are equal byte for byte. Otherwise the ranges correspond only as a whole.
    verbatim: bool,
}

impl NormalizedText {
    /// Normalizes a text as one paragraph. White space at its start and end is dropped.
    pub fn of(text: &str) -> Self {
        Self::of_paragraphs(text, std::iter::once((0..text.len(), Layout::Running)), &BTreeSet::new())
    }

    /// Normalizes the given paragraphs of `source`, each to one line. The result has no other line feeds, so that words
    /// without a line feed can't match across two paragraphs. The hyphens at the offsets `word_breaks` only break a
    /// word at a line end: they are dropped with the white space after them.
    pub fn of_paragraphs(
        source: &str,
        paragraphs: impl Iterator<Item = (Range<usize>, Layout)>,
        word_breaks: &BTreeSet<usize>,
    ) -> Self {
        let mut normalizer = Normalizer::default();
        normalizer.word_breaks.clone_from(word_breaks);
        normalizer.out.text.reserve(source.len());
        for (index, (range, layout)) in paragraphs.enumerate() {
            if index > 0 {
                // The line feed maps to the end of the paragraph before, not to the start of the next.
                normalizer.break_line(normalizer.out.source_end);
            }
            normalizer.layout = layout;
            normalizer.push(&source[range.clone()], range.start);
            normalizer.out.source_end = range.end;
        }
        normalizer.out
    }

    /// Whether an offset in the normal form maps to an exact offset in the source. It doesn't, for example, inside the
    /// three full stops that replace the character `…`.
    pub fn is_boundary(&self, normal: usize) -> bool {
        self.mapping_at(normal).is_none_or(|(_, mapping)| mapping.verbatim || mapping.normal == normal)
    }

    /// Returns the text in normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Maps a range of the normal form to bytes of the source. Where it begins or ends inside what replaces a
    /// character, the result includes all of that character.
    pub fn source_range(&self, normal: Range<usize>) -> Range<usize> {
        if normal.is_empty() {
            let at = self.start_of(normal.start);
            return at..at;
        }
        self.start_of(normal.start)..self.end_of(normal.end)
    }

    fn start_of(&self, normal: usize) -> usize {
        match self.mapping_at(normal) {
            Some((_, mapping)) if mapping.verbatim => mapping.source + (normal - mapping.normal),
            Some((_, mapping)) => mapping.source,
            None => self.source_end,
        }
    }

    fn end_of(&self, normal: usize) -> usize {
        match self.mapping_at(normal - 1) {
            Some((_, mapping)) if mapping.verbatim => mapping.source + (normal - mapping.normal),
            Some((index, _)) => self.mappings.get(index + 1).map_or(self.source_end, |next| next.source),
            None => self.source_end,
        }
    }

    fn mapping_at(&self, normal: usize) -> Option<(usize, Mapping)> {
        let index = self.mappings.partition_point(|mapping| mapping.normal <= normal).checked_sub(1)?;
        Some((index, self.mappings[index]))
    }
}

/// Normalizes a short text, without the map.
pub fn normal(text: &str) -> String {
    NormalizedText::of(text).text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn only_typography_is_normalized() {
        assert_eq!(normal("  “It’s\u{a0}here” —\r\n  ‘now’… "), "\"It's here\" - 'now'...");
        assert_eq!(normal("Nvidia"), "Nvidia");
        assert_ne!(normal("nvidia"), normal("Nvidia"));
        assert_eq!(normal("a--b---c—d"), "a-b-c-d");
        // A lowered or raised minus is a hyphen, too.
        assert_eq!(normal(" ₋-b ⁻-c"), "_-b ^-c");
        assert_eq!(normal("a - - b"), "a - - b");
        assert_eq!(normal("e\u{301}ﬁ"), "éfi");
        assert_eq!(normal("\u{feff}be\u{ad}gin"), "begin");
        assert_eq!(normal("2½ and Ascend™"), "2½ and Ascend™");
    }

    #[test]
    fn raised_and_lowered_characters_keep_their_meaning() {
        assert_eq!(normal("10²⁴ and 10⁻⁵ and 5¹"), "10^24 and 10^-5 and 5^1");
        assert_eq!(normal("CO₂ and C₁₂H₂₂ and 10₂"), "CO2 and C12H22 and 10_2");
        assert_eq!(normal("m²"), normal("m^2"));
        assert_ne!(normal("10⁶"), normal("106"));
    }

    #[test]
    fn cells_and_zero_width_characters_keep_words_apart() {
        let row = NormalizedText::of_paragraphs(
            "Smith 1\t200 dollars",
            [(0..19, Layout::Row)].into_iter(),
            &BTreeSet::new(),
        );
        assert_eq!(row.text(), "Smith 1\t200 dollars");
        assert_eq!(normal("one\ttwo"), "one two");
        assert_ne!(normal("not\u{2060}able"), normal("notable"));
        assert_eq!(normal("and/\u{200b}or, \u{200b}now"), "and/or, now");
        assert_eq!(normal("ไม่\u{200b}ผิด"), "ไม่ผิด");
    }

    #[test]
    fn words_in_an_overridden_order_are_unreadable() {
        assert_eq!(
            normal("He is \u{202e}ytliug\u{202c} now"),
            "He is \u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd} now"
        );
        assert_eq!(normal("He is \u{2067}guilty\u{2069} now"), "He is guilty now");
    }

    #[test]
    fn a_normalized_range_maps_to_exact_source_bytes() {
        let source = "He\u{a0} said “yes—now”…";
        let normalized = NormalizedText::of(source);
        let at = normalized.text().find("\"yes-now\"...").expect("contained");
        let range = normalized.source_range(at..at + "\"yes-now\"...".len());
        assert_eq!(&source[range], "“yes—now”…");
        assert!(
            !normalized.is_boundary(normalized.text().len() - 1),
            "an ellipsis is one character in the source"
        );
        let said = normalized.text().find("said").expect("contained");
        assert_eq!(&source[normalized.source_range(0..said)], "He\u{a0} ");
    }

    #[test]
    fn codes_without_a_character_are_no_superscripts() {
        assert_eq!(normal("10\u{2072}"), "10\u{2072}");
    }

    #[test]
    fn a_compound_is_one_word_over_a_line_break() {
        assert_eq!(normal("it is non-\n  toxic"), "it is non-toxic");
        assert_eq!(normal("it is - \n toxic, pre-\n5"), "it is - toxic, pre- 5");
    }

    #[test]
    fn paragraphs_are_separate_lines() {
        let source = "one two\n\n  three";
        let normalized = NormalizedText::of_paragraphs(
            source,
            [(0..7, Layout::Running), (9..16, Layout::Running)].into_iter(),
            &BTreeSet::new(),
        );
        assert_eq!(normalized.text(), "one two\nthree");
        assert_eq!(&source[normalized.source_range(8..13)], "three");
        let source = "said “yes”\n\n  next";
        let normalized = NormalizedText::of_paragraphs(
            source,
            [(0..14, Layout::Running), (18..22, Layout::Running)].into_iter(),
            &BTreeSet::new(),
        );
        assert_eq!(&source[normalized.source_range(0..10)], "said “yes”");
    }

    proptest! {
        #[test]
        fn normalization_is_idempotent(text in "\\PC{0,60}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_have_one_normal_form(text in "[a-zàéîõüçñ “”’—…\u{a0}]{0,40}") {
            prop_assert_eq!(normal(&text.nfd().collect::<String>()), normal(&text.nfc().collect::<String>()));
        }

        #[test]
        fn every_range_maps_to_bytes_that_normalize_to_it(text in "[a-zé “”’—…\u{a0}ﬁ.\n-]{1,60}", a in 0usize..60, b in 0usize..60) {
            let normalized = NormalizedText::of(&text);
            let inner = normalized.text();
            let (a, b) = (a.min(inner.len()), b.min(inner.len()));
            let (a, b) = (a.min(b), a.max(b));
            prop_assume!(inner.is_char_boundary(a) && inner.is_char_boundary(b));
            // A hyphen at a line end is no sign of a compound if the range begins with it.
            prop_assume!(!inner[a..b].trim_start().starts_with('-'));
            let source = &text[normalized.source_range(a..b)];
            // A range that ends inside a ligature or an ellipsis maps to all of it: the source may hold more, never
            // less.
            prop_assert!(normal(source).contains(inner[a..b].trim()), "{:?} from {:?}", source, &inner[a..b]);
        }
    }
}
