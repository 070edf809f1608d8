//! Converts text to the normal form in which quotes and documents are compared, with a map back to the original bytes.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::characters::{
    Script, fold_punctuation, is_in_spaced_script, is_invisible, is_space, nfkc_changes_meaning, script_of,
};

/// Replaces each character under a bidirectional override (U+202D, U+202E): readers see those characters in another
/// order than the file has them. No quote matches this replacement.
pub(crate) const UNREADABLE: &str = "\u{fffd}";
/// Replaces in the normal form a zero-width space, a word joiner or a byte order mark between two letters or digits,
/// so that *not\u{200b}able* doesn't match *notable*.
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

/// A text in normal form, with a map from its bytes to those of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalizedText {
    text: String,
    mappings: Vec<Mapping>,
    /// End of the normalized part of the source, as a byte offset.
    source_end: usize,
}

/// Maps a range of normalized bytes to bytes of the source. Both ranges end where those of the next mapping begin.
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
        Self::of_paragraphs(text, std::iter::once((0..text.len(), Layout::Running)))
    }

    /// Normalizes the given paragraphs of `source`, each to one line. The result has no other line feeds, so that words
    /// without a line feed can't match across two paragraphs.
    pub fn of_paragraphs(source: &str, paragraphs: impl Iterator<Item = (Range<usize>, Layout)>) -> Self {
        let mut normalizer = Normalizer::default();
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

    /// Maps a range of the normal form to bytes of the source.
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

/// Builds a [`NormalizedText`] from left to right.
#[derive(Default)]
struct Normalizer {
    out: NormalizedText,
    layout: Layout,
    /// White space that was read but not written yet. At the end of a line it is dropped.
    pending_space: Option<PendingSpace>,
    /// Offset in the source of a zero-width character directly after a letter or digit. It becomes a [`JOINT`] if a
    /// letter or digit follows.
    pending_joint: Option<usize>,
    /// Whether the last character was raised or lowered.
    script: Script,
    /// Whether a bidirectional override is in force, so that readers see the characters in another order.
    is_overridden: bool,
    /// Start of the current line in the normal form.
    line_start: usize,
}

/// A run of white space.
#[derive(Clone, Copy)]
struct PendingSpace {
    /// Offset in the source.
    source: usize,
    has_tab: bool,
    has_line_break: bool,
}

impl Normalizer {
    /// Appends `text`, which begins at byte `offset` of the source.
    fn push(&mut self, text: &str, offset: usize) {
        let mut rest = 0;
        while rest < text.len() {
            if self.layout == Layout::QuotedMessage && text[..rest].ends_with('\n') {
                rest = text.len() - text[rest..].trim_start_matches(['>', ' ']).len();
                if rest == text.len() {
                    break;
                }
            }
            // Fast path: most text is plain ASCII, and only the rest needs Unicode tables.
            let plain = plain_ascii_len(&text.as_bytes()[rest..]);
            if plain > 0 {
                self.push_verbatim(&text[rest..rest + plain], offset + rest);
                rest += plain;
                continue;
            }
            let cluster = text[rest..].graphemes(true).next().expect("text is left");
            self.push_cluster(cluster, offset + rest);
            rest += cluster.len();
        }
    }

    /// Appends a grapheme cluster: a letter with its combining marks, which NFKC may compose to one character.
    fn push_cluster(&mut self, cluster: &str, source: usize) {
        if cluster.chars().all(is_invisible) {
            self.skip_invisible(cluster, source);
            return;
        }
        if cluster.chars().all(is_space) {
            self.push_space(cluster, source);
            return;
        }
        if self.is_overridden {
            self.push_folded(UNREADABLE, source);
            return;
        }
        if let Some((script, plain)) = cluster.chars().next().and_then(script_of) {
            self.push_script(script, plain, source);
            return;
        }
        if cluster.chars().any(nfkc_changes_meaning) {
            self.push_verbatim(cluster, source);
            return;
        }
        // Punctuation is folded before NFKC, which would decompose `″` and `´`, and again after it, because NFKC
        // produces further punctuation.
        let plain: String = cluster.chars().map(fold_punctuation).nfkc().map(fold_punctuation).collect();
        if plain.chars().all(is_space) {
            self.push_space(&plain, source);
        } else if plain == cluster && plain != "-" {
            self.push_verbatim(cluster, source);
        } else {
            self.push_folded(&plain, source);
        }
    }

    fn push_space(&mut self, cluster: &str, source: usize) {
        let new = PendingSpace { source, has_tab: false, has_line_break: false };
        let space = self.pending_space.get_or_insert(new);
        space.has_tab |= cluster.contains('\t');
        space.has_line_break |= cluster.contains('\n');
    }

    /// Drops invisible characters. Bidirectional overrides change the state, and zero-width characters may become a
    /// [`JOINT`].
    fn skip_invisible(&mut self, cluster: &str, source: usize) {
        for c in cluster.chars() {
            match c {
                '\u{202d}' | '\u{202e}' => self.is_overridden = true,
                '\u{202c}' => self.is_overridden = false,
                '\u{200b}' | '\u{2060}' | '\u{feff}'
                    if self.pending_space.is_none()
                        && self.out.text[self.line_start..].ends_with(is_in_spaced_script) =>
                {
                    self.pending_joint.get_or_insert(source);
                }
                _ => {}
            }
        }
    }

    /// Writes a superscript as in `10^24`, and a subscript as in `2_1`. A subscript directly after a letter becomes an
    /// ordinary digit, because CO₂ is also written CO2.
    fn push_script(&mut self, script: Script, plain: char, source: usize) {
        let is_new = self.script != script || self.pending_space.is_some();
        let follows_letter =
            self.pending_space.is_none() && self.out.text[self.line_start..].ends_with(char::is_alphabetic);
        let mark = match script {
            Script::Superscript if is_new => "^",
            Script::Subscript if is_new && !follows_letter => "_",
            _ => "",
        };
        self.push_folded(&format!("{mark}{plain}"), source);
        self.script = script;
    }

    /// Appends text that is the same in normal form. Every offset in it maps to an exact offset of the source.
    fn push_verbatim(&mut self, text: &str, source: usize) {
        if self.is_overridden {
            for (at, _) in text.char_indices() {
                self.push_folded(UNREADABLE, source + at);
            }
            return;
        }
        self.flush_space(text);
        self.flush_joint(text);
        self.script = Script::Baseline;
        let normal = self.out.text.len();
        let joins = self
            .out
            .mappings
            .last()
            .is_some_and(|last| last.verbatim && last.source + (normal - last.normal) == source);
        if !joins {
            self.out.mappings.push(Mapping { normal, source, verbatim: true });
        }
        self.out.text.push_str(text);
    }

    /// Appends the normal form of a character that is different there. It maps to that character as a whole.
    fn push_folded(&mut self, text: &str, source: usize) {
        // Several hyphens in a row are a typewriter's dash, which is one hyphen in normal form.
        if text == "-" && self.pending_space.is_none() && self.ends_with_dash(source) {
            return;
        }
        self.flush_space(text);
        self.flush_joint(text);
        self.script = Script::Baseline;
        self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
        self.out.text.push_str(text);
    }

    fn ends_with_dash(&self, source: usize) -> bool {
        self.out.text.len() > self.line_start
            && self.out.text.ends_with('-')
            && self.out.mappings.last().is_some_and(|last| {
                !last.verbatim && last.normal + 1 == self.out.text.len() && last.source < source
            })
    }

    /// Writes a space if one is pending, unless a line of plain text ends there with the hyphen of a compound, as in
    /// *non-* and *toxic*: no quote may take the second part for a word.
    fn flush_space(&mut self, next: &str) {
        let Some(space) = self.pending_space.take() else { return };
        let line = &self.out.text[self.line_start..];
        let is_compound = line.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
            && next.starts_with(char::is_alphabetic);
        if space.has_line_break && is_compound {
            return;
        }
        self.pending_joint = None;
        self.script = Script::Baseline;
        if self.out.text.len() > self.line_start {
            self.out.mappings.push(Mapping {
                normal: self.out.text.len(),
                source: space.source,
                verbatim: false,
            });
            self.out.text.push(if space.has_tab && self.layout == Layout::Row { '\t' } else { ' ' });
        }
    }

    /// Writes a [`JOINT`] if one is pending and the next text begins with a letter or digit.
    fn flush_joint(&mut self, next: &str) {
        if let Some(source) = self.pending_joint.take()
            && next.starts_with(is_in_spaced_script)
        {
            self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
            self.out.text.push(JOINT);
        }
    }

    fn break_line(&mut self, source: usize) {
        (self.pending_space, self.pending_joint) = (None, None);
        (self.script, self.is_overridden) = (Script::Baseline, false);
        self.out.mappings.push(Mapping { normal: self.out.text.len(), source, verbatim: false });
        self.out.text.push('\n');
        self.line_start = self.out.text.len();
    }
}

/// Returns the number of bytes at the start of a text that are ASCII, already in normal form, and can't combine with
/// the next character. Spaces and hyphens are included if they are single and have other ASCII on both sides.
fn plain_ascii_len(bytes: &[u8]) -> usize {
    let own = |byte: u8| matches!(byte, b'!'..=b'~') && !matches!(byte, b'`' | b'-');
    let mut run = 0;
    while let Some(&byte) = bytes.get(run) {
        let between = || run > 0 && own(bytes[run - 1]) && bytes.get(run + 1).is_some_and(|next| own(*next));
        if !(own(byte) || matches!(byte, b' ' | b'-') && between()) {
            break;
        }
        run += 1;
    }
    match bytes.get(run) {
        // A combining mark may follow the last letter: leave that letter to its grapheme cluster.
        Some(next) if !next.is_ascii() => run.saturating_sub(1),
        _ => run,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_typography_is_normalized() {
        assert_eq!(normal("  “It’s\u{a0}here” —\r\n  ‘now’… "), "\"It's here\" - 'now'...");
        assert_eq!(normal("Nvidia"), "Nvidia");
        assert_ne!(normal("nvidia"), normal("Nvidia"));
        assert_eq!(normal("a--b---c—d"), "a-b-c-d");
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
        let row = NormalizedText::of_paragraphs("Smith 1\t200 dollars", [(0..19, Layout::Row)].into_iter());
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
        );
        assert_eq!(normalized.text(), "one two\nthree");
        assert_eq!(&source[normalized.source_range(8..13)], "three");
        let source = "said “yes”\n\n  next";
        let normalized = NormalizedText::of_paragraphs(
            source,
            [(0..14, Layout::Running), (18..22, Layout::Running)].into_iter(),
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
            // Without the word before it, a hyphen at the end of a line is no sign of a compound.
            prop_assume!(!inner[a..b].trim_start().starts_with('-'));
            let source = &text[normalized.source_range(a..b)];
            // A range that ends inside a ligature or an ellipsis maps to all of it: the source may hold more, never
            // less.
            prop_assert!(normal(source).contains(inner[a..b].trim()), "{:?} from {:?}", source, &inner[a..b]);
        }
    }
}
